"""The logo of a convention: who changes it, what is refused, what becomes of the one before."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from axes.enums import Role
from axes.models import Convention
from journal.models import Entree
from tests.actions.pictures import encoded, two_tone
from tests.factories import member

pytestmark = pytest.mark.django_db

URL = "/conventions/vallee/convention/logo/"


def image(name="Logo du pays.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(two_tone(), "PNG"), "image/png")


def stored(plan) -> Convention:
    return Convention.objects.get(pk=plan.convention.pk)


@pytest.fixture
def with_logo(plan):
    plan.convention.logo.save("avant.png", ContentFile(encoded(two_tone(), "PNG")))
    return plan.convention.logo


def test_the_coordination_gives_one_and_it_is_shown_everywhere(plan, as_user):
    client = as_user(plan.coordination)
    answer = client.post(URL, {"fichier": image()})
    assert (answer.status_code, answer["Location"]) == (302, "/conventions/vallee/convention/")
    assert stored(plan).logo.name.startswith("logos/")
    page = client.get("/conventions/vallee/plan/").content.decode()
    assert '<img class="logo-image" src="/conventions/vallee/logo/" alt="">' in page
    served = client.get("/conventions/vallee/logo/")
    assert b"".join(served.streaming_content).startswith(b"\x89PNG")
    assert Entree.objects.filter(convention_pk=plan.convention.pk, changes__has_key="logo").exists()


@pytest.mark.django_db(transaction=True)
def test_the_one_before_is_taken_away_once_another_is_written(plan, as_user, with_logo):
    name, storage = with_logo.name, with_logo.storage
    assert as_user(plan.coordination).post(URL, {"fichier": image()}).status_code == 302
    assert not storage.exists(name)
    assert storage.exists(stored(plan).logo.name)


def test_it_can_be_taken_back(plan, as_user, with_logo):
    assert as_user(plan.coordination).post(URL, {"retirer": "on"}).status_code == 302
    assert not stored(plan).logo


def test_whoever_only_administers_is_not_shown_a_picture_she_may_not_open(plan, client, with_logo):
    client.force_login(member(plan.convention, Role.ADMINISTRATION))
    page = client.get("/conventions/vallee/equipe/").content.decode()
    assert 'src="/conventions/vallee/logo/"' not in page


@pytest.mark.parametrize(
    "fichier",
    [
        None,
        SimpleUploadedFile("notice.pdf", b"%PDF-1.7 texte"),
        SimpleUploadedFile("logo.svg", b"<svg onload='x'></svg>"),
        SimpleUploadedFile("logo.png", b"<html>un autre contenu</html>"),
        SimpleUploadedFile("vide.png", b""),
    ],
    ids=["rien", "pdf", "svg", "déguisé", "vide"],
)
def test_what_is_no_picture_is_refused_and_changes_nothing(plan, as_user, with_logo, fichier):
    answer = as_user(plan.coordination).post(URL, {"fichier": fichier} if fichier else {})
    assert answer.status_code == 422
    assert answer.context["form"].errors["fichier"]
    assert stored(plan).logo.name == with_logo.name


def test_without_room_nothing_changes_and_the_page_says_so(plan, as_user, with_logo, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    answer = as_user(plan.coordination).post(URL, {"fichier": image()})
    assert answer.status_code == 507
    assert "la place manque" in answer.content.decode()
    assert stored(plan).logo.name == with_logo.name


def test_a_reader_and_a_stranger_do_not_change_it(plan, as_user):
    assert as_user(plan.lecteur).post(URL, {"fichier": image()}).status_code == 403
    assert as_user(plan.contributeur).get(URL).status_code == 403
    assert as_user(plan.etranger).get(URL).status_code == 404


def test_anonymous_and_wrong_method(plan, client, as_user):
    assert client.get(URL)["Location"] == f"/comptes/connexion/?next={URL}"
    assert as_user(plan.coordination).delete(URL).status_code == 405
