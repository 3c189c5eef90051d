"""Makes silent mistakes loud: undefined variables in our templates, luck in the order of rows."""

import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.template import engines


class UndefinedVariable(str):
    """Stands for a template variable that does not exist; fails when the template is ours.

    Django asks its truth before it prints it (`FilterExpression.resolve`). The templates of
    libraries rely on undefined variables: for them this is the usual empty string.
    """

    __slots__ = ()

    def __bool__(self):
        return rendered_template_is_ours()

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, variable):
        raise AssertionError(f"variable non définie : « {variable} » dans {rendered_template()}")


def rendered_template():
    """Return the name of the file whose node is being rendered, "" outside of a rendering."""
    frame = sys._getframe(1)
    while frame:
        if frame.f_code.co_name == "render_annotated":
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            return str(origin or "")
        frame = frame.f_back
    return ""


def rendered_template_is_ours():
    name = rendered_template()
    is_installed = "site-packages" in name
    return bool(name) and not is_installed and Path(name).is_relative_to(settings.BASE_DIR)


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail(django_test_environment):
    engines["django"].engine.string_if_invalid = UndefinedVariable()


@pytest.fixture(autouse=True)
def _unordered_rows_are_reversed(monkeypatch):
    """Hand out the rows of an unordered queryset backwards: nothing may rest on their order."""
    fetch_all = QuerySet._fetch_all

    def fetch_all_backwards(queryset):
        is_fetched = queryset._result_cache is not None
        fetch_all(queryset)
        if not is_fetched and not queryset.ordered:
            queryset._result_cache.reverse()

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_all_backwards)
