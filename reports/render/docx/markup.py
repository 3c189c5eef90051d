"""Pieces of WordprocessingML, as text.

The body of a bilan is put together as one text and parsed once: building it object by object takes
minutes where this takes seconds. Every function escapes what it is given as `text`; `content` is
markup already.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from ..html import SUBSTITUTIONS

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
# What no XML document may hold.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without the signs that XML refuses or that the embedded font does not draw."""
    return _REFUSED.sub("", text.translate(SUBSTITUTIONS))


def attribute(text: str) -> str:
    """A quoted attribute, on one line."""
    return quoteattr(" ".join(clean(text).split()))


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def emus(millimetres: float) -> int:
    return round(millimetres * 36000)


def run(
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    color: str = "",
    style: str = "",
    raised: bool = False,
) -> str:
    """A run of text; its line ends and tabs are kept."""
    if not text:
        return ""
    properties = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/>" if bold else "",
            "<w:i/>" if italic else "",
            f'<w:color w:val="{color.removeprefix("#")}"/>' if color else "",
            '<w:vertAlign w:val="superscript"/>' if raised else "",
        )
    )
    body = "<w:br/>".join(
        "<w:tab/>".join(_text(part) for part in line.split("\t"))
        for line in clean(text).split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{body}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def paragraph(content: str, style: str = "", *, properties: str = "") -> str:
    """A paragraph; `style` is the identifier of its style, `properties` what follows it in pPr."""
    head = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{head}{properties}</w:pPr>{content}</w:p>"


def field(instruction: str, cached: str = "") -> str:
    """A field with the text that stands for it until it is updated."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(cached)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def internal_link(anchor: str, content: str) -> str:
    """A link to a bookmark of the document."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{content}</w:hyperlink>'


def external_link(relation: str, content: str) -> str:
    """A link to an address, known to the document by the name of a relation."""
    return f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>'


def bookmark(name: str, number: int, content: str) -> str:
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )
