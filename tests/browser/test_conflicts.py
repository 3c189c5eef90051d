"""Two people on the same fiche, each in a browser of her own: nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def two_windows(new_page, sign_in, petite):
    """Two signed-in windows: that of the first person to write, that of the second."""
    windows = []
    for person in (petite.coordination, petite.collegue):
        page = new_page()
        sign_in(page, person)
        windows.append(page)
    return windows


def stored(petite, *names):
    petite.fiche.refresh_from_db()
    return tuple(getattr(petite.fiche, name) for name in names)


@pytest.mark.parametrize(
    ("place", "choice", "decided"),
    [
        ("plan", "Garder « Réalisée »", "realisee"),
        pytest.param(
            "plan", "Enregistrer « Non réalisée »", "non_realisee", marks=pytest.mark.audit
        ),
        pytest.param(
            "fiche", "Enregistrer « Non réalisée »", "non_realisee", marks=pytest.mark.audit
        ),
    ],
)
def test_the_same_status_shows_both_values_and_the_second_person_decides(
    two_windows, petite, place, choice, decided
):
    first, second = two_windows
    plan = f"{petite.convention.get_absolute_url()}plan/"
    address = plan if place == "plan" else petite.fiche.get_absolute_url()
    for page in two_windows:
        page.goto(address)
    select = f"#realisation-{petite.fiche.pk}"
    first.locator(select).select_option("realisee")
    expect(first.locator("#annonces .avis")).to_contain_text("réalisée. Enregistré")

    second.locator(select).select_option("non_realisee")
    conflict = second.locator(".conflit")
    expect(conflict).to_contain_text(f"enregistré par {petite.coordination}")
    for words in ("Réalisée", "Non réalisée"):
        expect(conflict.get_by_text(words, exact=True)).to_be_visible()
    assert stored(petite, "realisation") == ("realisee",)

    conflict.get_by_role("button", name=choice).click()
    expect(conflict).to_have_count(0)
    expect(second.locator(select)).to_have_value(decided)
    # The place of the answer is the place of the question: no row of a table inside a fiche. The
    # plan alone then opens the drawer that asks for the reason of a gap.
    rows = first.locator("main tr").count()
    asks_why = place == "plan" and decided == "non_realisee"
    expect(second.locator("main tr:not(.tiroir)")).to_have_count(rows)
    expect(second.locator("main tr.tiroir")).to_have_count(1 if asks_why else 0)
    assert stored(petite, "realisation") == (decided,)


@pytest.mark.audit
def test_the_same_text_shows_both_versions_and_keeps_what_was_typed(two_windows, petite):
    first, second = two_windows
    for page in two_windows:
        page.goto(f"{petite.fiche.get_absolute_url()}bloc/cadre/")
    first.locator("#id_public").fill("Les familles et les assistantes maternelles.")
    first.get_by_role("button", name="Enregistrer").click()
    expect(first.locator("#annonces")).to_contain_text("enregistré")

    second.locator("#id_public").fill("Les familles, et les grands-parents.")
    second.locator("#id_moyens").fill("Un local prêté par la commune.")
    second.get_by_role("button", name="Enregistrer").click()
    conflict = second.locator(".conflits")
    expect(conflict).to_contain_text("Les familles et les assistantes maternelles.")
    expect(conflict).to_contain_text("Les familles, et les grands-parents.")
    expect(second.locator("#id_public")).to_have_value("Les familles, et les grands-parents.")
    expect(second.locator("#id_moyens")).to_have_value("Un local prêté par la commune.")
    assert stored(petite, "public", "moyens") == (
        "Les familles et les assistantes maternelles.",
        "",
    )

    both = "Les familles, les assistantes maternelles et les grands-parents."
    second.locator("#id_public").fill(both)
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_role("heading", level=1)).to_have_text(petite.fiche.intitule)
    expect(second.locator("#cadre")).to_contain_text(both)
    assert stored(petite, "public", "moyens") == (both, "Un local prêté par la commune.")


@pytest.mark.audit
def test_two_texts_of_the_same_block_both_stay(two_windows, petite):
    first, second = two_windows
    for page in two_windows:
        page.goto(f"{petite.fiche.get_absolute_url()}bloc/cadre/")
    first.locator("#id_public").fill("Les jeunes de 12 à 17 ans.")
    first.get_by_role("button", name="Enregistrer").click()
    expect(first.locator("#annonces")).to_contain_text("enregistré")
    second.locator("#id_moyens").fill("Un minibus.")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.locator("#annonces")).to_contain_text("enregistré")
    assert stored(petite, "public", "moyens") == ("Les jeunes de 12 à 17 ans.", "Un minibus.")
