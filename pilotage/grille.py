"""The entry grid: which rows and columns it has, and what each cell shows."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.html import escape
from django.utils.safestring import SafeString

from axes.models import Axe, Convention
from ctg_portal.lib.periodes import Periode, TypePeriode, parse_periode
from indicators.alertes import Alerte, Doute, alertes_of
from indicators.enums import Nature, Periodicite
from indicators.grille import cell_key
from indicators.models import Indicateur, Valeur
from indicators.saisie import cellule_of, format_cell
from indicators.series import Serie, build_serie

from .grille_saisie import CHAMP, OUVERTURE, GrilleSaisie

LIGNES_MAX = 60
COLONNES_MAX = 40
CASES_MONTREES_MAX = 950  # each with its opening content: 2,000 fields of a form are read
KINDS = list(TypePeriode)
# Columns of indicators that say nothing of their rhythm, or another one.
_TYPES = {
    Periodicite.SCOLAIRE: TypePeriode.ANNEE_SCOLAIRE,
    Periodicite.MENSUELLE: TypePeriode.MOIS,
    Periodicite.PONCTUELLE: TypePeriode.JOUR,
    Periodicite.CONVENTION: TypePeriode.CONVENTION,
}


@dataclass(frozen=True, slots=True)
class Colonne:
    """One period. `rang`: its place in time; `hors`: outside the convention.

    Columns of one kind stand together, so that a block of years is pasted in one piece.
    """

    periode: Periode
    rang: int
    hors: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One cell: what it shows, what it was opened with, and what is wrong with it.

    `prevue`: it holds a forecast. `passive`: the period is of another kind than the indicator's,
    and nothing stands there.
    """

    cle: str
    colonne: str
    periode: str
    texte: str
    ouverture: str
    erreur: str
    prevue: bool
    passive: bool


@dataclass(frozen=True, slots=True)
class Ligne:
    """One indicator. `evolution`: its last change in words; `cases`: its cells as HTML."""

    indicateur: Indicateur
    cases: SafeString
    evolution: str
    libre: bool


@dataclass(frozen=True, slots=True)
class Groupe:
    """The rows of one axe, or those of the whole convention (no axe)."""

    axe: Axe | None
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Grille:
    """The page of a grid.

    `cachees`: how many old periods are left out; `alertes`: the doubts about what is stored.
    """

    colonnes: tuple[Colonne, ...]
    cachees: int
    groupes: tuple[Groupe, ...]
    page: Page
    alertes: tuple[Alerte, ...]
    annee_courante: int


def build_grille(
    convention: Convention,
    indicateurs,
    *,
    ajoutees: list[Periode],
    numero: str | None,
    saisie: GrilleSaisie,
    annee_courante: int,
) -> Grille:
    """The grid of these indicators, with what was typed in it over what is stored.

    `ajoutees`: columns asked for; `numero`: page. A cell that was typed keeps its column whatever
    happened since. Four queries, whatever the number of indicators.
    """
    asked = {periode.code: periode for periode in (*ajoutees, *saisie.periodes)}
    rhythms = dict(indicateurs.order_by().values_list("periodicite").annotate(Count("pk")))
    colonnes = _columns(convention, indicateurs, set(rhythms), asked, annee_courante)
    by_age = sorted(colonnes, key=lambda column: (column.periode.code in asked, column.rang))
    hidden = by_age[:-COLONNES_MAX]
    shown = [column for column in colonnes if column not in hidden]
    rows = max(1, min(LIGNES_MAX, CASES_MONTREES_MAX // max(1, len(shown))))
    paginator = Paginator(indicateurs.by_axe_and_structure(), rows)
    paginator.count = sum(rhythms.values())
    page = paginator.get_page(numero)
    chosen = list(page.object_list.with_place())
    valeurs = _values(chosen)
    by_axe: dict[Axe | None, list[Ligne]] = defaultdict(list)
    alertes: list[Alerte] = []
    for indicateur in chosen:
        indicateur.convention = convention
        serie = build_serie(indicateur, valeurs[indicateur.pk])
        cases = _cells(indicateur, valeurs[indicateur.pk], shown, saisie)
        by_axe[indicateur.axe_porteur].append(_row(indicateur, serie, cases))
        alertes += alertes_of(serie, annee_courante=annee_courante)
    return Grille(
        colonnes=tuple(shown),
        cachees=len(hidden),
        groupes=tuple(Groupe(axe, tuple(lignes)) for axe, lignes in by_axe.items()),
        page=page,
        # A column outside the convention already says so at its head.
        alertes=tuple(alerte for alerte in alertes if alerte.doute != Doute.HORS_CONVENTION),
        annee_courante=annee_courante,
    )


def _row(indicateur: Indicateur, serie: Serie, cases: list[Case]) -> Ligne:
    change = serie.derniere_variation
    return Ligne(
        indicateur=indicateur,
        cases=render_cells(indicateur, cases),
        evolution=change.affichage if change else "",
        libre=indicateur.nature == Nature.TEXTE,
    )


def _columns(
    convention: Convention,
    indicateurs,
    rhythms: set[str],
    asked: dict[str, Periode],
    annee_courante: int,
) -> list[Colonne]:
    """Those of the rhythms, of the values, and those asked for: kind by kind, in time."""
    stored = Valeur.objects.filter(indicateur__in=indicateurs.order_by().values("pk"))
    found = dict(asked)
    for periode in stored.order_by().values_list("periode", flat=True).distinct():
        found[periode.code] = periode
    first, last = _years(convention, annee_courante)
    codes = []
    if rhythms & {"", Periodicite.ANNUELLE} or not (rhythms - {""} or found):
        codes += [str(year) for year in range(first, last + 1)]
    if Periodicite.SCOLAIRE in rhythms:
        codes += [f"{year}/{year + 1}" for year in range(first, last)]
    if Periodicite.CONVENTION in rhythms:
        codes.append(TypePeriode.CONVENTION.value)
    for code in codes:
        found.setdefault(code, parse_periode(code))
    in_time = sorted(found.values(), key=lambda periode: periode.rang)
    columns = [
        Colonne(periode, rang, periode.annee is not None and not convention.covers(periode.annee))
        for rang, periode in enumerate(in_time)
    ]
    return sorted(columns, key=lambda column: KINDS.index(column.periode.type))


def _years(convention: Convention, annee_courante: int) -> tuple[int, int]:
    """First and last year of the convention; where one is unknown, up to today or from there."""
    first = convention.debut.debut.year if convention.debut else annee_courante - 3
    last = convention.fin.fin.year if convention.fin else max(annee_courante, first)
    return first, min(last, first + COLONNES_MAX)


def _values(indicateurs: list[Indicateur]) -> dict[int, list[Valeur]]:
    found = defaultdict(list)
    keys = [indicateur.pk for indicateur in indicateurs]
    for valeur in Valeur.objects.filter(indicateur__in=keys).order_by("pk"):
        found[valeur.indicateur_id].append(valeur)
    return found


def _cells(
    indicateur: Indicateur, valeurs: list[Valeur], colonnes: list[Colonne], saisie: GrilleSaisie
) -> list[Case]:
    by_period = defaultdict(list)
    for valeur in valeurs:
        by_period[valeur.periode.code].append(valeur)
    rhythm = _TYPES.get(indicateur.periodicite, TypePeriode.ANNEE)
    cells, faults = [], saisie.erreurs
    for colonne in colonnes:
        code = colonne.periode.code
        key = cell_key(indicateur.pk, code)
        cellule = cellule_of(by_period.get(code, ()))
        stored = format_cell(cellule)
        shown, opened = saisie.shown_in(key, stored)
        cells.append(
            Case(
                cle=key,
                colonne=code,
                periode=str(colonne.periode),
                texte=shown,
                ouverture=opened,
                erreur=faults.get(key, ""),
                prevue=cellule.prevue is not None if shown == stored else "prév" in shown,
                passive=not shown and colonne.periode.type is not rhythm,
            )
        )
    return cells


def render_cells(indicateur: Indicateur, cases: list[Case]) -> SafeString:
    """The cells of one row. Joined in Python: a page holds hundreds of them."""
    mode = "" if indicateur.nature == Nature.TEXTE else ' inputmode="decimal"'
    return SafeString("".join(_cell(indicateur.pk, case, mode) for case in cases))


def _cell(pk: int, case: Case, mode: str) -> str:
    kind = "prevue" if case.prevue else "passive" if case.passive else ""
    field = (
        f'<input type="text" name="{CHAMP}{case.cle}" value="{escape(case.texte)}"{mode}'
        f' aria-labelledby="l{pk} p{case.colonne}"'
    )
    fault = ""
    if case.erreur:
        field += f' id="{CHAMP}{case.cle}" aria-invalid="true" aria-describedby="e-{case.cle}"'
        fault = f'<span class="faute" id="e-{case.cle}">{escape(case.erreur)}</span>'
    opening = ""
    if case.ouverture:
        name, value = f"{OUVERTURE}{case.cle}", escape(case.ouverture)
        opening = f'<input type="hidden" name="{name}" value="{value}">'
    # On paper the columns do not fit: each cell says its period.
    period = "" if case.passive else f' data-p="{escape(case.periode)}"'
    return f'<td class="{kind}"{period}>{field}>{opening}{fault}</td>'
