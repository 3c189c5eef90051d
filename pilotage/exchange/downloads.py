"""A convention, or any table of texts, as one file to download."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from axes.models import Convention
from ctg_portal.lib.exchange.schema import Table
from ctg_portal.lib.exchange.writers import csv_of, write_ods, write_xlsx

from .exports import export_tables
from .registry import all_tables

WORKBOOKS = {"xlsx": write_xlsx, "ods": write_ods}


def convention_file(convention: Convention, fmt: str) -> tuple[io.BytesIO, str]:
    """Every table of a convention, and the extension of the file: xlsx, ods or zip (fmt csv).

    The archive holds tables only. Photos and documents stay in the portal, where each is asked
    for by itself: a photo without an explicit image right never leaves it.
    """
    return file_of(export_tables(convention), fmt, all_tables())


def file_of(
    tables: Mapping[str, list[list[str]]], fmt: str, schema: Mapping[str, Table] | None = None
) -> tuple[io.BytesIO, str]:
    """These tables in a workbook or, for `csv`, in one file, zipped when they are several."""
    if fmt == "csv":
        return _csv_file(tables)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"tables.{fmt}"
        WORKBOOKS[fmt](path, tables, schema or {})
        return io.BytesIO(path.read_bytes()), fmt


def _csv_file(tables: Mapping[str, list[list[str]]]) -> tuple[io.BytesIO, str]:
    if len(tables) == 1:
        (rows,) = tables.values()
        return io.BytesIO(csv_of(rows)), "csv"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", csv_of(rows))
    buffer.seek(0)
    return buffer, "zip"
