"""Everything the bilan reads, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from actions.models import Document, FicheAction
from axes.models import Objectif
from copil.models import Point, Reunion
from indicators.models import Indicateur
from indicators.series import Serie, series_of

from .exercice import Exercice


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one convention, as the tree is built from them."""

    axes: list
    objectifs: list
    fiches: list[FicheAction]
    jalons: list
    signataires: list
    communes: list[str]
    documents: list[Document]
    instances: list
    reunions: list[Reunion]
    points: list[Point]
    series: "Series"


@dataclass(frozen=True, slots=True)
class Series:
    """The series by what they belong to: the nearest of volet, fiche, axe, convention."""

    volets: dict[int, list[Serie]]
    fiches: dict[int, list[Serie]]
    axes: dict[int, list[Serie]]
    convention: list[Serie]


def load(convention, exercice: Exercice) -> Rows:
    """Read a convention, archived fiches and the documents that may not leave left out."""
    return Rows(
        axes=list(convention.axes.prefetch_related("pilotes", "thematiques")),
        objectifs=_objectifs(convention),
        fiches=list(_fiches(convention)),
        jalons=list(convention.jalons.all()),
        signataires=list(convention.signataires.prefetch_related("representants")),
        communes=[commune.nom for commune in convention.communes.all()],
        documents=list(convention.documents.leaving_the_portal()),
        instances=list(convention.instances.all()),
        reunions=list(_reunions(convention)),
        points=list(
            convention.points.select_related("suite_de").order_by("exercice", "ordre", "pk")
        ),
        series=_series(convention, exercice),
    )


def _series(convention, exercice: Exercice) -> Series:
    by_indicateur = {serie.pk: serie for serie in series_of(convention, jusqua=exercice.annee)}
    found = Series(defaultdict(list), defaultdict(list), defaultdict(list), [])
    places = Indicateur.objects.of_convention(convention).values_list(
        "pk", "volet_id", "fiche_id", "axe_id"
    )
    for pk, volet, fiche, axe in places.order_by("ordre", "pk"):
        serie = by_indicateur[pk]
        if volet:
            found.volets[volet].append(serie)
        elif fiche:
            found.fiches[fiche].append(serie)
        elif axe:
            found.axes[axe].append(serie)
        else:
            found.convention.append(serie)
    return found


def _objectifs(convention) -> list:
    return list(Objectif.objects.filter(axe__convention=convention))


def _fiches(convention):
    return (
        FicheAction.objects.of_convention(convention)
        .active()
        .in_order()
        .select_related("axe", "objectif", "precedente__axe__convention")
        # Never printed, so never read.
        .defer("notes_internes", "recherche")
        .prefetch_related(
            "pilotes",
            "partenaires",
            "communes",
            "thematiques",
            Prefetch("fiches_liees", queryset=FicheAction.objects.only("pk")),
            "resultats_attendus",
            "volets",
            "realisations",
            "points_etape",
            "financements",
        )
    )


def _reunions(convention):
    return convention.reunions.prefetch_related(
        "instances",
        Prefetch("fiches", queryset=FicheAction.objects.only("pk")),
        "participants",
        "ordre_du_jour",
        "decisions",
        Prefetch("documents", queryset=Document.objects.leaving_the_portal()),
    )


def grouped(rows, key) -> dict:
    """Rows by the value of an attribute or a function, in the order they came."""
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
