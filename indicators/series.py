"""The values of an indicator as frozen data, with what is computed from them.

Pages, charts and the bilan read only these: figures are rounded, compared and worded here, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from actions.models import FicheAction
from axes.models import Convention
from ctg_portal.lib.typographie import NBSP, nombre, nombre_signe, pourcentage_signe

from .imprime import printed_differs
from .models import Indicateur, Valeur

# Units that French print sets right after the figure; the others stand in the title.
UNITES_ACCOLEES = frozenset({"€", "%"})


@dataclass(frozen=True, slots=True)
class PointSerie:
    """One value, rounded as it is shown.

    `annee` is where charts place it (None for the whole convention), `affichage` its words
    ("36 424", "plus de 50", "10 à 15", "en hausse"), `rang_note` the number of its note.
    `hors_periode` is True before or after the convention.
    """

    pk: int | None
    periode: str
    label: str
    annee: int | None
    valeur: Decimal | None
    texte: str
    borne: str
    valeur_max: Decimal | None
    previsionnelle: bool
    partielle: bool
    note: str
    rang_note: int | None
    hors_periode: bool
    affichage: str

    @property
    def quand(self) -> str:
        """The period inside a sentence: "en 2019", "le 9 octobre 2023", "pour toute la…"."""
        if self.annee is None:
            return f"pour {self.label}"
        return f"{'le' if self.periode.count('-') == 2 else 'en'} {self.label}"

    @property
    def est_exacte(self) -> bool:
        """A measured number that a change may be computed from.

        Neither a forecast, a bound ("plus de 50"), a range, nor the figure of a whole convention.
        """
        return (
            self.valeur is not None
            and self.annee is not None
            and not self.borne
            and self.valeur_max is None
            and not self.previsionnelle
        )


@dataclass(frozen=True, slots=True)
class Variation:
    """The change between two measured values, from the two figures shown.

    `pourcent` has one decimal, rounded half up; None when the change starts from zero.
    """

    de: PointSerie
    a: PointSerie
    ecart: Decimal
    pourcent: Decimal | None

    @property
    def est_un_taux(self) -> bool:
        """Rates are told apart in points: "+ 2,6 %" of a rate of 61,2 % would read as 63,8 %."""
        return self.a.affichage.endswith("%")

    @property
    def ecart_nombre(self) -> str:
        """The difference without its unit, for a column that says it."""
        return nombre_signe(self.ecart, max(0, -self.ecart.as_tuple().exponent))

    @property
    def ecart_affiche(self) -> str:
        ecart = self.ecart_nombre
        if not self.est_un_taux:
            return ecart
        return f"{ecart}{NBSP}{'point' if abs(self.ecart) < 2 else 'points'}"

    @property
    def pourcent_affiche(self) -> str:
        """Empty where the change starts from zero, and for a rate."""
        return "" if self.est_un_taux else pourcentage_signe(self.pourcent)

    @property
    def ecart_complet(self) -> str:
        """The difference, with its % where one is said: "+ 5 964 (+ 19,6 %)"."""
        percent = self.pourcent_affiche
        return f"{self.ecart_affiche} ({percent})" if percent else self.ecart_affiche

    @property
    def affichage(self) -> str:
        """The change in %, or the difference where no % is said."""
        return self.pourcent_affiche or self.ecart_affiche

    @property
    def partielle(self) -> bool:
        """True if one of the two periods is not covered in full: the change means little."""
        return self.de.partielle or self.a.partielle


@dataclass(frozen=True, slots=True)
class Serie:
    """An indicator and its values in the order of time.

    `points` holds measured values and forecasts; `annees` every year from the first to the last
    point, those without a value included. `variation` goes from the first to the last measured
    number, `derniere_variation` from the last but one; both None under two numbers. `notes` pairs
    the numbers printed on charts with their texts. `debut` is the first year of the convention,
    `axe_pk` and `fiche_pk` what the indicator belongs to, directly or not.
    `ecart_imprime` is True where the printed change differs from `variation`, as
    `printed_differs` says.
    """

    pk: int
    intitule: str
    unite: str
    nature: str
    sens: str
    decimales: int
    structure: str
    rattachement: str
    points: tuple[PointSerie, ...]
    valeur_initiale: Decimal | None
    cible: Decimal | None
    cible_periode: str
    variation: Variation | None
    derniere_variation: Variation | None
    variation_imprimee: str
    ecart_imprime: bool
    note: str
    cle: bool
    notes: tuple[tuple[int, str], ...]
    annees: tuple[int, ...]
    debut: int | None
    axe_pk: int | None
    fiche_pk: int | None

    @property
    def constatees(self) -> tuple[PointSerie, ...]:
        return tuple(point for point in self.points if not point.previsionnelle)

    @property
    def previsions(self) -> tuple[PointSerie, ...]:
        return tuple(point for point in self.points if point.previsionnelle)

    @property
    def chiffrees(self) -> tuple[PointSerie, ...]:
        """The measured numbers from which changes are computed."""
        return _exact(self.points)

    @property
    def derniere(self) -> PointSerie | None:
        """The last measured value, number or text."""
        return self.constatees[-1] if self.constatees else None

    @property
    def a_des_trous(self) -> bool:
        return len({point.annee for point in self.points} - {None}) < len(self.annees)

    @property
    def cible_affichee(self) -> str:
        return figure(self.cible, self.decimales, self.unite)

    @property
    def valeur_initiale_affichee(self) -> str:
        return figure(self.valeur_initiale, self.decimales, self.unite)

    @property
    def ecart_en_mots(self) -> str:
        """The printed change beside the computed one, to be shown where `ecart_imprime`."""
        de, a = self.variation.de, self.variation.a
        return (
            f"Un document annonce «{NBSP}{self.variation_imprimee}{NBSP}»{NBSP}; de"
            f" {de.affichage} {de.quand} à {a.affichage} {a.quand}, l’écart est de"
            f" {self.variation.ecart_complet}."
        )

    @property
    def lignes(self) -> tuple[tuple[PointSerie, Variation | None], ...]:
        """Each value with its change since the measured number before it (none for a forecast)."""
        previous, rows = None, []
        for point in self.points:
            rows.append((point, compare(previous, point)))
            previous = point if point.est_exacte else previous
        return tuple(rows)


def series_of(
    convention: Convention, *, indicateurs=None, jusqua: int | None = None
) -> list[Serie]:
    """The series of a convention, in the order of its indicators.

    `indicateurs` narrows them: a queryset of indicators of this convention. `jusqua` leaves out
    the values measured after that year, forecasts apart. Two queries, whatever their number.
    """
    if indicateurs is None:
        indicateurs = Indicateur.objects.of_convention(convention)
    return _build_all(list(indicateurs.for_series()), convention, jusqua)


def series_of_fiche(fiche: FicheAction) -> list[Serie]:
    """The series of the indicators of a fiche that was read with its axe and its convention."""
    chosen = list(Indicateur.objects.filter(fiche=fiche).select_related("structure"))
    for indicateur in chosen:
        indicateur.fiche = fiche
    return _build_all(chosen, fiche.axe.convention, None)


def _build_all(chosen: list[Indicateur], convention: Convention, jusqua) -> list[Serie]:
    by_indicateur: dict[int, list[Valeur]] = {indicateur.pk: [] for indicateur in chosen}
    for valeur in Valeur.objects.filter(indicateur__in=list(by_indicateur)).order_by("pk"):
        by_indicateur[valeur.indicateur_id].append(valeur)
    for indicateur in chosen:
        indicateur.convention = convention
    return [
        build_serie(indicateur, by_indicateur[indicateur.pk], jusqua=jusqua)
        for indicateur in chosen
    ]


def build_serie(
    indicateur: Indicateur, valeurs: Iterable[Valeur], *, jusqua: int | None = None
) -> Serie:
    """The series of one indicator, without any query if its place was read with it.

    A change once printed speaks of the whole series: it is compared only when `jusqua` leaves no
    measured value out.
    """
    everything = sorted(valeurs, key=_chronological)
    shown = [valeur for valeur in everything if _is_shown(valeur, jusqua)]
    points, notes = _points(indicateur, shown)
    chiffrees = _exact(points)
    variation = compare(chiffrees[0], chiffrees[-1]) if len(chiffrees) > 1 else None
    debut, fiche = indicateur.convention.debut, indicateur.fiche_porteuse
    return Serie(
        pk=indicateur.pk,
        intitule=indicateur.intitule,
        unite=indicateur.unite,
        nature=indicateur.nature,
        sens=indicateur.sens,
        decimales=indicateur.decimales,
        structure=indicateur.structure.nom if indicateur.structure else "",
        rattachement=rattachement(indicateur),
        points=points,
        valeur_initiale=_shown(indicateur.valeur_initiale, indicateur.decimales),
        cible=_shown(indicateur.cible, indicateur.decimales),
        cible_periode=str(indicateur.cible_periode or ""),
        variation=variation,
        derniere_variation=compare(*chiffrees[-2:]) if len(chiffrees) > 1 else None,
        variation_imprimee=indicateur.variation_imprimee,
        ecart_imprime=len(shown) == len(everything)
        and printed_differs(indicateur.variation_imprimee, variation),
        note=indicateur.note,
        cle=indicateur.cle,
        notes=notes,
        annees=_years(points),
        debut=debut.annee if debut else None,
        axe_pk=fiche.axe_id if fiche else indicateur.axe_id,
        fiche_pk=fiche.pk if fiche else None,
    )


def compare(de: PointSerie | None, a: PointSerie) -> Variation | None:
    """The change from one measured number to another; None where either is not one."""
    if de is None or not de.est_exacte or not a.est_exacte:
        return None
    ecart = a.valeur - de.valeur
    pourcent = None
    if de.valeur:
        pourcent = (100 * ecart / abs(de.valeur)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Variation(de, a, ecart, pourcent)


def figure(valeur: Decimal | None, decimales: int, unite: str = "") -> str:
    """A number of this indicator, with its unit where print sets it beside the figure."""
    text = nombre(valeur, decimales)
    return f"{text}{NBSP}{unite}" if text and unite in UNITES_ACCOLEES else text


def rattachement(indicateur: Indicateur) -> str:
    """Where the indicator belongs, in few words: "1.A2", "Axe 2", or nothing: the convention."""
    fiche = indicateur.fiche_porteuse
    if fiche:
        return fiche.repere or fiche.nom_court
    if indicateur.axe:
        return f"{indicateur.convention.libelle_axe} {indicateur.axe.numero}".strip()
    return ""


def _points(indicateur, valeurs) -> tuple[tuple[PointSerie, ...], tuple[tuple[int, str], ...]]:
    points, notes = [], []
    for valeur in valeurs:
        note = _note(valeur)
        if note:
            notes.append((len(notes) + 1, note))
        points.append(_point(indicateur, valeur, rang_note=len(notes) if note else None))
    return tuple(points), tuple(notes)


def _point(indicateur: Indicateur, valeur: Valeur, rang_note: int | None) -> PointSerie:
    annee = valeur.periode.annee
    shown = _shown(valeur.valeur, indicateur.decimales)
    shown_max = _shown(valeur.valeur_max, indicateur.decimales)
    return PointSerie(
        pk=valeur.pk,
        periode=valeur.periode.code,
        label=str(valeur.periode),
        annee=annee,
        valeur=shown,
        texte=valeur.texte,
        borne=valeur.get_borne_display() if valeur.borne else "",
        valeur_max=shown_max,
        previsionnelle=valeur.previsionnelle,
        partielle=valeur.partielle,
        note=valeur.note,
        rang_note=rang_note,
        hors_periode=annee is not None and not indicateur.convention.covers(annee),
        affichage=_words(valeur, shown, shown_max, indicateur),
    )


def _words(valeur, shown, shown_max, indicateur) -> str:
    if shown is None:
        return valeur.texte
    if shown_max is not None:
        low = nombre(shown, indicateur.decimales)
        return f"{low} à {figure(shown_max, indicateur.decimales, indicateur.unite)}"
    text = figure(shown, indicateur.decimales, indicateur.unite)
    return f"{valeur.get_borne_display()} {text}" if valeur.borne else text


def _note(valeur: Valeur) -> str:
    """What the chart cannot draw: the note, a period cut short, a value in words."""
    parts = []
    if valeur.partielle:
        parts.append("période partielle")
    if valeur.texte:
        is_quoted = valeur.texte.startswith("«")
        parts.append(valeur.texte if is_quoted else f"«{NBSP}{valeur.texte}{NBSP}»")
    told = ", ".join(parts)
    if valeur.note:
        # A note that begins like a sentence stays one: its first word may be a name.
        joint = ". " if valeur.note[0].isupper() else ", "
        told = f"{told}{joint}{valeur.note}" if told else valeur.note
    return f"{valeur.periode}{NBSP}: {told}" if told else ""


def _exact(points) -> tuple[PointSerie, ...]:
    return tuple(point for point in points if point.est_exacte)


def _years(points) -> tuple[int, ...]:
    years = [point.annee for point in points if point.annee is not None]
    return tuple(range(min(years), max(years) + 1)) if years else ()


def _chronological(valeur: Valeur):
    return (*valeur.periode.rang, valeur.previsionnelle)


def _is_shown(valeur: Valeur, jusqua: int | None) -> bool:
    annee = valeur.periode.annee
    return jusqua is None or annee is None or valeur.previsionnelle or annee <= jusqua


def _shown(valeur: Decimal | None, decimales: int) -> Decimal | None:
    if valeur is None:
        return None
    return valeur.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
