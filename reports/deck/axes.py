"""The slides of one axe, in the order in which it is presented."""

from dataclasses import replace

from ctg_portal.lib.typographie import NBSP, compte

from ..tree.nodes import Axe, Bilan, Document, Fiche, Objectif
from .colonnes import diapositives_de_texte
from .composition import CORPS_SURTITRE, LARGEUR_SURTITRE, corps_de, largeur_de_colonne
from .fiches import diapositives_des_fiches, enumerer
from .mesure import nombre_de_lignes, tient
from .photos import autres_documents, diapositives_de_photos, photos_de
from .points import diapositives_de_l_annee
from .series import diapositives_des_series
from .slides import BAS, Cellule, Diapositive, Fait, Ligne, OuvertureAxe, Role
from .tableaux import tableaux
from .textes import lignes_de

#: Width beside the large numeral of an opening, and its sizes.
LARGEUR_OUVERTURE = 830
CORPS_OUVERTURE = ((44, 3), (36, 4), (26, 99))
HAUT_OUVERTURE, AVANT_FAITS, AVANT_OBJECTIFS, HAUTEUR_CRANS = 62, 24, 14, 108
CORPS_OBJECTIF, INTERLIGNE_OBJECTIF, RETRAIT_OBJECTIF, ENTRE_OBJECTIFS = 22, 28, 56, 10
SANS_STATUT = Fait("Statuts", "non renseignés")


def diapositives_de_l_axe(axe: Axe, tree: Bilan, images: frozenset[str]) -> list[Diapositive]:
    """Opening, presentation, state of the fiches, objectifs, indicators, photos, points."""
    name = nom_de(axe)
    slides = _ouverture(axe, tree)
    slides += diapositives_de_texte(
        lignes_de(axe.presentation), titre="Présentation", surtitre=name
    )
    if _has_statuts(axe) or (tree.en_synthese and axe.fiches):
        slides += _etat(axe, name)
    slides += diapositives_des_series(axe.indicateurs, surtitre=name)
    for objectif in () if tree.en_synthese else axe.objectifs:
        slides += _objectif(axe, objectif, tree, images)
    for annee in axe.annees:
        slides += diapositives_de_l_annee(annee, surtitre=name, avec_annee=tree.exercice is None)
    return slides


def nom_de(axe: Axe) -> str:
    """ "Axe 1 · Consolider l’offre d’accueil", or "Axe 1" where that is more than a line."""
    whole = f"{axe.repere} · {axe.nom_court}"
    return whole if tient(whole, LARGEUR_SURTITRE, CORPS_SURTITRE, gras=True) else axe.repere


def _ouverture(axe: Axe, tree: Bilan) -> list[Diapositive]:
    facts = _faits(axe)
    counts = axe.comptes if _has_statuts(axe) else None
    goals = tuple(_but(goal) for goal in axe.objectifs if goal.intitule)
    slide = OuvertureAxe(
        titre=axe.intitule,
        surtitre=axe.repere,
        numeral=axe.numero,
        faits=facts,
        comptes=counts,
        total_max=max(one.comptes.fiches for one in tree.axes),
        objectifs=goals,
        notes=(f"Thématiques{NBSP}: {', '.join(axe.thematiques)}",) if axe.thematiques else (),
    )
    if hauteur_d_ouverture(slide) <= BAS:
        return [slide]
    lines = [Ligne(Role.PUCE, f"{code}. {title}" if code else title) for code, title in goals]
    rest = diapositives_de_texte(lines, titre="Les objectifs", surtitre=nom_de(axe))
    return [replace(slide, objectifs=()), *rest]


def _but(objectif: Objectif) -> tuple[str, str]:
    """Code and title; a long code stands before the title."""
    if tient(objectif.code, RETRAIT_OBJECTIF - 6, CORPS_OBJECTIF, gras=True):
        return objectif.code, objectif.intitule
    return "", str(objectif)


def hauteur_d_ouverture(slide: OuvertureAxe) -> int:
    """Where the contents of an opening end."""
    return bas_des_faits(slide) + sum(hauteur_d_objectif(title) for _, title in slide.objectifs)


def bas_du_titre(slide: OuvertureAxe) -> int:
    corps, lines = corps_de(slide.titre, CORPS_OUVERTURE, LARGEUR_OUVERTURE)
    return HAUT_OUVERTURE + round(lines * corps * 1.14)


def bas_des_faits(slide: OuvertureAxe) -> int:
    """Where the objectifs begin: under the facts and the two rows of notches."""
    wide = largeur_de_colonne(len(slide.faits), LARGEUR_OUVERTURE)
    facts = max(
        30
        + 30 * nombre_de_lignes(fact.valeur, wide, 24, gras=True)
        + 26 * nombre_de_lignes(fact.precision, wide, 20)
        for fact in slide.faits
    )
    notches = HAUTEUR_CRANS if slide.comptes else 0
    return bas_du_titre(slide) + AVANT_FAITS + facts + notches + AVANT_OBJECTIFS


def hauteur_d_objectif(intitule: str) -> int:
    wide = LARGEUR_OUVERTURE - RETRAIT_OBJECTIF
    lines = nombre_de_lignes(intitule, wide, CORPS_OBJECTIF)
    return ENTRE_OBJECTIFS + INTERLIGNE_OBJECTIF * lines


def _faits(axe: Axe) -> tuple[Fait, ...]:
    pilots = Fait("Pilotage", enumerer(axe.pilotes) or "non renseigné")
    entered = axe.comptes.fiches
    if axe.annonce_differe:
        announced = compte(axe.fiches_annoncees, "annoncée")
        fiches = Fait("Fiches actions", announced, compte(entered, "saisie"))
    else:
        new = axe.comptes.nouvelles
        fiches = Fait(
            "Fiches actions",
            compte(entered, "fiche"),
            f"dont {compte(new, 'nouvelle')}" if new else "",
        )
    return (pilots, fiches) if _has_statuts(axe) else (pilots, fiches, SANS_STATUT)


def _has_statuts(axe: Axe) -> bool:
    return any(fiche.realisation.valeur or fiche.objectifs.valeur for fiche in axe.fiches)


def _etat(axe: Axe, surtitre: str) -> list[Diapositive]:
    """Each fiche with its two statuses, and what is to become of it where that was said."""
    heads, widths = ("Fiche", "Réalisation", "Objectifs"), (540, 290, 290)
    if any(fiche.suite for fiche in axe.fiches):
        heads, widths = (*heads, "Suite"), (540, 210, 210, 160)
    rows = [
        (
            Cellule(str(fiche.renvoi)),
            Cellule(fiche.realisation.label, fiche.realisation.icone, fiche.realisation.ton),
            Cellule(fiche.objectifs.label, fiche.objectifs.icone, fiche.objectifs.ton),
            Cellule(fiche.suite.capitalize() or "–"),
        )[: len(heads)]
        for fiche in axe.fiches
    ]
    return tableaux(heads, widths, rows, titre="État des fiches", surtitre=surtitre)


def _objectif(axe: Axe, objectif: Objectif, tree: Bilan, images) -> list[Diapositive]:
    title, over = _nom_d_objectif(axe, objectif)
    fiches = objectif.fiches
    slides = diapositives_des_fiches(
        fiches, titre=title, surtitre=over, avec_statuts=_has_statuts(axe)
    )
    series = [serie for fiche in fiches for serie in fiche.indicateurs_tous]
    slides += diapositives_des_series(series, surtitre=over)
    documents = [document for fiche in fiches for document in _documents(fiche)]
    slides += diapositives_de_photos(photos_de(documents, images), titre=title, surtitre=over)
    said = tuple(autres_documents(documents, images))
    if said and slides:
        slides[0] = replace(slides[0], notes=slides[0].notes + said)
    return slides


def _documents(fiche: Fiche) -> tuple[Document, ...]:
    return fiche.documents + tuple(d for volet in fiche.volets for d in volet.documents)


def _nom_d_objectif(axe: Axe, objectif: Objectif) -> tuple[str, str]:
    """Title and line above it; fiches without objectif are those of the axe, or the other ones."""
    if not objectif.intitule:
        return ("Autres actions" if len(axe.objectifs) > 1 else "Actions"), nom_de(axe)
    over = f"{axe.repere} · objectif {objectif.code}" if objectif.code else nom_de(axe)
    return objectif.intitule, over
