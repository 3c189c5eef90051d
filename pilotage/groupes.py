"""The groups of the plan d'actions: by axe and objectif, by pilote, or by one status."""

from collections import defaultdict
from collections.abc import Callable, Iterable
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
    return _by_value(fiches, lignes, GROUPER_PAR[grouper])


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


def _by_pilote(fiches, lignes) -> list[SectionPlan]:
    names = {fiche.pk: _names(fiche) or [SANS_PILOTE] for fiche in fiches}
    under: dict[str, list[LignePlan]] = defaultdict(list)
    for fiche in fiches:
        keys = [
            f"{fiche.pk}-{rank}" if rank else str(fiche.pk) for rank in range(len(names[fiche.pk]))
        ]
        for rank, name in enumerate(names[fiche.pk]):
            own_first = [keys[rank], *keys[:rank], *keys[rank + 1 :]]
            under[name].append(lignes[fiche.pk].as_row(own_first))
    ordered = sorted(under, key=lambda name: (name == SANS_PILOTE, normalise(name), name))
    return [SectionPlan(name, [GroupePlan("", under[name])]) for name in ordered]


def _names(fiche: FicheAction) -> list[str]:
    return list(dict.fromkeys(pilote.nom for pilote in fiche.pilotes.all()))


def _by_value(fiches, lignes, champ: str) -> list[SectionPlan]:
    under: dict[str, list[LignePlan]] = defaultdict(list)
    for fiche in fiches:
        under[getattr(fiche, champ)].append(lignes[fiche.pk])
    heading = _heading_of(champ)
    return [heading(value, under[value]) for value in _values(champ) if under[value]]


def _values(champ: str) -> Iterable[str]:
    values = STATUTS[champ].values if champ in STATUTS else Suite.values
    return [*values, ""]


def _heading_of(champ: str) -> Callable[[str, list[LignePlan]], SectionPlan]:
    def of_suite(value, lignes):
        words = Suite(value).label.capitalize() if value else SANS_SUITE
        return SectionPlan(words, [GroupePlan("", lignes)])

    def of_status(value, lignes):
        apparence = STATUTS[champ].apparence_of(value)
        return SectionPlan(
            apparence.label, [GroupePlan("", lignes)], icone=icones.svg(apparence.icone)
        )

    return of_status if champ in STATUTS else of_suite
