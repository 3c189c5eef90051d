"""What the pages of the indicators show: the list by axe, one indicator with its changes."""

from dataclasses import dataclass

from axes.access import Acces
from axes.models import Axe, Convention
from indicators.comparables import Comparaison, comparaisons_of
from indicators.models import Indicateur
from indicators.series import Serie, build_serie, series_of
from journal.models import Entree
from journal.phrases import Ligne, describe

ENTREES_MONTREES = 8


@dataclass(frozen=True, slots=True)
class GroupeSeries:
    """The series of one axe, or those of the whole convention (no axe).

    Those of several structures that share a scale stand together, the others by structure.
    """

    axe: Axe | None
    comparaisons: tuple[Comparaison, ...]
    structures: tuple[tuple[str, tuple[Serie, ...]], ...]

    @property
    def nombre(self) -> int:
        return sum(len(one.series) for one in self.comparaisons) + sum(
            len(series) for _, series in self.structures
        )


@dataclass(frozen=True, slots=True)
class IndicateurVu:
    """One indicator, its series, and the latest entries of the journal about it."""

    indicateur: Indicateur
    serie: Serie
    entrees: list[Ligne]


def build_groups(convention: Convention, indicateurs) -> list[GroupeSeries]:
    """The series grouped by axe, the convention's own first. Four queries."""
    by_axe: dict[int | None, list[Serie]] = {}
    for serie in series_of(convention, indicateurs=indicateurs):
        by_axe.setdefault(serie.axe_pk, []).append(serie)
    axes = {axe.pk: axe for axe in Axe.objects.filter(convention=convention)}
    types = dict(indicateurs.order_by().values_list("pk", "structure__type"))
    order = [None, *axes]
    return [_group(axes.get(pk), by_axe[pk], types) for pk in order if pk in by_axe]


def build_indicateur(indicateur: Indicateur, acces: Acces) -> IndicateurVu:
    """The indicator with all its values and the last changes, its values' included."""
    entries = (
        Entree.objects.of_convention(acces.convention.pk)
        .filter(additional_data__indicateur=indicateur.pk)
        .select_related("actor", "content_type")
        .recent_first()
    )
    return IndicateurVu(
        indicateur=indicateur,
        serie=build_serie(indicateur, indicateur.valeurs.all()),
        entrees=describe(entries[:ENTREES_MONTREES], interne=acces.voit_interne),
    )


def _group(axe: Axe | None, series: list[Serie], types) -> GroupeSeries:
    compared = comparaisons_of(series, types)
    taken = {serie.pk for one in compared for serie in one.series}
    others = [serie for serie in series if serie.pk not in taken]
    return GroupeSeries(axe, tuple(compared), _by_structure(others))


def _by_structure(series: list[Serie]) -> tuple[tuple[str, tuple[Serie, ...]], ...]:
    """Series without a structure first, then each structure at the place of its first series."""
    found: dict[str, list[Serie]] = {"": []}
    for serie in series:
        found.setdefault(serie.structure, []).append(serie)
    return tuple((name, tuple(group)) for name, group in found.items() if group)
