"""Totals of money per fiche, per year and per axe."""

from decimal import Decimal

import pytest
from django.urls import reverse

from axes.enums import Role
from pilotage.financements import totals_by_fiche, totals_by_year
from tests.factories import AxeFactory, FicheFactory, FinancementFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def axe():
    return AxeFactory(numero="1")


@pytest.fixture
def fiches(axe):
    """Two fiches of an axe and their money, over two years."""
    one, other = (FicheFactory(axe=axe, code=code, ordre=rank) for rank, code in enumerate("AB"))
    for fiche, annee, nature, montant in [
        (other, 2021, "prevu", "1000.50"),
        (one, 2020, "prevu", "2000"),
        (one, 2020, "prevu", "500"),
        (one, 2020, "verse", "400"),
        (one, 2021, "prevu", None),
        (one, None, "", "30"),
    ]:
        FinancementFactory(fiche=fiche, annee=annee, nature=nature, montant=montant)
    archived = FicheFactory(axe=axe, archivee=True)
    FinancementFactory(fiche=archived, annee=2020, nature="prevu", montant=999_999)
    return one, other


def amounts(row) -> tuple:
    return (row.nom, *((montant.total, montant.inconnus) for montant in row.montants))


def money_of(*fiches):
    return [line for fiche in fiches for line in fiche.financements.select_related("fiche__axe")]


def test_money_of_one_nature_adds_up_year_by_year(fiches):
    totaux = totals_by_year(money_of(*fiches))
    assert totaux.natures == ("prévu", "versé", "nature non renseignée")
    assert [amounts(row) for row in totaux.lignes] == [
        ("2020", (Decimal(2500), 0), (Decimal(400), 0), (None, 0)),
        ("2021", (Decimal("1000.50"), 1), (None, 0), (None, 0)),
        ("année non renseignée", (None, 0), (None, 0), (Decimal(30), 0)),
    ]
    total = ("Total", (Decimal("3500.50"), 1), (Decimal(400), 0), (Decimal(30), 0))
    assert amounts(totaux.ensemble) == total
    assert totaux.inconnus == 1


def test_money_adds_up_fiche_by_fiche_in_their_order(fiches):
    one, other = fiches
    totaux = totals_by_fiche(money_of(other, one), fiches)
    assert [row.adresse for row in totaux.lignes] == [f.get_absolute_url() for f in fiches]
    assert [amounts(row)[1:] for row in totaux.lignes] == [
        ((Decimal(2500), 1), (Decimal(400), 0), (Decimal(30), 0)),
        ((Decimal("1000.50"), 0), (None, 0), (None, 0)),
    ]


def test_without_money_there_are_no_rows():
    assert totals_by_year([]).lignes == ()
    assert totals_by_year([]).ensemble.montants == ()


def words(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_of_an_axe_shows_totals_per_year_and_per_fiche(client, axe, fiches):
    client.force_login(member(axe.convention, Role.LECTEUR))
    page = words(client.get(reverse("pilotage:axe", args=[axe.convention.slug, axe.pk])))
    assert "Totaux par année" in page
    assert "Totaux par fiche" in page
    assert page.count('3 500,50 € <span class="doux">et 1 montant non renseigné') == 2
    assert "999 999" not in page
    assert "1 003 500" not in page


def test_an_axe_without_money_says_nothing_of_it(client, axe):
    FicheFactory(axe=axe)
    client.force_login(member(axe.convention, Role.LECTEUR))
    page = words(client.get(reverse("pilotage:axe", args=[axe.convention.slug, axe.pk])))
    assert "Financements" not in page


def test_a_fiche_shows_its_totals_per_nature_and_per_year(client, axe, fiches):
    one, other = fiches
    client.force_login(member(axe.convention, Role.LECTEUR))
    page = words(client.get(one.get_absolute_url()))
    assert "Totaux par année" in page
    assert page.count("2 500 €") == 3
    assert "1 montant non renseigné" in page
    # One year only: its total stands under the table already.
    assert "Totaux par année" not in words(client.get(other.get_absolute_url()))
