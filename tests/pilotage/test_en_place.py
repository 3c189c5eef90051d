"""The form of a block, alone, as htmx puts it on the page of its fiche."""

import re

import pytest
from django.urls import reverse

from actions.forms.fiches import BLOCS
from actions.forms.lignes import FAMILLES
from tests.factories import ResultatAttenduFactory, VoletFactory

pytestmark = pytest.mark.django_db


def bloc(plan, name="cadre") -> str:
    return reverse("pilotage:fiche_bloc", args=[plan.convention.slug, plan.fiche.pk, name])


def ligne(plan, famille, pk=None) -> str:
    args = [plan.convention.slug, plan.fiche.pk, famille]
    name = "pilotage:ligne_ajouter" if pk is None else "pilotage:ligne_modifier"
    return reverse(name, args=args if pk is None else [*args, pk])


def opened(client, address) -> str:
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", BLOCS)
def test_a_block_opens_alone_and_says_where_it_is_sent(as_user, plan, name):
    html = opened(as_user(plan.coordination), bloc(plan, name))
    assert "<html" not in html
    assert html.count("<form") == 1
    assert f'action="{bloc(plan, name)}"' in html
    assert "csrfmiddlewaretoken" in html
    assert html.count(" autofocus") == (name != "liens")


@pytest.mark.parametrize("famille", FAMILLES)
def test_a_row_opens_alone(as_user, plan, famille):
    html = opened(as_user(plan.coordination), ligne(plan, famille))
    assert f'action="{ligne(plan, famille)}"' in html
    assert "<html" not in html


def test_two_forms_on_one_page_share_no_name_for_labels(as_user, plan):
    volet = VoletFactory(fiche=plan.fiche)
    client = as_user(plan.coordination)
    forms = [
        opened(client, address)
        for address in (ligne(plan, "volets"), ligne(plan, "volets", volet.pk), bloc(plan))
    ]
    ids = [name for html in forms for name in re.findall(r'\bid="([^"]+)"', html)]
    assert len(ids) == len(set(ids))
    for html in forms:
        labels = re.findall(r'<label for="([^"]+)"', html)
        assert labels
        assert set(labels) <= set(re.findall(r'\bid="([^"]+)"', html))


def test_the_keyboard_goes_to_a_field_that_can_be_changed(as_user, plan):
    resultat = ResultatAttenduFactory(fiche=plan.fiche)
    html = opened(as_user(plan.coordination), ligne(plan, "resultats", resultat.pk))
    (focused,) = re.findall(r"<textarea[^>]* autofocus[^>]*>", html)
    assert 'name="texte_actuel"' in focused


def test_what_is_refused_or_saved_answers_by_a_page(as_user, plan):
    client = as_user(plan.coordination)
    refused = client.post(ligne(plan, "volets"), {"titre": "", "texte": "Gardé."})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "<html" in page
    assert "Gardé." in page
    saved = client.post(bloc(plan), {"public": "Les familles."})
    assert saved["Location"] == f"{plan.fiche.get_absolute_url()}#cadre"


def test_who_may_not_edit_opens_nothing(as_user, plan, client):
    htmx = {"HX-Request": "true"}
    assert as_user(plan.lecteur).get(bloc(plan), headers=htmx).status_code == 403
    assert as_user(plan.etranger).get(bloc(plan), headers=htmx).status_code == 404
    page = as_user(plan.lecteur).get(plan.fiche.get_absolute_url()).content.decode()
    assert "hx-get" not in page
    assert "editeur.js" not in page


def test_every_way_in_is_a_link_too(as_user, plan):
    VoletFactory(fiche=plan.fiche)
    page = as_user(plan.coordination).get(plan.fiche.get_absolute_url()).content.decode()
    ways = re.findall(r'<a [^>]*hx-get="([^"]+)"[^>]*>', page)
    assert len(ways) > 10
    for tag in re.findall(r"<a [^>]*hx-get=[^>]*>", page):
        address = re.search(r'hx-get="([^"]+)"', tag)[1]
        assert f'href="{address}"' in tag
        target = re.search(r'hx-target="([^"]+)"', tag)[1]
        assert target.startswith("closest ") or f'id="{target[1:]}"' in page
    assert "js/editeur" in page
