"""What the pages of the bilans ask of a convention."""

import datetime

from django.db import models

from actions.models import PointEtape
from axes.models import Axe
from axes.services.equipe import fingerprint
from copil.enums import EtatReunion, TypeInstance
from copil.models import Point, Reunion
from ctg_portal.lib.recherche import normalise

from .models import Bilan, Partage
from .tree.seance import SIGLE


def exercices_of(convention, today: datetime.date) -> list[int]:
    """The exercices a bilan can be made for, the latest first.

    Years of the convention that have begun, and every year for which something was written, even
    outside the period: a bilan of 2019-2022 may tell what was done in 2023.
    """
    years = set(
        Point.objects.filter(convention=convention).order_by().values_list("exercice", flat=True)
    )
    years.update(
        PointEtape.objects.filter(fiche__axe__convention=convention)
        .order_by()
        .values_list("exercice", flat=True)
    )
    if convention.debut:
        last = min(today.year, convention.fin.fin.year) if convention.fin else today.year
        years.update(range(convention.debut.debut.year, last + 1))
    return sorted(years, reverse=True)


def brouillons_of(convention):
    """The drafts, the latest first."""
    drafts = Bilan.objects.of_convention(convention).brouillons()
    return drafts.select_related("convention", "auteur", "reunion").order_by("-cree_le", "-pk")


def bilans_of(convention, *, with_tree: bool = False):
    """Arrêtés, the latest first, then drafts, each with the versions before and after it.

    Frozen trees are large: only `with_tree` reads that of the bilan itself.
    """
    versions = ("precedente", "correction")
    heavy = [f"{version}__arbre" for version in versions]
    return (
        Bilan.objects.of_convention(convention)
        .select_related("convention", "auteur", "reunion", *versions)
        .defer(*heavy, *([] if with_tree else ["arbre"]))
        .order_by(models.F("arrete_le").desc(nulls_last=True), "-pk")
    )


def last_arrete(convention) -> Bilan | None:
    """The bilan that was frozen last, whatever its exercice."""
    return bilans_of(convention).arretes().first()


def noms_arretes(convention) -> list[str]:
    """The names of people that the arrêtés of a convention still hold, in alphabetical order."""
    tables = Bilan.objects.of_convention(convention).arretes().order_by("pk")
    names = {
        name for table in tables.values_list("personnes", flat=True) for name in table.values()
    }
    return sorted(names - {None}, key=normalise)


def proposed_draft(convention, today: datetime.date) -> tuple[Bilan, list[Axe]]:
    """A new draft, not saved, composed as the latest bilan of the convention; and its axes.

    Its texts and its meeting are those of another year: they are not proposed.
    """
    latest = Bilan.objects.of_convention(convention).defer("arbre").order_by("-pk").first()
    if latest is None:
        exercices = exercices_of(convention, today)
        return Bilan(convention=convention, exercice=exercices[0] if exercices else None), []
    chosen = ("detail", "sections", "avec_photos", "avec_logos")
    draft = Bilan(convention=convention, **{name: getattr(latest, name) for name in chosen})
    if latest.exercice:
        draft.exercice = next(
            (year for year in exercices_of(convention, today) if year > latest.exercice),
            latest.exercice,
        )
    return draft, list(latest.axes.all())


def reunions_a_venir_ou_tenues(convention):
    """The meetings that a draft may be made for, the latest first."""
    possible = Reunion.objects.of_convention(convention).exclude(etat=EtatReunion.ANNULEE)
    return possible.prefetch_related("instances").order_by("-date", "-pk")


def reunions_tenues(convention):
    """The meetings that may have examined a bilan, the latest first."""
    held = Reunion.objects.of_convention(convention).filter(etat=EtatReunion.TENUE)
    return held.prefetch_related("instances").order_by("-date", "-pk")


def reunion_en_mots(reunion: Reunion | None, *, sigle: bool = False) -> str:
    """ "Comité de pilotage, bilan 2023 du 9 octobre 2023"; an empty text for no meeting.

    With `sigle`, a COPIL is told by that word alone, whatever its title.
    """
    if reunion is None:
        return ""
    types = {instance.type for instance in reunion.instances.all()}
    name = SIGLE if sigle and TypeInstance.COPIL in types else reunion.nom
    if not reunion.date:
        return name
    joint = " du " if reunion.date.est_un_jour else ", "
    return f"{name}{joint}{reunion.date}"


def partages_of(bilan: Bilan):
    """Every link that was given to this bilan, the latest first, with who gave it."""
    return bilan.partages.select_related("auteur")


def find_open(jeton: str, *, today: datetime.date) -> Partage | None:
    """What this link opens today, with its bilan, whose tree is only read if it is asked for.

    None alike for a link that never was, that is over, or that was withdrawn. The database looks
    for the fingerprint: how long it takes says nothing of the tokens.
    """
    return (
        Partage.objects.running(today)
        .filter(jeton=fingerprint(jeton))
        .select_related("bilan__convention", "bilan__correction")
        .defer("bilan__arbre", "bilan__correction__arbre")
        .first()
    )
