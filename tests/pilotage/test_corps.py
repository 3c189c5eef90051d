"""The body of a page is drawn once, and never shows anybody what is not hers or no longer so."""

import datetime

import time_machine
from django.urls import reverse
from django.utils import timezone

from actions.enums import Portee
from actions.services.fiches import change_statuts
from axes.enums import Role
from tests.factories import CommentaireFactory, FicheFactory, member


def fiche_url(plan):
    return reverse("pilotage:fiche", args=[plan.convention.slug, plan.fiche.pk])


def tableau_url(plan):
    return reverse("pilotage:tableau", args=[plan.convention.slug])


def plan_url(plan, query=""):
    return reverse("pilotage:plan", args=[plan.convention.slug]) + query


def main_of(response) -> str:
    """The page without its frame, whose tokens change at each answer."""
    return response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_an_unchanged_page_is_read_again_without_its_queries(
    as_user, plan, django_assert_num_queries
):
    client = as_user(plan.lecteur)
    first = main_of(client.get(tableau_url(plan)))
    # The session, the person, her grant.
    with django_assert_num_queries(3):
        again = client.get(tableau_url(plan))
    assert main_of(again) == first


def test_a_change_is_seen_at_once_by_everybody(as_user, plan):
    reader = as_user(plan.lecteur)
    assert 's-part"' not in main_of(reader.get(plan_url(plan)))
    change_statuts(fiche=plan.fiche, opened={}, submitted={"realisation": "partiellement"})
    for address in (plan_url(plan), fiche_url(plan)):
        assert 's-part"' in main_of(reader.get(address))


def test_a_reader_never_gets_the_body_drawn_for_the_team(as_user, plan):
    CommentaireFactory(fiche=plan.fiche, texte="Entre nous", portee=Portee.INTERNE)
    assert "Entre nous" in as_user(plan.coordination).get(fiche_url(plan)).content.decode()
    page = main_of(as_user(plan.lecteur).get(fiche_url(plan)))
    assert "Entre nous" not in page
    assert "csrfmiddlewaretoken" not in page


def test_two_contributeurs_get_each_her_own_fiches_to_change(as_user, plan):
    other = FicheFactory(axe=plan.axe)
    second = member(plan.convention, Role.CONTRIBUTEUR, fiches=[other])
    first_page = as_user(plan.contributeur).get(plan_url(plan)).content.decode()
    second_page = as_user(second).get(plan_url(plan)).content.decode()
    assert f'id="suivi-{plan.fiche.pk}"' in first_page
    assert f'id="suivi-{plan.fiche.pk}"' not in second_page


def test_each_person_gets_a_token_of_her_own_that_works(plan, client):
    from django.test import Client

    for person in (plan.coordination, member(plan.convention, Role.COORDINATION)):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(person)
        page = strict.get(fiche_url(plan)).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
        answer = strict.post(
            f"{fiche_url(plan)}statuts/",
            {"csrfmiddlewaretoken": token, "suivi": "en_cours"},
        )
        assert answer.status_code == 302


def test_filters_have_bodies_of_their_own(as_user, plan):
    client = as_user(plan.lecteur)
    assert plan.fiche.intitule in client.get(plan_url(plan)).content.decode()
    assert plan.fiche.intitule not in client.get(plan_url(plan, "?q=introuvable")).content.decode()


def test_another_convention_never_gets_this_one_s_body(as_user, plan):
    foreign = FicheFactory(intitule="Fiche d’ailleurs")
    stranger = member(foreign.axe.convention, Role.LECTEUR)
    as_user(plan.lecteur).get(tableau_url(plan))
    assert as_user(stranger).get(tableau_url(plan)).status_code == 404


def test_what_is_late_becomes_late_on_the_day_itself(as_user, plan):
    plan.fiche.fin = timezone.localdate().isoformat()
    plan.fiche.suivi = "en_cours"
    plan.fiche.save()
    client = as_user(plan.coordination)
    assert "fiche en retard" not in client.get(tableau_url(plan)).content.decode()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    with time_machine.travel(tomorrow, tick=True):
        assert (
            "fiche en retard" in as_user(plan.coordination).get(tableau_url(plan)).content.decode()
        )
