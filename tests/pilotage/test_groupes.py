"""The plan grouped by something else than the axe, the choice in the address."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from tests.factories import AxeFactory, FicheFactory, PiloteFicheFactory


def url(plan, query=""):
    return reverse("pilotage:plan", args=[plan.convention.slug]) + query


def sections(page):
    """(heading, count) of each section of a plan, in order."""
    heads = re.findall(
        r'class="valeur">(?:<svg.*?</svg>)?([^<]+)</span><span class="combien">([^<]+)<', page
    )
    return [(words, count.replace("\u00a0", " ")) for words, count in heads]


@pytest.mark.parametrize(
    ("grouper", "fields", "expected"),
    [
        ("suivi", {"suivi": "en_cours"}, ["En cours", "Non renseigné"]),
        ("realisation", {"realisation": "realisee"}, ["Réalisée", "Non renseignée"]),
        ("objectifs", {"objectifs_atteints": "atteints"}, ["Atteints", "Non renseigné"]),
        ("suite", {"suite": "faire_evoluer"}, ["Faire évoluer", "Suite non renseignée"]),
    ],
)
def test_a_status_groups_the_fiches_of_all_axes_with_their_count(
    as_user, plan, grouper, fields, expected
):
    FicheFactory.create_batch(2, axe=AxeFactory(convention=plan.convention), **fields)
    page = as_user(plan.lecteur).get(url(plan, f"?grouper={grouper}")).content.decode()
    assert sections(page) == list(zip(expected, ["2 fiches", "1 fiche"], strict=True))
    assert 'class="numero"' not in page


def test_a_fiche_stands_under_each_of_its_pilotes_in_a_row_of_its_own(as_user, plan):
    for name in ("Zoé", "Élise"):
        PiloteFicheFactory(fiche=plan.fiche, nom=name)
    FicheFactory(axe=plan.axe)
    page = as_user(plan.coordination).get(url(plan, "?grouper=pilote")).content.decode()
    assert sections(page) == [
        ("Élise", "1 fiche"),
        ("Zoé", "1 fiche"),
        ("Sans pilote", "1 fiche"),
    ]
    assert "2\u00a0fiches" in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {f"ligne-{plan.fiche.pk}", f"ligne-{plan.fiche.pk}-1"} <= set(ids)
    assert f'name="cles" value="{plan.fiche.pk}-1 {plan.fiche.pk}"' in page


def test_a_change_in_one_row_brings_back_the_other_rows_of_the_fiche(as_user, plan):
    pk = plan.fiche.pk
    address = reverse("pilotage:fiche_statuts", args=[plan.convention.slug, pk])
    data = {"suivi": "en_cours", "cles": f"{pk}-1 {pk}"}
    page = as_user(plan.coordination).post(address, data, headers={"hx-request": "true"})
    rows = re.findall(r'<tr id="(ligne-[^"]*)"( hx-swap-oob)?', page.content.decode())
    assert rows == [(f"ligne-{pk}-1", ""), (f"ligne-{pk}", " hx-swap-oob")]


def test_the_axe_shows_its_count_and_an_unknown_grouping_is_the_axe(as_user, plan):
    FicheFactory(axe=plan.axe, archivee=True)
    page = as_user(plan.lecteur).get(url(plan, "?grouper=meteo")).content.decode()
    assert 'class="numero">2<' in page
    assert '<span class="combien">1\u00a0fiche</span>' in page


def test_grouping_is_no_filter_and_keeps_those_in_use(as_user, plan):
    FicheFactory(axe=plan.axe, intitule="Sorties des aînés", suivi="en_cours")
    page = as_user(plan.lecteur).get(url(plan, "?q=aines&grouper=suivi")).content.decode()
    assert sections(page) == [("En cours", "1 fiche")]
    assert page.count('class="jeton"') == 1
    assert f'{url(plan)}?grouper=suivi"' in page


def test_names_of_another_convention_head_no_group(as_user, plan):
    PiloteFicheFactory(fiche=FicheFactory(), nom="Pilote d’ailleurs")
    page = as_user(plan.lecteur).get(url(plan, "?grouper=pilote")).content.decode()
    assert "Pilote d’ailleurs" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    for rank in range(count):
        PiloteFicheFactory(fiche=FicheFactory(axe=plan.axe), nom=f"Pilote {rank}")
    client = as_user(plan.coordination)
    client.get(url(plan, "?grouper=pilote"))
    caches["pages"].clear()
    with django_assert_num_queries(11):
        client.get(url(plan, "?grouper=pilote"))
