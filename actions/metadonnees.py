"""What a picture file holds besides its pixels, read from its bytes without decoding them.

Only a closed list of segments is known to say nothing about people: everything else (EXIF, GPS,
XMP, IPTC, colour profiles, comments, thumbnails, a second file hung on to the first) counts as
metadata, known to us or not.
"""

from collections.abc import Generator
from dataclasses import dataclass, field

_JPEG_START = b"\xff\xd8"
_JPEG_END = 0xD9
_JPEG_SCAN = 0xDA
# Markers that no length follows.
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_JPEG_JFIF = 0xE0
_JPEG_ADOBE = 0xEE
# Tables, frames, scans, restart intervals: how the pixels are coded.
_JPEG_PIXELS = frozenset({0xC4, 0xDA, 0xDB, 0xDD, *range(0xC0, 0xC4), *range(0xC9, 0xCC)})
# A JFIF segment of this length has no thumbnail; an Adobe one only names the colour transform.
_JFIF_LENGTH = 16
_ADOBE_LENGTH = 14

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_PIXELS = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"sBIT"}
)
_WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


#: Of each part of a file, whether it only says how the pixels are coded; at last, where it ends.
Parts = Generator[bool, None, int]


class _Coupe(Exception):
    """The file ends before its format says so."""


@dataclass(frozen=True, slots=True)
class Enveloppe:
    """`entiere`: the file goes on to its end. `nue`: there is nothing in it but pixels.

    `fin`: where the picture ends; what follows belongs to something else.
    """

    entiere: bool
    nue: bool
    fin: int = field(default=0, compare=False)


def inspect(kind: str, data: bytes) -> Enveloppe:
    """Follow a picture from segment to segment; `kind` as Pillow names formats.

    Pillow cannot be asked whether a file is whole: WeasyPrint tells it, for the whole process, to
    take what is cut off as well. Null bytes after the end are padding.
    """
    walk = {"JPEG": _jpeg_segments, "PNG": _png_chunks, "WEBP": _webp_chunks}[kind]
    try:
        is_bare, end = _follow(walk(data))
    except _Coupe:
        return Enveloppe(entiere=False, nue=False)
    return Enveloppe(entiere=True, nue=is_bare and _is_padding(data[end:]), fin=end)


def _follow(parts: Parts) -> tuple[bool, int]:
    is_bare = True
    while True:
        try:
            # To its end, whatever is found: a file that is cut is told first.
            is_bare &= next(parts)
        except StopIteration as stop:
            return is_bare, stop.value


def _jpeg_segments(data: bytes) -> Parts:
    yield data.startswith(_JPEG_START)
    place = len(_JPEG_START)
    while True:
        found = data.find(b"\xff", place)
        yield found == place
        marker, place = _jpeg_marker(data, found)
        if marker == _JPEG_END:
            return place
        if marker not in _JPEG_ALONE:
            length = int.from_bytes(_take(data, place, 2))
            yield _jpeg_segment_is_bare(marker, length, data[place + 2 : place + 7])
            place += length
        if marker == _JPEG_SCAN:
            place = _after_scan(data, place)


def _jpeg_marker(data: bytes, place: int) -> tuple[int, int]:
    """The marker that stands at this place, and where its segment goes on."""
    if place < 0:
        raise _Coupe
    # Any number of them may stand before a marker.
    while _take(data, place, 2)[1] == 0xFF:
        place += 1
    return data[place + 1], place + 2


def _jpeg_segment_is_bare(marker: int, length: int, start: bytes) -> bool:
    if marker == _JPEG_JFIF:
        return length == _JFIF_LENGTH and start == b"JFIF\0"
    if marker == _JPEG_ADOBE:
        return length == _ADOBE_LENGTH and start == b"Adobe"
    return marker in _JPEG_PIXELS and length >= 2


def _after_scan(data: bytes, place: int) -> int:
    """Where the coded pixels end: the next marker that is neither stuffing nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0:
            raise _Coupe
        following = _take(data, place, 2)[1]
        if following == 0xFF:
            place += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            place += 2
        else:
            return place


def _png_chunks(data: bytes) -> Parts:
    yield data.startswith(_PNG_START)
    place, name = len(_PNG_START), b""
    while name != b"IEND":
        length = int.from_bytes(_take(data, place, 4))
        name = _take(data, place + 4, 4)
        yield name in _PNG_PIXELS
        place += length + 12
        if place > len(data):
            raise _Coupe
    yield length == 0
    return place


def _webp_chunks(data: bytes) -> Parts:
    yield _take(data, 0, 4) == b"RIFF" and _take(data, 8, 4) == b"WEBP"
    end = 8 + int.from_bytes(_take(data, 4, 4), "little")
    place = 12
    while place < end:
        length = int.from_bytes(_take(data, place + 4, 4), "little")
        yield data[place : place + 4] in _WEBP_PIXELS
        # Chunks stand at even places.
        place += 8 + length + length % 2
    if end > len(data) or place > end:
        raise _Coupe
    return end


def _is_padding(tail: bytes) -> bool:
    return not tail.strip(b"\0")


def _take(data: bytes, place: int, count: int) -> bytes:
    found = data[place : place + count]
    if len(found) < count:
        raise _Coupe
    return found
