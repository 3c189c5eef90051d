"""The presentation in the browser: who sees it, the same slides as the deck, its pictures."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from axes.enums import Role
from copil.enums import NaturePoint, TypeInstance
from ctg_portal.lib.dates import parse_date
from reports import canonical
from reports.deck import build_deck
from reports.present import build_present, tree_of
from reports.projection import build_projection
from reports.render.ressources import pictures_of
from tests import factories as f

from .builders import TODAY, full_convention
from .test_tree import QUERIES

pytestmark = pytest.mark.django_db
#: The tree, then session, person and grant, the last arrêté to compare with, the pictures.
PROJECTION_QUERIES = QUERIES + 5
#: Session, person, grant with the state of the journal.
UNCHANGED_QUERIES = 3


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def convention():
    fiche = f.FicheFactory(intitule="Une fiche à projeter", axe__convention__slug="pays-test")
    return fiche.axe.convention


@pytest.fixture
def reader(client, convention):
    client.force_login(f.member(convention, Role.LECTEUR))
    return client


def url(convention, query="") -> str:
    return reverse("reports:projeter", args=[convention.slug]) + query


def photo(convention, name, **kwargs):
    document = f.DocumentFactory(convention=convention, fichier="", legende=name, **kwargs)
    document.fichier.save(f"{name}.jpg", ContentFile(b"jpeg"))
    return document


def address_of(document) -> str:
    return reverse("pilotage:document", args=[document.convention.slug, document.pk])


# --- Who gets in ---


def test_an_anonymous_visitor_is_asked_to_sign_in(client, convention):
    response = client.get(url(convention))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_strangers_and_administration_find_nothing(client, convention):
    client.force_login(f.UserFactory())
    assert client.get(url(convention)).status_code == 404
    client.force_login(f.member(convention, Role.ADMINISTRATION))
    assert client.get(url(convention)).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.LECTEUR, Role.CONTRIBUTEUR, Role.REFERENT, Role.COORDINATION]
)
def test_every_member_projects(client, convention, role):
    client.force_login(f.member(convention, role))
    assert client.get(url(convention)).status_code == 200


def test_it_only_reads(reader, convention):
    assert reader.post(url(convention)).status_code == 405


@pytest.mark.parametrize("year", ["1850", "abc", "2019"])
def test_an_impossible_exercice_is_not_found(reader, convention, year):
    assert reader.get(url(convention, f"?exercice={year}")).status_code == 404


# --- What is shown ---


def test_the_slides_are_those_of_the_deck_in_their_order(client):
    convention = full_convention()
    client.force_login(f.member(convention, Role.LECTEUR))
    page = client.get(url(convention)).content.decode()
    deck = build_deck(build_present(convention, None, today=timezone.localdate()))
    assert re.findall(r'id="d(\d+)" data-titre="([^"]*)"', page) == [
        (str(slide.numero), escape(slide.titre_complet)) for slide in deck.diapositives
    ]
    assert len(deck.diapositives) > 15
    assert page.count('<a href="#d') == len(deck.diapositives)
    for slide in deck.diapositives:
        assert all(escape(note) in page for note in slide.notes)


def test_a_chart_is_drawn_for_the_room_and_for_a_phone(client):
    convention = full_convention()
    client.force_login(f.member(convention, Role.LECTEUR))
    page = client.get(url(convention)).content.decode()
    assert page.count('class="courbe moyenne"') == page.count('class="courbe etroite"') > 0


def test_nothing_is_inline_and_nothing_is_asked_elsewhere(reader, convention):
    page = reader.get(url(convention)).content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert all(one.startswith("/static/") for one in re.findall(r'(?:src|href)="(/s[^"]+)"', page))


def test_an_exercice_shows_its_own_points_and_goes_back_to_its_own_bilan(reader, convention):
    axe = convention.axes.get()
    for year in (2022, 2023):
        f.PointFactory(
            convention=convention,
            axe=axe,
            exercice=year,
            nature=NaturePoint.FORT,
            texte=f"Un point fort de {year}",
        )
    page = reader.get(url(convention, "?exercice=2023")).content.decode()
    assert "Un point fort de 2023" in page
    assert "Un point fort de 2022" not in page
    assert f'href="{reverse("reports:bilan", args=["pays-test"])}?exercice=2023"' in page


def test_only_pictures_that_may_be_shown_are_and_by_the_view_that_checks(reader, convention):
    shown = photo(convention, "permise", droit_image=True)
    kept = photo(convention, "retenue", droit_image=False)
    lost = photo(convention, "perdue", droit_image=True)
    elsewhere = photo(f.ConventionFactory(), "ailleurs", droit_image=True)
    lost.fichier.storage.delete(lost.fichier.name)
    page = reader.get(url(convention)).content.decode()
    assert f'src="{address_of(shown)}"' in page
    assert f'src="{shown.fichier.name}"' not in page
    for document in (kept, lost, elsewhere):
        assert address_of(document) not in page
    notes = page[page.index('class="notes"') :]
    assert "retenue (image non reproduite)" in notes
    assert "perdue (image non reproduite)" in notes


def test_the_logo_comes_from_its_own_view(convention):
    convention.logo.save("logo.png", ContentFile(b"png"))
    projection = build_projection(convention, None, today=timezone.localdate())
    assert projection.images == {
        convention.logo.name: reverse("pilotage:logo", args=[convention.slug])
    }


def test_the_page_of_the_bilan_leads_to_the_projection_of_the_same_exercice(reader, convention):
    bilan = reverse("reports:bilan", args=[convention.slug])
    page = reader.get(bilan, {"exercice": 2023}).content.decode()
    assert f'href="{url(convention)}?exercice=2023"' in page


# --- Figures read again ---


def test_a_page_that_is_up_to_date_is_told_so_without_reading_the_convention(
    reader, convention, django_assert_num_queries
):
    etag = reader.get(url(convention))["ETag"]
    with django_assert_num_queries(UNCHANGED_QUERIES):
        answer = reader.get(url(convention), headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.content == b""


def test_a_change_of_a_fiche_is_given_to_a_page_that_asks_again(reader, convention):
    first = reader.get(url(convention))
    fiche = convention.axes.get().fiches.get()
    fiche.intitule = "Un titre changé pendant la séance"
    fiche.save()
    answer = reader.get(url(convention), headers={"If-None-Match": first["ETag"]})
    assert answer.status_code == 200
    assert answer["ETag"] != first["ETag"]
    assert "Un titre changé pendant la séance" in answer.content.decode()


def test_one_exercice_does_not_vouch_for_another(reader, convention):
    etag = reader.get(url(convention))["ETag"]
    answer = reader.get(url(convention, "?exercice=2023"), headers={"If-None-Match": etag})
    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, count, django_assert_num_queries):
    convention = full_convention(count, par_objectif=1)
    f.arrete_of(convention, 2022)
    for rank in range(count):
        photo(convention, f"photo{rank}", droit_image=True)
    client.force_login(f.member(convention, Role.LECTEUR))
    with django_assert_num_queries(PROJECTION_QUERIES):
        client.get(url(convention))


# --- An arrêté ---

#: Session, person, grant, the arrêté, and the withdrawn photos where it shows any (two).
ARRETE_QUERIES = 6


def arrete_url(arrete, name="projeter_arrete", *args) -> str:
    return reverse(f"reports:{name}", args=[arrete.convention.slug, arrete.pk, *args])


def test_an_arrete_is_projected_as_it_was_frozen(reader, convention):
    arrete = f.arrete_of(convention, 2023)
    fiche = convention.axes.get().fiches.get()
    fiche.intitule = "Un titre changé depuis"
    fiche.save()
    page = reader.get(arrete_url(arrete)).content.decode()
    slides = build_deck(arrete.tree).diapositives
    assert re.findall(r'id="d(\d+)" data-titre="([^"]*)"', page) == [
        (str(slide.numero), escape(slide.titre_complet)) for slide in slides
    ]
    assert "Une fiche à projeter" in page
    assert "Un titre changé depuis" not in page


@pytest.mark.parametrize(
    ("examined", "told"),
    [
        ("24 mars 2026", "COPIL du 24\u00a0mars 2026"),
        ("9 octobre 2025", "9\u00a0octobre 2025, Combelune"),
    ],
)
def test_an_arrete_is_projected_under_the_meeting_that_examined_it(convention, examined, told):
    copil = f.InstanceFactory(convention=convention, type=TypeInstance.COPIL)
    meetings = {
        day: f.ReunionFactory(
            convention=convention, instances=[copil], date=parse_date(day), lieu="Combelune"
        )
        for day in ("25 mars 2025", "9 octobre 2025", "11 décembre 2025", "24 mars 2026")
    }
    arrete = f.arrete_of(convention, 2025, reunion=meetings[examined])
    deck = build_deck(arrete.tree)
    cover = deck.diapositives[0]
    assert (cover.titre, cover.date) == ("Comité de pilotage", told)
    assert deck.pied.endswith(f"COPIL du {parse_date(examined)}")


def test_a_draft_is_projected_under_the_meeting_that_it_is_prepared_for(convention):
    bureau = f.InstanceFactory(convention=convention, type=TypeInstance.COTECH)
    copil = f.InstanceFactory(convention=convention, type=TypeInstance.COPIL)
    f.ReunionFactory(convention=convention, instances=[copil], date=parse_date("25 mars 2025"))
    prepared_for = f.ReunionFactory(
        convention=convention, instances=[bureau], date=parse_date("2 juin 2025"), lieu="Bourg"
    )
    draft = f.BilanFactory(convention=convention, exercice=2025, reunion=prepared_for)
    cover = build_deck(tree_of(draft, today=TODAY)).diapositives[0]
    assert (cover.titre, cover.date) == ("Bilan des actions 2025", "2\u00a0juin 2025, Bourg")


def test_an_arrete_offers_no_new_figures_and_leads_back_to_its_page(reader, convention):
    arrete = f.arrete_of(convention, 2023)
    page = reader.get(arrete_url(arrete)).content.decode()
    assert 'data-etag=""' in page
    assert "data-relire" not in page
    assert "Bilan arrêté\u00a0: chiffres figés" in page
    assert f'href="{arrete.get_absolute_url()}" data-quitter' in page
    present = reader.get(url(convention)).content.decode()
    assert "data-relire" in present
    assert "chiffres figés" not in present


def test_the_page_of_an_arrete_leads_to_its_projection(reader, convention):
    arrete = f.arrete_of(convention, 2023)
    assert f'href="{arrete_url(arrete)}"' in reader.get(arrete.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["projeter_arrete", "arrete_image"])
def test_who_may_not_read_the_convention_finds_no_projection_of_its_arrete(
    client, convention, name
):
    photo(convention, "permise", droit_image=True)
    arrete = f.arrete_of(convention, 2023)
    args = [picture_of(arrete)] if name == "arrete_image" else []
    address = arrete_url(arrete, name, *args)
    assert client.get(address).status_code == 302
    client.force_login(f.UserFactory())
    assert client.get(address).status_code == 404
    client.force_login(f.member(f.ConventionFactory(), Role.COORDINATION))
    assert client.get(address).status_code == 404
    client.force_login(f.member(convention, Role.LECTEUR))
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.getvalue()
    assert client.post(address).status_code == 405


def picture_of(arrete) -> str:
    """The last name of the one picture of this arrêté."""
    [name] = pictures_of(arrete.tree)
    return name.rpartition("/")[2]


def test_a_draft_and_the_arrete_of_another_convention_are_not_projected(reader, convention):
    draft = f.BilanFactory(convention=convention)
    assert reader.get(arrete_url(draft)).status_code == 404
    other = f.arrete_of(f.FicheFactory().axe.convention)
    address = reverse("reports:projeter_arrete", args=[convention.slug, other.pk])
    assert reader.get(address).status_code == 404


def test_an_arrete_shows_the_pictures_that_it_kept_and_no_other_file(reader, convention):
    shown = photo(convention, "permise", droit_image=True)
    arrete = f.arrete_of(convention, 2023)
    shown.fichier.save("permise.jpg", ContentFile(b"autre"))
    default_storage.save("bilans/images/ailleurs.jpg", ContentFile(b"ailleurs"))
    image = arrete_url(arrete, "arrete_image", picture_of(arrete))
    assert f'src="{image}"' in reader.get(arrete_url(arrete)).content.decode()
    answer = reader.get(image)
    assert b"".join(answer.streaming_content) == b"jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    for name in ("ailleurs.jpg", "0" * 64 + ".jpg"):
        assert reader.get(arrete_url(arrete, "arrete_image", name)).status_code == 404


def test_a_photo_without_its_right_any_more_leaves_the_projection_of_an_arrete(reader, convention):
    shown = photo(convention, "permise", droit_image=True)
    arrete = f.arrete_of(convention, 2023)
    image = arrete_url(arrete, "arrete_image", picture_of(arrete))
    shown.droit_image = False
    shown.save()
    assert reader.get(image).status_code == 404
    assert image not in reader.get(arrete_url(arrete)).content.decode()


def test_an_arrete_that_cannot_be_read_says_so(reader, convention, monkeypatch):
    arrete = f.arrete_of(convention, 2023)

    def refuse(*_):
        raise canonical.TexteIllisible("Texte d’une autre version.")

    monkeypatch.setattr(canonical, "read", refuse)
    answer = reader.get(arrete_url(arrete))
    assert answer.status_code == 500
    assert "Texte d’une autre version." in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_an_arrete_do_not_grow(client, count, django_assert_num_queries):
    convention = full_convention(count, par_objectif=1)
    for rank in range(count):
        photo(convention, f"photo{rank}", droit_image=True)
    arrete = f.arrete_of(convention, 2022)
    client.force_login(f.member(convention, Role.LECTEUR))
    with django_assert_num_queries(ARRETE_QUERIES):
        client.get(arrete_url(arrete))
