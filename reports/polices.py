"""The fonts of printed documents: Atkinson, then others for the signs that it does not draw.

Documents name `"Atkinson Next", sans-serif`. Where a text holds other signs (emoji, Arabic, Greek,
arrows), the fonts that draw them are put in between: a PDF never takes one from the machine, which
may have none, and embeds no more than it shows. A sign that no font draws is printed as its code.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.contrib.staticfiles import finders

POLICE = "fonts/atkinson-hyperlegible-next.woff2"


@dataclass(frozen=True, slots=True)
class Secours:
    """A font that stands in for Atkinson, by a name that no font of the machine has."""

    famille: str
    fichier: str


#: In the order in which they are asked for a sign.
SECOURS = (
    Secours("Atkinson Next Ext", "fonts/atkinson-hyperlegible-next-latin-ext.woff2"),
    Secours("Secours Sans", "fonts/noto-sans.woff2"),
    Secours("Secours Arabe", "fonts/noto-sans-arabic.woff2"),
    Secours("Secours Signes", "fonts/noto-sans-symbols.woff2"),
    # The name under which Pango looks for an emoji, before it looks at what the sheet says.
    Secours("emoji", "fonts/noto-emoji.woff2"),
)
#: What is drawn as nothing, or as a space, whatever the font.
_SANS_TRAIT = re.compile(
    "[\t\n\r\u00ad\u034f\u061c\u200b-\u200f\u2029-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)
#: What is printed of a page: its texts, and the running titles that its sections carry.
_TEXTE = re.compile(r"""(?<=>)[^<>]+(?=<)|\bdata-[a-z]+="[^"]*\"""")


def prepare(html: str) -> tuple[str, tuple[Secours, ...]]:
    """A page that can be drawn whole, and the fonts that it needs beside Atkinson.

    Accents typed apart from their letter are joined to it; a sign that has no drawing anywhere
    becomes its code, `[U+738B]`, in what is printed alone: addresses stay what they are.
    """
    html = unicodedata.normalize("NFC", html)
    missing = _missing(html)
    codes = {ord(sign): code_of(sign) for sign in missing if not is_drawn(sign)}
    if codes:
        html = _TEXTE.sub(lambda found: found.group().translate(codes), html)
    return html, tuple(
        font for font in SECOURS if not _signs(font.fichier).isdisjoint(map(ord, missing))
    )


def is_drawn(signe: str) -> bool:
    """Whether a document can show this sign."""
    if _SANS_TRAIT.match(signe) or unicodedata.category(signe) == "Zs":
        return True
    return any(ord(signe) in _signs(name) for name in (POLICE, *(one.fichier for one in SECOURS)))


def code_of(signe: str) -> str:
    """What is printed for a sign that no font draws: a space for those that command a terminal."""
    is_control = unicodedata.category(signe) in {"Cc", "Zl"}
    return " " if is_control else f"[U+{ord(signe):04X}]"


def families(secours: Iterable[Secours], guillemet: str = "") -> str:
    """The list of fonts of a document, as a style sheet or a drawing writes it."""
    names = ["Atkinson Next", *(font.famille for font in secours)]
    return ", ".join([*(f"{guillemet}{name}{guillemet}" for name in names), "sans-serif"])


def _missing(html: str) -> set[str]:
    """Signs of a page that Atkinson does not draw."""
    return {sign for sign in set(html) if ord(sign) not in _signs(POLICE) and sign not in "\n\t\r"}


@cache
def _signs(fichier: str) -> frozenset[int]:
    """What a font of the project draws. Read once: a packed font takes a moment to open."""
    # Takes a tenth of a second to import, and most processes draw nothing.
    from fontTools.ttLib import TTFont

    with TTFont(finders.find(fichier), lazy=True) as font:
        return frozenset(font.getBestCmap())
