"""The notation of a cell: what is read, what is refused and why, and that it reads itself back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg_portal.lib.enums import Borne
from indicators.saisie import (
    NOTE_MAX,
    TEXTE_MAX,
    CelluleImpossible,
    CelluleSaisie,
    ValeurSaisie,
    cellule_of,
    check_cell,
    format_cell,
    parse_cell,
)
from tests.factories import ValeurFactory

NBSP = "\u00a0"


def measured(valeur=None, **champs) -> CelluleSaisie:
    return CelluleSaisie(
        mesuree=ValeurSaisie(valeur=None if valeur is None else Decimal(valeur), **champs)
    )


def forecast(valeur, **champs) -> CelluleSaisie:
    return CelluleSaisie(prevue=ValeurSaisie(valeur=Decimal(valeur), **champs))


@pytest.mark.parametrize(
    ("texte", "cellule"),
    [
        ("", CelluleSaisie()),
        (f" {NBSP} ", CelluleSaisie()),
        ("120", measured("120")),
        (f"36{NBSP}424,5", measured("36424.5")),
        ("36\u202f424", measured("36424")),
        ("36 424", measured("36424")),
        ("36424.5", measured("36424.5")),
        ("-3,25", measured("-3.25")),
        ("−3", measured("-3")),
        ("+3", measured("3")),
        ("0", measured("0")),
        ("~120", measured("120", borne=Borne.ENVIRON)),
        ("environ 120", measured("120", borne=Borne.ENVIRON)),
        (">120", measured("120", borne=Borne.PLUS_DE)),
        ("> 120", measured("120", borne=Borne.PLUS_DE)),
        ("plus de 120", measured("120", borne=Borne.PLUS_DE)),
        ("<120", measured("120", borne=Borne.MOINS_DE)),
        ("10 à 15", measured("10", valeur_max=Decimal(15))),
        ("120p", measured("120", partielle=True)),
        ("120 P", measured("120", partielle=True)),
        ("120 prév", forecast("120")),
        ("120prev", forecast("120")),
        ("120 prév.", forecast("120")),
        ("120 p prév", forecast("120", partielle=True)),
        ("120 prév p", forecast("120", partielle=True)),
        ("120 (6 semaines (été) closes)", measured("120", note="6 semaines (été) closes")),
        ("120 (a ; b)", measured("120", note="a ; b")),
        (r"120 (a\) b)", measured("120", note="a) b")),
        ("« en hausse »", measured(texte="en hausse")),
        (f"«{NBSP}en hausse{NBSP}» (dit)", measured(texte="en hausse", note="dit")),
        ("« a « b » »", measured(texte="a « b »")),
        (
            "118 ; 120 prév",
            CelluleSaisie(ValeurSaisie(Decimal(118)), ValeurSaisie(Decimal(120))),
        ),
        (
            "120 prév ; 118",
            CelluleSaisie(ValeurSaisie(Decimal(118)), ValeurSaisie(Decimal(120))),
        ),
    ],
)  # fmt: skip
def test_a_cell_is_read(texte, cellule):
    assert parse_cell(texte) == cellule


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("douze", "n’est pas une valeur"),
        ("12 34", "n’est pas une valeur"),
        ("120 jours", "n’est pas une valeur"),
        ("~", "n’est pas une valeur"),
        ("p", "n’est pas une valeur"),
        ("prév", "n’est pas une valeur"),
        ("120 p p", "n’est pas une valeur"),
        ("120 (a) b", "n’est pas une valeur"),
        ("120 ;", "n’est pas une valeur"),
        ("=1+1", "n’est pas une valeur"),
        ("1e5", "n’est pas une valeur"),
        ("36,424.5", "deux façons"),
        ("1.234.567", "deux façons"),
        ("118 ; 120", "pas deux valeurs"),
        ("120 (note", "Il manque"),
        ("« en hausse", "Il manque"),
        ("15 à 10", "maximum"),
        ("123456789012", "11 chiffres au plus"),
        ("1,2345", "11 chiffres au plus"),
        (f"1 ({'n' * (NOTE_MAX + 1)})", "note tient"),
        (f"« {'n' * (TEXTE_MAX + 1)} »", "texte tient"),
        ("1 (a\x00)", "caractère nul"),
    ],
)
def test_what_is_no_value_is_refused_with_its_reason(texte, message):
    with pytest.raises(CelluleImpossible, match=message):
        parse_cell(texte)


def test_a_long_text_is_quoted_short():
    with pytest.raises(CelluleImpossible) as refusal:
        parse_cell("x" * 5000)
    assert len(str(refusal.value)) < 150


def test_the_unit_of_the_indicator_may_follow_its_figure():
    assert parse_cell(f"5{NBSP}500,00{NBSP}€", unite="€") == measured("5500")
    assert parse_cell("10 % à 15 % p", unite="%") == measured(
        "10", valeur_max=Decimal(15), partielle=True
    )
    with pytest.raises(CelluleImpossible):
        parse_cell("12 €", unite="%")
    with pytest.raises(CelluleImpossible):
        parse_cell("12 heuresx", unite="heures")


def test_an_indicator_in_words_takes_them_as_they_stand():
    assert parse_cell("Des réflexes communs", libre=True) == measured(texte="Des réflexes communs")
    assert parse_cell("« mieux » (note)", libre=True) == measured(texte="mieux", note="note")
    with pytest.raises(CelluleImpossible):
        parse_cell("12 équipes", libre=True)


@pytest.mark.parametrize(
    ("cellule", "texte"),
    [
        (CelluleSaisie(), ""),
        (measured("36424.500"), f"36{NBSP}424,5"),
        (measured("-3"), "−3"),
        (measured("120", borne=Borne.ENVIRON, partielle=True), "~120 p"),
        (measured("10", valeur_max=Decimal(15)), "10 à 15"),
        (forecast("120", note="selon la Caf"), "120 prév (selon la Caf)"),
        (measured(texte="en hausse"), f"«{NBSP}en hausse{NBSP}»"),
        (measured(note="fermé"), "(fermé)"),
        (CelluleSaisie(ValeurSaisie(Decimal(1)), ValeurSaisie(Decimal(2))), "1 ; 2 prév"),
    ],
)
def test_a_cell_is_written(cellule, texte):
    assert format_cell(cellule) == texte


def figures():
    return st.decimals(min_value=-(10**10), max_value=10**10, places=3, allow_nan=False)


def words(longest):
    """Texts of one line, without the outer spaces that a text field would lose."""
    signs = st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"))
    hard = st.sampled_from("()«»\\;~p " + NBSP)
    return st.text(signs | hard, max_size=longest // 4).map(str.strip)


@st.composite
def values(draw):
    valeur = draw(st.none() | figures())
    valeur_max = None
    if valeur is not None and draw(st.booleans()):
        valeur_max = valeur + draw(st.decimals(min_value=0, max_value=1000, places=2))
    return ValeurSaisie(
        valeur=valeur,
        valeur_max=valeur_max,
        borne=draw(st.sampled_from(["", *Borne])) if valeur is not None else "",
        texte=draw(words(TEXTE_MAX)),
        partielle=draw(st.booleans()),
        note=draw(words(NOTE_MAX)),
    )


@given(mesuree=st.none() | values(), prevue=st.none() | values())
def test_what_is_written_is_read_back(mesuree, prevue):
    cellule = CelluleSaisie(mesuree, prevue)
    assert parse_cell(format_cell(cellule)) == cellule


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_french(texte):
    refusal = None
    try:
        cellule = parse_cell(texte)
    except CelluleImpossible as error:
        refusal = str(error)
    if refusal is None:
        assert parse_cell(format_cell(cellule)) == cellule
    else:
        assert refusal.endswith(".")


@pytest.mark.parametrize(
    ("texte", "decimales", "message"),
    [
        ("12,5", 0, "sans décimale"),
        ("10 à 12,55", 1, "avec 1"),
        ("(fermé)", 0, "Indiquez un nombre"),
        ("118 ; 12,5 prév", 0, "sans décimale"),
    ],
)
def test_what_may_not_be_kept_is_refused(texte, decimales, message):
    with pytest.raises(CelluleImpossible, match=message):
        check_cell(parse_cell(texte), decimales=decimales)


def test_zeros_after_the_comma_hide_nothing():
    check_cell(parse_cell("5 500,00"), decimales=0)


def test_the_cell_of_stored_values_is_on_one_line():
    stored = [
        ValeurFactory.build(valeur=Decimal("120.000"), note="deux\nlignes"),
        ValeurFactory.build(valeur=Decimal("130"), previsionnelle=True),
    ]
    assert format_cell(cellule_of(stored)) == "120 (deux lignes) ; 130 prév"
