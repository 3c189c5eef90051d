"""The tables of one axe of a published convention, whatever the references of their rows.

`of_demo()` is what a person has to type; `of_convention(convention)` what the portal exports. Both
give the same mapping of table to rows when nothing differs but the references.
"""

from pathlib import Path

from django.conf import settings

from ctg_portal.lib.exchange.sources import read_source
from pilotage.exchange.exports import export_tables

DOSSIER = Path(settings.BASE_DIR) / "demo" / "lalbenque-limogne-2019-2022"
AXE = "1"
SEPARATOR = " ; "
# By column that names rows of another table: that table.
POINTERS = {
    "axe": "axes",
    "objectif": "objectifs",
    "action": "actions",
    "actions": "actions",
    "actions_liees": "actions",
    "volet": "volets",
    "structure": "structures",
    "indicateur": "indicateurs",
    "reunion": "reunions",
    "type": "instances",
}
LISTS = {"thematiques", "noms_anterieurs"}
# Two ways of saying the same, which the import reads alike.
WORDS = {
    "sens": {"hausse": "à la hausse"},
    "periodicite": {"convention": "toute la convention"},
}
# An empty cell says no in these columns.
FLAGS = {"archivee", "cle", "partiel", "previsionnel", "visio"}

Rows = list[dict[str, str]]


def all_of_demo() -> dict[str, Rows]:
    """Every row of the published convention."""
    return _as_rows(read_source(DOSSIER).tables)


def of_demo() -> dict[str, Rows]:
    """The rows of the published convention that belong to the axe, or to no axe at all."""
    tables = all_of_demo()
    kept = {name: tables[name] for name in ("convention", "communes", "jalons")}
    kept["axes"] = [row for row in tables["axes"] if row["reference"] == AXE]
    for name in ("objectifs", "actions"):
        kept[name] = [row for row in tables[name] if row["axe"] == AXE]
    fiches = _references(kept["actions"])
    for name in (
        "resultats_attendus",
        "volets",
        "realisations",
        "points_etape",
        "partenaires",
        "financements",
        "documents",
        "indicateurs",
    ):
        kept[name] = [row for row in tables[name] if row["action"] in fiches]
    used = {row["structure"] for row in kept["indicateurs"]}
    kept["structures"] = [row for row in tables["structures"] if row["reference"] in used]
    measured = _references(kept["indicateurs"])
    kept["valeurs"] = [row for row in tables["valeurs"] if row["indicateur"] in measured]
    kept["reunions"] = [
        row for row in tables["reunions"] if set(row["actions"].split(SEPARATOR)) <= fiches
    ]
    held, met = _references(kept["reunions"]), {row["type"] for row in kept["reunions"]}
    kept["ordre_du_jour"] = [row for row in tables["ordre_du_jour"] if row["reunion"] in held]
    kept["instances"] = [row for row in tables["instances"] if row["reference"] in met]
    for row in kept["actions"]:
        linked = row["actions_liees"].split(SEPARATOR)
        row["actions_liees"] = SEPARATOR.join(one for one in linked if one in fiches)
    return kept


def of_convention(convention) -> dict[str, Rows]:
    """The rows of the whole convention as they are exported; tables without rows are left out."""
    return {name: rows for name, rows in _as_rows(export_tables(convention)).items() if rows}


def in_words(column: str, text: str) -> str:
    """What the lists of the portal say of a cell."""
    return WORDS.get(column, {}).get(text, text)


def without_references(tables: dict[str, Rows]) -> dict[str, list[tuple]]:
    """The same rows, each reference being the rank of its row, and each empty cell left out."""
    ranks = {
        name: {row["reference"]: f"{name} {rank}" for rank, row in enumerate(rows)}
        for name, rows in tables.items()
        if rows and "reference" in rows[0]
    }
    return {
        name: [_cells(name, row, ranks) for row in rows] for name, rows in sorted(tables.items())
    }


def _cells(table: str, row: dict[str, str], ranks) -> tuple:
    cells = {}
    for column, text in row.items():
        target = POINTERS.get(column)
        if column == "reference" or not text or (column in FLAGS and text == "non"):
            continue
        if column == "type" and table != "reunions":
            target = None
        if target or column in LISTS:
            known = ranks.get(target, {})
            text = SEPARATOR.join(sorted(known.get(one, one) for one in text.split(SEPARATOR)))
        cells[column] = in_words(column, text)
    return tuple(sorted(cells.items()))


def _as_rows(tables: dict[str, list[list[str]]]) -> dict[str, Rows]:
    return {
        name: [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
        for name, lines in tables.items()
    }


def _references(rows: Rows) -> set[str]:
    return {row["reference"] for row in rows}
