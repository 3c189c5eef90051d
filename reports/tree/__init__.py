"""One frozen tree of plain data, from which every form of the bilan is made."""

from .build import build_bilan
from .nodes import Bilan

__all__ = ["Bilan", "build_bilan"]
