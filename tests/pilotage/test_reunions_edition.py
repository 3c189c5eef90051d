"""A meeting planned, prepared, attended, cancelled or removed, from the browser."""

import pytest
from django.urls import reverse
from zeal import zeal_ignore

from axes.enums import Role
from copil.enums import EtatReunion, Presence
from copil.models import Participant, PointOrdreDuJour, Reunion
from ctg_portal.lib.dates import parse_date
from journal.models import Entree
from tests.factories import (
    AxeFactory,
    BilanFactory,
    ConventionFactory,
    DecisionFactory,
    DocumentFactory,
    FicheFactory,
    InstanceFactory,
    ParticipantFactory,
    PointOrdreDuJourFactory,
    ReunionFactory,
    UserFactory,
    member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention():
    return ConventionFactory(slug="pays-test")


@pytest.fixture
def copil(convention):
    return InstanceFactory(convention=convention, nom="Comité de pilotage")


@pytest.fixture
def reunion(convention, copil):
    """A meeting that is only planned."""
    return ReunionFactory(
        convention=convention, titre="Bilan 2024", etat=EtatReunion.PREVUE, instances=[copil]
    )


@pytest.fixture
def coordination(client, convention):
    client.force_login(member(convention, Role.COORDINATION))
    return client


def url(name, *args):
    return reverse(f"pilotage:{name}", args=["pays-test", *args])


def page(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- Who --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"), [("stranger", 404), ("reader", 403), ("referent", 403)]
)
def test_only_the_coordination_writes_a_meeting(client, convention, reunion, copil, person, status):
    people = {
        "stranger": UserFactory,
        "reader": lambda: member(convention, Role.LECTEUR),
        "referent": lambda: member(convention, Role.REFERENT),
    }
    client.force_login(people[person]())
    participant = ParticipantFactory(reunion=reunion)
    sent = [
        (url("reunion_ajouter"), {"instances": [copil.pk]}),
        (url("reunion_annuler", reunion.pk), {"motif": "neige"}),
        (url("reunion_supprimer", reunion.pk), {}),
        (url("reunion_ligne_ajouter", reunion.pk, "ordre-du-jour"), {"texte": "Bilan"}),
        (url("participant_presence", reunion.pk, participant.pk), {"presence": "present"}),
        (url("reunion_ligne_supprimer", reunion.pk, "participants", participant.pk), {}),
    ]
    assert [client.post(address, data).status_code for address, data in sent] == [status] * 6
    reunion.refresh_from_db()
    participant.refresh_from_db()
    assert (Reunion.objects.count(), reunion.etat, participant.presence) == (1, "prevue", "")


def test_what_is_typed_without_session_is_given_back_and_writes_nothing(client, reunion):
    address = url("reunion_ligne_ajouter", reunion.pk, "ordre-du-jour")
    response = client.post(address, {"texte": "Bilan de l’année"})
    assert response.status_code == 401
    assert "Bilan de l’année" in response.content.decode()
    assert client.post(url("reunion_supprimer", reunion.pk)).status_code == 302
    assert reunion.ordre_du_jour.count() == 0


def test_a_reader_is_offered_none_of_it(client, convention, reunion):
    client.force_login(member(convention, Role.LECTEUR))
    ParticipantFactory(reunion=reunion)
    PointOrdreDuJourFactory.create_batch(2, reunion=reunion)
    texts = page(client, url("reunions")) + page(client, url("reunion", reunion.pk))
    for words in ("Ajouter une réunion", "Supprimer", "Annuler", "Monter", "Excusé", "Modifier"):
        assert words not in texts


@pytest.mark.parametrize("name", ["reunion_annuler", "reunion_supprimer"])
def test_a_meeting_of_another_convention_is_out_of_reach(coordination, name):
    other = ReunionFactory(etat=EtatReunion.PREVUE)
    assert coordination.post(url(name, other.pk), {"motif": "neige"}).status_code == 404
    other.refresh_from_db()
    assert other.etat == EtatReunion.PREVUE


# --- Planned ----------------------------------------------------------------------------------


def test_a_meeting_is_planned_for_two_instances(coordination, convention, copil):
    autre = InstanceFactory(convention=convention)
    ReunionFactory(convention=convention, ordre=7)
    response = coordination.post(
        url("reunion_ajouter"),
        {
            "instances": [copil.pk, autre.pk],
            "date": "9 octobre 2026",
            "heure": "9 h 30",
            "lieu": "Mairie",
            "visio": "on",
        },
    )
    added = Reunion.objects.get(lieu="Mairie")
    assert (response.status_code, response["Location"]) == (302, url("reunion", added.pk))
    assert (str(added.date), added.heure, added.visio, added.etat, added.ordre) == (
        "9\u00a0octobre 2026",
        "9 h 30",
        True,
        EtatReunion.PREVUE,
        8,
    )
    assert set(added.instances.all()) == {copil, autre}
    assert added.convention == convention


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "instances"),
        ({"instances": ["999999"]}, "instances"),
        ({"date": "bientôt"}, "date"),
        ({"titre": "x" * 301}, "titre"),
        ({"heure": "x" * 21}, "heure"),
        ({"lieu": "nul\x00"}, "lieu"),
    ],
)
def test_a_meeting_that_cannot_be_is_shown_again(coordination, copil, data, field):
    sent = {"instances": [copil.pk], "lieu": "Salle gardée"} | data if data else {"lieu": "x"}
    response = coordination.post(url("reunion_ajouter"), sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert sent["lieu"].strip("\x00") in response.content.decode()
    assert Reunion.objects.count() == 0


def test_an_instance_of_another_convention_is_neither_offered_nor_taken(coordination, copil):
    other = InstanceFactory(nom="Instance d’ailleurs")
    assert "ailleurs" not in page(coordination, url("reunion_ajouter"))
    response = coordination.post(url("reunion_ajouter"), {"instances": [other.pk]})
    assert response.status_code == 422


def test_without_instance_the_page_says_where_to_add_one(coordination):
    assert url("liste_ajouter", "instances") in page(coordination, url("reunion_ajouter"))


# --- Blocks with boxes to tick ----------------------------------------------------------------


def test_fiches_are_ticked_under_their_axe(coordination, convention, reunion):
    first, second = (
        AxeFactory(convention=convention, numero=numero, intitule=intitule, ordre=int(numero))
        for numero, intitule in (("1", "Petite enfance"), ("2", "Jeunesse"))
    )
    kept, ticked = FicheFactory(axe=first), FicheFactory(axe=second)
    FicheFactory(intitule="Fiche d’ailleurs")
    FicheFactory(axe=first, intitule="Rangée", archivee=True)
    reunion.fiches.add(kept)
    address = url("reunion_bloc", reunion.pk, "fiches")
    text = page(coordination, address)
    assert text.index("<legend>1. Petite enfance") < text.index(str(kept))
    assert text.index(str(kept)) < text.index("<legend>2. Jeunesse") < text.index(str(ticked))
    assert "ailleurs" not in text
    assert "Rangée" not in text
    data = {"fiches": [kept.pk, ticked.pk], "initial-fiches": [kept.pk]}
    assert coordination.post(address, data).status_code == 302
    assert set(reunion.fiches.all()) == {kept, ticked}


@pytest.mark.parametrize("opened", ["empty", "other"])
def test_fiches_ticked_by_two_people_are_shown_to_the_second(
    coordination, convention, reunion, opened
):
    mine, theirs, before = FicheFactory.create_batch(3, axe=AxeFactory(convention=convention))
    reunion.fiches.add(theirs)
    address = url("reunion_bloc", reunion.pk, "fiches")
    # What was all empty when it was opened sends no opening value.
    opening = {"initial-fiches": [before.pk]} if opened == "other" else {}
    response = coordination.post(address, {"fiches": [mine.pk]} | opening)
    assert response.status_code == 409
    assert theirs.intitule in response.content.decode()
    assert reunion.fiches.get() == theirs
    # Sent again from the page that showed both, it is what is wanted.
    # auditlog names the fiches of a changed link one by one.
    with zeal_ignore([{"model": "actions.FicheAction", "field": "axe"}]):
        coordination.post(address, {"fiches": [mine.pk], "initial-fiches": [theirs.pk]})
    assert reunion.fiches.get() == mine


@pytest.mark.parametrize("count", [1, 3])
def test_the_boxes_cost_the_same_for_one_and_three(
    coordination, convention, reunion, count, django_assert_num_queries
):
    for _ in range(count):
        FicheFactory(axe__convention=convention)
    address = url("reunion_bloc", reunion.pk, "fiches")
    coordination.get(address)
    with django_assert_num_queries(6):
        coordination.get(address)


def test_documents_of_the_convention_are_linked_and_unlinked(coordination, convention, reunion):
    old, new = DocumentFactory.create_batch(2, convention=convention)
    other = DocumentFactory(legende="Document d’ailleurs")
    reunion.documents.add(old)
    address = url("reunion_bloc", reunion.pk, "documents")
    assert "ailleurs" not in page(coordination, address)
    data = {"documents": [new.pk], "initial-documents": [old.pk]}
    assert coordination.post(address, data).status_code == 302
    assert list(reunion.documents.all()) == [new]
    assert coordination.post(address, {"documents": [other.pk]}).status_code == 422


def test_a_meeting_keeps_at_least_one_instance(coordination, convention, reunion, copil):
    address = url("reunion_bloc", reunion.pk, "instances")
    assert coordination.post(address, {"initial-instances": [copil.pk]}).status_code == 422
    autre = InstanceFactory(convention=convention)
    data = {"instances": [autre.pk], "initial-instances": [copil.pk]}
    assert coordination.post(address, data).status_code == 302
    assert list(reunion.instances.all()) == [autre]


# --- Agenda and participants ------------------------------------------------------------------


def test_the_agenda_is_typed_in_one_go(coordination, reunion):
    address = url("reunion_ligne_ajouter", reunion.pk, "ordre-du-jour")
    again = coordination.post(address, {"texte": "Bilan", "encore": "oui"})
    last = coordination.post(address, {"texte": "Questions diverses"})
    assert again["Location"] == f"{address}#id_texte"
    assert last["Location"] == f"{url('reunion', reunion.pk)}#ordre-du-jour"
    assert [point.texte for point in reunion.ordre_du_jour.all()] == ["Bilan", "Questions diverses"]


@pytest.mark.parametrize(
    ("direction", "place", "expected"),
    [
        ("haut", 1, ["b", "a", "c"]),
        ("bas", 1, ["a", "c", "b"]),
        ("haut", 0, ["a", "b", "c"]),
        ("bas", 2, ["a", "b", "c"]),
    ],
)
def test_the_agenda_is_reordered(coordination, reunion, direction, place, expected):
    # Imported lines may share a place.
    points = [PointOrdreDuJourFactory(reunion=reunion, texte=t, ordre=0) for t in "abc"]
    address = url("reunion_ligne_deplacer", reunion.pk, "ordre-du-jour", points[place].pk)
    assert coordination.post(address, {"direction": direction}).status_code == 302
    assert [point.texte for point in reunion.ordre_du_jour.all()] == expected


def test_only_the_ends_of_the_list_have_one_way_to_go(coordination, reunion):
    PointOrdreDuJourFactory.create_batch(3, reunion=reunion)
    text = page(coordination, url("reunion", reunion.pk))
    assert (text.count('value="haut"'), text.count('value="bas"')) == (2, 2)


def test_a_line_is_edited_and_removed(coordination, reunion):
    point = PointOrdreDuJourFactory(reunion=reunion, texte="Bilan")
    address = url("reunion_ligne_modifier", reunion.pk, "ordre-du-jour", point.pk)
    data = {"texte": "Bilan et suites", "initial-texte": "Bilan"}
    assert coordination.post(address, data).status_code == 302
    point.refresh_from_db()
    assert point.texte == "Bilan et suites"
    removal = url("reunion_ligne_supprimer", reunion.pk, "ordre-du-jour", point.pk)
    assert removal in page(coordination, address)
    assert "Bilan et suites" in page(coordination, removal)
    assert coordination.post(removal).status_code == 302
    assert not PointOrdreDuJour.objects.exists()


def test_a_line_that_another_changed_is_a_conflict(coordination, reunion):
    point = PointOrdreDuJourFactory(reunion=reunion, texte="Écrit par une autre")
    response = coordination.post(
        url("reunion_ligne_modifier", reunion.pk, "ordre-du-jour", point.pk),
        {"texte": "Écrit par moi", "initial-texte": "Bilan"},
    )
    assert response.status_code == 409
    assert "Écrit par une autre" in response.content.decode()


def test_a_participant_is_a_name_or_a_function(coordination, reunion):
    address = url("reunion_ligne_ajouter", reunion.pk, "participants")
    refused = coordination.post(address, {"role": "intervenante"})
    assert refused.status_code == 422
    assert "Indiquez un nom, une qualité ou un organisme." in refused.content.decode()
    assert coordination.post(address, {"qualite": "Maire", "presence": "excuse"}).status_code == 302
    added = Participant.objects.get()
    assert (added.qualite, added.presence, added.reunion) == ("Maire", Presence.EXCUSE, reunion)


@pytest.mark.parametrize("before", ["", "present", "excuse"])
@pytest.mark.parametrize("sent", ["", "present", "excuse"])
def test_presence_is_said_in_one_click(coordination, reunion, before, sent):
    participant = ParticipantFactory(reunion=reunion, presence=before)
    entries = Entree.objects.count()
    response = coordination.post(
        url("participant_presence", reunion.pk, participant.pk), {"presence": sent}
    )
    anchor = f"#participants-{participant.pk}"
    assert response["Location"] == f"{url('reunion', reunion.pk)}{anchor}"
    participant.refresh_from_db()
    assert participant.presence == sent
    assert Entree.objects.count() - entries == (before != sent)


def test_the_button_of_what_is_said_takes_it_back(coordination, reunion):
    ParticipantFactory(reunion=reunion, presence=Presence.PRESENT)
    text = page(coordination, url("reunion", reunion.pk))
    assert 'name="presence" value="" aria-pressed="true">Présent' in text
    assert 'name="presence" value="excuse" aria-pressed="false">Excusé' in text


def test_an_unknown_presence_changes_nothing(coordination, reunion):
    participant = ParticipantFactory(reunion=reunion)
    address = url("participant_presence", reunion.pk, participant.pk)
    assert coordination.post(address, {"presence": "peut-être"}).status_code == 404


def test_a_line_of_another_meeting_does_not_exist_here(coordination, convention, reunion):
    other = ParticipantFactory(reunion=ReunionFactory(convention=convention))
    for name in ("reunion_ligne_modifier", "reunion_ligne_supprimer", "reunion_ligne_deplacer"):
        address = url(name, reunion.pk, "participants", other.pk)
        assert coordination.post(address, {"direction": "haut"}).status_code == 404
    presence = url("participant_presence", reunion.pk, other.pk)
    assert coordination.post(presence, {"presence": "present"}).status_code == 404
    other.refresh_from_db()
    assert other.presence == ""


def test_an_unknown_list_does_not_exist(coordination, reunion):
    assert coordination.get(url("reunion_ligne_ajouter", reunion.pk, "budget")).status_code == 404


# --- Cancelled or removed ---------------------------------------------------------------------


def test_a_meeting_is_cancelled_with_its_reason(coordination, reunion):
    address = url("reunion_annuler", reunion.pk)
    assert address in page(coordination, url("reunion", reunion.pk))
    response = coordination.post(address, {"motif": "neige", "initial-motif": ""})
    assert (response.status_code, response["Location"]) == (302, url("reunion", reunion.pk))
    reunion.refresh_from_db()
    assert (reunion.etat, reunion.motif) == (EtatReunion.ANNULEE, "neige")
    assert "Annuler la réunion" not in page(coordination, url("reunion", reunion.pk))


@pytest.mark.parametrize("motif", ["", "  ", "x" * 301])
def test_a_cancellation_without_reason_is_refused(coordination, reunion, motif):
    response = coordination.post(url("reunion_annuler", reunion.pk), {"motif": motif})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"motif"}
    reunion.refresh_from_db()
    assert reunion.etat == EtatReunion.PREVUE


@pytest.mark.parametrize("etat", [EtatReunion.TENUE, EtatReunion.ANNULEE])
def test_what_was_held_or_cancelled_is_not_cancelled_again(coordination, convention, etat):
    reunion = ReunionFactory(convention=convention, etat=etat)
    response = coordination.post(
        url("reunion_annuler", reunion.pk), {"motif": "neige"}, follow=True
    )
    assert f"déjà {etat.label}" in response.content.decode()
    reunion.refresh_from_db()
    assert (reunion.etat, reunion.motif) == (etat, "")


def test_a_meeting_that_was_only_prepared_is_removed(coordination, reunion):
    PointOrdreDuJourFactory.create_batch(2, reunion=reunion)
    ParticipantFactory.create_batch(2, reunion=reunion)
    address = url("reunion_supprimer", reunion.pk)
    assert "Bilan 2024" in page(coordination, address)
    assert Reunion.objects.count() == 1
    response = coordination.post(address)
    assert (response.status_code, response["Location"]) == (302, url("reunions"))
    assert not Reunion.objects.exists()
    removed = Entree.objects.of_convention(reunion.convention_id).filter(action=2)
    assert removed.count() == 5


HISTORY = {
    "tenue": lambda reunion: setattr(reunion, "etat", EtatReunion.TENUE),
    "annulée": lambda reunion: setattr(reunion, "etat", EtatReunion.ANNULEE),
    "compte rendu": lambda reunion: setattr(reunion, "compte_rendu", "Adopté."),
    "nombre de participants": lambda reunion: setattr(reunion, "nombre_participants", 0),
    "présence notée": lambda reunion: ParticipantFactory(reunion=reunion, presence="excuse"),
    "document": lambda reunion: reunion.documents.add(
        DocumentFactory(convention=reunion.convention)
    ),
    "décisions": lambda reunion: DecisionFactory(reunion=reunion),
    "bilans": lambda reunion: BilanFactory(convention=reunion.convention, reunion=reunion),
}


@pytest.mark.parametrize("words", HISTORY)
def test_a_meeting_with_a_history_stays_and_says_why(coordination, reunion, words):
    HISTORY[words](reunion)
    reunion.save()
    address = url("reunion_supprimer", reunion.pk)
    shown = page(coordination, address)
    assert words in shown.lower()
    assert 'type="submit">' not in shown.split("<h1>")[1].split("</main>")[0]
    response = coordination.post(address, follow=True)
    text = response.content.decode()
    assert "Rien n’est supprimé" in text
    assert words in text
    assert Reunion.objects.filter(pk=reunion.pk).exists()


def test_a_date_typed_as_a_month_is_kept_as_such(coordination, copil):
    sent = {"instances": [copil.pk], "date": "juin 2026"}
    assert coordination.post(url("reunion_ajouter"), sent).status_code == 302
    assert Reunion.objects.get().date == parse_date("juin 2026")
