"""Charts of indicators: series in, SVG out, the same on screen and in print."""

from .bars import barres
from .choice import choisir, est_tracable
from .curve import courbe
from .placement import ChartOverlap

__all__ = ["ChartOverlap", "barres", "choisir", "courbe", "est_tracable"]
