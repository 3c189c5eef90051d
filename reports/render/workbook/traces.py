"""The charts of the synthesis: how many fiches of each axe have each status."""

from ...tree import Bilan
from .model import Trace


def status_traces(tree: Bilan, first_column: int) -> tuple[Trace, ...]:
    """Two stacked charts, one bar per axe; `first_column` is the first that counts a status."""
    if not tree.axes:
        return ()
    last, column, found = len(tree.axes) - 1, first_column, []
    for title, comptes in (
        ("Réalisation des fiches", tree.comptes.realisation),
        ("Objectifs des fiches", tree.comptes.objectifs),
    ):
        values = tuple(range(column, column + len(comptes)))
        tons = tuple(compte.statut.ton for compte in comptes)
        found.append(Trace(title, "cumul", 0, last, 0, values, tons=tons))
        column += len(comptes)
    return tuple(found)
