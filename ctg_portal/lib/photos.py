"""Pictures as the portal keeps them: readable, upright, and silent about where they were taken."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

PIXELS_MAX = 50_000_000
FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
# Place, date, camera and notes, under the names that Pillow gives them.
_METADATA = frozenset({"exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "comment"})


class ImageIllisible(ValueError):
    """The bytes are not a picture of that kind; the message is in French."""


def without_metadata(data: bytes, suffix: str) -> bytes:
    """The same picture without its metadata: the same bytes when it has none.

    `suffix` (".jpg"…) says what the picture has to be. The same bytes always give the same result.
    Raises ImageIllisible.
    """
    kind = FORMATS[suffix]
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            image.verify()
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            if image.width * image.height > PIXELS_MAX:
                raise ImageIllisible("l’image dépasse 50 millions de pixels.")
            if not (image.getexif() or _METADATA & set(image.info)):
                return data
            return _rewritten(image, kind)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise ImageIllisible("ce n’est pas une image lisible.") from error


def _rewritten(image: Image.Image, kind: str) -> bytes:
    colours = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright.info = {}
    buffer = io.BytesIO()
    upright.save(buffer, kind, quality=90, icc_profile=colours)
    return buffer.getvalue()
