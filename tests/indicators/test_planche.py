"""A chart as a file: whole, readable anywhere, and nothing in it that a page would refuse."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts import planche
from indicators.charts.geometry import Boite, text_box

from .drawing import SVG
from .series import JEUNES, LIMOGNE, SPORT, serie, valeur
from .test_charts import any_series, property_settings

LONG = "Un intitulé d’indicateur qui ne tient pas sur une seule ligne, même en petit"


def read(document: str) -> ElementTree.Element:
    return ElementTree.fromstring(document.encode())  # noqa: S314 — drawn by the test itself


def words(document: str) -> list[str]:
    return [element.text for element in read(document).iter(f"{SVG}text")]


def own_texts(root) -> list[tuple[str, Boite]]:
    """The texts round the chart, with their places."""
    return [
        (
            one.text,
            text_box(
                one.text,
                float(one.get("font-size")),
                float(one.get("x")),
                float(one.get("y")),
                one.get("text-anchor"),
            ),
        )
        for one in root.findall(f"{SVG}text")
    ]


def test_it_has_its_name_its_key_its_notes_and_its_source():
    found = serie(JEUNES, previsions={"2023": 1980}, cible=Decimal(1800))
    document = planche(found, source="CTG Pays d’essai, au 22 novembre 2026")
    shown = words(document)
    assert shown[0] == "Fréquentation (heures)"
    assert {"valeur constatée", "valeur prévisionnelle", "Cible 1\u00a0800"} <= set(shown)
    assert "1. 2021\u00a0: nombreuses périodes de fermeture" in shown
    assert shown[-1] == "CTG Pays d’essai, au 22 novembre 2026"
    root = read(document)
    assert root.find(f"{SVG}title").text == "Fréquentation, heures de 2019 à 2023"
    assert "1\u00a0790 en 2020" in root.find(f"{SVG}desc").text


def test_it_stands_on_its_own_paper_in_light_colours():
    root = read(planche(serie(SPORT), accent="prune"))
    paper = root.find(f"{SVG}rect")
    assert (paper.get("width"), paper.get("height")) == (root.get("width"), root.get("height"))
    assert paper.get("fill") == "#ffffff"
    assert "#7a2f63" in ElementTree.tostring(root, encoding="unicode")
    painted = [one for one in root.iter() if one.tag == f"{SVG}text"]
    assert all(one.get("fill") for one in painted)
    assert "Arial" in root.get("font-family")


@pytest.mark.parametrize("found", [serie(SPORT), serie(LIMOGNE)], ids=["curve", "bars"])
def test_it_asks_for_nothing_and_runs_nothing(found):
    document = planche(found)
    for refused in ("<script", "<style", " style=", "href", "url(", "<image", "@import", "var(--"):
        assert refused not in document
    assert document.count("http") == document.count("http://www.w3.org/2000/svg") == 1


def test_what_people_wrote_is_escaped_and_stays_xml():
    hostile = serie(
        {"2020": 1, "2021": valeur("2021", 2, note="<script>&\x0b")}, intitule='a"<b>\x01', unite=""
    )
    document = planche(hostile, source="<i>")
    assert "<script>" not in document
    assert words(document)[0] == 'a"<b>'


def test_without_two_numbers_there_is_none():
    assert planche(serie({"2020": 5})) == ""


@property_settings
@given(found=any_series(), titre=st.sampled_from(["Court", LONG]))
def test_nothing_overlaps_round_the_chart_or_leaves_the_paper(found, titre):
    document = planche(replace(found, intitule=titre), source=LONG)
    if not document:
        return
    root = read(document)
    texts, group = own_texts(root), root.find(f"{SVG}g")
    top = float(group.get("transform").removesuffix(")").split()[1])
    width, height = float(root.get("width")), float(root.get("height"))
    for rank, (one, box) in enumerate(texts):
        assert Boite(0, 0, width, height).holds(box), one
        assert not any(box.meets(other) for _, other in texts[rank + 1 :]), one
    assert any(box.y1 <= top for _, box in texts)
    assert any(box.y0 >= top for _, box in texts)
