"""The sheet of one fiche: what one A4 says of it, at a level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from actions.enums import NatureFinancement
from ctg_portal.lib.typographie import abrege

from ..tree import nodes
from .coupes import Fait, Lignes, Passage, facts_of, latest_facts, noms
from .niveaux import NiveauFiche
from .series import Series, series_of

OBJECTIF = 140
VOLET = 160


@dataclass(frozen=True, slots=True)
class Morceau:
    """A titled text of the sheet."""

    titre: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Groupe:
    """What was done in the fiche itself (no title), or in one of its volets."""

    titre: str
    texte: Passage
    faits: tuple[Fait, ...]


@dataclass(frozen=True, slots=True)
class ResultatDeFeuille:
    texte: str
    actuel: str
    niveau: int
    intertitre: str
    atteint: nodes.Statut


@dataclass(frozen=True, slots=True)
class FeuilleFiche:
    """What the sheet of a fiche prints; `suite` names the texts that go on in the portal."""

    fiche: nodes.Fiche
    axe: nodes.Axe
    objectif: str
    reperes: tuple[tuple[str, str], ...]
    cadre: tuple[Morceau, ...]
    resultats: Lignes[ResultatDeFeuille]
    groupes: tuple[Groupe, ...]
    faits_omis: int
    volets_omis: int
    etapes: Lignes[Morceau]
    analyse: Passage
    series: Series
    totaux: tuple[tuple[str, Decimal], ...]
    sans_montant: int
    photos: Lignes[nodes.Document]
    suite: tuple[str, ...]


def build_fiche(
    axe: nodes.Axe,
    objectif: nodes.Objectif,
    fiche: nodes.Fiche,
    niveau: NiveauFiche,
    *,
    accent: str,
    images: Iterable[str] = (),
) -> FeuilleFiche:
    """The sheet of a fiche at a level; `images` are the pictures that can be printed."""
    cadre = [Morceau(name, Passage(text, niveau.cadre)) for name, text in _cadre(fiche)]
    facts = facts_of(fiche, niveau.fait)
    kept = latest_facts(facts, niveau.faits)
    groups = _groupes(fiche, kept, niveau.volet)
    steps = Lignes.dernieres(
        [
            Morceau(str(one.exercice), Passage(one.texte, niveau.etape))
            for one in fiche.points_etape
        ],
        niveau.etapes,
    )
    analyse = Passage(fiche.analyse, niveau.analyse)
    cuts = (
        *((one.titre.lower(), one.passage.coupe) for one in cadre),
        ("résultats attendus", any(len(one.texte) > niveau.resultat for one in fiche.resultats)),
        ("réalisations", any(fact.texte.coupe for fact in kept)),
        ("volets", any(group.texte.coupe for group in groups)),
        ("points d’étape", any(one.passage.coupe for one in steps.lignes)),
        ("écarts et analyse", analyse.coupe),
    )
    return FeuilleFiche(
        fiche=fiche,
        axe=axe,
        objectif=abrege(str(objectif), OBJECTIF),
        reperes=_reperes(fiche, niveau.liste),
        cadre=tuple(one for one in cadre if one.passage),
        resultats=_resultats(fiche.resultats, niveau),
        groupes=groups,
        faits_omis=len(facts) - len(kept),
        volets_omis=len(fiche.volets) - sum(bool(group.titre) for group in groups),
        etapes=steps,
        analyse=analyse,
        series=series_of(
            fiche.indicateurs_tous, niveau.series, accent=accent, drawn=niveau.graphiques
        ),
        totaux=tuple(sorted(fiche.financements.totaux, key=_rang_de_nature)),
        sans_montant=fiche.financements.sans_montant,
        photos=_photos(fiche, frozenset(images), niveau.photos),
        suite=tuple(name for name, is_cut in cuts if is_cut),
    )


def _cadre(fiche: nodes.Fiche) -> tuple[tuple[str, nodes.Texte], ...]:
    return (
        ("Contexte", fiche.contexte),
        ("Public", fiche.public),
        ("Moyens", fiche.moyens),
        ("Échéancier", fiche.echeancier),
    )


def _reperes(fiche: nodes.Fiche, signes: int) -> tuple[tuple[str, str], ...]:
    """The short facts that are known, with their names; no commune means the whole territory."""
    lines = (
        ("Pilotage", noms(fiche.pilotes, signes) or "non renseigné"),
        ("Élu·e référent·e", abrege(fiche.elu_referent, signes)),
        ("Calendrier", abrege(fiche.periode, signes)),
        ("Partenaires", noms([_partenaire(one) for one in fiche.partenaires], signes, " ; ")),
        ("Communes", noms(fiche.communes, signes) or "tout le territoire"),
        ("Thématiques", noms(fiche.thematiques, signes)),
        ("Fiches liées", noms([renvoi.court for renvoi in fiche.liees], signes)),
        ("Reprend", abrege(fiche.precedente, signes)),
    )
    return tuple((name, value) for name, value in lines if value)


def _partenaire(partenaire: nodes.Partenaire) -> str:
    role = f" ({partenaire.role})" if partenaire.role else ""
    return f"{partenaire.organisme}{role}"


def _resultats(resultats: Sequence[nodes.Resultat], niveau: NiveauFiche) -> Lignes:
    signes = niveau.resultat
    return Lignes.premieres(
        [
            ResultatDeFeuille(
                abrege(" ".join(one.texte.split()), signes),
                abrege(" ".join(one.texte_actuel.split()), signes),
                one.niveau,
                abrege(one.intertitre, signes),
                one.atteint,
            )
            for one in resultats
        ],
        niveau.resultats,
    )


def _groupes(fiche: nodes.Fiche, kept: Sequence[Fait], signes: int) -> tuple[Groupe, ...]:
    own = tuple(fact for fact in kept if fact.volet is None)
    found = [Groupe("", Passage(nodes.Texte(), 0), own)] if own else []
    for rank, volet in enumerate(fiche.volets):
        facts = tuple(fact for fact in kept if fact.volet == rank)
        text = Passage(volet.texte, signes)
        if facts or text:
            found.append(Groupe(abrege(volet.titre, VOLET), text, facts))
    return tuple(found)


def _rang_de_nature(total: tuple[str, Decimal]) -> int:
    """Planned, then obtained, then paid; an amount of no known nature comes last."""
    nature, _ = total
    labels = NatureFinancement.labels
    return labels.index(nature) if nature in labels else len(labels)


def _photos(fiche: nodes.Fiche, images: frozenset[str], count: int) -> Lignes:
    documents = [*fiche.documents, *(one for volet in fiche.volets for one in volet.documents)]
    return Lignes.premieres([one for one in documents if one.image in images], count)
