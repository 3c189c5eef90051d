"""A text area with marks: its buttons, its preview, and what it keeps of a paste."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ctg_portal.lib.richtext import to_html

# The paths that save a text are in the other modules: what is pasted is tried by the audit.
pytestmark = pytest.mark.audit

PRESSE_PAPIERS = Path(__file__).parent / "presse_papiers"
COPIES = sorted(PRESSE_PAPIERS.glob("*.html"))
PASTE = """([html, plain]) => {
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
# What other programs put on the clipboard, piece by piece.
PIECES = [
    # Google Docs wraps everything in a <b> that is not bold, and nests its lists beside items.
    (
        (
            '<b style="font-weight:normal"><p><span style="font-weight:700">Gras</span> et'
            ' <span style="font-style:italic">penché</span></p>'
            '<ul><li aria-level="1"><p>un</p></li>'
            '<ul><li aria-level="2"><p>deux</p></li></ul></ul></b>'
        ),
        "**Gras** et *penché*\n\n- un\n  - deux",
    ),
    # Word on the web makes a list of each item.
    (
        (
            '<ul><li data-aria-level="1"><p>un</p></li></ul>'
            '<ul><li data-aria-level="2"><p>deux</p></li></ul>'
        ),
        "- un\n  - deux",
    ),
    ("<p>• un</p><p>• deux</p><p>Fin</p>", "- un\n- deux\n\nFin"),
    ("<p>+ 34 places</p><p>2023. Une année</p>", "\\+ 34 places\n\n2023\\. Une année"),
    ("<ul><li>un<ol start='3'><li>trois</li></ol></li></ul>", "- un\n\n  3. trois"),
    ("<p>*étoile* [a](b) a_b _c_ 2 * 3</p>", "\\*étoile\\* [a\\](b) a_b \\_c\\_ 2 * 3"),
    ("<p>mot<b>(x)</b>mot <b> gras </b>fin</p>", "mot(**x**)mot **gras** fin"),
    ("<table><tr><td><p>un</p><p>deux</p></td></tr></table>", "un\n\ndeux"),
    (
        "<a href='https://exemple.fr/a_(b)'>x [1]</a> <a href='ftp://x'>f</a> <a href='#n'>n</a>",
        "[x \\[1\\]](https://exemple.fr/a_%28b%29) f n",
    ),
    ("<p><del>vieux</del><ins>neuf</ins></p><p style='display:none'>caché</p>", "neuf"),
    (
        (
            "<img src=x onerror='window.couru=1'><svg onload='window.couru=1'></svg>"
            "<script>window.couru=1</script><p onclick='window.couru=1'>ok</p>"
        ),
        "ok",
    ),
]


def expected_of(copy: Path) -> str:
    return copy.with_suffix(".attendu.txt").read_text(encoding="utf-8").removesuffix("\n")


@pytest.fixture
def cadre(page, sign_in, petite):
    """The form of a block with four texts, open in front of its coordinator."""
    sign_in(page, petite.coordination)
    page.goto(f"{petite.fiche.get_absolute_url()}bloc/cadre/")
    return page


def paste(page, area, html: str, plain: str = "") -> None:
    area.focus()
    page.evaluate(PASTE, [html, plain])


def test_a_copy_keeps_its_structure_and_drops_the_rest(cadre):
    area = cadre.locator("#id_moyens")
    assert len(COPIES) >= 4
    for copy in COPIES:
        area.fill("")
        paste(cadre, area, copy.read_text(encoding="utf-8"))
        assert area.input_value() == expected_of(copy), copy.name
    sources = [html for html, _text in PIECES]
    texts = cadre.evaluate("list => list.map((html) => collage.read(html).texte)", sources)
    assert list(zip(sources, texts, strict=True)) == PIECES
    assert cadre.evaluate("window.couru") is None


def test_what_is_pasted_is_undone_then_kept_and_shown_as_it_was_previewed(cadre, petite):
    word = PRESSE_PAPIERS / "word.html"
    area = cadre.locator("#id_moyens")
    area.fill("Avant.")
    paste(cadre, area, word.read_text(encoding="utf-8"))
    field = cadre.locator(".champ", has=area)
    expect(field.get_by_role("status")).to_contain_text("Collé sans ses images")
    cadre.keyboard.press("Control+z")
    assert area.input_value() == "Avant."
    cadre.keyboard.press("Control+y")
    assert area.input_value() == f"Avant.{expected_of(word)}"
    area.fill("")
    paste(cadre, area, word.read_text(encoding="utf-8"))
    expect(field.locator(".apercu-texte td").first).to_have_text("Moins de 500")
    previewed = field.locator(".apercu-texte .texte").inner_html()
    cadre.get_by_role("button", name="Enregistrer").click()
    expect(cadre.locator("#annonces")).to_contain_text("enregistré")
    petite.fiche.refresh_from_db()
    assert petite.fiche.moyens.replace("\r\n", "\n") == expected_of(word)
    shown = cadre.locator("#cadre .texte").nth(1).inner_html()
    assert shown == previewed
    assert shown.count("<li>") == 7


def test_the_buttons_and_their_keys_make_marks(cadre):
    area = cadre.locator("#id_moyens")
    bar = cadre.get_by_role("toolbar").nth(2)
    area.fill("un\ndeux")
    area.press("Control+a")
    bar.get_by_role("button", name="Liste").click()
    assert area.input_value() == "- un\n- deux"
    area.press("Control+b")
    assert area.input_value() == "- **un**\n- **deux**"
    area.press("Control+b")
    area.press("Control+End")
    area.press("Enter")
    cadre.keyboard.type("trois ")
    area.press("Control+k")
    cadre.keyboard.type("le site")
    assert area.input_value() == "- un\n- deux\n- trois [le site](https://)"
    area.press("Control+End")
    area.press("Enter")
    area.press("Enter")
    cadre.keyboard.type("Fin.")
    assert area.input_value().endswith("(https://)\n\nFin.")
    # One stop of the Tab key for all the buttons.
    area.press("Shift+Tab")
    cadre.keyboard.press("End")
    cadre.keyboard.press("Enter")
    assert "| --- | --- |" in area.input_value()
    before = []
    while area.input_value():
        cadre.keyboard.press("Control+z")
        before.append(area.input_value())
    assert {"- un\n- deux", "un\ndeux"} <= set(before)


def test_a_paste_that_does_not_fit_is_refused_in_words_and_loses_nothing(cadre):
    area = cadre.locator("#id_moyens")
    area.fill("Avant.")
    area.press("Control+End")
    paste(cadre, area, "", "x" * 20_000)
    said = cadre.locator(".champ", has=area).get_by_role("status")
    expect(said).to_contain_text(re.compile(r"Rien n’a été collé.*20\s006 caractères"))
    assert area.input_value() == "Avant."
    paste(cadre, area, "", "\n• un\r\n• deux")
    assert area.input_value() == "Avant.\n- un\n- deux"
    expect(said).to_be_hidden()
    # An address pasted on words makes a link of them.
    area.fill("le site")
    area.press("Control+a")
    paste(cadre, area, "", "https://exemple.fr")
    assert area.input_value() == "[le site](https://exemple.fr)"


@pytest.mark.parametrize("copy", COPIES, ids=lambda path: path.stem)
def test_what_is_kept_of_a_copy_is_drawn_whole(copy):
    """The words that the paste keeps stay words, and its marks are marks to the server too."""
    drawn = to_html(expected_of(copy))
    bare = re.sub(r"<[^>]+>", "", drawn)
    assert "**" not in bare
    assert not re.search(r"^\s*(?:[-|]|\d+\.) ", bare, flags=re.MULTILINE)
    assert "](" not in bare
