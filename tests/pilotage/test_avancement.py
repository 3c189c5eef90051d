"""An import tells how far it is, to who previewed it and to nobody else."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from pilotage.exchange import avancement, received
from pilotage.exchange.imports import import_convention
from tests.exchange import ACTIONS, write_tables


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


@pytest.fixture
def recu(db):
    return received.keep(ContentFile(b"PK", name="tables.zip"))


def address(plan):
    return reverse("pilotage:importer_avancement", args=[plan.convention.slug])


@pytest.mark.django_db
def test_each_stage_is_told_and_the_rows_only_grow(tmp_path):
    told = []
    import_convention(
        write_tables(tmp_path / "tables", actions=ACTIONS),
        slug="essai",
        progress=lambda *stage: told.append(stage),
    )
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["Lecture du fichier", "Comparaison avec la convention", "Écriture"]
    written = [(done, total) for stage, done, total in told if stage == "Écriture"]
    assert written == sorted(written)
    assert {total for _, total in written} == {3}
    assert (written[0][0], written[-1][0]) == (0, 2)


def test_it_is_read_in_words_and_as_a_part(recu):
    assert avancement.read(recu) is None
    say = avancement.follow(recu)
    say("Lecture du fichier", 0, 0)
    assert avancement.read(recu) == {"texte": "Lecture du fichier…", "part": None}
    say("Écriture", 1500, 6000)
    words = "Écriture\u00a0: 1\u00a0500 lignes sur 6\u00a0000"
    assert avancement.read(recu) == {"texte": words, "part": 0.25}


def test_a_disk_without_room_stops_no_import(recu):
    say = avancement.follow(recu)
    received.forget(recu)
    say("Écriture", 1, 2)
    assert avancement.read(recu) is None


def test_what_is_said_goes_with_the_file(recu):
    avancement.follow(recu)("Écriture", 1, 2)
    received.forget(recu)
    assert not recu.path.parent.exists()


def test_only_who_previewed_the_file_is_told(client, as_user, plan, recu):
    avancement.follow(recu)("Écriture", 1, 2)
    jeton = received.seal(recu, convention=plan.convention, user=plan.coordination)
    sent = {"jeton": jeton}
    assert as_user(plan.coordination).post(address(plan), sent).json()["part"] == 0.5
    assert as_user(plan.coordination).post(address(plan), {"jeton": "faux"}).status_code == 204
    assert as_user(plan.lecteur).post(address(plan), sent).status_code == 403
    assert as_user(plan.etranger).post(address(plan), sent).status_code == 404
    assert as_user(plan.coordination).get(address(plan)).status_code == 405


def test_before_the_import_there_is_nothing_to_say(as_user, plan, recu):
    jeton = received.seal(recu, convention=plan.convention, user=plan.coordination)
    answer = as_user(plan.coordination).post(address(plan), {"jeton": jeton})
    assert (answer.status_code, answer.content) == (204, b"")
