import datetime

import pytest

from copil.calendrier import build_calendrier, open_decisions
from copil.enums import EtatDecision, EtatReunion, NaturePoint, TypeInstance
from copil.models import Decision, Reunion
from copil.services.reunions import add_decision
from ctg_portal.lib.dates import parse_date
from tests.factories import (
    AbonnementAgendaFactory,
    ConventionFactory,
    DecisionFactory,
    FicheFactory,
    InstanceFactory,
    ParticipantFactory,
    PointFactory,
    ReunionFactory,
    UserFactory,
)
from tests.rules import assert_breaks, constraint_names

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2024, 3, 15)


def second(factory, **fields):
    fields = {"convention": ConventionFactory(), "reference": "r1", **fields}
    factory(**fields)
    return factory.build(**fields)


def point(**fields):
    return PointFactory.build(convention=ConventionFactory(), **fields)


def second_address():
    fields = {"convention": ConventionFactory(), "user": UserFactory()}
    AbonnementAgendaFactory(**fields)
    return AbonnementAgendaFactory.build(**fields)


RULES = {
    "abonnement_agenda_un_seul_en_cours": second_address,
    "instance_reference_unique": lambda: second(InstanceFactory),
    "reunion_reference_unique": lambda: second(ReunionFactory),
    "reunion_motif_si_annulee": lambda: ReunionFactory.build(
        convention=ConventionFactory(), etat=EtatReunion.TENUE, motif="neige"
    ),
    "participant_nomme": lambda: ParticipantFactory.build(
        reunion=ReunionFactory(), nom="", qualite="", organisme=""
    ),
    "point_reference_unique": lambda: second(PointFactory),
    "point_nature_de_la_liste": lambda: point(nature="neutre"),
    "point_devenir_d_une_perspective": lambda: point(nature=NaturePoint.FORT, devenir="realisee"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_refused(name):
    assert_breaks(RULES[name](), name)


def test_every_rule_is_broken_once():
    assert set(RULES) == constraint_names("copil")


# --- Meetings ---------------------------------------------------------------------------------


def meeting(convention, date, etat, **fields):
    return ReunionFactory(
        convention=convention, date=date and parse_date(date), etat=etat, titre=str(date), **fields
    )


@pytest.mark.parametrize(
    ("date", "etat", "place"),
    [
        ("2 mai 2024", EtatReunion.PREVUE, "prochaines"),
        ("15 mars 2024", EtatReunion.PREVUE, "prochaines"),
        ("2024", EtatReunion.PREVUE, "prochaines"),
        (None, EtatReunion.PREVUE, "prochaines"),
        (None, "", "prochaines"),
        ("14 mars 2024", EtatReunion.PREVUE, "passees"),
        ("juin 2021", "", "passees"),
        ("juin 2021", EtatReunion.TENUE, "passees"),
        (None, EtatReunion.TENUE, "passees"),
        ("2 mai 2024", EtatReunion.ANNULEE, "annulees"),
    ],
)
def test_where_a_meeting_is_told(date, etat, place):
    convention = ConventionFactory()
    meeting(convention, date, etat)
    calendrier = build_calendrier(convention, today=TODAY)
    found = {name for name in ("prochaines", "passees", "annulees") if getattr(calendrier, name)}
    assert found == {place}
    assert calendrier.total == 1


def test_the_nearest_comes_first_and_what_has_no_date_last():
    convention = ConventionFactory()
    for date in (None, "2 mai 2024", "avril 2024"):
        meeting(convention, date, EtatReunion.PREVUE)
    titles = [r.titre for r in build_calendrier(convention, today=TODAY).prochaines]
    assert titles == ["avril 2024", "2 mai 2024", "None"]


def test_a_meeting_of_two_instances_is_told_once():
    convention = ConventionFactory()
    instances = InstanceFactory.create_batch(2, convention=convention)
    meeting(convention, "2023", EtatReunion.TENUE, instances=instances)
    assert build_calendrier(convention, today=TODAY).total == 1
    assert build_calendrier(convention, today=TODAY, instance=instances[0]).total == 1


def test_the_last_copil_is_one_that_was_held():
    convention = ConventionFactory()
    copil = InstanceFactory(convention=convention, type=TypeInstance.COPIL)
    other = InstanceFactory(convention=convention, type=TypeInstance.COMMISSION)
    meeting(convention, "2021", EtatReunion.TENUE, instances=[copil])
    last = meeting(convention, "8 février 2022", EtatReunion.TENUE, instances=[copil])
    meeting(convention, "2023", EtatReunion.ANNULEE, instances=[copil])
    meeting(convention, "2023", EtatReunion.TENUE, instances=[other])
    meeting(convention, None, EtatReunion.TENUE, instances=[copil])
    assert Reunion.objects.of_convention(convention).last_copil().first() == last


@pytest.mark.parametrize(
    ("titre", "instances", "nom"),
    [
        ("Restitution", ["COPIL"], "Restitution"),
        ("", ["COPIL", "Commission"], "COPIL, Commission"),
        ("", [], "Réunion"),
    ],
)
def test_the_name_of_a_meeting(titre, instances, nom):
    convention = ConventionFactory()
    rows = [InstanceFactory(convention=convention, nom=name) for name in instances]
    assert ReunionFactory(convention=convention, titre=titre, instances=rows).nom == nom


# --- Decisions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("etat", "is_open"),
    [
        ("", True),
        (EtatDecision.A_FAIRE, True),
        (EtatDecision.EN_COURS, True),
        (EtatDecision.FAITE, False),
        (EtatDecision.ABANDONNEE, False),
    ],
)
def test_a_decision_is_followed_until_done(etat, is_open):
    decision = DecisionFactory(etat=etat)
    assert decision.est_ouverte is is_open
    assert Decision.objects.open().exists() is is_open


@pytest.mark.parametrize(
    ("echeance", "etat", "is_late"),
    [
        ("2023", "", True),
        ("2024", "", False),
        ("15 mars 2024", EtatDecision.EN_COURS, False),
        ("14 mars 2024", EtatDecision.EN_COURS, True),
        ("2023", EtatDecision.FAITE, False),
        (None, EtatDecision.A_FAIRE, False),
    ],
)
def test_a_decision_is_late_after_its_last_day(echeance, etat, is_late):
    decision = DecisionFactory(echeance=echeance and parse_date(echeance), etat=etat)
    assert decision.est_en_retard(TODAY) is is_late


def test_the_most_pressing_decision_comes_first():
    reunion = ReunionFactory()
    for date in (None, "2025", "juin 2024"):
        DecisionFactory(reunion=reunion, echeance=date and parse_date(date), texte=str(date))
    DecisionFactory(texte="d’ailleurs")
    texts = [decision.texte for decision in open_decisions(reunion.convention)]
    assert texts == ["juin 2024", "2025", "None"]


def test_a_decision_outlives_the_fiche_it_was_about():
    decision = DecisionFactory(fiche=FicheFactory())
    decision.fiche.delete()
    decision.refresh_from_db()
    assert decision.fiche is None


def test_added_decisions_keep_their_order():
    reunion = ReunionFactory()
    for texte in ("un", "deux", "trois"):
        add_decision(reunion=reunion, decision=Decision(texte=texte))
    assert [decision.texte for decision in reunion.decisions.all()] == ["un", "deux", "trois"]


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("9 octobre 2023", "COPIL du 9\u00a0octobre 2023"),
        ("juin 2021", "COPIL, juin 2021"),
        ("2021-08-23/2021-08-27", "COPIL, du 23 au 27\u00a0août 2021"),
        (None, "COPIL"),
    ],
)
def test_a_meeting_is_called_by_its_title_and_date(date, words):
    assert str(Reunion(titre="COPIL", date=date and parse_date(date))) == words
