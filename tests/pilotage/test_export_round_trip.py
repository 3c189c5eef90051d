"""Export → import → export gives identical tables, in the three containers."""

import itertools
import string
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from axes.models import Convention
from ctg_portal.lib.exchange.sources import read_source
from ctg_portal.lib.exchange.writers import write_folder, write_ods, write_xlsx
from pilotage.exchange.exports import export_convention, export_tables
from pilotage.exchange.imports import import_convention
from pilotage.exchange.registry import all_tables
from tests.exchange import ACTIONS, write_tables

DEMO = Path(__file__).resolve().parents[2] / "demo"
FORMATS = ["csv", "xlsx", "ods"]
NASTY = [
    "=1+1",
    "+33",
    "-3 places",
    "- un\n- deux",
    "@SOMME(A1)",
    "|calc",
    "%A0",
    "'=déjà protégé",
    "''-deux fois",
    "'entre guillemets'",
    "a;b,c",
    'dit "oui"',
    "un\n\ndeux",
    "deux  espaces",
    "insécable\u00a0: « ici »",
    "12",
    "007",
    "1,50",
    "2020-01-01",
    "vrai",
    "œuvre d’été 🎪",
    "_x0041_",
    "<b>&amp;</b>",
    "http://exemple.fr",
]


def written(tmp_path: Path, fmt: str) -> Path:
    return tmp_path if fmt == "csv" else tmp_path / f"sortie.{fmt}"


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_comes_back_as_it_left(tmp_path, fmt, text):
    tables = {"axes": [["reference", "intitule"], ["A1", text]]}
    path = written(tmp_path, fmt)
    if fmt == "csv":
        write_folder(path, tables)
    else:
        (write_xlsx if fmt == "xlsx" else write_ods)(path, tables, all_tables())
    assert read_source(path).tables == tables


@pytest.mark.parametrize("text", ["=1+1", "@A1", "+33", "- un", "%0", "|x"])
def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path, text):
    write_folder(tmp_path, {"axes": [["reference"], [text], ["-12,5"]]})
    lines = (tmp_path / "axes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["reference", f"'{text}", "-12,5"]


def exported(convention: Convention, tmp_path: Path, fmt: str) -> Path:
    path = written(tmp_path, fmt)
    export_convention(convention, fmt=fmt, output=path)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("slug", ["lalbenque-limogne-2019-2022", "quercy-blanc-2020-2024"])
def test_the_published_conventions_come_back_identical(tmp_path, fmt, slug):
    convention = import_convention(DEMO / slug, slug="un").convention
    path = exported(convention, tmp_path, fmt)
    again = import_convention(path, slug="deux").convention
    assert export_tables(again) == export_tables(convention)
    rapport = import_convention(path, slug="un", update=True)
    assert [rapport.total(kind) for kind in ("creees", "modifiees", "retirees", "laissees")] == [
        0,
        0,
        0,
        0,
    ]


@pytest.mark.django_db
def test_the_living_convention_comes_back_identical_with_its_pictures(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    convention = import_convention(DEMO / "vallees-fictives-2024-2028", slug="un").convention
    path = exported(convention, tmp_path / "sortie", "csv")
    again = import_convention(path, slug="deux").convention
    assert export_tables(again) == export_tables(convention)
    assert len(list(path.glob("fichiers/*.jpg"))) == 11


# --- Generated conventions --------------------------------------------------------------------

words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n\t"),
    max_size=25,
)
filled = words.filter(lambda text: text.strip(string.whitespace + "\u00a0") != "").map(
    lambda text: f"é{text}"
)
keys = st.text(st.characters(codec="utf-8", categories=("L", "N", "Pd")), min_size=1, max_size=8)
dates = st.sampled_from(
    ["", "2020", "juin 2021", "09/10/2022", "2020 (été 2020)", "2020-01/2020-03"]
)
numbers = st.sampled_from(["", "36 424", "19,7 %", "-3", "0,125", "12"])
codes = st.sampled_from(["", "A1", "D1", "C ?", "1.2.3"])


@st.composite
def conventions(draw) -> dict[str, list[list[str]]]:
    """Two or three levels, every table optional but two, rows in any order."""
    axes = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    objectifs = draw(st.lists(keys, max_size=3, unique=True))
    owners = {key: draw(st.sampled_from(axes)) for key in objectifs}
    actions = draw(st.lists(keys, max_size=4, unique=True))
    indicateurs = draw(st.lists(keys, max_size=2, unique=True))

    def action_row(key: str) -> list[str]:
        objectif = draw(st.sampled_from(["", *objectifs]))
        axe = owners[objectif] if objectif else draw(st.sampled_from(axes))
        linked = draw(st.lists(st.sampled_from(actions), max_size=2))
        return [
            key,
            axe,
            objectif,
            draw(codes),
            draw(filled),
            draw(words),
            draw(st.sampled_from(["", "réalisé", "Non réalisée", "partiellement"])),
            draw(st.sampled_from(["", "oui", "non"])),
            " ; ".join(linked),
            " ; ".join(
                draw(st.lists(st.sampled_from(["enfance", "Logement", "cirque"]), max_size=2))
            ),
            draw(st.sampled_from(["", "Mme Sabel", "Mme Sabel ; Mr Delfau"])),
            draw(dates),
        ]

    def of_an_action(*cells) -> list[list[str]]:
        if not actions:
            return []
        count = draw(st.integers(0, 3))
        return [
            [draw(st.sampled_from(actions)), *(draw(cell) for cell in cells)] for _ in range(count)
        ]

    periods = draw(
        st.lists(st.sampled_from(["2017", "2021/2022", "2022-06", "convention"]), unique=True)
    )
    tables = {
        "Convention": [
            ["nom", "territoire", "debut", "couleur"],
            ["CTG", draw(filled), "2020", ""],
        ],
        "AXES": [
            ["intitulé", "Référence", "numero", "fiches annoncées"],
            *([draw(filled), key, draw(words)[:3], ""] for key in axes),
        ],
        "objectifs": [
            ["reference", "axe", "intitule"],
            *([key, owners[key], draw(filled)] for key in objectifs),
        ],
        "actions": [
            [
                *("reference", "axe", "objectif", "code", "intitule", "contexte", "realisation"),
                *("dans_synthese", "actions_liees", "thematiques", "pilotes", "debut"),
            ],
            *(action_row(key) for key in actions),
        ],
        "Résultats attendus": [
            ["action", "texte", "atteint"],
            *of_an_action(filled, st.sampled_from(["", "oui", "en partie", "non"])),
        ],
        "realisations": [
            ["action", "texte", "date", "nombre"],
            *of_an_action(filled, dates, numbers),
        ],
        "indicateurs": [["reference", "intitule"], *([key, draw(filled)] for key in indicateurs)],
        "valeurs": [
            ["indicateur", "periode", "valeur", "previsionnel", "note"],
            *(
                [key, period, draw(numbers), draw(st.sampled_from(["", "x"])), draw(words)]
                for key, period in itertools.product(indicateurs, periods)
            ),
        ],
        "points": [
            ["exercice", "nature", "texte", "axe"],
            *(
                ["2022", nature, draw(filled), draw(st.sampled_from(["", *axes]))]
                for nature in draw(
                    st.lists(st.sampled_from(["fort", "Faibles", "phare"]), max_size=3)
                )
            ),
        ],
    }
    optional = sorted(set(tables) - {"Convention", "AXES"})
    absent = draw(st.sets(st.sampled_from(["points", "realisations", "Résultats attendus"])))
    order = draw(st.permutations(["Convention", "AXES", *optional]))
    return {name: tables[name] for name in order if name not in absent}


class Rollback(Exception):
    """Leaves nothing of one generated example to the next."""


def as_folder(folder: Path, tables: dict[str, list[list[str]]]) -> Path:
    write_folder(folder, tables)
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize("fmt", FORMATS)
def test_generated_conventions_come_back_identical(tmp_path, fmt):
    counter = itertools.count()

    @settings(
        max_examples=25 if fmt == "csv" else 8,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(conventions())
    def check(tables):
        place = tmp_path / str(next(counter))
        try:
            with transaction.atomic():
                first = import_convention(as_folder(place / "main", tables), slug="un").convention
                before = export_tables(first)
                path = exported(first, place, fmt)
                again = import_convention(path, slug="deux").convention
                assert export_tables(again) == before
                rapport = import_convention(path, slug="un", update=True)
                assert not any(
                    rapport.total(kind) for kind in ("creees", "modifiees", "retirees", "laissees")
                ), rapport.decomptes
                raise Rollback
        except Rollback:
            pass

    check()


# --- The command ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("fmt", FORMATS)
def test_the_command_writes_every_table(tmp_path, fmt, capsys):
    import_convention(write_tables(tmp_path / "tables", actions=ACTIONS), slug="essai")
    path = tmp_path / ("sortie" if fmt == "csv" else f"sortie.{fmt}")
    call_command("export_convention", "essai", "--format", fmt, "--output", str(path))
    assert list(read_source(path).tables) == (
        sorted(all_tables()) if fmt == "csv" else list(all_tables())
    )
    assert "exportée dans" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_on_an_unknown_convention(tmp_path):
    with pytest.raises(CommandError, match="Aucune convention n’a l’adresse « rien »"):
        call_command("export_convention", "rien", "--format", "csv", "--output", str(tmp_path))


@pytest.mark.django_db
def test_the_command_when_the_output_cannot_be_written(tmp_path):
    import_convention(write_tables(tmp_path / "tables"), slug="essai")
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        call_command(
            "export_convention", "essai", "--format", "csv", "--output", str(tmp_path / "fichier")
        )


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_rows(tmp_path, django_assert_num_queries):
    rows = "".join(f"F{n};A1;;Fiche {n}\n" for n in range(30))
    small = import_convention(write_tables(tmp_path / "a", actions=ACTIONS), slug="a").convention
    large = import_convention(
        write_tables(tmp_path / "b", actions="reference;axe;code;intitule\n" + rows), slug="b"
    ).convention
    for convention in (small, large):
        with django_assert_num_queries(35):
            export_tables(convention)
