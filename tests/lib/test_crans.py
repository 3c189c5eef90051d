"""Lines of notches: as many as fiches, sorted, of one width, named in words."""

import re
from xml.etree import ElementTree

import pytest

from ctg_portal.lib import crans


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def notches(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The notches themselves, without the lower halves that fill some of them."""
    return [rect for rect in root.iter("rect") if rect.get("class") != "c-part"]


def width(rect: ElementTree.Element) -> float:
    return float(rect.get("width").rstrip("%"))


@pytest.mark.parametrize("forme", ["carre", "rond"])
def test_one_notch_per_fiche_in_the_order_given(forme):
    tons = ["oui", "part", "part", "non", "nr"]
    root = parse(crans.crans_svg(tons, forme, "Cinq fiches", 15))
    assert [rect.get("class") for rect in notches(root)] == [
        "c-oui",
        "c-part-b",
        "c-part-b",
        "c-non",
        "c-nr",
    ]
    assert sum(rect.get("class") == "c-part" for rect in root.iter("rect")) == 2


def test_sorting_goes_from_full_to_dotted():
    assert crans.trier(["nr", "non", "oui", "part", "oui"]) == ["oui", "oui", "part", "non", "nr"]


def test_a_notch_has_the_same_width_in_every_axe():
    short = notches(parse(crans.crans_svg(["oui"] * 3, "carre", "a", 20)))
    long = notches(parse(crans.crans_svg(["non"] * 20, "carre", "b", 20)))
    assert [width(rect) for rect in (*short, *long)] == pytest.approx([5 * crans.PLEIN] * 23)


def test_notches_never_overlap_nor_leave_the_drawing():
    rects = notches(parse(crans.crans_svg(["oui"] * 42, "rond", "a", 42)))
    starts = [float(rect.get("x").rstrip("%")) for rect in rects]
    ends = [start + width(rect) for start, rect in zip(starts, rects, strict=True)]
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
    assert ends[-1] <= 100


def test_a_short_convention_does_not_get_giant_notches():
    (only,) = notches(parse(crans.crans_svg(["oui"], "carre", "a", 1)))
    assert width(only) < 100 / crans.TOTAL_MIN


def test_more_tones_than_announced_still_fit():
    rects = notches(parse(crans.crans_svg(["oui"] * 30, "carre", "a", 15)))
    assert float(rects[-1].get("x").rstrip("%")) + width(rects[-1]) <= 100


def test_the_drawing_is_named_and_escaped():
    root = parse(crans.crans_svg([], "carre", "0 < 1 & « rien »", 0))
    assert root.get("role") == "img"
    assert root.find("title").text == "0 < 1 & « rien »"
    assert notches(root) == []


def test_with_a_width_the_drawing_stands_on_its_own_grid():
    svg = crans.crans_svg(["oui", "part"], "rond", "a", 20, largeur=270)
    assert parse(svg).get("viewBox") == "0 0 270 12"
    assert "%" not in svg
    assert notches(parse(svg))[1].get("x") == "13.500"


def test_each_notch_carries_its_colours_for_the_pdf_engine():
    root = parse(crans.crans_svg(["oui", "part", "non", "nr"], "carre", "a", 4))
    assert all(rect.get("fill") for rect in root.iter("rect"))
    assert (
        len({(r.get("fill"), r.get("stroke"), r.get("stroke-dasharray")) for r in notches(root)})
        == 4
    )


def test_the_empty_state_is_dotted_and_silent():
    root = parse(crans.CRANS_VIDES)
    assert root.get("aria-hidden") == "true"
    assert len(re.findall('class="c-nr"', crans.CRANS_VIDES)) == 6
