import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg_portal.lib.dates import DateImpossible, DatePartielle, Precision, parse_date

D = datetime.date
DAYS = st.dates(min_value=D(1900, 1, 1), max_value=D(2200, 12, 31))
WORDS = st.text("abcdeféèêàç '’0123456789-,", max_size=60).map(lambda text: " ".join(text.split()))


def at(day: D, precision: Precision) -> tuple[D, D]:
    """First and last day of the unit in which that day lies."""
    if precision is Precision.ANNEE:
        return D(day.year, 1, 1), D(day.year, 12, 31)
    if precision is Precision.MOIS:
        following = D(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day.replace(day=1), following - datetime.timedelta(days=1)
    return day, day


@st.composite
def dates(draw, texte=WORDS):
    """Any partial date, one unit or a range of units, with or without printed words."""
    precision = draw(st.sampled_from(Precision))
    start, end = sorted((draw(DAYS), draw(DAYS)))
    if draw(st.booleans()):
        end = start
    return DatePartielle(at(start, precision)[0], at(end, precision)[1], precision, draw(texte))


@given(dates())
def test_the_exchanged_form_says_everything(date):
    assert parse_date(date.code) == date


@given(dates())
def test_the_stored_form_says_everything_and_fits_its_column(date):
    assert DatePartielle.from_column(date.to_column()) == date
    assert len(date.to_column()) <= 110


@given(dates(texte=st.just("")))
def test_the_words_are_read_again(date):
    assert parse_date(date.en_mots) == date


@given(dates(texte=st.just("")), dates(texte=st.just("")))
def test_the_order_of_the_column_is_the_order_of_time(one, other):
    if (one.debut, one.fin) != (other.debut, other.fin):
        by_column = one.to_column() < other.to_column()
        assert by_column == ((one.debut, one.fin) < (other.debut, other.fin))


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_a_sentence_in_french(texte):
    try:
        date = parse_date(texte)
    except DateImpossible as error:
        words = str(error)
    else:
        words = f"{date.en_mots}."
        assert date.debut <= date.fin
    assert words[-1] in ".)"


@pytest.mark.parametrize(
    ("texte", "debut", "fin", "precision"),
    [
        ("2023-10-09", D(2023, 10, 9), D(2023, 10, 9), "j"),
        ("09/10/2023", D(2023, 10, 9), D(2023, 10, 9), "j"),
        ("9 octobre 2023", D(2023, 10, 9), D(2023, 10, 9), "j"),
        ("lundi 9 octobre 2023", D(2023, 10, 9), D(2023, 10, 9), "j"),
        ("1er août 2021", D(2021, 8, 1), D(2021, 8, 1), "j"),
        ("9\u00a0Octobre  2023", D(2023, 10, 9), D(2023, 10, 9), "j"),
        ("2018-06", D(2018, 6, 1), D(2018, 6, 30), "m"),
        ("06/2018", D(2018, 6, 1), D(2018, 6, 30), "m"),
        ("juin 2018", D(2018, 6, 1), D(2018, 6, 30), "m"),
        ("fevrier 2020", D(2020, 2, 1), D(2020, 2, 29), "m"),
        ("2020", D(2020, 1, 1), D(2020, 12, 31), "a"),
        ("2022-2023", D(2022, 1, 1), D(2023, 12, 31), "a"),
        ("2021-08-23/2021-08-27", D(2021, 8, 23), D(2021, 8, 27), "j"),
        ("du 23 au 27 août 2021", D(2021, 8, 23), D(2021, 8, 27), "j"),
        ("du 30 août au 2 septembre 2021", D(2021, 8, 30), D(2021, 9, 2), "j"),
        ("du 28 décembre 2021 au 3 janvier 2022", D(2021, 12, 28), D(2022, 1, 3), "j"),
        ("de juin à août 2022", D(2022, 6, 1), D(2022, 8, 31), "m"),
        ("d’avril à juin 2022", D(2022, 4, 1), D(2022, 6, 30), "m"),
    ],
)
def test_what_people_write_is_read(texte, debut, fin, precision):
    assert parse_date(texte) == DatePartielle(debut, fin, Precision(precision))


@pytest.mark.parametrize(
    ("texte", "words"),
    [
        ("2023-10-09", "9\u00a0octobre 2023"),
        ("2021-08-01", "1er\u00a0août 2021"),
        ("2018-06", "juin 2018"),
        ("2020", "2020"),
        ("2019/2022", "2019-2022"),
        ("2021-08-23/2021-08-27", "du 23 au 27\u00a0août 2021"),
        ("2021-08-30/2021-09-02", "du 30\u00a0août au 2\u00a0septembre 2021"),
        ("2022-06/2022-08", "de juin à août 2022"),
        ("2022-04/2022-06", "d’avril à juin 2022"),
        ("2022-08/2022-10", "d’août à octobre 2022"),
        ("2020 (été 2020)", "été 2020"),
    ],
)
def test_dates_are_written_in_french(texte, words):
    assert str(parse_date(texte)) == words


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "hier",
        "31 février 2020",
        "2020-13",
        "0/2020",
        "00/00/2020",
        "2021-02-29",
        "32/01/2020",
        "1899",
        "2201",
        "12 brumaire 2020",
        "2022/2021",
        "2021-08/2022",
        "du 27 au 23 août 2021",
        "2020 (été (2020))",
        f"2020 ({'x' * 81})",
        "2020-06-15T12:00",
    ],
)
def test_an_impossible_date_is_refused(texte):
    with pytest.raises(DateImpossible):
        parse_date(texte)


def test_a_date_that_goes_backwards_cannot_be_built():
    with pytest.raises(DateImpossible, match="avant le début"):
        DatePartielle(D(2021, 1, 2), D(2021, 1, 1))


@pytest.mark.parametrize(
    ("texte", "today", "is_over"),
    [
        ("2022", D(2022, 12, 31), False),
        ("2022", D(2023, 1, 1), True),
        ("juin 2022", D(2022, 6, 30), False),
        ("juin 2022", D(2022, 7, 1), True),
        ("2022-06-15", D(2022, 6, 15), False),
        ("2022-06-15", D(2022, 6, 16), True),
    ],
)
def test_a_date_is_over_after_its_last_day(texte, today, is_over):
    assert parse_date(texte).est_passee(today) is is_over


def test_a_range_over_the_new_year_touches_both_years():
    date = parse_date("du 28 décembre 2021 au 3 janvier 2022")
    assert [year for year in range(2019, 2025) if date.touche(year)] == [2021, 2022]
    assert date.annee == 2021


@pytest.mark.parametrize(
    ("texte", "words"),
    [
        ("2023-10-09", "lundi 9\u00a0octobre 2023"),
        ("2023-10", "octobre 2023"),
        ("2021-08-23/2021-08-27", "du 23 au 27\u00a0août 2021"),
        ("2023-10-09 (au début d’octobre)", "au début d’octobre"),
    ],
)
def test_the_weekday_is_said_of_one_known_day_only(texte, words):
    assert parse_date(texte).avec_jour == words


def test_a_date_moves_by_days():
    assert DatePartielle.jour(D(2024, 2, 28)).decalee(2) == parse_date("1 mars 2024")


@pytest.mark.parametrize(
    ("texte", "said"),
    [
        ("9 octobre 2023", True),
        ("2020 (été 2020)", True),
        ("2020-12/2021-02 (hiver 2021)", True),
        ("2022-10-17 (lundi 17 octobre)", False),
    ],
)
def test_printed_words_may_leave_the_year_out(texte, said):
    assert parse_date(texte).dit_son_annee is said
