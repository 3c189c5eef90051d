"""What the tests of every PDF read of it."""

import io

import pypdf


def fonts_of(content: bytes) -> set[str]:
    """Families that are embedded, without the mark of their subset."""
    return {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
