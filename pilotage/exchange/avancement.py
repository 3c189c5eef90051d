"""How far an import is, for the page that waits for it.

An import holds the database until its end: what it says of itself meanwhile stands in a small file
beside the received one, which every process of the portal can read.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ctg_portal.lib.typographie import NBSP, nombre

from .received import Recu

NOM = "avancement"

#: Called with a stage, the rows that are done and those to do (0: not known yet).
Progress = Callable[[str, int, int], None]


def follow(recu: Recu) -> Progress:
    """A function to be called as the import goes on; a full disk does not stop the import."""

    def say(etape: str, fait: int, total: int) -> None:
        path = _path(recu)
        # Replaced as a whole: whoever reads it never sees half of it.
        draft = path.with_suffix(".tmp")
        with suppress(OSError):
            draft.write_text(json.dumps([etape, fait, total]), encoding="utf-8")
            draft.replace(path)

    return say


def read(recu: Recu) -> dict[str, object] | None:
    """`texte`, and `part` between 0 and 1 or None; None as a whole before the import began."""
    try:
        etape, fait, total = json.loads(_path(recu).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not total:
        return {"texte": f"{etape}…", "part": None}
    done = f"{nombre(fait)} lignes sur {nombre(total)}"
    return {"texte": f"{etape}{NBSP}: {done}", "part": fait / total}


def _path(recu: Recu) -> Path:
    return recu.path.with_name(NOM)
