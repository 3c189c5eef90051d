"""The files of a bilan: rendered once for an unchanged content, kept for ever for an arrêté."""

import datetime
import threading
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports import fichiers
from reports.fichiers import (
    DOSSIER_ARRETES,
    DOSSIER_DU_JOUR,
    fichier_arrete,
    fichier_du_jour,
    forget_arrete,
    prepare_arrete,
)
from reports.models import Bilan
from reports.render import html, pdf
from reports.render.formats import FORMATS
from reports.render.pdf import PdfUnavailable
from reports.render.version import version_du_rendu
from reports.services import effacer_personne
from tests import factories as f

from .builders import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def convention():
    return f.FicheFactory(intitule="Une fiche").axe.convention


@pytest.fixture
def renderings(monkeypatch):
    """Replaces the renderer of HTML by one that keeps the trees it was given."""
    trees = []
    monkeypatch.setattr(html, "render_html", lambda tree: trees.append(tree) or tree.titre)
    return trees


def today(convention, *, cle="html", exercice=None, version="1", day=TODAY):
    found = FORMATS[cle]
    return fichier_du_jour(convention, exercice, found, today=day, version=version)


# --- The bilan of today -----------------------------------------------------------------------


def test_an_unchanged_bilan_is_rendered_once(convention, renderings):
    assert (
        today(convention)
        == today(convention, version="2")
        == b"Bilan des actions" + (f" {convention.periode}".encode())
    )
    assert len(renderings) == 1


def test_an_unchanged_journal_finds_the_file_without_reading_the_convention(
    convention, renderings, django_assert_num_queries
):
    first = today(convention)
    with django_assert_num_queries(0):
        assert today(convention) == first


def test_without_a_state_of_the_journal_the_content_decides(convention, renderings):
    today(convention, version="")
    convention.nom = "Un autre nom"
    convention.save()
    today(convention, version="")
    assert [tree.convention.nom for tree in renderings][1:] == ["Un autre nom"]


def test_a_changed_fiche_another_day_another_exercice_are_rendered(convention, renderings):
    today(convention)
    f.FicheFactory(axe=convention.axes.get())
    today(convention, version="2")
    today(convention, version="2", day=TODAY + datetime.timedelta(days=1))
    today(convention, version="2", exercice=2023)
    assert len(renderings) == 4


def test_each_format_has_its_own_file(convention, renderings, monkeypatch):
    monkeypatch.setattr(pdf, "render_pdf", lambda tree: b"%PDF-x")
    assert today(convention, cle="pdf") == b"%PDF-x"
    assert today(convention) != b"%PDF-x"


def test_a_picture_replaced_under_the_same_name_is_rendered_again(convention, renderings):
    name = default_storage.save("documents/a.jpg", ContentFile(b"une image"))
    f.DocumentFactory(convention=convention, fichier=name, droit_image=True)
    today(convention)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"une autre"))
    today(convention, version="2")
    assert len(renderings) == 2


def test_another_way_of_drawing_is_rendered_again(convention, renderings, monkeypatch):
    today(convention)
    monkeypatch.setattr(fichiers, "version_du_rendu", lambda: "une autre version")
    today(convention, version="2")
    assert len(renderings) == 2


def test_the_version_of_the_drawing_changes_with_a_template(settings, tmp_path):
    folder = tmp_path / "templates" / "reports"
    folder.mkdir(parents=True)
    settings.BASE_DIR = tmp_path
    found = set()
    for text in ("avant", "après"):
        (folder / "a.html").write_text(text)
        found.add(version_du_rendu.__wrapped__())
    assert len(found) == 2
    assert all(len(version) == 16 for version in found)


def test_the_oldest_make_room(convention, renderings, media, monkeypatch):
    monkeypatch.setattr(fichiers, "GARDES", 1)
    today(convention)
    today(convention, exercice=2023)
    assert len(list((media / DOSSIER_DU_JOUR).iterdir())) == 1


def test_two_who_ask_at_once_cause_one_rendering(monkeypatch, tmp_path):
    made, path = [], tmp_path / "bilans" / "jour" / "a.html"

    def slow():
        made.append(1)
        time.sleep(0.2)
        return b"lent"

    found = []
    threads = [
        threading.Thread(target=lambda: found.append(fichiers._kept(path, slow))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"lent"] * 4
    assert made == [1]


# --- An arrêté --------------------------------------------------------------------------------


def test_an_arrete_keeps_its_file_whatever_the_drawing_becomes(convention, monkeypatch, media):
    frozen = f.arrete_of(convention)
    monkeypatch.setattr(html, "render_html", lambda tree: "comme alors")
    assert fichier_arrete(frozen, FORMATS["html"]) == b"comme alors"
    monkeypatch.setattr(html, "render_html", lambda tree: "autrement")
    monkeypatch.setattr(fichiers, "version_du_rendu", lambda: "une autre version")
    assert fichier_arrete(Bilan.objects.get(), FORMATS["html"]) == b"comme alors"
    assert len(list((media / DOSSIER_ARRETES).rglob("*.html"))) == 1


def test_its_pdf_is_prepared_at_once_if_the_machine_can(convention, monkeypatch, media):
    frozen = f.arrete_of(convention)
    monkeypatch.setattr(pdf, "render_pdf", lambda tree: b"%PDF-x")
    prepare_arrete(frozen).join()
    (path,) = (media / DOSSIER_ARRETES).rglob("*.pdf")
    assert path.read_bytes() == b"%PDF-x"


def test_a_machine_that_cannot_draw_makes_it_later(convention, monkeypatch, media, caplog):
    def refuse(tree):
        raise PdfUnavailable("il manque Pango")

    monkeypatch.setattr(pdf, "render_pdf", refuse)
    prepare_arrete(f.arrete_of(convention)).join()
    assert "sera fait à la première demande" in caplog.text
    assert not list((media / DOSSIER_ARRETES).rglob("*.pdf"))


def test_an_erased_name_leaves_the_kept_files(
    convention, media, django_capture_on_commit_callbacks
):
    f.PiloteFicheFactory(fiche=convention.axes.get().fiches.get(), nom="Ghislaine Modèle")
    frozen = f.arrete_of(convention)
    before = fichier_arrete(frozen, FORMATS["html"]).decode()
    assert "Ghislaine Modèle" in before
    with django_capture_on_commit_callbacks(execute=True):
        effacer_personne(convention=convention, nom="Ghislaine Modèle")
    assert not list((media / DOSSIER_ARRETES).rglob("*.html"))
    after = fichier_arrete(Bilan.objects.get(), FORMATS["html"]).decode()
    assert after == before.replace("Ghislaine Modèle", "personne effacée")


def test_forgetting_what_was_never_kept_is_nothing(convention):
    forget_arrete(f.arrete_of(convention))
