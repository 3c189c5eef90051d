"""Freezing a bilan, correcting an arrêté, erasing a person from them."""

import dataclasses
import datetime

from django.db import transaction
from django.utils import timezone

from axes.models import Convention
from copil.models import Reunion
from ctg_portal.lib.recherche import normalise
from journal.tracking import acting_as, record

from .. import canonical, images
from ..fichiers import forget_arrete
from ..models import Bilan
from ..present import build_present, composition_of
from ..queries import reunion_en_mots
from ..render.version import version_du_rendu
from ..tree import nodes
from .brouillons import locked_draft
from .refus import ArreteRefus

#: What the next version of an arrêté takes over from it, its axes apart.
COMPOSEES = ("detail", "sections", "introduction", "conclusion", "avec_photos", "avec_logos")


@transaction.atomic
def arreter(
    *,
    convention: Convention,
    exercice: int | None,
    avis: str,
    auteur,
    now: datetime.datetime,
    reunion: Reunion | None = None,
    brouillon: Bilan | None = None,
) -> Bilan:
    """Freeze the bilan of an exercice, or of the whole period, as it stands now.

    A draft is frozen as it is composed, and is no draft any more: `exercice` is its own. Raises
    ArreteRefus where a bilan is frozen already (it is corrected instead), where the draft is gone.
    Side effects: copies of its pictures in the media, a journal entry in the name of `auteur`.
    """
    # Two people who freeze at once: the second waits, then is refused.
    Convention.objects.select_for_update().get(pk=convention.pk)
    bilan = Bilan(convention=convention, exercice=exercice)
    if brouillon is not None:
        bilan = locked_draft(brouillon)
        exercice = bilan.exercice
    existing = _latest(convention, exercice)
    if existing is not None:
        raise ArreteRefus(
            f"«\u00a0{existing}\u00a0» existe déjà\u00a0: une correction est une nouvelle version,"
            " avec son motif."
        )
    arrete = nodes.Arrete(
        le=timezone.localdate(now),
        auteur=auteur.nom,
        avis=nodes.Texte(avis),
        reunion=reunion_en_mots(reunion, sigle=True),
    )
    composition = _frozen_composition(bilan) if brouillon else None
    return _freeze(bilan, arrete, auteur, reunion, now, composition)


@transaction.atomic
def corriger(
    *,
    bilan: Bilan,
    motif: str,
    avis: str,
    auteur,
    now: datetime.datetime,
    reunion: Reunion | None = None,
) -> Bilan:
    """Freeze what the portal holds now as the next version of an arrêté, which stays as it was.

    The new version is composed as the other one. Raises ArreteRefus for a version that another one
    replaces already. Side effects: those of `arreter`.
    """
    Convention.objects.select_for_update().get(pk=bilan.convention_id)
    latest = _latest(bilan.convention, bilan.exercice)
    if latest is None or latest.pk != bilan.pk:
        raise ArreteRefus("Cette version est déjà corrigée\u00a0: corrigez la dernière.")
    arrete = nodes.Arrete(
        le=timezone.localdate(now),
        auteur=auteur.nom,
        avis=nodes.Texte(avis),
        reunion=reunion_en_mots(reunion, sigle=True),
        version=bilan.version + 1,
        motif=motif,
    )
    following = Bilan(
        convention=bilan.convention,
        exercice=bilan.exercice,
        version=bilan.version + 1,
        precedente=bilan,
        **{name: getattr(bilan, name) for name in COMPOSEES},
    )
    axes = list(bilan.axes.all())
    composition = _frozen_composition(bilan, axes) if bilan.tree_entier.composition else None
    frozen = _freeze(following, arrete, auteur, reunion, now, composition)
    frozen.axes.add(*axes)
    return frozen


@transaction.atomic
def effacer_personne(*, convention: Convention, nom: str, actor=None) -> list[Bilan]:
    """Erase a person from the arrêtés of a convention; their text and their hash do not change.

    Returns the bilans that named her, by that very name whatever its case and accents. Side
    effects: their kept files go, to be rendered again without the name; a journal entry each,
    which does not repeat it.
    """
    wanted = normalise(nom)
    found = []
    for bilan in Bilan.objects.of_convention(convention).arretes().select_for_update(of=("self",)):
        kept = {
            token: None if name and normalise(name) == wanted else name
            for token, name in bilan.personnes.items()
        }
        if kept == bilan.personnes:
            continue
        bilan.personnes = kept
        bilan.save(update_fields=["personnes"])
        _record_erasure(bilan, actor)
        transaction.on_commit(lambda bilan=bilan: forget_arrete(bilan))
        found.append(bilan)
    return found


def _latest(convention, exercice: int | None) -> Bilan | None:
    return (
        Bilan.objects.of_convention(convention)
        .latest_versions()
        .filter(exercice=exercice)
        .select_related("convention")
        .first()
    )


def _frozen_composition(bilan: Bilan, axes=None) -> nodes.Composition:
    """What was chosen; the meeting that examined a bilan is told by the arrêté itself."""
    return dataclasses.replace(composition_of(bilan, axes), reunion="")


def _freeze(
    bilan: Bilan, arrete: nodes.Arrete, auteur, reunion, now, composition: nodes.Composition | None
) -> Bilan:
    tree = build_present(
        bilan.convention,
        bilan.exercice,
        today=arrete.le,
        arrete=arrete,
        composition=composition,
    )
    names = images.lasting_names(tree)
    try:
        images.keep(names)
    except OSError as error:
        raise ArreteRefus(
            "Les photos du bilan n’ont pas pu être gardées\u00a0: la place manque sur le serveur."
            " Rien n’est arrêté."
        ) from error
    written = canonical.write(tree, names)
    bilan.reunion, bilan.auteur, bilan.arrete_le = reunion, auteur, now
    bilan.arbre, bilan.empreinte = written.texte, written.empreinte
    bilan.personnes = written.personnes
    bilan.version_rendu = version_du_rendu()
    with acting_as(auteur):
        bilan.save()
    return bilan


def _record_erasure(bilan: Bilan, actor) -> None:
    with acting_as(actor):
        record(
            bilan,
            f"Un nom est effacé de «\u00a0{bilan}\u00a0»\u00a0; son empreinte n’a pas changé.",
        )
