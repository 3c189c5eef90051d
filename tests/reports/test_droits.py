"""A droit à l’image withdrawn after a bilan was frozen: the photo goes, the text and hash stay."""

import datetime
import io

import pypdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from actions.fichiers import accept
from actions.models import Document, PhotoRetiree
from actions.services.documents import add_document, edit_document, remove_document
from reports import canonical, tasks
from reports.deck import build_deck
from reports.droits import photos_retirees
from reports.fichiers import fichier_arrete
from reports.models import Bilan
from reports.render.docx import render_docx
from reports.render.formats import FORMATS
from reports.render.html import render_html
from reports.render.pdf import render_pdf
from reports.services.partages import share
from tests import factories as f

pytestmark = pytest.mark.django_db
NOW = timezone.now() - datetime.timedelta(days=1)
RETIREE = "photo retirée : droit à l’image"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def fiche():
    return f.FicheFactory(intitule="La fête du jeu")


def photo(fiche, *, legende="La fête", colour="#14508c", droit_image=True) -> Document:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(buffer, "JPEG")
    document = Document(
        convention=fiche.axe.convention, fiche=fiche, legende=legende, droit_image=droit_image
    )
    return add_document(document=document, fichier=accept("photo.jpg", buffer.getvalue()))


def answer(document, *, droit) -> None:
    document.refresh_from_db()
    edit_document(
        item=document,
        opened={"droit_image": document.droit_image},
        submitted={"droit_image": droit},
    )


def frozen(fiche) -> Bilan:
    return Bilan.objects.get(pk=f.arrete_of(fiche.axe.convention, now=NOW).pk)


def again(bilan) -> Bilan:
    return Bilan.objects.get(pk=bilan.pk)


def pictures(content: str) -> int:
    return content.count('src="data:image/')


@pytest.mark.parametrize("droit", [False, None])
def test_a_withdrawn_photo_leaves_every_rendering_and_the_hash_stays(fiche, droit):
    shown = photo(fiche)
    photo(fiche, legende="Autre", colour="#7a2f63")
    bilan = frozen(fiche)
    before = bilan.arbre, bilan.empreinte
    assert pictures(render_html(bilan.tree)) == 2
    answer(shown, droit=droit)
    kept = again(bilan)
    assert (kept.arbre, kept.empreinte) == before
    assert canonical.Canonique(kept.arbre, {}).empreinte == kept.empreinte
    page = render_html(kept.tree)
    assert pictures(page) == 1
    assert f"La fête ({RETIREE})" in page
    assert page.count(RETIREE) == 1


def test_the_right_that_is_given_back_brings_the_photo_back(fiche):
    shown = photo(fiche)
    bilan = frozen(fiche)
    first = render_html(bilan.tree)
    answer(shown, droit=False)
    answer(shown, droit=True)
    assert render_html(again(bilan).tree) == first


def test_a_photo_removed_without_a_right_stays_out(fiche):
    shown = photo(fiche)
    bilan = frozen(fiche)
    answer(shown, droit=False)
    remove_document(item=shown)
    assert not Document.objects.exists()
    assert pictures(render_html(again(bilan).tree)) == 0


def test_a_photo_replaced_while_it_had_no_right_stays_out(fiche):
    shown = photo(fiche)
    bilan = frozen(fiche)
    answer(shown, droit=False)
    shown.refresh_from_db()
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "#12604f").save(buffer, "JPEG")
    edit_document(
        item=shown,
        opened={"fichier": shown.fichier.name, "droit_image": False},
        submitted={"fichier": accept("autre.jpg", buffer.getvalue()), "droit_image": True},
    )
    assert pictures(render_html(again(bilan).tree)) == 0


def test_a_photo_removed_or_replaced_with_its_right_stays_in_the_arrete(fiche):
    shown = photo(fiche)
    bilan = frozen(fiche)
    remove_document(item=shown)
    assert not PhotoRetiree.objects.exists()
    assert pictures(render_html(again(bilan).tree)) == 1


def test_a_mark_is_older_than_the_bilans_that_were_frozen_with_a_new_agreement(fiche):
    remove_document(item=photo(fiche, droit_image=False))
    assert PhotoRetiree.objects.count() == 1
    PhotoRetiree.objects.update(retiree_le=NOW - datetime.timedelta(days=1))
    photo(fiche)
    assert pictures(render_html(frozen(fiche).tree)) == 1


def test_the_same_picture_with_an_agreement_in_another_document_stays(fiche):
    shown = photo(fiche)
    photo(fiche, legende="La même, ailleurs")
    bilan = frozen(fiche)
    answer(shown, droit=False)
    remove_document(item=shown)
    assert photos_retirees(again(bilan)) == frozenset()


def test_the_same_picture_in_another_convention_decides_nothing(fiche):
    photo(fiche)
    bilan = frozen(fiche)
    photo(f.FicheFactory(), droit_image=False)
    remove_document(item=photo(f.FicheFactory(), droit_image=False))
    assert photos_retirees(again(bilan)) == frozenset()


def test_a_kept_file_is_drawn_again_without_it_and_the_old_one_goes(fiche, media):
    shown = photo(fiche)
    bilan = frozen(fiche)
    first = fichier_arrete(bilan, FORMATS["html"])
    tasks.ask(first)
    assert pictures(first.chemin.read_text()) == 1
    answer(shown, droit=False)
    second = fichier_arrete(again(bilan), FORMATS["html"])
    assert not second.est_pret
    assert second.etag != first.etag
    tasks.ask(second)
    assert pictures(second.chemin.read_text()) == 0
    assert not first.est_pret


@pytest.mark.audit
def test_pdf_word_and_deck_show_the_caption_alone(fiche):
    shown = photo(fiche)
    bilan = frozen(fiche)
    answer(shown, droit=False)
    tree = again(bilan).tree
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(tree)))
    assert not [image for page in reader.pages for image in page.images]
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert f"La fête ({RETIREE})" in text
    assert "image/jpeg" not in str(render_docx(tree))
    slides = str(build_deck(tree, frozenset()))
    assert RETIREE in slides


def test_a_link_given_before_shows_it_no_more(fiche, client):
    shown = photo(fiche)
    today = timezone.localdate()
    _, jeton = share(
        bilan=frozen(fiche), auteur=f.UserFactory(), pour="La Caf", expire_le=today, today=today
    )
    client.post(reverse("reports:partage", args=[jeton]))
    address = reverse("reports:partage_fichier", args=[jeton, "html"])
    assert pictures(client.get(address).content.decode()) == 1
    answer(shown, droit=False)
    assert pictures(client.get(address).content.decode()) == 0


def test_an_arrete_without_photo_asks_nothing(fiche, django_assert_num_queries):
    photo(fiche, droit_image=None)
    bilan = again(frozen(fiche))
    with django_assert_num_queries(0):
        assert photos_retirees(bilan) == frozenset()


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_whatever_the_number_of_photos(fiche, count, django_assert_num_queries):
    shown = [photo(fiche, colour=(10 * rank, 80, 120)) for rank in range(count)]
    bilan = again(frozen(fiche))
    answer(shown[0], droit=False)
    with django_assert_num_queries(2):
        assert len(photos_retirees(bilan)) == 1


def test_lost_files_prevent_nothing(fiche):
    shown, lost = photo(fiche), photo(fiche, colour="#7a2f63")
    bilan = frozen(fiche)
    answer(shown, droit=False)
    answer(lost, droit=False)
    lost.refresh_from_db()
    default_storage.delete(lost.fichier.name)
    remove_document(item=lost)
    f.DocumentFactory(convention=fiche.axe.convention, fichier="documents/absent.jpg")
    assert len(photos_retirees(again(bilan))) == 1
