import io

import pytest
from PIL import Image

from ctg_portal.lib import photos


def picture(fmt: str, **options) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (6, 4), "navy").save(buffer, fmt, **options)
    return buffer.getvalue()


def placed() -> Image.Exif:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (44.0, 21.0, 0.0)}
    exif[0x010E] = "Chez Mme Untel"
    return exif


@pytest.mark.parametrize(("suffix", "fmt"), sorted(photos.FORMATS.items()))
def test_a_picture_without_metadata_keeps_its_bytes(suffix, fmt):
    data = picture(fmt)
    assert photos.without_metadata(data, suffix) == data


@pytest.mark.parametrize(("suffix", "fmt"), sorted(photos.FORMATS.items()))
def test_metadata_go_and_the_picture_stays(suffix, fmt):
    kept = photos.without_metadata(picture(fmt, exif=placed()), suffix)
    assert b"Untel" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == (fmt, (6, 4))
        assert not image.getexif()
    assert photos.without_metadata(kept, suffix) == kept


@pytest.mark.parametrize("data", [b"", b"<svg/>", picture("PNG"), picture("JPEG")[:100]])
def test_what_is_not_a_jpeg(data):
    with pytest.raises(photos.ImageIllisible, match="pas une image lisible"):
        photos.without_metadata(data, ".jpg")


def test_a_picture_too_large_to_open(monkeypatch):
    monkeypatch.setattr(photos, "PIXELS_MAX", 23)
    with pytest.raises(photos.ImageIllisible, match="millions de pixels"):
        photos.without_metadata(picture("PNG"), ".png")
