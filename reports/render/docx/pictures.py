"""Pictures in the text: photos, status icons, notches; each has its alternative text or none."""

import io
from dataclasses import dataclass

from .markup import NAMESPACES, attribute, emus


@dataclass(frozen=True, slots=True)
class Size:
    """In millimetres."""

    width: float
    height: float

    @classmethod
    def of_pixels(cls, content: bytes, *, max_width: float, max_height: float) -> "Size":
        """The size of a picture that is to fit into a box, at most as large as at 96 dpi."""
        from PIL import Image

        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
        scale = min(max_width / width, max_height / height, 25.4 / 96)
        return cls(width * scale, height * scale)


def inline_picture(
    relation: str, number: int, size: Size, alt: str, *, lowered: bool = False
) -> str:
    """A run with a picture; without `alt` it is a decoration that screen readers pass over.

    `lowered` sets it a little under the line, as an icon in a text.
    """
    properties = '<w:rPr><w:position w:val="-2"/></w:rPr>' if lowered else ""
    return (
        f'<w:r>{properties}<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f"{_extent(size)}{_named(number, alt)}{_graphic(relation, number, size)}"
        "</wp:inline></w:drawing></w:r>"
    )


def page_picture(relation: str, number: int, size: Size) -> str:
    """A run with a decoration behind the text, from the upper left corner of the page."""
    corner = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:position{axis}>'
        for axis in "HV"
    )
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="1" behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{corner}{_extent(size)}<wp:wrapNone/>{_named(number, "")}'
        f"{_graphic(relation, number, size)}</wp:anchor></w:drawing></w:r>"
    )


def inline_chart(relation: str, number: int, size: Size, alt: str) -> str:
    """A run with a chart of the document."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{_extent(size)}'
        f'{_named(number, alt)}<a:graphic><a:graphicData uri="{NAMESPACES["c"]}">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _extent(size: Size) -> str:
    return f'<wp:extent cx="{emus(size.width)}" cy="{emus(size.height)}"/>'


def _named(number: int, alt: str) -> str:
    if alt:
        return f'<wp:docPr id="{number}" name="Image {number}" descr={attribute(alt)}/>'
    return (
        f'<wp:docPr id="{number}" name="Décor {number}" descr=""><a:extLst>'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"/></a:ext>'
        "</a:extLst></wp:docPr>"
    )


def _graphic(relation: str, number: int, size: Size) -> str:
    box = f'<a:ext cx="{emus(size.width)}" cy="{emus(size.height)}"/>'
    return (
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Image {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'{box}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic>"
    )
