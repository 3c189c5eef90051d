"""The meeting that a bilan is shown at."""

from . import nodes

COPIL, PREVUE = "comité de pilotage", "prévue"


def copil_de(tree: nodes.Bilan) -> nodes.Reunion | None:
    """The meeting that the deck is for: the first COPIL still planned, else the last one held."""
    names = {instance.nom for instance in tree.gouvernance.instances if instance.type == COPIL}
    meetings = [
        meeting
        for meeting in tree.gouvernance.reunions
        if names.intersection(meeting.instances) and not meeting.annulee
    ]
    planned = [meeting for meeting in meetings if meeting.etat == PREVUE]
    return planned[0] if planned else meetings[-1] if meetings else None
