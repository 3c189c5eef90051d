"""What is computed from the values, held to the figures of the published documents."""

from decimal import Decimal

import pytest

from indicators.imprime import printed_differs
from indicators.series import compare, series_of
from tests.factories import (
    AxeFactory,
    ConventionFactory,
    FicheFactory,
    IndicateurFactory,
    StructureFactory,
    ValeurFactory,
    VoletFactory,
)

from .series import JEUNES, LALBENQUE, LIMOGNE, QUERCY_CONTACTS, SPORT, convention, serie, valeur

NBSP, MOINS = "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("valeurs", "ecart", "pourcent"),
    [
        (LIMOGNE, f"+{NBSP}13{NBSP}614", f"+{NBSP}183,0{NBSP}%"),
        (LALBENQUE, f"+{NBSP}5{NBSP}982", f"+{NBSP}19,7{NBSP}%"),
        ({"2019": 60, "2023": 94}, f"+{NBSP}34", f"+{NBSP}56,7{NBSP}%"),
        ({"2019": 97, "2023": 97}, "0", f"0,0{NBSP}%"),
        ({"2019": 1790, "2020": 770}, f"{MOINS}{NBSP}1{NBSP}020", f"{MOINS}{NBSP}57,0{NBSP}%"),
        ({"2019": 0, "2020": 12}, f"+{NBSP}12", ""),
        ({"2019": -40, "2020": -20}, f"+{NBSP}20", f"+{NBSP}50,0{NBSP}%"),
        ({"2019": 200, "2020": 201.5}, f"+{NBSP}2", f"+{NBSP}1,0{NBSP}%"),
    ],
)
def test_the_change_is_computed_from_the_two_figures_shown(valeurs, ecart, pourcent):
    variation = serie(valeurs).variation
    assert (variation.ecart_affiche, variation.pourcent_affiche) == (ecart, pourcent)


def test_half_a_tenth_is_rounded_up():
    assert serie({"2019": 2000, "2020": 2001}).variation.pourcent == Decimal("0.1")


def test_the_change_shown_is_a_percentage_or_else_the_difference():
    assert serie({"2019": 0, "2020": 12}).variation.affichage == f"+{NBSP}12"


@pytest.mark.parametrize(
    ("valeurs", "points"),
    [
        ({"2019": "61.2", "2023": "62.8"}, f"+{NBSP}1,6{NBSP}point"),
        ({"2019": "64.8", "2023": "62.8"}, f"{MOINS}{NBSP}2,0{NBSP}points"),
    ],
)
def test_the_change_of_a_rate_is_said_in_points(valeurs, points):
    variation = serie(valeurs, unite="%", decimales=1).variation
    assert variation.affichage == variation.ecart_complet == points
    assert variation.pourcent_affiche == ""


def test_the_difference_is_followed_by_its_percentage_where_one_is_said():
    assert serie(LALBENQUE).variation.ecart_complet == (f"+{NBSP}5{NBSP}982 (+{NBSP}19,7{NBSP}%)")
    assert serie({"2019": 0, "2020": 12}).variation.ecart_complet == f"+{NBSP}12"


def test_each_line_has_its_change_since_the_number_before():
    changes = [variation for _, variation in serie(SPORT).lignes]
    assert changes[0] is None
    assert changes[-1].pourcent == Decimal("221.8")
    assert (changes[-1].de.label, changes[-1].a.label) == ("2021", "2022")
    assert serie(SPORT).derniere_variation == changes[-1]
    assert serie(SPORT).variation.de.label == "2017"


def test_a_forecast_never_enters_a_change():
    jeunes = serie(JEUNES, previsions={"2023": 1980})
    assert jeunes.variation.a.label == "2022"
    assert jeunes.variation.pourcent == Decimal("5.5")
    forecast, variation = jeunes.lignes[-1]
    assert (forecast.previsionnelle, variation) == (True, None)
    assert serie({"2022": 10}, previsions={"2023": 12}).variation is None


def test_bounds_ranges_texts_and_whole_conventions_enter_no_change():
    mixed = serie(
        {
            "2018": 10,
            "2019": valeur("2019", 50, borne="plus_de"),
            "2020": valeur("2020", 10, valeur_max=Decimal(15)),
            "2021": valeur("2021", texte="en hausse"),
            "convention": 400,
        }
    )
    assert mixed.variation is None
    assert [point.affichage for point in mixed.points] == [
        "10",
        "plus de 50",
        "10 à 15",
        "en hausse",
        "400",
    ]
    assert compare(mixed.points[0], mixed.points[-1]) is None


def test_a_change_over_a_partial_period_says_so():
    variation = serie(QUERCY_CONTACTS).variation
    assert (variation.pourcent, variation.partielle) == (Decimal("33.3"), True)
    assert serie(QUERCY_CONTACTS).notes == ((1, f"2021{NBSP}: période partielle"),)


def test_missing_years_keep_their_place():
    assert serie(LIMOGNE).annees == (2019, 2020, 2021, 2022, 2023)
    assert serie(LIMOGNE).a_des_trous
    assert not serie(SPORT).a_des_trous
    assert serie({}).annees == ()


def test_years_outside_the_convention_are_said():
    points = serie(SPORT).points
    assert [point.label for point in points if point.hors_periode] == ["2017", "2018"]
    assert serie(LIMOGNE).points[-1].hors_periode


def test_values_stand_in_the_order_of_time_the_forecast_after_the_measure():
    mixed = serie({"convention": 3, "2021/2022": 2, "2020": 1}, previsions={"2020": 4})
    assert [(point.periode, point.previsionnelle) for point in mixed.points] == [
        ("2020", False),
        ("2020", True),
        ("2021/2022", False),
        ("convention", False),
    ]


def test_figures_are_rounded_to_the_decimals_of_the_indicator():
    ratio = serie({"2020": "28.571", "2021": "30.25"}, decimales=1, unite="%")
    assert [point.affichage for point in ratio.points] == [f"28,6{NBSP}%", f"30,3{NBSP}%"]
    assert ratio.variation.ecart == Decimal("1.7")


def test_an_amount_carries_its_sign():
    assert serie({"2022": 8650}, unite="€", cible=Decimal(9000)).points[0].affichage == (
        f"8{NBSP}650{NBSP}€"
    )
    assert serie({}, unite="€", cible=Decimal(9000)).cible_affichee == f"9{NBSP}000{NBSP}€"


def test_notes_are_numbered_in_the_order_of_time():
    noted = serie(
        {
            "2019": valeur("2019", 1, note="deux mois"),
            "2020": 2,
            "2021": valeur("2021", texte="en hausse", partielle=True, note="estimation"),
        }
    )
    assert noted.notes == (
        (1, f"2019{NBSP}: deux mois"),
        (2, f"2021{NBSP}: période partielle, «{NBSP}en hausse{NBSP}», estimation"),
    )
    assert [point.rang_note for point in noted.points] == [1, None, 2]


def test_a_note_that_begins_like_a_sentence_stays_one():
    noted = serie({"2021": valeur("2021", 3, partielle=True, note="Lalbenque seulement.")})
    assert noted.notes == ((1, f"2021{NBSP}: période partielle. Lalbenque seulement."),)


def test_words_that_are_already_quoted_are_not_quoted_twice():
    quoted = serie({"2021": valeur("2021", texte="« On se croise. »")})
    assert quoted.notes == ((1, f"2021{NBSP}: « On se croise. »"),)


@pytest.mark.parametrize(
    ("imprimee", "valeurs", "differs"),
    [
        ("+19 %", LALBENQUE, False),  # 19.65 cut off
        ("+20 %", LALBENQUE, False),  # 19.65 rounded
        ("+21 %", LALBENQUE, True),
        ("+19,7 %", LALBENQUE, False),
        ("soit 19 %", LALBENQUE, False),
        ("+183 %", LIMOGNE, False),
        ("+183 % entre 2019 et 2023", LIMOGNE, False),
        ("+36 jours", {"2019": 60, "2023": 94}, True),
        ("+34 jours", {"2019": 60, "2023": 94}, False),
        ("34 jours de plus", {"2019": 60, "2023": 94}, False),
        ("−34 jours", {"2019": 60, "2023": 94}, True),
        ("+ 13 614 heures", LIMOGNE, False),
        ("−57 %", {"2020": 1790, "2021": 770}, False),
        ("+57 %", {"2020": 1790, "2021": 770}, True),
        ("0 %", {"2019": 97, "2023": 97}, False),
        ("+5 %", {"2019": 0, "2023": 94}, False),  # no percentage from zero
        ("en hausse", LIMOGNE, False),
        ("de 60 à 94 jours", {"2019": 60, "2023": 94}, False),  # two figures, no sign: not read
        ("", LIMOGNE, False),
    ],
)
def test_a_printed_change_is_compared_with_the_computed_one(imprimee, valeurs, differs):
    assert serie(valeurs, variation_imprimee=imprimee).ecart_imprime is differs


def test_a_printed_change_that_differs_is_said_beside_the_computed_one():
    days = serie({"2019": 60, "2023": 94}, variation_imprimee="+36 jours")
    assert days.ecart_en_mots.replace(NBSP, " ") == (
        "Un document annonce « +36 jours » ; de 60 en 2019 à 94 en 2023, l’écart est de + 34"
        " (+ 56,7 %)."
    )


def test_a_printed_change_is_not_compared_without_two_numbers():
    assert printed_differs("+36 jours", None) is False


def test_a_cut_series_leaves_out_later_measures_and_keeps_forecasts():
    cut = serie(JEUNES, previsions={"2023": 1980}, jusqua=2020)
    assert [point.label for point in cut.points] == ["2019", "2020", "2023"]
    assert cut.variation.a.label == "2020"


def test_a_cut_series_is_not_held_against_what_was_printed_of_the_whole():
    days = {"2019": 60, "2021": 70, "2023": 94}
    assert serie(days, variation_imprimee="+36 jours").ecart_imprime
    assert not serie(days, variation_imprimee="+36 jours", jusqua=2021).ecart_imprime


def test_the_place_of_an_indicator_is_said_in_few_words(db):
    axe = AxeFactory(numero="2")
    fiche = FicheFactory(axe=axe, code="A1")
    places = {"axe": axe, "fiche": fiche, "volet": VoletFactory(fiche=fiche)}
    for name, place in places.items():
        IndicateurFactory(convention=axe.convention, intitule=name, **{name: place})
    IndicateurFactory(convention=axe.convention, intitule="convention")
    found = {s.intitule: (s.rattachement, s.axe_pk, s.fiche_pk) for s in series_of(axe.convention)}
    assert found == {
        "axe": ("Axe 2", axe.pk, None),
        "fiche": ("2.A1", axe.pk, fiche.pk),
        "volet": ("2.A1", axe.pk, fiche.pk),
        "convention": ("", None, None),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_series_of_asks_two_queries(db, django_assert_num_queries, count):
    territoire = ConventionFactory()
    for fiche in FicheFactory.create_batch(count, axe__convention=territoire):
        ValeurFactory.create_batch(
            2,
            indicateur__convention=territoire,
            indicateur__fiche=fiche,
            indicateur__structure=StructureFactory(convention=territoire),
        )
    with django_assert_num_queries(2):
        series = series_of(territoire)
    assert len(series) == 2 * count
    assert all(len(found.points) == 1 for found in series)


def test_series_of_keeps_to_the_convention_and_to_what_was_asked(db):
    mine = IndicateurFactory(cle=True)
    other = IndicateurFactory(convention=mine.convention)
    IndicateurFactory()
    assert [found.pk for found in series_of(mine.convention)] == [mine.pk, other.pk]
    asked = mine.convention.indicateurs.filter(cle=True)[:4]
    assert [found.pk for found in series_of(mine.convention, indicateurs=asked)] == [mine.pk]


def test_the_first_year_of_the_convention_is_kept():
    assert serie(SPORT).debut == 2019
    assert serie(SPORT, convention=convention("juin 2018", "2022")).debut == 2018


@pytest.mark.parametrize(
    ("periode", "words"),
    [
        ("2019", "en 2019"),
        ("2021/2022", "en 2021/2022"),
        ("2022-06", "en juin 2022"),
        ("2022-12-31", f"le 31{NBSP}décembre 2022"),
        ("convention", "pour toute la convention"),
    ],
)
def test_a_period_is_said_inside_a_sentence(periode, words):
    assert serie({periode: 1}).points[0].quand == words
