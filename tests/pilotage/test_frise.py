"""The frise: what is dated stands in its year, at its precision, and today is marked."""

import datetime
import re
from itertools import pairwise

import pytest
from django.urls import reverse

from axes.enums import TypeJalon
from copil.enums import EtatReunion, TypeInstance
from ctg_portal.lib.dates import parse_date
from pilotage.frise import Genre, build_frise
from pilotage.frise_dessin import GAUCHE, RAYON, Echelle, draw_frise, place_marks, scale_of
from tests.factories import (
    FicheFactory,
    InstanceFactory,
    JalonFactory,
    RealisationFactory,
    ReunionFactory,
    arrete_of,
)

TODAY = datetime.date(2022, 5, 10)


def url(plan):
    return reverse("pilotage:frise", args=[plan.convention.slug])


def titles(frise):
    return {year.annee: [event.titre for event in year.evenements] for year in frise.annees}


def test_an_anonymous_visitor_is_sent_to_sign_in(client, plan):
    assert client.get(url(plan)).status_code == 302


def test_a_stranger_does_not_learn_that_the_convention_exists(as_user, plan):
    assert as_user(plan.etranger).get(url(plan)).status_code == 404


def test_a_wrong_method_is_refused(as_user, plan):
    assert as_user(plan.coordination).post(url(plan)).status_code == 405


def test_each_thing_stands_in_its_year_in_the_order_of_time_around_today(plan):
    JalonFactory(convention=plan.convention, date=parse_date("2022"), intitule="Avenant")
    ReunionFactory(convention=plan.convention, date=parse_date("12 mai 2022"), titre="Après")
    ReunionFactory(convention=plan.convention, date=parse_date("9 mai 2022"), titre="Avant")
    ReunionFactory(date=parse_date("2022"), titre="D’une autre convention")
    frise = build_frise(plan.convention, today=TODAY)
    assert titles(frise) == {
        2020: [],
        2021: [],
        2022: ["Avenant", "Avant", "Aujourd’hui", "Après"],
        2023: [],
        2024: [],
    }


def test_a_year_of_no_convention_says_on_which_side_it_stands(as_user, plan):
    for year in ("2019", "2025"):
        JalonFactory(convention=plan.convention, date=parse_date(year))
    outside = {year.annee: year.dehors for year in build_frise(plan.convention, today=TODAY).annees}
    assert outside == {
        2019: "avant la convention",
        **dict.fromkeys(range(2020, 2025), ""),
        2025: "après la convention",
    }


def test_dates_are_told_at_their_own_precision(as_user, plan):
    JalonFactory(convention=plan.convention, date=parse_date("juin 2020"), intitule="Signature")
    RealisationFactory(fiche=plan.fiche, date=parse_date("2020 (été 2020)"), texte="Ouverture")
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert '<span class="quand">juin 2020</span>' in page
    assert '<span class="quand">été 2020</span>' in page


def test_milestones_and_evaluations_are_numbered_together(plan):
    JalonFactory(
        convention=plan.convention, date=parse_date("2024"), type=TypeJalon.EVALUATION, intitule="É"
    )
    JalonFactory(convention=plan.convention, date=parse_date("2020"), intitule="Signature")
    frise = build_frise(plan.convention, today=TODAY)
    numbered = [(e.rang, e.genre) for e in frise.evenements if e.rang]
    assert numbered == [(1, Genre.JALON), (2, Genre.EVALUATION)]


def test_a_frozen_bilan_is_a_step_of_the_evaluation(as_user, plan):
    arrete = arrete_of(plan.convention, 2023)
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert f'<a href="{arrete.get_absolute_url()}">Bilan de 2023 arrêté</a>' in page


def test_a_meeting_says_what_it_is_and_when_it_did_not_happen(as_user, plan):
    copil = InstanceFactory(convention=plan.convention, nom="COPIL de la vallée")
    ReunionFactory(
        convention=plan.convention,
        instances=[copil],
        date=parse_date("2020"),
        etat=EtatReunion.ANNULEE,
        motif="Crise sanitaire",
    )
    cotech = InstanceFactory(convention=plan.convention, type=TypeInstance.COTECH)
    ReunionFactory(convention=plan.convention, instances=[cotech], date=parse_date("2021"))
    events = build_frise(plan.convention, today=TODAY).evenements
    assert [event.est_copil for event in events] == [True, False, False]
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "COPIL de la vallée, motif\u00a0: Crise sanitaire" in page
    assert "Annulée" in page


def test_what_has_no_date_is_counted_and_what_is_archived_is_not(as_user, plan):
    RealisationFactory(fiche=plan.fiche, date=parse_date("mai 2021"), texte="Faite en mai")
    RealisationFactory(fiche=plan.fiche, date=None, texte="Sans date")
    archived = FicheFactory(axe=plan.axe, archivee=True)
    RealisationFactory(fiche=archived, date=parse_date("2021"), texte="Oubliée")
    ReunionFactory(convention=plan.convention, date=None)
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "1\u00a0réalisation datée" in page
    assert "Faite en mai" in page
    assert "Oubliée" not in page
    assert "Sans date" not in page
    assert "faute de date\u00a0: 1\u00a0réunion et 1\u00a0réalisation" in page


def test_an_empty_year_of_the_convention_keeps_its_place(as_user, plan):
    JalonFactory(convention=plan.convention, date=parse_date("2020"))
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Rien n’est daté de cette année." in page


def test_without_anything_dated_the_page_says_so(as_user, plan):
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Rien n’est encore daté" in page
    assert "frise-dessin" not in page


# --- The drawing ------------------------------------------------------------------------------


def test_the_drawing_is_named_and_described(plan):
    JalonFactory(convention=plan.convention, date=parse_date("2020"))
    RealisationFactory(fiche=plan.fiche, date=parse_date("2021"))
    svg = draw_frise(build_frise(plan.convention, today=TODAY), plan.convention)
    assert "<title>La convention sur une ligne du temps</title>" in svg
    assert "1\u00a0jalon, 0\u00a0évaluation, 0\u00a0réunion et 1\u00a0réalisation" in svg
    assert "Nous sommes le 10\u00a0mai 2022" in svg


def test_today_is_drawn_only_when_the_scale_reaches_it(plan):
    JalonFactory(convention=plan.convention, date=parse_date("2020"))

    def lines(today):
        svg = draw_frise(build_frise(plan.convention, today=today), plan.convention)
        return svg.count('class="g-cible"')

    assert lines(TODAY) == 1
    assert lines(datetime.date(2026, 11, 22)) == 0


def test_a_date_typed_wrong_by_a_century_does_not_squeeze_the_rest(plan):
    JalonFactory(convention=plan.convention, date=parse_date("1921"), intitule="Faute de frappe")
    JalonFactory(convention=plan.convention, date=parse_date("2019"))
    frise = build_frise(plan.convention, today=TODAY)
    assert scale_of(frise, plan.convention) == Echelle(2018, 2024)
    assert frise.annees[0].annee == 1921


@pytest.mark.parametrize("length", ["2021", "mars 2021", "9 mars 2021", "2020-2023"])
def test_no_mark_ever_covers_another(plan, length):
    for _ in range(12):
        ReunionFactory(convention=plan.convention, date=parse_date(length))
    for day in range(1, 29):
        ReunionFactory(convention=plan.convention, date=parse_date(f"2021-03-{day:02d}"))
    events = [
        event
        for event in build_frise(plan.convention, today=TODAY).evenements
        if event.genre is Genre.REUNION
    ]
    places = place_marks(events, Echelle(2020, 2024), RAYON)
    assert len(places) == 40
    by_row: dict[int, list] = {}
    for place in places:
        by_row.setdefault(place.rang, []).append(
            (place.x0 - RAYON, max(place.x1, place.x0 + RAYON))
        )
    for marks in by_row.values():
        assert all(one[1] < other[0] for one, other in pairwise(marks))


def test_every_mark_stays_inside_the_drawing(plan):
    JalonFactory(convention=plan.convention, date=parse_date("2018-2026"))
    svg = draw_frise(build_frise(plan.convention, today=TODAY), plan.convention)
    edges = [float(x) for x in re.findall(r'\b(?:x|x1|x2|cx)="(-?[\d.]+)"', svg)]
    assert min(edges) >= 0
    assert max(edges) <= 1000
    assert GAUCHE in edges


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    copil = InstanceFactory(convention=plan.convention)
    for _ in range(count):
        JalonFactory(convention=plan.convention)
        ReunionFactory(convention=plan.convention, instances=[copil])
        RealisationFactory(fiche=FicheFactory(axe=plan.axe), date=parse_date("2021"))
    client = as_user(plan.lecteur)
    client.get(url(plan))
    with django_assert_num_queries(8):
        client.get(url(plan))
