"""Open what somebody brings: a folder or a zip of CSV files, or an xlsx or ods workbook.

Formulas are never evaluated (a workbook gives the result it last showed), macros and external
links are never followed. Every cell comes out as a text.
"""

import csv
import datetime
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from .archives import (
    COLONNES_MAX,
    LIGNES_MAX,
    MO,
    TAILLE_DEPLIEE_MAX,
    TAILLE_MAX,
    check_spread,
    is_inside,
    open_archive,
)
from .problems import Probleme, SourceIllisible

# Zips, workbooks of today among them, begin with these two letters.
_ZIP_MAGIC = b"PK"
_ODS_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# Written by `writers` so that a spreadsheet does not take a text for a formula.
_GUARDED = re.compile(r"'('*[=+\-@|%\t\r])", re.DOTALL)


@dataclass
class Source:
    """Tables as lists of rows of texts, the headings first, under the names they came with.

    `read_file` gives the bytes of a file beside the tables, or None; `has_files` is False for a
    workbook, and for an archive of tables without any file beside them.
    """

    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    problemes: list[Probleme] = field(default_factory=list)
    read_file: Callable[[str], bytes | None] = lambda path: None
    has_files: bool = True

    def refuse(self, table: str, message: str, ligne: int | None = None) -> None:
        self.problemes.append(Probleme(table, ligne, "", message))


def read_source(path: Path) -> Source:
    """Open a folder, an archive or a workbook.

    Raises SourceIllisible (French) when the container as a whole cannot be read; what is wrong
    with one table stands in `problemes`, so that all of it is said at once.
    """
    if path.is_dir():
        return _read_folder(path)
    try:
        size = path.stat().st_size
    except OSError:
        raise SourceIllisible(f"« {path} » est introuvable.") from None
    if size > TAILLE_MAX:
        raise SourceIllisible(f"le fichier dépasse {TAILLE_MAX // MO} Mo.")
    data = path.read_bytes()
    if not data.startswith(_ZIP_MAGIC):
        raise SourceIllisible(
            "ce n’est ni un classeur .xlsx ou .ods, ni un dossier ou une archive .zip de fichiers"
            " .csv."
        )
    archive = open_archive(data)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names or (
        "mimetype" in names and archive.read("mimetype").startswith(_ODS_MIMETYPE)
    ):
        return _read_workbook(archive, data, path.parent)
    return _read_archive(archive)


def _read_folder(folder: Path) -> Source:
    files = sorted(
        file for file in folder.iterdir() if file.suffix.lower() == ".csv" and file.is_file()
    )
    if not files:
        raise SourceIllisible(f"le dossier « {folder} » ne contient aucun fichier .csv.")
    if sum(file.stat().st_size for file in files) > TAILLE_MAX:
        raise SourceIllisible(f"les tables dépassent {TAILLE_MAX // MO} Mo.")
    source = Source(read_file=_files_of_folder(folder))
    for file in files:
        _add_csv(source, file.stem, file.read_bytes())
    return source


def _files_of_folder(folder: Path) -> Callable[[str], bytes | None]:
    root = folder.resolve()

    def read(path: str) -> bytes | None:
        file = (root / path.replace("\\", "/")).resolve()
        if not is_inside(path) or not file.is_relative_to(root) or not file.is_file():
            return None
        return file.read_bytes() if file.stat().st_size <= TAILLE_DEPLIEE_MAX else None

    return read


def _read_archive(archive: ZipFile) -> Source:
    names = [name for name in archive.namelist() if not name.endswith("/")]
    names = [name for name in names if not name.startswith("__MACOSX/")]
    tables = [name for name in names if name.lower().endswith(".csv")]
    if not tables:
        raise SourceIllisible("l’archive ne contient ni classeur ni fichier .csv.")
    # An archive of a folder holds the folder itself.
    depth = min(len(PurePosixPath(name).parts) for name in tables)
    folder = next(
        PurePosixPath(name).parent for name in tables if len(PurePosixPath(name).parts) == depth
    )

    def read(path: str) -> bytes | None:
        name = str(folder / path.replace("\\", "/"))
        return archive.read(name) if is_inside(path) and name in names else None

    source = Source(read_file=read, has_files=len(tables) < len(names))
    for name in tables:
        if PurePosixPath(name).parent == folder:
            _add_csv(source, PurePosixPath(name).stem, archive.read(name))
    return source


def _add_csv(source: Source, table: str, data: bytes) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        source.refuse(
            table, "le fichier n’est pas enregistré en UTF-8 (« CSV UTF-8 » dans le tableur).", line
        )
        return
    rows: list[list[str]] = []
    try:
        for row in csv.reader(
            io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True
        ):
            rows.append([_unguard(cell) for cell in row])
            if len(rows) > LIGNES_MAX + 1:
                source.refuse(table, f"la table dépasse {LIGNES_MAX} lignes.")
                return
    except csv.Error:
        source.refuse(
            table,
            "le fichier .csv est mal formé : guillemet jamais refermé, ou cellule trop longue.",
            len(rows) + 1,
        )
        return
    source.tables[table] = rows


def _delimiter(text: str) -> str:
    headings = text.split("\n", 1)[0]
    return "," if "," in headings and ";" not in headings else ";"


def _unguard(cell: str) -> str:
    match = _GUARDED.match(cell)
    return cell[1:] if match else cell


def _read_workbook(archive: ZipFile, data: bytes, folder: Path) -> Source:
    check_spread(archive)
    source = Source(read_file=_files_of_folder(folder), has_files=False)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if len(rows) > LIGNES_MAX + 1:
                source.refuse(name, f"la table dépasse {LIGNES_MAX} lignes.")
            elif rows and len(rows[0]) > COLONNES_MAX:
                source.refuse(name, f"la table dépasse {COLONNES_MAX} colonnes.")
            else:
                source.tables[name] = [[_as_text(cell) for cell in row] for row in rows]
    except (CalamineError, ValueError, OSError) as error:
        raise SourceIllisible("le classeur est abîmé ou protégé par un mot de passe.") from error
    return source


def _as_text(cell: object) -> str:
    """The text that somebody would have typed for this typed cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        text = f"{Decimal(repr(cell)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    if isinstance(cell, datetime.time):
        return f"{cell.hour} h {cell.minute:02d}" if cell.minute else f"{cell.hour} h"
    return str(cell)
