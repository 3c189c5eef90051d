"""Which actions reach a commune: those that name it, and those for the whole territory."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from actions.models import FicheAction, Realisation
from actions.queries import counts_by_commune, realisations_of
from axes.models import Axe, Commune, Convention
from indicators.models import Indicateur, Structure
from indicators.series import Serie, series_of

from .lieux import Communes
from .plan import LignePlan, build_lines

# Beyond these, what was done in a commune is folded under one line.
REALISATIONS_MONTREES = 6


@dataclass(frozen=True, slots=True)
class CommuneComptee:
    """What is tied to one commune, besides what is for the whole territory."""

    pk: int
    nom: str
    fiches: int
    structures: int
    realisations: int


@dataclass(frozen=True, slots=True)
class CommunesVues:
    """`partout`: fiches that name no commune, and so reach each of them."""

    communes: tuple[CommuneComptee, ...]
    partout: int


@dataclass(frozen=True, slots=True)
class FichesAxe:
    axe: Axe
    lignes: tuple[LignePlan, ...]


@dataclass(frozen=True, slots=True)
class StructureVue:
    structure: Structure
    series: tuple[Serie, ...]


@dataclass(frozen=True, slots=True)
class CommuneVue:
    """`propres` name the commune; `partout` name none."""

    commune: Commune
    propres: tuple[FichesAxe, ...]
    partout: tuple[FichesAxe, ...]
    structures: tuple[StructureVue, ...]
    realisations: tuple[Realisation, ...]

    @property
    def premieres_realisations(self) -> tuple[Realisation, ...]:
        return self.realisations[:REALISATIONS_MONTREES]

    @property
    def autres_realisations(self) -> tuple[Realisation, ...]:
        return self.realisations[REALISATIONS_MONTREES:]

    @property
    def nombre_propres(self) -> int:
        return sum(len(groupe.lignes) for groupe in self.propres)

    @property
    def nombre_partout(self) -> int:
        return sum(len(groupe.lignes) for groupe in self.partout)


def build_communes(convention: Convention) -> CommunesVues:
    """Every commune of the convention with what is tied to it. Four queries."""
    communes = list(Commune.objects.filter(convention=convention))
    fiches = counts_by_commune(convention)
    structures = Counter(
        Structure.objects.filter(convention=convention).values_list("commune_id", flat=True)
    )
    places = realisations_of(convention).exclude(lieu="").values_list("lieu", flat=True)
    known = Communes(communes)
    realisations = Counter(pk for lieu in places for pk in known.named_in(lieu))
    return CommunesVues(
        communes=tuple(
            CommuneComptee(
                pk=commune.pk,
                nom=commune.nom,
                fiches=fiches.get(commune.pk, 0),
                structures=structures[commune.pk],
                realisations=realisations[commune.pk],
            )
            for commune in communes
        ),
        partout=fiches.get(None, 0),
    )


def build_commune(commune: Commune, convention: Convention) -> CommuneVue:
    """One commune: its fiches by axe, its structures and their figures, what was done there.

    Five queries, and one more where its structures have indicators.
    """
    fiches = list(
        FicheAction.objects.of_convention(convention)
        .active()
        .reaching(commune)
        .with_place()
        .in_order()
    )
    lignes = build_lines(fiches, frozenset(), convention.slug, precisions=False)
    return CommuneVue(
        commune=commune,
        propres=_by_axe([fiche for fiche in fiches if fiche.la_nomme], lignes),
        partout=_by_axe([fiche for fiche in fiches if not fiche.la_nomme], lignes),
        structures=_structures(commune, convention),
        realisations=_done_there(commune, convention),
    )


def _by_axe(fiches, lignes) -> tuple[FichesAxe, ...]:
    return tuple(
        FichesAxe(axe, tuple(lignes[fiche.pk] for fiche in of_axe))
        for axe, of_axe in groupby(fiches, key=lambda fiche: fiche.axe)
    )


def _structures(commune, convention) -> tuple[StructureVue, ...]:
    series = series_of(
        convention,
        indicateurs=Indicateur.objects.of_convention(convention).filter(structure__commune=commune),
    )
    return tuple(
        StructureVue(
            structure, tuple(serie for serie in series if serie.structure == structure.nom)
        )
        for structure in Structure.objects.filter(commune=commune)
    )


def _done_there(commune, convention) -> tuple[Realisation, ...]:
    """The latest first, those without a date last."""
    known = Communes(Commune.objects.filter(convention=convention))
    there = [
        realisation
        for realisation in realisations_of(convention).exclude(lieu="").order_by("-date", "pk")
        if commune.pk in known.named_in(realisation.lieu)
    ]
    return tuple(sorted(there, key=lambda realisation: realisation.date is None))
