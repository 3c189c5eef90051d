"""The trees of the papers of a meeting: what they hold, what they never hold, how they read."""

import pytest
from django.core.files.base import ContentFile

from axes.enums import Role
from copil.enums import EtatDecision, EtatReunion, Presence
from copil.models import Reunion
from ctg_portal.lib.dates import parse_date
from reports.seance import build_convocation, build_emargement, build_releve
from reports.seance.nodes import DECISIONS_LIBRES, LIGNES_LIBRES, LIGNES_SANS_INVITE
from reports.seance.pieces import PIECES, pieces_of
from tests import factories as f

from .seances import SECRET, TODAY, full_meeting, instance_of, meeting

pytestmark = pytest.mark.django_db


def texts(facts) -> dict[str, str]:
    return {fact.nom: fact.valeur for fact in facts}


# --- What every paper says of the meeting -----------------------------------------------------


def test_a_paper_says_when_and_where():
    paper = build_convocation(meeting(), today=TODAY)
    assert texts(paper.seance.faits) == {
        "Instance": "COPIL",
        "Date": "Mardi 24\u00a0mars 2026",
        "Heure": "14 h 30",
        "Lieu": "Ondine-le-Pont, maison des associations",
    }
    assert paper.objet == "Comité de pilotage de printemps, 24\u00a0mars 2026"
    assert paper.titre == f"Convocation – {paper.objet}"
    assert paper.pied == "Pays d’Élégance · Édité le 22\u00a0novembre 2026"


def test_a_meeting_without_a_title_is_named_by_its_bodies_and_does_not_repeat_them():
    convention = f.ConventionFactory()
    bodies = [instance_of(convention, nom="COPIL"), instance_of(convention, nom="Commission")]
    untitled = build_convocation(meeting(convention, instances=bodies, titre=""), today=TODAY)
    assert untitled.seance.nom == "COPIL, Commission"
    assert "Instances" not in texts(untitled.seance.faits)
    titled = build_convocation(meeting(convention, instances=bodies), today=TODAY)
    assert texts(titled.seance.faits)["Instances"] == "COPIL, Commission"


def test_a_title_that_tells_the_day_is_not_given_it_twice():
    titled = meeting(titre="COPIL du mardi 24 mars 2026")
    assert build_releve(titled, today=TODAY).objet == "COPIL du mardi 24 mars 2026"
    undated = meeting(date=None)
    assert build_releve(undated, today=TODAY).objet == "Comité de pilotage de printemps"


def test_what_is_not_known_is_left_to_be_written():
    bare = meeting(date=None, heure="", lieu="")
    paper = build_convocation(bare, today=TODAY)
    assert texts(paper.seance.faits) == {"Instance": "COPIL", "Date": "", "Heure": "", "Lieu": ""}
    assert paper.seance.en_bref == ""
    assert (paper.ordre_du_jour, paper.documents, paper.invites) == ((), (), ())
    assert texts(build_releve(bare, today=TODAY).reperes)["Participants"] == ""


@pytest.mark.parametrize(
    ("lieu", "visio", "place", "link"),
    [
        ("", True, "En visioconférence", ""),
        ("Mairie", True, "Mairie, et en visioconférence", ""),
        ("Mairie", False, "Mairie", None),
        (
            "https://visio.exemple.fr/abc",
            True,
            "En visioconférence",
            "https://visio.exemple.fr/abc",
        ),
        ("https://visio.exemple.fr/abc", False, "En ligne", "https://visio.exemple.fr/abc"),
        (
            "Mairie (https://visio.exemple.fr/abc).",
            True,
            "Mairie, et en visioconférence",
            "https://visio.exemple.fr/abc",
        ),
        ("javascript:alert(1)", False, "javascript:alert(1)", None),
    ],
)
def test_the_address_to_connect_to_is_the_one_that_the_place_holds(lieu, visio, place, link):
    facts = build_convocation(meeting(lieu=lieu, visio=visio), today=TODAY).reperes
    assert texts(facts)["Lieu"] == place
    assert texts(facts).get("Lien de connexion") == link
    assert [fact.lien for fact in facts if fact.lien] == ([link] if link else [])


@pytest.mark.parametrize(
    ("motif", "words"),
    [
        ("Neige.", "Cette réunion est annulée. Motif\u00a0: Neige."),
        ("", "Cette réunion est annulée. Motif non renseigné."),
    ],
)
def test_every_paper_of_a_cancelled_meeting_says_so(motif, words):
    cancelled = meeting(etat=EtatReunion.ANNULEE, motif=motif)
    f.ParticipantFactory(reunion=cancelled)
    notice = build_convocation(cancelled, today=TODAY)
    assert (notice.nature, notice.invitation) == ("Avis d’annulation", words)
    sheet = build_emargement(cancelled, today=TODAY)
    assert sheet.annonce == f"{words} Il n’y a rien à signer."
    assert len(sheet.rangs_libres) == 0
    releve = build_releve(cancelled, today=TODAY)
    assert (releve.seance.annulation, len(releve.rangs_libres)) == (words, 0)
    assert "" not in texts(releve.reperes).values()


def test_other_meetings_are_not_said_to_be_cancelled():
    planned = meeting()
    assert build_convocation(planned, today=TODAY).invitation.startswith("Vous êtes convié·e")
    assert build_emargement(planned, today=TODAY).annonce == ""


def test_nothing_is_offered_to_be_signed_where_the_meeting_is_cancelled():
    assert [piece.cle for piece in pieces_of(meeting())] == list(PIECES)
    offered = pieces_of(meeting(etat=EtatReunion.ANNULEE))
    assert [piece.label for piece in offered] == ["Avis d’annulation", "Relevé de décisions"]


# --- Convocation ------------------------------------------------------------------------------


def test_a_convocation_names_everybody_whatever_was_answered():
    paper = build_convocation(full_meeting(2), today=TODAY)
    assert [person.nom for person in paper.invites] == [
        "Présente 0",
        "Excusé 0",
        "Invitée 0",
        "Présente 1",
        "Excusé 1",
        "Invitée 1",
    ]
    assert paper.compositions == ()
    assert paper.ordre_du_jour == ("Point 0", "Point 1")
    assert [document.legende for document in paper.documents] == ["Note 0", "Note 1"]


def test_where_nobody_is_named_the_composition_of_the_bodies_is_given():
    convention = f.ConventionFactory()
    bodies = [
        instance_of(convention, nom="COPIL", composition="Les **maires**"),
        instance_of(convention, nom="Sans composition"),
    ]
    paper = build_convocation(meeting(convention, instances=bodies), today=TODAY)
    assert [instance.nom for instance in paper.compositions] == ["COPIL"]
    assert "<strong>maires</strong>" in paper.compositions[0].composition.html


def test_questions_go_to_the_running_coordination_of_this_convention():
    planned = meeting()
    coordination = f.member(planned.convention, Role.COORDINATION)
    f.member(planned.convention, Role.LECTEUR)
    f.member(planned.convention, Role.COORDINATION, expire_le=f.yesterday())
    f.member(f.ConventionFactory(), Role.COORDINATION)
    gone = f.member(planned.convention, Role.COORDINATION)
    gone.is_active = False
    gone.save()
    paper = build_convocation(planned, today=TODAY)
    assert paper.contacts == (coordination.nom,)
    assert coordination.email not in repr(paper)


def test_a_photo_without_a_yes_of_those_on_it_is_not_joined():
    planned = meeting()
    for legende, agreed in (("Photo acceptée", True), ("Photo refusée", False)):
        photo = f.DocumentFactory(
            convention=planned.convention, legende=legende, droit_image=agreed, est_photo=True
        )
        photo.fichier.save("photo.jpg", ContentFile(b"jpeg"))
        planned.documents.add(photo)
    for build in (build_convocation, build_releve):
        paper = build(planned, today=TODAY)
        assert [document.legende for document in paper.documents] == ["Photo acceptée"]


# --- Feuille d’émargement ---------------------------------------------------------------------


def test_those_who_are_excused_do_not_sign():
    sheet = build_emargement(full_meeting(2), today=TODAY)
    names = [person.nom for person in sheet.attendus]
    assert names == ["Présente 0", "Invitée 0", "Présente 1", "Invitée 1"]
    assert [person.nom for person in sheet.excuses] == ["Excusé 0", "Excusé 1"]


def test_there_is_room_for_whoever_else_comes():
    planned = meeting()

    def count_rows() -> int:
        return len(build_emargement(Reunion.objects.get(pk=planned.pk), today=TODAY).rangs_libres)

    assert count_rows() == LIGNES_SANS_INVITE
    f.ParticipantFactory(reunion=planned, presence=Presence.EXCUSE)
    assert count_rows() == LIGNES_SANS_INVITE
    f.ParticipantFactory(reunion=planned)
    assert count_rows() == LIGNES_LIBRES


# --- Relevé de décisions ----------------------------------------------------------------------


def test_a_releve_says_who_came_and_what_was_decided():
    releve = build_releve(full_meeting(1), today=TODAY)
    assert [(words, [p.nom for p in people]) for words, people in releve.presences] == [
        ("Présents", ["Présente 0"]),
        ("Excusés", ["Excusé 0"]),
        ("Invités, présence non renseignée", ["Invitée 0"]),
    ]
    assert texts(releve.reperes)["Participants"] == "29\u00a0participants"
    assert texts(releve.reperes)["Fiches concernées"] == "Une fiche suivie"
    (decision,) = releve.decisions
    assert (decision.texte, decision.responsable, decision.etat, decision.echeance) == (
        "Décider 0",
        "La présidente",
        "",
        "",
    )
    assert str(decision.fiche) == "Une fiche suivie"
    assert len(releve.rangs_libres) == 0


def test_what_nobody_typed_of_the_meeting_is_written_by_hand():
    releve = build_releve(meeting(), today=TODAY)
    assert len(releve.rangs_libres) == DECISIONS_LIBRES
    assert texts(releve.presences_libres) == {"Présents": "", "Excusés": ""}
    assert build_releve(full_meeting(), today=TODAY).presences_libres == ()


def test_what_is_still_open_comes_from_earlier_meetings_of_the_same_bodies():
    reunion = meeting()
    convention, bodies = reunion.convention, list(reunion.instances.all())
    other_body = instance_of(convention, nom="Commission")
    places = [
        ("Avant", bodies, "8 octobre 2024", EtatDecision.EN_COURS),
        ("Avant, sans état", [*bodies, other_body], "2025", ""),
        ("Avant, faite", bodies, "2025", EtatDecision.FAITE),
        ("Après", bodies, "2 avril 2026", EtatDecision.A_FAIRE),
        ("Ailleurs", [other_body], "2025", EtatDecision.A_FAIRE),
        ("Sans date", bodies, "", EtatDecision.A_FAIRE),
    ]
    for texte, instances, date, etat in places:
        place = meeting(convention, instances=instances, date=parse_date(date) if date else None)
        f.DecisionFactory(reunion=place, texte=texte, etat=etat)
    f.DecisionFactory(reunion=meeting(date=parse_date("2020")), texte="Autre convention")
    found = build_releve(reunion, today=TODAY).a_suivre
    assert [decision.texte for decision in found] == ["Avant", "Avant, sans état"]
    assert found[0].reunion == "Comité de pilotage de printemps, 8\u00a0octobre 2024"


def test_before_a_meeting_without_a_date_what_is_over_is_earlier():
    reunion = meeting(date=None)
    for date in ("mars 2026", "3 décembre 2026"):
        place = meeting(
            reunion.convention, instances=reunion.instances.all(), date=parse_date(date)
        )
        f.DecisionFactory(reunion=place, texte=date)
    found = build_releve(reunion, today=TODAY)
    assert [decision.texte for decision in found.a_suivre] == ["mars 2026"]
    assert found.prochaine.date == "3\u00a0décembre 2026"


def test_the_next_meeting_is_the_nearest_of_the_same_bodies_that_is_not_cancelled():
    reunion = meeting()
    bodies = list(reunion.instances.all())
    for titre, date, etat, instances in (
        ("La plus lointaine", "2027", EtatReunion.PREVUE, bodies),
        ("La bonne", "3 décembre 2026", EtatReunion.PREVUE, bodies),
        ("Annulée", "2 avril 2026", EtatReunion.ANNULEE, bodies),
        ("Ailleurs", "3 avril 2026", EtatReunion.PREVUE, [instance_of(reunion.convention)]),
        ("Avant", "2025", EtatReunion.TENUE, bodies),
    ):
        meeting(
            reunion.convention, instances=instances, titre=titre, date=parse_date(date), etat=etat
        )
    releve = build_releve(reunion, today=TODAY)
    words = texts(releve.suite)["Prochaine réunion"]
    assert words.startswith("La bonne\u00a0: jeudi 3\u00a0décembre 2026, 14 h 30, Ondine-le-Pont")


def test_without_a_next_meeting_its_date_is_left_to_be_written():
    assert texts(build_releve(meeting(), today=TODAY).suite)["Prochaine réunion"] == ""


# --- Every paper ------------------------------------------------------------------------------


@pytest.mark.parametrize("cle", PIECES)
def test_internal_notes_are_in_no_paper(cle):
    assert SECRET not in repr(PIECES[cle].build(full_meeting(), today=TODAY))


#: Those that the lists need, whatever their length.
QUERIES = {"convocation": 5, "emargement": 2, "releve": 10}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("cle", PIECES)
def test_queries_of_a_paper_do_not_grow(cle, count, django_assert_num_queries):
    reunion = full_meeting(count)
    f.member(reunion.convention, Role.COORDINATION)
    reunion = Reunion.objects.select_related("convention").get(pk=reunion.pk)
    with django_assert_num_queries(QUERIES[cle]):
        PIECES[cle].build(reunion, today=TODAY)
