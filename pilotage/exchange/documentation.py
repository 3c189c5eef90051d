"""The columns of the exchange tables as a document, made from their declarations."""

import re

from ctg_portal.lib.dates import NBSP
from ctg_portal.lib.exchange.schema import Column, Table

from .registry import all_tables

START = "<!-- describe_tables -->"
END = "<!-- /describe_tables -->"


def describe_tables() -> str:
    """Every table and column in Markdown: what it holds, what a cell accepts."""
    text = "\n\n".join(_describe(table) for table in all_tables().values())
    return re.sub(r"« ", f"«{NBSP}", re.sub(r" (?=[:;?!%»])", NBSP, text))


def refresh(document: str) -> str:
    """The same document with the tables of today between its two marks."""
    before, rest = document.split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n\n{describe_tables()}\n\n{END}{after}"


def _describe(table: Table) -> str:
    title = f"### {table.name}{' (obligatoire)' if table.required else ''}"
    rows = [
        f"| `{column.name}` | {'**obligatoire** ; ' * column.required}{accepts(column)} |"
        for column in table.columns
    ]
    return "\n".join([title, "", table.aide, "", "| colonne | cellule |", "|---|---|", *rows])


def accepts(column: Column) -> str:
    """What a cell of this column may hold, in words (table names between backquotes)."""
    return column.aide or _pointed_to(column) or column.kind.aide


def _pointed_to(column: Column) -> str:
    if not column.points:
        return ""
    if column.target:
        place = f"de la table `{column.target}`"
        return f"lignes {place}, séparées par « ; »" if column.is_link else f"une ligne {place}"
    return f"noms séparés par « ; » ; nouveaux ou déjà dans {column.outside.nom}"
