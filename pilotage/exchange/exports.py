"""The export of one convention, in the tables that the import reads."""

from pathlib import Path

from axes.models import Convention
from ctg_portal.lib.exchange.dump import dump_table, file_paths
from ctg_portal.lib.exchange.stored import Stored
from ctg_portal.lib.exchange.writers import write_folder, write_ods, write_xlsx

from .registry import all_tables

FORMATS = ("xlsx", "ods", "csv")


def export_tables(convention: Convention) -> dict[str, list[list[str]]]:
    """Every table by name: headings, then rows, as texts. The number of queries is fixed."""
    tables = all_tables()
    stored = Stored(convention, tables)
    return {name: dump_table(table, stored) for name, table in tables.items()}


def export_convention(convention: Convention, *, fmt: str, output: Path) -> list[str]:
    """Write the convention to a workbook, or to a folder of CSV tables with its files beside.

    Returns the paths of the files that the storage no longer holds (csv); a workbook only names
    the files. Raises OSError when `output` cannot be written.
    """
    tables = export_tables(convention)
    if fmt == "xlsx":
        write_xlsx(output, tables, all_tables())
    elif fmt == "ods":
        write_ods(output, tables, all_tables())
    else:
        write_folder(output, tables)
        return _copy_files(convention, output)
    return []


def _copy_files(convention: Convention, folder: Path) -> list[str]:
    missing = []
    schema = all_tables()
    stored = Stored(convention, schema)
    for table in schema.values():
        for column in (column for column in table.columns if column.file):
            paths = file_paths(table, column, stored)
            rows = {row.pk: row for row in stored.rows(table)}
            for pk, path in paths.items():
                if not _copy(rows[pk], column.field_name, folder / path):
                    missing.append(path)
    return missing


def _copy(row, name: str, target: Path) -> bool:
    try:
        with getattr(row, name).open("rb") as file:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read())
    except FileNotFoundError:
        return False
    return True
