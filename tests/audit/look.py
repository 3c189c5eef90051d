"""What is checked on a page that stands in the window: the same for all of them."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

HERE = Path(__file__).parent
PROBES = (HERE / "probes.js").read_text(encoding="utf-8")
GRAPHICS = (HERE / "graphics.js").read_text(encoding="utf-8")
FOCUS = (HERE / "focus.js").read_text(encoding="utf-8")
WIDTHS = (1280, 390)
# A window of 1280 × 1024 at 400 %.
NARROWEST, LOWEST = 320, 256
# What stays in place while the page scrolls under it.
FIXED = """() => [...document.querySelectorAll("body *")]
  .filter((e) => getComputedStyle(e).position === "fixed" && e.checkVisibility())
  .reduce((height, e) => height + e.getBoundingClientRect().height, 0)"""
AXE = Axe()
VIOLATIONS = "rules => axe.run(document, rules).then((found) => found.violations)"
EVERY_RULE = {"resultTypes": ["violations"]}
COLOUR_RULES = {"resultTypes": ["violations"], "runOnly": ["cat.color"]}


class Findings(list):
    """What is wrong, page by page, told all at once."""

    def of(self, key, what):
        self.append(f"{key} : {what}")

    def __str__(self):
        return "\n".join(["", *self])


def open_window(portail, role, width, findings):
    """A window of this person, whose requests, messages and errors are all findings."""
    page = portail.new_context(role, width=width).new_page()
    page.on("request", lambda request: check_host(request, portail.url, findings))
    page.on("console", lambda line: check_console(line, page, findings))
    page.on("pageerror", lambda error: findings.of(page.url, error))
    return page


def look_at(page, key, width, findings):
    """The page as it stands, then in the dark, then as narrow as it may get."""
    set_scheme(page, "light")
    facts = page.evaluate(PROBES)
    if len(facts["titles"]) != 1 or not facts["titles"][0]:
        findings.of(key, f"titres de niveau 1 : {facts['titles']}")
    if facts["mains"] != 1 or facts["language"] != "fr" or not facts["page_title"]:
        findings.of(key, "il faut une zone main, la langue et un titre de page")
    if facts["positive_tabindex"]:
        findings.of(key, "un tabindex positif change l’ordre du clavier")
    for name in ("jumps", "small", "ids"):
        for fact in facts[name]:
            findings.of(key, f"{name}, {fact}")
    check_axe(page, f"{key}, {width}, clair", findings, EVERY_RULE)
    if width == max(WIDTHS):
        check_graphics(page, f"{key}, clair", findings)
        check_focus(page, key, findings)
    set_scheme(page, "dark")
    check_axe(page, f"{key}, {width}, sombre", findings, COLOUR_RULES)
    if width == max(WIDTHS):
        check_graphics(page, f"{key}, sombre", findings)
    else:
        check_zoomed(page, key, findings)
        page.set_viewport_size({"width": width, "height": 900})


def check_graphics(page, where, findings):
    """Borders of fields and drawings, 3 : 1 against what is behind them (WCAG 1.4.11)."""
    for fact in page.evaluate(GRAPHICS):
        findings.of(where, fact)


def check_focus(page, key, findings):
    """Each thing that takes the focus shows it: an outline of 2 px at least, 3 : 1."""
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS)
    if not focus["seen"]:
        findings.of(key, "rien ne prend le focus")
    for fact in focus["found"]:
        findings.of(key, f"focus, {fact}")


def check_zoomed(page, key, findings):
    """At 400 %: no sideways scroll, and half of the window at least is left to the text."""
    page.set_viewport_size({"width": NARROWEST, "height": LOWEST})
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if overflow > 0:
        findings.of(key, f"déborde de {overflow} px à {NARROWEST} px")
    fixed = page.evaluate(FIXED)
    if fixed > LOWEST / 2:
        findings.of(key, f"{fixed:.0f} px fixes sur {LOWEST}, à 400 %")


def set_scheme(page, scheme):
    """Change the scheme and wait until it is drawn: half-way colours have no contrast."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def check_axe(page, where, findings, rules):
    # Half a megabyte of script, once per page and not once per scheme.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    for violation in page.evaluate(VIOLATIONS, rules):
        for node in violation["nodes"]:
            findings.of(where, f"{violation['id']}, {node['target']}, {node['failureSummary']}")


def check_host(request, base_url, findings):
    if not request.url.startswith((base_url, "data:", "blob:")):
        findings.of("demande ailleurs", request.url)


def check_console(line, page, findings):
    repeats_the_status = line.text.startswith("Failed to load resource")
    if line.type in {"error", "warning"} and not repeats_the_status:
        findings.of(page.url, line.text)
