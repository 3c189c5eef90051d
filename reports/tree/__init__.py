"""One frozen tree of plain data, from which every form of the bilan is made."""

from .build import ancre_d_axe, build_bilan
from .composition import compose
from .nodes import Bilan

__all__ = ["Bilan", "ancre_d_axe", "build_bilan", "compose"]
