"""How LibreOffice shows and prints the sheets: titles in sight, landscape, one page wide."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from .model import Sheet


def set_frozen_headings(document, sheets: Sequence[Sheet]) -> None:
    """Keep the column titles, and the first columns, in sight."""
    import odfdo

    settings = document.get_part("settings.xml").root
    root = settings.get_element("//office:settings")
    for child in root.children:
        root.delete(child)
    entries = "".join(map(_entry, sheets))
    root.append(
        odfdo.Element.from_tag(
            '<config:config-item-set config:name="ooo:view-settings">'
            '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
            f"{_item('ViewId', 'string', 'view1')}"
            f'<config:config-item-map-named config:name="Tables">{entries}'
            "</config:config-item-map-named>"
            f"{_item('ActiveTable', 'string', sheets[0].name)}"
            "</config:config-item-map-entry></config:config-item-map-indexed>"
            "</config:config-item-set>"
        )
    )


def _entry(sheet: Sheet) -> str:
    items = [("ShowGrid", "boolean", "false")]
    for side, other, count in (
        ("Vertical", "Bottom", sheet.heading_row + 1),
        ("Horizontal", "Right", sheet.frozen),
    ):
        if count:
            items += [
                # 2: frozen, not split.
                (f"{side}SplitMode", "short", "2"),
                (f"{side}SplitPosition", "int", str(count)),
                (f"Position{other}", "int", str(count)),
            ]
    return (
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        f"{''.join(_item(*item) for item in items)}</config:config-item-map-entry>"
    )


def _item(name: str, kind: str, value: str) -> str:
    return (
        f'<config:config-item config:name="{name}" config:type="{kind}">'
        f"{value}</config:config-item>"
    )


def set_paper(document) -> None:
    """A4 landscape, as many pages high as it takes."""

    styles = document.get_part("styles.xml").root
    for properties in styles.get_elements("//style:page-layout-properties"):
        for name, value in (
            ("fo:page-width", "297mm"),
            ("fo:page-height", "210mm"),
            ("style:print-orientation", "landscape"),
            ("style:scale-to-X", "1"),
            ("style:scale-to-Y", "0"),
            ("fo:margin-left", "12mm"),
            ("fo:margin-right", "12mm"),
        ):
            properties.set_attribute(name, value)
