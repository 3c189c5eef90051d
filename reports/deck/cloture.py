"""What comes after the axes: the whole convention, meetings, decisions, annexes."""

from collections.abc import Sequence

from ctg_portal.lib.typographie import NBSP, compte, enumeration, euros

from ..tree.nodes import Arrete, Bilan, Decision, Reunion, TotauxFinancements
from ..tree.seance import copil_de
from .colonnes import diapositives_de_texte
from .photos import autres_documents, diapositives_de_photos, photos_de
from .points import diapositives_de_l_annee, diapositives_des_phares
from .slides import Cellule, Diapositive
from .tableaux import tableaux
from .textes import lignes_de

#: Axe, year if years are told, then as many natures as are in use.
LARGEURS_PAR_ANNEE = {
    1: (600, 220, 300),
    2: (460, 180, 240, 240),
    3: (300, 190, 210, 210, 210),
    4: (300, 180, 160, 160, 160, 160),
}
LARGEURS_PAR_AXE = {
    1: (820, 300),
    2: (520, 300, 300),
    3: (460, 220, 220, 220),
    4: (520, 150, 150, 150, 150),
}


def diapositives_de_la_convention(tree: Bilan) -> list[Diapositive]:
    """The points of the whole convention, year by year, then the éléments phares."""
    slides: list[Diapositive] = []
    for annee in tree.annees:
        slides += diapositives_de_l_annee(
            annee, surtitre=tree.convention.territoire, avec_annee=tree.exercice is None
        )
    return slides + diapositives_des_phares(tree.annees)


def diapositives_des_annexes(tree: Bilan) -> list[Diapositive]:
    slides = _financements(tree.financements)
    rows = [(Cellule(sigle), Cellule(sens)) for sigle, sens in tree.sigles]
    if rows:
        slides += tableaux(("Sigle", "Signification"), (220, 900), rows, titre="Sigles")
    return slides


def _financements(totaux: TotauxFinancements) -> list[Diapositive]:
    """Money by axe and year; how many amounts are missing stands in the notes."""
    if not totaux:
        return []
    rows = [
        (
            *map(Cellule, row.reperes),
            *(Cellule("–" if amount is None else euros(amount)) for amount in row.montants),
        )
        for row in totaux.rangees
    ]
    widths = LARGEURS_PAR_ANNEE if totaux.avec_annees else LARGEURS_PAR_AXE
    return tableaux(
        (*totaux.reperes, *totaux.colonnes),
        widths[len(totaux.natures)],
        rows,
        titre=totaux.titre,
        montants_depuis=len(totaux.reperes),
        notes=(totaux.phrase,) if totaux.phrase else (),
    )


def diapositives_de_la_gouvernance(tree: Bilan, images: frozenset[str]) -> list[Diapositive]:
    meetings = tree.gouvernance.reunions
    if meetings == (copil_de(tree),):
        # The only meeting is the one that is being held: the cover and the agenda say it all.
        meetings = ()
    slides: list[Diapositive] = []
    if meetings:
        slides += tableaux(
            ("Date", "Réunion", "Lieu", "Présence"),
            (220, 440, 250, 210),
            [_rangee(meeting) for meeting in meetings],
            titre=f"Gouvernance{NBSP}: les réunions",
            notes=tuple(note for meeting in meetings for note in _notes(meeting, images)),
        )
    decisions = [
        decision for meeting in tree.gouvernance.reunions for decision in meeting.decisions
    ]
    slides += _decisions(decisions, "Décisions")
    slides += _decisions(tree.gouvernance.a_suivre, "Décisions antérieures à suivre")
    photos = [photo for meeting in meetings for photo in photos_de(meeting.documents, images)]
    return slides + diapositives_de_photos(photos, titre="Gouvernance", surtitre="Les réunions")


def diapositives_de_l_avis(arrete: Arrete) -> list[Diapositive]:
    """What the COPIL said of the bilan that it arrêta, and why there is a new version."""
    notes = [f"Arrêté par {arrete.auteur}.", arrete.reunion]
    if arrete.motif:
        notes.append(f"Motif de la version {arrete.version}{NBSP}: {arrete.motif}")
    return diapositives_de_texte(
        lignes_de(arrete.avis),
        titre="Avis du comité de pilotage",
        notes=[note for note in notes if note],
    )


def _rangee(reunion: Reunion) -> tuple[Cellule, ...]:
    state = f" ({reunion.etat})" if reunion.etat != "tenue" else ""
    place = "en visioconférence" if reunion.visio and not reunion.lieu else reunion.lieu
    return (
        Cellule(reunion.date or "sans date"),
        Cellule(f"{reunion.nom}{state}"),
        Cellule(place or "–"),
        Cellule(_presence(reunion)),
    )


def _presence(reunion: Reunion) -> str:
    if reunion.nombre_participants is not None:
        return compte(reunion.nombre_participants, "participant")
    present = [person for person in reunion.participants if person.presence != "excusé"]
    return compte(len(present), "participant") if present else "–"


def _notes(reunion: Reunion, images: frozenset[str]) -> list[str]:
    """A meeting in full: instances, agenda, people, what was said."""
    head = ", ".join(
        part for part in (reunion.nom, reunion.date, reunion.heure, reunion.lieu) if part
    )
    facts = [
        ("Instances", enumeration(list(reunion.instances))),
        ("Motif", reunion.motif),
        ("Ordre du jour", " ; ".join(reunion.ordre_du_jour)),
        ("Participants", " ; ".join(str(person) for person in reunion.participants)),
        ("Compte rendu", reunion.compte_rendu.simple),
    ]
    known = [f"{name}{NBSP}: {text}" for name, text in facts if text]
    known += autres_documents(reunion.documents, images)
    return [head, *known]


def _decisions(decisions: Sequence[Decision], titre: str) -> list[Diapositive]:
    if not decisions:
        return []
    rows = [
        (
            Cellule(f"{one.texte} (fiche {one.fiche.court})" if one.fiche else one.texte),
            Cellule(one.responsable or "–"),
            Cellule(one.echeance or "–"),
            Cellule(one.etat or "non renseigné"),
        )
        for one in decisions
    ]
    return tableaux(
        ("Décision", "Responsable", "Échéance", "État"),
        (540, 240, 190, 150),
        rows,
        titre=titre,
        notes=tuple(f"{one.texte}{NBSP}: {one.reunion}" for one in decisions if one.reunion),
    )
