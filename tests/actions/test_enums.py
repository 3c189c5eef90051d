import re

import pytest
from django.conf import settings

from actions.enums import STATUTS, Atteint, Objectifs, Realisation, Suivi
from copil.enums import EtatDecision, EtatReunion
from ctg_portal.lib import icones

STATUSES = [*STATUTS.values(), Atteint, EtatReunion, EtatDecision]
TONS = {"oui", "part", "non", "nr", "cours"}


def values_of(status_class):
    return ["", *status_class.values]


@pytest.mark.parametrize("status_class", STATUSES, ids=lambda c: c.__name__)
def test_each_status_has_its_word_its_icon_and_its_tone(status_class):
    for value in values_of(status_class):
        apparence = status_class.apparence_of(value)
        assert apparence.label[:1].isupper()
        assert apparence.icone in icones.STATUTS
        assert apparence.ton in TONS
        assert icones.STATUTS[apparence.icone][0] == apparence.ton


@pytest.mark.parametrize("status_class", STATUSES, ids=lambda c: c.__name__)
def test_the_words_alone_and_the_icon_alone_tell_the_values_apart(status_class):
    looks = [status_class.apparence_of(value) for value in values_of(status_class)]
    assert len({look.label for look in looks}) == len(looks)
    assert len({look.icone for look in looks}) == len(looks)


@pytest.mark.parametrize("status_class", STATUSES, ids=lambda c: c.__name__)
def test_the_empty_status_is_said_and_never_another_one(status_class):
    empty = status_class.apparence_of("")
    assert re.fullmatch("Non renseignée?", empty.label)
    assert empty.ton == "nr"


def test_the_shape_says_which_status():
    """Square: réalisation; round: objectifs and results; a free glyph: suivi."""
    shapes = {Realisation: "carre-", Objectifs: "rond-", Atteint: "rond-"}
    for status_class, shape in shapes.items():
        for value in values_of(status_class):
            assert status_class.apparence_of(value).icone.startswith(shape)
    for value in values_of(Suivi):
        assert not Suivi.apparence_of(value).icone.startswith(("carre-", "rond-"))


def test_an_unknown_value_is_refused():
    with pytest.raises(ValueError, match="peut-etre"):
        Realisation.apparence_of("peut-etre")


def test_no_other_module_gives_a_status_its_colour():
    """A tone is named with its word and its icon, where the status is: nowhere else."""
    allowed = {"actions/enums.py", "copil/enums.py"}
    package_names = ("actions", "axes", "copil", "indicators", "pilotage")
    found = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for package in package_names
        for path in (settings.BASE_DIR / package).rglob("*.py")
        if re.search(r"Apparence\([^)]*\"(?:oui|part|non|nr|cours)\"", path.read_text("utf-8"))
    }
    assert found <= allowed
