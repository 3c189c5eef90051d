"""Which level of each sheet fits its paper: the first, found in a few layouts of many at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.html import strip_tags

# No page holds more: 65 lines of 115 signs, and what the charts say of themselves.
SIGNES_PAR_PAGE = 12_000


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet to come: `dessine(level)` gives its HTML, `pages_max` is the paper it may take."""

    pages_max: int
    niveaux: int
    dessine: Callable[[int], str]


@dataclass
class _Recherche:
    """The levels of one sheet that are still possible; the last one is known to fit."""

    feuille: Feuille
    bas: int = 0
    haut: int = field(init=False)
    essai: int = 0

    def __post_init__(self):
        self.haut = self.feuille.niveaux - 1

    @property
    def finie(self) -> bool:
        return self.bas == self.haut

    def learn(self, *, fits: bool) -> None:
        if fits:
            self.haut = self.essai
        else:
            self.bas = self.essai + 1
        self.essai = (self.bas + self.haut) // 2


def choose_levels(
    feuilles: Sequence[Feuille], count_pages: Callable[[list[str]], list[int]]
) -> list[int]:
    """The level of each sheet, in their order.

    `count_pages` lays out some sheets together and tells the pages of each. Everything is tried
    first, which most sheets hold; then levels by halves: at most five layouts of a sheet.
    """
    searches = [_Recherche(feuille) for feuille in feuilles]
    while pending := [search for search in searches if not search.finie]:
        drawn = [(search, search.feuille.dessine(search.essai)) for search in pending]
        possible = [(search, html) for search, html in drawn if _may_fit(search.feuille, html)]
        pages = iter(count_pages([html for _, html in possible]))
        laid_out = {id(search): next(pages) for search, _ in possible}
        for search in pending:
            pages_of_it = laid_out.get(id(search))
            search.learn(fits=bool(pages_of_it) and pages_of_it <= search.feuille.pages_max)
    return [search.bas for search in searches]


def _may_fit(feuille: Feuille, html: str) -> bool:
    """False for what is plainly too long: laying it out would take long for nothing."""
    return len(strip_tags(html)) <= feuille.pages_max * SIGNES_PAR_PAGE
