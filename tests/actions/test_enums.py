"""Each value of a status has its own words, icon and tone, and an icon that exists."""

import pytest

from actions.enums import Atteint, Objectifs, Realisation, Suivi
from ctg_portal.lib import icones

FAMILIES = [(Suivi, ""), (Realisation, "carre-"), (Objectifs, "rond-"), (Atteint, "rond-")]


@pytest.mark.parametrize(("status", "prefix"), FAMILIES)
def test_an_icon_has_the_shape_of_its_status(status, prefix):
    for value in ["", *status.values]:
        assert status.apparence_of(value).icone.startswith(prefix), value


@pytest.mark.parametrize(("status", "prefix"), FAMILIES)
def test_an_icon_exists_and_has_the_tone_that_it_is_drawn_in(status, prefix):
    for value in ["", *status.values]:
        apparence = status.apparence_of(value)
        assert icones.STATUTS[apparence.icone][0] == apparence.ton, value


@pytest.mark.parametrize(("status", "prefix"), FAMILIES)
def test_no_two_values_look_or_read_alike(status, prefix):
    shown = [status.apparence_of(value) for value in ["", *status.values]]
    assert len({apparence.icone for apparence in shown}) == len(shown)
    assert len({apparence.label for apparence in shown}) == len(shown)
