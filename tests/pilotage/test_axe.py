"""The page of an axe."""

import pytest
from django.urls import reverse

from copil.enums import Devenir, NaturePoint
from tests.factories import AxeFactory, FicheFactory, PointFactory


def url(plan, axe=None):
    return reverse("pilotage:axe", args=[plan.convention.slug, (axe or plan.axe).pk])


def test_an_anonymous_visitor_is_sent_to_sign_in(client, plan):
    assert client.get(url(plan)).status_code == 302


def test_a_stranger_finds_nothing_and_neither_does_a_member_asking_for_another_convention_s(
    as_user, plan
):
    assert as_user(plan.etranger).get(url(plan)).status_code == 404
    assert as_user(plan.lecteur).get(url(plan, AxeFactory())).status_code == 404


def test_a_wrong_method_is_refused(as_user, plan):
    assert as_user(plan.coordination).post(url(plan)).status_code == 405


def test_announced_and_entered_are_both_said(as_user, plan):
    plan.axe.fiches_annoncees = 7
    plan.axe.save()
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "7 annoncées, 1 saisies" in page


def test_the_perspectives_of_a_year_say_what_became_of_them(as_user, plan):
    PointFactory(
        convention=plan.convention,
        axe=plan.axe,
        exercice=2023,
        nature=NaturePoint.PERSPECTIVE,
        texte="Ouvrir un guichet unique",
        devenir=Devenir.DEVENUE_FICHE,
        fiche=plan.fiche,
    )
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Perspectives 2024" in page
    assert "Ouvrir un guichet unique" in page
    assert "devenue fiche action" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    for _ in range(count):
        FicheFactory(axe=plan.axe)
        PointFactory(convention=plan.convention, axe=plan.axe, fiche=plan.fiche)
    client = as_user(plan.lecteur)
    client.get(url(plan))
    with django_assert_num_queries(9):
        client.get(url(plan))
