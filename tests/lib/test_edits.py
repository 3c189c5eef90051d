import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.models import FicheAction
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.edits import Conflict, EditConflict, apply_edit, edit_locked, resolve
from journal.models import Entree
from tests.factories import CommuneFactory, FicheFactory

VALUES = st.sampled_from(["", "a", "b", "c"])


@given(opened=VALUES, current=VALUES, submitted=VALUES)
def test_nothing_typed_is_ever_lost(opened, current, submitted):
    """What was submitted is stored already, is written, is unchanged, or is shown."""
    result = resolve(opened={"x": opened}, current={"x": current}, submitted={"x": submitted})
    if submitted in {current, opened}:
        assert (result.changes, result.conflicts) == ({}, [])
    elif current == opened:
        assert (result.changes, result.conflicts) == ({"x": submitted}, [])
    else:
        assert result.changes == {}
        assert result.conflicts == [Conflict("x", current, submitted)]


@given(current=VALUES, submitted=VALUES)
def test_without_an_opening_value_the_submitted_one_is_written(current, submitted):
    result = resolve(opened={}, current={"x": current}, submitted={"x": submitted})
    assert result.changes == ({} if submitted == current else {"x": submitted})
    assert result.conflicts == []


@pytest.mark.parametrize(
    ("left", "right"),
    [("un\r\ndeux", "un\ndeux"), ("un ", "un"), ("", None), ([2, 1], [1, 2]), ([], None)],
)
def test_what_a_browser_changes_by_itself_is_no_edit(left, right):
    if isinstance(left, list) and right is None:
        right = []
    result = resolve(opened={"x": right}, current={"x": right}, submitted={"x": left})
    assert (result.changes, result.conflicts) == ({}, [])


@pytest.mark.django_db
class TestApplyEdit:
    def apply(self, fiche, opened, submitted):
        return apply_edit(
            queryset=FicheAction.objects.all(), pk=fiche.pk, opened=opened, submitted=submitted
        )

    def test_two_people_on_different_fields_both_stay(self):
        fiche = FicheFactory(code="A1", intitule="Ouvrir")
        opened = {"code": "A1", "intitule": "Ouvrir"}
        self.apply(fiche, opened, {"code": "A2", "intitule": "Ouvrir"})
        self.apply(fiche, opened, {"code": "A1", "intitule": "Ouvrir un accueil"})
        fiche.refresh_from_db()
        assert (fiche.code, fiche.intitule) == ("A2", "Ouvrir un accueil")

    def test_the_same_field_twice_is_shown_and_nothing_is_written(self):
        fiche = FicheFactory(code="A2", intitule="Ouvrir")
        opened = {"code": "A1", "intitule": "Ouvrir"}
        with pytest.raises(EditConflict) as caught:
            self.apply(fiche, opened, {"code": "A3", "intitule": "Fermer"})
        assert caught.value.conflicts == [Conflict("code", "A2", "A3")]
        fiche.refresh_from_db()
        assert (fiche.code, fiche.intitule) == ("A2", "Ouvrir")

    def test_only_the_changed_fields_reach_the_journal(self):
        fiche = FicheFactory(code="A1")
        Entree.objects.all().delete()
        self.apply(fiche, {"code": "A1", "public": ""}, {"code": "A2", "public": ""})
        assert [entree.changes for entree in Entree.objects.all()] == [{"code": ["A1", "A2"]}]

    def test_nothing_changed_writes_nothing(self, django_assert_num_queries):
        fiche = FicheFactory(code="A1")
        Entree.objects.all().delete()
        with django_assert_num_queries(3):  # savepoint, locked row, release
            self.apply(fiche, {"code": "A1"}, {"code": "A1 "})
        assert not Entree.objects.exists()

    def test_the_searched_text_follows(self):
        fiche = FicheFactory(intitule="Ouvrir")
        self.apply(fiche, {"intitule": "Ouvrir"}, {"intitule": "Écouter"})
        assert FicheAction.objects.searching("ecouter").exists()

    def test_links_are_merged_and_compared_as_sets(self):
        fiche = FicheFactory()
        one, two, three = CommuneFactory.create_batch(3, convention=fiche.axe.convention)
        fiche.communes.set([one, two])
        self.apply(fiche, {"communes": [two, one]}, {"communes": [one, three]})
        assert set(fiche.communes.all()) == {one, three}
        with pytest.raises(EditConflict):
            self.apply(fiche, {"communes": [one, two]}, {"communes": [two]})
        assert set(fiche.communes.all()) == {one, three}

    def test_a_row_that_is_held_is_compared_and_written_without_being_read(
        self, django_assert_num_queries
    ):
        fiche = FicheFactory(code="A1")
        with django_assert_num_queries(0), pytest.raises(EditConflict) as caught:
            edit_locked(instance=fiche, opened={"code": "A0"}, submitted={"code": "A2"})
        assert caught.value.conflicts == [Conflict("code", "A1", "A2")]
        assert fiche.code == "A1"
        assert edit_locked(instance=fiche, opened={"code": "A1"}, submitted={"code": "A2"}) is fiche
        fiche.refresh_from_db()
        assert fiche.code == "A2"

    def test_two_right_edits_that_are_wrong_together_are_a_conflict(self):
        """One brings the end forward while the other puts the beginning off."""
        fiche = FicheFactory(debut=parse_date("2022"), fin=parse_date("2022"))
        opened = {"debut": parse_date("2022"), "fin": parse_date("2024")}
        with pytest.raises(EditConflict) as caught:
            self.apply(fiche, opened, {"debut": parse_date("2023"), "fin": parse_date("2024")})
        shown = {
            item.champ: (str(item.actuel), str(item.propose)) for item in caught.value.conflicts
        }
        assert shown == {"debut": ("2022", "2023"), "fin": ("2022", "2024")}
        fiche.refresh_from_db()
        assert str(fiche.debut) == "2022"
