"""Series of two values each, as pairs of bars on one scale."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.safestring import SafeString

from axes.enums import Accent

from ..series import PointSerie, Serie
from .geometry import Boite, text_width, wrap
from .scale import FORMATS, Format
from .svg import Dessin, teintes_of
from .words import description_of, titre_of

ECART = 8


def barres(
    series: Serie | Sequence[Serie],
    taille: str = "large",
    *,
    accent: str = Accent.BLEU,
    titre: str = "",
) -> SafeString:
    """Paired bars, first then last measured number, one pair per series, zero at the left.

    The series share one unit and hold no negative number: ValueError otherwise. Each pair is
    headed by the structure of its series; a single pair has no heading.
    """
    series = (series,) if isinstance(series, Serie) else tuple(series)
    if any(not can_be_bars(serie) for serie in series) or len({s.unite for s in series}) != 1:
        raise ValueError("Chaque série doit avoir deux valeurs constatées, dans une seule unité.")
    return _drawn(series, taille, accent, titre)


@lru_cache(maxsize=256)
def _drawn(series: tuple[Serie, ...], taille: str, accent: str, titre: str) -> SafeString:
    forme, dessin = FORMATS[taille], Dessin(teintes_of(accent))
    pairs = [(serie.chiffrees[0], serie.chiffrees[-1]) for serie in series]
    frame = _Frame(forme, series, pairs)
    y = 0.0
    for serie, pair in zip(series, pairs, strict=True):
        if len(series) > 1:
            y = _heading(dessin, forme, serie, y)
        for rank, point in enumerate(pair):
            y = _bar(dessin, frame, point, y, before=rank == 0, serie=serie)
        y += 1.2 * forme.corps
    return dessin.to_svg(
        classe=forme.classe,
        largeur=forme.largeur,
        hauteur=round(y - 0.8 * forme.corps),
        titre=titre or " ; ".join(titre_of(serie) for serie in series),
        description=" ".join(_described(serie, alone=len(series) == 1) for serie in series),
    )


def can_be_bars(serie: Serie) -> bool:
    """Two measured numbers, not below zero, and nothing else to show."""
    return (
        len(serie.chiffrees) == 2
        and sum(point.annee is not None for point in serie.points) == 2
        and serie.cible is None
        and serie.valeur_initiale is None
        and all(point.valeur >= 0 for point in serie.chiffrees)
        and serie.chiffrees[0].periode != serie.chiffrees[1].periode
    )


class _Frame:
    """The columns of the picture: period, bar, value, change."""

    def __init__(self, forme: Format, series, pairs):
        self.forme = forme
        points = [point for pair in pairs for point in pair]
        self.haut = max([Decimal(1), *(point.valeur for point in points)])
        self.gauche = max(text_width(point.label, forme.corps) for point in points) + 10
        values = max(text_width(point.affichage, forme.corps) for point in points)
        changes = max(text_width(serie.variation.affichage, forme.corps) for serie in series)
        room = forme.largeur - self.gauche - values - 2 * ECART
        # Under a third of the picture, bars no longer compare: the change goes on its own line.
        self.change_beside = room - changes - ECART >= forme.largeur / 3
        self.longueur = max(24.0, room - (changes + ECART if self.change_beside else 0))

    def width(self, valeur: Decimal) -> float:
        return max(1.0, self.longueur * float(valeur / self.haut))


def _heading(dessin: Dessin, forme: Format, serie: Serie, y: float) -> float:
    for line in wrap(serie.structure or serie.intitule, forme.corps, forme.largeur):
        y += 1.25 * forme.corps
        dessin.text("g-an-fort", line, 0, y - 0.15 * forme.corps, forme.corps)
    return y + 0.35 * forme.corps


def _bar(
    dessin: Dessin, frame: _Frame, point: PointSerie, y: float, *, before: bool, serie: Serie
) -> float:
    corps = frame.forme.corps
    height, baseline = 1.25 * corps, y + 0.98 * corps
    width = frame.width(point.valeur)
    dessin.text("g-an", point.label, 0, baseline, corps)
    dessin.rect(
        "g-barre-av" if before else "g-barre",
        Boite(frame.gauche, y + 1, frame.gauche + width, y + height),
    )
    x = frame.gauche + width + ECART
    dessin.text("g-val", point.affichage, x, baseline, corps)
    y += height + 0.5 * corps
    if before:
        return y
    change = serie.variation.affichage
    if frame.change_beside:
        x += text_width(point.affichage, corps) + ECART
        dessin.text("g-an", change, x, baseline, corps)
        return y
    dessin.text("g-an", change, frame.gauche, y + 0.8 * corps, corps)
    return y + 1.25 * corps


def _described(serie: Serie, *, alone: bool) -> str:
    words = f"{description_of(serie)} Évolution : {serie.variation.affichage}."
    return words if alone else f"{serie.structure or serie.intitule} : {words}"
