"""Writes: what they change, what they refuse, what the journal keeps."""

from decimal import Decimal

import pytest

from ctg_portal.lib.edits import EditConflict
from ctg_portal.lib.periodes import parse_periode
from indicators.models import Indicateur, Valeur
from indicators.services import (
    add_indicateur,
    add_valeur,
    edit_indicateur,
    edit_valeur,
    remove_valeur,
)
from journal.models import Entree
from tests.factories import ConventionFactory, IndicateurFactory, ValeurFactory

pytestmark = pytest.mark.django_db


def entries_about(indicateur) -> list[tuple[str, int]]:
    found = Entree.objects.filter(additional_data__indicateur=indicateur.pk).order_by("pk")
    return [(entree.content_type.model, entree.action) for entree in found]


def test_an_indicator_is_added_at_the_end():
    convention = ConventionFactory()
    IndicateurFactory(convention=convention, ordre=7)
    IndicateurFactory(ordre=40)
    added = add_indicateur(indicateur=Indicateur(convention=convention, intitule="Places"))
    assert (added.ordre, convention.indicateurs.last()) == (8, added)
    assert entries_about(added) == [("indicateur", Entree.Action.CREATE)]


def test_edits_of_different_fields_are_merged():
    indicateur = IndicateurFactory(unite="heures", source="")
    Indicateur.objects.filter(pk=indicateur.pk).update(source="Caf")
    opened = {"unite": "heures", "source": ""}
    written = edit_indicateur(
        indicateur=indicateur, opened=opened, submitted={"unite": "heures/enfants", "source": ""}
    )
    assert (written.unite, written.source) == ("heures/enfants", "Caf")


def test_the_same_field_changed_twice_is_a_conflict_and_nothing_is_written():
    indicateur = IndicateurFactory(unite="heures")
    Indicateur.objects.filter(pk=indicateur.pk).update(unite="places")
    with pytest.raises(EditConflict) as refusal:
        edit_indicateur(
            indicateur=indicateur, opened={"unite": "heures"}, submitted={"unite": "enfants"}
        )
    (conflict,) = refusal.value.conflicts
    assert (conflict.champ, conflict.actuel, conflict.propose) == ("unite", "places", "enfants")
    indicateur.refresh_from_db()
    assert indicateur.unite == "places"


def test_a_value_is_added_to_its_indicator():
    indicateur = IndicateurFactory()
    added = add_valeur(
        indicateur=indicateur, valeur=Valeur(periode=parse_periode("2022"), valeur=Decimal(12))
    )
    assert indicateur.valeurs.get() == added
    assert ("valeur", Entree.Action.CREATE) in entries_about(indicateur)


def test_a_period_that_was_just_written_shows_both_figures():
    standing = ValeurFactory(periode=parse_periode("2022"), valeur=12)
    with pytest.raises(EditConflict) as refusal:
        add_valeur(
            indicateur=standing.indicateur,
            valeur=Valeur(periode=parse_periode("2022"), valeur=Decimal(15)),
        )
    (conflict,) = refusal.value.conflicts
    assert (conflict.actuel, conflict.propose) == (Decimal(12), Decimal(15))
    assert Valeur.objects.get() == standing


def test_a_forecast_stands_beside_the_measure_of_the_same_period():
    standing = ValeurFactory(periode=parse_periode("2022"))
    add_valeur(
        indicateur=standing.indicateur,
        valeur=Valeur(periode=parse_periode("2022"), valeur=Decimal(15), previsionnelle=True),
    )
    assert standing.indicateur.valeurs.count() == 2


def test_a_value_is_edited():
    standing = ValeurFactory(periode=parse_periode("2022"), valeur=12)
    written = edit_valeur(
        valeur=standing, opened={"valeur": Decimal(12)}, submitted={"valeur": Decimal(13)}
    )
    assert written.valeur == 13
    assert written.periode.code == "2022"


def test_a_value_never_moves_onto_another_period():
    standing = ValeurFactory(periode=parse_periode("2021"))
    other = ValeurFactory(indicateur=standing.indicateur, periode=parse_periode("2022"))
    with pytest.raises(EditConflict):
        edit_valeur(
            valeur=other,
            opened={"periode": parse_periode("2022")},
            submitted={"periode": parse_periode("2021")},
        )
    other.refresh_from_db()
    assert other.periode.code == "2022"


def test_a_removed_value_stays_in_the_journal():
    standing = ValeurFactory()
    remove_valeur(valeur=standing)
    assert not Valeur.objects.exists()
    assert entries_about(standing.indicateur)[-1] == ("valeur", Entree.Action.DELETE)
