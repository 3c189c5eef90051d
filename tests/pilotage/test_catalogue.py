"""The catalogue shows every component there is, to any person who is signed in."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from axes.enums import Accent, Role
from ctg_portal.lib.icones import INTERFACE
from ctg_portal.lib.templatetags.ctg import _draw_once
from tests.factories import ConventionFactory, FicheFactory, UserFactory, member

pytestmark = pytest.mark.django_db

URL = "/catalogue/"
FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
COMPONENTS = {f"components/{path.name}" for path in FOLDER.glob("*.html")}


def shown(client):
    """The answer, after forgetting what earlier pages drew once for all."""
    _draw_once.cache_clear()
    answer = client.get(URL)
    assert answer.status_code == 200
    return answer


def test_anonymous(client):
    assert client.get(URL)["Location"] == f"/comptes/connexion/?next={URL}"


def test_every_component_is_shown(client):
    client.force_login(member(ConventionFactory()))
    drawn = {template.name for template in shown(client).templates}
    assert len(COMPONENTS) > 15
    assert COMPONENTS - drawn == set()


def test_every_accent_icon_and_state_of_a_field_is_shown(client):
    client.force_login(member(ConventionFactory()))
    page = shown(client).content.decode()
    assert [one for one in Accent.values if f'class="accent-{one}"' not in page] == []
    assert [one for one in INTERFACE if f"</svg>{one}</li>" not in page] == []
    for sign in ("(obligatoire)", 'aria-invalid="true"', 'class="aide"', "disabled", "<fieldset"):
        assert sign in page


def test_every_colour_of_the_sheet_is_shown(client):
    client.force_login(UserFactory())
    tokens = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text(encoding="utf-8")
    named = set(re.findall(r"--([\w-]+): #[0-9a-f]{6};", tokens))
    shown_ones = set(re.findall(r'class="n-([\w-]+)"', shown(client).content.decode()))
    # The pale forms stand under the boxes, the colour on the accent in the filled button.
    assert named - shown_ones == {"fait-doux", "partiel-doux", "non-doux", "sur-accent"}


@pytest.mark.parametrize("role", Role)
def test_it_stands_in_the_frame_of_her_convention_and_tells_nothing_of_it(client, role):
    fiche = FicheFactory(intitule="Action qui ne doit pas se voir")
    client.force_login(member(fiche.axe.convention, role))
    page = shown(client).content.decode()
    assert fiche.axe.convention.territoire in page
    assert fiche.intitule not in page


def test_without_a_convention_there_is_no_navigation(client):
    ConventionFactory(territoire="Pays d’à côté")
    client.force_login(UserFactory())
    page = shown(client).content.decode()
    assert "Navigation principale" not in page
    assert "Pays d’à côté" not in page


def test_what_is_sent_from_it_changes_nothing_and_says_so(client):
    client.force_login(UserFactory())
    answer = client.post(URL, follow=True)
    assert answer.redirect_chain == [(URL, 302)]
    assert "rien n’a changé" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three_conventions(client, count, django_assert_num_queries):
    user = UserFactory()
    for _ in range(count):
        convention = ConventionFactory()
        convention.membres.create(user=user, role=Role.LECTEUR)
    client.force_login(user)
    with django_assert_num_queries(3):
        client.get(URL)


def test_wrong_method(client):
    client.force_login(UserFactory())
    assert client.delete(URL).status_code == 405
