"""Assembles the tree of a bilan from the rows of one convention."""

import dataclasses
import datetime

from ctg_portal.lib.typographie import NBSP

from ..sigles import sigles_of
from . import nodes
from .cadrage import cadrage, convention_node
from .exercice import Exercice
from .fiches import FicheBuilder, comptes
from .gouvernance import copil_text, gouvernance
from .loading import Rows, grouped, load
from .points import PointsBuilder
from .sommaire import sommaire


def build_bilan(
    convention,
    exercice: int | None = None,
    *,
    today: datetime.date,
    arrete: nodes.Arrete | None = None,
    composition: nodes.Composition | None = None,
) -> nodes.Bilan:
    """The bilan of one exercice, or of the whole period, as it stands today.

    `arrete` says what freezes it, where the tree will be kept. The tree is whole whatever its
    `composition`, which `compose` carries out where it is printed. Reads in a constant number of
    queries whatever the size of the convention. Statuses are the present ones: there is no travel
    in time (product.md, "Time, in one place"). Never holds internal notes, comments, archived
    fiches, nor a photo without droit à l’image.
    """
    selection = Exercice(exercice)
    rows = load(convention, selection)
    renvois = _renvois(rows)
    points = PointsBuilder(rows.points, selection, renvois)
    axes = _axes(convention, rows, selection, renvois, points)
    bilan = nodes.Bilan(
        schema=nodes.SCHEMA,
        exercice=exercice,
        edite_le=today,
        convention=convention_node(convention),
        copil=_copil(rows, today, arrete, composition),
        cadrage=cadrage(convention, rows),
        comptes=comptes(rows.fiches),
        axes=axes,
        indicateurs=tuple(rows.series.convention),
        annees=points.build(None),
        gouvernance=gouvernance(rows, selection, renvois),
        conclusion=nodes.Texte(convention.conclusion),
        ecarts=(),
        sigles=(),
        sommaire=(),
        arrete=arrete,
        composition=composition,
    )
    bilan = dataclasses.replace(bilan, ecarts=_ecarts(bilan))
    bilan = dataclasses.replace(bilan, sigles=sigles_of(bilan))
    return dataclasses.replace(bilan, sommaire=sommaire(bilan))


def ancre_d_axe(rang: int) -> str:
    """The anchor of an axe by its place among those of the convention, from 1."""
    return f"axe-{rang}"


def _copil(rows: Rows, today: datetime.date, arrete, composition) -> str:
    if arrete and arrete.reunion:
        return f"examiné en réunion{NBSP}: {arrete.reunion}"
    if not arrete and composition and composition.reunion:
        return f"préparé pour la réunion{NBSP}: {composition.reunion}"
    return copil_text(rows.reunions, today)


def _renvois(rows: Rows) -> dict[int, nodes.Renvoi]:
    """Where each fiche stands: anchors count places, so that they do not depend on the database."""
    ranks = {axe.pk: rank for rank, axe in enumerate(rows.axes, start=1)}
    found = {}
    for axe_pk, fiches in grouped(rows.fiches, lambda fiche: fiche.axe_id).items():
        for rank, fiche in enumerate(fiches, start=1):
            anchor = f"fiche-{ranks[axe_pk]}-{rank}"
            found[fiche.pk] = nodes.Renvoi(anchor, fiche.repere, fiche.intitule)
    return found


def _axes(convention, rows: Rows, selection, renvois, points) -> tuple[nodes.Axe, ...]:
    builder = FicheBuilder(rows, selection, renvois)
    fiches_by_axe = grouped(rows.fiches, lambda fiche: fiche.axe_id)
    objectifs_by_axe = grouped(rows.objectifs, lambda objectif: objectif.axe_id)
    return tuple(
        nodes.Axe(
            ancre=ancre_d_axe(rank),
            numero=axe.numero,
            intitule=axe.intitule,
            intitule_court=axe.intitule_court,
            mot=convention.libelle_axe,
            presentation=nodes.Texte(axe.presentation),
            pilotes=tuple(pilote.nom for pilote in axe.pilotes.all()),
            thematiques=tuple(thematique.nom for thematique in axe.thematiques.all()),
            fiches_annoncees=axe.fiches_annoncees,
            comptes=comptes(fiches_by_axe[axe.pk]),
            objectifs=_objectifs(objectifs_by_axe[axe.pk], fiches_by_axe[axe.pk], builder),
            indicateurs=tuple(rows.series.axes[axe.pk]),
            annees=points.build(axe.pk),
        )
        for rank, axe in enumerate(rows.axes, start=1)
    )


def _objectifs(objectifs, fiches, builder: FicheBuilder) -> tuple[nodes.Objectif, ...]:
    """Every objectif, those without fiche included; fiches without objectif come last."""
    by_objectif = grouped(fiches, lambda fiche: fiche.objectif_id)
    found = [
        nodes.Objectif(
            objectif.code,
            objectif.intitule,
            tuple(builder.build(fiche) for fiche in by_objectif[objectif.pk]),
        )
        for objectif in objectifs
    ]
    if by_objectif[None]:
        found.append(
            nodes.Objectif("", "", tuple(builder.build(fiche) for fiche in by_objectif[None]))
        )
    return tuple(found)


def _ecarts(bilan: nodes.Bilan) -> tuple[nodes.Ecart, ...]:
    """Every printed figure that differs from the computed one."""
    found = [
        nodes.Ecart(
            objet=f"{axe.repere}{NBSP}: nombre de fiches",
            imprime=str(axe.fiches_annoncees),
            calcule=str(axe.comptes.fiches),
            ancre=axe.ancre,
        )
        for axe in bilan.axes
        if axe.annonce_differe
    ]
    places = [(bilan.indicateurs, "cadrage")]
    for axe in bilan.axes:
        places.append((axe.indicateurs, axe.ancre))
        places.extend((fiche.indicateurs_tous, fiche.ancre) for fiche in axe.fiches)
    found.extend(
        nodes.Ecart(
            objet=f"{serie.rattachement} {serie.intitule}".strip(),
            imprime=serie.variation_imprimee,
            calcule=serie.variation.ecart_complet,
            ancre=anchor,
        )
        for series, anchor in places
        for serie in series
        if serie.ecart_imprime
    )
    return tuple(found)
