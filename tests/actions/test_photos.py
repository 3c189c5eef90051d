"""What is kept of a picture: its pixels, the right way up, and nothing else."""

import io

import pytest
from PIL import Image, ImageFile

from actions.metadonnees import Enveloppe, inspect
from actions.photos import COTE_MAX, FORMATS, PhotoRefusee, prepare_photo
from tests.actions.pictures import (
    SECRET,
    ZIP_START,
    animated,
    encoded,
    exif,
    png_bomb,
    srgb_profile,
    talkative_jpeg,
    talkative_png,
    talkative_webp,
    two_tone,
)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def near(colour, expected) -> bool:
    return all(abs(one - other) <= 12 for one, other in zip(colour, expected, strict=True))


RED, BLUE = (255, 0, 0), (0, 0, 255)
WHOLE = Enveloppe(entiere=True, nue=True)
MORE = Enveloppe(entiere=True, nue=False)
CUT = Enveloppe(entiere=False, nue=False)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", talkative_jpeg()),
        ("a.png", talkative_png()),
        ("a.webp", talkative_webp()),
    ],
)
def test_nothing_is_said_any_more_of_place_or_person(name, data):
    assert SECRET.encode() in data, "l’image d’essai ne dit rien : l’essai ne prouverait rien"
    photo = prepare_photo(name, data)
    image = opened(photo.content)
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "Author"} & set(image.info)
    assert SECRET.encode() not in photo.content
    assert b"http://ns.adobe.com" not in photo.content
    assert inspect(image.format, photo.content).nue
    assert near(image.convert("RGB").getpixel((5, 15)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation):
    """The same scene, stored in the eight ways a camera can hold it."""
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    scene = two_tone()
    stored = scene if back is None else scene.transpose(back)
    data = encoded(stored, exif=exif(orientation), quality=95)
    photo = prepare_photo("a.jpg", data)
    image = opened(photo.content)
    assert image.size == (photo.largeur, photo.hauteur) == (60, 30)
    assert near(image.getpixel((5, 15)), RED)
    assert near(image.getpixel((55, 15)), BLUE)


@pytest.mark.parametrize(
    ("size", "expected"), [((3000, 1500), (2000, 1000)), ((1500, 3000), (1000, 2000))]
)
def test_a_large_photo_becomes_smaller_and_a_small_one_never_larger(size, expected):
    photo = prepare_photo("a.jpg", encoded(Image.new("RGB", size, "green")))
    assert (photo.largeur, photo.hauteur) == expected
    assert max(expected) == COTE_MAX
    small = prepare_photo("b.jpg", encoded(two_tone(), exif=exif()))
    assert (small.largeur, small.hauteur) == (60, 30)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_picture_with_nothing_to_hide_keeps_its_bytes(name):
    data = encoded(two_tone(), FORMATS[name[1:]])
    photo = prepare_photo(name, data)
    assert photo.content == data
    assert photo.name == name


@pytest.mark.parametrize(
    "data",
    [
        talkative_jpeg(),
        talkative_jpeg(progressive=True),
        talkative_png(),
        talkative_webp(),
        encoded(two_tone(3000, 200)),
        encoded(two_tone(mode="RGBA").rotate(20, expand=True), "PNG", exif=exif()),
    ],
)
def test_what_was_prepared_once_is_kept_as_it_is(data):
    once = prepare_photo("a.jpg", data)
    assert once.content != data
    assert prepare_photo("a.jpg", data) == once
    assert prepare_photo(once.name, once.content) == once


@pytest.mark.parametrize("tail", [b"SEFHe\0\0\0samsung", encoded(two_tone())])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whatever_hangs_behind_the_picture_is_dropped(kind, tail):
    photo = prepare_photo("a.jpg", encoded(two_tone(), kind) + tail)
    assert tail not in photo.content
    assert near(opened(photo.content).convert("RGB").getpixel((5, 15)), RED)


def test_whatever_hides_before_the_pixels_is_dropped():
    data = encoded(two_tone(), comment=SECRET)
    assert SECRET.encode() not in prepare_photo("a.jpg", data).content


def test_the_hidden_second_picture_of_a_telephone_is_dropped():
    data = encoded(two_tone(), "MPO", save_all=True, append_images=[two_tone()])
    assert data.count(b"\xff\xd8\xff") == 2
    assert prepare_photo("a.jpg", data).content.count(b"\xff\xd8\xff") == 1


# --- Colours ------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", [srgb_profile(), b"pas un profil"])
def test_a_profile_goes_and_the_colours_stay(profile):
    image = opened(prepare_photo("a.jpg", encoded(two_tone(), icc_profile=profile)).content)
    assert "icc_profile" not in image.info
    assert near(image.getpixel((5, 15)), RED)


def test_a_picture_for_the_printer_becomes_one_for_the_screen():
    data = encoded(two_tone(mode="CMYK"), quality=95)
    assert opened(data).mode == "CMYK"
    image = opened(prepare_photo("a.jpg", data).content)
    assert image.mode == "RGB"
    assert near(image.getpixel((5, 15)), RED)
    assert near(image.getpixel((55, 15)), BLUE)


def test_sixteen_bits_are_scaled_not_cut():
    image = Image.new("I;16", (8, 8), 32_768)
    kept = opened(prepare_photo("a.png", encoded(image, "PNG")).content)
    assert near(kept.convert("RGB").getpixel((4, 4)), (128, 128, 128))


def test_what_shows_through_still_does():
    image = two_tone().quantize(4)
    data = encoded(image, "PNG", transparency=image.getpixel((0, 0)), exif=exif())
    photo = prepare_photo("a.png", data)
    kept = opened(photo.content)
    assert photo.name == "a.png"
    assert kept.getpixel((5, 15))[3] == 0
    assert kept.getpixel((55, 15)) == (*BLUE, 255)


def test_a_transparency_that_shows_nothing_makes_a_jpeg():
    photo = prepare_photo("a.png", encoded(two_tone(mode="RGBA"), "PNG", exif=exif()))
    assert photo.name == "a.jpg"
    assert opened(photo.content).format == "JPEG"


def test_the_name_says_what_the_picture_is():
    assert prepare_photo("capture.jpg", encoded(two_tone(), "PNG")).name == "capture.png"
    assert prepare_photo("PHOTO.JPEG", encoded(two_tone())).name == "PHOTO.JPEG"


# --- Refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"GIF89a" + bytes(40),
        encoded(two_tone(), "GIF"),
        encoded(two_tone(), "BMP"),
        encoded(two_tone())[:400],
        encoded(Image.effect_noise((200, 200), 90))[:-600],
        encoded(two_tone(), "PNG")[:-30],
        encoded(two_tone(), "WEBP")[:-20],
        b"\xff\xd8\xff\xe0" + bytes(200),
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(PhotoRefusee, match="n’est pas une image lisible"):
        prepare_photo("a.jpg", data)


@pytest.mark.parametrize(
    "tail",
    [
        b"<script>alert(1)</script>",
        b"\n<!DOCTYPE html><p>",
        b"<?PHP system($_GET[0]);",
        ZIP_START + b"\0" * 40,
        b"%PDF-1.7 %%EOF",
        b"MZ\x90\0",
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_something_else_too_is_refused(kind, tail):
    with pytest.raises(PhotoRefusee, match="cache autre chose que l’image"):
        prepare_photo("a.jpg", encoded(two_tone(), kind) + tail)


def test_a_page_in_the_comment_of_a_photo_is_refused():
    data = encoded(two_tone(), comment=b"*/<script>alert(1)</script>")
    with pytest.raises(PhotoRefusee, match="cache autre chose"):
        prepare_photo("a.jpg", data)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_a_damaged_photo_is_refused_whatever_byte_is_wrong():
    """Either a picture without metadata or a refusal: never another exception."""
    data = talkative_jpeg()
    for place in range(0, len(data), 7):
        wrong = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        try:
            photo = prepare_photo("a.jpg", wrong)
        except PhotoRefusee:
            continue
        assert inspect(opened(photo.content).format, photo.content).nue


@pytest.mark.parametrize("side", [(30_000, 30_000), (12_000, 9_000), (8_000, 5_001)])
def test_a_bomb_is_refused_before_it_is_decoded(side):
    with pytest.raises(PhotoRefusee, match="dépasse 40"):
        prepare_photo("a.png", png_bomb(*side))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    with pytest.raises(PhotoRefusee, match="image animée"):
        prepare_photo("a.png", animated(kind))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_a_file_followed_to_its_end_is_whole(kind):
    data = encoded(two_tone(), kind)
    assert inspect(kind, data) == inspect(kind, data + b"\0\0") == WHOLE
    assert inspect(kind, data + b"PK") == MORE
    cut = {inspect(kind, data[:place]) for place in range(len(data))}
    assert cut == {CUT}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_picture_is_refused_even_where_pillow_takes_it(kind, monkeypatch):
    """WeasyPrint leaves Pillow so, in a process that has made a PDF."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = encoded(Image.effect_noise((200, 200), 90), kind)
    with pytest.raises(PhotoRefusee, match="abîmé"):
        prepare_photo("a.jpg", data[: len(data) // 2])
