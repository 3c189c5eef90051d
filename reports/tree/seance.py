"""The meeting that a bilan is shown at."""

from . import nodes

COPIL, PREVUE = "comité de pilotage", "prévue"
#: A COPIL is told by this word, whatever its title.
SIGLE = "COPIL"


def reunion_nommee(tree: nodes.Bilan) -> str:
    """The meeting that examined an arrêté, or that a draft is prepared for, in words; or nothing.

    It may not be among those of the tree: a bilan of a year is examined in the next one.
    """
    if tree.arrete:
        return tree.arrete.reunion
    return tree.composition.reunion if tree.composition else ""


def copil_de(tree: nodes.Bilan) -> nodes.Reunion | None:
    """The meeting that the deck is for: the one that the bilan names, or else a COPIL.

    None if the bilan names a meeting that its tree does not hold. Of the COPIL, the first one that
    is still planned, or else the last one held.
    """
    if named := reunion_nommee(tree):
        meetings = tree.gouvernance.reunions
        return next((one for one in meetings if named in _wordings(tree, one)), None)
    meetings = [
        meeting
        for meeting in tree.gouvernance.reunions
        if est_un_copil(tree, meeting) and not meeting.annulee
    ]
    planned = [meeting for meeting in meetings if meeting.etat == PREVUE]
    return planned[0] if planned else meetings[-1] if meetings else None


def est_un_copil(tree: nodes.Bilan, meeting: nodes.Reunion) -> bool:
    names = {instance.nom for instance in tree.gouvernance.instances if instance.type == COPIL}
    return bool(names.intersection(meeting.instances))


def _wordings(tree: nodes.Bilan, meeting: nodes.Reunion) -> set[str]:
    """How the words of a bilan may name this meeting."""
    names = [meeting.nom, *([SIGLE] if est_un_copil(tree, meeting) else [])]
    if not meeting.date:
        return set(names)
    return {f"{name}{joint}{meeting.date}" for name in names for joint in (" du ", ", ")}
