"""From the cells of a source to values, with every problem found on the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .cells import CelluleImpossible, clean, closest, simplify
from .problems import Niveau, Probleme
from .schema import Column, Table
from .sources import Source

# Sheets that help whoever fills a workbook in, and hold no data.
_HELP_SHEETS = frozenset({"lisezmoi", "modedemploi", "listes"})


@dataclass(eq=False)
class Row:
    """One row: its place, and the values of the columns that the file gives."""

    table: Table
    line: int
    values: dict[str, object]
    children: list[list[tuple]] = field(default_factory=list)


@dataclass
class Parsed:
    """Rows by table name; a table that the file does not hold is absent."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problemes: list[Probleme] = field(default_factory=list)

    def refuse(self, row: Row, column: str, message: str, niveau: Niveau = Niveau.ERREUR) -> None:
        self.problemes.append(Probleme(row.table.name, row.line, column, message, niveau))


def parse(source: Source, tables: Iterable[Table], *, complete: bool) -> Parsed:
    """Read every table of the source; `complete` asks for the required ones."""
    tables = list(tables)
    parsed = Parsed(problemes=list(source.problemes))
    known = {simplify(table.name): table for table in tables}
    broken = {simplify(probleme.table) for probleme in source.problemes}
    for name, cells in source.tables.items():
        table = known.get(simplify(name))
        if table is None:
            if simplify(name) not in _HELP_SHEETS:
                hint = closest(name, (table.name for table in tables))
                parsed.problemes.append(Probleme(name, None, "", f"table inconnue.{hint}"))
        elif table.name in parsed.rows:
            parsed.problemes.append(
                Probleme(table.name, None, "", "la table est donnée deux fois.")
            )
        else:
            parsed.rows[table.name] = _parse_table(table, cells, parsed, complete=complete)
    for table in tables:
        missing = table.name not in parsed.rows and simplify(table.name) not in broken
        if complete and table.required and missing:
            parsed.problemes.append(Probleme(table.name, None, "", "la table est obligatoire."))
    return parsed


def _parse_table(
    table: Table, cells: list[list[str]], parsed: Parsed, *, complete: bool
) -> list[Row]:
    numbered = [
        (line, texts) for line, texts in enumerate(cells, start=1) if any(map(str.strip, texts))
    ]
    if not numbered:
        parsed.problemes.append(Probleme(table.name, None, "", "la table n’a pas de titres."))
        return []
    headings = _read_headings(table, *numbered[0], parsed)
    _refuse_untitled(table, numbered, parsed)
    rows = [_parse_row(table, line, texts, headings, parsed) for line, texts in numbered[1:]]
    # A template may leave empty what an update does not change.
    if table.single and len(rows) != 1 and (rows or complete):
        parsed.problemes.append(
            Probleme(table.name, None, "", f"une seule ligne est attendue, il y en a {len(rows)}.")
        )
    return _group(table, rows, parsed) if table.grouped else rows


def _read_headings(table: Table, line: int, texts: list[str], parsed: Parsed):
    """The column of each position, None where it is to be skipped."""
    known = {simplify(column.name): column for column in table.columns}
    headings: list[Column | None] = []

    def refuse(name: str, message: str) -> None:
        parsed.problemes.append(Probleme(table.name, line, name, message))

    for text in texts:
        name = clean(text)
        column = known.get(simplify(name))
        if column is None and name:
            refuse(name, f"colonne inconnue.{closest(name, table.by_name)}")
        elif column is not None and column in headings:
            refuse(column.name, "la colonne est donnée deux fois.")
        headings.append(column)
    for column in table.columns:
        if column.required and column not in headings:
            refuse(column.name, "la colonne obligatoire est absente.")
    return headings


def _refuse_untitled(table: Table, numbered: list[tuple[int, list[str]]], parsed: Parsed) -> None:
    """Cells under an empty heading would otherwise be lost without a word."""
    untitled = {place for place, text in enumerate(numbered[0][1]) if not clean(text)}
    for line, texts in numbered[1:]:
        if any(texts[place].strip() for place in untitled if place < len(texts)):
            parsed.problemes.append(
                Probleme(
                    table.name, line, "", "une cellule est remplie sous une colonne sans titre."
                )
            )


def _parse_row(table: Table, line: int, texts: list[str], headings: list, parsed: Parsed) -> Row:
    row = Row(table, line, {})
    if any(map(str.strip, texts[len(headings) :])):
        parsed.refuse(row, "", "la ligne a plus de cellules que la table n’a de colonnes.")
    texts = [*texts, *[""] * (len(headings) - len(texts))]
    for column, text in zip(headings, texts, strict=False):
        if column is None:
            continue
        if "\x00" in text:
            parsed.refuse(row, column.name, "la cellule contient un caractère nul (NUL).")
            continue
        row.values[column.name] = _parse_cell(row, column, clean(text), parsed)
    return row


def _parse_cell(row: Row, column: Column, text: str, parsed: Parsed) -> object:
    if not text:
        if column.required:
            parsed.refuse(row, column.name, "la cellule est obligatoire.")
        return None
    try:
        value = column.kind.parse(text)
    except CelluleImpossible as error:
        parsed.refuse(row, column.name, str(error))
        return None
    if column.required and value in ("", ()):
        parsed.refuse(row, column.name, "la cellule est obligatoire.")
    return value


def _group(table: Table, rows: list[Row], parsed: Parsed) -> list[Row]:
    """Merge the rows that carry the same key; each keeps its own children."""
    groups: dict[str, Row] = {}
    for row in rows:
        key = table.key_of(row.values.get(table.key) or "")
        first = groups.setdefault(key, row)
        first.children.append(
            [tuple(row.values.get(name) for name in child.fields) for child in table.children]
        )
        if first is row:
            continue
        for column in table.columns:
            value, said = row.values.get(column.name), first.values.get(column.name)
            if column.child or column.name == table.key or value in (None, "", said):
                continue
            if said in (None, ""):
                first.values[column.name] = value
            else:
                parsed.refuse(
                    row, column.name, f"la ligne {first.line} dit autre chose du même organisme."
                )
    return list(groups.values())
