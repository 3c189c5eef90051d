"""Pages of the composer: the coordination's drafts, their preview, their end."""

import pytest
from django.urls import reverse

from axes.enums import Role
from axes.models import Axe
from copil.models import Reunion
from ctg_portal.lib.dates import parse_date
from journal.models import Entree
from reports.enums import Detail, Partie
from reports.models import Bilan
from reports.render import pdf
from reports.render.formats import FORMATS
from tests import factories as f

pytestmark = pytest.mark.django_db

EVERY = tuple(Partie.values)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def quick_files(monkeypatch, settings, tmp_path):
    """The files themselves have their own tests."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(pdf, "render_pdf", lambda tree: b"%PDF-" + tree.titre.encode())


@pytest.fixture
def convention():
    fiche = f.FicheFactory(
        intitule="La fiche des tout-petits",
        axe__convention__slug="pays-test",
        axe__intitule="Petite enfance",
        axe__numero="1",
    )
    return fiche.axe.convention


@pytest.fixture
def coordination(client, convention):
    client.force_login(f.member(convention, Role.COORDINATION))
    return client


@pytest.fixture
def draft(convention):
    return f.BilanFactory(
        convention=convention, exercice=2023, introduction="Bonjour à toutes et tous."
    )


def url(name, convention, *args):
    return reverse(f"reports:{name}", args=[convention.slug, *args])


def sent(**values):
    """What the form of a complete draft of 2023 sends; the fields given replace those."""
    return {
        "exercice": "2023",
        "reunion": "",
        "detail": Detail.COMPLET,
        "sections": list(EVERY),
        "axes": [],
        "introduction": "",
        "conclusion": "",
        "avec_photos": "on",
        "avec_logos": "on",
        **values,
    }


def opened(draft, **values):
    """The same, with the values that the form of this draft was opened with."""
    opening = {
        "initial-exercice": draft.exercice or "",
        "initial-reunion": draft.reunion_id or "",
        "initial-detail": draft.detail,
        "initial-sections": draft.sections,
        "initial-introduction": draft.introduction,
        "initial-conclusion": draft.conclusion,
        "initial-avec_photos": str(draft.avec_photos),
        "initial-avec_logos": str(draft.avec_logos),
    }
    return {**opening, **sent(**{"introduction": draft.introduction, **values})}


# --- Who --------------------------------------------------------------------------------------

ROLES = {
    Role.LECTEUR: 403,
    Role.CONTRIBUTEUR: 403,
    Role.REFERENT: 403,
    Role.COORDINATION: 200,
    Role.ADMINISTRATION: 404,
}


def addresses(convention, draft):
    yield url("composer", convention)
    yield url("brouillon", convention, draft.pk)
    yield url("brouillon_arreter", convention, draft.pk)
    yield url("brouillon_supprimer", convention, draft.pk)
    yield url("brouillon_fichier", convention, draft.pk, "pdf")


@pytest.mark.parametrize("role", ROLES)
def test_drafts_are_the_coordinations(client, convention, draft, role):
    client.force_login(f.member(convention, role))
    for address in addresses(convention, draft):
        assert client.get(address).status_code == ROLES[role], address
    if role != Role.COORDINATION:
        for address in list(addresses(convention, draft))[:-1]:
            assert client.post(address, sent(avis="x")).status_code == ROLES[role], address
        assert Bilan.objects.get() == draft


def test_strangers_and_the_signed_out_see_no_draft(client, convention, draft):
    every = list(addresses(convention, draft))
    for address in every:
        assert reverse("account_login") in client.get(address).url
    client.force_login(f.member(f.ConventionFactory(), Role.COORDINATION))
    for address in every:
        response = client.get(address)
        assert response.status_code == 404
        assert "Bonjour à toutes" not in response.content.decode()


def test_a_draft_of_another_convention_and_an_arrete_are_404(coordination, convention):
    elsewhere = f.BilanFactory(introduction="Texte d’ailleurs")
    frozen = f.arrete_of(convention, 2021)
    for bilan in (elsewhere, frozen):
        for address in list(addresses(convention, bilan))[1:]:
            response = coordination.get(address)
            assert response.status_code == 404
            assert "Texte d’ailleurs" not in response.content.decode()


def test_a_file_of_a_draft_is_only_read(coordination, convention, draft):
    address = url("brouillon_fichier", convention, draft.pk, "pdf")
    assert coordination.post(address).status_code == 405


# --- A new draft ------------------------------------------------------------------------------


def test_a_new_draft_is_kept_with_its_choices_and_told_by_the_journal(coordination, convention):
    other = f.AxeFactory(convention=convention, numero="2", intitule="Jeunesse")
    reunion = f.ReunionFactory(convention=convention, date=parse_date("2023-10-09"))
    response = coordination.post(
        url("composer", convention),
        sent(
            detail=Detail.SYNTHESE,
            sections=["axes", "annexes"],
            axes=[other.pk],
            reunion=reunion.pk,
            introduction="Bonjour.",
            avec_photos="",
        ),
    )
    draft = Bilan.objects.get()
    assert response.url == draft.get_absolute_url()
    assert (draft.exercice, draft.detail, draft.sections) == (2023, "synthese", "axes, annexes")
    assert list(draft.axes.all()) == [other]
    assert (draft.reunion, draft.introduction) == (reunion, "Bonjour.")
    assert (draft.avec_photos, draft.avec_logos) == (False, True)
    assert not draft.est_arrete
    entries = Entree.objects.of_convention(convention.pk).filter(
        content_type__app_label="reports", object_id=draft.pk
    )
    assert {entry.actor for entry in entries} == {draft.auteur}


def test_opening_the_page_keeps_nothing(coordination, convention):
    assert coordination.get(url("composer", convention)).status_code == 200
    assert not Bilan.objects.exists()


def test_the_choices_of_the_latest_bilan_are_proposed_but_not_its_texts(coordination, convention):
    axe = convention.axes.get()
    f.AxeFactory(convention=convention)
    before = f.BilanFactory(
        convention=convention,
        exercice=2023,
        detail=Detail.STANDARD,
        sections="annexes, axes",
        avec_logos=False,
        introduction="Une année 2023 bien remplie.",
    )
    before.axes.add(axe)
    f.BilanFactory(sections="cadrage")
    f.PointFactory(convention=convention, exercice=2024)
    form = coordination.get(url("composer", convention)).context["form"]
    assert form["detail"].value() == Detail.STANDARD
    assert form["sections"].value() == "annexes, axes"
    assert form["axes"].initial == [axe]
    assert not form["avec_logos"].value()
    assert form["exercice"].value() > 2023
    assert not form["introduction"].value()


def test_an_arrete_is_a_model_for_the_next_draft_too(coordination, convention, draft):
    Bilan.objects.filter(pk=draft.pk).update(sections="axes")
    coordination.post(url("brouillon_arreter", convention, draft.pk), {"avis": "Favorable."})
    form = coordination.get(url("composer", convention)).context["form"]
    assert form["sections"].value() == "axes"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"sections": []}, "Gardez au moins une partie du bilan."),
        ({"sections": ["points", "tableaux"]}, "Gardez au moins une partie du bilan."),
        ({"exercice": "1871"}, "Aucun bilan n’est possible pour cet exercice."),
        ({"axes": ["987654"]}, "Un des axes cochés n’existe plus"),
        ({"introduction": "x" * 20_001}, "20"),
        ({"detail": "roman"}, "roman"),
    ],
)
def test_what_cannot_be_is_refused_in_words(coordination, convention, values, message):
    response = coordination.post(url("composer", convention), sent(**values))
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Bilan.objects.exists()


def test_a_meeting_and_an_axe_of_another_convention_are_refused(coordination, convention):
    elsewhere = f.ReunionFactory(titre="Réunion du voisin")
    axe = f.AxeFactory(intitule="Axe du voisin")
    for values in ({"reunion": elsewhere.pk}, {"axes": [axe.pk]}):
        response = coordination.post(url("composer", convention), sent(**values))
        assert response.status_code == 422
        assert "voisin" not in response.content.decode()


def test_every_axe_ticked_is_every_axe_to_come(coordination, convention):
    coordination.post(url("composer", convention), sent(axes=[convention.axes.get().pk]))
    assert not Bilan.objects.get().axes.exists()


# --- Parts and places -------------------------------------------------------------------------

SHOWN = "introduction cadrage depuis axes phares gouvernance conclusion annexes"


def kept_after(client, convention, **places):
    """The order that is kept after these places were chosen in the list as shown."""
    numbered = {f"sections-place-{name}": rank for rank, name in enumerate(SHOWN.split(), start=1)}
    chosen = {f"sections-place-{name}": rank for name, rank in places.items()}
    data = sent(**{"sections-ordre": SHOWN, **numbered, **chosen})
    assert client.post(url("composer", convention), data).status_code == 302
    kept = Bilan.objects.latest("pk").sections
    return [name for name in kept.split(", ") if name not in ("points", "tableaux")]


def test_every_part_in_its_usual_place_is_kept_as_no_choice(coordination, convention):
    assert kept_after(coordination, convention) == [""]


@pytest.mark.parametrize(
    ("name", "place"), [("gouvernance", 2), ("cadrage", 6), ("introduction", 8), ("annexes", 1)]
)
def test_a_part_goes_to_the_place_that_was_chosen(coordination, convention, name, place):
    kept = kept_after(coordination, convention, **{name: place})
    assert kept.index(name) + 1 == place
    others = [other for other in SHOWN.split() if other != name]
    assert [other for other in kept if other != name] == others


def test_what_is_no_place_leaves_the_part_where_it_was(coordination, convention):
    assert kept_after(coordination, convention, annexes="premier") == [""]


# --- Preview ----------------------------------------------------------------------------------


def test_the_preview_shows_what_is_typed_and_keeps_nothing(coordination, convention, draft):
    data = opened(draft, introduction="Un mot tout neuf.", apercu="oui")
    address = url("brouillon", convention, draft.pk)
    response = coordination.post(address, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("Un mot tout neuf.") == 2  # in its field, and printed
    assert "La fiche des tout-petits" in page
    draft.refresh_from_db()
    assert draft.introduction == "Bonjour à toutes et tous."
    part = coordination.post(address, data, headers=HTMX).content.decode()
    assert "<form" not in part
    assert "Un mot tout neuf." in part


def test_the_preview_of_a_new_draft_keeps_nothing(coordination, convention):
    axe = f.AxeFactory(convention=convention, numero="2", intitule="Jeunesse")
    data = sent(axes=[axe.pk], apercu="oui")
    page = coordination.post(url("composer", convention), data, headers=HTMX).content.decode()
    assert "Axe 2 seulement" in page
    assert "La fiche des tout-petits" not in page
    assert not Bilan.objects.exists()


def test_the_preview_of_a_refused_form_says_why(coordination, convention, draft):
    address, data = url("brouillon", convention, draft.pk), opened(draft, sections=[], apercu="oui")
    response = coordination.post(address, data, headers=HTMX)
    assert response.status_code == 200
    assert "Gardez au moins une partie du bilan." in response.content.decode()
    assert coordination.post(address, data).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_draft_do_not_grow(
    coordination, convention, draft, count, django_assert_num_queries
):
    for rank in range(count):
        f.FicheFactory(axe=f.AxeFactory(convention=convention, numero=str(rank + 2)))
        f.ReunionFactory(convention=convention)
    draft.axes.set(Axe.objects.filter(convention=convention)[:count])
    with django_assert_num_queries(42):
        coordination.get(url("brouillon", convention, draft.pk))


# --- Editing ----------------------------------------------------------------------------------


def test_an_edit_writes_what_changed(coordination, convention, draft):
    response = coordination.post(
        url("brouillon", convention, draft.pk),
        opened(draft, sections=["axes", "cadrage"], axes=[], conclusion="Merci."),
    )
    assert response.url == draft.get_absolute_url()
    draft.refresh_from_db()
    assert (draft.sections, draft.conclusion) == ("cadrage, axes", "Merci.")
    assert draft.introduction == "Bonjour à toutes et tous."


def test_two_edits_of_different_fields_both_stay(coordination, convention, draft):
    data = opened(draft, conclusion="La conclusion de l’une.")
    Bilan.objects.filter(pk=draft.pk).update(introduction="L’introduction de l’autre.")
    coordination.post(url("brouillon", convention, draft.pk), data)
    draft.refresh_from_db()
    assert draft.introduction == "L’introduction de l’autre."
    assert draft.conclusion == "La conclusion de l’une."


def test_the_same_field_changed_twice_shows_both_and_loses_none(coordination, convention, draft):
    data = opened(draft) | {"introduction": "Ma version.", "sections": ["axes"]}
    Bilan.objects.filter(pk=draft.pk).update(introduction="Sa version.", sections="cadrage")
    response = coordination.post(url("brouillon", convention, draft.pk), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ma version." in page
    assert "Sa version." in page
    form = response.context["form"]
    again = {name: form[name].value() for name in ("introduction", "sections")}
    assert again == {"introduction": "Ma version.", "sections": "axes"}
    settled = data | {"initial-introduction": "Sa version.", "initial-sections": "cadrage"}
    assert coordination.post(url("brouillon", convention, draft.pk), settled).status_code == 302
    draft.refresh_from_db()
    assert (draft.introduction, draft.sections) == ("Ma version.", "axes")


def test_the_order_of_parts_alone_is_a_change(coordination, convention, draft):
    Bilan.objects.filter(pk=draft.pk).update(sections="cadrage, axes")
    draft.refresh_from_db()
    places = {"sections-ordre": "cadrage axes", "sections-place-axes": 1}
    data = opened(draft, sections=["cadrage", "axes"], **places)
    coordination.post(url("brouillon", convention, draft.pk), data)
    draft.refresh_from_db()
    assert draft.sections == "axes, cadrage"


@pytest.mark.parametrize("gone", ["deleted", "frozen"])
def test_a_draft_that_is_gone_meanwhile_loses_nothing_of_what_is_typed(
    coordination, convention, draft, gone
):
    data = opened(draft) | {"introduction": "Une heure de travail."}
    if gone == "deleted":
        Bilan.objects.filter(pk=draft.pk).delete()
    else:
        coordination.post(url("brouillon_arreter", convention, draft.pk), {"avis": "Favorable."})
    kept = Bilan.objects.count()
    response = coordination.post(url("brouillon", convention, draft.pk), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ce brouillon n’existe plus" in page
    assert "Une heure de travail." in page
    assert f'action="{url("composer", convention)}"' in page
    assert Bilan.objects.count() == kept


def test_a_meeting_that_is_cancelled_leaves_the_list(coordination, convention):
    f.ReunionFactory(convention=convention, titre="Séance annulée", etat="annulee", motif="Neige")
    f.ReunionFactory(convention=convention, titre="Séance prévue")
    assert Reunion.objects.count() == 2
    page = coordination.get(url("composer", convention)).content.decode()
    choices = page[page.index('name="reunion"') : page.index("La réunion pour laquelle")]
    assert "Séance prévue" in choices
    assert "Séance annulée" not in choices


# --- Files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cle", ["pdf", "html"])
def test_the_files_are_those_of_the_draft_as_it_is_saved(coordination, convention, draft, cle):
    response = coordination.get(url("brouillon_fichier", convention, draft.pk, cle))
    assert response.status_code == 200
    assert "bilan-pays-test-2023-brouillon" in response.headers["Content-Disposition"]
    assert (b"%PDF" if cle == "pdf" else "Bonjour à toutes et tous.".encode()) in response.content


def test_the_page_offers_every_format(coordination, convention, draft):
    page = coordination.get(draft.get_absolute_url()).content.decode()
    for cle in FORMATS:
        assert url("brouillon_fichier", convention, draft.pk, cle) in page


# --- Its end ----------------------------------------------------------------------------------


def test_a_draft_is_frozen_as_it_is_composed(coordination, convention, draft):
    other = f.AxeFactory(convention=convention, numero="2", intitule="Jeunesse")
    draft.sections = "introduction, axes"
    draft.save()
    draft.axes.add(other)
    response = coordination.post(
        url("brouillon_arreter", convention, draft.pk), {"avis": "Favorable."}
    )
    frozen = Bilan.objects.get()
    assert frozen.pk == draft.pk
    assert response.url == frozen.get_absolute_url()
    assert frozen.tree.parties == ("introduction", "axes", "avis")
    assert [axe.intitule for axe in frozen.tree.axes] == ["Jeunesse"]
    assert len(frozen.tree_entier.axes) == 2
    page = coordination.get(frozen.get_absolute_url()).content.decode()
    assert "Bonjour à toutes et tous." in page
    assert "La fiche des tout-petits" not in page


def test_a_correction_is_composed_as_the_arrete_it_replaces(coordination, convention, draft):
    other = f.AxeFactory(convention=convention, numero="2", intitule="Jeunesse")
    draft.sections, draft.avec_logos = "introduction, axes", False
    draft.save()
    draft.axes.add(other)
    coordination.post(url("brouillon_arreter", convention, draft.pk), {"avis": "Favorable."})
    # The axes are found again whatever place they were given since.
    Axe.objects.filter(numero="1").update(ordre=99)
    coordination.post(
        url("corriger", convention, draft.pk), {"avis": "Favorable.", "motif": "Une coquille."}
    )
    second = Bilan.objects.get(version=2)
    assert second.tree.parties == ("introduction", "axes", "avis")
    assert [axe.intitule for axe in second.tree.axes] == ["Jeunesse"]
    assert list(second.axes.all()) == [other]
    assert (second.introduction, second.avec_logos) == (draft.introduction, False)


def test_a_draft_of_a_year_that_is_arretee_is_refused_in_words(coordination, convention, draft):
    f.arrete_of(convention, 2023)
    response = coordination.post(
        url("brouillon_arreter", convention, draft.pk), {"avis": "Favorable."}
    )
    assert response.status_code == 422
    assert "existe déjà" in response.content.decode()
    draft.refresh_from_db()
    assert not draft.est_arrete


def test_the_meeting_of_the_draft_is_proposed_to_the_arrete(coordination, convention, draft):
    reunion = f.ReunionFactory(convention=convention, date=parse_date("2023-10-09"))
    Bilan.objects.filter(pk=draft.pk).update(reunion=reunion)
    form = coordination.get(url("brouillon_arreter", convention, draft.pk)).context["form"]
    assert form["reunion"].value() == reunion.pk


def test_a_draft_is_deleted_after_a_question(coordination, convention, draft):
    address = url("brouillon_supprimer", convention, draft.pk)
    assert "Supprimer le brouillon" in coordination.get(address).content.decode()
    assert Bilan.objects.exists()
    assert coordination.post(address).url == url("bilans", convention)
    assert not Bilan.objects.exists()


def test_the_list_leads_to_drafts(coordination, convention, draft):
    page = coordination.get(url("bilans", convention)).content.decode()
    assert draft.get_absolute_url() in page
    assert url("composer", convention) in page
