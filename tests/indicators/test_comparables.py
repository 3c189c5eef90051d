"""Small multiples: which series stand together, and that they share one scale."""

from dataclasses import replace
from decimal import Decimal

from indicators.charts import Cadre, courbe
from indicators.comparables import comparaisons_of

from .drawing import Image
from .series import JEUNES, LALBENQUE, LIMOGNE, serie, valeur

NBSP = "\u00a0"
ALSH = dict.fromkeys(range(10), "ALSH")


def of_structure(pk, structure, valeurs, **champs):
    return replace(serie(valeurs, **champs), pk=pk, structure=structure)


LIMOGNE_HEURES = of_structure(1, "Limogne", LIMOGNE)
LALBENQUE_HEURES = of_structure(2, "Lalbenque", LALBENQUE)


def test_two_structures_of_one_type_in_one_unit_are_compared():
    (found,) = comparaisons_of([LIMOGNE_HEURES, LALBENQUE_HEURES], ALSH)
    assert found.series == (LIMOGNE_HEURES, LALBENQUE_HEURES)
    assert found.titre == "ALSH, heures"
    assert found.cadre == Cadre((2019, 2020, 2021, 2022, 2023), Decimal(0), Decimal(36424))
    assert found.echelle == (
        f"Même échelle pour toutes{NBSP}: de 0 à 36{NBSP}424 heures, de 2019 à 2023."
    )


def test_what_differs_is_not_compared():
    others = [
        of_structure(3, "Crèche", LALBENQUE),
        of_structure(4, "Montcuq", LALBENQUE, unite="places"),
        of_structure(5, "Castelnau", LALBENQUE, nature="stock"),
        of_structure(6, "Cremps", {"2019": 4}),
        of_structure(7, "Varaire", {"2019/2020": 4, "2020/2021": 5}),
        of_structure(8, "", LALBENQUE),
        of_structure(9, "Vaylats", LALBENQUE, unite=""),
    ]
    types = {**ALSH, 3: "EAJE"}
    for other in others:
        assert comparaisons_of([LIMOGNE_HEURES, other], types) == [], other.structure
    assert comparaisons_of([LIMOGNE_HEURES, LALBENQUE_HEURES], {}) == []


def test_two_indicators_of_one_structure_are_two_things():
    again = of_structure(3, "Lalbenque", JEUNES)
    assert comparaisons_of([LIMOGNE_HEURES, LALBENQUE_HEURES, again], ALSH) == []


def test_one_scale_makes_equal_values_equally_high():
    short = of_structure(3, "Cremps", {"2021": 7438, "2022": 9000})
    (found,) = comparaisons_of([LIMOGNE_HEURES, LALBENQUE_HEURES, short], ALSH)
    heights = []
    for one in (LIMOGNE_HEURES, short):
        drawn = Image(courbe(one, "petit", cadre=found.cadre))
        heights.append(round(drawn.cercles[0][1].y1))
        years = [word for word in drawn.mots("g-an") if word.isdigit()]
        assert years[::-1] == ["2019", "2020", "2021", "2022", "2023"]
    assert heights[0] == heights[1]
    alone = Image(courbe(short, "petit"))
    assert round(alone.cercles[0][1].y1) != heights[0]


def test_the_scale_holds_targets_ranges_and_what_is_below_zero():
    wide = of_structure(
        3,
        "Cremps",
        {"2021": valeur("2021", 10, valeur_max=Decimal(60000)), "2022": -5},
        cible=Decimal(70000),
    )
    (found,) = comparaisons_of([LIMOGNE_HEURES, wide], ALSH)
    assert (found.cadre.bas, found.cadre.haut) == (Decimal(-5), Decimal(70000))


def test_years_that_one_structure_lacks_are_a_hole_in_its_chart():
    late = of_structure(3, "Cremps", {"2022": 4, "2023": 5})
    (found,) = comparaisons_of([LIMOGNE_HEURES, late], ALSH)
    drawn = Image(courbe(late, "petit", cadre=found.cadre))
    assert drawn.mots("g-trou-t") == ["non renseigné"]
