"""The charts of the pages of the indicators: side by side by structure, and as a file."""

import pytest
from django.urls import reverse

from tests.factories import IndicateurFactory, StructureFactory, ValeurFactory

from .test_indicateurs import NBSP, list_url, url, value


@pytest.fixture
def deux_alsh(plan):
    """The hours of two structures of one type, and of a third one of another type."""
    found = []
    for nom, type_ in (("Limogne", "ALSH"), ("Lalbenque", "ALSH"), ("La Farandole", "EAJE")):
        indicateur = IndicateurFactory(
            convention=plan.convention,
            axe=plan.axe,
            structure=StructureFactory(convention=plan.convention, nom=nom, type=type_),
            intitule=f"Fréquentation de {nom}",
            unite="heures",
        )
        value(indicateur, "2020", 10)
        value(indicateur, "2022", 40 if nom == "Lalbenque" else 20)
        found.append(indicateur)
    return found


def test_structures_of_one_type_stand_together_on_one_scale(as_user, plan, deux_alsh):
    page = as_user(plan.lecteur).get(list_url(plan)).content.decode()
    start = page.index('<section class="comparaison" aria-label="ALSH, heures">')
    compared = page[start : page.index("</section>", start)]
    assert f"Même échelle pour toutes{NBSP}: de 0 à 40 heures, de 2020 à 2022." in compared
    assert "Fréquentation de Limogne</a></h4>" in compared
    assert "Fréquentation de Lalbenque</a></h4>" in compared
    assert "La Farandole" not in compared
    assert page.count("Fréquentation de Limogne</a>") == 1
    assert "<b>3 indicateurs</b>" in page.replace(NBSP, " ")


def test_one_structure_alone_is_compared_with_nothing(as_user, plan, deux_alsh):
    deux_alsh[1].delete()
    page = as_user(plan.lecteur).get(list_url(plan)).content.decode()
    assert "comparaison" not in page
    assert "Fréquentation de Limogne</a>" in page


def test_the_chart_leaves_as_a_picture(as_user, plan, deux_alsh):
    client = as_user(plan.lecteur)
    address = url("indicateur_courbe", deux_alsh[0])
    assert address.endswith("/courbe.svg")
    assert f'href="{address}"' in client.get(url("indicateur", deux_alsh[0])).content.decode()
    response = client.get(address)
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"].startswith(
        'attachment; filename="frequentation-de-limogne-'
    )
    drawn = response.content.decode()
    assert "Fréquentation de Limogne (heures)" in drawn
    assert f"CTG {plan.convention.territoire}, au " in drawn


def test_no_picture_is_offered_nor_given_of_one_number(as_user, plan):
    indicateur = IndicateurFactory(convention=plan.convention, axe=plan.axe)
    value(indicateur, "2022", 4)
    client = as_user(plan.lecteur)
    assert "courbe.svg" not in client.get(url("indicateur", indicateur)).content.decode()
    assert client.get(url("indicateur_courbe", indicateur)).status_code == 404


def test_the_picture_is_for_the_members_and_is_only_read(client, as_user, plan, deux_alsh):
    address = url("indicateur_courbe", deux_alsh[0])
    assert client.get(address).status_code == 302
    assert as_user(plan.etranger).get(address).status_code == 404
    assert as_user(plan.coordination).post(address).status_code == 405
    foreign = reverse(
        "pilotage:indicateur_courbe", args=[plan.convention.slug, ValeurFactory().indicateur_id]
    )
    assert as_user(plan.lecteur).get(foreign).status_code == 404
