"""The frise as one wide picture: four lanes under a scale of years, each mark as long as its date.

The page lists the same things in words, year by year: the picture is the overview of that list.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from axes.models import Convention
from copil.enums import EtatReunion
from ctg_portal.lib.typographie import compte, date_longue
from indicators.charts.geometry import Boite, Segment
from indicators.charts.svg import Dessin, teintes_of

from .frise import AnneeFrise, Evenement, Frise, Genre

LARGEUR = 1000
GAUCHE, DROITE = 118, 985
CORPS = 14
# Years shown before and after the convention, however far something is dated.
MARGE_ANNEES = 2
RAYON = 10
POINT, POINT_COPIL = 5, 8
RANG = 24
BARRES = 56


@dataclass(frozen=True, slots=True)
class Echelle:
    """From days to horizontal places; the first and the last year are shown in full."""

    premiere: int
    derniere: int

    def x(self, day: datetime.date) -> float:
        start = datetime.date(self.premiere, 1, 1)
        days = (datetime.date(self.derniere + 1, 1, 1) - start).days
        return GAUCHE + (DROITE - GAUCHE) * (day - start).days / days

    def shows(self, day: datetime.date) -> bool:
        return self.premiere <= day.year <= self.derniere


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands: its two ends, and its row from the top of its lane."""

    evenement: Evenement
    x0: float
    x1: float
    rang: int


def draw_frise(frise: Frise, convention: Convention) -> SafeString:
    """The picture, named and described; empty where nothing is dated."""
    if frise.est_vide:
        return SafeString("")
    echelle = scale_of(frise, convention)
    dessin = Dessin(teintes_of(convention.accent))
    # Backgrounds need the height, and are painted first: marks wait in a drawing of their own.
    marques = Dessin(dessin.teintes)
    y = 40.0
    for nom, genre, rayon in (
        ("Jalons", Genre.JALON, RAYON),
        ("Évaluation", Genre.EVALUATION, RAYON),
        ("Réunions", Genre.REUNION, POINT_COPIL),
    ):
        chosen = [event for event in frise.evenements if event.genre is genre]
        places = place_marks(chosen, echelle, rayon)
        y = _draw_lane(marques, nom, places, y)
    y = _draw_achievements(marques, frise.annees, echelle, y)
    _draw_scale(dessin, frise, convention, echelle, y)
    dessin.elements += marques.elements
    return dessin.to_svg(
        classe="frise-dessin",
        largeur=LARGEUR,
        hauteur=y,
        titre="La convention sur une ligne du temps",
        description=describe(frise),
    )


def scale_of(frise: Frise, convention: Convention) -> Echelle:
    """The years of the convention and those just around it in which something is dated.

    A date typed wrong by a century, or today long after the end, would squeeze all the rest.
    """
    years = [year.annee for year in frise.annees if _has_more_than_today(year)]
    first, last = min(years), max(years)
    if convention.debut:
        first = max(first, convention.debut.annee - MARGE_ANNEES)
    if convention.fin:
        last = max(first, min(last, convention.fin.fin.year + MARGE_ANNEES))
    return Echelle(first, max(first, last))


def _has_more_than_today(year: AnneeFrise) -> bool:
    events = [event for event in year.evenements if event.genre is not Genre.AUJOURDHUI]
    return bool(events or year.realisations or year.dans_convention)


def place_marks(events: Iterable[Evenement], echelle: Echelle, rayon: float) -> list[Place]:
    """Each mark in the first row where it meets no other; none overlaps, whatever their number."""
    ends: list[float] = []
    places = []
    for event in events:
        if not (echelle.shows(event.date.debut) or echelle.shows(event.date.fin)):
            continue
        x0 = max(GAUCHE, echelle.x(event.date.debut))
        x1 = min(DROITE, echelle.x(event.date.fin))
        left, right = x0 - rayon, max(x1, x0 + rayon)
        row = next((row for row, end in enumerate(ends) if end + 3 <= left), len(ends))
        ends[row:] = [right, *ends[row + 1 :]]
        places.append(Place(event, x0, x1, row))
    return places


def _draw_lane(dessin: Dessin, nom: str, places: list[Place], y: float) -> float:
    """One lane; returns where the next one begins."""
    dessin.text("g-an-fort", nom, 0, y + RANG * 0.7, CORPS)
    for place in places:
        _draw_mark(dessin, place, y + RANG * (place.rang + 0.5))
    return y + RANG * (max((place.rang for place in places), default=0) + 1) + 14


def _draw_mark(dessin: Dessin, place: Place, y: float) -> None:
    event = place.evenement
    if event.date.debut != event.date.fin:
        dessin.rect("g-barre-av", Boite(place.x0, y - 3, max(place.x1, place.x0 + 4), y + 3))
    if event.rang is not None:
        dessin.circle("g-note", place.x0, y, RAYON)
        dessin.text("g-note-t", str(event.rang), place.x0, y + 4.3, 12.5, anchor="middle")
        return
    radius = POINT_COPIL if event.est_copil else POINT
    dessin.circle(_mark_of(event), place.x0, y, radius)


def _mark_of(event: Evenement) -> str:
    if event.etat is None:
        return "g-point"
    cancelled = event.etat == EtatReunion.apparence_of(EtatReunion.ANNULEE)
    return "g-hors" if cancelled else "g-point-prev"


def _draw_achievements(dessin, annees: tuple[AnneeFrise, ...], echelle: Echelle, y: float) -> float:
    """One bar per year: an achievement known to the year has no better place."""
    dessin.text("g-an-fort", "Réalisations", 0, y + BARRES + 10, CORPS)
    shown = [year for year in annees if echelle.premiere <= year.annee <= echelle.derniere]
    most = max((len(year.realisations) for year in shown), default=0)
    floor = y + BARRES + 18
    for year in shown:
        if not year.realisations:
            continue
        x0 = echelle.x(datetime.date(year.annee, 1, 1)) + 6
        x1 = echelle.x(datetime.date(year.annee, 12, 31)) - 6
        top = floor - BARRES * len(year.realisations) / most
        dessin.rect("g-barre-av", Boite(x0, top, x1, floor))
        middle = (x0 + x1) / 2
        dessin.text("g-val", str(len(year.realisations)), middle, top - 6, CORPS, anchor="middle")
    dessin.line("g-axe", Segment(GAUCHE, floor, DROITE, floor))
    return floor + 12


def _draw_scale(dessin, frise: Frise, convention, echelle: Echelle, bottom: float) -> None:
    """Years, the band of the convention, and today."""
    if convention.debut and convention.fin:
        start = max(GAUCHE, echelle.x(convention.debut.debut))
        end = min(DROITE, echelle.x(convention.fin.fin))
        if end > start:
            dessin.rect("g-trou", Boite(start, 26, end, bottom - 12))
    for year in range(echelle.premiere, echelle.derniere + 1):
        x = echelle.x(datetime.date(year, 1, 1))
        dessin.line("g-grille", Segment(x, 8, x, bottom - 12))
        middle = (x + echelle.x(datetime.date(year, 12, 31))) / 2
        style = "g-an-fort" if convention.covers(year) else "g-an"
        dessin.text(style, str(year), middle, 18, CORPS, anchor="middle")
    if echelle.shows(frise.aujourdhui):
        x = echelle.x(frise.aujourdhui)
        dessin.line("g-cible", Segment(x, 22, x, bottom - 12))


def describe(frise: Frise) -> str:
    """What the picture shows, in one sentence: the list below tells each."""
    counts = Counter(event.genre for event in frise.evenements)
    done = sum(len(year.realisations) for year in frise.annees)
    return (
        f"{compte(counts[Genre.JALON], 'jalon')}, {compte(counts[Genre.EVALUATION], 'évaluation')},"
        f" {compte(counts[Genre.REUNION], 'réunion')} et {compte(done, 'réalisation')} de"
        f" {frise.annees[0].annee} à {frise.annees[-1].annee}. Nous sommes le"
        f" {date_longue(frise.aujourdhui)}. La liste qui suit les dit une à une."
    )
