"""What surrounds a fiche, and what is counted over those of a convention, in few queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast, Concat

from axes.models import Commune, Objectif, Thematique
from ctg_portal.lib.requetes import RequetePreparee

from .enums import Atteint
from .models import (
    FicheAction,
    Partenaire,
    PiloteFiche,
    PointEtape,
    Realisation,
    ResultatAttendu,
    Volet,
)
from .models.fiche import repere_of

# A fiche of another axe is told by its code and the number of its axe: one column of the union.
JOINT = "\n"
CODE_ET_AXE = Concat("code", Value(JOINT), "axe__numero")


@dataclass(frozen=True, slots=True)
class Nom:
    """One row of a short list: its key, its name, and what stands beside the name."""

    pk: int
    nom: str
    detail: str


def short_lists_of(fiche: FicheAction) -> dict[str, list[Nom]]:
    """The short lists of a fiche in one query, each in its own order.

    Keys: pilotes, partenaires (detail: role), volets (detail: text), points_etape (name: exercice,
    detail: text), communes, thematiques, liees (detail: axe and code, "1.A2"); of one row at
    most, objectif and precedente (detail: code).
    """
    lists = defaultdict(list)
    for name, _rank, pk, label, detail in _short_lists(fiche.pk):
        if name == "liees":
            detail = repere_of(*detail.split(JOINT))
        lists[name].append(Nom(pk, label, detail))
    return lists


@RequetePreparee
def _short_lists(fiche: int):
    branches = [
        _rows("pilotes", PiloteFiche.objects.filter(fiche=fiche), "nom"),
        _rows("partenaires", Partenaire.objects.filter(fiche=fiche), "organisme", "role"),
        _rows("volets", Volet.objects.filter(fiche=fiche), "titre", "texte"),
        _rows("points_etape", PointEtape.objects.filter(fiche=fiche), "exercice", "texte"),
        _rows("communes", Commune.objects.filter(fiches=fiche), "nom"),
        _rows("thematiques", Thematique.objects.filter(fiches=fiche), "nom", rank=Value(0)),
        _rows("liees", FicheAction.objects.filter(fiches_liees=fiche), "intitule", CODE_ET_AXE),
        _rows("objectif", Objectif.objects.filter(fiches=fiche), "intitule", "code"),
        _rows("precedente", FicheAction.objects.filter(suivantes=fiche), "intitule", "code"),
    ]
    return branches[0].union(*branches[1:], all=True).order_by("liste", "rang", "cle")


def pilotes_in_lines(fiche: FicheAction) -> str:
    """The names of the pilots of a fiche, one per line, as the plan edits them."""
    return "\n".join(dict.fromkeys(pilote.nom for pilote in fiche.pilotes.all()))


def crossed_statuses(fiches) -> dict[tuple[str, str], int]:
    """How many of these fiches say each (réalisation, objectifs); either may be empty."""
    rows = (
        fiches.order_by()
        .values_list("realisation", "objectifs_atteints")
        .annotate(nombre=Count("pk"))
    )
    return {(realisation, objectifs): nombre for realisation, objectifs, nombre in rows}


def counts_by_commune(convention) -> dict[int | None, int]:
    """Fiches that are not archived by commune that they name; None: they name none."""
    rows = FicheAction.objects.of_convention(convention).active().order_by()
    return dict(rows.values_list("communes").annotate(nombre=Count("pk")))


def realisations_of(convention):
    """What the fiches that are not archived brought about, each with its fiche and its axe."""
    return Realisation.objects.filter(
        fiche__axe__convention=convention, fiche__archivee=False
    ).select_related("fiche__axe")


def reached_results(fiches) -> dict[int, tuple[int, int]]:
    """(reached, promised) by fiche, among its expected results of the first level.

    A fiche whose results are all silent on whether they were reached is left out.
    """
    rows = ResultatAttendu.objects.filter(fiche__in=fiches, niveau=1)
    found: dict[int, list[str]] = defaultdict(list)
    for fiche, atteint in rows.order_by("pk").values_list("fiche_id", "atteint"):
        found[fiche].append(atteint)
    return {
        fiche: (told.count(Atteint.OUI), len(told)) for fiche, told in found.items() if any(told)
    }


def _rows(name: str, queryset, label: str, detail: str | Concat | None = None, rank=None):
    text = CharField()
    return (
        queryset.order_by()
        .annotate(
            liste=Value(name, output_field=text),
            rang=rank or F("ordre"),
            cle=F("pk"),
            etiquette=Cast(label, text),
            precision=Cast(detail, text) if detail else Value("", output_field=text),
        )
        .values_list("liste", "rang", "cle", "etiquette", "precision")
    )
