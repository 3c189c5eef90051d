"""Charts of indicators: series in, SVG out, the same on screen and in print."""

from .bars import barres
from .choice import choisir, est_tracable
from .curve import courbe
from .placement import ChartOverlap
from .planche import planche
from .scale import Cadre

__all__ = ["Cadre", "ChartOverlap", "barres", "choisir", "courbe", "est_tracable", "planche"]
