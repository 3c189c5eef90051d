"""The form of a convention: its colour is chosen by looking at it."""

import re

import pytest

from axes.enums import Accent
from axes.forms import ConventionForm
from tests.factories import ConventionFactory

pytestmark = pytest.mark.django_db


def test_each_colour_of_the_list_is_a_button_beside_its_sample():
    html = str(ConventionForm(instance=ConventionFactory(couleur="prune"))["couleur"])
    labels = re.findall(r'<label class="accent-(\w+)".*?</label>', html, re.DOTALL)
    assert labels == Accent.values
    assert html.count('class="logo-fond"') == len(Accent)
    assert re.findall(r'value="(\w+)"[^>]*checked', html) == ["prune"]


@pytest.mark.parametrize("couleur", ["rose", "#ff0000", ""])
def test_a_colour_outside_of_the_list_is_refused(couleur):
    form = ConventionForm({"couleur": couleur}, instance=ConventionFactory())
    assert form.errors["couleur"]
