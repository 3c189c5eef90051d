"""The files of a bilan: drawn once for an unchanged content, kept for ever for an arrêté."""

import datetime
import errno
import os
import threading
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django_tasks import task_backends
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from reports import fichiers, tasks
from reports.fichiers import (
    ABANDON,
    DOSSIER_ARRETES,
    DOSSIER_DU_JOUR,
    ECHEC,
    PLACE_MANQUE,
    Etat,
    fichier_arrete,
    fichier_de,
    fichier_du_jour,
    fichier_garde,
    fichier_suivi,
    forget_arrete,
    make,
)
from reports.models import Bilan
from reports.present import build_present
from reports.render import html, pdf
from reports.render.formats import FORMATS
from reports.render.pdf import PdfUnavailable
from reports.render.version import version_du_rendu
from reports.services.arretes import effacer_personne
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


@pytest.fixture
def queue(settings):
    """Tasks wait, as they do for a worker; the list of those that were asked for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    return task_backends["default"].results


def of(convention, *, cle="html", exercice=None, version="1", day=TODAY):
    found, version = FORMATS[cle], f"{day}-{version}"
    return fichier_garde(convention, exercice, found, version) or fichier_du_jour(
        convention, exercice, found, today=day, version=version
    )


def content(fichier):
    if not fichier.est_pret:
        tasks.ask(fichier)
    return fichier.chemin.read_bytes()


def today(convention, **asked):
    return content(of(convention, **asked))


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
    assert len(list((media / DOSSIER_DU_JOUR).rglob("*.html"))) == 1


def test_a_draft_is_drawn_once_too(convention, renderings):
    for _ in range(2):
        tree = build_present(convention, 2023, today=TODAY)
        content(fichier_de(convention, tree, FORMATS["html"]))
    assert len(renderings) == 1


def test_a_file_is_looked_after_by_its_token_in_its_own_convention(convention, renderings):
    fichier = of(convention)
    content(fichier)
    found = FORMATS["html"]
    assert fichier_suivi(convention, fichier.jeton, found).est_pret
    assert not fichier_suivi(f.ConventionFactory(), fichier.jeton, found).est_pret
    for broken in ("", "../../secret", fichier.jeton[:-1], fichier.jeton.upper() + "x"):
        assert fichier_suivi(convention, broken, found) is None


# --- Asked for, then drawn by another process -------------------------------------------------


def test_what_is_asked_for_is_drawn_as_it_was_then(convention, renderings, queue):
    fichier = of(convention)
    tasks.ask(fichier)
    assert fichier.etat is Etat.EN_COURS
    f.FicheFactory(axe=convention.axes.get())
    make(*queue[0].args)
    assert fichier.etat is Etat.PRET
    assert [len(tree.axes[0].objectifs[0].fiches) for tree in renderings] == [1]
    assert list(fichier.chemin.parent.iterdir()) == [fichier.chemin]


def test_the_worker_of_a_shared_installation_draws_it(
    convention, renderings, settings, monkeypatch
):
    # Between two tasks it closes what the transaction of a test is held by.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    fichier = of(convention)
    tasks.ask(fichier)
    assert [row.status for row in DBTaskResult.objects.all()] == ["READY"]
    db_worker.Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="ouvrier",
    ).run()
    assert fichier.etat is Etat.PRET
    assert [row.status for row in DBTaskResult.objects.all()] == ["SUCCESSFUL"]


def test_two_who_ask_at_once_cause_one_drawing(convention, queue):
    tasks.ask(of(convention))
    tasks.ask(of(convention, version="2"))
    assert len(queue) == 1


def test_who_asks_twice_in_the_same_instant_makes_one_request(convention, queue):
    fichier = of(convention)
    barrier = threading.Barrier(4)
    claims = []

    def claim():
        barrier.wait()
        claims.append(fichier.claim())

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims) == [False, False, False, True]
    assert list(fichier.chemin.parent.iterdir()) == [fichier.demande]


def test_a_file_that_is_kept_is_not_asked_for(convention, renderings, queue):
    fichier = of(convention)
    fichier.chemin.parent.mkdir(parents=True)
    fichier.chemin.write_bytes(b"x")
    tasks.ask(fichier)
    assert not queue
    assert not fichier.demande.exists()


def test_a_task_that_comes_twice_draws_once(convention, renderings, queue):
    tasks.ask(of(convention))
    for _ in range(2):
        make(*queue[0].args)
    assert len(renderings) == 1


def test_a_request_that_its_worker_lost_can_be_made_again(convention, queue):
    fichier = of(convention)
    tasks.ask(fichier)
    long_ago = time.time() - ABANDON - 1
    os.utime(fichier.demande, (long_ago, long_ago))
    tasks.ask(fichier)
    assert len(queue) == 2


def test_a_queue_that_is_out_of_reach_leaves_no_request(convention, monkeypatch):
    class Queue:
        def enqueue(self, *args):
            raise DatabaseError("hors d’atteinte")

    monkeypatch.setattr(tasks, "dessiner", Queue())
    fichier = of(convention)
    with pytest.raises(DatabaseError):
        tasks.ask(fichier)
    assert fichier.etat is Etat.ABSENT


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PdfUnavailable("il manque Pango"), "il manque Pango"),
        (OSError(errno.ENOSPC, "No space left on device"), PLACE_MANQUE),
        (OSError(errno.EIO, "autre chose"), ECHEC),
        (ZeroDivisionError("un défaut"), ECHEC),
    ],
)
def test_a_failure_is_told_in_french_and_can_be_tried_again(
    convention, monkeypatch, error, message
):
    def refuse(tree):
        raise error

    monkeypatch.setattr(html, "render_html", refuse)
    fichier = of(convention)
    tasks.ask(fichier)
    assert fichier.etat is Etat.ECHEC
    assert fichier.message == message
    monkeypatch.setattr(html, "render_html", lambda tree: "enfin")
    assert content(fichier) == b"enfin"
    assert list(fichier.chemin.parent.iterdir()) == [fichier.chemin]


def test_waiting_ends_with_the_file_or_with_patience(convention, renderings, queue):
    fichier = of(convention)
    tasks.ask(fichier)
    assert fichier.wait(0.01) is Etat.EN_COURS
    worker = threading.Timer(0.05, make, queue[0].args)
    worker.start()
    assert fichier.wait(5) is Etat.PRET
    worker.join()


def test_drawings_follow_one_another(tmp_path):
    (tmp_path / "bilans").mkdir()
    inside, most = [], []

    def draw():
        with fichiers._locked("rendu"):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]


# --- An arrêté --------------------------------------------------------------------------------


def test_an_arrete_keeps_its_file_whatever_the_drawing_becomes(convention, monkeypatch, media):
    frozen = f.arrete_of(convention)
    monkeypatch.setattr(html, "render_html", lambda tree: "comme alors")
    assert content(fichier_arrete(frozen, FORMATS["html"])) == b"comme alors"
    monkeypatch.setattr(html, "render_html", lambda tree: "autrement")
    monkeypatch.setattr(fichiers, "version_du_rendu", lambda: "une autre version")
    assert content(fichier_arrete(Bilan.objects.get(), FORMATS["html"])) == b"comme alors"
    assert len(list((media / DOSSIER_ARRETES).rglob("*.html"))) == 1


def test_its_pdf_is_prepared_at_once_if_the_machine_can(convention, monkeypatch, media):
    frozen = f.arrete_of(convention)
    monkeypatch.setattr(pdf, "render_pdf", lambda tree: b"%PDF-x")
    tasks.prepare_arrete(frozen)
    (path,) = (media / DOSSIER_ARRETES).rglob("*.pdf")
    assert path.read_bytes() == b"%PDF-x"


def test_a_disk_that_is_full_makes_it_later(convention, monkeypatch, caplog):
    def refuse(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    frozen = f.arrete_of(convention)
    monkeypatch.setattr(fichiers, "_temporary", refuse)
    tasks.prepare_arrete(frozen)
    assert "sera fait à la première demande" in caplog.text


def test_an_erased_name_leaves_the_kept_files(
    convention, media, django_capture_on_commit_callbacks
):
    f.PiloteFicheFactory(fiche=convention.axes.get().fiches.get(), nom="Ghislaine Modèle")
    frozen = f.arrete_of(convention)
    before = content(fichier_arrete(frozen, FORMATS["html"])).decode()
    assert "Ghislaine Modèle" in before
    with django_capture_on_commit_callbacks(execute=True):
        effacer_personne(convention=convention, nom="Ghislaine Modèle")
    assert not list((media / DOSSIER_ARRETES).rglob("*.html"))
    after = content(fichier_arrete(Bilan.objects.get(), FORMATS["html"])).decode()
    assert after == before.replace("Ghislaine Modèle", "personne effacée")


def test_forgetting_what_was_never_kept_is_nothing(convention):
    forget_arrete(f.arrete_of(convention))


def test_a_name_erased_during_a_drawing_is_not_kept(convention, monkeypatch, media):
    frozen = f.arrete_of(convention)

    def erase_meanwhile(tree):
        forget_arrete(frozen)
        return "avec le nom"

    monkeypatch.setattr(html, "render_html", erase_meanwhile)
    tasks.ask(fichier_arrete(frozen, FORMATS["html"]))
    assert not [path for path in (media / DOSSIER_ARRETES).rglob("*") if path.is_file()]
