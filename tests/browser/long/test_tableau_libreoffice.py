"""A plan kept in one's own spreadsheet, written by a real LibreOffice, imported by keyboard."""

import datetime

import pytest
import xlsxwriter
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import FicheAction
from tests.browser.keyboard import fill_in, follow

TITRES = ["Enjeu", "Intitulé de l’action", "Pilote", "État d’avancement", "Échéance", "Remarques"]
LIGNES = [
    ["7. Se loger", "Rénover le foyer", "Mairie\nCaf", "Fait", datetime.date(2024, 6, 30), "=1+1"],
    ["", "Ouvrir une permanence", "", "bof", None, "à revoir"],
    ["8. Se déplacer", "Prêter des vélos", "CIAS", "En cours", datetime.date(2025, 1, 15), ""],
]
JUIN, JANVIER = "30\u00a0juin 2024", "15\u00a0janvier 2025"
FEUILLE = "Suivi CTG"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(params=["ods", "xlsx"])
def classeur(request, convert, tmp_path):
    """A workbook of two sheets that LibreOffice wrote: a title, headings, merged cells, dates."""
    path = tmp_path / "suivi.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Lisez-moi").write_string(0, 0, "Tableau tenu par la coordination.")
    page = book.add_worksheet(FEUILLE)
    page.merge_range(0, 0, 0, 5, "Suivi des actions de la CTG", book.add_format({"bold": True}))
    page.write_row(2, 0, TITRES)
    page.merge_range(3, 0, 4, 0, LIGNES[0][0])
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for line, cells in enumerate(LIGNES, start=3):
        for place, cell in enumerate(cells):
            if isinstance(cell, datetime.date):
                page.write_datetime(line, place, cell, day)
            elif cell and not (line == 3 and place == 0):
                page.write_string(line, place, cell)
    book.close()
    written = convert(path, "ods")
    return written if request.param == "ods" else convert(written, "xlsx")


def test_a_spreadsheet_that_libreoffice_wrote_is_mapped_shown_and_imported(
    new_page, sign_in, petite, classeur
):
    page = new_page()
    sign_in(page, petite.coordination)
    page.goto(reverse("pilotage:echanges", args=[petite.convention.slug]))
    follow(page, page.get_by_role("link", name="Importer un autre tableau"))
    page.get_by_label("Votre tableau").set_input_files(classeur)
    fill_in(page, {}, button="Continuer")

    expect(page.get_by_label("Feuille")).to_have_value(FEUILLE)
    fill_in(page, {"feuille": "Lisez-moi"}, button="Changer de feuille")
    fill_in(page, {"feuille": FEUILLE}, button="Changer de feuille")
    guessed = {"Axe": "0", "Intitulé de l’action": "1", "Pilotes": "2", "Suivi": "3", "Fin": "4"}
    for label, place in guessed.items():
        expect(page.get_by_label(label, exact=False).first).to_have_value(place)
    expect(page.get_by_label("Suivi : « En cours »")).to_have_value("en cours")
    fill_in(page, {"mot-suivi-1": "en pause"}, button="Voir l’aperçu")

    expect(page.get_by_text("Rénover le foyer – créée")).to_be_visible()
    assert FicheAction.objects.count() == 1
    fill_in(page, {}, button="Importer")
    expect(page.locator("#annonces")).to_contain_text("Import")
    assert imported() == [
        ("Se loger", "Rénover le foyer", "terminee", JUIN, ["Mairie", "Caf"], "=1+1"),
        ("Se loger", "Ouvrir une permanence", "en_pause", "None", [], "à revoir"),
        ("Se déplacer", "Prêter des vélos", "en_cours", JANVIER, ["CIAS"], ""),
    ]


def imported() -> list[tuple]:
    """What the workbook said of each new fiche, in the order of the plan."""
    new = FicheAction.objects.exclude(axe__numero="").filter(axe__numero__in=("7", "8"))
    return [
        (
            fiche.axe.intitule,
            fiche.intitule,
            fiche.suivi,
            str(fiche.fin),
            [pilote.nom for pilote in fiche.pilotes.all()],
            fiche.analyse_ecarts,
        )
        for fiche in new.in_order().select_related("axe").prefetch_related("pilotes")
    ]
