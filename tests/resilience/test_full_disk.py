"""A disk that refuses to write: a sentence in French, and nothing half-written."""

import errno
import os
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from axes.enums import Role
from axes.models import Convention
from ctg_portal.lib.exchange.problems import ImportRefuse
from pilotage.exchange.imports import import_convention
from tests.factories import ConventionFactory, member

VIVANTE = "vallees-fictives-2024-2028"


def no_space_left(*args, **kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return Path(settings.MEDIA_ROOT)


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_import_that_cannot_keep_its_third_file_keeps_none(db, media, settings, monkeypatch):
    save, written = FileSystemStorage._save, []

    def save_two(storage, name, content):
        if len(written) == 2:
            no_space_left()
        written.append(name)
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", save_two)
    with pytest.raises(ImportRefuse, match="rien n’a été enregistré"):
        import_convention(settings.BASE_DIR / "demo" / VIVANTE)
    assert len(written) == 2
    assert files_in(media) == []
    assert not Convention.objects.exists()


def test_a_bilan_is_given_even_when_its_copy_cannot_be_kept(client, db, media, monkeypatch):
    convention = ConventionFactory()
    client.force_login(member(convention, Role.LECTEUR))
    address = f"{convention.get_absolute_url()}bilan/pdf/"
    real = os.fdopen

    class FullFile:
        def __init__(self, handle, mode):
            self.file = real(handle, mode)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        write = no_space_left

    monkeypatch.setattr("reports.fichiers.os.fdopen", FullFile)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert [path.name for path in files_in(media)] == ["rendu.verrou"]


def test_a_portal_that_cannot_write_at_all_says_so_in_french(client, db, media, monkeypatch):
    convention = ConventionFactory()
    client.force_login(member(convention, Role.LECTEUR))
    client.raise_request_exception = False
    monkeypatch.setattr(Path, "mkdir", no_space_left)
    answer = client.get(f"{convention.get_absolute_url()}bilan/pdf/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Le portail a rencontré un problème" in page
    assert "Traceback" not in page
    assert "No space left" not in page
