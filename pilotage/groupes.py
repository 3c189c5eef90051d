"""The groups of the plan d'actions: by axe and objectif, by pilote, or by one status."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.safestring import SafeString

from actions.enums import STATUTS, Suite
from actions.forms.plan import GROUPER_PAR
from actions.models import FicheAction
from axes.models import Axe
from ctg_portal.lib import icones
from ctg_portal.lib.recherche import normalise

from .plan import LignePlan

SANS_PILOTE = "Sans pilote"
SANS_SUITE = "Suite non renseignée"


@dataclass(slots=True)
class GroupePlan:
    """Rows that keep their order among themselves; `titre` is empty where there is no level."""

    titre: str
    lignes: list[LignePlan] = field(default_factory=list)


@dataclass(slots=True)
class SectionPlan:
    """A heading of the plan and its groups; `axe` is None when the plan is grouped otherwise."""

    titre: str
    groupes: list[GroupePlan]
    axe: Axe | None = None
    icone: SafeString | None = None

    @property
    def compte(self) -> int:
        return sum(len(groupe.lignes) for groupe in self.groupes)


def build_plan(
    fiches: list[FicheAction], lignes: dict[int, LignePlan], grouper: str = ""
) -> list[SectionPlan]:
    """The sections of a plan, none of them empty; `grouper` is one of GROUPER_PAR.

    `fiches` are in the order of the plan, and `lignes` hold the row of each by key. A fiche of
    several pilotes stands under each of them.
    """
    if grouper not in GROUPER_PAR:
        return _by_axe(fiches, lignes)
    if grouper == "pilote":
        return _by_pilote(fiches, lignes)
    return _by_value(fiches, lignes, grouper)


def _by_axe(fiches, lignes) -> list[SectionPlan]:
    return [
        SectionPlan(
            axe.intitule,
            [
                GroupePlan(str(objectif or ""), [lignes[fiche.pk] for fiche in of_objectif])
                for objectif, of_objectif in groupby(of_axe, key=lambda fiche: fiche.objectif)
            ],
            axe=axe,
        )
        for axe, of_axe in groupby(fiches, key=lambda fiche: fiche.axe)
    ]


def fiches_by_heading(fiches: Iterable[FicheAction], grouper: str) -> dict[str, list[FicheAction]]:
    """The fiches under each heading, in the order of the screen; `grouper` is one of GROUPER_PAR.

    Headings are the names of pilotes, or the values of the status. Give the fiches with their
    pilotes; a fiche of several stands under each of them.
    """
    under: dict[str, list[FicheAction]] = defaultdict(list)
    if grouper == "pilote":
        for fiche in fiches:
            for name in _names(fiche):
                under[name].append(fiche)
        ordered = sorted(under, key=lambda name: (name == SANS_PILOTE, normalise(name), name))
    else:
        champ = GROUPER_PAR[grouper]
        for fiche in fiches:
            under[getattr(fiche, champ)].append(fiche)
        ordered = [value for value in _values(champ) if value in under]
    return {heading: under[heading] for heading in ordered}


def heading_words(grouper: str, heading: str) -> str:
    """What a heading of `fiches_by_heading` says."""
    if grouper == "pilote":
        return heading
    champ = GROUPER_PAR[grouper]
    if champ in STATUTS:
        return STATUTS[champ].apparence_of(heading).label
    return Suite(heading).label.capitalize() if heading else SANS_SUITE


def _by_pilote(fiches, lignes) -> list[SectionPlan]:
    names = {fiche.pk: _names(fiche) for fiche in fiches}
    return [
        SectionPlan(
            name,
            [GroupePlan("", [_row_under(name, names[one.pk], lignes[one.pk]) for one in under])],
        )
        for name, under in fiches_by_heading(fiches, "pilote").items()
    ]


def _row_under(name: str, names: list[str], ligne: LignePlan) -> LignePlan:
    """The row of a fiche under one of its pilotes; it knows its other rows."""
    keys = [f"{ligne.pk}-{rank}" if rank else ligne.pk for rank in range(len(names))]
    rank = names.index(name)
    return ligne.as_row([keys[rank], *keys[:rank], *keys[rank + 1 :]])


def _names(fiche: FicheAction) -> list[str]:
    return list(dict.fromkeys(pilote.nom for pilote in fiche.pilotes.all())) or [SANS_PILOTE]


def _by_value(fiches, lignes, grouper: str) -> list[SectionPlan]:
    return [
        SectionPlan(
            heading_words(grouper, value),
            [GroupePlan("", [lignes[fiche.pk] for fiche in under])],
            icone=_icon(GROUPER_PAR[grouper], value),
        )
        for value, under in fiches_by_heading(fiches, grouper).items()
    ]


def _values(champ: str) -> Iterable[str]:
    values = STATUTS[champ].values if champ in STATUTS else Suite.values
    return [*values, ""]


def _icon(champ: str, value: str) -> SafeString | None:
    return icones.svg(STATUTS[champ].apparence_of(value).icone) if champ in STATUTS else None
