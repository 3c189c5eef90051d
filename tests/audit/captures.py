"""How a page is pictured, and where its picture goes under var/screenshots.

    pages/<role>/<page>-<width>-<scheme>.png   the whole page
    impression/<role>/<page>.pdf               the page as the browser prints it on A4
    impression/documents/<name>.pdf            what the portal itself prints
    planches/                                  all of them side by side: see `planches`

A second process may picture the same page: both write the same picture.
"""

import re
import time
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlsplit

from .crawl import REFUSED, ask_for_a_code

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "var" / "screenshots"
PAGES = FOLDER / "pages"
IMPRESSION = FOLDER / "impression"
DOCUMENTS = IMPRESSION / "documents"
PLANCHES = FOLDER / "planches"

ROLES = ("coordination", "lecteur", "administration", "anonyme")
WIDTHS = (1440, 768, 390)
SCHEMES = ("light", "dark")
# Chromium draws no further than 16 384 px; past a dozen screens, the print tells more.
TALLEST, WINDOW = 12_000, 900
# Pictures that arrive and what is as high as a part of the window make a page grow.
MEASURES = 4
HEIGHT = "Math.ceil(document.documentElement.getBoundingClientRect().height)"
# The long tables leave what is out of sight undrawn; see content-visibility in the site's sheet.
DRAW_ALL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
}"""
# Pictures far down the page are asked for once they come near.
IMAGES = "Promise.all([...document.images].map((image) => image.decode().catch(() => null)))"
PRINTED = {"format": "A4", "print_background": True}
PDF_SECONDS = 180


def pages_of(portail, role):
    """Address by page; for the administration, only those that the coordination does not have."""
    pages = portail.addresses(role)
    if role != "administration":
        return pages
    known = portail.addresses("coordination").values()
    return {key: path for key, path in pages.items() if path not in known}


def open_page(page, key, path):
    """Go to the page and check that this is what the window shows, its letters drawn."""
    if key == "account_confirm_login_code":
        ask_for_a_code(page)
    answer = page.goto(path, wait_until="load")
    assert answer.status == REFUSED.get(key, 200), f"{key} : {answer.status}"
    assert urlsplit(page.url).path == urlsplit(path).path, f"{key} : arrivé sur {page.url}"
    page.get_by_role("heading", level=1).first.wait_for()
    page.evaluate(DRAW_ALL)
    page.evaluate("document.fonts.ready")


def take_picture(page, role, key, width, scheme):
    """Picture the page that stands in the window; returns the file."""
    page.emulate_media(color_scheme=scheme)
    path = PAGES / role / f"{file_name(key)}-{width}-{scheme}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    # A window as high as the page: what is fixed to its bottom then stands at the end of the page.
    for _ in range(MEASURES):
        height = min(page.evaluate(HEIGHT), TALLEST)
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(IMAGES)
        if page.evaluate(HEIGHT) <= height:
            break
    page.screenshot(path=path, animations="disabled")
    page.set_viewport_size({"width": width, "height": WINDOW})
    return path


def take_print(page, role, key):
    """Print the page that stands in the window; returns the file."""
    path = IMPRESSION / role / f"{file_name(key)}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.pdf(path=path, **PRINTED)
    return path


def keep_document(portail, name, path):
    """Download a PDF that the portal makes, once it is ready; returns the file."""
    context = portail.new_context("coordination")
    deadline = time.monotonic() + PDF_SECONDS
    while not (body := context.request.get(path).body()).startswith(b"%PDF"):
        assert time.monotonic() < deadline, f"{path} : pas de PDF en {PDF_SECONDS} s"
        time.sleep(2)
    context.close()
    DOCUMENTS.mkdir(parents=True, exist_ok=True)
    kept = DOCUMENTS / f"{name}.pdf"
    kept.write_bytes(body)
    return kept


def file_name(key):
    """« pilotage:fiche_bloc cadre (riche) » gives « fiche-bloc-cadre-riche »."""
    plain = normalize("NFKD", key.split(":")[-1]).encode("ascii", "ignore").decode()
    return re.sub(r"\W|_", "-", plain.replace("(", "").replace(")", "")).removeprefix("account-")
