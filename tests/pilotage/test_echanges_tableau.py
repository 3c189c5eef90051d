"""A plan kept in somebody's own spreadsheet: its columns and words are mapped, then it imports."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import FicheAction
from axes.enums import Role
from axes.models import Axe
from ctg_portal.lib.exchange.writers import write_ods, write_xlsx
from pilotage.exchange.foreign import guess_columns, guess_word, heading_line
from tests.factories import member

TABLEAU = [
    ["Suivi du plan d’actions, mis à jour en juin", "", "", "", ""],
    ["", "", "", "", ""],
    ["Axe", "N°", "Intitulé de l'action", "Pilote", "État d’avancement"],
    ["2 – Accueillir les enfants", "A1", "Ouvrir un accueil", "Mairie", "Démarré"],
    ["", "A2", "Former les équipes", "Caf\nMSA", "Réalisé à 100 pour cent"],
    ["", "", "", "", ""],
    ["Axe 3 : Soutenir les familles", "B1", "Ouvrir un café des parents", "", "Non commencé"],
]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def send(plan, as_user, tmp_path):
    """Send a spreadsheet as the coordination; gives the page that maps its columns."""

    def sender(rows=None, writer=write_xlsx, **others):
        path = tmp_path / "tableau"
        writer(path, {"Notes": [["Rien"]], "Plan": rows or TABLEAU, **others}, {})
        return as_user(plan.coordination).post(
            url(plan, "importer_tableau"),
            {"fichier": SimpleUploadedFile("notre plan.xlsx", path.read_bytes())},
        )

    return sender


def url(plan, name):
    return reverse(f"pilotage:{name}", args=[plan.convention.slug])


def fields_of(answer) -> dict[str, str]:
    """What the page would send as it stands: hidden fields and chosen options."""
    html = answer.content.decode()
    fields = {"jeton": re.search(r'name="jeton" value="([^"]+)"', html)[1]}
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


@pytest.mark.parametrize("writer", [write_xlsx, write_ods])
def test_a_foreign_spreadsheet_is_guessed_mapped_shown_then_imported(plan, as_user, send, writer):
    page = send(writer=writer)
    assert page.status_code == 200
    fields = fields_of(page)
    assert fields["feuille"] == "Plan"
    assert [
        fields[f"colonne-{name}"] for name in ("axe", "code", "intitule", "pilotes", "suivi")
    ] == [
        "0",
        "1",
        "2",
        "3",
        "4",
    ]
    assert [fields[f"mot-suivi-{number}"] for number in range(3)] == ["en cours", "", "à venir"]

    client = as_user(plan.coordination)
    refused = client.post(url(plan, "importer_colonnes"), fields)
    assert refused.status_code == 422
    assert "Choisissez ce que ce mot veut dire." in refused.content.decode()
    fields["mot-suivi-1"] = "terminée"
    preview = client.post(url(plan, "importer_colonnes"), fields)
    words = re.sub(r"\s+", " ", preview.content.decode())
    assert preview.status_code == 200
    assert "actions, ligne 4</b> :" in words
    assert "« vide » devient « en cours »" in words
    assert FicheAction.objects.count() == 1

    jeton = fields_of(preview)["jeton"]
    assert client.post(url(plan, "importer_appliquer"), {"jeton": jeton}).status_code == 302
    fiches = FicheAction.objects.in_order()
    assert [(f.axe.numero, f.code, f.intitule, f.suivi) for f in fiches] == [
        ("2", "A1", "Ouvrir un accueil", "en_cours"),
        ("2", "A2", "Former les équipes", "terminee"),
        ("3", "B1", "Ouvrir un café des parents", "a_venir"),
    ]
    assert [pilote.nom for pilote in fiches[1].pilotes.all()] == ["Caf", "MSA"]
    assert Axe.objects.filter(convention=plan.convention).count() == 2


def test_the_same_spreadsheet_a_second_time_changes_nothing(plan, as_user, send):
    client = as_user(plan.coordination)
    for expected in ("créée", "Aucun changement"):
        fields = fields_of(send()) | {"mot-suivi-1": "terminée"}
        preview = client.post(url(plan, "importer_colonnes"), fields)
        assert expected in preview.content.decode()
        client.post(url(plan, "importer_appliquer"), {"jeton": fields_of(preview)["jeton"]})


def test_an_axe_known_by_its_number_alone_is_pointed_out(plan, as_user, send):
    rows = [["Axe", "Action"], ["Axe 2 : Petite enfance", "Une action"], ["Axe 2", "Une autre"]]
    answer = as_user(plan.coordination).post(url(plan, "importer_colonnes"), fields_of(send(rows)))
    page = answer.content.decode()
    warning = "« Axe 2 : Petite enfance » est rangé dans l’axe « 2. Accueillir les enfants »"
    assert page.count(warning) == 1
    assert page.count("est rangé dans l’axe") == 1
    assert "créée" in page
    assert "axes, ligne" not in page


def test_another_sheet_brings_its_own_columns(plan, as_user, send):
    other = [["Thème", "Action"], ["1. Logement", "Rénover"]]
    fields = fields_of(send(Logement=other)) | {"feuille": "Logement", "changer": "1"}
    page = as_user(plan.coordination).post(url(plan, "importer_colonnes"), fields)
    fields = fields_of(page)
    assert (fields["feuille"], fields["colonne-axe"], fields["colonne-intitule"]) == (
        "Logement",
        "0",
        "1",
    )
    assert fields["colonne-suivi"] == ""


def test_one_column_does_not_serve_twice_and_the_required_ones_are_asked_for(plan, as_user, send):
    fields = fields_of(send()) | {"mot-suivi-1": "-", "colonne-axe": "", "colonne-code": "2"}
    answer = as_user(plan.coordination).post(url(plan, "importer_colonnes"), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cette colonne sert déjà à" in page
    assert "#id_colonne-axe" in page


def test_what_the_import_refuses_is_told_beside_the_columns(plan, as_user, send):
    rows = [["Axe", "Action", "Début"], ["1. Logement", "Rénover", "un de ces jours"]]
    client = as_user(plan.coordination)
    page = send(rows)
    answer = client.post(url(plan, "importer_colonnes"), fields_of(page))
    assert answer.status_code == 422
    assert "<td>actions</td><td>2</td><td>debut</td>" in answer.content.decode()
    # Without that column, the same file goes through.
    fields = fields_of(answer) | {"colonne-debut": ""}
    assert client.post(url(plan, "importer_colonnes"), fields).status_code == 200


@pytest.mark.parametrize("name", ["importer_tableau", "importer_colonnes"])
def test_mapping_is_for_the_coordination(client, as_user, plan, name):
    address = url(plan, name)
    assert client.post(address).status_code == 302
    assert as_user(plan.etranger).post(address).status_code == 404
    assert as_user(plan.lecteur).post(address).status_code == 403
    assert as_user(member(plan.convention, Role.REFERENT)).post(address).status_code == 403
    assert as_user(plan.coordination).post(address).status_code == 422


@pytest.mark.parametrize("data", [b"<html>", b"PK\x03\x04rien"])
def test_what_is_no_workbook_is_refused_and_not_kept(plan, as_user, settings, data):
    answer = as_user(plan.coordination).post(
        url(plan, "importer_tableau"), {"fichier": SimpleUploadedFile("plan.xlsx", data)}
    )
    assert answer.status_code == 422
    assert "plan.xlsx" in answer.content.decode()
    assert [one for one in settings.MEDIA_ROOT.rglob("*") if one.is_file()] == []


def test_an_empty_workbook_is_refused(plan, as_user, tmp_path):
    path = tmp_path / "vide.xlsx"
    write_xlsx(path, {"Feuille1": [[]]}, {})
    answer = as_user(plan.coordination).post(
        url(plan, "importer_tableau"), {"fichier": SimpleUploadedFile("v.xlsx", path.read_bytes())}
    )
    assert answer.status_code == 422
    assert "aucune feuille n’est remplie" in answer.content.decode()


@pytest.mark.parametrize(
    ("colonne", "mot", "expected"),
    [
        ("suivi", "Terminée", "terminée"),
        ("suivi", "FAIT", "terminée"),
        ("suivi", "Reportée", "en pause"),
        ("suivi", "non renseigné", ""),
        ("suivi", "bof", None),
        ("realisation", "En partie", "partiellement réalisée"),
        ("objectifs_atteints", "Oui", "atteints"),
    ],
)
def test_status_words_are_guessed_or_left_to_choose(colonne, mot, expected):
    assert guess_word(colonne, mot) == expected


def test_headings_are_found_under_a_title_and_no_column_is_given_twice():
    assert heading_line(TABLEAU) == 3
    assert heading_line([["", " "]]) == 0
    assert guess_columns(["Objectifs atteints", "Objectif", "Action", "Statut"]) == {
        "objectifs_atteints": 0,
        "objectif": 1,
        "intitule": 2,
        "suivi": 3,
    }
