"""Which actions reach a commune, and what is tied to it."""

import pytest
from django.urls import reverse

from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from pilotage.communes import build_commune, build_communes
from pilotage.lieux import Communes
from tests.factories import (
    AxeFactory,
    CommuneFactory,
    FicheFactory,
    IndicateurFactory,
    RealisationFactory,
    StructureFactory,
    ValeurFactory,
)


@pytest.fixture
def territoire(plan):
    """The plan with two communes: one fiche names the first, the plan's own names none."""
    plan.lugagnac = CommuneFactory(convention=plan.convention, nom="Lugagnac")
    plan.cremps = CommuneFactory(convention=plan.convention, nom="Cremps")
    plan.propre = FicheFactory(axe=plan.axe, intitule="Rénover la salle de Lugagnac")
    plan.propre.communes.add(plan.lugagnac)
    return plan


def list_url(plan):
    return reverse("pilotage:communes", args=[plan.convention.slug])


def url(plan, commune=None):
    return reverse("pilotage:commune", args=[plan.convention.slug, (commune or plan.lugagnac).pk])


def test_an_anonymous_visitor_is_sent_to_sign_in(client, territoire):
    assert client.get(list_url(territoire)).status_code == 302
    assert client.get(url(territoire)).status_code == 302


def test_a_stranger_finds_nothing_and_a_member_no_commune_of_another_convention(
    as_user, territoire
):
    client = as_user(territoire.etranger)
    assert client.get(list_url(territoire)).status_code == 404
    assert client.get(url(territoire)).status_code == 404
    assert as_user(territoire.lecteur).get(url(territoire, CommuneFactory())).status_code == 404


def test_a_wrong_method_is_refused(as_user, territoire):
    client = as_user(territoire.coordination)
    assert client.post(list_url(territoire)).status_code == 405
    assert client.post(url(territoire)).status_code == 405


def test_the_list_counts_what_names_each_commune_and_says_what_is_for_all(as_user, territoire):
    StructureFactory(convention=territoire.convention, commune=territoire.lugagnac)
    RealisationFactory(fiche=territoire.fiche, lieu="Cremps, salle des fêtes")
    vue = build_communes(territoire.convention)
    assert vue.partout == 1
    assert [(c.nom, c.fiches, c.structures, c.realisations) for c in vue.communes] == [
        ("Lugagnac", 1, 1, 0),
        ("Cremps", 0, 0, 1),
    ]
    page = as_user(territoire.lecteur).get(list_url(territoire)).content.decode()
    assert "1\u00a0fiche concerne tout le territoire" in page
    assert "1\u00a0fiche à son nom, 1\u00a0structure" in page
    assert "aucune fiche à son nom, 1\u00a0réalisation sur place" in page


def test_archived_fiches_and_those_of_another_convention_reach_nobody(territoire):
    archived = FicheFactory(axe=territoire.axe, archivee=True)
    archived.communes.add(territoire.lugagnac)
    RealisationFactory(fiche=archived, lieu="Lugagnac")
    elsewhere = FicheFactory()
    RealisationFactory(fiche=elsewhere, lieu="Lugagnac")
    vue = build_communes(territoire.convention)
    assert (vue.partout, vue.communes[0].fiches, vue.communes[0].realisations) == (1, 1, 0)
    commune = build_commune(territoire.lugagnac, territoire.convention)
    assert (commune.nombre_propres, commune.nombre_partout) == (1, 1)
    assert commune.realisations == ()


def test_a_commune_is_reached_by_its_fiches_and_by_those_of_all_but_not_by_another_s(
    as_user, territoire
):
    other = FicheFactory(axe=territoire.axe, intitule="Réservée à Cremps")
    other.communes.add(territoire.cremps)
    page = as_user(territoire.lecteur).get(url(territoire)).content.decode()
    assert "1\u00a0fiche action</a> nomme Lugagnac." in page
    assert "elle concerne tout le territoire, donc aussi Lugagnac." in page
    assert "Rénover la salle de Lugagnac" in page
    assert "Ouvrir un accueil" in page
    assert "Réservée à Cremps" not in page


def test_a_fiche_of_several_communes_stands_once_on_the_page_of_each(territoire):
    territoire.propre.communes.add(territoire.cremps)
    for commune in (territoire.lugagnac, territoire.cremps):
        vue = build_commune(commune, territoire.convention)
        assert vue.nombre_propres == 1


def test_a_commune_that_no_fiche_names_is_told_what_is_for_the_whole_territory(as_user, territoire):
    page = as_user(territoire.lecteur).get(url(territoire, territoire.cremps)).content.decode()
    assert "Aucune fiche action ne nomme Cremps en particulier." in page
    assert "Pour tout le territoire" in page


def test_where_every_fiche_names_its_communes_nothing_is_for_all(as_user, territoire):
    territoire.fiche.communes.add(territoire.cremps)
    page = as_user(territoire.lecteur).get(url(territoire)).content.decode()
    assert "chacune nomme ses communes" in page
    assert "Pour tout le territoire" not in page


def test_the_structures_of_the_commune_show_how_their_figures_moved(as_user, territoire):
    alsh = StructureFactory(
        convention=territoire.convention, commune=territoire.lugagnac, nom="ALSH du bourg"
    )
    StructureFactory(convention=territoire.convention, commune=territoire.cremps, nom="Crèche")
    indicateur = IndicateurFactory(convention=territoire.convention, structure=alsh)
    for year, value in (("2019", 100), ("2022", 150)):
        ValeurFactory(indicateur=indicateur, periode=parse_periode(year), valeur=value)
    page = as_user(territoire.lecteur).get(url(territoire)).content.decode()
    assert "ALSH du bourg" in page
    assert "Crèche" not in page
    assert "<b>En hausse</b>\u00a0: 100 en 2019, <b>150</b> en 2022" in page
    assert "+\u00a050,0\u00a0%" in page


def test_what_was_done_there_comes_the_latest_first_and_undated_last(territoire):
    for date in (None, "2021", "mars 2022"):
        RealisationFactory(
            fiche=territoire.fiche, lieu="à Lugagnac", date=parse_date(date) if date else None
        )
    RealisationFactory(fiche=territoire.fiche, lieu="Cremps")
    done = build_commune(territoire.lugagnac, territoire.convention).realisations
    assert [str(realisation.date) for realisation in done] == ["mars 2022", "2021", "None"]


def test_more_than_six_achievements_are_folded(as_user, territoire):
    for _ in range(8):
        RealisationFactory(fiche=territoire.fiche, lieu="Lugagnac")
    page = as_user(territoire.lecteur).get(url(territoire)).content.decode()
    assert "2\u00a0autres réalisations" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lieu", "found"),
    [
        ("Vaylats, salle des fêtes", ["Vaylats"]),
        ("école publique de LIMOGNE EN QUERCY", ["Limogne-en-Quercy"]),
        ("Limogne", ["Limogne-en-Quercy"]),
        ("Cénevieres et Vaylats", ["Cénevières", "Vaylats"]),
        ("Saint", []),
        ("Vaylatsville", []),
        ("", []),
    ],
)
def test_a_place_written_freely_names_its_communes(lieu, found):
    names = ("Vaylats", "Limogne-en-Quercy", "Cénevières", "Saint-Cirq", "Saint-Géry")
    communes = {CommuneFactory(nom=name).pk: name for name in names}
    named = Communes(CommuneFactory._meta.model.objects.all()).named_in(lieu)
    assert sorted(communes[pk] for pk in named) == sorted(found)


@pytest.mark.django_db
def test_the_longer_name_wins_over_the_one_it_contains():
    short, long = CommuneFactory(nom="Limogne"), CommuneFactory(nom="Limogne-en-Quercy")
    known = Communes([short, long])
    assert known.named_in("Mairie de Limogne-en-Quercy") == {long.pk}
    assert known.named_in("Limogne") == {short.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, territoire, django_assert_num_queries, count):
    for _ in range(count):
        axe = AxeFactory(convention=territoire.convention)
        FicheFactory(axe=axe).communes.add(territoire.lugagnac, territoire.cremps)
        structure = StructureFactory(convention=territoire.convention, commune=territoire.lugagnac)
        ValeurFactory(
            indicateur=IndicateurFactory(convention=territoire.convention, structure=structure)
        )
        RealisationFactory(fiche=FicheFactory(axe=axe), lieu="Lugagnac")
    client = as_user(territoire.lecteur)
    client.get(url(territoire))
    with django_assert_num_queries(7):
        client.get(list_url(territoire))
    with django_assert_num_queries(10):
        client.get(url(territoire))
