"""What a person does without a mouse: every page from its top to its end, then whole journeys."""

import pytest

from tests.browser.keyboard import follow, skip_to_content, tab_to

WIDTHS = (1280, 390)
PAGES = {
    **dict.fromkeys(("pilotage:tableau", "pilotage:plan", "pilotage:fiche (riche)"), WIDTHS),
    "pilotage:axe": (1280,),
    "pilotage:indicateur (riche)": (1280,),
    "pilotage:reunion (riche)": (1280,),
    "pilotage:fiche_bloc identite": (1280,),
    "pilotage:equipe": (390,),
    "reports:bilan": (1280,),
    "pilotage:catalogue": (1280,),
}
MOST_STOPS = 600
THINNEST_OUTLINE = 2

# Where the focus is: what it is on, its outline, whether it is drawn, and whether it can be seen
# (in the window, and not wholly under something fixed).
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const owner = element.closest("label") || element;
  const points = [[.5, .5], [.02, .5], [.98, .5], [.5, .1], [.5, .9]];
  const seen = points.some(([x, y]) => {
    const found = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return found && (owner.contains(found) || found.contains(element));
  });
  const rank = [...document.querySelectorAll("*")].indexOf(element);
  return {
    rank,
    name: `${element.tagName} « ${(element.innerText || element.ariaLabel || "").slice(0, 40)} »`,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen,
  };
}"""


@pytest.mark.parametrize(
    ("name", "width"), [(name, width) for name, widths in PAGES.items() for width in widths]
)
def test_the_focus_is_seen_and_follows_the_page(portail, name, width):
    context = portail.new_context("coordination", width=width)
    page = context.new_page()
    page.goto(portail.addresses("coordination")[name])
    stops, findings = walk(page)
    context.close()
    assert len(stops) > 10
    assert stops == sorted(stops), "l’ordre du clavier n’est pas celui de la page"
    assert not findings, "\n".join(findings)


def walk(page):
    """The rank of every element that takes the focus, and what is wrong with some of them."""
    stops, findings = [], []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or (stops and focus["rank"] == stops[0]):
            return stops, findings
        stops.append(focus["rank"])
        if focus["outline"] < THINNEST_OUTLINE:
            findings.append(f"{focus['name']} : contour de {focus['outline']} px")
        if not focus["seen"]:
            findings.append(f"{focus['name']} : caché quand il a le focus")
    raise AssertionError(f"plus de {MOST_STOPS} arrêts : le clavier ne sort pas de la page")


# --- Journeys ---------------------------------------------------------------------------------

#: What somebody comes for, from the dashboard: the things to open one after the other (by their
#: place in the page), and what the title of the last page holds.
JOURNEYS = {
    "ce qui n’est pas renseigné": ([".chiffres a.alerte", "main .plan tbody a"], "."),
    "un axe": (["main .axes h3 a", "main a[href*='/fiches/']"], "."),
    "un indicateur": (
        [".navigation a[href$='/indicateurs/']", "main .liste-series h3 a"],
        ".",
    ),
    "une réunion": ([".navigation a[href$='/reunions/']", "main a[href*='/reunions/']"], "."),
    "le bilan": ([".navigation a[href$='/bilan/']"], "Bilan"),
    "le plan du site": (["footer a[href$='/plan-du-site/']", "main a[href$='/bilans/']"], "."),
}


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_reader_goes_where_she_wants_by_keyboard(portail, journey):
    steps, words = JOURNEYS[journey]
    context = portail.new_context("lecteur")
    page = context.new_page()
    page.goto(portail.addresses("lecteur")["pilotage:tableau"])
    for step in steps:
        title = page.get_by_role("heading", level=1).first.inner_text()
        follow(page, page.locator(step).filter(visible=True).first)
        page.wait_for_load_state()
        assert page.get_by_role("heading", level=1).first.inner_text() != title
    assert words == "." or words in page.get_by_role("heading", level=1).first.inner_text()
    context.close()


def test_a_refused_form_leads_the_keyboard_to_the_fault(portail):
    context = portail.new_context("coordination")
    page = context.new_page()
    page.goto(portail.addresses("coordination")["pilotage:convention_modifier"])
    skip_to_content(page)
    tab_to(page, page.locator("[name=nom]"))
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".resume-erreurs:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "nom"
    context.close()


def test_a_refused_sign_in_is_told_to_the_keyboard_too(portail):
    context = portail.new_context("anonyme")
    page = context.new_page()
    page.goto("/comptes/connexion/")
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type("lecteur@demo.example")
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type("ce n’est pas le bon")
    tab_to(page, page.get_by_role("button", name="Se connecter"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator(".resume-erreurs:focus").wait_for()
    context.close()
