"""When and where the meeting is held that a deck is made for."""

from ..tree.nodes import Reunion


def quand(reunion: Reunion | None) -> str:
    """Day, hour and place of a meeting, as far as they are known."""
    if reunion is None:
        return ""
    return ", ".join(part for part in (reunion.date, reunion.heure, reunion.lieu) if part)
