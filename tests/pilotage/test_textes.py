"""The preview of a text under way."""

import pytest
from django.test import Client
from django.urls import reverse

from actions.forms.fiches import CadreForm
from ctg_portal.lib.fields import TEXTE_MAX
from tests.factories import FicheFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("pilotage:apercu")


@pytest.fixture
def person(client):
    client.force_login(UserFactory())
    return client


def test_a_preview_is_what_the_pages_show(person, address, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = person.post(address, {"texte": "- **un**\n- <script>alert(1)</script>"})
    assert answer.status_code == 200
    assert answer.content.decode() == (
        "<ul>\n<li><strong>un</strong></li>\n<li>&lt;script&gt;alert(1)&lt;/script&gt;</li>\n</ul>"
    )


def test_a_text_that_could_not_be_saved_is_not_drawn(person, address):
    assert person.post(address, {"texte": "x" * TEXTE_MAX}).status_code == 200
    assert person.post(address, {"texte": "x" * (TEXTE_MAX + 1)}).status_code == 413
    assert person.post(address).content == b""


def test_a_preview_is_for_who_is_signed_in_and_only_sent_from_our_pages(client, person, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory())
    assert strict.post(address, {"texte": "un"}).status_code == 403
    assert person.get(address).status_code == 405
    client.logout()
    assert client.post(address, {"texte": "secret"}).status_code in (302, 401)


def test_without_a_script_the_field_is_a_text_area_that_says_how_to_write():
    html = CadreForm(instance=FicheFactory()).as_p()
    assert html.count("<textarea") == html.count("deux étoiles") == 4
    assert 'maxlength="20000"' in html
    assert 'role="toolbar"' in html.split("<template", 1)[1].split("</template>", 1)[0]
    assert "<script" not in html
