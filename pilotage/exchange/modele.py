"""The template workbook: every table to fill in, made from the declarations that read it back."""

import io
from dataclasses import dataclass

from ctg_portal.lib.exchange.archives import LIGNES_MAX
from ctg_portal.lib.exchange.cells import Choice, YesNo
from ctg_portal.lib.exchange.schema import Column, Table

from .documentation import accepts
from .exemples import EXEMPLES
from .registry import all_tables

# Sheets that the import passes over.
AIDE = "lisez-moi"
LISTES = "listes"
OUI_NON = ("oui", "non")
MODE_D_EMPLOI = (
    "Une feuille par table. Ce dont vous n’avez pas besoin, feuilles et colonnes, se supprime.",
    "La ligne 1 porte les noms des colonnes : ne la changez pas.",
    "Une colonne obligatoire est sur fond bleu, et porte ci-dessous un astérisque.",
    "Les exemples en gris disent comment écrire. Cette feuille n’est jamais importée.",
)


def modele_file() -> io.BytesIO:
    """An xlsx workbook with headings, notes, drop-down lists, examples, and no row of data."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Modele(book).write()
    buffer.seek(0)
    return buffer


@dataclass(frozen=True, slots=True)
class _Styles:
    titre: object
    obligatoire: object
    texte: object
    nombre: object
    exemple: object
    fort: object


class _Modele:
    def __init__(self, book):
        self.book = book
        head = {"bold": True, "bottom": 1}
        wrap = {"text_wrap": True, "valign": "top"}
        self.styles = _Styles(
            titre=book.add_format(head),
            obligatoire=book.add_format({**head, "bg_color": "#E4E9F2"}),
            texte=book.add_format({**wrap, "num_format": "@"}),
            nombre=book.add_format(wrap),
            exemple=book.add_format({**wrap, "font_color": "#5F6672", "italic": True}),
            fort=book.add_format({**wrap, "bold": True}),
        )
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self) -> None:
        tables = all_tables()
        self._write_help(tables)
        for table in tables.values():
            self._write_table(table)
        self._write_lists()

    def _write_help(self, tables: dict[str, Table]) -> None:
        sheet = self.book.add_worksheet(AIDE)
        for place, width in enumerate((22, 22, 70, 50)):
            sheet.set_column(place, place, width)
        for line, sentence in enumerate(MODE_D_EMPLOI):
            sheet.merge_range(line, 0, line, 3, sentence, self.styles.nombre)
            sheet.set_row(line, 32)
        line = len(MODE_D_EMPLOI) + 1
        for place, heading in enumerate(("table", "colonne", "ce qu’elle accepte", "exemple")):
            sheet.write_string(line, place, heading, self.styles.titre)
        for table in tables.values():
            line += 1
            sheet.write_string(line, 0, table.name, self.styles.fort)
            sheet.merge_range(line, 1, line, 3, table.aide, self.styles.nombre)
            for column in table.columns:
                line += 1
                sheet.write_string(line, 0, table.name, self.styles.nombre)
                name = f"{column.name} *" if column.required else column.name
                sheet.write_string(line, 1, name, self.styles.nombre)
                sheet.write_string(line, 2, _accepts(column), self.styles.nombre)
                sheet.write_string(line, 3, example_of(table, column), self.styles.exemple)

    def _write_table(self, table: Table) -> None:
        sheet = self.book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            is_number = column.kind.est_nombre
            head = self.styles.obligatoire if column.required else self.styles.titre
            sheet.write_string(0, place, column.name, head)
            sheet.write_comment(0, place, _note(table, column), {"x_scale": 2})
            sheet.set_column(
                place,
                place,
                12 if is_number else 24,
                self.styles.nombre if is_number else self.styles.texte,
            )
            if source := self._source_of(column):
                sheet.data_validation(
                    1,
                    place,
                    LIGNES_MAX,
                    place,
                    {
                        "validate": "list",
                        "source": source,
                        # A list helps to choose; the import reads other forms of the same words.
                        "error_type": "warning",
                        "error_title": "Hors de la liste",
                        "error_message": "Cette valeur n’est pas dans la liste proposée.",
                    },
                )

    def _source_of(self, column: Column) -> str:
        """The cells that a drop-down list of this column offers, or an empty text."""
        if column.target and not column.is_link:
            target = all_tables()[column.target]
            place = [one.name for one in target.columns].index(target.key)
            letter = _letter(place)
            return f"='{target.name}'!${letter}$2:${letter}${LIGNES_MAX + 1}"
        words: tuple[str, ...] = ()
        if isinstance(column.kind, Choice):
            words = tuple(column.kind.words.values())
        elif isinstance(column.kind, YesNo):
            words = OUI_NON
        if not words:
            return ""
        if words not in self.lists:
            letter = _letter(len(self.lists))
            self.lists[words] = f"='{LISTES}'!${letter}$1:${letter}${len(words)}"
        return self.lists[words]

    def _write_lists(self) -> None:
        sheet = self.book.add_worksheet(LISTES)
        for place, words in enumerate(self.lists):
            sheet.set_column(place, place, 28)
            sheet.write_column(0, place, words)
        sheet.hide()


def example_of(table: Table, column: Column) -> str:
    """The cell of this column in the example of its table."""
    return EXEMPLES[table.name].get(column.name, "")


def _accepts(column: Column) -> str:
    text = accepts(column).replace("`", "")
    return f"obligatoire ; {text}" if column.required else text


def _note(table: Table, column: Column) -> str:
    note = _accepts(column)
    example = example_of(table, column)
    return f"{note}\nExemple : {example}" if example else note


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(place)
