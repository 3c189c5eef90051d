"""The canonical text of a bilan: back and forth without a loss, one hash, names apart."""

import dataclasses
import datetime
import hashlib
import itertools
import json
import re
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from ctg_portal.lib.exchange.writers import write_folder
from pilotage.exchange.imports import import_convention
from reports.canonical import EFFACEE, TexteIllisible, read, write
from reports.render.html import render_html
from reports.sigles import texts_of
from reports.tree import build_bilan, compose, nodes
from tests.pilotage.generated import conventions

from .builders import TODAY, full_convention
from .temoin import COMPOSE, ENTIER, FOLDER, read_golden
from .trees import composed_tree, drawn, sample_tree

ROOT = Path(__file__).parents[2]
DEMO = sorted(path.name for path in (ROOT / "demo").iterdir() if path.is_dir())
#: What hypothesis may not call slow or large: a tree is both.
PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large]


def again(tree):
    written = write(tree)
    return read(written.texte, written.personnes)


# --- There and back ---------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.audit
@pytest.mark.parametrize("exercice", [2022, None])
@pytest.mark.parametrize("slug", DEMO)
def test_the_demonstration_comes_back_equal(slug, exercice, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    convention = import_convention(ROOT / "demo" / slug).convention
    tree = build_bilan(convention, exercice, today=TODAY)
    assert len(tree.fiches) > 10
    assert again(tree) == tree


@pytest.mark.audit
@pytest.mark.django_db
def test_generated_conventions_come_back_equal(tmp_path):
    counter = itertools.count()

    @settings(max_examples=8, deadline=None, database=None, suppress_health_check=PATIENT)
    @given(conventions())
    def check(tables):
        folder = tmp_path / str(next(counter))
        write_folder(folder, tables)
        with transaction.atomic():
            tree = build_bilan(import_convention(folder, slug="un").convention, today=TODAY)
            transaction.set_rollback(True)
        assert again(tree) == tree

    check()


@pytest.mark.audit
@settings(max_examples=50, deadline=None, suppress_health_check=PATIENT)
@given(drawn(nodes.Fiche), drawn(nodes.Reunion), drawn(nodes.Convention), drawn(nodes.Arrete))
def test_drawn_nodes_come_back_equal(fiche, reunion, convention, arrete):
    tree = sample_tree()
    objectif = dataclasses.replace(tree.axes[0].objectifs[0], fiches=(fiche, fiche))
    axe = dataclasses.replace(tree.axes[0], objectifs=(objectif,))
    gouvernance = dataclasses.replace(tree.gouvernance, reunions=(reunion,))
    tree = dataclasses.replace(
        tree, axes=(axe,), gouvernance=gouvernance, convention=convention, arrete=arrete
    )
    assert again(tree) == tree


@settings(max_examples=12, deadline=None, suppress_health_check=PATIENT)
@given(drawn(nodes.Fiche))
def test_the_same_tree_gives_the_same_text(fiche):
    axe = sample_tree().axes[0]
    tree = dataclasses.replace(
        sample_tree(),
        axes=(dataclasses.replace(axe, objectifs=(nodes.Objectif("", "", (fiche,)),)),),
    )
    assert write(again(tree)) == write(tree)


# --- The text itself --------------------------------------------------------------------------


def test_keys_are_sorted_decimals_are_texts_dates_are_iso():
    written = write(sample_tree())
    data = json.loads(written.texte)
    assert data["schema"] == nodes.SCHEMA
    assert data["edite_le"] == "2023-10-09"
    assert data["indicateurs"][0]["cible"] == "1234.50"
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert written.texte == canonical
    assert written.empreinte == hashlib.sha256(written.texte.encode()).hexdigest()


def test_a_change_of_one_sign_changes_the_hash():
    tree = sample_tree()
    other = dataclasses.replace(tree, copil=tree.copil + ".")
    assert write(tree).empreinte != write(other).empreinte


def test_pictures_are_named_by_what_replaces_them_and_a_missing_one_is_empty():
    tree = sample_tree()
    logo, image = tree.convention.logo, tree.cadrage.documents[0].image
    text = write(tree, {logo: "bilans/images/abc.png"}).texte
    data = json.loads(text)
    assert data["convention"]["logo"] == "bilans/images/abc.png"
    assert data["cadrage"]["documents"][0]["image"] == ""
    assert image


# --- People -----------------------------------------------------------------------------------


def with_people():
    tree = sample_tree()
    (reunion,) = tree.gouvernance.reunions
    participant = nodes.Participant("Élise Exemple", "maire", "", "présente", "")
    reunion = dataclasses.replace(
        reunion,
        participants=(participant,),
        compte_rendu=nodes.Texte("Élise Exemple ouvre la séance. Élise Exemples n’est pas elle."),
    )
    gouvernance = dataclasses.replace(tree.gouvernance, reunions=(reunion,))
    (axe,) = tree.axes
    axe = dataclasses.replace(axe, pilotes=("Élise Exemple, adjointe", "Caf"))
    return dataclasses.replace(
        tree,
        axes=(axe,),
        gouvernance=gouvernance,
        conclusion=nodes.Texte("La Caf remercie."),
    )


def test_no_name_stands_in_the_text_wherever_it_was_written():
    written = write(with_people())
    assert "Élise Exemple " not in written.texte
    assert "Élise Exemples n’est pas elle" in written.texte
    assert "Élise Exemple" in written.personnes.values()


def test_a_word_that_is_also_a_pilot_stays_a_word_elsewhere():
    written = write(with_people())
    assert "Caf" in written.personnes.values()
    assert "La Caf remercie." in written.texte


def test_an_erased_person_is_said_to_be_so_everywhere_and_the_hash_stays():
    written = write(with_people())
    names = {
        token: None if name == "Élise Exemple" else name
        for token, name in written.personnes.items()
    }
    tree = read(written.texte, names)
    assert tree.axes[0].pilotes == (f"{EFFACEE}, adjointe", "Caf")
    (reunion,) = tree.gouvernance.reunions
    assert reunion.participants[0].nom == EFFACEE
    assert reunion.compte_rendu.brut.startswith(f"{EFFACEE} ouvre la séance.")
    assert not [text for text in texts_of(tree) if re.search(r"Élise Exemple\b", text)]


# --- What cannot be read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"schema": 1}',
        '{"schema": "1"}',
        "null",
        '{"schema":1,"edite_le":"hier"}',
        '{"schema":1,"inconnu":2}',
    ],
)
def test_a_broken_text_is_refused(text):
    with pytest.raises(TexteIllisible, match="ne peut pas être relu"):
        read(text, {})


def test_a_later_schema_is_refused_with_what_to_do():
    text = json.dumps({"schema": nodes.SCHEMA + 1})
    with pytest.raises(TexteIllisible, match="Mettez le portail à jour"):
        read(text, {})


def test_a_value_of_another_kind_is_refused():
    data = json.loads(write(sample_tree()).texte)
    data["copil"] = 3
    with pytest.raises(TexteIllisible, match="str attendu"):
        read(json.dumps(data), {f"p{n}": "x" for n in range(1, 50)})


# --- For ever: one golden file per schema -----------------------------------------------------


def test_every_schema_up_to_today_has_its_golden_file():
    assert {path.name for path in FOLDER.iterdir()} == {
        f"schema-{number}" for number in range(1, nodes.SCHEMA + 1)
    }


@pytest.mark.parametrize(("name", "tree_of"), [(ENTIER, sample_tree), (COMPOSE, composed_tree)])
def test_todays_nodes_are_written_as_the_golden_file_says(name, tree_of):
    """Once released, nodes of another shape are another SCHEMA, with a golden file of its own."""
    text, people = read_golden(nodes.SCHEMA, name)
    written = write(tree_of())
    assert written.texte == text
    assert written.personnes == people


def test_a_complete_bilan_says_nothing_of_a_composition():
    """Texts frozen before there was one keep their hash."""
    assert "composition" not in json.loads(write(sample_tree()).texte)
    assert "composition" in json.loads(write(composed_tree()).texte)
    assert again(composed_tree()) == composed_tree()


@pytest.mark.parametrize("name", [ENTIER, COMPOSE])
@pytest.mark.parametrize("number", range(1, nodes.SCHEMA + 1))
def test_a_golden_file_is_read_and_printed_for_ever(number, name):
    text, people = read_golden(number, name)
    tree = compose(read(text, people))
    assert tree.schema == number
    assert tree.edite_le == datetime.date(2023, 10, 9)
    assert "Arrêté le 9\u00a0octobre 2023" in render_html(tree)


@pytest.mark.django_db
def test_a_convention_with_one_of_everything_comes_back_equal():
    tree = build_bilan(full_convention(1), today=TODAY)
    assert again(tree) == tree
