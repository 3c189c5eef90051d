"""Points of an axe, year by year, and what became of its perspectives."""

import pytest
from django.urls import reverse

from actions.models import FicheAction
from axes.enums import Role
from copil.enums import Devenir, NaturePoint
from copil.models import Point
from tests.factories import AxeFactory, PointFactory, member


def url(plan, name, *args):
    return reverse(f"pilotage:{name}", args=[plan.convention.slug, *args])


@pytest.fixture
def perspective(plan):
    return PointFactory(
        convention=plan.convention,
        axe=plan.axe,
        exercice=2023,
        nature=NaturePoint.PERSPECTIVE,
        texte="Ouvrir un **guichet unique**",
    )


@pytest.fixture
def referente(plan):
    return member(plan.convention, Role.REFERENT, axes=[plan.axe])


def test_who_does_not_edit_the_axe_does_not_write_its_points(client, as_user, plan, perspective):
    addresses = [
        url(plan, "point_ajouter", plan.axe.pk),
        url(plan, "point_modifier", perspective.pk),
        url(plan, "perspective_devenir", perspective.pk),
    ]
    for address in addresses:
        assert client.get(address).status_code == 302, address
    elsewhere = member(plan.convention, Role.REFERENT, axes=[AxeFactory()])
    for person, status in ((plan.etranger, 404), (plan.contributeur, 403), (elsewhere, 403)):
        signed_in = as_user(person)
        for address in addresses:
            assert signed_in.post(address, {"texte": "x"}).status_code == status, address


def test_a_referente_writes_the_points_of_her_axe(as_user, plan, referente):
    answer = as_user(referente).post(
        url(plan, "point_ajouter", plan.axe.pk),
        {"exercice": 2024, "nature": "fort", "texte": "Une équipe stable"},
    )
    assert answer.status_code == 302
    point = Point.objects.get()
    assert (point.axe, point.convention) == (plan.axe, plan.convention)


def test_an_invalid_point_keeps_what_was_typed(as_user, plan, referente):
    answer = as_user(referente).post(
        url(plan, "point_ajouter", plan.axe.pk),
        {"exercice": 2024, "nature": "fort", "texte": "Un succès", "devenir": "realisee"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Seule une perspective a un devenir." in page
    assert "Un succès" in page


def test_two_people_on_the_same_point_are_both_shown(as_user, plan, perspective, referente):
    address = url(plan, "point_modifier", perspective.pk)
    same = {"exercice": 2023, "nature": "perspective", "initial-texte": perspective.texte}
    as_user(referente).post(address, {**same, "texte": "Version A"})
    answer = as_user(plan.coordination).post(address, {**same, "texte": "Version B"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Version A" in page
    assert "Version B" in page


def test_a_perspective_that_became_a_fiche_opens_it_and_is_linked(
    as_user, plan, perspective, referente
):
    answer = as_user(referente).post(
        url(plan, "perspective_devenir", perspective.pk), {"devenir": "devenue_fiche"}
    )
    perspective.refresh_from_db()
    fiche = FicheAction.objects.exclude(pk=plan.fiche.pk).get()
    assert answer.url == fiche.get_absolute_url()
    assert perspective.fiche == fiche
    assert (fiche.intitule, fiche.axe) == ("Ouvrir un guichet unique", plan.axe)


def test_saying_it_twice_opens_one_fiche(as_user, plan, perspective, referente):
    signed_in = as_user(referente)
    for _ in range(2):
        signed_in.post(
            url(plan, "perspective_devenir", perspective.pk), {"devenir": "devenue_fiche"}
        )
    assert FicheAction.objects.count() == 2


def test_a_wrong_devenir_or_a_point_that_is_no_perspective_is_refused(
    as_user, plan, perspective, referente
):
    fort = PointFactory(convention=plan.convention, axe=plan.axe)
    signed_in = as_user(referente)
    for point, devenir in ((perspective, "oubliée"), (fort, "realisee")):
        address = url(plan, "perspective_devenir", point.pk)
        answer = signed_in.post(address, {"devenir": devenir})
        assert answer.status_code == 422
        point.refresh_from_db()
        assert point.devenir == ""


def test_a_point_of_another_convention_or_of_no_axe_is_not_found(as_user, plan):
    foreign = PointFactory(axe=AxeFactory())
    common = PointFactory(convention=plan.convention)
    signed_in = as_user(plan.coordination)
    for point in (foreign, common):
        assert signed_in.get(url(plan, "point_modifier", point.pk)).status_code == 404


def test_the_perspectives_of_the_year_before_stand_beside_those_of_the_year(as_user, plan):
    for exercice, texte in ((2023, "Un forum"), (2024, "Une charte")):
        PointFactory(
            convention=plan.convention,
            axe=plan.axe,
            exercice=exercice,
            nature=NaturePoint.PERSPECTIVE,
            texte=texte,
            devenir=Devenir.REALISEE if exercice == 2023 else "",
        )
    page = as_user(plan.lecteur).get(url(plan, "axe", plan.axe.pk)).content.decode()
    assert "Ce que sont devenues les perspectives 2024" in page
    assert page.count("Un forum") == 2
    assert "Enregistrer le devenir" not in page


def test_a_get_does_not_change_what_became_of_a_perspective(as_user, plan, perspective):
    address = url(plan, "perspective_devenir", perspective.pk)
    assert as_user(plan.coordination).get(address).status_code == 405
