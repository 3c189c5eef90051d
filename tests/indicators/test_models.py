import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from ctg_portal.lib.periodes import parse_periode
from indicators.models import Valeur
from tests.factories import (
    ConventionFactory,
    FicheFactory,
    IndicateurFactory,
    StructureFactory,
    ValeurFactory,
)
from tests.rules import assert_breaks, constraint_names

pytestmark = pytest.mark.django_db


def second(factory, **fields):
    factory(**fields)
    return factory.build(**fields)


RULES = {
    "structure_reference_unique": lambda: second(
        StructureFactory, convention=ConventionFactory(), reference="alsh"
    ),
    "indicateur_reference_unique": lambda: second(
        IndicateurFactory, convention=ConventionFactory(), reference="i1"
    ),
    "indicateur_trois_decimales_au_plus": lambda: IndicateurFactory.build(
        convention=ConventionFactory(), decimales=4
    ),
    "valeur_unique": lambda: second(
        ValeurFactory, indicateur=IndicateurFactory(), periode=parse_periode("2019")
    ),
    "valeur_fourchette_croissante": lambda: ValeurFactory.build(
        indicateur=IndicateurFactory(), valeur=20, valeur_max=10
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_refused(name):
    assert_breaks(RULES[name](), name)


def test_every_rule_is_broken_once():
    assert set(RULES) == constraint_names("indicators")


def test_a_forecast_and_a_measure_of_the_same_year_stand_side_by_side():
    indicateur = IndicateurFactory()
    for previsionnelle in (False, True):
        ValeurFactory(
            indicateur=indicateur, periode=parse_periode("2022"), previsionnelle=previsionnelle
        )
    assert Valeur.objects.count() == 2


def test_a_civil_and_a_school_year_are_two_periods():
    indicateur = IndicateurFactory()
    for code in ("2022", "2021/2022", "2022-06", "convention"):
        ValeurFactory(indicateur=indicateur, periode=parse_periode(code))
    with pytest.raises(ValidationError):
        # The same school year, written otherwise.
        ValeurFactory.build(
            indicateur=indicateur, periode=parse_periode("2021-2022")
        ).validate_constraints()


def test_a_value_may_be_words_only_or_a_range():
    ValeurFactory(valeur=None, texte="en hausse").full_clean()
    ValeurFactory(valeur=10, valeur_max=20).full_clean()
    ValeurFactory(valeur=10, valeur_max=10).full_clean()


def test_what_is_followed_is_not_deleted_under_its_figures():
    fiche = FicheFactory()
    IndicateurFactory(convention=fiche.axe.convention, fiche=fiche)
    with pytest.raises(ProtectedError):
        fiche.delete()
