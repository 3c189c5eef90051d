"""A series along time: points, lines between neighbours, holes, forecasts, target and notes."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from django.conf import settings
from django.utils.safestring import SafeString

from axes.enums import Accent
from ctg_portal.lib.typographie import NBSP, nombre

from ..series import PointSerie, Serie
from .geometry import ASCENT, DESCENT, Boite, Segment, circle_box, text_box, text_width
from .placement import ChartOverlap, Etiquette, Repere, Scene, place, place_anyway, place_without
from .references import Reference
from .scale import FORMATS, Cadre, Creneau, Echelle, Format, creneaux_of, echelle_of, trous
from .svg import Dessin, teintes_of
from .words import description_of, titre_of

CORPS_NOTE, RAYON_NOTE = 12, 9.5
TROU, CONVENTION = "non renseigné", "convention"


def courbe(
    serie: Serie,
    taille: str = "large",
    *,
    accent: str = Accent.BLEU,
    strict: bool | None = None,
    cadre: Cadre | None = None,
) -> SafeString:
    """The curve of a series as SVG, empty if no number of it can be placed in time.

    `taille` is "large", "moyen", "etroit" or "petit"; `accent` the name or the hexadecimal code of
    an accent; `cadre` what it shares with the charts that it is compared with. Raises ChartOverlap
    if the last value finds no place and `strict` (by default the setting CHARTS_STRICT) is true.
    """
    if strict is None:
        strict = getattr(settings, "CHARTS_STRICT", False)
    return _drawn(serie, taille, accent, strict, cadre)


# The same series is drawn for every reader: equal values give the same picture, about 5 kB each.
@lru_cache(maxsize=512)
def _drawn(serie: Serie, taille: str, accent: str, strict: bool, cadre) -> SafeString:
    creneaux = creneaux_of(serie, cadre.annees if cadre else None)
    if not any(creneau.constatee or creneau.prevision for creneau in creneaux):
        return SafeString("")
    dessin = Dessin(teintes_of(accent))
    return _Courbe(serie, creneaux, FORMATS[taille], dessin, cadre).draw(strict)


@dataclass(frozen=True, slots=True)
class _Marque:
    """A value with its place in the picture and the class that it is painted with."""

    rang: int
    point: PointSerie
    x: float
    y: float
    classe: str


class _Courbe:
    """One drawing; every method adds its elements to the picture and its boxes to the scene."""

    def __init__(self, serie: Serie, creneaux, forme: Format, dessin: Dessin, cadre: Cadre | None):
        self.serie, self.creneaux, self.forme, self.dessin = serie, creneaux, forme, dessin
        bounds = [cadre.bas, cadre.haut] if cadre else []
        self.echelle: Echelle = echelle_of(bounds + self._valeurs(), forme.graduations)
        self.avant = self._count_before()
        self.gauche, self.droite = self._sides()
        lines_above = 2 if self.avant or serie.cible is not None else 1
        self.haut = lines_above * 1.35 * forme.corps + forme.rayon
        self.bas = self.haut + forme.trace
        self.scene = Scene(
            cadre=Boite(0, 0, forme.largeur, self.bas - 2),
            sommet=(lines_above - 0.35) * 1.35 * forme.corps,
        )
        self.marques = self._marques()
        self.cible = self._reference("Cible", serie.cible, serie.cible_affichee)
        initial = serie.valeur_initiale if forme.complet else None
        self.initiale = self._reference("Valeur initiale", initial, serie.valeur_initiale_affichee)

    def draw(self, strict: bool) -> SafeString:
        self._grid()
        self._references()
        self._holes()
        self._axis()
        self._series()
        self._name_convention()
        self._values(strict)
        self._convention_rule()
        bottom = self._years_and_notes()
        return self.dessin.to_svg(
            classe=self.forme.classe,
            largeur=self.forme.largeur,
            hauteur=round(bottom),
            titre=titre_of(self.serie),
            description=description_of(self.serie),
        )

    # --- Where things stand ---

    def x(self, rang: float) -> float:
        step = (self.droite - self.gauche) / len(self.creneaux)
        return self.gauche + (rang + 0.5) * step

    def y(self, valeur: Decimal) -> float:
        return self.bas - self.forme.trace * self.echelle.part(valeur)

    def _valeurs(self) -> list[Decimal]:
        levels = [self.serie.cible, self.serie.valeur_initiale if self.forme.complet else None]
        valeurs = [level for level in levels if level is not None]
        for creneau in self.creneaux:
            for point in creneau.points:
                valeurs += [v for v in (point.valeur, point.valeur_max) if v is not None]
        return valeurs

    def _count_before(self) -> int:
        """How many places lie before the convention, 0 if none or all of them do."""
        debut = self.serie.debut
        count = sum(debut is not None and creneau.annee < debut for creneau in self.creneaux)
        return 0 if count == len(self.creneaux) else count

    def _sides(self) -> tuple[float, float]:
        corps = self.forme.corps
        left = max((text_width(nombre(step), corps) for step in self.echelle.pas), default=0)
        right = 8.0
        if self.serie.cible is not None and self.forme.classe == "large":
            right = text_width(f"Cible {self.serie.cible_affichee}", corps) + 20
        return left + 10, self.forme.largeur - right

    def _marques(self) -> list[_Marque]:
        marques = []
        for rang, creneau in enumerate(self.creneaux):
            for point in (creneau.constatee, creneau.prevision):
                if point:
                    x, y = self.x(rang), self.y(point.valeur)
                    marques.append(_Marque(rang, point, x, y, self._class_of(rang, point)))
        return marques

    def _class_of(self, rang: int, point: PointSerie) -> str:
        if point.previsionnelle:
            return "g-point-prev"
        return "g-hors" if rang < self.avant else "g-point"

    # --- Ground ---

    def _grid(self) -> None:
        corps = self.forme.corps
        for step in self.echelle.pas:
            y = self.y(step)
            self.dessin.line("g-grille", Segment(self.gauche, y, self.droite, y))
            self.dessin.text(
                "g-an", nombre(step), self.gauche - 8, y + 0.33 * corps, corps, anchor="end"
            )
            self.scene.boites.append(
                text_box(nombre(step), corps, self.gauche - 8, y + 0.33 * corps, "end")
            )

    def _axis(self) -> None:
        zero = self.y(Decimal(0))
        axis = Segment(self.gauche, zero, self.droite, zero)
        self.dessin.line("g-axe", axis)
        self.scene.segments.append(axis)

    def _holes(self) -> None:
        half = (self.x(1) - self.x(0)) / 2
        for first, last in trous(self.creneaux):
            band = Boite(self.x(first) - half, self.haut, self.x(last) + half, self.bas)
            self.dessin.rect("g-trou", band)
            self._name_hole(band)

    def _name_hole(self, band: Boite) -> None:
        """Write what the band means, across or upwards, where the target leaves room."""
        corps = self.forme.corps
        middle, width = (band.x0 + band.x1) / 2, text_width(TROU, corps)
        # A text turned to the left shows its ascent at the left of its baseline.
        left, right = middle - (ASCENT - 0.33) * corps, middle + (DESCENT + 0.33) * corps
        for height in (0.5, 0.75, 0.25):
            y = self.haut + self.forme.trace * height
            across = text_box(TROU, corps, middle, y, "middle")
            upright = Boite(left, y - width / 2, right, y + width / 2)
            for box, x, turned in (
                (across, middle, False),
                (upright, middle + 0.33 * corps, True),
            ):
                if band.holds(box) and self.scene.is_free(box):
                    self.dessin.text("g-trou-t", TROU, x, y, corps, anchor="middle", turn=turned)
                    self.scene.boites.append(box)
                    return

    # --- Series ---

    def _series(self) -> None:
        for classe, segment in self._lines():
            self.dessin.line(classe, segment)
            self.scene.segments.append(segment)
        for marque in self.marques:
            if marque.point.valeur_max is not None:
                span = Segment(marque.x, marque.y, marque.x, self.y(marque.point.valeur_max))
                self.dessin.line("g-fourchette", span)
                self.scene.segments.append(span)
        for marque in self.marques:
            self.dessin.circle(marque.classe, marque.x, marque.y, self.forme.rayon)
            self.scene.boites.append(circle_box(marque.x, marque.y, self.forme.rayon))

    def _lines(self):
        """Lines between neighbours only: nothing crosses a hole."""
        by_place = {(marque.rang, marque.point.previsionnelle): marque for marque in self.marques}
        for rang in range(1, len(self.creneaux)):
            before = by_place.get((rang - 1, False))
            measured, forecast = by_place.get((rang, False)), by_place.get((rang, True))
            if before and measured:
                is_before = rang - 1 < self.avant
                yield "g-serie g-serie-hors" if is_before else "g-serie", _between(before, measured)
            start = before or by_place.get((rang - 1, True))
            if forecast and not measured and start:
                yield "g-serie g-prev", _between(start, forecast)

    def _name_convention(self) -> None:
        """Keep the place of the rule in the drawing, and write what it stands for at the top."""
        if not self.avant:
            return
        corps, x = self.forme.corps, self.x(self.avant - 0.5)
        self.scene.segments.append(Segment(x, self.haut, x, self.bas))
        fits_right = x + 6 + text_width(CONVENTION, corps) <= self.forme.largeur
        place_x, anchor = (x + 6, "start") if fits_right else (x - 6, "end")
        self.dessin.text("g-an", CONVENTION, place_x, corps, corps, anchor=anchor)
        self.scene.boites.append(text_box(CONVENTION, corps, place_x, corps, anchor))

    def _convention_rule(self) -> None:
        """Draw the rule, broken where a label stands over the drawing."""
        if not self.avant:
            return
        x, top = self.x(self.avant - 0.5), 0.35 * self.forme.corps
        whole = Segment(x, top, x, self.haut)
        for box in sorted(self.scene.boites, key=lambda box: box.y0):
            if box.crossed_by(whole):
                self.dessin.line("g-axe", Segment(x, top, x, box.y0))
                top = box.y1
        self.dessin.line("g-axe", Segment(x, top, x, self.bas + 6))

    # --- Target, initial value ---

    def _reference(self, name: str, valeur: Decimal | None, words: str) -> Reference | None:
        if valeur is None:
            return None
        y, corps = self.y(valeur), self.forme.corps
        return Reference(f"{name} {words}", y, self.gauche, self.droite, corps)

    def _references(self) -> None:
        """Draw the target, and keep the place of the initial value."""
        if self.cible:
            self.dessin.line("g-cible", self.cible.segment)
        self.scene.segments += [one.segment for one in (self.cible, self.initiale) if one]
        self.sol = len(self.dessin.elements)

    def _target_label(self) -> None:
        """Beside its line in the large format; else over or under it, or at the very top.

        Far from its line it could pass for the label of a point: a small chart leaves it out.
        """
        if self.cible:
            label = self.cible.label(self.scene, beside=True, top=self.forme.complet)
            if label:
                self.dessin.label("g-cible-t", label, self.forme.corps)

    def _initial_value(self) -> None:
        """Its line and its name, or neither: a line without a name says nothing."""
        if self.initiale:
            label = self.initiale.label(self.scene, beside=False, top=False)
            if label:
                self.dessin.line("g-initiale", self.initiale.segment, rang=self.sol)
                self.dessin.label("g-initiale-t", label, self.forme.corps)

    # --- Words ---

    def _values(self, strict: bool) -> None:
        """Labels, the most telling first; one without room is left to the table.

        The label of the last value is the only one that is never left out; the target is named
        right after it: a dashed line without a name says nothing.
        """
        first, *others = self._remarkable()
        labels = [self._last_value(first, strict)]
        self._target_label()
        labels += [
            place(self.scene, self._repere(marque))
            # A hollow point already says that it is a forecast.
            or place(self.scene, replace(self._repere(marque), texte=marque.point.affichage))
            for marque in others
        ]
        if self.forme.complet:
            ordinary = [marque for marque in self.marques if marque not in {first, *others}]
            labels += [place(self.scene, self._repere(marque), loin=False) for marque in ordinary]
        self._initial_value()
        for label in filter(None, labels):
            self.dessin.label("g-val", label, self.forme.corps)

    def _last_value(self, marque: _Marque, strict: bool) -> Etiquette:
        """Near its point, even if the line of the initial value has to give way."""
        repere = self._repere(marque)
        label = place(self.scene, repere, loin=False)
        if not label and self.initiale:
            label = place_without(self.scene, self.initiale.segment, repere)
            self.initiale = None if label else self.initiale
        label = label or place(self.scene, repere)
        if not label and strict:
            raise ChartOverlap(f"{titre_of(self.serie)} : {repere.texte}")
        return label or place_anyway(self.scene, repere)

    def _repere(self, marque: _Marque) -> Repere:
        words = marque.point.affichage
        if marque.point.previsionnelle and not self.forme.complet:
            words = f"{words}{NBSP}prév."
        return Repere(
            texte=words,
            x=marque.x,
            y=marque.y,
            rayon=self.forme.rayon,
            corps=self.forme.corps,
            tete=self._top_of(marque.rang),
            creux=self._is_low(marque),
        )

    def _remarkable(self) -> list[_Marque]:
        """Last measured, last forecast, first, highest, lowest: those that a reader looks for."""
        measured = [marque for marque in self.marques if not marque.point.previsionnelle]
        forecast = [marque for marque in self.marques if marque.point.previsionnelle]
        ranked = [*measured[-1:], *forecast[-1:], *measured[:1]]
        if measured:
            ranked.append(max(measured, key=lambda marque: marque.point.valeur))
            ranked.append(min(measured, key=lambda marque: marque.point.valeur))
        return list(dict.fromkeys(ranked))

    def _top_of(self, rang: int) -> float:
        points = self.creneaux[rang].points
        values = [v for point in points for v in (point.valeur, point.valeur_max) if v is not None]
        return self.y(max(values))

    def _is_low(self, marque: _Marque) -> bool:
        beside = [other.y for other in self.marques if abs(other.rang - marque.rang) == 1]
        return bool(beside) and all(y < marque.y for y in beside)

    def _years_and_notes(self) -> float:
        """Write the axis of time and the numbers of the notes; return the height reached."""
        corps = self.forme.corps
        baseline = self.bas + 0.35 * corps + corps
        for rang in self._labelled_places():
            creneau = self.creneaux[rang]
            box = self._year_box(rang)
            middle = (box.x0 + box.x1) / 2
            self.dessin.text("g-an", creneau.label, middle, baseline, corps, anchor="middle")
        bottom = baseline + 0.45 * corps
        rows: list[float] = []
        # A small chart stands alone: its notes are beside the full one.
        for rang, number in _numbered(self.creneaux) if self.forme.complet else ():
            x = self.x(rang)
            row = next((row for row, end in enumerate(rows) if x - RAYON_NOTE > end), len(rows))
            rows[row : row + 1] = [x + RAYON_NOTE]
            y = bottom + RAYON_NOTE + row * (2 * RAYON_NOTE + 3)
            self.dessin.circle("g-note", x, y, RAYON_NOTE)
            self.dessin.text(
                "g-note-t", str(number), x, y + 0.35 * CORPS_NOTE, CORPS_NOTE, anchor="middle"
            )
        return bottom + len(rows) * (2 * RAYON_NOTE + 3) + 2

    def _labelled_places(self) -> list[int]:
        """Every place, or one in two, three…, counted from the last, so that no year touches."""
        last = len(self.creneaux) - 1
        for step in range(1, last + 2):
            ranks = list(range(last, -1, -step))
            boxes = [self._year_box(rang) for rang in ranks]
            if all(box.x1 + 4 <= next_box.x0 for next_box, box in pairwise(boxes)):
                return ranks
        return [last]

    def _year_box(self, rang: int) -> Boite:
        """Under its place, pushed back inside the picture at its two ends."""
        label, corps = self.creneaux[rang].label, self.forme.corps
        half = text_width(label, corps) / 2
        x = max(half, min(self.x(rang), self.forme.largeur - half))
        return text_box(label, corps, x, 0, "middle")


def _between(start: _Marque, end: _Marque) -> Segment:
    return Segment(start.x, start.y, end.x, end.y)


def _numbered(creneaux: tuple[Creneau, ...]):
    for rang, creneau in enumerate(creneaux):
        for number in creneau.rangs:
            yield rang, number
