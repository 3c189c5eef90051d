"""Tab from the top of a page to its end: the focus is always seen, in the order of the page."""

import pytest

PAGES = ("pilotage:tableau", "pilotage:plan", "pilotage:fiche (riche)")
WIDTHS = (1280, 390)
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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
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
