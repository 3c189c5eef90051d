"""Small conventions as exchange tables, for the tests of the import and the export."""

from pathlib import Path

CONVENTION = "nom;territoire;debut;fin\nCTG 2020-2024;Pays d’Essai;2020;2024\n"
AXES = "reference;intitule\nA1;Petite enfance\n"
ACTIONS = "reference;axe;code;intitule\nF1;A1;1;Ouvrir une crèche\n"


def write_tables(folder: Path, **tables: str) -> Path:
    """A folder of CSV tables; the two required ones are there unless given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ({"convention": CONVENTION, "axes": AXES} | tables).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def column(rows: list[list[str]], name: str) -> list[str]:
    """One column of an exported table."""
    place = rows[0].index(name)
    return [row[place] for row in rows[1:]]
