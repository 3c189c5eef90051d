"""What a composed bilan prints of its whole tree: everything that draws is given what is left.

An arrêté keeps its whole tree beside its composition: two bilans compare whatever was printed of
them. Only figures that are counted over the axes are counted again.
"""

import dataclasses
from collections.abc import Callable

from ..enums import Detail, Partie
from ..sigles import SIGLES, sigles_of
from . import nodes
from .seance import copil_de
from .sommaire import sommaire

VIDE = nodes.Texte()


def compose(tree: nodes.Bilan) -> nodes.Bilan:
    """The tree as its composition wants it printed; without a composition, the very same tree.

    Parts that are left out are empty, axes that are left out are gone with all that is said of
    them, a level of detail empties what it does not tell. Pure: no query.
    """
    if tree.composition is None:
        return tree
    choice = tree.composition
    axes = _kept_axes(tree, choice)
    found = dataclasses.replace(
        tree,
        composition=_own_texts(choice),
        convention=tree.convention
        if choice.avec_logos
        else dataclasses.replace(tree.convention, logo=""),
        comptes=_total([axe.comptes for axe in axes])
        if len(axes) < len(tree.axes)
        else tree.comptes,
        axes=tuple(_axe(axe, choice) for axe in axes),
        annees=_annees(tree.annees, choice) if Partie.PHARES in choice.parties else (),
        conclusion=_conclusion(tree, choice),
        gouvernance=_gouvernance(tree, choice),
        depuis=_depuis(tree, axes) if Partie.DEPUIS in choice.parties else None,
        totaux=_totaux(tree, axes, choice),
        **_cadrage(tree, choice),
    )
    return _annexes(_without_lost_anchors(found), tree)


def _kept_axes(tree: nodes.Bilan, choice: nodes.Composition) -> tuple[nodes.Axe, ...]:
    return tuple(axe for axe in tree.axes if not choice.axes or axe.ancre in choice.axes)


def _own_texts(choice: nodes.Composition) -> nodes.Composition:
    if Partie.INTRODUCTION in choice.parties:
        return choice
    return dataclasses.replace(choice, introduction=VIDE)


def _conclusion(tree: nodes.Bilan, choice: nodes.Composition) -> nodes.Texte:
    if Partie.CONCLUSION not in choice.parties:
        return VIDE
    return choice.conclusion or tree.conclusion


def _total(comptes: list[nodes.Comptes]) -> nodes.Comptes:
    """The counts of several axes together; at least one."""

    def total(lines) -> tuple[nodes.Compte, ...]:
        return tuple(
            nodes.Compte(same[0].statut, sum(compte.nombre for compte in same))
            for same in zip(*lines, strict=True)
        )

    return nodes.Comptes(
        fiches=sum(one.fiches for one in comptes),
        nouvelles=sum(one.nouvelles for one in comptes),
        suivi=total(one.suivi for one in comptes),
        realisation=total(one.realisation for one in comptes),
        objectifs=total(one.objectifs for one in comptes),
    )


def _documents(documents, choice: nodes.Composition) -> tuple[nodes.Document, ...]:
    """Without photos, only what leads to a file or an address is left: no caption alone."""
    if choice.detail == Detail.SYNTHESE:
        return ()
    if choice.avec_photos:
        return documents
    return tuple(one for one in documents if not one.image and (one.lien or one.fichier))


def _cadrage(tree: nodes.Bilan, choice: nodes.Composition) -> dict:
    if Partie.CADRAGE not in choice.parties:
        return {"cadrage": nodes.Cadrage(VIDE, (), (), (), ()), "indicateurs": ()}
    cadrage = tree.cadrage
    jalons = tuple(
        dataclasses.replace(jalon, documents=_documents(jalon.documents, choice))
        for jalon in cadrage.jalons
    )
    documents = _documents(cadrage.documents, choice)
    kept = dataclasses.replace(cadrage, jalons=jalons, documents=documents)
    if choice.detail == Detail.SYNTHESE:
        kept = dataclasses.replace(kept, signataires=(), jalons=())
        return {"cadrage": kept, "indicateurs": ()}
    return {"cadrage": kept}


def _totaux(tree: nodes.Bilan, axes, choice: nodes.Composition) -> nodes.TotauxFinancements:
    """What the annexes sum up: counted before the fiches lose their lines, and once."""
    if Partie.ANNEXES not in choice.parties:
        return nodes.TotauxFinancements()
    totaux = nodes.totaux_de(axes) if tree.totaux is None else tree.totaux
    return totaux.sans_annees if choice.detail == Detail.SYNTHESE else totaux


# --- Axes and fiches --------------------------------------------------------------------------


def _axe(axe: nodes.Axe, choice: nodes.Composition) -> nodes.Axe:
    """An axe whose part is left out keeps its name and its figures, which the cadrage tells."""
    if Partie.AXES not in choice.parties:
        return dataclasses.replace(
            axe, presentation=VIDE, objectifs=(), indicateurs=(), annees=(), thematiques=()
        )
    objectifs = tuple(
        dataclasses.replace(
            objectif, fiches=tuple(_fiche(fiche, choice) for fiche in objectif.fiches)
        )
        for objectif in axe.objectifs
    )
    annees = _annees(axe.annees, choice) if Partie.POINTS in choice.parties else ()
    axe = dataclasses.replace(axe, objectifs=objectifs, annees=annees)
    if choice.detail == Detail.SYNTHESE:
        return dataclasses.replace(axe, presentation=VIDE, thematiques=(), indicateurs=())
    return axe


def _annees(annees, choice: nodes.Composition) -> tuple[nodes.PointsAnnee, ...]:
    """A synthèse tells the last year of which something is said, and what comes next."""
    if choice.detail != Detail.SYNTHESE:
        return annees
    told = [one for one in annees if one.forts or one.faibles or one.perspectives or one.phares]
    return tuple(dataclasses.replace(one, precedentes=(), notes=()) for one in told[-1:])


def _fiche(fiche: nodes.Fiche, choice: nodes.Composition) -> nodes.Fiche:
    left_out: dict[str, object] = {}
    if choice.detail != Detail.COMPLET:
        left_out |= {
            "contexte": VIDE,
            "public": VIDE,
            "moyens": VIDE,
            "echeancier": VIDE,
            "partenaires": (),
            "communes": (),
            "thematiques": (),
            "financements": nodes.Financements(),
            "reunions": (),
        }
    if choice.detail == Detail.SYNTHESE:
        left_out |= {
            "liees": (),
            "resultats": (),
            "volets": (),
            "realisations": (),
            "points_etape": (),
            "indicateurs": (),
        }
    else:
        left_out["volets"] = tuple(
            dataclasses.replace(volet, documents=_documents(volet.documents, choice))
            for volet in fiche.volets
        )
    if Partie.TABLEAUX not in choice.parties:
        left_out["dans_synthese"] = False
    return dataclasses.replace(fiche, documents=_documents(fiche.documents, choice), **left_out)


# --- Meetings ---------------------------------------------------------------------------------


def _gouvernance(tree: nodes.Bilan, choice: nodes.Composition) -> nodes.Gouvernance:
    """Whatever is left out, the COPIL that the deck is made for keeps its day and its agenda."""
    copil = copil_de(tree)
    instances = tree.gouvernance.instances
    if choice.detail == Detail.SYNTHESE or Partie.ANNEXES not in choice.parties:
        instances = tuple(dataclasses.replace(one, composition=VIDE) for one in instances)
    if Partie.GOUVERNANCE not in choice.parties:
        held = (dataclasses.replace(copil, **_RIEN_DE_DIT, decisions=()),) if copil else ()
        return nodes.Gouvernance(instances, held, ())
    return nodes.Gouvernance(
        instances,
        tuple(_reunion(row, choice, is_shown=row is copil) for row in tree.gouvernance.reunions),
        tree.gouvernance.a_suivre,
    )


_RIEN_DE_DIT = {"compte_rendu": VIDE, "documents": ()}


def _reunion(row: nodes.Reunion, choice: nodes.Composition, *, is_shown: bool) -> nodes.Reunion:
    if choice.detail == Detail.COMPLET:
        return dataclasses.replace(row, documents=_documents(row.documents, choice))
    if choice.detail == Detail.SYNTHESE and not is_shown:
        return dataclasses.replace(row, participants=(), ordre_du_jour=(), **_RIEN_DE_DIT)
    return dataclasses.replace(row, compte_rendu=VIDE, documents=_documents(row.documents, choice))


# --- What changed, and the end ----------------------------------------------------------------


def _depuis(tree: nodes.Bilan, axes: tuple[nodes.Axe, ...]) -> nodes.Comparaison | None:
    """The changes of the axes that are kept."""
    if tree.depuis is None or len(axes) == len(tree.axes):
        return tree.depuis
    names = {axe.repere for axe in axes}
    series = [*tree.indicateurs, *(one for axe in axes for one in axe.indicateurs)]
    series += [one for axe in axes for fiche in axe.fiches for one in fiche.indicateurs_tous]
    known = {one.pk for one in series}

    def kept(lines):
        return tuple(line for line in lines if line.axe in names)

    since = tree.depuis
    return dataclasses.replace(
        since,
        mouvements=kept(since.mouvements),
        nouvelles=kept(since.nouvelles),
        disparues=kept(since.disparues),
        renommees=kept(since.renommees),
        indicateurs=tuple(one for one in since.indicateurs if one.pk in known),
        perspectives=tuple(one for one in since.perspectives if not one.axe or one.axe in names),
    )


def _without_lost_anchors(tree: nodes.Bilan) -> nodes.Bilan:
    """Pointers to fiches that are not told keep their words and lead nowhere."""
    places = set() if tree.en_synthese else {fiche.ancre for fiche in tree.fiches}

    def freed(node):
        is_lost = isinstance(node, nodes.Renvoi) and node.ancre not in places
        return dataclasses.replace(node, ancre="") if is_lost else node

    return dataclasses.replace(
        tree,
        axes=_mapped(tree.axes, freed),
        annees=_mapped(tree.annees, freed),
        gouvernance=_mapped(tree.gouvernance, freed),
        depuis=_mapped(tree.depuis, freed),
    )


def _mapped(node, change: Callable):
    """The same nodes with `change` made to each of them; what does not change is not copied."""
    if isinstance(node, tuple):
        items = tuple(_mapped(item, change) for item in node)
        return items if any(new is not old for new, old in zip(items, node, strict=True)) else node
    if not dataclasses.is_dataclass(node):
        return node
    changed = {}
    for field in dataclasses.fields(node):
        value = getattr(node, field.name)
        new = _mapped(value, change)
        if new is not value:
            changed[field.name] = new
    return change(dataclasses.replace(node, **changed) if changed else node)


def _annexes(tree: nodes.Bilan, whole: nodes.Bilan) -> nodes.Bilan:
    """The figures that differ and the sigles of what is printed, then the sommaire."""
    ecarts, sigles = (), ()
    if Partie.ANNEXES in tree.parties:
        places = {axe.ancre for axe in tree.axes}
        places |= {fiche.ancre for fiche in tree.fiches if fiche.indicateurs_tous}
        places |= {"cadrage"} & set(tree.parties)
        ecarts = tuple(one for one in whole.ecarts if one.ancre in places)
        tree = dataclasses.replace(tree, ecarts=ecarts, sigles=(), sommaire=())
        # Spelt as they were frozen, whatever the list of the portal has become since.
        unused = SIGLES.keys() - {sigle for sigle, _ in sigles_of(tree)}
        sigles = tuple(one for one in whole.sigles if one[0] not in unused)
    tree = dataclasses.replace(tree, ecarts=ecarts, sigles=sigles)
    return dataclasses.replace(tree, sommaire=sommaire(tree))
