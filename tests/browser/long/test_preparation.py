"""A file that takes long, waited for in a browser, with and without its scripts."""

import pytest
from playwright.sync_api import expect

from reports import fichiers
from tests.audit.look import WIDTHS, Findings, look_at


@pytest.fixture
def media(settings, tmp_path):
    """The folder of the media, where requests for files stay: tasks wait for a worker."""
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    return tmp_path


def work(folder):
    """What the worker does when its turn comes."""
    [demande] = folder.rglob("*.demande")
    fichiers.make(demande.relative_to(folder).as_posix().removesuffix(".demande"), "html")


def ask(page, sign_in, petite):
    sign_in(page, petite.lecteur)
    page.goto(f"{petite.convention.get_absolute_url()}bilan/")
    page.get_by_role("link", name="Page HTML").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre bilan se prépare")


def take(page):
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename.endswith(".html")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_of_the_page_is_accessible(new_page, sign_in, petite, media, width):
    findings = Findings()
    page = new_page(width=width)
    ask(page, sign_in, petite)
    look_at(page, "en préparation", width, findings)
    [demande] = media.rglob("*.demande")
    demande.with_name(demande.name.replace(".demande", ".echec")).write_text("Un défaut.")
    demande.unlink()
    expect(page.get_by_text("Un défaut.")).to_be_visible()
    look_at(page, "en échec", width, findings)
    page.get_by_role("link", name="Recommencer").click()
    work(media)
    expect(page.get_by_role("link", name="Télécharger")).to_be_visible()
    look_at(page, "prêt", width, findings)
    assert not findings, str(findings)


def test_the_page_says_by_itself_that_the_file_is_ready(new_page, sign_in, petite, media):
    page = new_page()
    ask(page, sign_in, petite)
    work(media)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre bilan est prêt")
    expect(page).to_have_title(f"Votre bilan est prêt – CTG {petite.convention.territoire}")
    # Enter is enough to take it.
    expect(page.get_by_role("link", name="Télécharger")).to_be_focused()
    take(page)


def test_without_scripts_a_link_asks_where_it_stands(new_page, sign_in, petite, media):
    page = new_page(java_script_enabled=False)
    ask(page, sign_in, petite)
    page.get_by_role("link", name="Voir où il en est").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre bilan se prépare")
    work(media)
    page.get_by_role("link", name="Voir où il en est").click()
    take(page)
