import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg_portal.lib import typographie as t

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimales", "words"),
    [
        (None, None, ""),
        (0, None, "0"),
        (36424, None, f"36{NB}424"),
        (1234567, 2, f"1{NB}234{NB}567,00"),
        (Decimal("19.7"), None, "19,7"),
        (Decimal("19.70"), None, "19,7"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("100"), None, "100"),
        (-3, None, "−3"),
        (0.1, None, "0,1"),
    ],
)
def test_numbers(value, decimales, words):
    assert t.nombre(value, decimales) == words


@given(st.integers(-(10**12), 10**12))
def test_a_number_keeps_all_its_digits(value):
    bare = t.nombre(value).replace(NB, "").replace("−", "-")
    assert int(bare) == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_no_number_is_written_as_minus_zero(value):
    for decimales in (0, 1, 2, 3):
        words = t.nombre(value, decimales)
        assert not (words.startswith("−") and set(words) <= set("−0,"))


@pytest.mark.parametrize(
    ("value", "words"), [(34, f"+{NB}34"), (-3, f"−{NB}3"), (0, "0"), (None, "")]
)
def test_changes_carry_their_sign(value, words):
    assert t.nombre_signe(value) == words


def test_percentages_and_amounts():
    assert t.pourcentage_signe(Decimal("19.65")) == f"+{NB}19,7{NB}%"
    assert t.pourcentage_signe(None) == ""
    assert t.euros(Decimal("5500")) == f"5{NB}500{NB}€"
    assert t.euros(Decimal("12.5")) == f"12,50{NB}€"
    assert t.euros(None) == ""


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 fiche"), (1, "1 fiche"), (2, "2 fiches"), (1000, "1 000 fiches")]
)
def test_the_plural_begins_at_two(count, words):
    assert t.compte(count, "fiche") == words.replace(" ", NB)


def test_an_irregular_plural():
    assert t.compte(3, "fiche action", "fiches actions") == f"3{NB}fiches actions"


def test_dates_and_moments():
    day = datetime.date(2023, 10, 1)
    assert t.date_longue(day) == f"1er{NB}octobre 2023"
    assert t.date_longue(day, avec_jour=True) == f"dimanche 1er{NB}octobre 2023"
    assert t.moment(datetime.datetime(2023, 10, 9, 16, 5)) == (  # noqa: DTZ001 — local time given
        f"9{NB}octobre 2023 à 16{NB}h{NB}05"
    )


@pytest.mark.parametrize(
    ("elements", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_enumerations(elements, words):
    assert t.enumeration(elements) == words


@pytest.mark.parametrize(
    ("texte", "longueur", "abrege"),
    [
        ("Court", 10, "Court"),
        ("Exactement", 10, "Exactement"),
        ("Ouvrir un lieu, en centre-bourg", 17, "Ouvrir un lieu…"),
        ("Anticonstitutionnellement", 10, "Anticonst…"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_between_two_words_when_it_can(texte, longueur, abrege):
    assert t.abrege(texte, longueur) == abrege


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("2019 ou « convention ».", "2019 ou «\u00a0convention\u00a0»."),
        ("Vide : sans limite ; 19 %", "Vide\u00a0: sans limite\u202f; 19\u00a0%"),
        ("Vraiment ?", "Vraiment\u202f?"),
        ("le 9 octobre 2023 ou le 1er mai", "le 9\u00a0octobre 2023 ou le 1er\u00a0mai"),
        ("en 2023 mars attaque", "en 2023 mars attaque"),
        ("à 14:30, :rien", "à 14:30, :rien"),
        ("", ""),
    ],
)
def test_the_spaces_of_french_signs_never_break(texte, attendu):
    assert t.insecables(texte) == attendu
    assert t.insecables(attendu) == attendu


@given(st.text(max_size=80), st.integers(min_value=1, max_value=60))
def test_a_cut_text_is_never_longer_than_asked(texte, longueur):
    assert len(t.abrege(texte, longueur)) <= longueur
