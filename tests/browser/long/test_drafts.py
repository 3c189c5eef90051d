"""What is being typed stays in the browser until the server has confirmed it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from actions.models import Commentaire
from indicators.models import Valeur
from tests.browser.keyboard import sign_in_by_form, tab_to
from tests.factories import ConventionFactory, IndicateurFactory, ThematiqueFactory

TEXTE = "Les familles, et les grands-parents qui gardent le mercredi."
MOYENS = "Un local prêté par la commune."
OFFERT = re.compile(r"Un brouillon de \d+\sh\s\d\d n’a pas été enregistré")
KEYS = "Object.keys(localStorage).filter(key => key.startsWith('ctg:'))"


@pytest.fixture
def page(new_page, sign_in, petite):
    """A window of the coordination, on no page yet."""
    page = new_page()
    sign_in(page, petite.coordination)
    return page


@pytest.fixture
def cadre(petite):
    return f"{petite.fiche.get_absolute_url()}bloc/cadre/"


def bar(page):
    return page.locator(".brouillon")


def write(page, address, **texts):
    """Open the form, type by name of field, and wait until the browser holds it."""
    page.goto(address)
    for name, text in texts.items():
        page.locator(f"#id_{name}").fill(text)
    last = list(texts)[-1]
    wait_until(page, f"{KEYS}.some(key => localStorage[key].includes('{last}'))")


def wait_until(page, condition):
    """Ask the page until the expression is true; Playwright's own way needs eval in the page."""
    for _ in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"toujours faux : {condition}")


def open_again(page):
    """Close the tab; return another one of the same browser."""
    context = page.context
    page.close()
    return context.new_page()


def resume(page):
    bar(page).get_by_role("button", name="Reprendre").click()


def send(page):
    page.get_by_role("button", name="Enregistrer").click()


def assert_saved(page, petite, address, **texts):
    """The page confirms, the base holds it, and the form has nothing to offer any more."""
    expect(page.locator("#annonces")).to_contain_text("enregistré")
    petite.fiche.refresh_from_db()
    assert {name: getattr(petite.fiche, name) for name in texts} == texts
    page.goto(address)
    assert page.evaluate(KEYS) == []
    expect(page.locator(".brouillon:empty")).to_have_count(1)


def test_a_closed_tab_loses_nothing_and_overwrites_nothing(page, petite, cadre):
    write(page, cadre, public=TEXTE)
    page = open_again(page)
    page.goto(cadre)
    expect(bar(page)).to_contain_text(OFFERT)
    expect(bar(page).locator("[data-change]")).to_be_hidden()
    expect(bar(page)).to_have_attribute("role", "status")
    expect(page.locator("#id_public")).to_have_value("Les familles.")

    tab_to(page, bar(page).get_by_role("button", name="Reprendre"))
    page.keyboard.press("Enter")
    expect(page.locator("#id_public")).to_have_value(TEXTE)
    expect(page.locator("#id_public")).to_be_focused()
    expect(bar(page)).to_be_empty()
    send(page)
    assert_saved(page, petite, cadre, public=TEXTE, moyens="")


def test_a_page_left_at_once_is_kept_and_may_be_thrown_away(page, cadre):
    page.goto(cadre)
    page.locator("#id_public").fill(TEXTE)
    page.goto("/comptes/")
    page.goto(cadre)
    expect(bar(page)).to_contain_text(OFFERT)
    tab_to(page, bar(page).get_by_role("button", name="Jeter"))
    page.keyboard.press("Enter")
    expect(bar(page)).to_be_empty()
    expect(page.locator("form.formulaire :focus")).to_have_count(1)
    assert page.evaluate(KEYS) == []


def test_a_draft_of_another_day_says_which(page, cadre):
    write(page, cadre, public=TEXTE)
    page.goto("/comptes/")
    page.evaluate(
        f"""() => {{
            const [key] = {KEYS};
            const draft = JSON.parse(localStorage[key]);
            draft.quand = new Date(new Date().setHours(0, 5, 0)) - 24 * 3600 * 1000;
            localStorage[key] = JSON.stringify(draft);
        }}"""
    )
    page.goto(cadre)
    expect(bar(page)).to_contain_text(
        re.compile(r"Un brouillon du \d+(er)? \w+ à 0\sh\s05 n’a pas")
    )


def test_what_is_typed_and_taken_back_leaves_no_draft(page, cadre):
    write(page, cadre, public=TEXTE)
    page.locator("#id_public").fill("Les familles.")
    wait_until(page, f"{KEYS}.length === 0")


def test_without_network_the_text_stays_on_the_page_and_is_sent_later(page, petite, cadre):
    page.goto(cadre)
    page.locator("#id_public").fill(TEXTE)
    page.context.set_offline(True)
    send(page)
    expect(bar(page)).to_contain_text("Pas de réseau\u00a0: votre texte est gardé ici.")
    expect(page.locator("#id_public")).to_have_value(TEXTE)
    assert len(page.evaluate(KEYS)) == 1
    retry = bar(page).get_by_role("button", name="Réessayer")
    expect(retry).to_be_focused()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    assert_saved(page, petite, cadre, public=TEXTE)


def test_a_server_that_restarts_keeps_the_person_on_the_page(page, petite, cadre):
    page.goto(cadre)
    page.locator("#id_public").fill(TEXTE)
    page.route("**/*", lambda route: route.abort("connectionrefused"))
    send(page)
    expect(bar(page)).to_contain_text("Le portail ne répond pas\u00a0: votre texte est gardé ici.")
    page.unroute("**/*")
    bar(page).get_by_role("button", name="Réessayer").click()
    assert_saved(page, petite, cadre, public=TEXTE)


@pytest.mark.parametrize(
    "fail",
    [
        lambda route: route.fulfill(status=500, content_type="text/html", body="<h1>Panne</h1>"),
        lambda route: route.abort("connectionrefused"),
    ],
    ids=["500", "refused"],
)
def test_a_failure_while_sending_keeps_the_draft(page, petite, cadre, fail):
    write(page, cadre, public=TEXTE, moyens=MOYENS)
    page.route(
        f"**{cadre}",
        lambda route: fail(route) if route.request.method == "POST" else route.continue_(),
    )
    with page.expect_event("framenavigated"):
        send(page)
    page = open_again(page)
    page.goto(cadre)
    expect(bar(page)).to_contain_text(OFFERT)
    resume(page)
    send(page)
    assert_saved(page, petite, cadre, public=TEXTE, moyens=MOYENS)


def test_after_the_session_expired_the_whole_form_is_offered_again(page, petite, cadre):
    write(page, cadre, public=TEXTE, moyens=MOYENS)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre session a expiré")
    expect(page.locator("[data-brouillon-garde]")).to_be_visible()
    page.get_by_role("link", name="Se connecter et revenir à la page").click()
    sign_in_by_form(page, petite.coordination.email, petite.mot_de_passe)
    expect(bar(page)).to_contain_text(OFFERT)
    resume(page)
    expect(page.locator("#id_public")).to_have_value(TEXTE)
    send(page)
    assert_saved(page, petite, cadre, public=TEXTE, moyens=MOYENS)


def test_a_text_of_somebody_else_meets_the_draft_as_a_conflict(page, petite, cadre):
    write(page, cadre, public=TEXTE, moyens=MOYENS)
    theirs = "Les jeunes de 12 à 17 ans."
    petite.fiche.public = theirs
    petite.fiche.save()
    send(page)
    expect(page.locator(".conflits")).to_contain_text(theirs)
    expect(page.locator("#id_public")).to_have_value(TEXTE)
    expect(bar(page)).to_be_empty()

    page = open_again(page)
    page.goto(cadre)
    expect(bar(page).locator("[data-change]")).to_be_visible()
    expect(page.locator("#id_public")).to_have_value(theirs)
    resume(page)
    send(page)
    expect(page.locator(".conflits")).to_contain_text(theirs)
    petite.fiche.refresh_from_db()
    assert petite.fiche.public == theirs
    both = f"{TEXTE} {theirs}"
    page.locator("#id_public").fill(both)
    send(page)
    assert_saved(page, petite, cadre, public=both, moyens=MOYENS)


def test_a_refused_form_keeps_its_draft(page, petite):
    address = f"{petite.fiche.get_absolute_url()}bloc/identite/"
    page.goto(address)
    page.locator("#id_intitule").fill("")
    wait_until(page, f"{KEYS}.length === 1")
    send(page)
    expect(page.locator(".resume-erreurs")).to_be_visible()
    assert len(page.evaluate(KEYS)) == 1
    page.locator("#id_intitule").fill("Une ludothèque itinérante")
    send(page)
    assert_saved(page, petite, address, intitule="Une ludothèque itinérante")


def test_several_choices_come_back(page, petite):
    petite.fiche.thematiques.set([ThematiqueFactory(nom="accès aux droits")])
    ThematiqueFactory(nom="jeunesse")
    address = f"{petite.fiche.get_absolute_url()}bloc/identite/"
    page.goto(address)
    page.get_by_label("accès aux droits").uncheck()
    page.get_by_label("jeunesse").check()
    page.get_by_label("Archivée").check()
    wait_until(page, f"{KEYS}.some(key => localStorage[key].includes('archivee'))")
    page = open_again(page)
    page.goto(address)
    resume(page)
    expect(page.get_by_label("accès aux droits")).not_to_be_checked()
    expect(page.get_by_label("jeunesse")).to_be_checked()
    send(page)
    assert_saved(page, petite, address, archivee=True)
    assert [theme.nom for theme in petite.fiche.thematiques.all()] == ["jeunesse"]


def test_a_draft_left_undecided_stays_beside_the_next_one(page, cadre):
    write(page, cadre, public=TEXTE)
    page = open_again(page)
    write(page, cadre, public="Autre chose.")
    wait_until(page, f"{KEYS}.length === 2")
    resume(page)
    expect(page.locator("#id_public")).to_have_value(TEXTE)
    expect(bar(page)).to_contain_text(OFFERT)
    resume(page)
    expect(page.locator("#id_public")).to_have_value("Autre chose.")


def test_another_person_of_the_same_browser_never_sees_it(page, sign_in, petite, cadre):
    write(page, cadre, public=TEXTE)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    sign_in(page, petite.collegue)
    page.goto(cadre)
    expect(page.locator(".brouillon:empty")).to_have_count(1)
    assert page.evaluate(KEYS) == []
    assert TEXTE not in page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize("place", ["the header", "the page of sign-out"])
def test_signing_out_clears_what_was_kept(page, sign_in, petite, cadre, place):
    write(page, cadre, public=TEXTE)
    page.locator("#id_moyens").fill(MOYENS)
    if place != "the header":
        page.goto("/comptes/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").first.click()
    expect(page).to_have_url(re.compile("connexion"))
    assert page.evaluate(KEYS) == []
    sign_in(page, petite.coordination)
    page.goto(cadre)
    expect(page.locator(".brouillon:empty")).to_have_count(1)


def test_every_button_that_signs_out_forgets_the_drafts():
    forms = [
        tag
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        for tag in re.findall(r"<form\b[^>]*account_logout[^>]*>", path.read_text(encoding="utf-8"))
    ]
    # Giving up a code before it was typed signs nobody out.
    leaving = [tag for tag in forms if 'id="abandon"' not in tag]
    assert len(leaving) >= 3
    assert all('data-brouillons="oublier"' in tag for tag in leaving)


def test_a_comment_is_offered_on_its_fiche_with_its_choice(page, petite):
    fiche = petite.fiche.get_absolute_url()
    page.goto(fiche)
    page.locator("#id_texte").fill("À redire au prochain COPIL.")
    internal = page.locator("#commentaires input[type=radio]").last
    chosen = internal.get_attribute("value")
    internal.check()
    wait_until(page, f"{KEYS}.length === 1")
    page = open_again(page)
    page.goto(fiche)
    expect(bar(page)).to_contain_text(OFFERT)
    resume(page)
    expect(page.locator("#commentaires input[type=radio]").last).to_be_checked()
    page.get_by_role("button", name="Ajouter le commentaire").click()
    expect(page.locator("#annonces")).to_contain_text("Commentaire enregistré")
    assert Commentaire.objects.get().portee == chosen
    assert page.evaluate(KEYS) == []


# Long enough never to be a part of the time at which a draft was kept.
TYPED = "987654"


def test_a_grid_is_offered_whole_or_not_at_all(page, petite):
    first, second = (IndicateurFactory(convention=petite.convention) for _ in range(2))
    grid = f"{petite.convention.get_absolute_url()}indicateurs/grille/"
    page.goto(grid)
    for indicateur in (first, second):
        page.locator(f"tr:has(#l{indicateur.pk}) input[type=text]").first.fill(TYPED)
    wait_until(page, f"{KEYS}.some(key => localStorage[key].split('{TYPED}').length === 3)")

    second.convention = ConventionFactory()
    second.save()
    page.goto(grid)
    expect(page.locator(".brouillon:empty")).to_have_count(1)
    second.convention = petite.convention
    second.save()
    page.goto(grid)
    expect(bar(page)).to_contain_text(OFFERT)
    resume(page)
    for indicateur in (first, second):
        cell = page.locator(f"tr:has(#l{indicateur.pk}) input[type=text]").first
        expect(cell).to_have_value(TYPED)
    page.get_by_role("button", name="Enregistrer la grille").click()
    expect(page.locator("#annonces .avis")).to_have_attribute("data-niveau", "success")
    assert Valeur.objects.filter(valeur=TYPED).count() == 2
    assert page.evaluate(KEYS) == []


def test_neither_passwords_nor_hidden_fields_are_kept(page, petite, cadre):
    page.goto("/comptes/mot-de-passe/")
    for field in page.locator("[type=password]").all():
        field.fill("un mot de passe secret")
    page.goto("/comptes/")
    assert page.evaluate(KEYS) == []
    write(page, cadre, public=TEXTE)
    kept = page.evaluate(f"JSON.parse(localStorage[{KEYS}[0]])")
    assert kept["saisi"] == {"public": [TEXTE]}
    assert "csrf" not in page.evaluate("JSON.stringify(localStorage)")


def test_old_drafts_go_and_fifty_stay(page, petite, cadre):
    page.goto("/comptes/")
    page.evaluate(
        """person => {
            for (let n = 0; n < 60; n += 1) {
                const draft = { quand: Date.now() - n * 1000, saisi: {}, ouvert: {}, initial: {} };
                if (n < 5) draft.quand -= 31 * 24 * 3600 * 1000;
                localStorage.setItem(`ctg:${person}:/x/::${n}`, JSON.stringify(draft));
            }
            localStorage.setItem(`ctg:${person}:/x/::99`, "{");
        }""",
        petite.coordination.pk,
    )
    page.goto(cadre)
    kept = page.evaluate(KEYS)
    assert sorted(int(key.rsplit(":", 1)[1]) for key in kept) == list(range(5, 55))


def test_a_full_storage_says_so_and_lets_the_person_go_on(page, petite, cadre):
    page.goto(cadre)
    page.evaluate(
        """() => {
            for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
                try {
                    const text = "x".repeat(size);
                    for (let n = 0; ; n += 1) localStorage.setItem(`x${size}-${n}`, text);
                } catch { /* as full as this size can make it */ }
            }
        }"""
    )
    page.locator("#id_public").fill(TEXTE)
    expect(bar(page)).to_contain_text("n’a plus de place")
    send(page)
    assert_saved(page, petite, cadre, public=TEXTE)
