"""What a picture file holds besides its pixels, read from its bytes without decoding them.

Only a closed list of segments is known to say nothing about people: everything else (EXIF, GPS,
XMP, IPTC, colour profiles, comments, thumbnails, a second file hung on to the first) counts as
metadata, known to us or not.
"""

from collections.abc import Iterator

_JPEG_START = b"\xff\xd8"
_JPEG_END = 0xD9
_JPEG_SCAN = 0xDA
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


class _Coupe(Exception):
    """The file ends before its format says so."""


def has_only_pixels(kind: str, data: bytes) -> bool:
    """True when the file holds a picture and nothing else; `kind` as Pillow names formats.

    False for anything that cannot be followed to its end. Null bytes after the end are padding.
    """
    walk = {"JPEG": _jpeg_is_bare, "PNG": _png_is_bare, "WEBP": _webp_is_bare}[kind]
    try:
        return walk(data)
    except _Coupe:
        return False


def _jpeg_is_bare(data: bytes) -> bool:
    if not data.startswith(_JPEG_START):
        return False
    place = len(_JPEG_START)
    while True:
        marker, place = _jpeg_marker(data, place)
        if marker == _JPEG_END:
            return not data[place:].strip(b"\0")
        length = int.from_bytes(_take(data, place, 2))
        if not _jpeg_segment_is_bare(marker, length, data[place + 2 : place + 7]):
            return False
        place += length
        if marker == _JPEG_SCAN:
            place = _after_scan(data, place)


def _jpeg_marker(data: bytes, place: int) -> tuple[int, int]:
    """The marker that stands at this place, and where its segment goes on."""
    if _take(data, place, 2)[0] != 0xFF:
        raise _Coupe
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


def _png_is_bare(data: bytes) -> bool:
    if not data.startswith(_PNG_START):
        return False
    place = len(_PNG_START)
    while True:
        length = int.from_bytes(_take(data, place, 4))
        name = _take(data, place + 4, 4)
        if name not in _PNG_PIXELS:
            return False
        place += length + 12
        if place > len(data):
            raise _Coupe
        if name == b"IEND":
            return length == 0 and not data[place:].strip(b"\0")


def _webp_is_bare(data: bytes) -> bool:
    if _take(data, 0, 4) != b"RIFF" or _take(data, 8, 4) != b"WEBP":
        return False
    end = 8 + int.from_bytes(_take(data, 4, 4), "little")
    if end > len(data) or data[end:].strip(b"\0"):
        return False
    return all(name in _WEBP_PIXELS for name in _riff_chunks(data, end))


def _riff_chunks(data: bytes, end: int) -> Iterator[bytes]:
    place = 12
    while place < end:
        length = int.from_bytes(_take(data, place + 4, 4), "little")
        yield data[place : place + 4]
        # Chunks stand at even places.
        place += 8 + length + length % 2


def _take(data: bytes, place: int, count: int) -> bytes:
    found = data[place : place + count]
    if len(found) < count:
        raise _Coupe
    return found
