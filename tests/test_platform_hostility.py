"""The suite's own traps work: a trap that never closes would pass every test."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.template import Context, Origin, Template, engines
from zeal.errors import NPlusOneError

from accounts import views


def render(source, file):
    template = Template(source, origin=Origin(str(file)), engine=engines["django"].engine)
    return template.render(Context({"known": SimpleNamespace(name="connu")}))


@pytest.mark.parametrize("source", ["{{ unknown }}", "{{ known.other }}", "{{ unknown|upper }}"])
def test_an_undefined_variable_fails_in_our_templates(source):
    with pytest.raises(AssertionError, match="variable non définie"):
        render(source, settings.BASE_DIR / "templates" / "page.html")


def test_a_defined_variable_passes_in_our_templates():
    assert render("{{ known.name }}", settings.BASE_DIR / "templates" / "page.html") == "connu"


def test_an_undefined_variable_is_left_to_the_templates_of_libraries():
    installed = settings.BASE_DIR / ".venv" / "lib" / "site-packages" / "library" / "page.html"
    assert render("{{ unknown|default:'rien' }}", installed) == "rien"


@pytest.mark.django_db
def test_unordered_rows_come_backwards_and_ordered_ones_in_order():
    Group.objects.bulk_create([Group(name="a"), Group(name="b"), Group(name="c")])
    assert [group.name for group in Group.objects.all()] == ["c", "b", "a"]
    assert [group.name for group in Group.objects.order_by("name")] == ["a", "b", "c"]


@pytest.mark.django_db
def test_a_query_repeated_for_each_row_fails(client, person, monkeypatch):
    def naive(request, *args, **kwargs):
        for group in Group.objects.order_by("name"):
            list(group.user_set.all())
        return original(request, *args, **kwargs)

    original = views.render
    monkeypatch.setattr(views, "render", naive)
    Group.objects.bulk_create([Group(name="a"), Group(name="b")])
    client.force_login(person)
    with pytest.raises(NPlusOneError):
        client.get("/comptes/")
