"""The bilan as a workbook: one sheet per table, typed cells, in the formats of Excel and ODF."""

from ...tree import Bilan


def render_xlsx(tree: Bilan) -> bytes:
    """The workbook of Excel, with native charts."""
    from .sheets import sheets_of
    from .xlsx import write_xlsx

    return write_xlsx(sheets_of(tree), tree)


def render_ods(tree: Bilan) -> bytes:
    """The same sheets in the open format of LibreOffice, without charts."""
    from .ods import write_ods
    from .sheets import sheets_of

    return write_ods(sheets_of(tree), tree)
