"""Photos and documents sent from the page of a fiche: kept clean, or refused with the reason."""

import datetime
import errno
import io
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from actions.models import Document
from axes.enums import Role
from journal.models import Entree
from reports.tree import build_bilan
from tests.actions.pictures import (
    SECRET,
    animated,
    archive,
    docx,
    encoded,
    odt,
    png_bomb,
    talkative_jpeg,
    two_tone,
)
from tests.factories import DocumentFactory, member

TODAY = datetime.date(2024, 6, 1)
PHOTO = {"legende": "La fête du lac", "alt": "Des enfants au bord d’un lac", "droit_image": "true"}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def files(settings):
    """The names of all the files that the portal holds."""
    return lambda: sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.fixture
def add(plan, as_user):
    """Send the form of a new document, as the coordination unless said otherwise."""

    def send(name="fete.jpg", data=None, user=None, **fields):
        client = as_user(user or plan.coordination)
        sent = {**PHOTO, **fields}
        if name:
            sent["fichier"] = SimpleUploadedFile(name, talkative_jpeg() if data is None else data)
        return client.post(address(plan), sent)

    return send


def address(plan, document=None) -> str:
    args = [plan.convention.slug, plan.fiche.pk, "documents"]
    if document is None:
        return reverse("pilotage:ligne_ajouter", args=args)
    return reverse("pilotage:ligne_modifier", args=[*args, document.pk])


def words(answer) -> str:
    """What the page says, with ordinary spaces."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text.replace("&#x27;", "'"))


def content(document) -> bytes:
    with document.fichier.open("rb") as file:
        return file.read()


# --- Kept ---------------------------------------------------------------------------------------


def test_a_photo_is_kept_without_what_it_hides(add, plan):
    assert add(credit="Mairie").status_code == 302
    document = Document.objects.get()
    assert (document.convention, document.fiche) == (plan.convention, plan.fiche)
    assert document.est_photo
    assert document.droit_image is True
    assert (document.largeur, document.hauteur) == (60, 30)
    assert SECRET.encode() not in content(document)
    with Image.open(io.BytesIO(content(document))) as image:
        assert not image.getexif()
        assert image.size == (60, 30)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bilan.pdf", b"%PDF-1.7\n%%EOF"),
        ("note.odt", odt()),
        ("Courrier.DOCX", docx()),
        ("liste.csv", "commune;enfants\nCremps;12\n".encode("cp1252")),
    ],
)
def test_a_document_is_kept_as_it_is(add, name, data):
    assert add(name, data, alt="").status_code == 302
    document = Document.objects.get()
    assert content(document) == data
    assert (document.est_photo, document.largeur) == (False, None)


def test_the_fiche_shows_the_photo_with_its_size_and_its_words(add, plan, as_user):
    add(credit="Mairie de Cremps", droit_image="unknown")
    document = Document.objects.get()
    page = as_user(plan.lecteur).get(plan.fiche.get_absolute_url())
    html = page.content.decode()
    (tag,) = re.findall(r"<img[^>]*loading=[^>]*>", html)
    shown = reverse("pilotage:document", args=[plan.convention.slug, document.pk])
    assert f'src="{shown}"' in tag
    assert f'alt="{PHOTO["alt"]}"' in tag
    assert 'width="60" height="30"' in tag
    said = words(page)
    assert "La fête du lac © Mairie de Cremps" in said
    assert "Sans droit à l’image" in said
    answer = as_user(plan.lecteur).get(shown)
    assert b"".join(answer.streaming_content) == content(document)
    assert answer["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("droit", "printed"), [("true", True), ("false", False), ("unknown", False)]
)
def test_the_bilan_prints_a_photo_only_with_an_agreement(add, plan, droit, printed):
    add(droit_image=droit)
    name = Document.objects.get().fichier.name
    assert (name in str(build_bilan(plan.convention, today=TODAY))) is printed


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.jpg",
        "..\\..\\fete.jpg",
        "nul\0.jpg",
        f"{'long' * 80}.jpg",
        "été à Cremps « 2023 ».jpg",
        "a/b.php.jpg",
        "….jpg",
    ],
)
def test_the_stored_name_is_ours(add, name, settings):
    assert add(name).status_code == 302
    document = Document.objects.get()
    stored = document.fichier.name
    assert re.fullmatch(r"documents/\d{4}/[a-z0-9-]{1,60}-[0-9a-f]{12}\.jpg", stored)
    assert (settings.MEDIA_ROOT / stored).is_file()


def test_two_files_of_one_name_are_two_files(add, files):
    add()
    add()
    assert len(files()) == 2


# --- Who ----------------------------------------------------------------------------------------


def test_who_may_send(add, plan, client, files):
    assert add(user=plan.lecteur).status_code == 403
    assert add(user=plan.etranger).status_code == 404
    client.logout()
    sent = {**PHOTO, "fichier": SimpleUploadedFile("a.jpg", talkative_jpeg())}
    assert client.post(address(plan), sent).status_code == 401
    assert not files()
    assert not Document.objects.exists()
    others = [plan.contributeur, member(plan.convention, Role.REFERENT, axes=[plan.axe])]
    for user in others:
        assert add(user=user).status_code == 302
    assert len(files()) == len(others)


def test_a_contributeur_of_another_fiche_may_not_send(add, plan, files):
    other = member(plan.convention, Role.CONTRIBUTEUR)
    assert add(user=other).status_code == 403
    assert not files()


# --- Refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("fete.jpg", b"<html><script>alert(1)</script>", "n’est pas une image lisible"),
        ("fete.png", b'<svg onload="alert(1)"/>', "n’est pas une image lisible"),
        ("fete.svg", b'<svg onload="alert(1)"/>', "ce type de fichier n’est pas accepté"),
        ("fete.html", b"<script>", "ce type de fichier n’est pas accepté"),
        ("fete.jpg.exe", b"MZ", "ce type de fichier n’est pas accepté"),
        ("fete", b"MZ", "ce type de fichier n’est pas accepté"),
        ("fete.heic", b"\0\0\0 ftypheic", "enregistrez d’abord la photo en JPEG"),
        ("fete.jpg", b"", "vide"),
        ("fete.jpg", encoded(two_tone())[:300], "n’est pas une image lisible"),
        ("fete.png", png_bomb(), "dépasse 40 millions de pixels"),
        ("fete.webp", animated("WEBP"), "image animée"),
        ("fete.jpg", encoded(two_tone()) + b"<script>", "cache autre chose que l’image"),
        ("fete.jpg", encoded(two_tone()) + archive(a=b"b"), "cache autre chose que l’image"),
        ("note.pdf", b"<html>%PDF-1.7", "n’est pas un fichier PDF"),
        ("note.pdf", encoded(two_tone()), "n’est pas un fichier PDF"),
        ("note.docx", b"%PDF-1.7", "n’est pas un fichier DOCX"),
        ("note.docx", odt(), "n’est pas un fichier DOCX"),
        ("note.docx", docx(vbaProject=b"Sub AutoOpen()"), "n’est pas un fichier DOCX"),
        ("note.odt", docx(), "n’est pas un fichier ODT"),
        ("note.odt", odt()[:60], "n’est pas un fichier ODT"),
        ("note.ods", odt(), "n’est pas un fichier ODS"),
        ("note.xlsx", encoded(two_tone()) + archive(a=b"b"), "n’est pas un fichier XLSX"),
        ("note.txt", b"MZ\0\0", "n’est pas un fichier TXT"),
    ],
    # An archive carries the time at which it was made: no name for a test.
    ids=lambda value: "contenu" if isinstance(value, bytes) else None,
)
def test_what_is_refused_is_told_beside_the_field(add, files, name, data, reason):
    answer = add(name, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    beside = page[page.index('id="id_fichier_error"') :][:700]
    assert reason in re.sub(r"\s+", " ", beside.replace("\u00a0", " "))
    assert "La fête du lac" in page, "ce qui est saisi reste"
    assert not files()
    assert not Document.objects.exists()


def test_a_file_too_large_is_refused_before_it_is_read(add, files, settings):
    settings.UPLOAD_MAX_SIZE = 2 * 1024 * 1024
    answer = add(data=encoded(two_tone()) + bytes(settings.UPLOAD_MAX_SIZE))
    assert answer.status_code == 422
    assert "dépasse 2 Mo" in words(answer)
    assert not files()


def test_a_photo_is_described(add, files):
    answer = add(alt="  ")
    assert answer.status_code == 422
    said = words(answer)
    assert "Décrivez l’image en une phrase" in said
    assert "Choisissez de nouveau « fete.jpg »" in said
    assert not files()


def test_a_link_or_a_file_not_both(add, plan, files):
    answer = add(lien="https://exemple.fr/")
    assert answer.status_code == 422
    assert "pas les deux" in words(answer)
    assert not files()
    assert add(name=None, lien="https://exemple.fr/", alt="").status_code == 302
    assert not Document.objects.get().fichier


def test_what_else_is_wrong_leaves_the_form_and_asks_for_the_file_again(add, files):
    answer = add(legende="", credit="Mairie")
    assert answer.status_code == 422
    assert 'value="Mairie"' in answer.content.decode()
    assert "Choisissez de nouveau" in words(answer)
    assert "2 points à corriger" in words(answer)
    assert not files()


def test_without_a_file_nothing_is_said_of_one(add):
    answer = add(name=None, legende="")
    assert "Choisissez de nouveau" not in words(answer)


def test_a_full_disk_is_told_and_leaves_nothing(add, files, monkeypatch):
    def half_of_it(file):
        yield file.read(100)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ContentFile, "chunks", half_of_it)
    answer = add(credit="Mairie")
    assert answer.status_code == 507
    assert "la place manque sur le serveur" in words(answer)
    assert 'value="Mairie"' in answer.content.decode()
    assert not files()
    assert not Document.objects.exists()


def test_a_failure_of_the_database_leaves_no_file(add, files, monkeypatch):
    def fail(self, *args, **kwargs):
        raise RuntimeError("la base refuse")

    monkeypatch.setattr(Document, "save", fail)
    with pytest.raises(RuntimeError):
        add()
    assert not files()


# --- Changed and removed ------------------------------------------------------------------------


@pytest.fixture
def photo(add):
    add()
    return Document.objects.get()


@pytest.fixture
def change(plan, as_user, photo, django_capture_on_commit_callbacks):
    """Send the form of that photo, opened as it stands now, and let the transaction commit."""

    def send(opened=None, name=None, data=None, **fields):
        sent = {**PHOTO, "initial-fichier": opened or photo.fichier.name, **fields}
        if name:
            sent["fichier"] = SimpleUploadedFile(name, talkative_jpeg() if data is None else data)
        with django_capture_on_commit_callbacks(execute=True):
            return as_user(plan.coordination).post(address(plan, photo), sent)

    return send


def test_a_caption_changes_without_the_file(change, photo, files):
    before = files()
    assert change(legende="La fête").status_code == 302
    photo.refresh_from_db()
    assert (photo.legende, photo.est_photo, photo.largeur) == ("La fête", True, 60)
    assert files() == before


def test_the_form_says_which_file_there_is_without_a_public_address(plan, as_user, photo):
    page = as_user(plan.coordination).get(address(plan, photo))
    html = page.content.decode()
    assert 'enctype="multipart/form-data"' in html
    assert photo.fichier.name.rsplit("/", 1)[1] in words(page)
    assert f'href="{photo.fichier.name}"' not in html
    assert "Retirer le fichier" in html


def test_another_file_replaces_the_first_which_goes(change, photo, files):
    before = files()
    assert change(name="carte.png", data=encoded(two_tone(40, 20), "PNG")).status_code == 302
    photo.refresh_from_db()
    assert (photo.largeur, photo.hauteur) == (40, 20)
    assert files() == [photo.fichier.name.rsplit("/", 1)[1]]
    assert files() != before


def test_a_photo_replaced_by_a_document_is_no_photo_any_more(change, photo):
    change(name="bilan.pdf", data=b"%PDF-1.7", alt="")
    photo.refresh_from_db()
    assert (photo.est_photo, photo.largeur, photo.hauteur) == (False, None, None)


def test_the_first_file_stays_until_the_change_is_committed(
    plan, as_user, photo, files, django_capture_on_commit_callbacks
):
    sent = {**PHOTO, "fichier": SimpleUploadedFile("b.jpg", talkative_jpeg())}
    with django_capture_on_commit_callbacks() as callbacks:
        as_user(plan.coordination).post(address(plan, photo), sent)
    assert len(files()) == 2
    assert len(callbacks) == 1


def test_a_file_makes_room_for_a_link(change, photo, files):
    refused = change(lien="https://exemple.fr/")
    assert refused.status_code == 422
    assert "cochez « Retirer le fichier »" in words(refused)
    assert change(lien="https://exemple.fr/", retirer_fichier="on", alt="").status_code == 302
    photo.refresh_from_db()
    assert (photo.lien, photo.fichier.name) == ("https://exemple.fr/", "")
    assert (photo.est_photo, photo.largeur) == (False, None)
    assert not files()


def test_two_people_with_two_files_are_shown_both(change, photo, files):
    opened = photo.fichier.name
    assert change(name="premiere.jpg").status_code == 302
    photo.refresh_from_db()
    kept = files()
    answer = change(opened=opened, name="seconde.jpg")
    assert answer.status_code == 409
    said = words(answer)
    assert photo.fichier.name.rsplit("/", 1)[1] in said
    assert "Choisissez de nouveau « seconde.jpg »" in said
    assert files() == kept
    assert change(opened=photo.fichier.name, name="seconde.jpg").status_code == 302
    assert len(files()) == 1


def test_a_file_and_a_link_added_at_once_by_two_people_are_shown_both(plan, as_user, files, add):
    add(name=None, alt="")
    document = Document.objects.get()
    address_of_it = address(plan, document)
    opened = {**PHOTO, "alt": "", "initial-fichier": "", "initial-lien": ""}
    client = as_user(plan.coordination)
    assert client.post(address_of_it, {**opened, "lien": "https://exemple.fr/"}).status_code == 302
    sent = SimpleUploadedFile("bilan.pdf", b"%PDF-1.7")
    answer = client.post(address_of_it, {**opened, "lien": "", "fichier": sent})
    assert answer.status_code == 409
    assert "https://exemple.fr/" in words(answer)
    assert not files()


def test_a_removed_document_takes_its_file_with_it(
    plan, as_user, photo, files, django_capture_on_commit_callbacks
):
    args = [plan.convention.slug, plan.fiche.pk, "documents", photo.pk]
    with django_capture_on_commit_callbacks(execute=True):
        as_user(plan.coordination).post(reverse("pilotage:ligne_supprimer", args=args))
    assert not Document.objects.exists()
    assert not files()


def test_a_large_photo_goes_with_its_small_picture(
    change, photo, files, plan, as_user, django_capture_on_commit_callbacks
):
    change(name="grande.jpg", data=encoded(two_tone(1500, 900)))
    photo.refresh_from_db()
    assert (photo.largeur, photo.hauteur, photo.vignette) == (1500, 900, (640, 384))
    assert [name.partition(".")[2] for name in files()] == ["jpg", "vignette.webp"]
    page = as_user(plan.lecteur).get(plan.fiche.get_absolute_url()).content.decode()
    tag = re.search(r"<img[^>]+>", page)[0]
    assert re.search(r'srcset="(\S+)\?taille=vignette 640w, \1 1500w"', tag)
    assert 'width="1500" height="900"' in tag
    change(opened=photo.fichier.name, name="carte.png", data=encoded(two_tone(40, 20), "PNG"))
    assert [name.partition(".")[2] for name in files()] == ["png"]


def test_a_file_that_another_row_names_stays(plan, change, photo, files):
    DocumentFactory(convention=plan.convention, fichier=photo.fichier.name)
    before = files()
    change(name="autre.jpg")
    assert set(before) < set(files())


def test_the_journal_tells_the_file_and_nothing_of_its_measures(change, photo):
    change(name="carte.png", data=encoded(two_tone(40, 20), "PNG"))
    (entry,) = Entree.objects.filter(object_pk=str(photo.pk), action=Entree.Action.UPDATE)
    assert set(entry.changes) == {"fichier"}
