"""Icons: well-formed, told apart without colour, muted unless named, right for the PDF engine."""

import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import engines

from ctg_portal.lib import icones

ALL = [*icones.STATUTS, *icones.INTERFACE]
SHAPES = {
    "suivi": ["a-venir", "en-cours", "en-pause", "terminee", "abandonnee", "suivi-nr"],
    "carre": ["carre-oui", "carre-part", "carre-non", "carre-nr"],
    "rond": ["rond-oui", "rond-part", "rond-non", "rond-nr"],
}


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own constants


def render(source: str, **context) -> str:
    return engines["django"].from_string(source).render(context)


def without_colours(svg: str) -> str:
    return re.sub(r"#[0-9a-f]{6}|s-\w+", "", svg)


@pytest.mark.parametrize("nom", ALL)
def test_a_plain_icon_is_well_formed_and_silent(nom):
    root = parse(icones.svg(nom))
    assert root.tag == "svg"
    assert root.get("aria-hidden") == "true"
    assert root.get("focusable") == "false"
    assert root.get("width") == root.get("height") == "20"
    assert len(root), "an icon that draws nothing"


@pytest.mark.parametrize("nom", ["carre-oui", "alerte"])
def test_a_named_icon_is_an_image_with_an_escaped_title(nom):
    root = parse(icones.svg(nom, titre="<b>Réalisée</b> & finie", taille=32))
    assert root.get("role") == "img"
    assert root.get("aria-hidden") is None
    assert root[0].tag == "title"
    assert root[0].text == "<b>Réalisée</b> & finie"
    assert root.get("width") == "32"


@pytest.mark.parametrize("nom", icones.STATUTS)
def test_a_status_icon_says_its_colours_to_both_engines(nom):
    root = parse(icones.svg(nom))
    for shape in root:
        assert shape.get("class"), "the sheet of the site has nothing to hold on to"
        assert shape.get("fill"), "the PDF engine would fill it in black"
    ton = icones.STATUTS[nom][0]
    assert f"s-{ton}" in root.get("class").split()
    assert icones.COULEURS[ton] in icones.svg(nom)


@pytest.mark.parametrize("family", SHAPES.values(), ids=SHAPES)
def test_the_icons_of_a_status_differ_without_their_colour(family):
    drawings = {without_colours(icones.svg(nom)) for nom in family}
    assert len(drawings) == len(family)


def test_the_families_are_all_the_status_icons():
    assert sorted(nom for family in SHAPES.values() for nom in family) == sorted(icones.STATUTS)


def test_square_means_realisation_and_round_means_objectifs():
    assert all(
        "<rect" in icones.svg(nom) and "<circle" not in icones.svg(nom) for nom in SHAPES["carre"]
    )
    assert all(
        "<circle" in icones.svg(nom) and "<rect" not in icones.svg(nom) for nom in SHAPES["rond"]
    )
    assert not any(re.search("<rect|<circle", icones.svg(nom)) for nom in SHAPES["suivi"])


def test_an_unknown_icon_is_refused():
    with pytest.raises(KeyError, match="licorne"):
        icones.svg("licorne")


def test_the_tag_needs_no_load_and_names_on_demand():
    assert render('{% icone "crayon" %}') == icones.svg("crayon")
    assert "<title>Modifier</title>" in render('{% icone "crayon" "Modifier" %}')


def test_a_status_is_icon_words_and_tone_escaped():
    valeur = SimpleNamespace(label="À <revoir>", icone="carre-part", ton="part")
    html = render("{% statut valeur %}", valeur=valeur)
    assert html.startswith('<span class="statut s-part"><svg')
    assert html.endswith("<span>À &lt;revoir&gt;</span></span>")
    assert "<rect" in html
