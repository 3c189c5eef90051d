from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.enums import MeneePar, Objectifs, Realisation, Suivi
from ctg_portal.lib.exchange.cells import (
    CelluleImpossible,
    Choice,
    Date,
    Key,
    LongText,
    Number,
    Periode,
    Several,
    Text,
    YesNo,
    clean,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("36424", "36424"),
        ("36 424", "36424"),
        ("36\u00a0424", "36424"),
        ("36\u202f424,5", "36424.5"),
        ("19,7 %", "19.7"),
        ("19,65", "19.65"),
        ("5 500 €", "5500"),
        ("-3", "-3"),
        ("\u22123,5", "-3.5"),
        ("0", "0"),
    ],
)
def test_numbers_as_french_people_write_them(written, value):
    assert Number().parse(written) == Decimal(value)


@pytest.mark.parametrize("written", ["douze", "1,2,3", "12 enfants", "1 2", "", "1e5", "NaN", "٣x"])
def test_what_is_not_a_number(written):
    with pytest.raises(CelluleImpossible, match="n’est pas un nombre"):
        Number().parse(written)


def test_a_count_is_a_whole_number():
    assert Number(entier=True).parse("12") == 12
    with pytest.raises(CelluleImpossible, match="n’est pas un nombre entier"):
        Number(entier=True).parse("12,5")


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**10), max_value=10**10
    )
)
def test_a_number_comes_back_as_it_left(value):
    text = Number().format(value)
    assert Number().parse(text) == value
    assert Number().format(Number().parse(text)) == text


@pytest.mark.parametrize(
    ("enum", "written", "value"),
    [
        (Realisation, "réalisé", Realisation.REALISEE),
        (Realisation, "Réalisée", Realisation.REALISEE),
        (Realisation, "RÉALISÉES", Realisation.REALISEE),
        (Realisation, "réalisé·e", Realisation.REALISEE),
        (Realisation, "réalisé(e)", Realisation.REALISEE),
        (Realisation, "non réalisés", Realisation.NON_REALISEE),
        (Realisation, "Non-réalisée", Realisation.NON_REALISEE),
        (Realisation, "partiellement réalisé", Realisation.PARTIELLEMENT),
        (Realisation, "partiellement", Realisation.PARTIELLEMENT),
        (Realisation, "Non renseignée", ""),
        (Objectifs, "partiellement atteint", Objectifs.PARTIELLEMENT),
        (Objectifs, "non atteint", Objectifs.NON_ATTEINTS),
        (Objectifs, "Atteintes", Objectifs.ATTEINTS),
        (Suivi, "a venir", Suivi.A_VENIR),
        (Suivi, "en_cours", Suivi.EN_COURS),
        (Suivi, "terminé", Suivi.TERMINEE),
        (MeneePar, "collectivité", MeneePar.COLLECTIVITE),
        (MeneePar, "transversal", MeneePar.TRANSVERSALE),
        (MeneePar, "une commune", MeneePar.COMMUNE),
    ],
)
def test_words_of_a_list_in_every_gender_and_number(enum, written, value):
    assert Choice(enum).parse(written) == value


@pytest.mark.parametrize("enum", [Suivi, Realisation, Objectifs, MeneePar])
def test_every_word_that_goes_out_comes_back(enum):
    kind = Choice(enum)
    for member in enum:
        assert kind.parse(kind.format(member.value)) == member.value


def test_an_unknown_word_gets_the_nearest_one_or_the_list():
    with pytest.raises(CelluleImpossible, match="Vouliez-vous dire « terminée »"):
        Choice(Suivi).parse("terminnée")
    with pytest.raises(CelluleImpossible, match="Choisissez parmi : à venir, en cours"):
        Choice(Suivi).parse("reconduite")


def test_two_values_cannot_share_a_word():
    with pytest.raises(ValueError, match="désigne"):
        Choice(Suivi, others={Suivi.EN_COURS: ["à venir"]})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2023-10-09", "2023-10-09"),
        ("09/10/2023", "2023-10-09"),
        ("06/2018", "2018-06"),
        ("juin 2018", "2018-06"),
        ("2020", "2020"),
        ("2021-08-23/2021-08-27", "2021-08-23/2021-08-27"),
        ("2020 (été 2020)", "2020 (été 2020)"),
    ],
)
def test_partial_dates(written, code):
    assert Date().format(Date().parse(written)) == code


def test_a_day_that_does_not_exist():
    with pytest.raises(CelluleImpossible, match="n’existe pas"):
        Date().parse("31/02/2022")


@pytest.mark.parametrize("written", ["2019", "2021/2022", "2022-06", "2022-12-31", "convention"])
def test_periods_come_back_as_they_left(written):
    assert Periode().format(Periode().parse(written)) == written


@pytest.mark.parametrize(
    ("written", "value"), [("oui", True), ("X", True), ("✓", True), ("Non", False), ("0", False)]
)
def test_yes_and_no(written, value):
    assert YesNo().parse(written) is value


def test_neither_yes_nor_no():
    with pytest.raises(CelluleImpossible, match="écrivez oui ou non"):
        YesNo().parse("peut-être")


def test_several_values_keep_their_order_once_each():
    assert Several().parse("b ; a;b ;  ; c") == ("b", "a", "c")
    assert Several().format(["b", "a"]) == "b ; a"


def test_a_name_with_a_semicolon_does_not_become_two():
    with pytest.raises(CelluleImpossible, match="point-virgule"):
        Key().parse("a;b")
    assert Several().format(["Mme A ; élue", "Mr B"]) == "Mme A , élue ; Mr B"


@given(st.text(max_size=60), st.sampled_from([Text(), LongText()]))
def test_texts_are_stable_once_read(text, kind):
    once = kind.format(text)
    assert kind.format(kind.parse(once) if once else "") == once


def test_line_ends_and_invisible_characters():
    assert clean(" a\r\nb\x0bc\x07\ufffe ") == "a\nb\nc"
    assert LongText().parse("un\n\n- deux\n- trois") == "un\n\n- deux\n- trois"
    assert Text().parse("un\n  deux") == "un deux"
