"""What the portal exports, opened by a real LibreOffice: the same words, and never a formula."""

import zipfile

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from actions.models import FicheAction
from axes.models import Convention
from ctg_portal.lib.exchange.sources import read_source
from pilotage.exchange.downloads import convention_file
from pilotage.exchange.exports import export_tables
from pilotage.exchange.imports import import_convention
from pilotage.exchange.modele import modele_file
from pilotage.exchange.registry import all_tables
from tests.browser.axe_1 import DOSSIER
from tests.factories import member

# Of LibreOffice's filter for texts: commas, quotes, UTF-8, cells as they are shown.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
READ_CSV = "Text - txt - csv (StarCalc):59,34,76,1"
#: Titles that a spreadsheet would run, were they formulas.
FORMULES = (
    '=HYPERLINK("http://exemple.fr";"gagné")',
    "+1+1",
    "-2-2",
    "@SUM(1;1)",
    "=1+1",
)


@pytest.fixture
def convention(db, capsys):
    """A published convention, some of whose fiches are named like formulas."""
    call_command("import_convention", str(DOSSIER))
    capsys.readouterr()
    for fiche, titre in zip(FicheAction.objects.in_order(), FORMULES, strict=False):
        fiche.intitule, fiche.intitule_court = titre, ""
        fiche.save()
    return Convention.objects.get()


def trimmed(tables) -> dict[str, list[list[str]]]:
    """Without the empty cells and rows that a spreadsheet adds around what it was given."""
    found = {}
    for name, rows in tables.items():
        lines = [row[: _width(row)] for row in rows]
        found[name] = lines[: max((n for n, row in enumerate(lines, 1) if row), default=0)]
    return found


def _width(row) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell), default=0)


@pytest.mark.parametrize(("fmt", "to"), [("xlsx", "ods"), ("ods", "xlsx")])
def test_a_convention_saved_again_by_libreoffice_imports_without_a_change(
    convention, convert, tmp_path, fmt, to
):
    contenu, extension = convention_file(convention, fmt)
    path = tmp_path / f"convention.{extension}"
    path.write_bytes(contenu.getvalue())
    saved = convert(path, to)
    assert trimmed(read_source(saved).tables) == trimmed(export_tables(convention))
    rapport = import_convention(saved, slug=convention.slug, update=True, dry_run=True)
    assert {genre: rapport.total(genre) for genre in ("creees", "modifiees", "retirees")} == {
        "creees": 0,
        "modifiees": 0,
        "retirees": 0,
    }


@pytest.fixture
def plan(client, convention, tmp_path):
    """A function: the path of the plan downloaded in a format by who reads the convention."""
    client.force_login(member(convention))

    def download(fmt):
        answer = client.get(f"{convention.get_absolute_url()}plan/exporter/{fmt}/")
        path = tmp_path / f"plan.{fmt}"
        path.write_bytes(answer.getvalue())
        return path

    return download


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_the_plan_shows_its_titles_and_runs_none_of_them(plan, convert, fmt):
    path = plan(fmt)
    shown = convert(path, CSV).read_text(encoding="utf-8")
    titles = [row[1] for row in read_source(path).tables["plan d’actions"][1:]]
    assert set(FORMULES) <= set(titles)
    for title in titles:
        assert title.replace('"', '""') in shown


def test_the_plan_as_csv_runs_none_of_its_titles_either(plan, convert):
    shown = convert(plan("csv"), CSV, reading=READ_CSV).read_text(encoding="utf-8")
    for title in FORMULES:
        assert f"'{title}".replace('"', '""') in shown
    assert "Maintien et évolution" in shown


def test_the_plan_prints(plan, convert):
    pages = PdfReader(convert(plan("xlsx"), "pdf")).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    for words in (FORMULES[0], "Coordination enfance-jeunesse", "Non réalisée"):
        assert "".join(words.split()) in text


def test_the_template_keeps_its_sheets_and_its_lists_in_libreoffice(convert, tmp_path):
    path = tmp_path / "modele.xlsx"
    path.write_bytes(modele_file().getvalue())
    saved = convert(path, "ods")
    found = read_source(saved).tables
    for name, table in all_tables().items():
        assert {column.name for column in table.columns} <= set(found[name][0])
    with zipfile.ZipFile(saved) as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<table:content-validation ") >= 10
    assert "partiellement réalisée" in content
