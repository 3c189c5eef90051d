"""Réalisation × objectifs: how many fiches say both, and what the table tells in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from actions.enums import Apparence, Objectifs, Realisation
from actions.forms.plan import SANS_VALEUR
from actions.models import FicheAction
from actions.queries import crossed_statuses
from axes.models import Axe, Convention
from ctg_portal.lib.typographie import NBSP, compte

REALISATIONS = (*Realisation.values, "")
OBJECTIFS = (*Objectifs.values, "")


@dataclass(frozen=True, slots=True)
class Case:
    """Fiches that share what `filtre`, a query of the plan, asks for.

    `part` is their share of the fullest cell of the table, from 0 to 100.
    """

    nombre: int
    filtre: str
    objectifs: Apparence
    part: int = 0


@dataclass(frozen=True, slots=True)
class LigneCroisee:
    realisation: Apparence
    cases: tuple[Case, ...]
    total: int
    filtre: str


@dataclass(frozen=True, slots=True)
class Croisement:
    """`lignes` by réalisation, `colonnes` the totals by objectifs, both with "non renseigné".

    `axe` is the one that is looked at, None for the whole convention; `axes` are all of them.
    """

    axes: tuple[Axe, ...]
    axe: Axe | None
    lignes: tuple[LigneCroisee, ...]
    colonnes: tuple[Case, ...]
    total: int
    filtre: str
    phrases: tuple[str, ...]


def build_croisement(convention: Convention, axe: str = "") -> Croisement:
    """The 4 × 4 table of the fiches that are not archived. Two queries.

    `axe` is the key of one axe, as an address writes it; any other word is the whole convention.
    """
    axes = tuple(Axe.objects.filter(convention=convention))
    chosen = next((one for one in axes if str(one.pk) == axe), None)
    fiches = FicheAction.objects.of_convention(convention).active()
    counts = crossed_statuses(fiches.filter(axe=chosen) if chosen else fiches)
    within = {"axe": chosen.pk} if chosen else {}
    return Croisement(
        axes=axes,
        axe=chosen,
        lignes=tuple(_line(realisation, counts, within) for realisation in REALISATIONS),
        colonnes=tuple(_column(objectifs, counts, within) for objectifs in OBJECTIFS),
        total=sum(counts.values()),
        filtre=urlencode(within),
        phrases=tuple(_sentences(counts)),
    )


def _line(realisation: str, counts, within: dict) -> LigneCroisee:
    asked = within | {"realisation": realisation or SANS_VALEUR}
    fullest = max(counts.values(), default=0)
    cases = []
    for objectifs in OBJECTIFS:
        nombre = counts.get((realisation, objectifs), 0)
        cases.append(
            Case(
                nombre,
                urlencode(asked | {"objectifs": objectifs or SANS_VALEUR}),
                Objectifs.apparence_of(objectifs),
                part=round(100 * nombre / fullest) if fullest else 0,
            )
        )
    total = sum(case.nombre for case in cases)
    apparence = Realisation.apparence_of(realisation)
    return LigneCroisee(apparence, tuple(cases), total, urlencode(asked))


def _column(objectifs: str, counts, within: dict) -> Case:
    return Case(
        sum(counts.get((realisation, objectifs), 0) for realisation in REALISATIONS),
        urlencode(within | {"objectifs": objectifs or SANS_VALEUR}),
        Objectifs.apparence_of(objectifs),
    )


def _sentences(counts) -> Iterator[str]:
    """What an élue would ask of the table: what worked, what was done in vain, what is not told."""

    def of(realisation, *objectifs):
        return sum(counts.get((realisation, value), 0) for value in objectifs)

    worked = of(Realisation.REALISEE, Objectifs.ATTEINTS)
    yield (
        f"{compte(worked, 'fiche')} sur {sum(counts.values())}{NBSP}: l’action est réalisée et ses"
        " objectifs sont atteints."
    )
    short = of(Realisation.REALISEE, Objectifs.PARTIELLEMENT, Objectifs.NON_ATTEINTS)
    undone = of(Realisation.NON_REALISEE, *OBJECTIFS)
    silent = of("", "")
    for nombre, words in (
        (
            short,
            "l’action est réalisée, ses objectifs ne sont pas atteints ou ne le sont qu’en partie",
        ),
        (undone, "l’action n’est pas réalisée"),
        (silent, "ni la réalisation ni les objectifs ne sont renseignés"),
    ):
        if nombre:
            yield f"{compte(nombre, 'fiche')}{NBSP}: {words}."
