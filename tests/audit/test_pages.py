"""Every page, as each person sees it, wide and narrow, light and dark: accessibility first."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from .crawl import NOT_A_PAGE, WITHOUT_LINK, named_urls

PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
WIDTHS = (1280, 390)
NARROWEST = 320
ROLES = ("coordination", "lecteur", "anonyme")
EVERY_RULE = {"resultTypes": ["violations"]}
COLOUR_RULES = {"resultTypes": ["violations"], "runOnly": ["cat.color"]}
REFUSED = {"introuvable": 404, "refus": 403}


class Findings(list):
    """What is wrong, page by page, told all at once."""

    def of(self, key, what):
        self.append(f"{key} : {what}")

    def __str__(self):
        return "\n".join(["", *self])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_and_asks_nobody_else(portail, role, width):
    findings = Findings()
    context = portail.new_context(role, width=width)
    page = context.new_page()
    page.on("request", lambda request: check_host(request, portail.url, findings))
    page.on("console", lambda line: check_console(line, page, findings))
    page.on("pageerror", lambda error: findings.of(page.url, error))
    pages = portail.addresses(role)
    assert len(pages) > 5
    for key, path in pages.items():
        if key == "account_confirm_login_code":
            ask_for_a_code(page)
        answer = page.goto(path, wait_until="load")
        if answer.status != REFUSED.get(key, 200) or urlsplit(page.url).path != urlsplit(path).path:
            findings.of(key, f"{answer.status}, arrivé sur {page.url}")
            continue
        look_at(page, key, width, findings)
    context.close()
    assert not findings, str(findings)


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


def ask_for_a_code(page):
    """Bring the visitor to the page where the code of the mail is typed."""
    page.goto(WITHOUT_LINK["anonyme"]["account_request_login_code"])
    page.locator("main input:not([type=hidden])").first.fill("lecteur@demo.example")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_no_page_of_the_urlconf_is_forgotten(portail):
    visited = {key.split(" ")[0] for role in ROLES for key in portail.addresses(role)}
    named = set(named_urls())
    assert named - visited - set(NOT_A_PAGE) == set()
    assert set(NOT_A_PAGE) <= named
    assert not visited & set(NOT_A_PAGE)
