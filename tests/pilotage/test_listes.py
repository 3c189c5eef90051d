"""The lists that describe a convention: one set of pages, for the coordination to keep."""

import pytest
from django.urls import reverse

from axes.enums import Role
from axes.models import Commune, Thematique
from copil.enums import NaturePoint
from indicators.models import Structure
from journal.models import Entree
from pilotage.listes import LISTES
from tests.factories import (
    AxeFactory,
    CommuneFactory,
    IndicateurFactory,
    PointFactory,
    SignataireFactory,
    StructureFactory,
    ThematiqueFactory,
    member,
)


def url(plan, name, *args):
    return reverse(f"pilotage:{name}", args=[plan.convention.slug, *args])


def test_an_anonymous_visitor_is_sent_to_sign_in(client, plan):
    assert client.get(url(plan, "convention")).status_code == 302
    assert client.get(url(plan, "liste", "communes")).status_code == 302


def test_a_row_says_what_its_name_alone_does_not(as_user, plan):
    SignataireFactory(
        convention=plan.convention, organisme="Mutualité sociale agricole", nom_court="MSA"
    )
    axe = AxeFactory(convention=plan.convention, numero="7", intitule="Se loger")
    PointFactory(convention=plan.convention, axe=axe, exercice=2023, nature=NaturePoint.FORT)
    client = as_user(plan.lecteur)
    assert "Mutualité sociale agricole" in client.get(url(plan, "liste", "signataires")).text
    assert "point fort, 2023 · 7. Se loger" in client.get(url(plan, "liste", "points")).text


def test_a_stranger_finds_nothing(as_user, plan):
    client = as_user(plan.etranger)
    assert client.get(url(plan, "convention")).status_code == 404
    assert client.get(url(plan, "liste", "communes")).status_code == 404


@pytest.mark.parametrize("nom", LISTES)
def test_every_list_is_read_by_a_reader_who_is_offered_no_change(as_user, plan, nom):
    page = as_user(plan.lecteur).get(url(plan, "liste", nom)).content.decode()
    assert LISTES[nom].titre in page
    assert "Ajouter" not in page
    assert as_user(plan.lecteur).get(url(plan, "liste_ajouter", nom)).status_code == 403


@pytest.mark.parametrize("nom", LISTES)
def test_every_list_opens_its_form_for_the_coordination(as_user, plan, nom):
    assert as_user(plan.coordination).get(url(plan, "liste_ajouter", nom)).status_code == 200


def test_a_referente_does_not_change_the_convention(as_user, plan):
    referente = member(plan.convention, Role.REFERENT, axes=[plan.axe])
    assert as_user(referente).get(url(plan, "convention_modifier")).status_code == 403


def test_an_unknown_list_and_the_row_of_another_convention_are_not_found(as_user, plan):
    client = as_user(plan.coordination)
    foreign = CommuneFactory()
    assert client.get(url(plan, "liste", "inconnue")).status_code == 404
    assert client.get(url(plan, "liste_modifier", "communes", foreign.pk)).status_code == 404
    assert client.post(url(plan, "liste_supprimer", "communes", foreign.pk)).status_code == 404


def test_a_row_is_added_at_the_end_and_told_in_the_journal(as_user, plan):
    CommuneFactory(convention=plan.convention, nom="Première", ordre=1)
    answer = as_user(plan.coordination).post(
        url(plan, "liste_ajouter", "communes"), {"nom": "Seconde"}
    )
    assert answer.status_code == 302
    assert [c.nom for c in Commune.objects.filter(convention=plan.convention)] == [
        "Première",
        "Seconde",
    ]
    assert Entree.objects.of_convention(plan.convention.pk).filter(actor=plan.coordination).exists()


def test_the_thematiques_of_an_axe_are_kept_when_it_is_added(as_user, plan):
    theme = ThematiqueFactory(nom="mobilité douce")
    as_user(plan.coordination).post(
        url(plan, "liste_ajouter", "axes"), {"intitule": "Se déplacer", "thematiques": [theme.pk]}
    )
    added = plan.convention.axes.get(intitule="Se déplacer")
    assert list(added.thematiques.all()) == [theme]


def test_a_second_row_of_the_same_name_is_refused_and_stays_typed(as_user, plan):
    CommuneFactory(convention=plan.convention, nom="Bach")
    answer = as_user(plan.coordination).post(
        url(plan, "liste_ajouter", "communes"), {"nom": "BACH"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cette commune est déjà dans la liste." in page
    assert 'value="BACH"' in page


def test_two_people_on_the_same_row_are_both_shown(as_user, plan):
    row = CommuneFactory(convention=plan.convention, nom="Bach")
    address = url(plan, "liste_modifier", "communes", row.pk)
    client = as_user(plan.coordination)
    client.post(address, {"nom": "Bach-le-Haut", "initial-nom": "Bach"})
    answer = client.post(address, {"nom": "Bach-le-Bas", "initial-nom": "Bach"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bach-le-Haut" in page
    assert "Bach-le-Bas" in page


def test_rows_move_one_place_and_stop_at_the_ends(as_user, plan):
    for nom in ("A", "B", "C"):
        CommuneFactory(convention=plan.convention, nom=nom, ordre=5)
    client = as_user(plan.coordination)
    last = Commune.objects.get(convention=plan.convention, nom="C")
    for expected in (["A", "C", "B"], ["C", "A", "B"], ["C", "A", "B"]):
        client.post(url(plan, "liste_deplacer", "communes", last.pk), {"direction": "haut"})
        names = [c.nom for c in Commune.objects.filter(convention=plan.convention)]
        assert names == expected


def test_a_move_is_told_in_the_journal_so_that_no_page_shows_the_former_order(as_user, plan):
    _first, last = (CommuneFactory(convention=plan.convention, nom=nom, ordre=1) for nom in "AB")
    client = as_user(plan.coordination)
    client.post(url(plan, "liste_deplacer", "communes", last.pk), {"direction": "haut"})
    entry = Entree.objects.of_convention(plan.convention.pk).recent_first().first()
    assert entry.actor == plan.coordination
    assert entry.resume == "«\u00a0B\u00a0» est passé avant «\u00a0A\u00a0»."
    client.post(url(plan, "liste_deplacer", "communes", last.pk), {"direction": "haut"})
    assert Entree.objects.of_convention(plan.convention.pk).recent_first().first() == entry


def test_a_list_without_order_does_not_move(as_user, plan):
    theme = ThematiqueFactory(convention=plan.convention)
    address = url(plan, "liste_deplacer", "thematiques", theme.pk)
    assert as_user(plan.coordination).post(address, {"direction": "bas"}).status_code == 404


def test_what_is_still_named_is_not_removed_and_the_page_says_by_whom(as_user, plan):
    commune = CommuneFactory(convention=plan.convention)
    plan.fiche.communes.add(commune)
    client = as_user(plan.coordination)
    address = url(plan, "liste_supprimer", "communes", commune.pk)
    assert "fiches actions" in client.get(address).content.decode()
    client.post(address)
    assert Commune.objects.filter(pk=commune.pk).exists()


def test_an_axe_with_fiches_is_never_removed(as_user, plan):
    as_user(plan.coordination).post(url(plan, "liste_supprimer", "axes", plan.axe.pk))
    plan.axe.refresh_from_db()


def test_what_nothing_names_is_removed(as_user, plan):
    theme = ThematiqueFactory(convention=plan.convention)
    as_user(plan.coordination).post(url(plan, "liste_supprimer", "thematiques", theme.pk))
    assert not Thematique.objects.filter(pk=theme.pk).exists()


def test_the_national_list_is_not_a_territory_s_to_change(as_user, plan):
    national = ThematiqueFactory(nom="thème national")
    client = as_user(plan.coordination)
    assert client.get(url(plan, "liste_modifier", "thematiques", national.pk)).status_code == 404


def test_merging_two_structures_moves_the_indicators_and_keeps_the_names(as_user, plan):
    rami = StructureFactory(convention=plan.convention, nom="RAMI", noms_anterieurs="RAM")
    rpe = StructureFactory(convention=plan.convention, nom="RPE")
    indicateur = IndicateurFactory(convention=plan.convention, structure=rami)
    as_user(plan.coordination).post(
        url(plan, "liste_fusionner", "structures", rami.pk), {"gardee": rpe.pk}
    )
    indicateur.refresh_from_db()
    rpe.refresh_from_db()
    assert indicateur.structure == rpe
    assert rpe.noms_anterieurs == "RAMI ; RAM"
    assert not Structure.objects.filter(pk=rami.pk).exists()
    assert Entree.objects.of_convention(plan.convention.pk).filter(object_id=rami.pk).exists()


def test_a_structure_is_not_merged_into_another_convention_s_nor_into_itself(as_user, plan):
    one = StructureFactory(convention=plan.convention)
    foreign = StructureFactory()
    client = as_user(plan.coordination)
    for target in (foreign, one):
        answer = client.post(
            url(plan, "liste_fusionner", "structures", one.pk), {"gardee": target.pk}
        )
        assert answer.status_code == 422
    assert client.get(url(plan, "liste_fusionner", "communes", 1)).status_code == 404


def test_a_devenir_is_only_for_a_perspective(as_user, plan):
    point = PointFactory(convention=plan.convention, nature=NaturePoint.FORT, texte="Une équipe")
    answer = as_user(plan.coordination).post(
        url(plan, "liste_modifier", "points", point.pk),
        {"exercice": 2023, "nature": "fort", "texte": "Une équipe", "devenir": "realisee"},
    )
    assert answer.status_code == 422
    assert "Seule une perspective a un devenir." in answer.content.decode()


def test_the_convention_itself_is_edited(as_user, plan):
    answer = as_user(plan.coordination).post(
        url(plan, "convention_modifier"),
        {
            "nom": "CTG 2024-2028",
            "territoire": "Vallée",
            "couleur": "vert",
            "libelle_axe": "Enjeu",
            "libelle_objectif": "Objectif",
            "libelle_action": "Fiche action",
            "debut": "2024",
            "fin": "2028",
        },
    )
    assert answer.status_code == 302
    plan.convention.refresh_from_db()
    assert (plan.convention.libelle_axe, plan.convention.couleur) == ("Enjeu", "vert")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    for _ in range(count):
        AxeFactory(convention=plan.convention)
        StructureFactory(convention=plan.convention, commune=CommuneFactory())
    client = as_user(plan.coordination)
    with django_assert_num_queries(4):
        client.get(url(plan, "liste", "structures"))


def test_rows_are_typed_in_a_row_and_keep_what_they_share(as_user, plan):
    client = as_user(plan.coordination)
    address = url(plan, "liste_ajouter", "objectifs")
    data = {"axe": plan.axe.pk, "code": "Z", "intitule": "Ouvrir des places"}
    again = client.post(address, {**data, "encore": "oui"})
    assert again["Location"] == f"{address}?axe={plan.axe.pk}#id_axe"
    assert f'value="{plan.axe.pk}" selected' in client.get(again["Location"]).content.decode()
    assert client.post(address, data)["Location"] == url(plan, "liste", "objectifs")
    assert list(plan.axe.objectifs.values_list("code", flat=True)) == ["A", "Z", "Z"]


def test_what_a_row_is_opened_with_is_only_offered(as_user, plan):
    client = as_user(plan.coordination)
    for choice in ("abc", "999999"):
        address = f"{url(plan, 'liste_ajouter', 'objectifs')}?axe={choice}"
        assert client.get(address).status_code == 200
