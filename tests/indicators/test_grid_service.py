"""A grid is saved whole or not at all: what is written, removed, merged, refused, pointed out."""

from decimal import Decimal

import pytest

from ctg_portal.lib.edits import EditConflict
from ctg_portal.lib.periodes import parse_periode
from indicators.alertes import Doute
from indicators.grille import CASES_MAX, CaseModifiee
from indicators.models import Indicateur, Valeur
from indicators.saisie import cellule_of, format_cell, parse_cell
from indicators.services import save_grid
from journal.models import Entree
from tests.factories import IndicateurFactory, ValeurFactory

pytestmark = pytest.mark.django_db

ANNEE = 2023


@pytest.fixture
def indicateur():
    """An indicator of a convention of 2020 to 2024: 60 in 2020, 94 in 2021."""
    indicateur = IndicateurFactory(intitule="Jours d’ouverture")
    for periode, nombre in (("2020", 60), ("2021", 94)):
        ValeurFactory(indicateur=indicateur, periode=parse_periode(periode), valeur=nombre)
    return Indicateur.objects.with_place().select_related("convention").get(pk=indicateur.pk)


def case(indicateur, periode, opened, typed) -> CaseModifiee:
    return CaseModifiee(indicateur, parse_periode(periode), parse_cell(opened), parse_cell(typed))


def save(*cases):
    return save_grid(cases=list(cases), annee_courante=ANNEE)


def stored(indicateur) -> list[tuple[str, bool, Decimal | None, str]]:
    found = Valeur.objects.filter(indicateur=indicateur)
    return [(v.periode.code, v.previsionnelle, v.valeur, v.note) for v in found]


def counts(bilan) -> tuple[int, int, int]:
    return bilan.ajoutees, bilan.modifiees, bilan.supprimees


def test_values_are_added_changed_and_removed_at_once(indicateur):
    bilan = save(
        case(indicateur, "2022", "", "100 (mercredis compris)"),
        case(indicateur, "2021", "94", "95"),
        case(indicateur, "2020", "60", ""),
    )
    assert counts(bilan) == (1, 1, 1)
    assert stored(indicateur) == [
        ("2021", False, Decimal(95), ""),
        ("2022", False, Decimal(100), "mercredis compris"),
    ]


def test_the_journal_keeps_each_value_the_removed_ones_included(indicateur):
    before = set(Entree.objects.values_list("pk", flat=True))
    save(
        case(indicateur, "2022", "", "100"),
        case(indicateur, "2021", "94", "95"),
        case(indicateur, "2020", "60", ""),
    )
    entries = Entree.objects.exclude(pk__in=before).filter(content_type__model="valeur")
    assert {entry.action for entry in entries} == {
        Entree.Action.CREATE,
        Entree.Action.UPDATE,
        Entree.Action.DELETE,
    }
    assert {entry.additional_data["indicateur"] for entry in entries} == {indicateur.pk}
    removed = entries.get(action=Entree.Action.DELETE)
    assert Decimal(removed.changes["valeur"][0]) == 60


def test_a_changed_value_keeps_its_row_and_only_its_fields_are_written(indicateur):
    row = Valeur.objects.get(indicateur=indicateur, periode="2021")
    save(case(indicateur, "2021", "94", "94 p"))
    entry = Entree.objects.filter(action=Entree.Action.UPDATE).latest("pk")
    row.refresh_from_db()
    assert row.partielle
    assert set(entry.changes) == {"partielle"}


def test_a_cell_holds_a_measured_value_and_a_forecast(indicateur):
    save(case(indicateur, "2022", "", "118 ; 120 prév"))
    save(case(indicateur, "2021", "94", "94 ; 90 prév (budget)"))
    assert stored(indicateur)[1:] == [
        ("2021", False, Decimal(94), ""),
        ("2021", True, Decimal(90), "budget"),
        ("2022", False, Decimal(118), ""),
        ("2022", True, Decimal(120), ""),
    ]
    assert counts(save(case(indicateur, "2022", "118 ; 120 prév", "118"))) == (0, 0, 1)


def test_every_mark_of_the_notation_is_kept(indicateur):
    for periode, texte in (
        ("2022", "~120 p (note)"),
        ("2023", "10 à 15 prév"),
        ("2024", "«\u00a0en hausse\u00a0»"),
    ):
        save(case(indicateur, periode, "", texte))
        rows = Valeur.objects.filter(indicateur=indicateur, periode=periode)
        assert format_cell(cellule_of(rows)) == texte


def test_one_conflict_writes_nothing_and_tells_both_contents(indicateur):
    Valeur.objects.filter(indicateur=indicateur, periode="2021").update(valeur=97)
    with pytest.raises(EditConflict) as refusal:
        save(case(indicateur, "2022", "", "100"), case(indicateur, "2021", "94", "95"))
    (conflict,) = refusal.value.conflicts
    assert conflict.champ == f"{indicateur.pk}-2021"
    assert (format_cell(conflict.actuel), format_cell(conflict.propose)) == ("97", "95")
    assert stored(indicateur)[1:] == [("2021", False, Decimal(97), "")]


@pytest.mark.parametrize(
    ("periode", "opened", "typed"),
    [
        ("2021", "", "95"),  # somebody has just written that period
        ("2021", "93", ""),  # removed here, changed there
        ("2022", "80", "81"),  # changed here, removed there
    ],
)
def test_a_value_that_came_or_went_meanwhile_is_a_conflict(indicateur, periode, opened, typed):
    before = stored(indicateur)
    with pytest.raises(EditConflict):
        save(case(indicateur, periode, opened, typed))
    assert stored(indicateur) == before


def test_a_figure_and_a_note_changed_by_two_people_both_stay(indicateur):
    Valeur.objects.filter(indicateur=indicateur, periode="2021").update(note="arrêté en juin")
    save(case(indicateur, "2021", "94", "95"))
    assert stored(indicateur)[1] == ("2021", False, Decimal(95), "arrêté en juin")


def test_what_two_people_typed_alike_is_no_conflict(indicateur):
    assert counts(save(case(indicateur, "2021", "80", "94"))) == (0, 0, 0)


def test_more_cells_than_the_limit_are_refused(indicateur):
    cases = [case(indicateur, "2022", "", "1")] * (CASES_MAX + 1)
    with pytest.raises(ValueError, match=str(CASES_MAX)):
        save(*cases)
    assert len(stored(indicateur)) == 2


@pytest.mark.parametrize(
    ("periode", "typed", "doubts"),
    [
        ("2022", "282", []),
        ("2022", "283", [Doute.BOND]),
        ("2022", "31", [Doute.BOND]),
        ("2022", "32", []),
        ("2022", "0", [Doute.BOND]),
        ("2022", ">400", []),
        ("2018", "70", [Doute.HORS_CONVENTION]),
        ("2018", "7", [Doute.BOND, Doute.HORS_CONVENTION]),
        ("2022", "100 prév", [Doute.PREVISION_PASSEE]),
        ("2023", "100 prév", []),
        ("2026", "100 prév", [Doute.HORS_CONVENTION]),
    ],
)
def test_doubts_are_pointed_out_and_the_value_is_written(indicateur, periode, typed, doubts):
    bilan = save(case(indicateur, periode, "", typed))
    assert [alerte.doute for alerte in bilan.alertes] == doubts
    assert bilan.ajoutees == 1
    assert all(alerte.phrase.startswith("Jours d’ouverture, ") for alerte in bilan.alertes)


def test_only_the_cells_just_written_are_doubted(indicateur):
    ValeurFactory(indicateur=indicateur, periode=parse_periode("2017"), valeur=1)
    assert save(case(indicateur, "2022", "", "95")).alertes == ()


@pytest.mark.parametrize("count", [1, 3])
def test_a_save_reads_in_a_constant_number_of_queries(
    indicateur, count, django_assert_max_num_queries
):
    others = [IndicateurFactory(convention=indicateur.convention) for _ in range(count)]
    unchanged = [case(other, "2022", "", "") for other in others]
    # Two savepoints, two locks, the values read back.
    with django_assert_max_num_queries(5):
        save(*unchanged)
