"""What changed from one bilan to another: a pure function on two trees."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from copil.enums import Devenir
from ctg_portal.lib.typographie import NBSP, date_longue
from indicators.series import PointSerie, Serie, compare

from .tree import nodes
from .tree.points import DEVENIR_INCONNU

STATUTS = {"suivi": "Suivi", "realisation": "Réalisation", "objectifs": "Objectifs"}
INCONNU = "non renseigné"
#: What a perspective may still leave behind.
OUVERTS = frozenset({"", DEVENIR_INCONNU, str(Devenir.EN_COURS.label)})


@dataclass(frozen=True, slots=True)
class EtatFiche:
    """What two bilans compare of a fiche."""

    pk: int | None
    axe: str
    fiche: nodes.Renvoi
    suivi: nodes.Statut
    realisation: nodes.Statut
    objectifs: nodes.Statut


@dataclass(frozen=True, slots=True)
class Reference:
    """What an earlier bilan says of its fiches, by key, and how a comparison names it."""

    titre: str
    nom: str
    date: datetime.date
    fiches: Mapping[object, EtatFiche]


def reference_of(avant: nodes.Bilan) -> Reference:
    return Reference(
        titre=_title(avant),
        nom=f"{avant.titre}, {_lower(avant.etat)}",
        date=avant.arrete.le if avant.arrete else avant.edite_le,
        fiches=dict(_fiches(avant)),
    )


def compare_bilans(avant: nodes.Bilan, apres: nodes.Bilan) -> nodes.Comparaison:
    """What the later bilan says otherwise than the earlier one.

    Fiches, indicators and perspectives are found again by the key of their row, whatever their new
    name; those of a tree without keys by their words. Statuses are compared one by one: none is
    derived from another. A perspective is followed while the earlier bilan left it open.
    """
    return dataclasses.replace(
        compare_fiches(reference_of(avant), dict(_fiches(apres))),
        apres=f"{apres.titre}, {_lower(apres.etat)}",
        indicateurs=tuple(_indicateurs(avant, apres)),
        perspectives=tuple(_perspectives(avant, apres)),
    )


def compare_fiches(avant: Reference, after: Mapping[object, EtatFiche]) -> nodes.Comparaison:
    """The same for the fiches alone, against their present states by key."""
    before = avant.fiches
    compared = [_compared(before[key], found) for key, found in after.items() if key in before]
    return nodes.Comparaison(
        titre=avant.titre,
        avant=avant.nom,
        apres="aujourd’hui",
        depuis_le=avant.date,
        mouvements=tuple(found for found in compared if found.changements),
        nouvelles=tuple(_alone(found) for key, found in after.items() if key not in before),
        disparues=tuple(_alone(found) for key, found in before.items() if key not in after),
        renommees=tuple(found for found in compared if found.ancien_nom),
        indicateurs=(),
        perspectives=(),
    )


def _title(avant: nodes.Bilan) -> str:
    """ "Depuis le COPIL du 9 octobre 2023", or the day on which the bilan was frozen or made."""
    if avant.arrete and avant.arrete.reunion:
        name = avant.arrete.reunion
        is_masculine = name.lower().startswith(("copil", "comité"))
        return f"Depuis le {name}" if is_masculine else f"Depuis «{NBSP}{name}{NBSP}»"
    if avant.arrete:
        return f"Depuis le bilan arrêté le {date_longue(avant.arrete.le)}"
    return f"Depuis le {date_longue(avant.edite_le)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


# --- Fiches -----------------------------------------------------------------------------------


def _fiches(tree: nodes.Bilan) -> Iterator[tuple[object, EtatFiche]]:
    for axe in tree.axes:
        for fiche in axe.fiches:
            key = fiche.pk if fiche.pk is not None else (axe.numero, fiche.code, fiche.intitule)
            yield (
                key,
                EtatFiche(
                    pk=fiche.pk,
                    axe=axe.repere,
                    fiche=fiche.renvoi,
                    suivi=fiche.suivi,
                    realisation=fiche.realisation,
                    objectifs=fiche.objectifs,
                ),
            )


def _compared(before: EtatFiche, after: EtatFiche) -> nodes.FicheComparee:
    was, now = str(before.fiche), str(after.fiche)
    return nodes.FicheComparee(
        pk=after.pk,
        axe=after.axe,
        fiche=after.fiche,
        ancien_nom=was if was != now else "",
        changements=tuple(
            nodes.ChangementStatut(name, getattr(before, field), getattr(after, field))
            for field, name in STATUTS.items()
            if getattr(before, field).valeur != getattr(after, field).valeur
        ),
    )


def _alone(found: EtatFiche) -> nodes.FicheComparee:
    return nodes.FicheComparee(found.pk, found.axe, found.fiche)


# --- Indicators -------------------------------------------------------------------------------


def _series(tree: nodes.Bilan) -> Iterator[tuple[object, Serie]]:
    series = [*tree.indicateurs]
    for axe in tree.axes:
        series += axe.indicateurs
        for fiche in axe.fiches:
            series += fiche.indicateurs_tous
    for serie in series:
        yield serie.pk if serie.pk is not None else (serie.rattachement, serie.intitule), serie


def _indicateurs(avant, apres) -> Iterator[nodes.IndicateurCompare]:
    before = dict(_series(avant))
    for key, serie in _series(apres):
        old = before.get(key)
        known = {point.periode: point for point in old.constatees} if old else {}
        fresh = tuple(point for point in serie.constatees if point.periode not in known)
        corrections = tuple(
            nodes.Correction(known[point.periode], point)
            for point in serie.constatees
            if point.periode in known and _differs(known[point.periode], point)
        )
        unit_before = old.unite if old and old.unite != serie.unite else ""
        if not (fresh or corrections or unit_before):
            continue
        yield nodes.IndicateurCompare(
            pk=serie.pk,
            rattachement=serie.rattachement,
            intitule=serie.intitule,
            unite=serie.unite,
            ancienne_unite=unit_before,
            nouveau=old is None,
            nouvelles=fresh,
            corrections=corrections,
            variation=None if unit_before else _variation(old, serie),
        )


def _differs(before: PointSerie, after: PointSerie) -> bool:
    return (before.valeur, before.affichage) != (after.valeur, after.affichage)


def _variation(old: Serie | None, serie: Serie):
    if old is None or not old.chiffrees or not serie.chiffrees:
        return None
    de, a = old.chiffrees[-1], serie.chiffrees[-1]
    return compare(de, a) if de.periode != a.periode else None


# --- Perspectives -----------------------------------------------------------------------------


def _perspectives(avant, apres) -> Iterator[nodes.PerspectiveSuivie]:
    now = {
        _point_key(point): point
        for _, annee in _annees(apres)
        for point in (*annee.perspectives, *annee.precedentes)
    }
    for place, annee in _annees(avant):
        for point in annee.perspectives:
            if point.devenir not in OUVERTS:
                continue
            after = now.get(_point_key(point), point)
            is_known = after.devenir not in {"", DEVENIR_INCONNU}
            words = after.devenir if is_known else ", ".join(after.repris_par) or INCONNU
            yield nodes.PerspectiveSuivie(
                axe=place,
                exercice=annee.exercice,
                texte=point.texte.simple,
                devenir=words,
                connu=is_known or bool(after.repris_par),
                fiche=after.fiche,
                repris_par=after.repris_par,
            )


def _annees(tree: nodes.Bilan) -> Iterator[tuple[str, nodes.PointsAnnee]]:
    for axe in tree.axes:
        for annee in axe.annees:
            yield axe.repere, annee
    for annee in tree.annees:
        yield "", annee


def _point_key(point: nodes.Point):
    return point.pk if point.pk is not None else point.texte.simple
