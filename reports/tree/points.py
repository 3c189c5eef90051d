"""The points of the year: what was written for an exercice, and what became of it."""

from copil.enums import NaturePoint

from . import nodes
from .exercice import Exercice
from .loading import grouped

_LISTES = {
    NaturePoint.FORT: "forts",
    NaturePoint.FAIBLE: "faibles",
    NaturePoint.PERSPECTIVE: "perspectives",
    NaturePoint.PHARE: "phares",
    NaturePoint.NOTE: "notes",
}
DEVENIR_INCONNU = "Devenir non renseigné"


class PointsBuilder:
    """Builds the points of every axe from the points of the whole convention."""

    def __init__(self, points, exercice: Exercice, renvois):
        self.exercice = exercice
        self.renvois = renvois
        self.by_axe = grouped(points, lambda point: point.axe_id)
        self.suites = grouped(points, lambda point: point.suite_de_id)

    def build(self, axe_pk: int | None) -> tuple[nodes.PointsAnnee, ...]:
        """One node per exercice that has points; `axe_pk` None: those of the whole convention."""
        points = self.by_axe[axe_pk]
        precedentes = [
            self._point(point, expected=True)
            for point in points
            if point.nature == NaturePoint.PERSPECTIVE
            and self.exercice.is_year_before(point.exercice)
        ]
        kept = [point for point in points if self.exercice.is_year(point.exercice)]
        years = grouped(kept, lambda point: point.exercice)
        if precedentes and not years:
            years[self.exercice.annee] = []
        return tuple(
            self._annee(year, years[year], precedentes if self.exercice else [])
            for year in sorted(years)
        )

    def _annee(self, year, points, precedentes) -> nodes.PointsAnnee:
        lists = {name: [] for name in _LISTES.values()}
        for point in points:
            # A bilan of one year cannot know what its own perspectives will become; that of the
            # whole period has to say so when nobody wrote it down.
            lists[_LISTES[point.nature]].append(self._point(point, expected=not self.exercice))
        return nodes.PointsAnnee(
            exercice=year,
            precedentes=tuple(precedentes),
            **{name: tuple(found) for name, found in lists.items()},
        )

    def _point(self, point, *, expected: bool) -> nodes.Point:
        taken_up = tuple(
            f"{suite.get_nature_display()} {suite.exercice}" for suite in self.suites[point.pk]
        )
        is_perspective = point.nature == NaturePoint.PERSPECTIVE
        unknown = DEVENIR_INCONNU if expected and is_perspective and not taken_up else ""
        return nodes.Point(
            texte=nodes.Texte(point.texte),
            devenir=point.get_devenir_display() or unknown,
            fiche=self.renvois.get(point.fiche_id),
            reprend=nodes.Texte(point.suite_de.texte).simple if point.suite_de else "",
            repris_par=taken_up,
            pk=point.pk,
        )
