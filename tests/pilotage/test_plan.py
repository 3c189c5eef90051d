"""The plan d'actions: one table, filters in the address, cells to change for who may."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from actions.enums import Realisation
from actions.models import FicheAction
from axes.enums import Role
from tests.factories import (
    AxeFactory,
    CommuneFactory,
    FicheFactory,
    PartenaireFactory,
    PiloteFicheFactory,
    RealisationFactory,
    ThematiqueFactory,
    member,
)


def url(plan):
    return reverse("pilotage:plan", args=[plan.convention.slug])


def test_an_anonymous_visitor_is_sent_to_sign_in(client, plan):
    assert client.get(url(plan)).status_code == 302


def test_a_stranger_does_not_learn_that_the_convention_exists(as_user, plan):
    assert as_user(plan.etranger).get(url(plan)).status_code == 404


def test_a_wrong_method_is_refused(as_user, plan):
    assert as_user(plan.coordination).post(url(plan)).status_code == 405


def test_a_reader_reads_the_statuses_and_cannot_choose_others(as_user, plan):
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Ouvrir un accueil" in page
    assert f'id="realisation-{plan.fiche.pk}"' not in page


def test_the_coordination_finds_a_list_for_each_status(as_user, plan):
    page = as_user(plan.coordination).get(url(plan)).content.decode()
    for champ in ("suivi", "realisation", "objectifs_atteints"):
        assert f'id="{champ}-{plan.fiche.pk}"' in page


def test_a_contributeur_may_change_her_fiches_only(as_user, plan):
    other = FicheFactory(axe=plan.axe)
    page = as_user(plan.contributeur).get(url(plan)).content.decode()
    assert f'id="suivi-{plan.fiche.pk}"' in page
    assert f'id="suivi-{other.pk}"' not in page


def test_a_referente_may_change_the_fiches_of_her_axe_only(as_user, plan):
    other = FicheFactory(axe=AxeFactory(convention=plan.convention))
    referente = member(plan.convention, Role.REFERENT, axes=[plan.axe])
    page = as_user(referente).get(url(plan)).content.decode()
    assert f'id="suivi-{plan.fiche.pk}"' in page
    assert f'id="suivi-{other.pk}"' not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=aines", ["Sorties des aînés"]),
        ("q=coeur", ["Un lieu au cœur du bourg"]),
        ("realisation=realisee", ["Sorties des aînés"]),
        ("realisation=sans", ["Ouvrir un accueil", "Un lieu au cœur du bourg"]),
        ("pilote=La+directrice", ["Un lieu au cœur du bourg"]),
        ("q=bibliotheque", ["Sorties des aînés"]),
        ("q=oeuvres+sorties", ["Sorties des aînés"]),
        ("q=introuvable", []),
    ],
)
def test_filters_stand_in_the_address(as_user, plan, query, found):
    FicheFactory(axe=plan.axe, intitule="Sorties des aînés", realisation=Realisation.REALISEE)
    lieu = FicheFactory(axe=plan.axe, intitule="Un lieu au cœur du bourg")
    PiloteFicheFactory(fiche=lieu, nom="La directrice")
    sorties = FicheAction.objects.get(intitule="Sorties des aînés")
    RealisationFactory(fiche=sorties, texte="Une visite de la bibliothèque")
    PartenaireFactory(fiche=sorties, organisme="Œuvres laïques")
    elsewhere = FicheFactory(intitule="Sorties des aînés d’un autre territoire")
    PartenaireFactory(fiche=elsewhere, organisme="Œuvres laïques")
    page = as_user(plan.lecteur).get(f"{url(plan)}?{query}").content.decode()
    titles = ["Ouvrir un accueil", "Sorties des aînés", "Un lieu au cœur du bourg"]
    assert [title for title in titles if f"<span>{title}" in page] == found
    assert "autre territoire" not in page


def test_a_fiche_without_commune_reaches_every_commune(as_user, plan):
    commune = CommuneFactory(convention=plan.convention)
    other = CommuneFactory(convention=plan.convention)
    elsewhere = FicheFactory(axe=plan.axe, intitule="Réservée à l’autre commune")
    elsewhere.communes.add(other)
    page = as_user(plan.lecteur).get(f"{url(plan)}?commune={commune.pk}").content.decode()
    assert "Ouvrir un accueil" in page
    assert "Réservée à l’autre commune" not in page


def test_the_lists_of_filters_never_offer_what_another_convention_holds(as_user, plan):
    foreign = FicheFactory(axe__intitule="Axe d’une autre convention")
    PiloteFicheFactory(fiche=foreign, nom="Pilote d’ailleurs")
    foreign.thematiques.add(
        ThematiqueFactory(nom="thème d’ailleurs", convention=foreign.axe.convention)
    )
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    for leak in ("Axe d’une autre convention", "Pilote d’ailleurs", "thème d’ailleurs"):
        assert leak not in page


def test_the_axe_of_another_convention_filters_nothing_and_leaks_nothing(as_user, plan):
    foreign = FicheFactory(intitule="Fiche secrète")
    page = as_user(plan.lecteur).get(f"{url(plan)}?axe={foreign.axe_id}").content.decode()
    assert "Fiche secrète" not in page


def test_an_empty_result_names_the_filters_and_a_way_out(as_user, plan):
    page = as_user(plan.lecteur).get(f"{url(plan)}?q=introuvable").content.decode()
    assert "Aucune fiche ne correspond" in page
    assert "«\u00a0introuvable\u00a0»" in page


def test_htmx_receives_the_results_alone(as_user, plan):
    page = as_user(plan.lecteur).get(url(plan), headers={"hx-request": "true"}).content.decode()
    assert page.strip().startswith('<div id="resultats"')


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    for _ in range(count - 1):
        FicheFactory(axe=AxeFactory(convention=plan.convention))
    client = as_user(plan.coordination)
    client.get(url(plan))
    caches["pages"].clear()
    with django_assert_num_queries(11):
        client.get(url(plan))


def test_the_forms_of_the_rows_are_for_who_has_no_script(as_user, plan):
    client = as_user(plan.coordination)
    form = f'<noscript><form id="f{plan.fiche.pk}" method="post"'
    assert form in client.get(url(plan)).content.decode()
    asked_by_script = client.get(url(plan), headers={"hx-request": "true"}).content.decode()
    assert f'id="suivi-{plan.fiche.pk}"' in asked_by_script
    assert "<noscript>" not in asked_by_script
    assert f'id="f{plan.fiche.pk}"' not in asked_by_script
    # A page read without a script is not the one that a script was given.
    assert form in client.get(url(plan)).content.decode()
