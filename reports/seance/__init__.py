"""The papers of a meeting: convocation, feuille d’émargement, relevé de décisions.

Each is one frozen tree, built from the meeting by a `build_…` function and read by its renderers.
"""

from .build import build_convocation, build_emargement, build_releve

__all__ = ["build_convocation", "build_emargement", "build_releve"]
