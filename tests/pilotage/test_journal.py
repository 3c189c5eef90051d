import datetime

import pytest
import time_machine
from django.urls import reverse

from axes.enums import Role
from ctg_portal.lib.edits import apply_edit
from journal.models import Entree
from tests.factories import (
    AxeFactory,
    CommentaireFactory,
    ConventionFactory,
    FicheFactory,
    ObjectifFactory,
    ReunionFactory,
    UserFactory,
    member,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("factories_are_journalled")]


@pytest.fixture
def convention():
    return ConventionFactory(slug="pays-test")


@pytest.fixture
def writer(client, convention):
    client.force_login(member(convention, Role.COORDINATION))
    return client


def journal(client, **filters) -> str:
    response = client.get(reverse("pilotage:journal", args=["pays-test"]), filters)
    assert response.status_code == 200
    return response.content.decode()


def _lines(client, **filters):
    return client.get(reverse("pilotage:journal", args=["pays-test"]), filters).context["lignes"]


def edit(fiche, **values):
    opened = {name: getattr(fiche, name) for name in values}
    return apply_edit(queryset=type(fiche).objects, pk=fiche.pk, opened=opened, submitted=values)


@time_machine.travel(datetime.datetime(2024, 3, 15, 15, 12, tzinfo=datetime.UTC), tick=False)
def test_each_line_says_who_what_when_from_and_to(client, convention):
    user = member(convention, Role.COORDINATION)
    client.force_login(user)
    meeting = ReunionFactory(convention=convention, titre="COPIL", date=None, etat="")
    address = reverse("pilotage:reunion_bloc", args=["pays-test", meeting.pk, "etat"])
    client.post(address, {"etat": "tenue", "initial-etat": "", "motif": "", "initial-motif": ""})
    line = next(ligne for ligne, _ in _lines(client) if ligne.action == "modification")
    assert (line.qui, line.objet) == (user.nom, "réunion «\u00a0COPIL\u00a0»")
    text = journal(client)
    assert "État\u00a0: non renseigné, devenu <b>tenue</b>" in text
    assert "15\u00a0mars 2024 à 16\u00a0h\u00a012" in text


def test_each_line_leads_to_its_fiche(writer, convention):
    fiche = FicheFactory(
        axe__convention=convention, axe__numero="2", code="C1", intitule="Transport"
    )
    address = reverse("pilotage:fiche", args=["pays-test", fiche.pk])
    link = f'<a href="{address}">Voir la fiche<span class="secret"> 2.C1 Transport</span></a>'
    assert link in journal(writer, fiche=fiche.pk)


def test_the_filters_narrow_the_list(writer, convention):
    fiche = FicheFactory(axe__convention=convention, intitule="Ludothèque mobile")
    FicheFactory(axe__convention=convention, intitule="Jardins partagés")
    ReunionFactory(convention=convention, titre="Rencontre des élus")
    assert "Rencontre des élus" not in journal(writer, fiche=fiche.pk).split("somme")[1]
    listed = journal(writer, q="Ludothèque").split("somme")[1]
    assert "Ludothèque mobile" in listed
    assert "Jardins partagés" not in listed


def test_the_filter_on_the_kind_of_object(writer, convention):
    FicheFactory(axe__convention=convention, intitule="Ludothèque mobile")
    ReunionFactory(convention=convention, titre="Rencontre des élus")
    kind = Entree.objects.get(object_repr__contains="Rencontre").content_type
    response = writer.get(reverse("pilotage:journal", args=["pays-test"]), {"objet": kind.pk})
    assert [ligne.objet for ligne, _ in response.context["lignes"]] == [
        "réunion «\u00a0Rencontre des élus du 9\u00a0octobre 2023\u00a0»"
    ]
    assert "Objet\u00a0: réunion" in response.content.decode()


def test_the_filter_on_a_person(client, convention):
    user = member(convention, Role.COORDINATION)
    client.force_login(user)
    meeting = ReunionFactory(convention=convention, titre="Avant")
    address = reverse("pilotage:reunion_bloc", args=["pays-test", meeting.pk, "compte-rendu"])
    client.post(address, {"compte_rendu": "Par elle", "initial-compte_rendu": ""})
    response = client.get(reverse("pilotage:journal", args=["pays-test"]), {"personne": user.pk})
    assert [ligne.qui for ligne, _ in response.context["lignes"]] == [user.nom]
    assert "Par elle" in response.content.decode()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"depuis": "2023"}, ["2024", "2023"]),
        ({"jusqu_a": "2023"}, ["2023", "2022"]),
        ({"depuis": "15 juin 2023", "jusqu_a": "juin 2023"}, ["2023"]),
        ({"depuis": "16 juin 2023", "jusqu_a": "2023"}, []),
    ],
)
def test_dates_are_typed_in_french_and_hold_their_last_day(writer, convention, filters, expected):
    for year in ("2022", "2023", "2024"):
        with time_machine.travel(
            datetime.datetime(int(year), 6, 15, 12, tzinfo=datetime.UTC), tick=False
        ):
            AxeFactory(convention=convention, numero="", intitule=year)
    with time_machine.travel(datetime.datetime(2022, 1, 1, 12, tzinfo=datetime.UTC), tick=False):
        Entree.objects.exclude(content_type__model="axe").delete()
    lines = writer.get(reverse("pilotage:journal", args=["pays-test"]), filters).context["lignes"]
    assert [ligne.objet for ligne, _ in lines] == [f"axe «\u00a0{year}\u00a0»" for year in expected]


def test_imports_can_be_left_out(writer, convention):
    AxeFactory(convention=convention, intitule="À la main")
    Entree.objects.create(
        content_type=Entree.objects.first().content_type,
        object_pk="1",
        object_repr="convention",
        action=Entree.Action.UPDATE,
        convention_pk=convention.pk,
        est_import=True,
        resume="Import de 4 axes et 16 objectifs.",
    )
    assert "Import de 4 axes" in journal(writer)
    assert "Import de 4 axes" not in journal(writer, imports="sans")
    assert "À la main" not in journal(writer, imports="seuls").split("somme")[1]


@pytest.mark.parametrize(
    "filters",
    [
        {"depuis": "hier"},
        {"fiche": "x"},
        {"personne": "999999"},
        {"objet": "999999"},
        {"imports": "oui"},
        {"q": "x" * 500},
        {"page": "xyz"},
        {"q": "nul\x00"},
    ],
)
def test_what_was_not_understood_filters_nothing_and_is_said(writer, convention, filters):
    AxeFactory(convention=convention, intitule="Toujours là")
    text = journal(writer, **filters)
    assert "Toujours là" in text
    assert "page" in filters or 'class="faute"' in text


def test_a_fiche_of_another_convention_is_no_filter(writer, convention):
    other = FicheFactory(intitule="Fiche d’ailleurs")
    assert "ailleurs" not in journal(writer, fiche=other.pk)


def test_the_list_is_cut_in_pages_that_keep_the_filters(writer, convention):
    for number in range(60):
        AxeFactory(convention=convention, intitule=f"Axe numéro {number}")
    first = journal(writer, q="numéro")
    assert "60\u00a0entrées" in first
    assert "1 / 2" in first
    assert "q=num%C3%A9ro&amp;page=2" in first
    assert "2 / 2" in journal(writer, q="numéro", page="2")


def test_an_active_filter_can_be_removed_alone(writer, convention):
    AxeFactory(convention=convention, intitule="Jeunesse")
    text = journal(writer, q="jeunesse", imports="sans", page="1")
    assert 'href="/conventions/pays-test/journal/?imports=sans"' in text


def test_no_entry_has_two_different_sentences(writer, convention):
    assert "Aucune entrée ne répond" in journal(writer, q="introuvable")
    Entree.objects.all().delete()
    assert "encore vide" in journal(writer)


def test_it_tells_the_internal_notes_to_the_team(writer, convention):
    fiche = FicheFactory(axe__convention=convention)
    edit(fiche, notes_internes="À ne pas dire")
    CommentaireFactory(fiche=fiche, texte="Entre nous")
    text = journal(writer)
    assert "À ne pas dire" in text
    assert "Entre nous" in text


def test_a_reader_does_not_open_it(client, convention):
    client.force_login(member(convention, Role.LECTEUR))
    assert client.get(reverse("pilotage:journal", args=["pays-test"])).status_code == 403


@pytest.mark.parametrize("role", [Role.REFERENT, Role.CONTRIBUTEUR])
def test_those_who_edit_open_it(client, convention, role):
    client.force_login(member(convention, role))
    assert "Journal" in journal(client)


def test_a_stranger_the_signed_out_and_the_wrong_method(client, convention):
    address = reverse("pilotage:journal", args=["pays-test"])
    assert client.get(address)["Location"].startswith("/comptes/connexion/")
    client.force_login(member(ConventionFactory(), Role.COORDINATION))
    assert client.get(address).status_code == 404
    client.force_login(member(convention, Role.COORDINATION))
    assert client.post(address).status_code == 405


def test_another_convention_leaves_no_line_here(writer, convention):
    FicheFactory(intitule="Fiche d’ailleurs")
    UserFactory(nom="Personne d’ailleurs")
    assert "ailleurs" not in journal(writer)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(writer, convention, count, django_assert_num_queries):
    axe = AxeFactory(convention=convention)
    for _ in range(count):
        fiche = FicheFactory(axe=axe)
        edit(fiche, objectif=ObjectifFactory(axe=axe), realisation="realisee")
        edit(fiche, axe=AxeFactory(convention=convention))
    journal(writer)
    with django_assert_num_queries(11):
        journal(writer)
