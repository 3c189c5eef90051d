"""The fiches, and what hangs on them."""

from collections.abc import Iterator

from ...tree import Bilan
from ...tree.nodes import Axe, Document, Fiche, Objectif, Texte
from .model import Column, Kind, Sheet, Value, exact_date

#: The columns by which every row of these sheets says which fiche it belongs to.
REPERES = (Column("Axe", 10), Column("Code", 9), Column("Fiche", 44))


def fiches_sheets(tree: Bilan) -> Iterator[Sheet]:
    yield _synthesis_by_axe(tree)
    yield _fiches(tree)
    yield _resultats(tree)
    yield _volets(tree)
    yield _realisations(tree)
    yield _points_etape(tree)
    yield _financements(tree)
    yield _partenaires(tree)
    yield _documents(tree)


def each_fiche(tree: Bilan) -> Iterator[tuple[Axe, Objectif, Fiche]]:
    for axe in tree.axes:
        for objectif in axe.objectifs:
            for fiche in objectif.fiches:
                yield axe, objectif, fiche


def keys(axe: Axe, fiche: Fiche) -> tuple[str, str, str]:
    """The cells of the columns REPERES."""
    return axe.repere, fiche.repere, fiche.intitule


def _text(texte: Texte) -> str:
    return texte.brut.strip()


def _synthesis_by_axe(tree: Bilan) -> Sheet:
    """The table that the COPIL reads: one row per fiche that belongs to it."""
    columns = (
        Column("Axe", 10),
        Column(tree.convention.mot_objectif or "Objectif", 36),
        Column("Code", 9),
        Column("Action", 44),
        Column("Réalisation", 22),
        Column("Objectifs", 22),
        Column("Motif d’écart", 26),
        Column("Remarques, analyse des écarts", 70),
        Column("Suite à donner", 16),
    )
    rows = tuple(
        (
            axe.repere,
            str(objectif) if objectif.intitule else "",
            fiche.repere,
            fiche.intitule_court or fiche.intitule,
            fiche.realisation,
            fiche.objectifs,
            fiche.motif_ecart,
            _text(fiche.analyse),
            fiche.suite,
        )
        for axe, objectif, fiche in each_fiche(tree)
        if fiche.dans_synthese
    )
    return Sheet("Synthèse par axe", columns, rows, 4)


def _fiches(tree: Bilan) -> Sheet:
    columns = (
        *REPERES,
        Column("Intitulé court", 30),
        Column(tree.convention.mot_objectif or "Objectif", 36),
        Column("Origine", 16),
        Column("Suivi", 16),
        Column("Réalisation", 22),
        Column("Objectifs", 22),
        Column("Motif d’écart", 26),
        Column("Analyse des écarts", 60),
        Column("Menée par", 22),
        Column("Suite à donner", 16),
        Column("Pilotage", 30),
        Column("Élu·e référent·e", 24),
        Column("Début", 18),
        Column("Fin", 18),
        Column("Échéancier", 40),
        Column("Contexte", 60),
        Column("Public", 40),
        Column("Moyens", 40),
        Column("Communes", 30),
        Column("Thématiques", 26),
        Column("Fiches liées", 34),
        Column("Reprend", 30),
        Column("Réunions", 40),
    )
    rows = tuple(_fiche_row(axe, objectif, fiche) for axe, objectif, fiche in each_fiche(tree))
    return Sheet("Fiches", columns, rows, 3)


def _fiche_row(axe: Axe, objectif: Objectif, fiche: Fiche) -> tuple[Value, ...]:
    return (
        *keys(axe, fiche),
        fiche.intitule_court,
        str(objectif) if objectif.intitule else "",
        fiche.origine,
        fiche.suivi,
        fiche.realisation,
        fiche.objectifs,
        fiche.motif_ecart,
        _text(fiche.analyse),
        fiche.menee_par,
        fiche.suite,
        ", ".join(fiche.pilotes),
        fiche.elu_referent,
        exact_date(fiche.debut),
        exact_date(fiche.fin),
        _text(fiche.echeancier),
        _text(fiche.contexte),
        _text(fiche.public),
        _text(fiche.moyens),
        ", ".join(fiche.communes),
        ", ".join(fiche.thematiques),
        " ; ".join(str(renvoi) for renvoi in fiche.liees),
        fiche.precedente,
        "\n".join(
            ", ".join(filter(None, (r.date, r.titre, r.lieu, r.participants, r.etat)))
            for r in fiche.reunions
        ),
    )


def _resultats(tree: Bilan) -> Sheet:
    columns = (
        *REPERES,
        Column("Intertitre", 30),
        Column("Niveau", 8, Kind.INTEGER),
        Column("Résultat attendu", 70),
        Column("Formulation d’aujourd’hui", 50),
        Column("Atteint", 20),
    )
    rows = tuple(
        (
            *keys(axe, fiche),
            resultat.intertitre,
            resultat.niveau,
            resultat.texte,
            resultat.texte_actuel,
            resultat.atteint,
        )
        for axe, _, fiche in each_fiche(tree)
        for resultat in fiche.resultats
    )
    return Sheet("Résultats attendus", columns, rows, 3)


def _volets(tree: Bilan) -> Sheet:
    columns = (*REPERES, Column("Volet", 40), Column("Texte", 90))
    rows = tuple(
        (*keys(axe, fiche), volet.titre, _text(volet.texte))
        for axe, _, fiche in each_fiche(tree)
        for volet in fiche.volets
    )
    return Sheet("Volets", columns, rows, 3)


def _realisations(tree: Bilan) -> Sheet:
    columns = (
        *REPERES,
        Column("Volet", 30),
        Column("Date", 20),
        Column("Ce qui a été fait", 80),
        Column("Lieu", 24),
        Column("Chiffre", 26),
        Column("Niveau", 8, Kind.INTEGER),
    )
    rows = []
    for axe, _, fiche in each_fiche(tree):
        groups = [("", fiche.realisations)]
        groups += [(volet.titre, volet.realisations) for volet in fiche.volets]
        for volet, realisations in groups:
            rows += [
                (
                    *keys(axe, fiche),
                    volet,
                    exact_date(done.date),
                    _text(done.texte),
                    done.lieu,
                    done.chiffre,
                    done.niveau,
                )
                for done in realisations
            ]
    return Sheet("Réalisations", columns, tuple(rows), 3)


def _points_etape(tree: Bilan) -> Sheet:
    columns = (*REPERES, Column("Exercice", 10, Kind.INTEGER), Column("Point d’étape", 100))
    rows = tuple(
        (*keys(axe, fiche), point.exercice, _text(point.texte))
        for axe, _, fiche in each_fiche(tree)
        for point in fiche.points_etape
    )
    return Sheet("Points d’étape", columns, rows, 3)


def _financements(tree: Bilan) -> Sheet:
    columns = (
        *REPERES,
        Column("Volet", 30),
        Column("Financeur", 30),
        Column("Objet", 50),
        Column("Année", 8, Kind.INTEGER),
        Column("Nature", 14),
        Column("Montant", 14, Kind.EUROS),
        Column("Remarque", 24),
    )
    rows = tuple(
        (
            *keys(axe, fiche),
            line.volet,
            line.financeur,
            line.objet,
            line.annee,
            line.nature,
            line.montant,
            "montant non renseigné" if line.montant is None else "",
        )
        for axe, _, fiche in each_fiche(tree)
        for line in fiche.financements.lignes
    )
    return Sheet("Financements", columns, rows, 3)


def _partenaires(tree: Bilan) -> Sheet:
    columns = (*REPERES, Column("Organisme", 50), Column("Rôle", 50))
    rows = tuple(
        (*keys(axe, fiche), partner.organisme, partner.role)
        for axe, _, fiche in each_fiche(tree)
        for partner in fiche.partenaires
    )
    return Sheet("Partenaires", columns, rows, 3)


def _documents(tree: Bilan) -> Sheet:
    columns = (
        *REPERES,
        Column("Rattaché à", 36),
        Column("Légende", 60),
        Column("Crédit", 26),
        Column("Lien", 50),
        Column("Fichier", 36),
    )
    rows = [("", "", "", "La convention", *_document(d)) for d in tree.cadrage.documents]
    rows += [
        ("", "", "", jalon.intitule, *_document(d))
        for jalon in tree.cadrage.jalons
        for d in jalon.documents
    ]
    for axe, _, fiche in each_fiche(tree):
        rows += [(*keys(axe, fiche), "", *_document(d)) for d in fiche.documents]
        rows += [
            (*keys(axe, fiche), volet.titre, *_document(d))
            for volet in fiche.volets
            for d in volet.documents
        ]
    rows += [
        ("", "", "", f"{reunion.nom}, {reunion.date}", *_document(d))
        for reunion in tree.gouvernance.reunions
        for d in reunion.documents
    ]
    return Sheet("Documents", columns, tuple(rows), 3)


def _document(document: Document) -> tuple[str, str, str, str]:
    return document.legende, document.credit, document.lien, document.fichier
