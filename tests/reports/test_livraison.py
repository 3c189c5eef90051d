"""How a file leaves: at once, or by a page that says when it is ready; to whom, and how dear."""

import re

import pytest
from django.urls import reverse
from django_tasks import task_backends

from axes.enums import Role
from reports import fichiers, livraison
from reports.fichiers import ECHEC
from reports.render import html
from reports.render.formats import FORMATS
from tests import factories as f

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def quick_files(monkeypatch, settings, tmp_path):
    """The drawings themselves have their own tests."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(html, "render_html", lambda tree: f"dessin de {tree.convention.nom}")
    monkeypatch.setattr(livraison, "ATTENTE", 0.01)


@pytest.fixture
def queue(settings):
    """Tasks wait, as they do for a worker; the list of those that were asked for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    return task_backends["default"].results


@pytest.fixture
def convention():
    return f.FicheFactory(axe__convention__slug="pays-test").axe.convention


@pytest.fixture
def reader(client, convention):
    client.force_login(f.member(convention, Role.LECTEUR))
    return client


@pytest.fixture
def address(convention):
    return reverse("reports:bilan_fichier", args=[convention.slug, "html"])


def work(queue):
    """What the worker does when its turn comes."""
    while queue:
        fichiers.make(*queue.pop(0).args)


def link(page: str, words: str) -> str:
    """The address of the link that holds these words."""
    [found] = re.findall(rf'<a [^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*{words}', page, re.DOTALL)
    return found.replace("&amp;", "&")


def test_a_quick_file_is_given_in_the_same_answer(reader, address, convention):
    answer = reader.get(address)
    assert answer.status_code == 200
    assert answer.content.decode() == f"dessin de {convention.nom}"


def test_a_slow_one_says_that_it_is_being_prepared_then_that_it_is_ready(reader, address, queue):
    waiting = reader.get(address + "?exercice=2023")
    page = waiting.content.decode()
    assert waiting.status_code == 202
    assert "<h1>Votre bilan se prépare</h1>" in page
    look = link(page, "Voir où il en est")
    assert "exercice=2023" in look
    assert f'hx-get="{look.replace("&", "&amp;")}" hx-trigger="every 2s"' in page
    assert re.search(r'aria-live="polite">\s*<div class="preparation"', page)
    assert reader.get(look).status_code == 202
    work(queue)
    ready = reader.get(look)
    assert ready.status_code == 200
    assert "<h1>Votre bilan est prêt</h1>" in ready.content.decode()
    assert "hx-get" not in ready.content.decode()
    file = reader.get(link(ready.content.decode(), "Télécharger"))
    assert file.content.startswith(b"dessin de")
    assert file["Content-Disposition"] == 'attachment; filename="bilan-pays-test-2023.html"'


@pytest.mark.parametrize(
    ("name", "args", "word"),
    [
        ("classeur", [], "classeur"),
        ("bilan_fichier", ["deck"], "diaporama"),
        ("bilan_fichier", ["ods"], "classeur"),
        ("bilan_fichier", ["docx"], "bilan"),
    ],
)
def test_the_page_names_what_is_being_prepared(reader, convention, queue, name, args, word):
    page = reader.get(reverse(f"reports:{name}", args=[convention.slug, *args])).content.decode()
    assert f"<h1>Votre {word} se prépare</h1>" in page


def test_looking_asks_for_nothing(reader, address, queue):
    look = link(reader.get(address).content.decode(), "Voir où il en est")
    for headers in ({}, HTMX):
        reader.get(look, headers=headers)
    assert len(queue) == 1


def test_htmx_hears_nothing_until_there_is_news(reader, address, queue):
    look = link(reader.get(address).content.decode(), "Voir où il en est")
    waiting = reader.get(look, headers=HTMX)
    assert (waiting.status_code, waiting.content) == (204, b"")
    work(queue)
    news = reader.get(look, headers=HTMX).content.decode()
    assert "<title>Votre bilan est prêt" in news
    assert "<html" not in news
    # The keyboard goes to what was waited for.
    assert re.search(r"<a [^>]*autofocus[^>]*>.*Télécharger", news)


def test_one_that_takes_long_says_so_once(reader, address, queue, monkeypatch):
    look = link(reader.get(address).content.decode(), "Voir où il en est")
    monkeypatch.setattr(livraison, "LENT", -1)
    told = reader.get(look, headers=HTMX)
    assert told.status_code == 200
    assert "C’est plus long que d’habitude." in told.content.decode()
    look = link(told.content.decode(), "Voir où il en est")
    assert reader.get(look, headers=HTMX).status_code == 204
    work(queue)
    assert "Votre bilan est prêt" in reader.get(look, headers=HTMX).content.decode()


def test_one_that_nobody_answers_can_be_asked_for_again(reader, address, queue, monkeypatch):
    look = link(reader.get(address).content.decode(), "Voir où il en est")
    monkeypatch.setattr(fichiers, "ABANDON", 0)
    told = reader.get(look)
    assert told.status_code == 404
    assert link(told.content.decode(), "Recommencer") == address


def test_whoever_asks_again_meanwhile_waits_for_the_same_drawing(reader, address, queue):
    assert [reader.get(address).status_code for _ in range(3)] == [202, 202, 202]
    assert len(queue) == 1


def test_what_was_asked_for_is_given_though_the_convention_changed(
    reader, address, queue, convention
):
    look = link(reader.get(address).content.decode(), "Voir où il en est")
    work(queue)
    before = convention.nom
    convention.nom = "Un autre nom"
    convention.save()
    file = reader.get(link(reader.get(look).content.decode(), "Télécharger"))
    assert file.content.decode() == f"dessin de {before}"
    assert reader.get(address).status_code == 202


@pytest.mark.parametrize(("headers", "status"), [({}, 503), (HTMX, 200)])
def test_a_failure_is_told_and_can_be_tried_again(
    reader, address, queue, monkeypatch, headers, status
):
    look = link(reader.get(address).content.decode(), "Voir où il en est")
    with monkeypatch.context() as broken:
        broken.setattr(html, "render_html", lambda tree: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work(queue)
    told = reader.get(look, headers=headers)
    assert told.status_code == status
    assert ECHEC in told.content.decode()
    again = link(told.content.decode(), "Recommencer")
    assert again == address
    assert reader.get(again).status_code == 202
    work(queue)
    assert reader.get(again).content.startswith(b"dessin de")


def test_a_preparation_that_is_over_says_so_and_asks_for_nothing(reader, address, queue):
    gone = reader.get(address, {"suivi": "1", "fichier": "0" * 64})
    assert gone.status_code == 404
    assert "Cette préparation est terminée" in gone.content.decode()
    assert not queue


def test_a_file_that_left_is_drawn_again(reader, address, convention):
    answer = reader.get(address, {"fichier": "0" * 64})
    assert answer.content.decode() == f"dessin de {convention.nom}"


def test_a_stranger_gets_nothing_of_a_file_whose_token_he_knows(client, reader, address, queue):
    look = link(reader.get(address).content.decode(), "Voir où il en est")
    work(queue)
    token = re.search(r"fichier=([0-9a-f]{64})", look)[1]
    elsewhere = f.ConventionFactory(slug="ailleurs")
    client.force_login(f.member(elsewhere, Role.COORDINATION))
    assert client.get(look).status_code == 404
    assert client.get(address, {"fichier": token}).status_code == 404
    own = reverse("reports:bilan_fichier", args=[elsewhere.slug, "html"])
    assert client.get(own, {"fichier": token, "suivi": "1"}).status_code == 404
    # It is not sent: one of his own is asked for.
    assert client.get(own, {"fichier": token}).status_code == 202


@pytest.mark.parametrize("year", ["20 23", "2023\r\nX-Autre: 1", "²²²²", "1e3"])
def test_a_year_that_is_none_never_reaches_the_name_of_the_file(reader, address, year):
    token = "0" * 64
    answer = reader.get(address, {"fichier": token, "suivi": "1", "exercice": year})
    assert answer.status_code == 404
    assert "X-Autre" not in answer.headers


def test_who_has_the_file_already_is_told_so(reader, address, convention):
    first = reader.get(address)
    again = reader.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert reader.get(address, headers={"If-None-Match": '"autre"'}).status_code == 200
    convention.nom = "Un autre nom"
    convention.save()
    changed = reader.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.content.decode() == "dessin de Un autre nom"


def test_the_file_of_an_arrete_is_prepared_like_the_others(reader, convention, queue):
    frozen = f.arrete_of(convention, 2023)
    address = reverse("reports:arrete_fichier", args=[convention.slug, frozen.pk, "html"])
    page = reader.get(address).content.decode()
    assert link(page, "Revenir au bilan arrêté") == frozen.get_absolute_url()
    work(queue)
    ready = reader.get(link(page, "Voir où il en est")).content.decode()
    assert reader.get(link(ready, "Télécharger")).content.startswith(b"dessin de")


def test_every_format_passes_by_there(reader, convention, queue):
    for cle in FORMATS:
        answer = reader.get(reverse("reports:bilan_fichier", args=[convention.slug, cle]))
        assert answer.status_code == 202
        assert FORMATS[cle].label in answer.content.decode()
    assert {task.args[1] for task in queue} == set(FORMATS)
