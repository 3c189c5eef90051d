"""Pictures as the portal keeps them: upright, of a useful size, and silent about everything else.

A photo of a telephone says where and when it was taken, and with what: none of it is kept. The
pixels are written again, so that whatever was hidden around them is gone. A picture that holds
nothing but its pixels already keeps its bytes: what the portal exports comes back the same.
"""

import io
import re
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image, ImageCms

from .metadonnees import inspect

#: Format by extension, as Pillow names formats.
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
COTE_MAX = 2000
PIXELS_MAX = 40_000_000
QUALITE = 88
#: What a page shows of a photo: enough for half a screen, a tenth of the bytes.
VIGNETTE_COTE = 640
VIGNETTE_QUALITE = 76

_PERFECT_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
# What the decoders of Pillow let out on damaged bytes.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    MemoryError,
    struct.error,
)
_DISGUISED = re.compile(
    rb"<(?:script|html|svg|body|iframe|!doctype|\?php)|%PDF-|PK\x03\x04|Rar!\x1a|^MZ|\x7fELF",
    re.IGNORECASE,
)
_TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PhotoRefusee(ValueError):
    """The picture cannot be kept; the message is a sentence in French."""


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """`name` has the extension of what `content` is; `largeur` and `hauteur` are in pixels."""

    name: str
    content: bytes
    largeur: int
    hauteur: int


def prepare_photo(name: str, data: bytes) -> PreparedPhoto:
    """The picture to keep of a JPEG, PNG or WebP file, whatever of the three its name says.

    At most COTE_MAX pixels on its longest side, upright, in sRGB, without metadata. JPEG when it
    is opaque, PNG when it is not. The same bytes always give the same result, and what was
    prepared once is given back unchanged. Raises PhotoRefusee.
    """
    try:
        with Image.open(io.BytesIO(data), formats=sorted(set(FORMATS.values()))) as image:
            _check(name, image)
            enveloppe = inspect(_kind(image), data)
            if not enveloppe.entiere:
                raise _unreadable(name)
            _refuse_disguise(name, image, data[enveloppe.fin :])
            if enveloppe.nue and _is_ready(image):
                image.load()
                return _named(name, _kind(image), data, image.size)
            return _prepared(name, image)
    except PhotoRefusee:
        raise
    except _TOO_MANY_PIXELS as error:
        raise _too_many_pixels(name) from error
    except _DAMAGED as error:
        raise _unreadable(name) from error


def make_vignette(content: bytes) -> bytes | None:
    """A small WebP of a picture that was prepared, None when it is no picture or small already."""
    try:
        with Image.open(io.BytesIO(content), formats=sorted(set(FORMATS.values()))) as image:
            if max(image.size) <= VIGNETTE_COTE or image.width * image.height > PIXELS_MAX:
                return None
            image.draft(image.mode, (VIGNETTE_COTE, VIGNETTE_COTE))
            pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
            pixels.thumbnail((VIGNETTE_COTE, VIGNETTE_COTE), Image.Resampling.LANCZOS)
            pixels.info = {}
            buffer = io.BytesIO()
            pixels.save(buffer, "WEBP", quality=VIGNETTE_QUALITE)
    except (*_TOO_MANY_PIXELS, *_DAMAGED):
        return None
    return buffer.getvalue()


def _kind(image: Image.Image) -> str:
    # A telephone hides a second picture behind the first: "MPO", which is a JPEG file.
    return "JPEG" if image.format == "MPO" else image.format


def _check(name: str, image: Image.Image) -> None:
    """What the header says, before anything is decoded."""
    if image.width * image.height > PIXELS_MAX:
        raise _too_many_pixels(name)
    if _kind(image) != "JPEG" and getattr(image, "is_animated", False):
        raise PhotoRefusee(f"« {name} » est une image animée : choisissez une image fixe.")


def _refuse_disguise(name: str, image: Image.Image, rest: bytes) -> None:
    """A picture that is also a page, a document or an archive was made to deceive somebody.

    Telephones hang harmless things on to their photos: those are only left out.
    """
    comment = image.info.get("comment", b"")
    hidden = rest + (comment if isinstance(comment, bytes) else comment.encode())
    if _DISGUISED.search(hidden):
        raise PhotoRefusee(
            f"« {name} » cache autre chose que l’image (une page, un document ou une archive) :"
            " enregistrez l’image seule, par une capture d’écran par exemple."
        )


def _unreadable(name: str) -> PhotoRefusee:
    return PhotoRefusee(
        f"« {name} » n’est pas une image lisible : ce n’est ni du JPEG, ni du PNG, ni du WebP,"
        " ou le fichier est abîmé."
    )


def _too_many_pixels(name: str) -> PhotoRefusee:
    return PhotoRefusee(
        f"« {name} » dépasse {PIXELS_MAX // 1_000_000} millions de pixels : réduisez l’image."
    )


def _is_ready(image: Image.Image) -> bool:
    return max(image.size) <= COTE_MAX and image.mode in _PERFECT_MODES


def _prepared(name: str, image: Image.Image) -> PreparedPhoto:
    orientation = _orientation(image)
    # The JPEG decoder can skip pixels that nobody will see: four times faster on a large photo.
    image.draft(image.mode, (COTE_MAX, COTE_MAX))
    image.load()
    pixels = _in_srgb(image)
    pixels.thumbnail((COTE_MAX, COTE_MAX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if orientation in _UPRIGHT:
        pixels = pixels.transpose(_UPRIGHT[orientation])
    # Pillow writes some of what it has read back into the new file.
    pixels.info = {}
    kind = "PNG" if pixels.mode == "RGBA" else "JPEG"
    options = {"quality": QUALITE, "progressive": True, "optimize": True} if kind == "JPEG" else {}
    buffer = io.BytesIO()
    pixels.save(buffer, kind, **options)
    return _named(name, kind, buffer.getvalue(), pixels.size)


def _named(name: str, kind: str, content: bytes, size: tuple[int, int]) -> PreparedPhoto:
    pure = PurePosixPath(name)
    if FORMATS.get(pure.suffix.lower()) != kind:
        name = f"{pure.stem}{_SUFFIXES[kind]}"
    return PreparedPhoto(name, content, *size)


def _orientation(image: Image.Image) -> int:
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except _DAMAGED:
        # Damaged metadata are no reason to refuse a photo.
        return 1


def _in_srgb(image: Image.Image) -> Image.Image:
    """The decoded picture as RGB, or RGBA where something shows through."""
    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits per pixel: converting would cut the light parts off instead of scaling them.
        return image.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.has_transparency_data:
        pixels = image.convert("RGBA")
        opaque = pixels.getchannel("A").getextrema() == (255, 255)
        return _with_profile(image, pixels.convert("RGB") if opaque else pixels)
    if image.mode == "CMYK":
        return _with_profile(image, image)
    return _with_profile(image, image.convert("RGB"))


def _with_profile(source: Image.Image, pixels: Image.Image) -> Image.Image:
    """Colours of a profile (Display P3 of a telephone, CMYK of a printer) as sRGB."""
    mode = "RGBA" if pixels.mode == "RGBA" else "RGB"
    profile = source.info.get("icc_profile")
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                pixels,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
        except (ImageCms.PyCMSError, *_DAMAGED):
            # A profile that does not fit the pixels says nothing of their colours.
            return pixels.convert(mode)
        return converted
    return pixels.convert(mode)
