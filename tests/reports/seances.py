"""Meetings for the tests of their papers: full, empty, as hard as typed texts get."""

from actions.models import Document
from copil.enums import EtatDecision, EtatReunion, Presence
from ctg_portal.lib.dates import parse_date
from tests import factories as f

from .extreme import ARABE, EMOJI, FORMULE, MOT_120, TEXTE_6000, TITRE_400

TODAY = parse_date("22 novembre 2026").debut
#: The longest that the columns take.
TITRE_300, LIEU_200 = TITRE_400[:300], TITRE_400[:200]
SECRET = "à ne lire que par l’équipe"


def instance_of(convention, **kwargs):
    return f.InstanceFactory(convention=convention, **kwargs)


def meeting(convention=None, *, instances=(), **kwargs):
    """A planned meeting of these bodies, or of one made for it."""
    convention = convention or f.ConventionFactory(territoire="Pays d’Élégance")
    values = {
        "titre": "Comité de pilotage de printemps",
        "date": parse_date("24 mars 2026"),
        "heure": "14 h 30",
        "lieu": "Ondine-le-Pont, maison des associations",
        "etat": EtatReunion.PREVUE,
    }
    return f.ReunionFactory(
        convention=convention,
        instances=instances or [instance_of(convention, nom="COPIL")],
        **(values | kwargs),
    )


def full_meeting(count: int = 1, **kwargs):
    """A meeting with `count` of everything, a meeting before it and one after."""
    reunion = meeting(**({"nombre_participants": 29, "compte_rendu": "**Adopté**."} | kwargs))
    convention, bodies = reunion.convention, list(reunion.instances.all())
    fiche = f.FicheFactory(
        axe__convention=convention,
        code="",
        intitule="Une fiche suivie",
        notes_internes=SECRET,
    )
    reunion.fiches.add(fiche)
    for rank in range(count):
        f.ParticipantFactory(reunion=reunion, nom=f"Présente {rank}", presence=Presence.PRESENT)
        f.ParticipantFactory(reunion=reunion, nom=f"Excusé {rank}", presence=Presence.EXCUSE)
        f.ParticipantFactory(reunion=reunion, nom=f"Invitée {rank}", organisme="La Caf")
        f.PointOrdreDuJourFactory(reunion=reunion, texte=f"Point {rank}")
        f.DecisionFactory(
            reunion=reunion, texte=f"Décider {rank}", fiche=fiche, responsable="La présidente"
        )
        reunion.documents.add(f.DocumentFactory(convention=convention, legende=f"Note {rank}"))
        before = meeting(
            convention, instances=bodies, titre="Avant", date=parse_date(f"{2010 + rank}")
        )
        f.DecisionFactory(reunion=before, texte=f"Attendre {rank}", fiche=fiche)
    meeting(convention, instances=bodies, titre="La suite", date=parse_date("3 décembre 2026"))
    return reunion


def hard_meeting():
    """What people type when nobody stops them, and two hundred of them."""
    reunion = meeting(
        f.ConventionFactory(territoire=TITRE_400[:200], nom=TITRE_400[:200], caf=MOT_120),
        titre=TITRE_300,
        lieu=LIEU_200,
        visio=True,
        compte_rendu="\n\n".join(
            (
                TEXTE_6000,
                MOT_120,
                f"- {EMOJI}\n- {ARABE}",
                f"| A | B |\n|---|---|\n| 1 | {MOT_120} |",
            )
        ),
    )
    f.ParticipantFactory(
        reunion=reunion, nom=MOT_120, qualite=MOT_120, organisme=MOT_120, role="x" * 80
    )
    f.ParticipantFactory(reunion=reunion, nom=f"{ARABE} {EMOJI}", presence=Presence.EXCUSE)
    f.ParticipantFactory(reunion=reunion, nom=FORMULE, presence=Presence.PRESENT)
    for rank in range(197):
        f.ParticipantFactory(reunion=reunion, nom=f"Personne {rank}", organisme="Une association")
    f.PointOrdreDuJourFactory(reunion=reunion, texte=TITRE_400)
    f.PointOrdreDuJourFactory(reunion=reunion, texte=MOT_120 * 4)
    f.DecisionFactory(reunion=reunion, texte=TEXTE_6000[:2000], responsable=MOT_120)
    f.DecisionFactory(reunion=reunion, texte=MOT_120, etat=EtatDecision.FAITE)
    document = Document(
        convention=reunion.convention, legende=MOT_120, lien=f"https://exemple.fr/{MOT_120}"
    )
    document.save()
    reunion.documents.add(document)
    return reunion
