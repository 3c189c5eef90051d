"""The colour pairs of the portal keep their contrast, in each accent, light and dark.

axe does not check the contrast of borders and icons (WCAG 1.4.11), so the tokens are checked
themselves, read from the style sheet as the browser reads it.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from axes.enums import Accent
from ctg_portal.lib.icones import COULEURS
from indicators.charts.svg import TEINTES
from reports.templatetags.bilan import ENCRES

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text(encoding="utf-8")
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2: 1.4.3, 1.4.11

# (foreground, background, ratio needed)
PAIRS = [
    ("encre", "fond", TEXT),
    ("encre", "surface", TEXT),
    ("encre", "creux", TEXT),
    ("encre", "accent-doux", TEXT),
    ("encre", "partiel-doux", TEXT),
    ("encre", "non-doux", TEXT),
    ("encre", "fait-doux", TEXT),
    ("encre-2", "fond", TEXT),
    ("encre-2", "surface", TEXT),
    ("encre-2", "creux", TEXT),
    ("encre-2", "accent-doux", TEXT),
    ("fond", "encre", TEXT),
    ("non", "surface", TEXT),
    ("non", "fond", TEXT),
    ("accent", "fond", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "creux", TEXT),
    ("accent", "accent-doux", TEXT),
    ("sur-accent", "accent", TEXT),
    ("trait", "surface", GRAPHIC),
    ("trait", "fond", GRAPHIC),
    ("trait", "creux", GRAPHIC),
    ("trait", "accent-doux", GRAPHIC),
    ("fait", "surface", GRAPHIC),
    ("fait", "fond", GRAPHIC),
    ("fait", "fait-doux", GRAPHIC),
    ("fait", "accent-doux", GRAPHIC),
    ("partiel", "surface", GRAPHIC),
    ("partiel", "fond", GRAPHIC),
    ("partiel", "partiel-doux", GRAPHIC),
    ("partiel", "accent-doux", GRAPHIC),
    ("non", "non-doux", GRAPHIC),
    ("non", "accent-doux", GRAPHIC),
    ("vide", "surface", GRAPHIC),
    ("vide", "fond", GRAPHIC),
    ("vide", "accent-doux", GRAPHIC),
]
ACCENTS = Accent.values
SCHEMES = ["light", "dark"]


def _declarations(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", css))


def read_tokens(css: str, accent: str, scheme: str) -> dict[str, str]:
    """The colours in force for an accent and a scheme: name -> "#rrggbb"."""
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    colours: dict[str, str] = {}
    for part in (light,) if scheme == "light" else (light, dark):
        rules = dict(re.findall(r"(:root|\.accent-\w+)\s*\{([^}]*)\}", part))
        colours |= _declarations(rules[":root"])
        colours |= _declarations(rules[f".accent-{accent}"])
    return colours


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def failing_pairs(colours: dict[str, str]) -> list[str]:
    return [
        f"{front} on {back}: {contrast(colours[front], colours[back]):.2f} < {needed}"
        for front, back, needed in PAIRS
        if contrast(colours[front], colours[back]) < needed
    ]


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_in_use_has_enough_contrast(accent, scheme):
    assert failing_pairs(read_tokens(TOKENS, accent, scheme)) == []


def test_contrast_agrees_with_published_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_paler_token_is_noticed():
    paler = TOKENS.replace("--trait: #70767e", "--trait: #a0a6ae")
    assert any(
        "trait on fond" in pair for pair in failing_pairs(read_tokens(paler, "bleu", "light"))
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_accent_and_scheme_is_really_its_own(scheme):
    # Blue too, which stands inside a page of another accent where the colour is chosen.
    accents = {read_tokens(TOKENS, accent, scheme)["accent"] for accent in ACCENTS}
    assert len(accents) == len(ACCENTS)
    assert (
        read_tokens(TOKENS, "bleu", "light")["fond"] != read_tokens(TOKENS, "bleu", "dark")["fond"]
    )


def test_done_and_partial_do_not_differ_by_colour_alone_on_grey_paper():
    """Green and ochre have the same luminance on purpose: shape and fill tell them apart."""
    colours = read_tokens(TOKENS, "bleu", "light")
    assert contrast(colours["fait"], colours["partiel"]) < 1.1


def test_drawings_for_print_use_the_light_tokens():
    colours = read_tokens(TOKENS, "bleu", "light")
    assert {
        "oui": colours["fait"],
        "part": colours["partiel"],
        "part-doux": colours["partiel-doux"],
        "non": colours["non"],
        "nr": colours["vide"],
        "cours": colours["accent"],
        "surface": colours["surface"],
    } == COULEURS


@pytest.mark.parametrize("accent", ACCENTS)
def test_a_convention_has_the_same_colour_on_its_pages_and_in_its_documents(accent):
    colours = read_tokens(TOKENS, accent, "light")
    drawn = TEINTES[accent]
    assert (drawn.accent, drawn.doux) == (colours["accent"], colours["accent-doux"])
    assert ENCRES[accent] == colours["accent"]


@pytest.mark.parametrize("sheet", ["bilan", "deck", "seance", "print"])
def test_every_printed_sheet_gives_each_accent_its_light_colour(sheet):
    css = (Path(settings.BASE_DIR) / f"static/css/{sheet}.css").read_text(encoding="utf-8")
    # Blue first, for whom nothing is said; then each of the others in a rule of its own.
    found = re.findall(r"(?:[.-](\w+) \{)?[^{}]*--accent: (#[0-9a-f]{6})", css)
    expected = {accent: read_tokens(TOKENS, accent, "light")["accent"] for accent in ACCENTS}
    assert [colour for _, colour in found] == list(expected.values())
    assert {name: colour for name, colour in found if name in expected}.items() <= expected.items()
