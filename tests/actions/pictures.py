"""Pictures and documents as people send them, the honest ones and the others."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageCms, PngImagePlugin

GPS = {1: "N", 2: (44.0, 21.0, 7.0), 3: "E", 4: (1.0, 30.0, 0.0)}
SECRET = "Prise chez Mme Exemple"
ZIP_START = b"PK\x03\x04"


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def two_tone(width: int = 60, height: int = 30, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: whichever way up it is shows."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: where, which way up, by whom."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = SECRET
    data[0x8825] = GPS
    return data


def talkative_jpeg(**options) -> bytes:
    """Place, camera, XMP, profile and comment, all in one photo."""
    return encoded(
        two_tone(),
        exif=exif(),
        xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode(),
        icc_profile=srgb_profile(),
        comment=SECRET,
        quality=95,
        **options,
    )


def talkative_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Author", SECRET)
    return encoded(two_tone(), "PNG", pnginfo=notes, exif=exif())


def talkative_webp() -> bytes:
    return encoded(two_tone(), "WEBP", exif=exif(), xmp=SECRET.encode(), lossless=True)


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A few bytes that announce an enormous picture."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000))
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def archive(**members: bytes) -> bytes:
    """A zip whose members are named with __ for / and _dot_ for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def docx(**more: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("word/document.xml", "<document/>")
        for name, content in more.items():
            target.writestr(f"word/{name}.bin", content)
    return buffer.getvalue()


def odt() -> bytes:
    return archive(mimetype=b"application/vnd.oasis.opendocument.text", content_dot_xml=b"<x/>")
