"""Import and export in the browser: who may, what is shown, what is written and when."""

import io
import os
import re
import time
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from actions.models import FicheAction, PiloteFiche
from axes.enums import Role
from axes.models import Axe
from ctg_portal.lib.exchange.archives import TAILLE_MAX
from journal.models import Entree
from pilotage.exchange import received
from pilotage.exchange.exemples import EXEMPLES
from pilotage.exchange.imports import import_convention
from pilotage.exchange.modele import modele_file
from pilotage.exchange.registry import all_tables
from tests.exchange import write_tables
from tests.factories import ConventionFactory, FicheFactory, MembreFactory, ObjectifFactory, member

AXES = "reference;numero;intitule\nA1;2;Accueillir les enfants\n"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def kept(settings):
    """The files that wait for their import."""
    return lambda: [one for one in (settings.MEDIA_ROOT / "imports").rglob("*") if one.is_file()]


@pytest.fixture
def referenced(plan):
    """The same plan, whose axe and fiche have a key of their own."""
    Axe.objects.filter(pk=plan.axe.pk).update(reference="A1")
    FicheAction.objects.filter(pk=plan.fiche.pk).update(reference="F1")
    return plan


def url(plan, name, *args):
    return reverse(f"pilotage:{name}", args=[plan.convention.slug, *args])


def archive(**tables: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in tables.items():
            target.writestr(f"{name}.csv", text)
    return buffer.getvalue()


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def send(client, plan, data: bytes, name: str = "tables.zip"):
    return client.post(url(plan, "importer"), {"fichier": SimpleUploadedFile(name, data)})


def token(answer) -> str:
    return re.search(r'name="jeton" value="([^"]+)"', answer.content.decode())[1]


def apply(client, plan, jeton: str):
    return client.post(url(plan, "importer_appliquer"), {"jeton": jeton})


def rows_of(data: bytes, fmt: str) -> list[list]:
    """The first table of a file, as a spreadsheet reads it."""
    if fmt == "csv":
        return [line.split(";") for line in data.decode("utf-8-sig").splitlines()]
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return workbook.get_sheet_by_index(0).to_python()


# --- Export -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["exporter", "plan_exporter"])
def test_downloads_are_for_who_reads_the_convention(client, as_user, plan, name):
    address = url(plan, name, "xlsx")
    assert client.get(address).status_code == 302
    assert as_user(plan.etranger).get(address).status_code == 404
    assert as_user(plan.lecteur).get(address).status_code == 200
    assert as_user(plan.lecteur).post(address).status_code == 405
    assert as_user(plan.lecteur).get(url(plan, name, "pdf")).status_code == 404


def test_a_reader_is_not_offered_the_import(as_user, plan):
    page = as_user(plan.lecteur).get(url(plan, "echanges")).content.decode()
    assert url(plan, "exporter", "ods") in page
    assert url(plan, "importer") not in page
    assert (
        url(plan, "importer")
        in as_user(plan.coordination).get(url(plan, "echanges")).content.decode()
    )


@pytest.mark.parametrize("fmt", ["xlsx", "ods", "csv"])
def test_the_whole_convention_goes_out_and_comes_back_unchanged(as_user, plan, fmt):
    plan.fiche.notes_internes = "Entre nous"
    plan.fiche.save()
    client = as_user(plan.coordination)
    answer = client.get(url(plan, "exporter", fmt))
    data = body(answer)
    assert answer["Content-Disposition"].startswith('attachment; filename="vallee.')
    assert b"Entre nous" not in data
    preview = send(client, plan, data, "export")
    assert preview.status_code == 200
    assert "Aucun changement" in preview.content.decode()


def test_the_archive_of_tables_leaves_the_files_in_the_portal(as_user, plan):
    with zipfile.ZipFile(
        io.BytesIO(body(as_user(plan.lecteur).get(url(plan, "exporter", "csv"))))
    ) as one:
        assert {name.rpartition(".")[2] for name in one.namelist()} == {"csv"}
        assert "actions.csv" in one.namelist()


@pytest.mark.parametrize("fmt", ["xlsx", "ods", "csv"])
def test_the_plan_goes_out_as_the_screen_shows_it(as_user, plan, fmt):
    plan.fiche.suivi = "en_cours"
    plan.fiche.save()
    PiloteFiche.objects.create(fiche=plan.fiche, nom="La directrice")
    FicheFactory(axe=plan.axe, code="A2", intitule="Une autre fiche", suivi="terminee")
    address = url(plan, "plan_exporter", fmt) + "?suivi=en_cours"
    headings, *rows = rows_of(body(as_user(plan.lecteur).get(address)), fmt)
    assert headings[:7] == [
        "Code",
        "Fiche",
        "Axe",
        "Objectif",
        "Suivi",
        "Réalisation",
        "Objectifs atteints",
    ]
    (row,) = rows
    assert row[:7] == [
        "2.A1",
        "Ouvrir un accueil",
        "2. Accueillir les enfants",
        "A. Garder une offre proche",
        "En cours",
        "Non renseignée",
        "Non renseigné",
    ]
    assert row[8] == "La directrice"


@pytest.mark.parametrize(
    ("grouper", "groups"),
    [
        ("pilote", ["La directrice", "Le maire", "Sans pilote"]),
        ("suivi", ["En cours", "En cours", "Non renseigné"]),
    ],
)
def test_a_grouped_plan_goes_out_grouped(as_user, plan, grouper, groups):
    for name in ("Le maire", "La directrice"):
        PiloteFiche.objects.create(fiche=plan.fiche, nom=name)
    plan.fiche.suivi = "en_cours"
    plan.fiche.save()
    FicheFactory(axe=plan.axe, suivi="en_cours" if grouper == "suivi" else "")
    if grouper == "suivi":
        FicheFactory(axe=plan.axe)
    address = f"{url(plan, 'plan_exporter', 'csv')}?grouper={grouper}"
    headings, *rows = rows_of(body(as_user(plan.lecteur).get(address)), "csv")
    assert headings[:2] == ["Groupe", "Code"]
    assert [row[0] for row in rows] == groups


@pytest.mark.parametrize("count", [1, 3])
def test_the_export_of_the_plan_asks_the_same_queries(
    as_user, plan, count, django_assert_num_queries
):
    for number in range(count - 1):
        objectif = ObjectifFactory(axe=plan.axe)
        fiche = FicheFactory(axe=plan.axe, objectif=objectif, code=f"B{number}")
        PiloteFiche.objects.create(fiche=fiche, nom="Quelqu’un")
    client = as_user(plan.lecteur)
    with django_assert_num_queries(6):
        body(client.get(url(plan, "plan_exporter", "csv")))


@pytest.mark.parametrize("fmt", ["xlsx", "ods", "csv"])
def test_no_cell_becomes_a_formula(as_user, plan, fmt):
    plan.fiche.intitule = '=HYPERLINK("http://exemple.fr";"A")'
    plan.fiche.save()
    data = body(as_user(plan.lecteur).get(url(plan, "plan_exporter", fmt)))
    if fmt == "csv":
        assert "'=HYPERLINK" in data.decode("utf-8-sig")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as one:
        xml = b"".join(one.read(name) for name in one.namelist() if name.endswith(".xml"))
    assert b"<f>" not in xml
    assert b"table:formula" not in xml
    assert rows_of(data, fmt)[1][1] == plan.fiche.intitule


def test_the_plan_offers_its_downloads_with_the_filters_in_use(as_user, plan):
    page = as_user(plan.lecteur).get(url(plan, "plan") + "?q=accueil").content.decode()
    assert f"{url(plan, 'plan_exporter', 'ods')}?q=accueil" in page


# --- Preview ----------------------------------------------------------------------------------


def test_importing_is_for_the_coordination(client, as_user, plan):
    for name in ("importer", "importer_appliquer"):
        address = url(plan, name)
        assert client.post(address).status_code == 302
        assert as_user(plan.etranger).post(address).status_code == 404
        assert as_user(plan.lecteur).post(address).status_code == 403
        assert as_user(member(plan.convention, Role.REFERENT)).post(address).status_code == 403
        client.logout()


def test_the_preview_says_what_would_change_and_writes_nothing(as_user, referenced, kept):
    actions = (
        "reference;axe;code;intitule;suivi\n"
        "F1;A1;A1;Ouvrir un accueil;en cours\nF2;A1;A2;Former les équipes;\n"
    )
    entries = Entree.objects.count()
    answer = send(as_user(referenced.coordination), referenced, archive(axes=AXES, actions=actions))
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 200
    assert "actions, ligne 2</b> : F1 · A1 · Ouvrir un accueil – modifiée" in page
    assert "« vide » devient « en cours »" in page
    assert "F2 · A1 · Former les équipes – créée" in page
    assert FicheAction.objects.get().suivi == ""
    assert Entree.objects.count() == entries
    assert len(kept()) == 1


def test_an_import_does_what_was_shown_and_is_told_in_the_journal(as_user, referenced, kept):
    client = as_user(referenced.coordination)
    jeton = token(
        send(
            client,
            referenced,
            archive(actions="reference;axe;intitule;suivi\nF1;A1;Ouvrir deux accueils;terminée\n"),
        )
    )
    answer = apply(client, referenced, jeton)
    assert answer.status_code == 302
    fiche = FicheAction.objects.get()
    assert (fiche.intitule, fiche.suivi) == ("Ouvrir deux accueils", "terminee")
    entry = Entree.objects.filter(est_import=True).get()
    assert entry.actor == referenced.coordination
    assert entry.resume == "Import : 1\u00a0ligne modifiée."
    assert kept() == []
    # The same sending again finds nothing left to do.
    assert apply(client, referenced, jeton).status_code == 422


def test_a_convention_that_changed_is_previewed_again(as_user, referenced):
    client = as_user(referenced.coordination)
    jeton = token(
        send(
            client,
            referenced,
            archive(actions="reference;axe;intitule\nF1;A1;Nom du fichier\n"),
        )
    )
    referenced.fiche.refresh_from_db()
    referenced.fiche.intitule = "Nom changé entre-temps"
    referenced.fiche.save()
    answer = apply(client, referenced, jeton)
    assert answer.status_code == 409
    assert (
        "«\u00a0Nom changé entre-temps\u00a0» devient «\u00a0Nom du fichier\u00a0»"
        in answer.content.decode()
    )
    assert FicheAction.objects.get().intitule == "Nom changé entre-temps"
    assert apply(client, referenced, token(answer)).status_code == 302
    assert FicheAction.objects.get().intitule == "Nom du fichier"


def test_a_change_that_alters_nothing_of_the_plan_does_not_stop_it(as_user, referenced):
    client = as_user(referenced.coordination)
    jeton = token(
        send(client, referenced, archive(actions="reference;axe;intitule\nF1;A1;Autre nom\n"))
    )
    FicheFactory(axe=referenced.axe, intitule="Ajoutée entre-temps")
    assert apply(client, referenced, jeton).status_code == 302


def test_the_token_of_somebody_else_or_of_another_convention_is_worth_nothing(as_user, referenced):
    jeton = token(
        send(as_user(referenced.coordination), referenced, archive(axes=AXES.replace("2", "7")))
    )
    colleague = member(referenced.convention, Role.COORDINATION)
    assert apply(as_user(colleague), referenced, jeton).status_code == 422
    other = ConventionFactory(slug="ailleurs")
    MembreFactory(convention=other, user=referenced.coordination, role=Role.COORDINATION)
    elsewhere = SimpleNamespace(convention=other)
    assert apply(as_user(referenced.coordination), elsewhere, jeton).status_code == 422
    assert apply(as_user(referenced.coordination), referenced, f"{jeton}x").status_code == 422
    assert Axe.objects.get(pk=referenced.axe.pk).numero == "2"


def test_a_file_that_was_replaced_is_not_imported(as_user, referenced, kept):
    client = as_user(referenced.coordination)
    jeton = token(send(client, referenced, archive(axes=AXES.replace("2", "7"))))
    (file,) = kept()
    file.write_bytes(archive(axes=AXES.replace("2", "8")))
    answer = apply(client, referenced, jeton)
    assert answer.status_code == 422
    assert "Le fichier a changé depuis l’aperçu" in answer.content.decode()
    assert Axe.objects.get(pk=referenced.axe.pk).numero == "2"


def test_a_file_with_the_name_of_another_convention_is_pointed_out(as_user, referenced):
    convention = "nom;territoire\nCTG du plateau;Vallée\n"
    answer = send(as_user(referenced.coordination), referenced, archive(convention=convention))
    page = answer.content.decode()
    assert "Ce fichier porte un autre nom de convention" in page
    assert "CTG du plateau" in page


def test_the_convention_before_is_one_that_the_person_reads(as_user, referenced):
    secret = ConventionFactory(slug="territoire-secret")
    read = ConventionFactory(slug="territoire-lu")
    MembreFactory(convention=read, user=referenced.coordination, role=Role.LECTEUR)
    client = as_user(referenced.coordination)

    def answer_to(slug):
        head = f"nom;territoire;precedente\n{referenced.convention.nom};Vallée;{slug}\n"
        return send(client, referenced, archive(convention=head))

    refused, unknown = answer_to(secret.slug), answer_to("territoire-secre")
    assert (refused.status_code, unknown.status_code) == (422, 422)
    assert "parmi les conventions que vous lisez" in refused.content.decode()
    # Nothing says that one of them exists.
    assert "territoire-secret" not in unknown.content.decode()
    assert answer_to(read.slug).status_code == 200


def test_an_update_shows_what_is_removed_and_what_moves(as_user, referenced):
    for place, texte in enumerate(("Premier", "Second"), start=1):
        referenced.fiche.realisations.create(texte=texte, ordre=place)
    realisations = "action;texte\nF1;Second\n"
    page = send(
        as_user(referenced.coordination), referenced, archive(realisations=realisations)
    ).content.decode()
    assert "F1 · Premier – retirée" in page
    assert referenced.fiche.realisations.count() == 2


# --- Bad files --------------------------------------------------------------------------------


def test_every_error_is_told_with_its_table_line_and_column(as_user, referenced, kept):
    actions = "reference;axe;intitule;suivi\nF1;A1;;en cour\nF2;A9;Sans axe;\n"
    answer = send(as_user(referenced.coordination), referenced, archive(actions=actions))
    page = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert (
        "<td>actions</td><td>2</td><td>intitule</td><td><b>Erreur</b> : la cellule est obligatoire."
        in page
    )
    assert (
        "<td>actions</td><td>3</td><td>axe</td><td><b>Erreur</b> : « A9 » ne se trouve pas" in page
    )
    assert 'type="file"' in page
    assert kept() == []


def bomb() -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
        target.open("axes.csv", "w") as table,
    ):
        for _ in range(210):
            table.write(bytes(1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(lambda: b"<html>bonjour</html>", "ce n’est ni un classeur", id="html"),
        pytest.param(lambda: b"PK\x03\x04rien", "il est abîmé", id="truncated"),
        pytest.param(lambda: archive(lisez="bonjour"), "table inconnue", id="foreign"),
        pytest.param(bomb, "200 Mo une fois dépliée", id="bomb"),
        pytest.param(lambda: b"", "vide", id="empty"),
    ],
)
def test_a_file_that_is_no_set_of_tables_is_refused_and_not_kept(
    as_user, referenced, kept, data, reason
):
    answer = send(as_user(referenced.coordination), referenced, data(), "plan.xlsx")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert reason in page
    assert "plan.xlsx" in page or not data()
    assert kept() == []


def test_a_file_that_is_too_big_is_refused_before_it_is_kept(as_user, referenced, kept):
    answer = send(as_user(referenced.coordination), referenced, bytes(TAILLE_MAX + 1))
    assert answer.status_code == 422
    assert "dépasse 20 Mo" in answer.content.decode()
    assert kept() == []


def test_a_full_disk_is_told(as_user, referenced, monkeypatch):
    def no_room(name, content):
        raise OSError("No space left on device")

    monkeypatch.setattr(default_storage, "save", no_room)
    answer = send(as_user(referenced.coordination), referenced, archive(axes=AXES))
    assert answer.status_code == 507
    assert "La place manque sur le serveur" in answer.content.decode()


def test_files_that_waited_for_a_day_go_with_the_next_import(as_user, referenced, kept):
    client = as_user(referenced.coordination)
    jeton = token(send(client, referenced, archive(axes=AXES.replace("2", "7"))))
    (old,) = kept()
    day_before = time.time() - received.DUREE.total_seconds() - 60
    os.utime(old, (day_before, day_before))
    send(client, referenced, archive(axes=AXES))
    assert old not in kept()
    assert len(kept()) == 1
    assert not old.parent.exists()
    assert apply(client, referenced, jeton).status_code == 422


def test_the_nightly_command_deletes_what_waited_for_a_day(as_user, referenced, kept, capsys):
    client = as_user(referenced.coordination)
    send(client, referenced, archive(axes=AXES.replace("2", "7")))
    (old,) = kept()
    day_before = time.time() - received.DUREE.total_seconds() - 60
    call_command("purge_imports")
    assert kept() == [old]
    os.utime(old, (day_before, day_before))
    call_command("purge_imports")
    assert kept() == []
    assert capsys.readouterr().out == "0\u00a0fichier supprimé.\n1\u00a0fichier supprimé.\n"


def test_a_kept_file_has_no_address(as_user, referenced, kept, settings):
    client = as_user(referenced.coordination)
    send(client, referenced, archive(axes=AXES))
    (file,) = kept()
    path = file.relative_to(settings.MEDIA_ROOT)
    for prefix in ("/", "/media/", "/static/"):
        assert client.get(f"{prefix}{path}").status_code == 404


# --- Template workbook ------------------------------------------------------------------------


def test_the_template_workbook_is_for_who_reads_the_convention(client, as_user, plan):
    address = url(plan, "modele")
    assert client.get(address).status_code == 302
    assert as_user(plan.etranger).get(address).status_code == 404
    assert body(as_user(plan.lecteur).get(address)).startswith(b"PK")


def column_number(letters: str) -> int:
    """The place of a column from its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def test_the_template_has_every_column_and_the_lists_that_go_with_them():
    data = modele_file().read()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables = all_tables()
    assert workbook.sheet_names == ["lisez-moi", *tables, "listes"]
    for name, table in tables.items():
        (headings,) = workbook.get_sheet_by_name(name).to_python()
        assert headings == [column.name for column in table.columns]
    with zipfile.ZipFile(io.BytesIO(data)) as archived:
        place = 2 + list(tables).index("actions")
        sheet = archived.read(f"xl/worksheets/sheet{place}.xml").decode()
    assert 'state="frozen"' in sheet
    columns = [column.name for column in tables["actions"].columns]
    listed = re.findall(r'<dataValidation [^>]*sqref="([A-Z]+)2:', sheet)
    assert [columns[column_number(letters)] for letters in listed] == [
        "axe",
        "objectif",
        "origine",
        "suivi",
        "realisation",
        "objectifs_atteints",
        "motif_ecart",
        "menee_par",
        "suite",
        "dans_synthese",
        "archivee",
    ]
    assert "'axes'!$A$2" in sheet


def test_an_empty_template_imports_as_no_change(as_user, referenced):
    answer = send(as_user(referenced.coordination), referenced, modele_file().read(), "modele.xlsx")
    assert answer.status_code == 200
    assert "Aucun changement" in answer.content.decode()


def test_the_examples_of_the_template_are_a_convention_that_imports(db, tmp_path):
    tables = {
        name: ";".join(f'"{cell}"' for cell in row)
        + "\n"
        + ";".join(f'"{cell}"' for cell in row.values())
        for name, row in EXEMPLES.items()
    }
    rapport = import_convention(write_tables(tmp_path / "exemple", **tables))
    assert rapport.avertissements == []
    assert {one.table: one.creees for one in rapport.decomptes} == dict.fromkeys(all_tables(), 1)


def test_an_example_is_given_for_known_columns_only():
    unknown = {
        (name, column)
        for name, row in EXEMPLES.items()
        for column in row
        if column not in all_tables()[name].by_name
    }
    assert unknown == set()
