"""Which communes a place names, when it was written freely: "Vaylats, salle des fêtes"."""

import re
from collections.abc import Iterable

from axes.models import Commune
from ctg_portal.lib.recherche import normalise


class Communes:
    """The communes of a territory, to be recognised in the places that people wrote."""

    def __init__(self, communes: Iterable[Commune]):
        names = {commune.pk: _words(commune.nom) for commune in communes}
        # "Limogne-en-Quercy" is looked for before a "Limogne" that would be part of it.
        self._names = sorted(names.items(), key=lambda item: -len(item[1]))

    def named_in(self, lieu: str) -> set[int]:
        """The keys of the communes that stand in full in this place.

        Without any, that of the only commune whose name begins by the place: "Limogne".
        """
        left = f" {_words(lieu)} "
        found = set()
        for pk, name in self._names:
            if f" {name} " in left:
                found.add(pk)
                left = left.replace(f" {name} ", " | ")
        return found or self._shortened(left.strip())

    def _shortened(self, place: str) -> set[int]:
        if not place:
            return set()
        begun = {pk for pk, name in self._names if name.startswith(f"{place} ")}
        return begun if len(begun) == 1 else set()


def _words(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", normalise(text)).strip()
