"""What is checked on a page that stands in the window: the same for all of them."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
WIDTHS = (1280, 390)
NARROWEST = 320
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
    set_scheme(page, "dark")
    check_axe(page, f"{key}, {width}, sombre", findings, COLOUR_RULES)
    if width == min(WIDTHS):
        page.set_viewport_size({"width": NARROWEST, "height": 700})
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overflow > 0:
            findings.of(key, f"déborde de {overflow} px à {NARROWEST} px")
        page.set_viewport_size({"width": width, "height": 900})


def set_scheme(page, scheme):
    """Change the scheme and wait until it is drawn: half-way colours have no contrast."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def check_axe(page, where, findings, rules):
    for violation in Axe().run(page, options=rules).response["violations"]:
        for node in violation["nodes"]:
            findings.of(where, f"{violation['id']}, {node['target']}, {node['failureSummary']}")


def check_host(request, base_url, findings):
    if not request.url.startswith((base_url, "data:", "blob:")):
        findings.of("demande ailleurs", request.url)


def check_console(line, page, findings):
    repeats_the_status = line.text.startswith("Failed to load resource")
    if line.type in {"error", "warning"} and not repeats_the_status:
        findings.of(page.url, line.text)
