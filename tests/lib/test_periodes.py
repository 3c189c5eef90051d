import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg_portal.lib.periodes import (
    Periode,
    PeriodeImpossible,
    TypePeriode,
    current_year,
    parse_periode,
)


@pytest.mark.parametrize(
    ("texte", "code", "kind", "annee", "words"),
    [
        ("2019", "2019", TypePeriode.ANNEE, 2019, "2019"),
        (" 2021 / 2022 ", "2021/2022", TypePeriode.ANNEE_SCOLAIRE, 2022, "2021/2022"),
        ("2021-2022", "2021/2022", TypePeriode.ANNEE_SCOLAIRE, 2022, "2021/2022"),
        ("2022-06", "2022-06", TypePeriode.MOIS, 2022, "juin 2022"),
        ("juin 2022", "2022-06", TypePeriode.MOIS, 2022, "juin 2022"),
        ("31/12/2022", "2022-12-31", TypePeriode.JOUR, 2022, "31\u00a0décembre 2022"),
        ("Toute la convention", "convention", TypePeriode.CONVENTION, None, "toute la convention"),
    ],
)
def test_what_people_write_is_read(texte, code, kind, annee, words):
    periode = parse_periode(texte)
    assert periode == Periode(code, kind, annee)
    assert str(periode) == words
    assert parse_periode(periode.code) == periode
    assert len(periode.code) <= 12


@pytest.mark.parametrize(
    "texte", ["", "hier", "2021/2023", "2022/2021", "2020 (été)", "du 1 au 3 mai 2022", "2022-13"]
)
def test_what_is_no_period_is_refused_in_french(texte):
    with pytest.raises(PeriodeImpossible, match=r"^(?:Écrivez une|Une) année"):
        parse_periode(texte)


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_a_sentence(texte):
    try:
        periode = parse_periode(texte)
    except PeriodeImpossible as error:
        sentence = str(error)
        assert sentence.endswith(".")
    else:
        assert parse_periode(periode.code) == periode


def test_periods_are_ranked_by_time_and_the_whole_convention_comes_last():
    codes = ["convention", "2021", "2019", "2020/2021", "2019-06"]
    ranked = sorted((parse_periode(code) for code in codes), key=lambda periode: periode.rang)
    assert [periode.code for periode in ranked] == [
        "2019",
        "2019-06",
        "2020/2021",
        "2021",
        "convention",
    ]


def test_the_current_year():
    assert current_year(datetime.date(2024, 5, 1)) == parse_periode("2024")
