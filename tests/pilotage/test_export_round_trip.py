"""Export → import → export gives identical tables, in the three containers."""

import itertools
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from axes.models import Convention
from ctg_portal.lib.exchange.sources import read_source
from ctg_portal.lib.exchange.writers import write_folder, write_ods, write_xlsx
from pilotage.exchange.exports import export_convention, export_tables
from pilotage.exchange.imports import import_convention
from pilotage.exchange.registry import all_tables
from tests.exchange import ACTIONS, write_tables
from tests.pilotage.generated import conventions

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


LALBENQUE, QUERCY = "lalbenque-limogne-2019-2022", "quercy-blanc-2020-2024"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "fmt"),
    [
        (LALBENQUE, "csv"),
        (QUERCY, "xlsx"),
        (QUERCY, "ods"),
        pytest.param(LALBENQUE, "xlsx", marks=pytest.mark.audit),
        pytest.param(LALBENQUE, "ods", marks=pytest.mark.audit),
        pytest.param(QUERCY, "csv", marks=pytest.mark.audit),
    ],
)
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


@pytest.mark.audit
@pytest.mark.django_db
def test_the_living_convention_comes_back_identical_with_its_pictures(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    convention = import_convention(DEMO / "vallees-fictives-2024-2028", slug="un").convention
    path = exported(convention, tmp_path / "sortie", "csv")
    again = import_convention(path, slug="deux").convention
    assert export_tables(again) == export_tables(convention)
    assert len(list(path.glob("fichiers/*.jpg"))) == 11


# --- Generated conventions --------------------------------------------------------------------


class Rollback(Exception):
    """Leaves nothing of one generated example to the next."""


def as_folder(folder: Path, tables: dict[str, list[list[str]]]) -> Path:
    write_folder(folder, tables)
    return folder


FEW, MANY = 2, 25


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.audit)])
@pytest.mark.parametrize("fmt", FORMATS)
def test_generated_conventions_come_back_identical(tmp_path, fmt, examples):
    counter = itertools.count()

    @settings(
        # The three forms hold the same tables: CSV, the cheapest to write, is tried most.
        max_examples=2 * examples if fmt == "csv" else examples,
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
