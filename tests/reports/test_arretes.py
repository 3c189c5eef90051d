"""Pages of the arrêtés: read by every member, frozen, corrected and erased by the coordination."""

import pytest
from django.urls import reverse

from axes.enums import Role
from reports import canonical
from reports.models import Bilan
from reports.render import pdf
from reports.render.formats import FORMATS
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_files(monkeypatch, settings, tmp_path):
    """The files themselves have their own tests."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(pdf, "render_pdf", lambda tree: b"%PDF-" + tree.etat.encode())


@pytest.fixture
def convention():
    fiche = f.FicheFactory(intitule="Le titre d’alors", axe__convention__slug="pays-test")
    f.PiloteFicheFactory(fiche=fiche, nom="Ghislaine Modèle")
    return fiche.axe.convention


@pytest.fixture
def frozen(convention):
    return f.arrete_of(convention, 2023, avis="Favorable, sous réserve.")


@pytest.fixture
def coordination(client, convention):
    client.force_login(f.member(convention, Role.COORDINATION))
    return client


def url(name, convention, *args):
    return reverse(f"reports:{name}", args=[convention.slug, *args])


# --- Who ---------------------------------------------------------------------------------------

READ = ("bilans", "arrete", "arrete_fichier", "comparer")
WRITE = ("arreter", "corriger", "effacer")
ROLES = {
    Role.LECTEUR: (200, 403),
    Role.CONTRIBUTEUR: (200, 403),
    Role.REFERENT: (200, 403),
    Role.COORDINATION: (200, 200),
    Role.ADMINISTRATION: (404, 404),
}


def addresses(convention, bilan, names):
    args = {
        "arrete": (bilan.pk,),
        "corriger": (bilan.pk,),
        "arrete_fichier": (bilan.pk, "pdf"),
    }
    return [url(name, convention, *args.get(name, ())) for name in names]


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_and_who_freezes(client, convention, frozen, role):
    client.force_login(f.member(convention, role))
    reads, writes = ROLES[role]
    for address in addresses(convention, frozen, READ):
        assert client.get(address).status_code == reads, address
    for address in addresses(convention, frozen, WRITE):
        assert client.get(address).status_code == writes, address
        if writes != 200:
            assert client.post(address, {"avis": "x", "motif": "x"}).status_code == writes
    assert Bilan.objects.count() == 1


def test_strangers_and_the_signed_out_read_nothing(client, convention, frozen):
    every = addresses(convention, frozen, READ + WRITE)
    for address in every:
        assert reverse("account_login") in client.get(address).url
    client.force_login(f.member(f.ConventionFactory(), Role.COORDINATION))
    for address in every:
        assert client.get(address).status_code == 404


def test_reading_pages_only_read(coordination, convention, frozen):
    for address in addresses(convention, frozen, READ):
        assert coordination.post(address).status_code == 405


def test_an_arrete_of_another_convention_and_a_draft_are_404(coordination, convention):
    elsewhere = f.arrete_of(f.ConventionFactory())
    draft = f.BilanFactory(convention=convention)
    for bilan in (elsewhere, draft):
        for address in addresses(convention, bilan, ("arrete", "arrete_fichier", "corriger")):
            assert coordination.get(address).status_code == 404


# --- The list ---------------------------------------------------------------------------------


def test_the_list_tells_arretes_versions_and_drafts_of_this_convention_only(
    coordination, convention, frozen
):
    f.arrete_of(f.ConventionFactory(), 2021)
    f.BilanFactory(convention=convention, exercice=2024)
    page = coordination.get(url("bilans", convention)).content.decode()
    assert frozen.get_absolute_url() in page
    assert frozen.empreinte[:12] in page
    assert "Bilan 2024" in page
    assert "brouillon du" in page
    assert "Bilan 2021" not in page


def test_a_draft_is_shown_to_the_coordination_only(client, convention, frozen):
    f.BilanFactory(convention=convention, exercice=2024)
    for role in (Role.LECTEUR, Role.CONTRIBUTEUR, Role.REFERENT):
        client.force_login(f.member(convention, role))
        page = client.get(url("bilans", convention)).content.decode()
        assert frozen.get_absolute_url() in page
        assert "Bilan 2024" not in page


def test_an_empty_list_says_what_to_do(coordination, convention):
    page = coordination.get(url("bilans", convention)).content.decode()
    assert "Aucun bilan n’est encore arrêté." in page


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_do_not_grow(
    coordination, convention, count, django_assert_num_queries
):
    for year in range(2021, 2021 + count):
        f.arrete_of(convention, year)
    with django_assert_num_queries(5):
        coordination.get(url("bilans", convention))


# --- One arrêté -------------------------------------------------------------------------------


def test_the_page_shows_it_as_it_was_with_hash_author_and_every_file(
    coordination, convention, frozen
):
    fiche = convention.axes.get().fiches.get()
    fiche.intitule = "Le titre d’après"
    fiche.save()
    page = coordination.get(frozen.get_absolute_url()).content.decode()
    assert "Le titre d’alors" in page
    assert "Le titre d’après" not in page
    assert frozen.empreinte in page
    assert f"par {frozen.auteur.nom}" in page
    assert "Favorable, sous réserve." in page
    for cle in FORMATS:
        assert url("arrete_fichier", convention, frozen.pk, cle) in page
    assert "style=" not in page


def test_the_number_of_queries_of_the_page_is_constant(
    coordination, convention, frozen, django_assert_num_queries
):
    for _ in range(3):
        f.FicheFactory(axe=convention.axes.get())
    with django_assert_num_queries(4):
        coordination.get(frozen.get_absolute_url())


def test_a_file_is_named_by_its_day_and_version(coordination, convention, frozen):
    response = coordination.get(url("arrete_fichier", convention, frozen.pk, "pdf"))
    day = frozen.tree.arrete.le
    assert response["Content-Disposition"] == (
        f'attachment; filename="bilan-pays-test-2023-arrete-{day}-v1.pdf"'
    )
    assert response.content.startswith("%PDF-Arrêté le".encode())


def test_a_kept_file_is_given_without_reading_the_tree(
    coordination, convention, frozen, django_assert_num_queries
):
    address = url("arrete_fichier", convention, frozen.pk, "pdf")
    first = coordination.get(address).content
    # Session, person and grant, the row without its tree.
    with django_assert_num_queries(4):
        assert coordination.get(address).content == first


def test_missing_pango_is_a_page(coordination, convention, frozen, monkeypatch):
    def refuse(*args):
        raise pdf.PdfUnavailable("Le PDF ne peut pas être produit")

    monkeypatch.setattr(pdf, "render_pdf", refuse)
    response = coordination.get(url("arrete_fichier", convention, frozen.pk, "pdf"))
    assert response.status_code == 503
    assert "Le PDF ne peut pas être produit" in response.content.decode()


@pytest.fixture
def unreadable(monkeypatch):
    def refuse(*args):
        raise canonical.TexteIllisible("Ce bilan est au format 9.")

    monkeypatch.setattr(canonical, "read", refuse)


def test_an_unreadable_arrete_is_a_page_and_not_an_accident(
    coordination, convention, frozen, unreadable
):
    every = addresses(convention, frozen, ("arrete", "arrete_fichier", "corriger", "comparer"))
    for address in every:
        response = coordination.get(address)
        assert response.status_code == 500
        assert "Ce bilan est au format 9." in response.content.decode()


def test_the_bilan_of_today_does_not_need_it(coordination, convention, frozen, unreadable):
    response = coordination.get(url("bilan", convention))
    assert response.status_code == 200
    assert "Depuis le" not in response.content.decode()


# --- Arrêter and corriger ---------------------------------------------------------------------


def test_the_coordination_freezes_the_bilan_and_its_pdf_is_kept(coordination, convention, tmp_path):
    instance = f.InstanceFactory(convention=convention, nom="COPIL")
    reunion = f.ReunionFactory(convention=convention, instances=[instance])
    response = coordination.post(
        url("arreter", convention),
        {"exercice": "2023", "avis": "Favorable", "reunion": reunion.pk},
        follow=True,
    )
    bilan = Bilan.objects.get()
    assert response.redirect_chain == [(bilan.get_absolute_url(), 302)]
    assert "il ne changera plus" in response.content.decode()
    assert (bilan.exercice, bilan.reunion) == (2023, reunion)
    assert bilan.tree.arrete.avis.brut == "Favorable"
    assert len(list((tmp_path / "bilans" / "arretes").rglob("*.pdf"))) == 1


def test_the_form_proposes_the_exercice_it_was_asked_for(coordination, convention):
    page = coordination.get(url("arreter", convention), {"exercice": "2022"}).content.decode()
    assert '<option value="2022" selected>' in page


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"exercice": "2023"}, "Avis du comité de pilotage\u00a0: Ce champ est obligatoire."),
        ({"exercice": "1850", "avis": "x"}, "Aucun bilan n’est possible pour cet exercice."),
        ({"exercice": "2023", "avis": "x" * 20_001}, "20000"),
    ],
)
def test_what_cannot_be_frozen_is_said_and_what_was_typed_stays(
    coordination, convention, sent, message
):
    response = coordination.post(url("arreter", convention), sent)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Bilan.objects.exists()


def test_the_meeting_of_another_convention_or_not_held_is_refused(coordination, convention):
    elsewhere = f.ReunionFactory()
    planned = f.ReunionFactory(convention=convention, etat="prevue")
    for reunion in (elsewhere, planned):
        sent = {"avis": "x", "reunion": reunion.pk}
        assert coordination.post(url("arreter", convention), sent).status_code == 422


def test_a_second_arrete_of_the_same_exercice_is_refused_with_the_way_out(
    coordination, convention, frozen
):
    sent = {"exercice": "2023", "avis": "Encore"}
    response = coordination.post(url("arreter", convention), sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert "une correction est une nouvelle version" in page
    assert "Encore" in page
    assert Bilan.objects.count() == 1


def test_a_correction_is_offered_with_the_avis_and_freezes_a_new_version(
    coordination, convention, frozen
):
    address = url("corriger", convention, frozen.pk)
    assert "Favorable, sous réserve." in coordination.get(address).content.decode()
    sent = {"motif": "Un chiffre était faux.", "avis": "Favorable"}
    page = coordination.post(address, sent, follow=True).content.decode()
    second = Bilan.objects.get(version=2)
    assert second.precedente == frozen
    assert "Un chiffre était faux." in page
    assert frozen.get_absolute_url() in page
    before = coordination.get(frozen.get_absolute_url()).content.decode()
    assert "Cette version est remplacée." in before
    assert address not in before


def test_a_correction_needs_its_reason(coordination, convention, frozen):
    response = coordination.post(url("corriger", convention, frozen.pk), {"avis": "x"})
    assert response.status_code == 422
    assert "Motif de la correction\u00a0: Ce champ est obligatoire." in response.content.decode()


def test_an_old_version_is_not_corrected_twice(coordination, convention, frozen):
    address = url("corriger", convention, frozen.pk)
    sent = {"motif": "Un chiffre était faux.", "avis": "Favorable"}
    coordination.post(address, sent)
    response = coordination.post(address, sent)
    assert response.status_code == 422
    assert "Cette version est déjà corrigée" in response.content.decode()


# --- Erasing a name ---------------------------------------------------------------------------


def test_a_name_is_chosen_among_those_that_the_arretes_hold(coordination, convention, frozen):
    other = f.FicheFactory()
    f.PiloteFicheFactory(fiche=other, nom="Quelqu’un d’ailleurs")
    f.arrete_of(other.axe.convention)
    page = coordination.get(url("effacer", convention)).content.decode()
    assert "Ghislaine Modèle" in page
    assert "Quelqu’un d’ailleurs" not in page


def test_the_name_leaves_every_arrete_and_the_hash_stays(coordination, convention, frozen):
    response = coordination.post(
        url("effacer", convention), {"nom": "Ghislaine Modèle"}, follow=True
    )
    assert "Nom effacé de 1 bilan arrêté." in response.content.decode()
    page = coordination.get(frozen.get_absolute_url()).content.decode()
    assert "Ghislaine Modèle" not in page
    assert "personne effacée" in page
    assert frozen.empreinte in page


def test_a_name_that_no_arrete_holds_is_refused(coordination, convention, frozen):
    response = coordination.post(url("effacer", convention), {"nom": "Inconnue"})
    assert response.status_code == 422
    assert "Ce nom n’est dans aucun bilan arrêté." in response.content.decode()


# --- Comparing --------------------------------------------------------------------------------


def test_without_a_choice_the_last_arrete_is_compared_with_today(coordination, convention, frozen):
    fiche = convention.axes.get().fiches.get()
    fiche.intitule, fiche.realisation = "Le titre d’après", "realisee"
    fiche.save()
    page = coordination.get(url("comparer", convention)).content.decode()
    assert "Depuis le bilan arrêté le" in page
    assert "Réalisée" in page
    assert "Le titre d’alors" in page
    assert "Le titre d’après" in page


def test_two_arretes_are_compared_and_today_stays_out(coordination, convention, frozen):
    fiche = convention.axes.get().fiches.get()
    fiche.intitule = "Le titre de 2024"
    fiche.save()
    later = f.arrete_of(convention, 2024)
    fiche.intitule = "Le titre d’aujourd’hui"
    fiche.save()
    page = coordination.get(url("comparer", convention), {"de": frozen.pk, "a": later.pk})
    text = page.content.decode()
    assert "Le titre de 2024" in text
    assert "Le titre d’aujourd’hui" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_comparison_do_not_grow(
    coordination, convention, count, django_assert_num_queries
):
    f.FicheFactory.create_batch(count, axe=convention.axes.get())
    before = f.arrete_of(convention, 2022)
    after = f.arrete_of(convention, 2023)
    f.arrete_of(convention, 2024)
    # Session, person and grant, the list of arrêtés, the two that are read.
    with django_assert_num_queries(6):
        coordination.get(url("comparer", convention), {"de": before.pk, "a": after.pk})


def test_nothing_to_compare_is_said(coordination, convention):
    f.arrete_of(f.ConventionFactory())
    page = coordination.get(url("comparer", convention)).content.decode()
    assert "aucun bilan n’est encore arrêté" in page


def test_nothing_changed_is_said(coordination, convention, frozen):
    page = coordination.get(url("comparer", convention)).content.decode()
    assert "Aucune fiche, aucun statut, aucun indicateur n’a changé" in page


def test_an_arrete_of_another_convention_or_twice_the_same_is_refused(
    coordination, convention, frozen
):
    elsewhere = f.arrete_of(f.ConventionFactory())
    draft = f.BilanFactory(convention=convention)
    for asked in ({"de": elsewhere.pk}, {"de": draft.pk}, {"de": frozen.pk, "a": frozen.pk}):
        assert coordination.get(url("comparer", convention), asked).status_code == 400
