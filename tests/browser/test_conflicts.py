"""Two people on the same fiche, each in a browser of her own: nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from actions.models import FicheAction
from axes.enums import Role
from tests.factories import member


@pytest.fixture
def two_people(new_page, sign_in, lalbenque):
    """Two signed-in windows and the people behind them: the first one to write, the second."""
    people = [lalbenque.coordination, member(lalbenque.convention, Role.COORDINATION)]
    windows = []
    for person in people:
        page = new_page()
        sign_in(page, person)
        windows.append(page)
    return windows, people


@pytest.fixture
def fiche(lalbenque):
    fiche = FicheAction.objects.filter(
        axe__convention=lalbenque.convention, realisation=""
    ).select_related("axe__convention")[0]
    FicheAction.objects.filter(pk=fiche.pk).update(public="Les familles.")
    return fiche


@pytest.mark.parametrize("choice", ["theirs", "mine"])
@pytest.mark.parametrize("place", ["plan", "fiche"])
def test_the_same_status_shows_both_values_and_the_second_person_decides(
    two_people, lalbenque, fiche, choice, place
):
    (first, second), people = two_people
    plan = f"/conventions/{lalbenque.convention.slug}/plan/"
    address = plan if place == "plan" else fiche.get_absolute_url()
    for page in (first, second):
        page.goto(address)
    select = f"#realisation-{fiche.pk}"
    first.locator(select).select_option("realisee")
    expect(first.locator("#avis .avis")).to_contain_text("réalisée. Enregistré")

    second.locator(select).select_option("non_realisee")
    conflict = second.locator(".conflit")
    expect(conflict).to_contain_text(f"enregistré par {people[0]}")
    for words in ("Réalisée", "Non réalisée"):
        expect(conflict.get_by_text(words, exact=True)).to_be_visible()
    fiche.refresh_from_db()
    assert fiche.realisation == "realisee"

    label, value = {
        "theirs": ("Garder « Réalisée »", "realisee"),
        "mine": ("Enregistrer « Non réalisée »", "non_realisee"),
    }[choice]
    conflict.get_by_role("button", name=label).click()
    expect(conflict).to_have_count(0)
    expect(second.locator(select)).to_have_value(value)
    fiche.refresh_from_db()
    assert fiche.realisation == value


def test_the_same_text_shows_both_versions_and_keeps_what_was_typed(two_people, fiche):
    (first, second), _ = two_people
    for page in (first, second):
        page.goto(f"{fiche.get_absolute_url()}bloc/cadre/")
    first.locator("#id_public").fill("Les familles et les assistantes maternelles.")
    first.get_by_role("button", name="Enregistrer").click()
    expect(first.locator("#avis")).to_contain_text("enregistré")

    second.locator("#id_public").fill("Les familles, et les grands-parents.")
    second.locator("#id_moyens").fill("Un local prêté par la commune.")
    second.get_by_role("button", name="Enregistrer").click()
    conflict = second.locator(".conflits")
    expect(conflict).to_contain_text("Les familles et les assistantes maternelles.")
    expect(conflict).to_contain_text("Les familles, et les grands-parents.")
    expect(second.locator("#id_public")).to_have_value("Les familles, et les grands-parents.")
    expect(second.locator("#id_moyens")).to_have_value("Un local prêté par la commune.")
    fiche.refresh_from_db()
    assert fiche.public == "Les familles et les assistantes maternelles."
    assert fiche.moyens != "Un local prêté par la commune."

    both = "Les familles, les assistantes maternelles et les grands-parents."
    second.locator("#id_public").fill(both)
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_role("heading", level=1)).to_have_text(fiche.intitule)
    expect(second.locator("#cadre")).to_contain_text(both)
    fiche.refresh_from_db()
    assert (fiche.public, fiche.moyens) == (both, "Un local prêté par la commune.")


def test_two_texts_of_the_same_block_both_stay(two_people, fiche):
    (first, second), _ = two_people
    for page in (first, second):
        page.goto(f"{fiche.get_absolute_url()}bloc/cadre/")
    first.locator("#id_public").fill("Les jeunes de 12 à 17 ans.")
    first.get_by_role("button", name="Enregistrer").click()
    expect(first.locator("#avis")).to_contain_text("enregistré")
    second.locator("#id_moyens").fill("Un minibus.")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.locator("#avis")).to_contain_text("enregistré")
    fiche.refresh_from_db()
    assert (fiche.public, fiche.moyens) == ("Les jeunes de 12 à 17 ans.", "Un minibus.")
