"""Réalisation × objectifs: every fiche in one cell, each cell opens its fiches."""

from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from actions.enums import Objectifs, Realisation
from actions.forms.plan import FiltreFiches
from actions.models import FicheAction
from pilotage.croisement import OBJECTIFS, REALISATIONS, build_croisement
from tests.factories import AxeFactory, FicheFactory


def url(plan):
    return reverse("pilotage:croisement", args=[plan.convention.slug])


@pytest.fixture
def every_pair(plan):
    """One fiche of each of the sixteen pairs, and the one of the plan, which says nothing."""
    for realisation in REALISATIONS:
        for objectifs in OBJECTIFS:
            FicheFactory(axe=plan.axe, realisation=realisation, objectifs_atteints=objectifs)
    return plan


def test_an_anonymous_visitor_is_sent_to_sign_in(client, plan):
    assert client.get(url(plan)).status_code == 302


def test_a_stranger_does_not_learn_that_the_convention_exists(as_user, plan):
    assert as_user(plan.etranger).get(url(plan)).status_code == 404


def test_a_wrong_method_is_refused(as_user, plan):
    assert as_user(plan.coordination).post(url(plan)).status_code == 405


def test_every_fiche_stands_in_one_cell_and_in_its_totals(every_pair):
    croisement = build_croisement(every_pair.convention)
    numbers = [[case.nombre for case in ligne.cases] for ligne in croisement.lignes]
    assert numbers == [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 2]]
    assert [ligne.total for ligne in croisement.lignes] == [4, 4, 4, 5]
    assert [colonne.nombre for colonne in croisement.colonnes] == [4, 4, 4, 5]
    assert croisement.total == 17


def test_archived_fiches_and_those_of_another_convention_never_count(plan):
    FicheFactory(axe=plan.axe, realisation=Realisation.REALISEE, archivee=True)
    FicheFactory(realisation=Realisation.REALISEE, objectifs_atteints=Objectifs.ATTEINTS)
    croisement = build_croisement(plan.convention)
    assert croisement.total == 1
    assert croisement.lignes[0].total == 0


def test_the_address_of_a_number_shows_exactly_the_fiches_it_counts(as_user, every_pair):
    croisement = build_croisement(every_pair.convention)
    every = FicheAction.objects.of_convention(every_pair.convention)
    told = [case for ligne in croisement.lignes for case in ligne.cases]
    for filtre, nombre in [
        *((case.filtre, case.nombre) for case in (*told, *croisement.colonnes)),
        *((ligne.filtre, ligne.total) for ligne in croisement.lignes),
    ]:
        asked = dict(parse_qsl(filtre))
        shown = FiltreFiches(asked, convention=every_pair.convention).filter(every)
        assert shown.count() == nombre, filtre


def test_one_axe_alone_is_counted_and_its_numbers_open_its_fiches_alone(as_user, plan):
    other = AxeFactory(convention=plan.convention, numero="7")
    FicheFactory(axe=other, realisation=Realisation.REALISEE)
    croisement = build_croisement(plan.convention, str(other.pk))
    assert (croisement.axe, croisement.total, croisement.lignes[0].total) == (other, 1, 1)
    page = as_user(plan.lecteur).get(url(plan), {"axe": other.pk}).content.decode()
    assert f'plan/?axe={other.pk}&amp;realisation=realisee"' in page
    assert f'plan/?axe={other.pk}"' in page
    assert f'?axe={other.pk}" aria-current="page"' in page


@pytest.mark.parametrize("axe", ["", "0", "x", "²"])
def test_an_axe_that_is_not_one_of_the_convention_s_is_the_whole_convention(plan, axe):
    assert build_croisement(plan.convention, axe).total == 1
    assert build_croisement(plan.convention, str(AxeFactory().pk)).axe is None


def test_a_cell_is_a_link_named_in_words_and_an_empty_one_is_not(as_user, plan):
    FicheFactory(
        axe=plan.axe, realisation=Realisation.REALISEE, objectifs_atteints=Objectifs.ATTEINTS
    )
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert 'plan/?realisation=realisee&amp;objectifs=atteints"' in page
    assert "fiche, réalisation\u00a0: réalisée, objectifs\u00a0: atteints" in page
    assert "realisation=non_realisee" not in page


def test_the_sentences_tell_what_worked_what_did_not_and_what_is_not_told(plan):
    FicheFactory(
        axe=plan.axe, realisation=Realisation.REALISEE, objectifs_atteints=Objectifs.NON_ATTEINTS
    )
    FicheFactory(axe=plan.axe, realisation=Realisation.NON_REALISEE)
    phrases = build_croisement(plan.convention).phrases
    in_vain = "l’action est réalisée, ses objectifs ne sont pas atteints ou ne le sont qu’en partie"
    assert phrases == (
        "0\u00a0fiche sur 3\u00a0: l’action est réalisée et ses objectifs sont atteints.",
        f"1\u00a0fiche\u00a0: {in_vain}.",
        "1\u00a0fiche\u00a0: l’action n’est pas réalisée.",
        "1\u00a0fiche\u00a0: ni la réalisation ni les objectifs ne sont renseignés.",
    )


def test_without_a_fiche_the_page_says_so(as_user, plan):
    FicheAction.objects.all().delete()
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Aucune fiche action pour l’instant" in page
    assert "<table" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    for _ in range(count - 1):
        FicheFactory(axe=AxeFactory(convention=plan.convention), realisation=Realisation.REALISEE)
    client = as_user(plan.lecteur)
    client.get(url(plan))
    with django_assert_num_queries(5):
        client.get(url(plan))
