"""The tableau de bord counts what is there, for who may read it."""

import datetime

import pytest
from django.core.cache import caches
from django.urls import reverse

from actions.enums import Objectifs, Realisation, Suivi
from copil.enums import EtatReunion, NaturePoint
from ctg_portal.lib.dates import parse_date
from pilotage.tableau import build_tableau
from tests.factories import (
    AxeFactory,
    DecisionFactory,
    FicheFactory,
    IndicateurFactory,
    InstanceFactory,
    PointFactory,
    ReunionFactory,
    ValeurFactory,
    arrete_of,
)

TODAY = datetime.date(2026, 11, 20)


def url(plan):
    return reverse("pilotage:tableau", args=[plan.convention.slug])


def test_an_anonymous_visitor_is_sent_to_sign_in(client, plan):
    answer = client.get(url(plan))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_stranger_does_not_learn_that_the_convention_exists(as_user, plan):
    assert as_user(plan.etranger).get(url(plan)).status_code == 404


def test_a_wrong_method_is_refused(as_user, plan):
    assert as_user(plan.coordination).post(url(plan)).status_code == 405


def test_a_reader_sees_the_numbers_and_not_what_waits_for_the_team(as_user, plan):
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Tableau de bord" in page
    assert "À traiter" not in page


def test_the_team_sees_what_waits_for_it(as_user, plan):
    page = as_user(plan.coordination).get(url(plan)).content.decode()
    assert "À traiter" in page
    assert "1\u00a0réalisation non renseignée" in page


def test_archived_fiches_count_nowhere(plan):
    FicheFactory(axe=plan.axe, realisation=Realisation.REALISEE)
    FicheFactory(axe=plan.axe, realisation=Realisation.REALISEE, archivee=True)
    FicheFactory(axe=plan.axe, objectifs_atteints=Objectifs.PARTIELLEMENT)
    chiffres = build_tableau(plan.convention, today=TODAY, pour_agir=True).chiffres
    assert (chiffres.fiches, chiffres.realisees, chiffres.atteints_en_partie) == (3, 1, 1)
    assert chiffres.non_renseignees == 2


def test_the_four_numbers_leave_no_fiche_untold(as_user, plan):
    for realisation, objectifs in [
        (Realisation.REALISEE, Objectifs.ATTEINTS),
        (Realisation.PARTIELLEMENT, Objectifs.NON_ATTEINTS),
        (Realisation.NON_REALISEE, Objectifs.NON_ATTEINTS),
        (Realisation.NON_REALISEE, ""),
    ]:
        FicheFactory(axe=plan.axe, realisation=realisation, objectifs_atteints=objectifs)
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "1 en partie, 2 non</span>" in page
    assert "0 en partie, 2 non</span>" in page


def test_another_convention_never_counts(plan):
    FicheFactory(realisation=Realisation.REALISEE)
    chiffres = build_tableau(plan.convention, today=TODAY, pour_agir=True).chiffres
    assert (chiffres.fiches, chiffres.realisees) == (1, 0)


def test_what_waits_names_late_fiches_overdue_decisions_and_differences(plan):
    plan.axe.fiches_annoncees = 7
    plan.axe.save()
    FicheFactory(axe=plan.axe, fin=parse_date("2025"), suivi=Suivi.EN_COURS)
    FicheFactory(axe=plan.axe, fin=parse_date("2026"), suivi=Suivi.EN_COURS)
    FicheFactory(axe=plan.axe, fin=parse_date("2025"), suivi=Suivi.TERMINEE)
    reunion = ReunionFactory(convention=plan.convention)
    DecisionFactory(reunion=reunion, echeance=parse_date("2026-10"))
    PointFactory(convention=plan.convention, nature=NaturePoint.PERSPECTIVE, exercice=2025)
    words = [t.titre for t in build_tableau(plan.convention, today=TODAY, pour_agir=True).a_traiter]
    assert "1\u00a0fiche en retard" in words
    assert "1\u00a0décision en retard" in words
    assert "1\u00a0perspective sans devenir" in words
    assert "Axe 2 : 7\u00a0annoncées, 4\u00a0saisies" in words


def test_without_a_copil_the_page_says_that_there_is_no_reference(as_user, plan):
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "pas encore de point de comparaison" in page


def test_a_cancelled_copil_is_no_reference(as_user, plan):
    copil = InstanceFactory(convention=plan.convention)
    ReunionFactory(convention=plan.convention, instances=[copil], etat=EtatReunion.ANNULEE)
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "pas encore de point de comparaison" in page


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    as_user, plan, django_assert_num_queries, count, is_frozen
):
    for _ in range(count - 1):
        FicheFactory(axe=AxeFactory(convention=plan.convention))
    copil = InstanceFactory(convention=plan.convention)
    for number in range(count):
        indicateur = IndicateurFactory(convention=plan.convention, cle=True)
        ValeurFactory(indicateur=indicateur)
        DecisionFactory(reunion=ReunionFactory(convention=plan.convention, instances=[copil]))
        ReunionFactory(
            convention=plan.convention,
            etat=EtatReunion.PREVUE,
            instances=[copil],
            date=parse_date(f"2090-01-0{number + 1}"),
        )
    if is_frozen:
        arrete_of(plan.convention)
    client = as_user(plan.coordination)
    client.get(url(plan))
    caches["pages"].clear()
    with django_assert_num_queries(14):
        client.get(url(plan))
