"""The sheets of one axe: what was planned, what is done, what is not and why, on two A4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.enums import Realisation
from ctg_portal.lib.typographie import abrege

from ..tree import nodes
from .coupes import Fait, Lignes, Passage, facts_of, latest_facts, noms
from .niveaux import NiveauAxe
from .series import Series, series_of


@dataclass(frozen=True, slots=True)
class FicheFaite:
    """A fiche of which something is done, with the latest thing that was."""

    fiche: nodes.Fiche
    titre: str
    fait: Fait | None


@dataclass(frozen=True, slots=True)
class FicheNonFaite:
    """A fiche that is not done, or in part only, and what is said of it."""

    fiche: nodes.Fiche
    titre: str
    analyse: Passage


@dataclass(frozen=True, slots=True)
class LigneDeTable:
    """A row of the table of fiches; `objectif` is the title that opens its group, if it does."""

    fiche: nodes.Fiche
    titre: str
    objectif: str


@dataclass(frozen=True, slots=True)
class PointsDeFeuille:
    """The points of the latest exercice that has any; `autres` are the other exercices."""

    annee: nodes.PointsAnnee
    listes: tuple[tuple[str, Lignes[Passage]], ...]
    autres: tuple[int, ...]

    @property
    def coupes(self) -> bool:
        return any(one.coupe for _, lines in self.listes for one in lines.lignes)


@dataclass(frozen=True, slots=True)
class FeuilleAxe:
    """What the sheets of an axe print; `suite` names the texts that go on in the portal."""

    axe: nodes.Axe
    pilotes: str
    presentation: Passage
    objectifs: Lignes[str]
    faites: Lignes[FicheFaite]
    non_faites: Lignes[FicheNonFaite]
    series: Series
    points: PointsDeFeuille | None
    table: Lignes[LigneDeTable]
    suite: tuple[str, ...]


def build_axe(axe: nodes.Axe, niveau: NiveauAxe, *, accent: str) -> FeuilleAxe:
    """The sheets of an axe at a level."""
    presentation = Passage(axe.presentation, niveau.presentation)
    done = _faites(axe.fiches, niveau)
    not_done = _non_faites(axe.fiches, niveau)
    points = _points(axe.annees, niveau)
    cuts = (
        ("présentation", presentation.coupe),
        ("réalisations", any(one.fait and one.fait.texte.coupe for one in done.lignes)),
        ("analyse des écarts", any(one.analyse.coupe for one in not_done.lignes)),
        ("points de l’année", bool(points and points.coupes)),
    )
    return FeuilleAxe(
        axe=axe,
        pilotes=noms(axe.pilotes, niveau.liste) or "non renseigné",
        presentation=presentation,
        objectifs=Lignes.premieres(
            [abrege(str(one), niveau.objectif) for one in axe.objectifs if one.intitule],
            niveau.objectifs,
        ),
        faites=done,
        non_faites=not_done,
        series=series_of(_indicateurs(axe), niveau.series, accent=accent, drawn=niveau.series),
        points=points,
        table=_table(axe, niveau),
        suite=tuple(name for name, is_cut in cuts if is_cut),
    )


def _faites(fiches: Iterable[nodes.Fiche], niveau: NiveauAxe) -> Lignes[FicheFaite]:
    """The fiches done in whole or in part, and those of which something is done all the same."""
    found = []
    for fiche in fiches:
        latest = latest_facts(facts_of(fiche, niveau.fait), 1)
        if fiche.realisation.valeur in (Realisation.REALISEE, Realisation.PARTIELLEMENT) or (
            latest and fiche.realisation.valeur != Realisation.NON_REALISEE
        ):
            title = abrege(fiche.intitule, niveau.titre)
            found.append(FicheFaite(fiche, title, latest[0] if latest else None))
    return Lignes.premieres(found, niveau.faites)


def _non_faites(fiches: Iterable[nodes.Fiche], niveau: NiveauAxe) -> Lignes[FicheNonFaite]:
    """The fiches not done, and those whose difference with the plan is explained."""
    found = [
        FicheNonFaite(
            fiche, abrege(fiche.intitule, niveau.titre), Passage(fiche.analyse, niveau.analyse)
        )
        for fiche in fiches
        if fiche.realisation.valeur == Realisation.NON_REALISEE
        or (
            fiche.realisation.valeur != Realisation.REALISEE
            and (fiche.motif_ecart or fiche.analyse)
        )
    ]
    return Lignes.premieres(found, niveau.non_faites)


def _indicateurs(axe: nodes.Axe) -> list:
    """Those of the axe itself, then the key ones of its fiches."""
    of_fiches = [serie for fiche in axe.fiches for serie in fiche.indicateurs_tous if serie.cle]
    return [*axe.indicateurs, *of_fiches]


def _points(annees: Sequence[nodes.PointsAnnee], niveau: NiveauAxe) -> PointsDeFeuille | None:
    if not annees:
        return None
    latest = max(annees, key=lambda annee: annee.exercice)
    lists = (
        ("Points forts", latest.forts),
        ("Points faibles", latest.faibles),
        (f"Perspectives {latest.annee_suivante}", latest.perspectives),
        ("Éléments phares", latest.phares),
        ("Notes", latest.notes),
    )
    return PointsDeFeuille(
        annee=latest,
        listes=tuple(
            (
                title,
                Lignes.premieres(
                    [Passage(one.texte, niveau.point) for one in points], niveau.points
                ),
            )
            for title, points in lists
            if points
        ),
        autres=tuple(annee.exercice for annee in annees if annee is not latest),
    )


def _table(axe: nodes.Axe, niveau: NiveauAxe) -> Lignes[LigneDeTable]:
    rows = []
    for objectif in axe.objectifs:
        name = str(objectif) if objectif.intitule else "Hors objectif"
        for rank, fiche in enumerate(objectif.fiches):
            opens = rank == 0 and (objectif.intitule or len(axe.objectifs) > 1)
            rows.append(
                LigneDeTable(
                    fiche,
                    abrege(fiche.intitule, niveau.titre),
                    abrege(name, niveau.objectif) if opens else "",
                )
            )
    return Lignes.premieres(rows, niveau.lignes)
