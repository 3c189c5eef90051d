"""Bigger and looser texts (WCAG 1.4.4 and 1.4.12): nothing is cut, nothing goes sideways."""

import pytest

from .look import Findings

PAGES = {
    "coordination": (
        "pilotage:tableau",
        "pilotage:plan",
        "pilotage:fiche (riche)",
        "pilotage:axe",
        "pilotage:indicateur (riche)",
        "pilotage:indicateurs",
        "pilotage:reunion (riche)",
        "pilotage:journal",
        "pilotage:equipe",
        "pilotage:convention_modifier",
        "pilotage:importer",
        "pilotage:grille",
        "pilotage:catalogue",
        "reports:bilans",
    ),
    "anonyme": ("account_login", "pilotage:page aide"),
}
LOOSE = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-block-end: 2em !important }"
)
DOUBLE = "html { font-size: 212.5% !important }"
# By name: the rules that a reader adds to the page, and the width of her window.
READERS = {
    "espacé, 390 px": (LOOSE, 390),
    "espacé, 1280 px": (LOOSE, 1280),
    "texte à 200 %, 1280 px": (DOUBLE, 1280),
}
# The policy of the pages lets a script make a sheet, as a reader's own extension does.
WITH_RULES = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
# What goes past the window, and texts that their own box cuts. A field scrolls what it holds.
CUT = """() => {
  const cuts = [...document.querySelectorAll("body *")].filter((e) => {
    if (e.matches("input, select, textarea") || e.closest("svg, .secret, .bilan")) return false;
    const style = getComputedStyle(e);
    const hides = [style.overflowX, style.overflowY].includes("hidden");
    const small = e.clientWidth <= 1 || e.clientHeight <= 1;
    const isCut = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
    return hides && !small && isCut;
  });
  const past = document.documentElement.scrollWidth - innerWidth;
  return { past, cuts: cuts.map((e) => `${e.tagName} ${e.className}`) };
}"""


@pytest.mark.parametrize("reader", READERS)
def test_a_text_may_be_made_bigger_or_looser(portail, reader):
    rules, width = READERS[reader]
    findings = Findings()
    for role, names in PAGES.items():
        found = portail.addresses(role)
        context = portail.new_context(role, width=width)
        page = context.new_page()
        for name in names:
            page.goto(found[name])
            page.evaluate(WITH_RULES, rules)
            facts = page.evaluate(CUT)
            if facts["past"] > 0:
                findings.of(name, f"déborde de {facts['past']} px")
            for cut in facts["cuts"]:
                findings.of(name, f"coupé : {cut}")
        context.close()
    assert not findings, str(findings)
