"""Files beside the tables: kept in the media storage, never from elsewhere."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from actions.models import Document
from ctg_portal.lib.exchange.problems import ImportRefuse
from pilotage.exchange.exports import export_convention
from pilotage.exchange.imports import import_convention
from tests.exchange import write_tables

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def picture(fmt: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, fmt)
    return buffer.getvalue()


def content(document: Document) -> bytes:
    with document.fichier.open("rb") as file:
        return file.read()


def folder_with(tmp_path: Path, path: str, data: bytes | None) -> Path:
    folder = write_tables(
        tmp_path / "tables", documents=f"legende;fichier;droit_image\nLa fête;{path};oui\n"
    )
    if data is not None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_a_picture_is_kept_as_a_photo(tmp_path):
    import_convention(folder_with(tmp_path, "images/fete.jpg", picture()), slug="essai")
    document = Document.objects.get()
    assert document.est_photo
    assert document.droit_image is True
    assert content(document) == picture()
    assert Path(document.fichier.path).is_relative_to(settings.MEDIA_ROOT)


def test_a_photo_no_longer_tells_where_it_was_taken(tmp_path):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (44.0, 21.0, 0.0)}
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("RGB", (8, 4), "white").save(buffer, "JPEG", exif=exif)
    folder = folder_with(tmp_path, "fete.jpg", buffer.getvalue())
    import_convention(folder, slug="essai")
    kept = content(Document.objects.get())
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.size == (4, 8)
    rapport = import_convention(folder, slug="essai", update=True)
    assert rapport.total("modifiees") == 0


def test_a_text_is_not_a_photo(tmp_path):
    import_convention(folder_with(tmp_path, "notes.txt", b"bonjour"), slug="essai")
    assert not Document.objects.get().est_photo


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("images/absente.jpg", None, "ne se trouve pas à côté des tables"),
        ("fausse.jpg", b"<svg onload=alert(1)>", "n’est pas une image lisible"),
        ("coupee.jpg", picture()[:120], "n’est pas une image lisible"),
        ("page.html", b"<script>", "ce type de fichier n’est pas accepté"),
        ("dessin.svg", b"<svg/>", "ce type de fichier n’est pas accepté"),
        ("gros.txt", bytes(20 * 1024 * 1024 + 1), "dépasse 20 Mo"),
    ],
)
def test_a_file_that_cannot_be_kept(tmp_path, path, data, message):
    with pytest.raises(ImportRefuse, match=message):
        import_convention(folder_with(tmp_path, path, data), slug="essai")
    assert not list((tmp_path / "media").rglob("*.*"))


def test_a_file_outside_of_the_folder_is_not_there(tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(ImportRefuse, match="ne se trouve pas à côté des tables"):
        import_convention(folder_with(tmp_path, "../secret.txt", None), slug="essai")


def test_files_of_a_refused_import_do_not_stay(tmp_path, monkeypatch):
    def fail(*args):
        from django.db import IntegrityError

        raise IntegrityError("refus")

    monkeypatch.setattr("pilotage.exchange.imports._record", fail)
    with pytest.raises(ImportRefuse, match="la base de données a refusé"):
        import_convention(folder_with(tmp_path, "notes.txt", b"bonjour"), slug="essai")
    assert not list((tmp_path / "media").rglob("*.txt"))
    assert not Document.objects.exists()


def test_files_go_out_and_in_again_with_their_names(tmp_path):
    folder = write_tables(
        tmp_path / "tables",
        documents="legende;fichier\nUne;a/photo.jpg\nDeux;b/photo.jpg\nTrois;notes.txt\n",
    )
    for path, data in {
        "a/photo.jpg": picture(),
        "b/photo.jpg": picture() + b"\0",
        "notes.txt": b"x",
    }.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    convention = import_convention(folder, slug="un").convention
    assert export_convention(convention, fmt="csv", output=tmp_path / "un") == []
    names = ["notes.txt", "photo-2.jpg", "photo.jpg"]
    assert sorted(file.name for file in (tmp_path / "un/fichiers").iterdir()) == names
    again = import_convention(tmp_path / "un", slug="deux").convention
    export_convention(again, fmt="csv", output=tmp_path / "deux")
    for file in (tmp_path / "un").rglob("*.*"):
        assert (
            file.read_bytes()
            == (tmp_path / "deux" / file.relative_to(tmp_path / "un")).read_bytes()
        )


def test_files_of_an_archive(tmp_path):
    folder = folder_with(tmp_path, "images/fete.jpg", picture())
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*.*"):
            archive.write(file, f"tables/{file.relative_to(folder)}")
    import_convention(path, slug="essai")
    assert content(Document.objects.get()) == picture()


def test_a_workbook_alone_keeps_the_files_that_are_there(tmp_path):
    convention = import_convention(
        folder_with(tmp_path, "images/fete.jpg", picture()), slug="essai"
    ).convention
    workbook = tmp_path / "seul" / "essai.xlsx"
    workbook.parent.mkdir()
    export_convention(convention, fmt="xlsx", output=workbook)
    rapport = import_convention(workbook, slug="essai", update=True)
    assert rapport.total("modifiees") == 0
    assert content(Document.objects.get()) == picture()
    rapport = import_convention(workbook, slug="autre")
    assert any("n’accompagne pas les tables" in str(one) for one in rapport.avertissements)


def test_an_update_with_another_picture_replaces_it(tmp_path):
    folder = folder_with(tmp_path, "images/fete.jpg", picture())
    import_convention(folder, slug="essai")
    (folder / "images/fete.jpg").write_bytes(picture() + b"\0")
    rapport = import_convention(folder, slug="essai", update=True)
    assert rapport.total("modifiees") == 1
    assert content(Document.objects.get()) == picture() + b"\0"


def test_an_update_without_the_file_takes_it_away(tmp_path):
    folder = folder_with(tmp_path, "images/fete.jpg", picture())
    import_convention(folder, slug="essai")
    (folder / "documents.csv").write_text("legende;fichier\nLa fête;\n", encoding="utf-8")
    import_convention(folder, slug="essai", update=True)
    document = Document.objects.get()
    assert not document.fichier
    assert not document.est_photo


@pytest.mark.parametrize("fichier", ["images/autre.jpg", ""])
def test_the_file_that_an_update_takes_away_goes_once_it_is_committed(
    tmp_path, fichier, django_capture_on_commit_callbacks
):
    folder = folder_with(tmp_path, "images/fete.jpg", picture())
    import_convention(folder, slug="essai")
    first = Path(Document.objects.get().fichier.path)
    (folder / "images/autre.jpg").write_bytes(picture() + b"\0")
    (folder / "documents.csv").write_text(f"legende;fichier\nLa fête;{fichier}\n", encoding="utf-8")
    with django_capture_on_commit_callbacks(execute=True):
        import_convention(folder, slug="essai", update=True, dry_run=True)
    assert first.exists()
    with django_capture_on_commit_callbacks(execute=True):
        import_convention(folder, slug="essai", update=True)
        assert first.exists()
    assert not first.exists()
    assert bool(Document.objects.get().fichier) is bool(fichier)


def test_the_size_of_a_photo_is_read_in_it(tmp_path):
    folder = folder_with(tmp_path, "images/fete.jpg", picture())
    import_convention(folder, slug="essai")
    document = Document.objects.get()
    assert (document.largeur, document.hauteur) == (8, 8)


def test_a_file_lost_by_the_storage_is_told(tmp_path):
    convention = import_convention(
        folder_with(tmp_path, "notes.txt", b"bonjour"), slug="essai"
    ).convention
    Path(Document.objects.get().fichier.path).unlink()
    missing = export_convention(convention, fmt="csv", output=tmp_path / "sortie")
    assert missing == ["fichiers/notes.txt"]
