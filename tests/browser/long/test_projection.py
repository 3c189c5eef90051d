"""The COPIL on the screen of the room: keys, buttons, swipes, figures read again, no script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from actions.models import FicheAction
from tests.audit.look import EVERY_RULE, NARROWEST, Findings, check_axe, look_at
from tests.factories import arrete_of

SCALED = (1280, 720)
FLOWING = ((390, 844), (NARROWEST, 700))
# Whatever leaves the slide that is shown, by more than a pixel, and the page if it is too wide.
OUTSIDE = """() => {
  const slide = document.querySelector(".diapo:not([hidden]) .vue");
  const room = slide.getBoundingClientRect();
  const outside = [...slide.querySelectorAll("*")].filter((element) => {
    if (element.ownerSVGElement || !element.checkVisibility()) return false;
    if (element.closest("thead") && getComputedStyle(element.closest("thead")).clipPath !== "none")
      return false;
    const box = element.getBoundingClientRect();
    return box.left < room.left - 1 || box.right > room.right + 1
      || box.top < room.top - 1 || box.bottom > room.bottom + 1;
  });
  const wide = document.documentElement.scrollWidth > innerWidth;
  return [...outside.map((one) => `${one.tagName}.${one.className}`), ...(wide ? ["page"] : [])];
}"""
SWIPE = """([dx]) => {
  const scene = document.querySelector("[data-scene]");
  const touch = (x) => new Touch({ identifier: 1, target: scene, clientX: x, clientY: 300 });
  scene.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(200)] }));
  scene.dispatchEvent(new TouchEvent("touchend", { changedTouches: [touch(200 + dx)] }));
}"""


@pytest.fixture
def project(new_page, lalbenque, sign_in):
    """A function that opens the presentation in a window: `project("#d12", width=390, …)`."""

    def open_it(fragment="", **window):
        page = new_page(**window)
        sign_in(page, lalbenque.lecteur)
        page.goto(f"{lalbenque.convention.get_absolute_url()}projeter/{fragment}")
        return page

    return open_it


def shown(page) -> int:
    """The number of the slide shown, which is the only one."""
    (identifier,) = page.locator(".diapo:visible").evaluate_all("all => all.map(one => one.id)")
    return int(identifier[1:])


def test_every_key_of_the_presenter(project):
    page = project(height=720)
    press = page.keyboard.press
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    last = page.locator(".diapo").count()
    assert shown(page) == 1
    for key in ("ArrowRight", "ArrowDown", "PageDown", "Space"):
        press(key)
    assert shown(page) == 5
    assert page.url.endswith("#d5")
    for key in ("ArrowLeft", "ArrowUp", "PageUp"):
        press(key)
    assert shown(page) == 2
    press("Shift+Space")
    press("ArrowLeft")
    assert shown(page) == 1
    press("End")
    assert shown(page) == last
    press("ArrowRight")
    assert shown(page) == last
    press("Home")
    assert shown(page) == 1
    page.keyboard.type("12")
    expect(page.locator("[data-rang]")).to_have_text("Aller à 12")
    press("Enter")
    assert shown(page) == 12
    status = page.locator("[data-annonce]")
    expect(status).to_have_text(re.compile(f"Diapositive 12 sur {last} : .+"))
    expect(page.locator("[data-rang]")).to_have_text(f"12 / {last}")


def test_a_reload_and_the_way_back_keep_the_slide(project):
    page = project("#d7", height=720)
    assert shown(page) == 7
    page.keyboard.press("ArrowRight")
    page.reload()
    assert shown(page) == 8
    page.go_back()
    expect(page.locator("#d7")).to_be_visible()
    assert shown(page) == 7


def test_escape_closes_what_is_open_then_leaves(project):
    page = project("#d3", height=720)
    page.keyboard.press("?")
    help_box = page.get_by_role("dialog", name="Les touches")
    expect(help_box).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(help_box).to_be_hidden()
    assert shown(page) == 3
    page.locator(".sommaire summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".sommaire ol")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Bilan", exact=True)).to_be_visible()


def test_the_letters_can_be_put_out(project):
    page = project("#d3", height=720)
    page.keyboard.press("?")
    page.get_by_label("Touches d’une lettre ou d’un chiffre").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.type("n12")
    page.keyboard.press("Enter")
    assert shown(page) == 3
    expect(page.locator("[data-notes]")).to_have_attribute("aria-pressed", "false")


def test_notes_follow_the_slides_and_the_full_screen_takes_the_window(project):
    page = project(height=720)
    noted = page.locator(".diapo:has(.notes)").first
    number = noted.get_attribute("id")[1:]
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(noted.locator(".notes")).to_be_hidden()
    page.keyboard.press("n")
    expect(noted.locator(".notes p").first).to_be_visible()
    page.keyboard.press("n")
    windowed = noted.locator(".vue").bounding_box()["height"]
    page.keyboard.press("f")
    expect(page.locator("html.plein")).to_have_count(1)
    assert noted.locator(".vue").bounding_box()["height"] > windowed
    page.keyboard.press("f")
    expect(page.locator("html.plein")).to_have_count(0)


def test_buttons_list_and_swipes_do_the_same(project):
    page = project(width=390, height=844, has_touch=True)
    expect(page.get_by_role("button", name="Précédente")).to_be_disabled()
    page.get_by_role("button", name="Suivante").click()
    assert shown(page) == 2
    page.evaluate(SWIPE, [-120])
    assert shown(page) == 3
    page.evaluate(SWIPE, [120])
    page.evaluate(SWIPE, [20])
    assert shown(page) == 2
    page.locator(".sommaire summary").click()
    page.locator(".sommaire a[href='#d9']").click()
    expect(page.locator("#d9")).to_be_visible()
    assert shown(page) == 9
    expect(page.locator(".sommaire ol")).to_be_hidden()


def test_a_figure_changed_meanwhile_comes_without_losing_the_slide(project, lalbenque):
    page = project(height=720)
    fiche = FicheAction.objects.of_convention(lalbenque.convention).in_order().first()
    slide = page.locator(f".diapo:has-text('{fiche.intitule}')").first
    number = slide.get_attribute("id")[1:]
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    before = shown(page)
    fiche.intitule = "Un titre corrigé en séance"
    fiche.save()
    page.keyboard.press("r")
    expect(page.locator("[data-scene]")).to_contain_text("Un titre corrigé en séance")
    assert abs(shown(page) - before) <= 1
    expect(page.locator("[data-annonce]")).to_have_text(re.compile("^Chiffres de "))


def test_a_lost_network_or_session_keeps_what_is_shown(project):
    page = project("#d4", height=720)
    page.context.set_offline(True)
    page.keyboard.press("r")
    expect(page.locator("[data-annonce]")).to_contain_text("Portail injoignable")
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.keyboard.press("r")
    expect(page.locator("[data-annonce]")).to_contain_text("Session fermée")
    assert shown(page) == 4
    page.keyboard.press("ArrowRight")
    assert shown(page) == 5


def test_an_arrete_is_walked_through_and_reads_nothing_again(new_page, lalbenque, sign_in):
    arrete = arrete_of(lalbenque.convention)
    page = new_page(height=720)
    sign_in(page, lalbenque.lecteur)
    page.goto(f"{arrete.get_absolute_url()}projeter/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    assert shown(page) == 2
    expect(page.locator("[data-etat]")).to_contain_text("Bilan arrêté")
    expect(page.get_by_role("button", name="Actualiser")).to_have_count(0)
    assert [one for one in asked if one.endswith("/projeter/")] == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Bilan de la convention, arrêté le")).to_be_visible()


def test_without_script_the_slides_stand_one_under_another(project):
    page = project(java_script_enabled=False)
    total = page.locator(".diapo").count()
    assert page.locator(".diapo:visible").count() == total > 50
    assert page.get_by_role("heading", level=1).count() == total
    expect(page.get_by_role("button", name="Suivante")).to_be_hidden()
    page.locator(".sommaire summary").click()
    page.locator(".sommaire a[href='#d9']").click()
    expect(page.locator("#d9")).to_be_in_viewport()
    page.locator(".notes summary").first.click()
    expect(page.locator(".notes p").first).to_be_visible()
    page.get_by_role("link", name="Quitter").click()
    expect(page.get_by_role("heading", name="Bilan", exact=True)).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [SCALED, *FLOWING])
def test_nothing_leaves_its_slide(project, width, height):
    page = project(width=width, height=height)
    found = {}
    for number in range(1, page.locator(".diapo").count() + 1):
        if outside := page.evaluate(OUTSIDE):
            found[number] = outside[:3]
        page.keyboard.press("ArrowRight")
    assert found == {}


@pytest.mark.parametrize(("width", "height"), [SCALED, FLOWING[0]])
def test_one_slide_of_each_kind_is_accessible(project, width, height):
    page = project(width=width, height=height)
    findings = Findings()
    kinds = page.locator(".vue").evaluate_all("all => all.map(one => one.className)")
    for kind in dict.fromkeys(kinds):
        page.goto(f"{page.url.split('#')[0]}#d{kinds.index(kind) + 1}")
        slide = Axe().run(page, context=".diapo:not([hidden])", options=EVERY_RULE)
        findings += [(kind, one["id"], one["nodes"]) for one in slide.response["violations"]]
    look_at(page, "la page", width, findings)
    page.set_viewport_size({"width": width, "height": height})
    page.keyboard.press("n")
    page.locator(".sommaire summary").click()
    check_axe(page, "liste et notes", findings, EVERY_RULE)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("button", name="Fermer")).to_be_focused()
    check_axe(page, "touches", findings, EVERY_RULE)
    assert not findings, str(findings)


def test_paper_holds_every_slide(project):
    page = project("#d5", height=720)
    page.emulate_media(media="print")
    assert page.locator(".vue:visible").count() == page.locator(".diapo").count()
    expect(page.locator(".barre")).to_be_hidden()
