import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, clear_script_prefix, reverse, set_script_prefix


def drawn(source, **context):
    return Template(source).render(Context(context))


def test_the_tag_gives_what_reverse_gives_for_each_set_of_arguments():
    source = "{% url 'pilotage:fiche' slug pk %}"
    for pk in (1, 2, 1):
        expected = reverse("pilotage:fiche", args=["quercy", pk])
        assert drawn(source, slug="quercy", pk=pk) == expected


def test_named_arguments_are_followed_too():
    assert drawn("{% url 'pilotage:page' nom=nom %}", nom="aide") == reverse(
        "pilotage:page", kwargs={"nom": "aide"}
    )


def test_an_address_that_does_not_exist_is_an_error_unless_it_is_kept_in_a_name():
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'pilotage:inconnue' %}")
    assert drawn("{% url 'pilotage:inconnue' as x %}[{{ x }}]") == "[]"


def test_the_place_where_the_portal_is_mounted_is_part_of_what_is_remembered():
    source = "{% url 'pilotage:conventions' %}"
    before = drawn(source)
    set_script_prefix("/portail/")
    try:
        assert drawn(source) == "/portail" + before
    finally:
        clear_script_prefix()
    assert drawn(source) == before


def test_another_urlconf_is_not_answered_from_memory():
    drawn("{% url 'pilotage:conventions' %}")
    with override_settings(ROOT_URLCONF="accounts.urls"), pytest.raises(NoReverseMatch):
        drawn("{% url 'pilotage:conventions' %}")


def test_a_fixed_fragment_says_what_its_template_says():
    from django.template.loader import render_to_string

    assert drawn('{% fixe "components/legende.html" %}') == render_to_string(
        "components/legende.html"
    )
