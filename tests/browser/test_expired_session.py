"""A session that ends while somebody is writing: said clearly, and the text is handed back."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from .keyboard import sign_in_by_form

TEXTE = "Un texte écrit pendant une heure au téléphone."


def forget_the_session(page):
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


@pytest.mark.parametrize("scripted", [True, pytest.param(False, marks=pytest.mark.audit)])
def test_a_text_sent_too_late_comes_back_to_be_copied(new_page, sign_in, petite, scripted):
    fiche = petite.fiche
    page = new_page(java_script_enabled=scripted)
    sign_in(page, petite.coordination)
    page.goto(f"{fiche.get_absolute_url()}bloc/cadre/")
    page.locator("#id_public").fill(TEXTE)
    forget_the_session(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre session a expiré")
    expect(page.locator("textarea").first).to_have_value(TEXTE)
    fiche.refresh_from_db()
    assert fiche.public != TEXTE

    page.get_by_role("link", name="Se connecter et revenir à la page").click()
    sign_in_by_form(page, petite.coordination.email, petite.mot_de_passe)
    expect(page).to_have_url(f"{fiche.get_absolute_url()}bloc/cadre/")


@pytest.mark.audit
def test_a_status_chosen_too_late_says_so_on_the_page_and_leads_back(new_page, sign_in, petite):
    fiche = petite.fiche
    page = new_page()
    sign_in(page, petite.coordination)
    plan = f"/conventions/{petite.convention.slug}/plan/?axe={fiche.axe_id}"
    page.goto(plan)
    forget_the_session(page)
    page.locator(f"#realisation-{fiche.pk}").select_option("realisee")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre session a expiré")
    fiche.refresh_from_db()
    assert fiche.realisation == ""

    page.get_by_role("link", name="Se connecter et revenir à la page").click()
    sign_in_by_form(page, petite.coordination.email, petite.mot_de_passe)
    expect(page).to_have_url(plan)
    expect(page.locator(f"#realisation-{fiche.pk}")).to_have_value("")
