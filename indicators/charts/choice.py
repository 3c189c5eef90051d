"""Which chart suits a series."""

from django.utils.safestring import SafeString

from axes.enums import Accent

from ..series import Serie
from .bars import barres, can_be_bars
from .curve import courbe
from .scale import Cadre


def est_tracable(serie: Serie) -> bool:
    """At least two numbers placed in time, forecasts included: one alone needs no chart."""
    return sum(point.valeur is not None and point.annee is not None for point in serie.points) > 1


def choisir(
    serie: Serie,
    taille: str = "large",
    *,
    accent: str = Accent.BLEU,
    cadre: Cadre | None = None,
) -> SafeString:
    """Paired bars for two values only, else a curve; empty where there is nothing to compare.

    A small picture keeps the curve where years are missing between the two values, so that the
    hole is seen. Charts that share a frame are curves, all of them.
    """
    if not est_tracable(serie):
        return SafeString("")
    if cadre:
        return courbe(serie, taille, accent=accent, cadre=cadre)
    if can_be_bars(serie) and not (taille == "petit" and serie.a_des_trous):
        return barres(serie, taille, accent=accent)
    return courbe(serie, taille, accent=accent)
