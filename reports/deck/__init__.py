"""The presentation for the COPIL: the tree of a bilan as 16:9 slides.

`build_deck` turns one tree into plain slides; `reports.render.deck` prints them as PDF and
`reports.render.pptx` writes them as an editable presentation. Both show the same slides.
"""

from .build import build_deck
from .slides import Deck

__all__ = ["Deck", "build_deck"]
