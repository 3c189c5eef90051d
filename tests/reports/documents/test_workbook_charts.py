"""The native charts of the workbook of Excel."""

import io
import zipfile

import pytest
from lxml import etree

from ctg_portal.lib.periodes import parse_periode
from reports.render.workbook import render_xlsx
from reports.tree import build_bilan
from tests import factories as f

from ..builders import TODAY

NS = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


@pytest.fixture
def axe(db):
    axe = f.AxeFactory(numero="1")
    f.FicheFactory(axe=axe)
    return axe


def charts_of(convention) -> dict[str, etree._Element]:
    """The charts by title."""
    content = render_xlsx(build_bilan(convention, None, today=TODAY))
    file = zipfile.ZipFile(io.BytesIO(content))
    found = [
        etree.fromstring(file.read(name))
        for name in file.namelist()
        if name.startswith("xl/charts/chart")
    ]
    return {"".join(c.xpath("c:chart/c:title//text()", namespaces=NS)): c for c in found}


def serie(axe, *values, **kwargs):
    indicateur = f.IndicateurFactory(convention=axe.convention, axe=axe, **kwargs)
    for periode, valeur, is_forecast in values:
        f.ValeurFactory(
            indicateur=indicateur,
            periode=parse_periode(periode),
            valeur=valeur,
            previsionnelle=is_forecast,
        )


def test_statuses_are_stacked_axe_by_axe(axe):
    charts = charts_of(axe.convention)
    for title in ("Réalisation des fiches", "Objectifs des fiches"):
        (bars,) = charts[title].iter("{*}barChart")
        assert bars.find("c:grouping", NS).get("val") == "stacked"
        assert len(bars.findall("c:ser", NS)) == 4


def test_curve_keeps_gaps_and_sets_forecasts_and_target_apart(axe):
    values = ("2019", 12, False), ("2021", 30, False), ("2022", 35, True)
    serie(axe, *values, intitule="Heures", unite="h", cible=40)
    chart = charts_of(axe.convention)["Heures (h)"]
    # Nothing said: gaps stay gaps.
    assert chart.find(".//c:dispBlanksAs", NS) is None
    names = chart.xpath("//c:ser/c:tx//c:v/text()", namespaces=NS)
    assert names == ["Valeur", "Prévision", "Cible"]
    dashes = chart.xpath("//c:ser/c:spPr//*[local-name()='prstDash']/@val", namespaces=NS)
    assert dashes == ["sysDot", "dash"]
    # Four periods, the missing year with them; zero on the axis.
    places = chart.xpath("//c:ser/c:val//c:f/text()", namespaces=NS)[0]
    start, end = [int(part.rpartition("$")[2]) for part in places.split(":")]
    assert end - start + 1 == 4
    assert chart.find(".//c:valAx/c:scaling/c:min", NS).get("val") == "0"


def test_two_values_make_two_bars(axe):
    serie(axe, ("2021", 12, False), ("2022", 30, False), intitule="Places", unite="")
    chart = charts_of(axe.convention)["Places"]
    (bars,) = chart.iter("{*}barChart")
    assert bars.find("c:barDir", NS).get("val") == "bar"
    assert len(bars.findall("c:ser", NS)) == 1


def test_one_value_makes_no_chart(axe):
    serie(axe, ("2021", 12, False), intitule="Places", unite="")
    assert set(charts_of(axe.convention)) == {"Réalisation des fiches", "Objectifs des fiches"}


def test_each_chart_is_described(axe):
    serie(axe, ("2021", 12, False), ("2022", 30, False), intitule="Places", unite="")
    content = render_xlsx(build_bilan(axe.convention, None, today=TODAY))
    file = zipfile.ZipFile(io.BytesIO(content))
    described = [
        node.get("descr")
        for name in file.namelist()
        if name.startswith("xl/drawings/drawing")
        for node in etree.fromstring(file.read(name)).iter("{*}cNvPr")
    ]
    assert len(described) == 3
    assert all(described)
    assert any("12 en 2021" in text for text in described)
