"""The fiche action: what it shows to whom, and every block edited on its own."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from actions.enums import Portee
from actions.forms.fiches import BLOCS
from actions.forms.lignes import FAMILLES
from actions.models import PointEtape, Realisation, ResultatAttendu
from journal.models import Entree
from tests.factories import (
    CommentaireFactory,
    CommuneFactory,
    FicheFactory,
    FinancementFactory,
    IndicateurFactory,
    PartenaireFactory,
    RealisationFactory,
    ResultatAttenduFactory,
    ReunionFactory,
    VoletFactory,
)

pytestmark = pytest.mark.usefixtures("factories_are_journalled")


def url(name, plan, *extra):
    return reverse(f"pilotage:{name}", args=[plan.convention.slug, plan.fiche.pk, *extra])


@pytest.fixture
def addresses(plan):
    ligne = RealisationFactory(fiche=plan.fiche)
    return {
        "bloc": url("fiche_bloc", plan, "cadre"),
        "ajouter": url("ligne_ajouter", plan, "realisations"),
        "modifier": url("ligne_modifier", plan, "realisations", ligne.pk),
        "supprimer": url("ligne_supprimer", plan, "realisations", ligne.pk),
        "commentaire": url("commentaire_ajouter", plan),
    }


def test_an_anonymous_visitor_is_asked_to_sign_in(client, plan, addresses):
    for address in [url("fiche", plan), *addresses.values()]:
        assert client.get(address).status_code in (302, 405), address
        assert client.post(address, {"texte": "Une phrase écrite"}).status_code == 401, address


def test_a_stranger_finds_nothing(as_user, plan, addresses):
    client = as_user(plan.etranger)
    assert client.get(url("fiche", plan)).status_code == 404
    for address in addresses.values():
        assert client.post(address).status_code == 404, address


def test_a_reader_may_not_write(as_user, plan, addresses):
    client = as_user(plan.lecteur)
    assert client.get(url("fiche", plan)).status_code == 200
    for address in addresses.values():
        assert client.post(address, {"texte": "x"}).status_code == 403, address
    assert Realisation.objects.count() == 1


def test_wrong_methods_are_refused(as_user, plan, addresses):
    client = as_user(plan.coordination)
    assert client.post(url("fiche", plan)).status_code == 405
    assert client.get(addresses["commentaire"]).status_code == 405
    for name in ("bloc", "ajouter", "modifier", "supprimer"):
        assert client.put(addresses[name]).status_code == 405, name


def test_unknown_blocks_lists_and_rows_are_not_found(as_user, plan):
    client = as_user(plan.coordination)
    foreign = RealisationFactory()
    assert client.get(url("fiche_bloc", plan, "inconnu")).status_code == 404
    assert client.get(url("ligne_ajouter", plan, "inconnue")).status_code == 404
    assert client.get(url("ligne_modifier", plan, "realisations", foreign.pk)).status_code == 404


def test_every_block_and_every_list_opens(as_user, plan):
    client = as_user(plan.contributeur)
    for bloc in BLOCS:
        assert client.get(url("fiche_bloc", plan, bloc)).status_code == 200, bloc
    for famille in FAMILLES:
        assert client.get(url("ligne_ajouter", plan, famille)).status_code == 200, famille


def test_a_reader_never_sees_internal_notes_nor_internal_comments(as_user, plan):
    plan.fiche.notes_internes = "Attendre l’accord de la mairie"
    plan.fiche.save()
    CommentaireFactory(fiche=plan.fiche, texte="Entre nous", portee=Portee.INTERNE)
    CommentaireFactory(fiche=plan.fiche, texte="Pour tout le monde", portee=Portee.PARTAGE)
    page = as_user(plan.lecteur).get(url("fiche", plan)).content.decode()
    assert "Pour tout le monde" in page
    assert "Entre nous" not in page
    assert "Attendre l’accord" not in page
    team = as_user(plan.contributeur).get(url("fiche", plan)).content.decode()
    assert "Entre nous" in team
    assert "Attendre l’accord" in team


def test_a_block_is_saved_and_told_in_the_journal(as_user, plan):
    answer = as_user(plan.coordination).post(
        url("fiche_bloc", plan, "ecarts"),
        {"motif_ecart": "crise_sanitaire", "analyse_ecarts": "Repris en 2023."},
    )
    assert answer.status_code == 302
    plan.fiche.refresh_from_db()
    assert plan.fiche.analyse_ecarts == "Repris en 2023."
    assert Entree.objects.of_fiche(plan.fiche.pk).filter(actor=plan.coordination).exists()


def test_an_invalid_block_keeps_what_was_typed(as_user, plan):
    data = {"intitule": "", "axe": plan.axe.pk, "fin": "le jour J", "elu_referent": "Adjointe"}
    answer = as_user(plan.coordination).post(url("fiche_bloc", plan, "identite"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "le jour J" in page
    assert "Adjointe" in page
    assert "n’est pas une date" in page


def test_the_end_cannot_be_before_the_start(as_user, plan):
    data = {"intitule": "X", "axe": plan.axe.pk, "debut": "2022", "fin": "juin 2021"}
    answer = as_user(plan.coordination).post(url("fiche_bloc", plan, "identite"), data)
    assert answer.status_code == 422
    assert "La fin de la fiche est avant son début." in answer.content.decode()


def test_two_people_on_the_same_text_are_both_shown(as_user, plan):
    address = url("fiche_bloc", plan, "cadre")
    as_user(plan.contributeur).post(address, {"contexte": "Version A", "initial-contexte": ""})
    client = as_user(plan.coordination)
    answer = client.post(address, {"contexte": "Version B", "initial-contexte": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Version A" in page
    assert "Version B" in page
    plan.fiche.refresh_from_db()
    assert plan.fiche.contexte == "Version A"
    settled = client.post(address, {"contexte": "Version B", "initial-contexte": "Version A"})
    assert settled.status_code == 302
    plan.fiche.refresh_from_db()
    assert plan.fiche.contexte == "Version B"


def test_different_texts_changed_by_two_people_merge(as_user, plan):
    address = url("fiche_bloc", plan, "cadre")
    opened = {"initial-contexte": "", "initial-public": ""}
    as_user(plan.contributeur).post(address, {**opened, "contexte": "A", "public": ""})
    as_user(plan.coordination).post(address, {**opened, "contexte": "", "public": "B"})
    plan.fiche.refresh_from_db()
    assert (plan.fiche.contexte, plan.fiche.public) == ("A", "B")


def test_two_people_who_choose_different_communes_are_both_shown(as_user, plan):
    first, second = CommuneFactory.create_batch(2, convention=plan.convention)
    address = url("fiche_bloc", plan, "identite")
    same = {"intitule": plan.fiche.intitule, "initial-intitule": plan.fiche.intitule}
    same |= {"axe": plan.axe.pk, "initial-axe": plan.axe.pk}
    as_user(plan.contributeur).post(address, {**same, "communes": [first.pk]})
    answer = as_user(plan.coordination).post(address, {**same, "communes": [second.pk]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert first.nom in page
    assert second.nom in page
    assert list(plan.fiche.communes.all()) == [first]


def test_rows_are_added_at_the_end_edited_and_removed(as_user, plan):
    client = as_user(plan.contributeur)
    for texte in ("Première sortie", "Deuxième sortie"):
        client.post(
            url("ligne_ajouter", plan, "realisations"),
            {"texte": texte, "date": "juin 2023", "niveau": 1},
        )
    first, second = Realisation.objects.filter(fiche=plan.fiche)
    assert [first.texte, second.texte] == ["Première sortie", "Deuxième sortie"]
    assert str(first.date) == "juin 2023"
    client.post(
        url("ligne_modifier", plan, "realisations", first.pk),
        {"texte": "Première sortie au lac", "date": "juin 2023", "niveau": 1},
    )
    first.refresh_from_db()
    assert first.texte == "Première sortie au lac"
    assert client.get(url("ligne_supprimer", plan, "realisations", first.pk)).status_code == 200
    assert Realisation.objects.filter(pk=first.pk).exists()
    client.post(url("ligne_supprimer", plan, "realisations", first.pk))
    assert not Realisation.objects.filter(pk=first.pk).exists()


def test_the_signed_wording_of_a_result_is_frozen(as_user, plan):
    signed = ResultatAttenduFactory(fiche=plan.fiche, texte="Dix places")
    as_user(plan.coordination).post(
        url("ligne_modifier", plan, "resultats", signed.pk),
        {"texte": "Cinq places", "texte_actuel": "Cinq places en 2024", "niveau": 1, "atteint": ""},
    )
    signed = ResultatAttendu.objects.get(pk=signed.pk)
    assert (signed.texte, signed.texte_actuel) == ("Dix places", "Cinq places en 2024")
    page = as_user(plan.lecteur).get(url("fiche", plan)).content.decode()
    assert "<q>Dix places</q>" in page


def test_a_second_point_d_etape_for_the_same_year_is_refused_beside_the_form(as_user, plan):
    client = as_user(plan.coordination)
    address = url("ligne_ajouter", plan, "points-etape")
    assert client.post(address, {"exercice": 2024, "texte": "A"}).status_code == 302
    answer = client.post(address, {"exercice": 2024, "texte": "B"})
    assert answer.status_code == 422
    assert "déjà un point d’étape" in answer.content.decode()
    assert PointEtape.objects.count() == 1


def test_the_volet_of_another_fiche_is_not_offered(as_user, plan):
    VoletFactory(titre="Projet d’une autre fiche")
    page = as_user(plan.coordination).get(url("ligne_ajouter", plan, "realisations"))
    assert "Projet d’une autre fiche" not in page.content.decode()


def test_scripts_in_texts_stay_text(as_user, plan):
    RealisationFactory(fiche=plan.fiche, texte="<script>alert(1)</script>[x](javascript:alert(1))")
    page = as_user(plan.lecteur).get(url("fiche", plan)).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_an_empty_comment_is_refused(as_user, plan):
    answer = as_user(plan.coordination).post(
        url("commentaire_ajouter", plan), {"portee": "interne"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    for _ in range(count):
        RealisationFactory(fiche=plan.fiche, volet=VoletFactory(fiche=plan.fiche))
        ResultatAttenduFactory(fiche=plan.fiche)
        PartenaireFactory(fiche=plan.fiche)
        FinancementFactory(fiche=plan.fiche)
        CommentaireFactory(fiche=plan.fiche)
        IndicateurFactory(fiche=plan.fiche, convention=plan.convention)
        plan.fiche.fiches_liees.add(FicheFactory(axe=plan.axe))
        ReunionFactory(convention=plan.convention).fiches.add(plan.fiche)
    client = as_user(plan.coordination)
    client.get(url("fiche", plan))
    caches["pages"].clear()
    with django_assert_num_queries(14):
        client.get(url("fiche", plan))


# --- Rows typed one after the other, linked fiches ----------------------------------------------


def test_rows_are_typed_in_a_row_in_the_same_volet(as_user, plan):
    volet = VoletFactory(fiche=plan.fiche)
    client = as_user(plan.coordination)
    address = url("ligne_ajouter", plan, "realisations")
    data = {"texte": "Sortie au lac", "volet": volet.pk, "niveau": 1}
    again = client.post(address, {**data, "encore": "oui"})
    assert again["Location"] == f"{address}?volet={volet.pk}#id_date"
    form = client.get(again["Location"]).content.decode()
    assert f'value="{volet.pk}" selected' in form
    assert "Sortie au lac" not in form
    last = client.post(address, data)
    assert last["Location"] == f"{plan.fiche.get_absolute_url()}#realisations"
    assert [row.volet for row in plan.fiche.realisations.all()] == [volet, volet]


def test_each_volet_offers_to_add_to_it(as_user, plan):
    volet = VoletFactory(fiche=plan.fiche)
    way_in = f"{url('ligne_ajouter', plan, 'realisations')}?volet={volet.pk}"
    assert way_in in as_user(plan.coordination).get(url("fiche", plan)).content.decode()
    assert way_in not in as_user(plan.lecteur).get(url("fiche", plan)).content.decode()


def test_fiches_are_linked_by_ticking_them_under_their_axes(as_user, plan):
    other, archived = FicheFactory.create_batch(2, axe=plan.axe)
    foreign = FicheFactory()
    archived.archivee = True
    archived.save()
    client = as_user(plan.coordination)
    address = url("fiche_bloc", plan, "liens")
    form = client.get(address).content.decode()
    assert f"<legend>{plan.axe}</legend>" in form
    assert f'name="fiches_liees" value="{other.pk}"' in form
    for absent in (plan.fiche, archived, foreign):
        assert f'name="fiches_liees" value="{absent.pk}"' not in form
    assert client.post(address, {"fiches_liees": [foreign.pk]}).status_code == 422
    answer = client.post(address, {"fiches_liees": [other.pk]})
    assert answer["Location"] == f"{plan.fiche.get_absolute_url()}#liens"
    assert list(other.fiches_liees.all()) == [plan.fiche]
    shown = client.get(url("fiche", plan)).content.decode()
    assert f"{other.repere} {other.intitule}</a>" in shown
    client.post(address, {"initial-fiches_liees": [other.pk]})
    assert not other.fiches_liees.exists()
