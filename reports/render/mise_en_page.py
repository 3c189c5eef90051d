"""How the data of the tree are laid out on the page: tables of indicators, notches, lengths."""

from dataclasses import dataclass

from indicators import charts
from indicators.series import PointSerie, Serie

from ..sigles import texts_of
from ..tree.nodes import Bilan, Fiche

# Beyond that many periods a table of 126 mm is turned: one period per row.
COLONNES_MAX = 6
# A fiche that needs fewer lines than this, about a third of a page, is never cut.
LIGNES_INSECABLES = 20
LIGNES_ENTETE = 8
SIGNES_PAR_LIGNE = 70
SIGNES_PAR_CELLULE = 22
SIGNES_PAR_COLONNE = 12


@dataclass(frozen=True, slots=True)
class Cellule:
    """A value in a table; `vide` marks a period without any value."""

    texte: str
    rang_note: int | None = None
    vide: bool = False


@dataclass(frozen=True, slots=True)
class LigneSerie:
    serie: Serie
    cellules: tuple[Cellule, ...]


@dataclass(frozen=True, slots=True)
class TableauSeries:
    """Series that share the same periods, and the charts that show them.

    `colonnes` are the words of the periods; `tourne` says that they are printed as rows.
    """

    colonnes: tuple[str, ...]
    lignes: tuple[LigneSerie, ...]
    accent: str

    @property
    def en_mots(self) -> bool:
        """True when a value is a sentence rather than a figure."""
        cells = (cellule for ligne in self.lignes for cellule in ligne.cellules)
        return any(len(cellule.texte) > SIGNES_PAR_CELLULE for cellule in cells)

    @property
    def tourne(self) -> bool:
        is_wide = any(len(label) > SIGNES_PAR_COLONNE for label in self.colonnes)
        return len(self.colonnes) > COLONNES_MAX or is_wide or self.en_mots

    @property
    def lignes_tournees(self) -> list[tuple[str, list[Cellule]]]:
        """One row per period, one cell per series."""
        return [
            (label, [ligne.cellules[rank] for ligne in self.lignes])
            for rank, label in enumerate(self.colonnes)
        ]

    @property
    def avec_vide(self) -> bool:
        return any(cellule.vide for ligne in self.lignes for cellule in ligne.cellules)

    @property
    def avec_variation(self) -> bool:
        return any(ligne.serie.variation for ligne in self.lignes)

    @property
    def series(self) -> list[Serie]:
        return [ligne.serie for ligne in self.lignes]

    @property
    def traces(self) -> list[tuple[str, list[Serie]]]:
        """Title and series of each chart: one for the pairs that share a unit, else one each."""
        by_unit: dict[str, list[Serie]] = {}
        for serie in filter(charts.est_tracable, self.series):
            by_unit.setdefault(serie.unite, []).append(serie)
        found = []
        for unit, same_unit in by_unit.items():
            if len(same_unit) > 1 and all(_is_pair(serie) for serie in same_unit):
                found.append((unit, same_unit))
                continue
            found += [(_titled(serie), [serie]) for serie in same_unit]
        return found

    @property
    def graphiques(self) -> list[tuple[str, str]]:
        """Title and drawing of each chart."""
        return [
            (
                title,
                charts.barres(series, "moyen", accent=self.accent, titre=title)
                if len(series) > 1
                else charts.choisir(series[0], "moyen", accent=self.accent),
            )
            for title, series in self.traces
        ]


class MiseEnPage:
    """The layout of one bilan."""

    def __init__(self, bilan: Bilan):
        self.bilan = bilan
        self.accent = bilan.convention.couleur
        #: Notches have the same width in every axe, so that lengths compare.
        self.total_max = max((axe.comptes.fiches for axe in bilan.axes), default=0)

    def tableaux(self, series: tuple[Serie, ...]) -> list[TableauSeries]:
        """Series gathered by periods, in their order; one without any value has no table."""
        groups: dict[tuple, list[Serie]] = {}
        for serie in series:
            if serie.points:
                groups.setdefault(tuple(_columns(serie)), []).append(serie)
        return [self._tableau(columns, found) for columns, found in groups.items()]

    def sans_valeur(self, series: tuple[Serie, ...]) -> list[Serie]:
        return [serie for serie in series if not serie.points]

    def est_courte(self, fiche: Fiche) -> bool:
        """True for a fiche that fits in a third of a page, and so is never cut in two."""
        if fiche.indicateurs_tous or fiche.documents:
            return False
        texts = [text for text in texts_of(_printed(fiche)) if text]
        lines = LIGNES_ENTETE + sum(len(text) // SIGNES_PAR_LIGNE + 1 for text in texts)
        return lines < LIGNES_INSECABLES

    def _tableau(self, columns, series) -> TableauSeries:
        return TableauSeries(
            colonnes=tuple(_label(column) for column in columns),
            lignes=tuple(LigneSerie(serie, _cells(serie, columns)) for serie in series),
            accent=self.accent,
        )


def notes_of(serie: Serie) -> list[tuple[int, str]]:
    """The numbered notes of a series, but those that only repeat a value in words."""
    repeated = {
        point.rang_note
        for point in serie.points
        if point.valeur is None and not point.note and not point.partielle
    }
    return [(rank, note) for rank, note in serie.notes if rank not in repeated]


def _printed(fiche: Fiche) -> tuple:
    return (
        ", ".join(fiche.pilotes),
        fiche.elu_referent,
        fiche.periode,
        ", ".join(fiche.communes),
        ", ".join(fiche.thematiques),
        " ; ".join(str(renvoi) for renvoi in fiche.liees),
        fiche.menee_par,
        fiche.suite,
        fiche.contexte,
        fiche.public,
        fiche.moyens,
        fiche.echeancier,
        fiche.analyse,
        tuple(resultat.texte for resultat in fiche.resultats),
        tuple(done.texte for done in fiche.realisations),
        tuple((volet.titre, volet.texte) for volet in fiche.volets),
        tuple(done.texte for volet in fiche.volets for done in volet.realisations),
        ", ".join(partner.organisme + partner.role for partner in fiche.partenaires),
        tuple(line.financeur for line in fiche.financements.lignes),
        tuple(meeting.titre for meeting in fiche.reunions),
        tuple(point.texte for point in fiche.points_etape),
    )


def _titled(serie: Serie) -> str:
    return f"{serie.intitule} ({serie.unite})" if serie.unite else serie.intitule


def _is_pair(serie: Serie) -> bool:
    return (
        len(serie.points) == 2
        and len(serie.chiffrees) == 2
        and bool(serie.structure)
        and serie.cible is None
        and all(point.valeur >= 0 for point in serie.chiffrees)
    )


def _columns(serie: Serie) -> list[tuple[str, bool]]:
    """Periods as (words, is a forecast); years without a value keep their place between others."""
    found = [(point.label, point.previsionnelle) for point in serie.points]
    if all(point.label == str(point.annee) for point in serie.points):
        known = {label for label, _ in found}
        found += [(str(year), False) for year in serie.annees if str(year) not in known]
        found.sort()
    return found


def _label(column: tuple[str, bool]) -> str:
    label, is_forecast = column
    return f"{label} (prév.)" if is_forecast else label


def _cells(serie: Serie, columns) -> tuple[Cellule, ...]:
    by_column: dict[tuple, PointSerie] = {
        (point.label, point.previsionnelle): point for point in serie.points
    }
    noted = {rank for rank, _ in notes_of(serie)}
    cells = []
    for column in columns:
        point = by_column.get(column)
        if point is None:
            cells.append(Cellule("–", vide=True))
            continue
        rank = point.rang_note if point.rang_note in noted else None
        cells.append(Cellule(point.affichage or "–", rank))
    return tuple(cells)
