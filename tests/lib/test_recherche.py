import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg_portal.lib.recherche import normalise


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ecole", "L’École du cœur"),
        ("COEUR", "L’École du cœur"),
        ("cœur", "coeur"),
        ("ainés", "Les AÎNÉS"),
        ("l'ecole", "l’école"),
        ("ex-aequo", "ex‑æquo"),
        ("garcon", "garçon"),
        ("noel", "Noe\u0308l"),
        ("strasse", "Straße"),
    ],
)
def test_what_is_typed_finds_what_is_stored(typed, stored):
    assert normalise(typed) in normalise(stored)


def test_texts_are_joined_and_empty_ones_left_out():
    assert normalise("A1", "", None, "  Deux\nlignes ") == "a1 deux lignes"


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(texte):
    assert normalise(normalise(texte)) == normalise(texte)
