"""The import in a real browser, with and without scripts: a spreadsheet of one's own, then ours."""

import json
import threading

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import FicheAction
from ctg_portal.lib.exchange.writers import write_ods, write_xlsx
from pilotage.exchange.avancement import follow, read
from pilotage.exchange.preview import apply_import
from tests.browser.keyboard import sign_in_by_form

TABLEAU = [
    ["Axe", "Intitulé de l’action", "Pilote", "État d’avancement"],
    ["7. Se loger", "Rénover le foyer", "Mairie", "Fait"],
    ["", "Ouvrir une permanence", "Caf", "bof"],
]


# Notes what the page says while it waits: Playwright itself waits for the answer of the import.
OBSERVE = """() => {
    const [step, bar] = ["[data-etape]", "progress"].map((one) => document.querySelector(one));
    new MutationObserver(() => {
        const said = [step.textContent, bar.checkVisibility(), bar.getAttribute("value")];
        const before = JSON.parse(sessionStorage.getItem("dit") ?? "[]");
        sessionStorage.setItem("dit", JSON.stringify([...before, said]));
    }).observe(step.closest("form"), { attributes: true, childList: true, subtree: true });
}"""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.mark.parametrize(
    ("scripts", "writer"), [(True, write_xlsx), (False, write_ods)], ids=["scripts", "sans"]
)
def test_a_spreadsheet_of_one_s_own_is_mapped_shown_and_imported(
    new_page, petite, tmp_path, scripts, writer
):
    path = tmp_path / "plan"
    writer(path, {"Plan": TABLEAU}, {})
    page = new_page(java_script_enabled=scripts)
    page.goto(reverse("pilotage:echanges", args=[petite.convention.slug]))
    sign_in_by_form(page, petite.coordination.email, petite.mot_de_passe)
    page.get_by_role("link", name="Importer un autre tableau").click()
    page.get_by_label("Votre tableau").set_input_files(path)
    page.get_by_role("button", name="Continuer").click()

    expect(page.get_by_label("Pilotes")).to_have_value("2")
    expect(page.get_by_label("Suivi : « Fait »")).to_have_value("terminée")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator("#id_mot-suivi-1_error")).to_contain_text("Choisissez")
    page.get_by_label("Suivi : « bof »").select_option("en pause")
    page.get_by_role("button", name="Voir l’aperçu").click()

    expect(page.get_by_text("Rénover le foyer – créée")).to_be_visible()
    assert FicheAction.objects.count() == 1
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("Import : 3")).to_be_visible()
    added = FicheAction.objects.filter(axe__intitule="Se loger").in_order()
    assert [fiche.suivi for fiche in added] == ["terminee", "en_pause"]


def test_a_long_import_says_how_far_it_is(new_page, sign_in, petite, tmp_path, monkeypatch):
    asked, written = threading.Semaphore(0), threading.Event()

    def slow_import(*, recu, **how):
        follow(recu)("Écriture", 2_500, 10_000)
        written.set()
        # The page has read the first answer when it asks for the second one.
        assert all(asked.acquire(timeout=20) for _ in range(2))
        return apply_import(recu=recu, **how)

    def told(recu):
        # What was asked before anything was written is another answer.
        if written.is_set():
            asked.release()
        return read(recu)

    monkeypatch.setattr("pilotage.views.imports.apply_import", slow_import)
    monkeypatch.setattr("pilotage.views.imports.read_avancement", told)
    path = tmp_path / "plan.xlsx"
    write_xlsx(path, {"axes": [["reference", "intitule"], ["Z9", "Se loger"]]}, {})
    page = new_page()
    sign_in(page, petite.coordination)
    page.goto(reverse("pilotage:importer", args=[petite.convention.slug]))
    page.get_by_label("Classeur ou archive").set_input_files(path)
    page.get_by_role("button", name="Voir l’aperçu").click()
    # On the page of the preview: the first one also says that it reads.
    begin = page.get_by_role("button", name="Importer", exact=True)
    expect(begin).to_be_visible()
    expect(page.locator("[data-etape]")).to_be_hidden()
    page.evaluate(OBSERVE)
    begin.click(timeout=60_000)
    expect(page.locator("#annonces")).to_contain_text("Import", timeout=30_000)
    said = json.loads(page.evaluate("sessionStorage.getItem('dit')"))
    assert ["Lecture du fichier…", True, None] in said
    assert ["Écriture\u00a0: 2\u00a0500 lignes sur 10\u00a0000", True, "0.25"] in said
    assert petite.convention.axes.filter(intitule="Se loger").exists()
