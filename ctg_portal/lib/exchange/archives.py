"""What is checked of a zip before anything else opens it: workbooks are zips too.

Limits of the exchange format: 20 MB received, 200 MB once unpacked, 20,000 rows per table.
"""

import io
import re
import zipfile
from pathlib import PurePosixPath

from .problems import SourceIllisible

MO = 1024 * 1024
TAILLE_MAX = 20 * MO
TAILLE_DEPLIEE_MAX = 200 * MO
LIGNES_MAX = 20_000
COLONNES_MAX = 200
MEMBRES_MAX = 5_000

_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,4})(\d{1,9})"[^>]*?(?<!/)>')
_ODS_SHEET = re.compile(rb"<table:table(?=[\s>])")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ODS_REPEAT = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, all of whose members were read once and found whole, small and well named.

    Raises SourceIllisible: not a zip, truncated, encrypted, too large once unpacked, or a path
    that leaves its folder.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_members(archive)
        damaged = archive.testzip()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise SourceIllisible(
            "le fichier n’est pas un classeur ni une archive, ou il est abîmé (téléchargement"
            " interrompu ?)."
        ) from error
    except Exception as error:
        if type(error).__module__ in {"zlib", "lzma", "struct"}:
            raise SourceIllisible("l’archive est abîmée.") from error
        raise
    if damaged:
        raise SourceIllisible(f"« {damaged} » est abîmé dans l’archive.")
    return archive


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MEMBRES_MAX:
        raise SourceIllisible(f"l’archive contient plus de {MEMBRES_MAX} fichiers.")
    if sum(member.file_size for member in members) > TAILLE_DEPLIEE_MAX:
        raise SourceIllisible(f"l’archive dépasse {TAILLE_DEPLIEE_MAX // MO} Mo une fois dépliée.")
    for member in members:
        if member.flag_bits & 1:
            raise SourceIllisible("l’archive est protégée par un mot de passe.")
        if not is_inside(member.filename):
            raise SourceIllisible(
                f"l’archive contient un chemin qui sort de son dossier : « {member.filename} »."
            )


def is_inside(path: str) -> bool:
    """True for a relative path that never climbs out of its folder."""
    pure = PurePosixPath(path.replace("\\", "/"))
    return not (pure.is_absolute() or ".." in pure.parts or ":" in path or "\x00" in path)


def check_spread(archive: zipfile.ZipFile) -> None:
    """Refuse sheets with a cell so far away that a reader would allocate the whole rectangle.

    A workbook of 10 KB can name the cell XFD1048576, or repeat one cell a thousand million times.
    """
    for name in archive.namelist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            _check_xlsx_sheet(archive.read(name))
        elif name == "content.xml":
            # Each sheet counts its rows: LibreOffice fills every one up to its last possible row.
            for sheet in _ODS_SHEET.split(archive.read(name)):
                _check_ods_rows(sheet)


def _check_xlsx_sheet(xml: bytes) -> None:
    for match in _XLSX_CELL.finditer(xml):
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - 64
        _refuse_beyond(int(match[2]), column)


def _check_ods_rows(xml: bytes) -> None:
    row_number = 0
    for match in _ODS_ROW.finditer(xml):
        repeat = _ODS_REPEAT.search(match[1])
        row_number += int(repeat[1]) if repeat else 1
        column = last = 0
        for cell in _ODS_CELL.finditer(match[2]):
            attributes = cell[1]
            repeated = _ODS_REPEAT.search(attributes)
            column += int(repeated[1]) if repeated else 1
            if b"value-type" in attributes:
                last = column
        if last:
            _refuse_beyond(row_number, last)


def _refuse_beyond(row: int, column: int) -> None:
    if row > LIGNES_MAX + 1:
        raise SourceIllisible(f"une feuille dépasse {LIGNES_MAX} lignes.")
    if column > COLONNES_MAX:
        raise SourceIllisible(f"une feuille dépasse {COLONNES_MAX} colonnes.")
