"""Writes on indicators and their values. Each function is one intention in one transaction."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from ctg_portal.lib.edits import Conflict, EditConflict, apply_edit

from .alertes import Alerte, alertes_of
from .grille import CASES_MAX, BilanSaisie, CaseModifiee, merge_cells
from .models import Indicateur, Structure, Valeur
from .series import build_serie


@transaction.atomic
def add_indicateur(*, indicateur: Indicateur) -> Indicateur:
    """Add an indicator at the end of those of its convention. Side effect: a journal entry."""
    siblings = Indicateur.objects.filter(convention=indicateur.convention)
    indicateur.ordre = (siblings.aggregate(last=Max("ordre"))["last"] or 0) + 1
    indicateur.save()
    return indicateur


def edit_indicateur(*, indicateur: Indicateur, opened: Mapping, submitted: Mapping) -> Indicateur:
    """Write what was submitted. Raises EditConflict; side effect: a journal entry."""
    return apply_edit(
        queryset=Indicateur.objects.all(), pk=indicateur.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def add_valeur(*, indicateur: Indicateur, valeur: Valeur) -> Valeur:
    """Add a value. Side effects: the indicator's row locked, a journal entry.

    Raises EditConflict with both figures when somebody has just written that period.
    """
    _lock(indicateur)
    _refuse_second(indicateur, valeur)
    valeur.indicateur = indicateur
    valeur.save()
    return valeur


@transaction.atomic
def edit_valeur(*, valeur: Valeur, opened: Mapping, submitted: Mapping) -> Valeur:
    """Write what was submitted. Side effects: the indicator's row locked, a journal entry.

    Raises EditConflict, for a field changed twice or a period that somebody has just written.
    """
    _lock(valeur.indicateur)
    wanted = Valeur(
        pk=valeur.pk,
        periode=submitted.get("periode", valeur.periode),
        previsionnelle=submitted.get("previsionnelle", valeur.previsionnelle),
        valeur=submitted.get("valeur", valeur.valeur),
    )
    _refuse_second(valeur.indicateur, wanted)
    return apply_edit(
        queryset=Valeur.objects.all(), pk=valeur.pk, opened=opened, submitted=submitted
    )


@transaction.atomic
def remove_valeur(*, valeur: Valeur) -> None:
    """Remove a value. Side effect: a journal entry that keeps what it said."""
    valeur.delete()


@transaction.atomic
def save_grid(*, cases: list[CaseModifiee], annee_courante: int) -> BilanSaisie:
    """Write the changed cells of a grid, all of them or none; returns what was done.

    An emptied cell removes its value. Raises EditConflict, with the key and both contents of each
    cell that somebody else changed meanwhile, and ValueError above CASES_MAX cells. Side effects:
    the rows of the indicators and of their values locked, one journal entry per value written.
    """
    if len(cases) > CASES_MAX:
        raise ValueError(f"Plus de {CASES_MAX} cases à la fois.")
    keys = {case.indicateur.pk for case in cases}
    # Locked before the values are read, in one order: two grids never wait for each other.
    locked = Indicateur.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(locked.values_list("pk"))
    stored = list(Valeur.objects.select_for_update().filter(indicateur__in=keys).order_by("pk"))
    ecritures = merge_cells(cases, stored)
    standing = [valeur for valeur in stored if valeur not in ecritures.supprimees]
    for valeur in ecritures.supprimees:
        valeur.delete()
    for valeur, fields in ecritures.modifiees:
        valeur.save(update_fields=fields)
    for valeur in ecritures.ajoutees:
        valeur.save()
    return BilanSaisie(
        ajoutees=len(ecritures.ajoutees),
        modifiees=len(ecritures.modifiees),
        supprimees=len(ecritures.supprimees),
        alertes=_alertes(cases, [*standing, *ecritures.ajoutees], annee_courante),
    )


def _alertes(
    cases: list[CaseModifiee], standing: list[Valeur], annee_courante: int
) -> tuple[Alerte, ...]:
    """The doubts about the cells just written, among all that their indicators now hold."""
    indicateurs, periodes, valeurs = {}, defaultdict(set), defaultdict(list)
    for case in cases:
        indicateurs[case.indicateur.pk] = case.indicateur
        periodes[case.indicateur.pk].add(case.periode.code)
    for valeur in standing:
        valeurs[valeur.indicateur_id].append(valeur)
    return tuple(
        alerte
        for pk, indicateur in indicateurs.items()
        for alerte in alertes_of(
            build_serie(indicateur, valeurs[pk]),
            annee_courante=annee_courante,
            periodes=periodes[pk],
        )
    )


def _lock(indicateur: Indicateur) -> None:
    """Values of one indicator are written one after the other."""
    Indicateur.objects.select_for_update(of=("self",)).get(pk=indicateur.pk)


def _refuse_second(indicateur: Indicateur, valeur: Valeur) -> None:
    standing = (
        Valeur.objects.filter(
            indicateur=indicateur,
            periode=valeur.periode,
            previsionnelle=valeur.previsionnelle,
        )
        .exclude(pk=valeur.pk)
        .first()
    )
    if standing:
        raise EditConflict([Conflict("valeur", actuel=standing.valeur, propose=valeur.valeur)])


@transaction.atomic
def merge_structures(*, gardee: Structure, absorbee: Structure) -> Structure:
    """Give the indicators of a structure to another one, then remove it.

    Its name joins the former names of the one that stays. Raises ValueError when the two are one
    or belong to two conventions. Side effects: journal entries of every indicator moved, of the
    structure kept and of the one removed.
    """
    if gardee.pk == absorbee.pk or gardee.convention_id != absorbee.convention_id:
        raise ValueError("Deux structures différentes de la même convention.")
    for indicateur in absorbee.indicateurs.select_for_update():
        indicateur.structure = gardee
        indicateur.save(update_fields=["structure"])
    former = [gardee.noms_anterieurs, absorbee.nom, absorbee.noms_anterieurs]
    names = [name.strip() for text in former for name in text.split(";") if name.strip()]
    gardee.noms_anterieurs = " ; ".join(dict.fromkeys(names))
    gardee.save(update_fields=["noms_anterieurs"])
    absorbee.delete()
    return gardee
