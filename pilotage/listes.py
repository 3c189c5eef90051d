"""The lists that describe a convention: one declaration each, one set of pages for all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from axes import forms as axes_forms
from axes.forms import ListeForm
from axes.models import (
    Axe,
    Commune,
    Convention,
    Jalon,
    Objectif,
    PiloteAxe,
    Representant,
    Signataire,
    Thematique,
)
from copil.forms.reunions import InstanceForm, PointForm
from copil.models import Instance, Point
from ctg_portal.lib.typographie import compte
from indicators.forms import StructureForm
from indicators.models import Structure


@dataclass(frozen=True, slots=True)
class Liste:
    """One list: its words (`un`: one of its rows), its rows, its form.

    `detail` says what stands beside each row.
    """

    nom: str
    titre: str
    un: str
    aide: str
    rows: Callable[[Convention], QuerySet]
    form: type[ListeForm]
    detail: Callable[[object], str]
    ordonnee: bool = True
    fusion: bool = False


def _announced(axe: Axe) -> str:
    """How many fiches the signed convention announces in this axe, if it says so."""
    announced = axe.fiches_annoncees
    return "" if announced is None else compte(announced, "fiche annoncée", "fiches annoncées")


def _display(name: str):
    return lambda row: getattr(row, f"get_{name}_display")()


LISTES = {
    liste.nom: liste
    for liste in (
        Liste(
            "axes",
            "Axes",
            "un axe",
            "Le premier niveau du plan.",
            lambda c: Axe.objects.filter(convention=c),
            axes_forms.AxeForm,
            _announced,
        ),
        Liste(
            "pilotes",
            "Pilotes d’axe",
            "un pilote d’axe",
            "Être pilote ne donne aucun droit : les droits se donnent à part.",
            lambda c: PiloteAxe.objects.filter(axe__convention=c).select_related("axe"),
            axes_forms.PiloteAxeForm,
            lambda row: str(row.axe),
        ),
        Liste(
            "objectifs",
            "Objectifs",
            "un objectif",
            "Le deuxième niveau, s’il existe.",
            lambda c: Objectif.objects.filter(axe__convention=c).select_related("axe"),
            axes_forms.ObjectifForm,
            lambda row: str(row.axe),
        ),
        Liste(
            "thematiques",
            "Thématiques locales",
            "une thématique locale",
            "Elles s’ajoutent à la liste nationale.",
            lambda c: Thematique.objects.filter(convention=c),
            axes_forms.ThematiqueForm,
            lambda row: "",
            ordonnee=False,
        ),
        Liste(
            "communes",
            "Communes",
            "une commune",
            "Les communes du territoire.",
            lambda c: Commune.objects.filter(convention=c),
            axes_forms.CommuneForm,
            lambda row: "",
        ),
        Liste(
            "structures",
            "Structures",
            "une structure",
            "Équipements et services : accueils, relais, ludothèques…",
            lambda c: Structure.objects.filter(convention=c).select_related("commune"),
            StructureForm,
            lambda row: row.type,
            fusion=True,
        ),
        Liste(
            "jalons",
            "Jalons",
            "un jalon",
            "Les dates de la vie de la convention.",
            lambda c: Jalon.objects.filter(convention=c),
            axes_forms.JalonForm,
            _display("type"),
            ordonnee=False,
        ),
        Liste(
            "signataires",
            "Signataires",
            "un signataire",
            "Les organismes qui ont signé.",
            lambda c: Signataire.objects.filter(convention=c),
            axes_forms.SignataireForm,
            lambda row: row.organisme if row.nom_court else row.type,
        ),
        Liste(
            "representants",
            "Représentants des signataires",
            "un représentant",
            "Qui a signé pour chaque organisme.",
            lambda c: Representant.objects.filter(signataire__convention=c).select_related(
                "signataire"
            ),
            axes_forms.RepresentantForm,
            lambda row: str(row.signataire),
        ),
        Liste(
            "instances",
            "Instances",
            "une instance",
            "Comité de pilotage, comités techniques, commissions…",
            lambda c: Instance.objects.filter(convention=c),
            InstanceForm,
            _display("type"),
        ),
        Liste(
            "points",
            "Points de l’année",
            "un point de l’année",
            "Points forts et faibles, perspectives et ce qu’elles deviennent, éléments phares.",
            lambda c: Point.objects.filter(convention=c).select_related("axe"),
            PointForm,
            lambda row: (
                f"{row.get_nature_display()}, {row.exercice} · {row.axe or 'toute la convention'}"
            ),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class LigneListe:
    pk: int
    texte: str
    detail: str


def build_row(liste: Liste, row) -> LigneListe:
    """One row as its list shows it."""
    return LigneListe(row.pk, str(row), liste.detail(row))
