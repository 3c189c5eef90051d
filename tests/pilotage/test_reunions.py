import datetime

import pytest
import time_machine
from django.urls import reverse

from actions.models import Document
from axes.enums import Role
from copil.enums import EtatDecision, EtatReunion, Presence
from copil.models import Decision
from ctg_portal.lib.dates import parse_date
from tests.factories import (
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


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.datetime(2024, 3, 15, 12, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def convention():
    return ConventionFactory(slug="pays-test")


@pytest.fixture
def reunion(convention):
    return ReunionFactory(
        convention=convention,
        titre="COPIL de lancement",
        lieu="Mairie de Cremps",
        heure="9 h 30",
        compte_rendu="Le plan est **adopté**.",
        instances=[InstanceFactory(convention=convention, nom="Comité de pilotage")],
    )


@pytest.fixture
def coordination(client, convention):
    client.force_login(member(convention, Role.COORDINATION))
    return client


@pytest.fixture
def reader(client, convention):
    client.force_login(member(convention, Role.LECTEUR))
    return client


def url(name, reunion=None, *args):
    return reverse(
        f"pilotage:{name}", args=["pays-test", *([reunion.pk] if reunion else []), *args]
    )


def page(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- The list ---------------------------------------------------------------------------------


def test_meetings_are_told_as_coming_over_and_cancelled(reader, convention):
    ReunionFactory(
        convention=convention,
        titre="Bientôt",
        date=parse_date("2 mai 2024"),
        etat=EtatReunion.PREVUE,
    )
    ReunionFactory(convention=convention, titre="Ancienne", date=parse_date("juin 2021"))
    ReunionFactory(
        convention=convention,
        titre="Jamais eue",
        date=parse_date("2020"),
        etat=EtatReunion.ANNULEE,
        motif="confinement",
    )
    text = page(reader, url("reunions"))
    titles = ("Prochaines réunions", "Bientôt", "Réunions passées", "Ancienne", "Réunions annulées")
    places = [text.index(title) for title in (*titles, "Jamais eue")]
    assert places == sorted(places)
    assert "Jeudi 2\u00a0mai 2024" in text
    assert "confinement" in text
    assert "3\u00a0réunions" in text


def test_past_meetings_stand_under_their_year_latest_first(reader, convention):
    for annee in ("2021", "2023", "2022"):
        ReunionFactory(convention=convention, date=parse_date(f"juin {annee}"))
    context = reader.get(url("reunions")).context
    assert [annee for annee, _ in context["calendrier"].passees] == [2023, 2022, 2021]


def test_the_address_filters_on_one_instance(reader, convention, reunion):
    autre = InstanceFactory(convention=convention, nom="Commission jeunesse")
    ReunionFactory(convention=convention, titre="Commission du soir", instances=[autre])
    text = page(reader, f"{url('reunions')}?instance={autre.pk}")
    assert "Commission du soir" in text
    assert reunion.titre not in text


@pytest.mark.parametrize("value", ["x", "999999", "-1"])
def test_an_unknown_instance_filters_nothing(reader, reunion, value):
    assert reunion.titre in page(reader, f"{url('reunions')}?instance={value}")


def test_an_instance_of_another_convention_is_not_offered(reader, reunion):
    autre = InstanceFactory(nom="Instance d’ailleurs")
    text = page(reader, f"{url('reunions')}?instance={autre.pk}")
    assert reunion.titre in text
    assert "Instance d’ailleurs" not in text


def test_open_decisions_say_who_when_and_whether_they_are_late(reader, reunion):
    DecisionFactory(
        reunion=reunion,
        texte="Écrire à la Caf",
        responsable="Madame la vice-présidente",
        echeance=parse_date("janvier 2024"),
    )
    DecisionFactory(reunion=reunion, texte="Chose faite", etat=EtatDecision.FAITE)
    text = page(reader, url("reunions"))
    assert "Écrire à la Caf" in text
    assert "Madame la vice-présidente" in text
    assert "janvier 2024" in text
    assert "(en retard)" in text
    assert "Chose faite" not in text


def test_a_decision_for_this_year_is_not_late_before_the_next(reader, reunion):
    DecisionFactory(reunion=reunion, echeance=parse_date("2024"))
    assert "(en retard)" not in page(reader, url("reunions"))


def test_another_convention_shows_nothing_here(reader, convention):
    DecisionFactory(texte="Secret d’ailleurs", reunion__titre="Réunion d’ailleurs")
    text = page(reader, url("reunions"))
    assert "ailleurs" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    reader, convention, count, django_assert_num_queries
):
    for _ in range(count):
        meeting = ReunionFactory(
            convention=convention, instances=[InstanceFactory(convention=convention)]
        )
        DecisionFactory(reunion=meeting, fiche=FicheFactory(axe__convention=convention))
    reader.get(url("reunions"))
    with django_assert_num_queries(7):
        reader.get(url("reunions"))


# --- One meeting ------------------------------------------------------------------------------


def test_a_meeting_tells_everything_that_is_known(reader, convention, reunion):
    PointOrdreDuJourFactory(reunion=reunion, texte="Bilan de l’année")
    ParticipantFactory(reunion=reunion, qualite="Maire de Cremps", presence=Presence.PRESENT)
    ParticipantFactory(reunion=reunion, qualite="Préfète", presence=Presence.EXCUSE)
    fiche = FicheFactory(
        axe__convention=convention, axe__numero="2", code="C1", intitule="Transport"
    )
    reunion.fiches.add(fiche)
    reunion.documents.add(
        DocumentFactory(convention=convention, legende="Diaporama", lien="https://exemple.fr/d")
    )
    DecisionFactory(reunion=reunion, texte="Relancer le Département", etat=EtatDecision.EN_COURS)
    text = page(reader, url("reunion", reunion))
    for words in (
        "COPIL de lancement",
        "Comité de pilotage",
        "Lundi 9\u00a0octobre 2023",
        "9 h 30",
        "Mairie de Cremps",
        "Bilan de l’année",
        "Maire de Cremps",
        "Excusés",
        "2.C1 Transport",
        "<strong>adopté</strong>",
        "Relancer le Département",
        "En cours",
        "Diaporama",
    ):
        assert words in text


def test_a_meeting_says_what_is_missing(reader, convention):
    bare = ReunionFactory(convention=convention, titre="", date=None, etat="")
    text = page(reader, url("reunion", bare))
    assert text.count("on renseigné") >= 5
    assert "Présents" not in text


def test_a_planned_meeting_whose_day_is_over_asks_whether_it_was_held(reader, convention):
    late = ReunionFactory(
        convention=convention, date=parse_date("1 février 2024"), etat=EtatReunion.PREVUE
    )
    assert "Rien ne dit encore si la réunion s’est tenue" in page(reader, url("reunion", late))


def test_a_reader_is_offered_no_way_to_write(reader, reunion):
    DecisionFactory(reunion=reunion)
    text = page(reader, url("reunion", reunion))
    assert "Modifier" not in text
    assert url("decision_ajouter", reunion) not in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_meeting_costs_the_same_for_one_and_three(
    coordination, convention, reunion, count, django_assert_num_queries
):
    for _ in range(count):
        fiche = FicheFactory(axe__convention=convention)
        reunion.fiches.add(fiche)
        reunion.documents.add(DocumentFactory(convention=convention))
        DecisionFactory(reunion=reunion, fiche=fiche)
        ParticipantFactory(reunion=reunion)
        PointOrdreDuJourFactory(reunion=reunion)
    coordination.get(url("reunion", reunion))
    with django_assert_num_queries(11):
        coordination.get(url("reunion", reunion))


def test_a_meeting_of_another_convention_does_not_exist_here(coordination):
    other = ReunionFactory()
    assert coordination.get(url("reunion", other)).status_code == 404
    assert coordination.post(url("reunion_bloc", other, "cadre"), {}).status_code == 404


# --- Writing ----------------------------------------------------------------------------------


def test_the_coordination_writes_the_report(coordination, reunion):
    response = coordination.post(
        url("reunion_bloc", reunion, "compte-rendu"),
        {"compte_rendu": "Nouveau texte", "initial-compte_rendu": reunion.compte_rendu},
    )
    assert (response.status_code, response["Location"]) == (
        302,
        f"{url('reunion', reunion)}#compte-rendu",
    )
    reunion.refresh_from_db()
    assert reunion.compte_rendu == "Nouveau texte"


def test_the_coordination_moves_a_meeting(coordination, reunion):
    form = coordination.get(url("reunion_bloc", reunion, "cadre")).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "visio"}
    data |= {f"initial-{name}": value for name, value in data.items()}
    data |= {"date": "12 décembre 2023", "lieu": "Salle des fêtes", "visio": "on"}
    assert coordination.post(url("reunion_bloc", reunion, "cadre"), data).status_code == 302
    reunion.refresh_from_db()
    assert (str(reunion.date), reunion.lieu, reunion.visio, reunion.heure) == (
        "12\u00a0décembre 2023",
        "Salle des fêtes",
        True,
        "9 h 30",
    )


def test_a_meeting_is_cancelled_with_its_motif(coordination, reunion):
    data = {"etat": "annulee", "motif": "neige", "initial-etat": "tenue", "initial-motif": ""}
    assert coordination.post(url("reunion_bloc", reunion, "etat"), data).status_code == 302
    reunion.refresh_from_db()
    assert (reunion.etat, reunion.motif) == (EtatReunion.ANNULEE, "neige")


def test_a_motif_without_cancellation_is_refused(coordination, reunion):
    response = coordination.post(
        url("reunion_bloc", reunion, "etat"), {"etat": "tenue", "motif": "neige"}
    )
    assert response.status_code == 422
    assert "annulée seulement" in response.content.decode()
    reunion.refresh_from_db()
    assert reunion.motif == ""


@pytest.mark.parametrize(
    ("bloc", "data"),
    [
        ("cadre", {"date": "32 octobre 2023"}),
        ("cadre", {"nombre_participants": "-3"}),
        ("cadre", {"titre": "x" * 301}),
        ("etat", {"etat": "reportee"}),
        ("compte-rendu", {"compte_rendu": "nul\x00"}),
        ("compte-rendu", {"compte_rendu": "x" * 20_001}),
    ],
)
def test_an_invalid_block_is_shown_again_and_writes_nothing(coordination, reunion, bloc, data):
    response = coordination.post(url("reunion_bloc", reunion, bloc), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(data)
    before = (reunion.titre, reunion.date, reunion.etat, reunion.compte_rendu)
    reunion.refresh_from_db()
    assert (reunion.titre, reunion.date, reunion.etat, reunion.compte_rendu) == before


def test_the_second_writer_is_shown_both_values(coordination, reunion):
    reunion.compte_rendu = "Écrit par une autre"
    reunion.save()
    response = coordination.post(
        url("reunion_bloc", reunion, "compte-rendu"),
        {"compte_rendu": "Écrit par moi", "initial-compte_rendu": "Le plan est **adopté**."},
    )
    assert response.status_code == 409
    text = response.content.decode()
    assert "Écrit par une autre" in text
    assert "Écrit par moi" in text
    reunion.refresh_from_db()
    assert reunion.compte_rendu == "Écrit par une autre"


def test_two_edits_that_contradict_each_other_are_a_conflict(coordination, convention):
    """One adds a motif to a cancelled meeting while the other says that it was held after all."""
    reunion = ReunionFactory(convention=convention, etat=EtatReunion.ANNULEE, motif="neige")
    response = coordination.post(
        url("reunion_bloc", reunion, "etat"),
        {"etat": "tenue", "initial-etat": "annulee", "motif": "", "initial-motif": ""},
    )
    assert response.status_code == 409
    assert "neige" in response.content.decode()
    reunion.refresh_from_db()
    assert (reunion.etat, reunion.motif) == (EtatReunion.ANNULEE, "neige")


def test_an_unknown_block_does_not_exist(coordination, reunion):
    assert coordination.get(url("reunion_bloc", reunion, "budget")).status_code == 404


def test_a_decision_is_added_after_the_others(coordination, convention, reunion):
    DecisionFactory(reunion=reunion, ordre=4)
    fiche = FicheFactory(axe__convention=convention)
    response = coordination.post(
        url("decision_ajouter", reunion),
        {"texte": "Ouvrir un poste", "echeance": "juin 2024", "fiche": fiche.pk, "etat": "a_faire"},
    )
    assert response.status_code == 302
    added = Decision.objects.get(texte="Ouvrir un poste")
    assert (added.reunion, added.ordre, str(added.echeance), added.fiche) == (
        reunion,
        5,
        "juin 2024",
        fiche,
    )


def test_a_decision_cannot_name_a_fiche_of_another_convention(coordination, reunion):
    response = coordination.post(
        url("decision_ajouter", reunion), {"texte": "Ouvrir", "fiche": FicheFactory().pk}
    )
    assert response.status_code == 422
    assert Decision.objects.count() == 0


def test_a_decision_without_words_is_refused(coordination, reunion):
    assert coordination.post(url("decision_ajouter", reunion), {"texte": " "}).status_code == 422


def test_the_state_of_a_decision_changes_from_the_page(coordination, reunion):
    decision = DecisionFactory(reunion=reunion, etat=EtatDecision.A_FAIRE)
    response = coordination.post(
        url("decision_etat", reunion, decision.pk), {"etat": "faite", "initial-etat": "a_faire"}
    )
    assert response["Location"] == f"{url('reunion', reunion)}#decision-{decision.pk}"
    decision.refresh_from_db()
    assert decision.etat == EtatDecision.FAITE


def test_the_state_that_another_changed_is_a_conflict(coordination, reunion):
    decision = DecisionFactory(reunion=reunion, etat=EtatDecision.ABANDONNEE)
    response = coordination.post(
        url("decision_etat", reunion, decision.pk), {"etat": "faite", "initial-etat": "a_faire"}
    )
    assert response.status_code == 409
    assert "abandonnée" in response.content.decode()
    decision.refresh_from_db()
    assert decision.etat == EtatDecision.ABANDONNEE


def test_an_unknown_state_is_refused(coordination, reunion):
    decision = DecisionFactory(reunion=reunion)
    response = coordination.post(url("decision_etat", reunion, decision.pk), {"etat": "peut-être"})
    assert response.status_code == 422


def test_a_decision_of_another_meeting_does_not_exist_here(coordination, convention, reunion):
    other = DecisionFactory(reunion__convention=convention)
    assert coordination.get(url("decision_modifier", reunion, other.pk)).status_code == 404


def test_a_decision_is_rewritten(coordination, reunion):
    decision = DecisionFactory(reunion=reunion, texte="Ecrire", responsable="la CTG")
    response = coordination.post(
        url("decision_modifier", reunion, decision.pk),
        {
            "texte": "Écrire",
            "initial-texte": "Ecrire",
            "responsable": "la CTG",
            "initial-responsable": "la CTG",
        },
    )
    assert response.status_code == 302
    decision.refresh_from_db()
    assert (decision.texte, decision.responsable) == ("Écrire", "la CTG")


# --- Who --------------------------------------------------------------------------------------

WRITES = [
    ("reunion_bloc", ("cadre",)),
    ("reunion_bloc", ("compte-rendu",)),
    ("decision_ajouter", ()),
]


@pytest.mark.parametrize(("name", "args"), WRITES)
def test_a_reader_does_not_write(reader, reunion, name, args):
    assert reader.get(url(name, reunion, *args)).status_code == 403
    assert reader.post(url(name, reunion, *args), {"texte": "x"}).status_code == 403


@pytest.mark.parametrize(("name", "args"), WRITES)
@pytest.mark.parametrize("role", [Role.REFERENT, Role.CONTRIBUTEUR])
def test_only_the_coordination_writes_meetings(client, convention, reunion, role, name, args):
    client.force_login(member(convention, role))
    assert client.post(url(name, reunion, *args), {"texte": "x"}).status_code == 403


def test_a_reader_does_not_change_a_decision(reader, reunion):
    decision = DecisionFactory(reunion=reunion)
    response = reader.post(url("decision_etat", reunion, decision.pk), {"etat": "faite"})
    assert response.status_code == 403
    decision.refresh_from_db()
    assert decision.etat == ""


@pytest.mark.parametrize("name", ["reunions", "reunion"])
def test_a_stranger_and_the_signed_out(client, reunion, name):
    address = url(name, reunion if name == "reunion" else None)
    assert client.get(address)["Location"].startswith("/comptes/connexion/")
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["reunions", "reunion", "decision_etat"])
def test_wrong_method(coordination, reunion, name):
    args = [DecisionFactory(reunion=reunion).pk] if name == "decision_etat" else []
    address = url(name, reunion if name != "reunions" else None, *args)
    wrong = coordination.get if name == "decision_etat" else coordination.post
    assert wrong(address).status_code == 405


def test_a_missing_document_is_only_a_caption(reader, convention, reunion):
    reunion.documents.add(Document.objects.create(convention=convention, legende="Photo de groupe"))
    text = page(reader, url("reunion", reunion))
    assert "Photo de groupe" in text
    assert "(document manquant)" in text
