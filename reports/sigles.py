"""The sigles that a bilan uses: each is explained once, in its annexe."""

import dataclasses
import re
from collections.abc import Iterator

from ctg_portal.lib.sigles import SIGLES

# Written in capitals by some: the same sigle.
_VARIANTES = {"CAF": "Caf", "CNAF": "Cnaf", "Copil": "COPIL", "Cotech": "COTECH"}
_MOT = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, [*SIGLES, *_VARIANTES])) + r")(?!\w)")


def sigles_of(tree) -> tuple[tuple[str, str], ...]:
    """The sigles found in the texts of a tree of dataclasses, in alphabetical order."""
    found = {
        _VARIANTES.get(sigle, sigle) for texte in texts_of(tree) for sigle in _MOT.findall(texte)
    }
    return tuple((sigle, SIGLES[sigle]) for sigle in sorted(found, key=str.upper))


def texts_of(node) -> Iterator[str]:
    """Every text of a tree of dataclasses and tuples."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, (tuple, list)):
        for item in node:
            yield from texts_of(item)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from texts_of(getattr(node, field.name))
