"""A photo and its small picture, kept and removed together."""

import errno
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from PIL import Image

from actions.metadonnees import inspect
from actions.photos import VIGNETTE_COTE, make_vignette
from actions.stockage import DocumentStorage, vignette_name, vignette_size
from tests.actions.pictures import SECRET, encoded, exif, png_bomb, two_tone


@pytest.fixture
def storage(tmp_path):
    return DocumentStorage(location=tmp_path)


def kept(storage) -> list[str]:
    return sorted(storage.listdir("")[1])


def save(storage, data: bytes, name: str = "fete.jpg") -> str:
    return storage.save(name, ContentFile(data))


@pytest.mark.parametrize(
    ("size", "expected"),
    [((2000, 1000), (640, 320)), ((900, 1800), (320, 640)), ((641, 3), (640, 3))],
)
def test_a_large_photo_has_a_small_picture_beside_it(storage, size, expected):
    name = save(storage, encoded(two_tone(*size), exif=exif()))
    assert kept(storage) == ["fete.jpg", "fete.vignette.webp"]
    with storage.open(vignette_name(name)) as stored:
        data = stored.read()
    image = Image.open(io.BytesIO(data))
    assert image.format == "WEBP"
    assert image.size == expected == vignette_size(*size)
    assert max(image.size) == VIGNETTE_COTE
    red, _green, blue = image.convert("RGB").getpixel((5, 1))
    assert red > 200 > 60 > blue
    assert inspect("WEBP", data).nue
    assert SECRET.encode() not in data


def test_what_shows_through_still_does_in_the_small_picture():
    image = Image.new("RGBA", (800, 400), (0, 0, 255, 255))
    image.paste((0, 0, 0, 0), (0, 0, 400, 400))
    small = Image.open(io.BytesIO(make_vignette(encoded(image, "PNG"))))
    assert small.getpixel((5, 5))[3] == 0
    assert small.getpixel((600, 5))[3] == 255


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("petite.jpg", encoded(two_tone(640, 480))),
        ("bilan.pdf", b"%PDF-1.7"),
        ("abimee.jpg", encoded(two_tone(900, 900))[:500]),
        ("bombe.png", png_bomb()),
        ("page.jpg", b"<html>"),
    ],
)
def test_nothing_else_has_one(storage, name, data):
    save(storage, data, name)
    assert kept(storage) == [name]


def test_the_small_picture_goes_with_its_photo_and_alone(storage):
    name = save(storage, encoded(two_tone(900, 600)))
    other = save(storage, encoded(two_tone(900, 600)))
    assert other != name
    storage.delete(name)
    assert kept(storage) == sorted([other, vignette_name(other)])
    storage.delete(other)
    assert kept(storage) == []


def test_without_room_for_the_small_picture_the_photo_stays(storage, monkeypatch):
    write = FileSystemStorage._save

    def full(self, name, content):
        if name.endswith(".webp"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    save(storage, encoded(two_tone(900, 600)))
    assert kept(storage) == ["fete.jpg"]
