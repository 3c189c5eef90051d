"""The indicators of a sheet: small charts, and a line of words for each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ctg_portal.lib.typographie import NBSP, abrege
from indicators import charts
from indicators.series import Serie

TITRE = 110
MOTS = 160
CONSTAT = 260


@dataclass(frozen=True, slots=True)
class SerieDeFeuille:
    """One indicator: its name, what it says in words, its drawing (empty if it has none)."""

    titre: str
    mots: str
    constat: str
    dessin: SafeString


@dataclass(frozen=True, slots=True)
class Series:
    """The indicators that are printed, those with a drawing first, and how many are not."""

    dessinees: tuple[SerieDeFeuille, ...] = ()
    en_mots: tuple[SerieDeFeuille, ...] = ()
    omises: int = 0

    def __bool__(self):
        return bool(self.dessinees or self.en_mots or self.omises)


def series_of(series: Iterable[Serie], count: int, *, accent: str, drawn: int) -> Series:
    """At most `count` indicators, key ones first, then those that hold a value.

    The first `drawn` of them have a chart, where their values make one.
    """
    everything = sorted(series, key=lambda serie: (not serie.cle, not serie.points))
    found = [
        _of_sheet(serie, accent, with_chart=rank < drawn)
        for rank, serie in enumerate(everything[:count])
    ]
    return Series(
        dessinees=tuple(one for one in found if one.dessin),
        en_mots=tuple(one for one in found if not one.dessin),
        omises=len(everything) - len(found),
    )


def _of_sheet(serie: Serie, accent: str, *, with_chart: bool) -> SerieDeFeuille:
    unit = f" ({serie.unite})" if serie.unite else ""
    return SerieDeFeuille(
        titre=abrege(f"{serie.intitule}{unit}", TITRE),
        mots=_words(serie),
        constat=abrege(serie.ecart_en_mots, CONSTAT) if serie.ecart_imprime else "",
        dessin=charts.choisir(serie, "petit", accent=accent) if with_chart else SafeString(""),
    )


def _words(serie: Serie) -> str:
    """The last value, the change since the first, the target: "34 en 2022, + 12 % depuis 2019"."""
    last = serie.derniere
    parts = [f"{abrege(last.affichage or '–', MOTS)} {last.quand}"] if last else []
    change = serie.variation
    if change and change.a is last:
        parts.append(f"{change.affichage} depuis {change.de.label}")
    if serie.cible is not None:
        parts.append(f"cible{NBSP}: {serie.cible_affichee}")
    if not parts:
        return "aucune valeur renseignée"
    partial = " (période partielle)" if last and last.partielle else ""
    return ", ".join(parts) + partial
