"""Containers as people bring them, broken ones above all."""

import datetime
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ctg_portal.lib.exchange import archives
from ctg_portal.lib.exchange.problems import SourceIllisible
from ctg_portal.lib.exchange.sources import read_source


def zip_of(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def workbook(path: Path, rows: list[list], name: str = "axes") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return path


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "a,b\n1,2\n", "\ufeffa;b\r\n1;2\r\n", 'a;b\n"1";2'])
def test_semicolons_or_commas_with_or_without_bom(tmp_path, text):
    (tmp_path / "axes.csv").write_text(text, encoding="utf-8", newline="")
    assert read_source(tmp_path).tables == {"axes": [["a", "b"], ["1", "2"]]}


def test_a_comma_inside_a_table_of_semicolons(tmp_path):
    (tmp_path / "axes.csv").write_text("a;b\nUn, deux;3\n", encoding="utf-8")
    assert read_source(tmp_path).tables["axes"][1] == ["Un, deux", "3"]


def test_a_zip_of_a_folder_with_its_files(tmp_path):
    path = zip_of(
        tmp_path / "x.zip",
        {
            "ma-ctg/axes.csv": b"a\n1\n",
            "ma-ctg/images/fete.jpg": b"...",
            "__MACOSX/ma-ctg/axes.csv": b"\x00",
        },
    )
    source = read_source(path)
    assert source.tables == {"axes": [["a"], ["1"]]}
    assert source.read_file("images/fete.jpg") == b"..."
    assert source.read_file("images/absente.jpg") is None


def test_files_are_only_read_inside_the_folder(tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "axes.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "lien.txt").symlink_to(tmp_path / "secret.txt")
    source = read_source(folder)
    for path in ("../secret.txt", str(tmp_path / "secret.txt"), "lien.txt", "..\\secret.txt"):
        assert source.read_file(path) is None


def test_cells_of_a_workbook_become_what_people_would_type(tmp_path):
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("valeurs")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        hour = book.add_format({"num_format": "hh:mm"})
        sheet.write_row(0, 0, ["a", "b", "c", "d", "e", "f"])
        sheet.write_number(1, 0, 36424)
        sheet.write_number(1, 1, 19.65)
        sheet.write_boolean(1, 2, True)  # noqa: FBT003 — the value of the cell
        sheet.write_datetime(1, 3, datetime.datetime(2023, 10, 9), day)  # noqa: DTZ001 — a date
        sheet.write_datetime(1, 4, datetime.time(9, 30), hour)
        sheet.write_formula(1, 5, "=1+1", None, 2)
    assert read_source(path).tables["valeurs"][1] == [
        "36424",
        "19.65",
        "oui",
        "2023-10-09",
        "9 h 30",
        "2",
    ]


@pytest.mark.parametrize(
    ("name", "data"), [("x.xlsx", b"bonjour"), ("x.ods", b"%PDF-1.7"), ("x.zip", b""), ("x", b"PK")]
)
def test_not_a_workbook(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceIllisible, match=r"(ni|pas) un classeur"):
        read_source(tmp_path / name)


def test_an_absent_file(tmp_path):
    with pytest.raises(SourceIllisible, match="introuvable"):
        read_source(tmp_path / "rien.xlsx")


def test_a_folder_without_tables(tmp_path):
    with pytest.raises(SourceIllisible, match=r"aucun fichier \.csv"):
        read_source(tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook(tmp_path, share):
    path = workbook(tmp_path / "x.xlsx", [["reference"], *[[f"A{n}"] for n in range(200)]])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(SourceIllisible, match="abîmé"):
        read_source(path)


def test_a_damaged_member(tmp_path):
    path = zip_of(tmp_path / "x.zip", {"axes.csv": b"reference;intitule\n" + b"A;B\n" * 500})
    data = bytearray(path.read_bytes())
    data[60:70] = b"\xff" * 10
    path.write_bytes(bytes(data))
    with pytest.raises(SourceIllisible, match="abîmé"):
        read_source(path)


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path):
    path = tmp_path / "bombe.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"axes{number}.csv", "w") as member:
                for _ in range(75):
                    member.write(bytes(archives.MO))
    assert path.stat().st_size < archives.MO
    tracemalloc.start()
    with pytest.raises(SourceIllisible, match="dépasse 200 Mo une fois dépliée"):
        read_source(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * archives.MO


@pytest.mark.parametrize(
    "name", ["../axes.csv", "/etc/axes.csv", "a/../../axes.csv", "..\\axes.csv", "C:axes.csv"]
)
def test_a_path_that_leaves_the_archive(tmp_path, name):
    path = zip_of(tmp_path / "x.zip", {name: b"a\n1\n"})
    with pytest.raises(SourceIllisible, match="sort de son dossier"):
        read_source(path)


def test_a_file_too_large(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK" + bytes(20 * archives.MO))
    with pytest.raises(SourceIllisible, match="dépasse 20 Mo"):
        read_source(path)


def test_a_cell_at_the_far_end_of_a_small_workbook(tmp_path):
    """A reader that allocates the whole rectangle would ask for 17,000 million cells."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("axes")
        sheet.write_string(0, 0, "reference")
        sheet.write_string(1_048_575, 16_383, "loin")
    assert path.stat().st_size < 20_000
    with pytest.raises(SourceIllisible, match="une feuille dépasse 20000 lignes"):
        read_source(path)


def ods(path: Path, *sheets: str) -> Path:
    """A workbook whose sheets, « axes » then « axes-2 »…, hold these rows."""
    names = ["axes", *(f"axes-{number}" for number in range(2, len(sheets) + 1))]
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>'
        for name, rows in zip(names, sheets, strict=True)
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
        f"<office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_of(
        path,
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        },
    )


def cell(text: str, repeat: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{repeat}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def test_a_cell_repeated_a_thousand_million_times(tmp_path):
    path = ods(
        tmp_path / "x.ods",
        '<table:table-row table:number-rows-repeated="1048576">'
        + cell("x", ' table:number-columns-repeated="16384"')
        + "</table:table-row>",
    )
    with pytest.raises(SourceIllisible, match="une feuille dépasse"):
        read_source(path)


def test_empty_rows_repeated_to_the_end_of_the_sheet_are_harmless(tmp_path):
    """LibreOffice writes them itself."""
    path = ods(
        tmp_path / "x.ods",
        f"<table:table-row>{cell('reference')}</table:table-row>"
        f"<table:table-row>{cell('A1')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    )
    assert [row[0] for row in read_source(path).tables["axes"][:2]] == ["reference", "A1"]


def test_each_sheet_of_libreoffice_is_filled_to_its_end_and_counted_apart(tmp_path):
    empty = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/>'
        "</table:table-row>"
    )
    row = f"<table:table-row>{cell('reference')}</table:table-row>"
    path = ods(tmp_path / "x.ods", row + empty, row + empty)
    found = read_source(path).tables
    assert [found[name][0][0] for name in ("axes", "axes-2")] == ["reference", "reference"]
    far = ods(tmp_path / "y.ods", row + empty, row + empty + row)
    with pytest.raises(SourceIllisible, match="une feuille dépasse 20000 lignes"):
        read_source(far)


def test_a_value_far_to_the_right_behind_merged_cells_is_refused(tmp_path):
    merged = '<table:covered-table-cell table:number-columns-repeated="16000"/>'
    path = ods(tmp_path / "x.ods", f"<table:table-row>{merged}{cell('loin')}</table:table-row>")
    with pytest.raises(SourceIllisible, match="une feuille dépasse 200 colonnes"):
        read_source(path)


def problems(path: Path) -> list[str]:
    return [str(probleme) for probleme in read_source(path).problemes]


def test_a_wrong_encoding_says_which_line(tmp_path):
    (tmp_path / "axes.csv").write_bytes("reference;intitule\nA;Été\n".encode("latin-1"))
    assert problems(tmp_path) == [
        "axes, ligne 2 : le fichier n’est pas enregistré en UTF-8 (« CSV UTF-8 » dans le tableur)."
    ]


def test_a_quote_that_never_closes(tmp_path):
    (tmp_path / "axes.csv").write_text('reference;intitule\nA;"Été\n', encoding="utf-8")
    assert problems(tmp_path) == [
        (
            "axes, ligne 2 : le fichier .csv est mal formé : guillemet jamais refermé, ou cellule"
            " trop longue."
        )
    ]


def test_forty_thousand_rows(tmp_path):
    (tmp_path / "axes.csv").write_text("reference\n" + "A\n" * 40_000, encoding="utf-8")
    assert problems(tmp_path) == ["axes : la table dépasse 20000 lignes."]
    path = workbook(tmp_path / "x.xlsx", [["reference"], *[["A"]] * 40_000])
    with pytest.raises(SourceIllisible, match="dépasse 20000 lignes"):
        read_source(path)
