"""The charts: what is drawn, what is said, and that nothing covers anything."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from axes.enums import Accent
from indicators.charts import ChartOverlap, barres, choisir, courbe, curve, est_tracable
from indicators.charts.geometry import Boite, Segment
from indicators.charts.placement import Repere, Scene, place
from indicators.charts.scale import FORMATS
from indicators.charts.svg import TEINTES
from indicators.comparables import Comparaison

from .drawing import Image
from .series import JEUNES, LALBENQUE, LIMOGNE, SPORT, serie, valeur

NBSP = "\u00a0"
TAILLES = sorted(FORMATS)
CAS = {
    "jeunes": serie(JEUNES, previsions={"2023": 1980}, cible=Decimal(1800)),
    "limogne": serie(LIMOGNE),
    "sport": serie(SPORT),
    "montants": serie({an: 1000 * n for an, n in SPORT.items()}, unite="€", cible=Decimal(260000)),
    "soldes": serie({"2019": -120, "2020": 40, "2022": -10, "2023": 300}, cible=Decimal(100)),
    "mois": serie({f"2022-{m:02}": 300 if m % 2 else 900 * m for m in range(1, 13)}),
    "scolaires": serie({"2020/2021": 12, "2021/2022": 15}, previsions={"2022/2023": 18}),
    "bornes": serie(
        {
            "2018": valeur("2018", 10, valeur_max=Decimal(15)),
            "2019": valeur("2019", 50, borne="plus_de"),
            "2020": valeur("2020", texte="en hausse"),
            "2021": 30,
        }
    ),
    "nuls": serie({"2020": 0, "2021": 0}),
}


def image(nom: str, taille: str) -> Image:
    return Image(courbe(CAS[nom], taille, strict=True))


@pytest.mark.parametrize("taille", TAILLES)
@pytest.mark.parametrize("nom", CAS)
def test_no_label_covers_anything(nom, taille):
    assert image(nom, taille).overlaps() == []


@pytest.mark.parametrize("taille", ["large", "moyen", "etroit"])
@pytest.mark.parametrize("nom", ["jeunes", "limogne", "sport", "soldes", "scolaires", "bornes"])
def test_every_value_has_its_label_where_there_is_room(nom, taille):
    shown = [p.affichage for p in CAS[nom].points if p.valeur is not None]
    assert sorted(image(nom, taille).mots("g-val")) == sorted(shown)


def test_a_small_chart_names_the_remarkable_values_only():
    assert set(image("sport", "petit").mots("g-val")) == {"58", "251"}


def test_a_small_chart_says_which_value_is_a_forecast_where_there_is_room():
    roomy = serie({"2020": 5, "2021": 9}, previsions={"2022": 12})
    assert f"12{NBSP}prév." in Image(courbe(roomy, "petit")).mots("g-val")
    assert f"1{NBSP}980" in image("jeunes", "petit").mots("g-val")


@pytest.mark.parametrize("taille", TAILLES)
def test_no_text_under_twelve_pixels(taille):
    sizes = [
        float(e.get("font-size")) for e in image("jeunes", taille).root.iter() if e.get("font-size")
    ]
    assert min(sizes) >= 12


def test_a_hole_is_drawn_and_nothing_crosses_it():
    drawn = image("limogne", "large")
    assert drawn.mots("g-trou-t") == ["non renseigné"]
    assert "g-serie" not in drawn.classes()
    (classe, x, _, width, _), *others = drawn.rectangles
    assert (classe, others) == ("g-trou", [])
    assert [label for label in drawn.textes if label.mots in {"2020", "2021", "2022"}]
    years = {t.mots: (t.boite.x0 + t.boite.x1) / 2 for t in drawn.textes if t.classe == "g-an"}
    assert years["2019"] < x < years["2020"]
    assert years["2022"] < x + width < years["2023"]


def test_a_forecast_is_dotted_and_hollow_and_its_line_leaves_the_last_measure():
    drawn = image("jeunes", "large")
    dotted = [segment for classe, segment in drawn.lignes if classe == "g-serie g-prev"]
    hollow = [box for classe, box in drawn.cercles if classe == "g-point-prev"]
    assert (len(dotted), len(hollow)) == (1, 1)
    assert hollow[0].x0 < dotted[0].x1 < hollow[0].x1


def test_a_forecast_beside_a_measure_of_the_same_year_has_no_line():
    both = serie({"2021": 10, "2022": 12}, previsions={"2022": 20})
    drawn = Image(courbe(both, "large"))
    assert "g-prev" not in drawn.classes()
    assert len([c for c, _ in drawn.cercles if c == "g-point-prev"]) == 1


def test_years_before_the_convention_are_grey_behind_a_rule():
    drawn = image("sport", "large")
    assert [classe for classe, _ in drawn.cercles].count("g-hors") == 2
    assert [classe for classe, _ in drawn.lignes].count("g-serie g-serie-hors") == 2
    assert "convention" in drawn.mots("g-an")


def test_a_series_entirely_before_the_convention_has_no_rule():
    drawn = Image(courbe(serie({"2015": 1, "2016": 2}), "large"))
    assert "convention" not in drawn.mots("g-an")


def test_notes_are_numbered_under_their_year():
    drawn = image("jeunes", "etroit")
    (note,) = [t for t in drawn.textes if t.classe == "g-note-t"]
    (year,) = [t for t in drawn.textes if t.mots == "2021"]
    assert note.mots == "1"
    assert abs((note.boite.x0 + note.boite.x1) - (year.boite.x0 + year.boite.x1)) < 1
    assert note.boite.y0 > year.boite.y1


@pytest.mark.parametrize("nom", CAS)
def test_zero_is_always_on_the_scale(nom):
    if nom != "nuls":
        assert "0" in image(nom, "large").mots("g-an")


def test_the_target_is_dashed_and_named():
    drawn = image("jeunes", "large")
    assert [c for c, _ in drawn.lignes].count("g-cible") == 1
    assert drawn.mots("g-cible-t") == [f"Cible 1{NBSP}800"]


def test_the_initial_value_is_dotted_and_named():
    rising = {"2020": 1400, "2021": 1600, "2022": 1700}
    found = serie(rising, valeur_initiale=Decimal(900), cible=Decimal(1900))
    for taille in ("large", "moyen", "etroit"):
        drawn = Image(courbe(found, taille, strict=True))
        assert [c for c, _ in drawn.lignes].count("g-initiale") == 1
        assert drawn.mots("g-initiale-t") == ["Valeur initiale 900"]
    assert "Valeur initiale" in drawn.description
    assert "g-initiale" not in Image(courbe(found, "petit")).classes()


def test_an_initial_value_whose_name_finds_no_room_is_not_drawn(walled_in):
    found = serie(JEUNES, valeur_initiale=Decimal(1500))
    assert "g-initiale" not in Image(courbe(found, "large", strict=False)).classes()


def test_the_initial_value_gives_way_to_the_last_value():
    """Far above its point, under another label, the last value could pass for the forecast."""
    found = serie(
        {"2021": 1864, "2022": 2310, "2023": 2742, "2024": 3415, "2025": 3908, "2026": 3012},
        previsions={"2026": 4100},
        cible=Decimal(4500),
        valeur_initiale=Decimal(2742),
    )
    drawn = Image(courbe(found, "etroit", strict=True))
    assert {"3\u00a0012", "4\u00a0100"} <= set(drawn.mots("g-val"))
    assert "g-lien" not in drawn.classes()


def test_title_and_description_say_every_value():
    drawn = image("jeunes", "moyen")
    assert drawn.titre == "Fréquentation, heures de 2019 à 2023"
    assert drawn.description == (
        f"1{NBSP}625 en 2019, 1{NBSP}790 en 2020, 770 en 2021 (nombreuses périodes de fermeture)"
        f" et 1{NBSP}715 en 2022. Prévision{NBSP}: 1{NBSP}980 en 2023. Cible{NBSP}: 1{NBSP}800."
    )
    assert "non renseigné de 2020 à 2022" in image("limogne", "petit").description
    assert drawn.root.get("role") == "img"
    assert drawn.titre in drawn.root.get("aria-label")


def test_a_chart_holds_no_id_and_escapes_what_people_wrote():
    hostile = serie({"2020": 1, "2021": valeur("2021", 2, note="<script>&")}, intitule='a"<b>')
    svg = courbe(hostile, "large")
    assert ' id="' not in svg
    assert "<script>" not in svg
    assert Image(svg).titre.startswith('a"<b>')


def test_the_light_colours_are_those_of_the_style_sheet():
    tokens = Path(settings.BASE_DIR, "static/css/tokens.css").read_text(encoding="utf-8")
    for teintes in TEINTES.values():
        assert teintes.accent in tokens
        assert teintes.doux in tokens
    assert set(TEINTES) == set(Accent.values)


def test_the_accent_is_given_by_name_or_by_code_and_never_free():
    by_name = courbe(CAS["sport"], "petit", accent="prune")
    assert "#7a2f63" in by_name
    assert courbe(CAS["sport"], "petit", accent="#7a2f63") == by_name
    with pytest.raises(ValueError, match="accent inconnu"):
        courbe(CAS["sport"], "petit", accent="#ff0000")


def test_bars_compare_two_values_of_several_series():
    pair = [
        serie(LIMOGNE, intitule="Limogne-en-Quercy"),
        serie(LALBENQUE, intitule="Lalbenque"),
    ]
    drawn = Image(barres(pair, "moyen", titre="Heures/enfants, 2019 et 2023"))
    widths = [width for _, _, _, width, _ in drawn.rectangles]
    assert widths[3] == max(widths)
    assert widths[0] / widths[3] == pytest.approx(7438 / 36424, abs=0.01)
    assert f"+{NBSP}183,0{NBSP}%" in drawn.mots("g-an")
    assert drawn.mots("g-an-fort") == ["Limogne-en-Quercy", "Lalbenque"]
    assert drawn.overlaps() == []


def test_bars_refuse_what_they_cannot_show():
    for wrong in (SPORT, {"2019": -1, "2020": 2}):
        with pytest.raises(ValueError, match="deux valeurs"):
            barres(serie(wrong), "large")
    with pytest.raises(ValueError, match="une seule unité"):
        barres([serie(LIMOGNE), serie(LALBENQUE, unite="places")], "large")


@pytest.mark.parametrize(
    ("found", "taille", "bars"),
    [
        (serie(LIMOGNE), "large", True),
        (serie(LIMOGNE), "petit", False),
        (serie({"2021": 4, "2022": 5}), "petit", True),
        (serie(SPORT), "large", False),
        (serie({"2021": 4, "2022": 5}, previsions={"2023": 6}), "large", False),
        (serie({"2021": 4, "2022": 5}, cible=Decimal(6)), "large", False),
        (serie({"2021": 4, "2022": 5}, valeur_initiale=Decimal(3)), "large", False),
        (serie({"2021": -4, "2022": 5}), "large", False),
    ],
)
def test_two_values_alone_are_bars(found, taille, bars):
    assert ("g-barre" in Image(choisir(found, taille)).classes()) is bars


@pytest.mark.parametrize(
    "lonely",
    [{}, {"2020": 5}, {"2020": valeur("2020", texte="en hausse"), "2021": 3}, {"convention": 4}],
)
def test_one_number_needs_no_chart(lonely):
    assert choisir(serie(lonely), "large") == ""
    assert not est_tracable(serie(lonely))


def test_a_curve_without_a_number_is_empty():
    assert courbe(serie({"2020": valeur("2020", texte="en hausse")}), "large") == ""


def test_a_label_leaves_air_to_the_lines_as_long_as_it_finds_it():
    named = Repere("251", x=100, y=100, rayon=3, corps=14, tete=97, creux=False)
    just_over = Segment(0, 76.5, 200, 76.5)
    scene = Scene(Boite(0, 0, 200, 200), sommet=14, segments=[just_over])
    assert place(scene, named).y > named.y
    only_above = [Boite(0, 94, 200, 200)]
    scene = Scene(Boite(0, 0, 200, 200), sommet=14, boites=only_above, segments=[just_over])
    assert just_over.y0 < place(scene, named, loin=False).boite.y0 < named.y


def test_a_last_value_never_stands_on_a_target_at_the_level_of_the_initial_value():
    found = serie(
        {"2010": valeur("2010", 0, valeur_max=Decimal(7))},
        previsions={"2010": 11},
        cible=Decimal(1),
        valeur_initiale=Decimal(1),
    )
    assert Image(courbe(found, "large", strict=True)).overlaps() == []


def test_what_is_counted_is_graduated_in_whole_numbers():
    structures = Image(courbe(serie({"2019": 0, "2021": 1}), "large", strict=True))
    assert [mots for mots in structures.mots("g-an") if len(mots) < 4] == ["0", "1"]


@pytest.fixture
def walled_in(monkeypatch):
    """A scene in which no place is free, and no picture drawn before."""
    curve._drawn.cache_clear()
    monkeypatch.setattr(Scene, "is_free", lambda scene, boite, air=0: False)
    yield
    curve._drawn.cache_clear()


def test_a_last_value_without_room_fails_in_strict_mode(walled_in, settings):
    with pytest.raises(ChartOverlap, match="251"):
        courbe(CAS["sport"], "large", strict=True)
    settings.CHARTS_STRICT = True
    with pytest.raises(ChartOverlap):
        courbe(CAS["sport"], "large")


def test_a_last_value_without_room_takes_the_lesser_evil_elsewhere(walled_in):
    assert Image(courbe(CAS["sport"], "large", strict=False)).mots("g-val") == ["251"]


def test_a_label_goes_where_nothing_stands():
    scene = Scene(cadre=Boite(0, 0, 200, 100), sommet=15)
    point = Repere("12", x=100, y=60, rayon=5, corps=12, tete=60, creux=False)
    scene.segments.append(Segment(0, 45, 200, 45))
    below = place(scene, point)
    assert below.y > 60
    assert place(scene, point).boite.meets(below.boite) is False


YEARS = st.integers(2010, 2030)
NUMBERS = st.one_of(
    st.integers(0, 120),
    st.integers(-500, 60_000),
    st.decimals(0, 10_000_000, places=2, allow_nan=False),
)


LEVELS = NUMBERS.map(lambda number: Decimal(str(number)))
property_settings = hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@st.composite
def any_series(draw):
    measured = draw(st.dictionaries(YEARS.map(str), NUMBERS, min_size=1, max_size=16))
    valeurs = {
        annee: valeur(
            annee,
            nombre,
            note=draw(st.sampled_from(["", "", "", "une note"])),
            borne=draw(st.sampled_from(["", "", "", "plus_de", "environ"])),
            partielle=draw(st.integers(0, 5)) == 0,
            valeur_max=Decimal(str(nombre)) + 7 if draw(st.integers(0, 9)) == 0 else None,
        )
        for annee, nombre in measured.items()
    }
    return serie(
        valeurs,
        previsions=draw(st.dictionaries(YEARS.map(str), NUMBERS, max_size=3)),
        cible=draw(st.none() | LEVELS),
        valeur_initiale=draw(st.none() | LEVELS),
        decimales=draw(st.integers(0, 2)),
        unite=draw(st.sampled_from(["heures", "€", "%"])),
    )


@pytest.mark.parametrize("taille", TAILLES)
@property_settings
@given(found=any_series())
def test_no_label_ever_covers_anything(taille, found):
    drawn = Image(courbe(found, taille, strict=True))
    assert drawn.overlaps() == []
    assert drawn.mots("g-val")


@property_settings
@given(pair=st.tuples(any_series(), any_series()))
def test_no_label_ever_covers_anything_on_a_shared_scale(pair):
    cadre = Comparaison("ALSH", pair).cadre
    for found in pair:
        drawn = Image(courbe(found, "petit", strict=True, cadre=cadre))
        assert drawn.overlaps() == []
        assert len([y for y in drawn.mots("g-an") if y.isdigit()]) <= len(cadre.annees)
