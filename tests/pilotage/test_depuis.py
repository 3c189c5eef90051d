"""What the dashboard says the fiches have become since the last COPIL."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.enums import Objectifs, Realisation, Suivi
from actions.services.fiches import change_archivee, change_statuts
from ctg_portal.lib.dates import DatePartielle
from journal.models import Entree
from pilotage.tableau import build_tableau
from tests.factories import FicheFactory, InstanceFactory, ReunionFactory, arrete_of

pytestmark = pytest.mark.usefixtures("factories_are_journalled")

NB = "\u00a0"


@pytest.fixture
def copil(plan):
    """A COPIL held a month ago; everything that the fixtures wrote is older."""
    Entree.objects.update(timestamp=timezone.now() - datetime.timedelta(days=60))
    return ReunionFactory(
        convention=plan.convention,
        instances=[InstanceFactory(convention=plan.convention)],
        date=DatePartielle.jour(timezone.localdate() - datetime.timedelta(days=30)),
    )


def set_statuts(fiche, **submitted):
    opened = {name: getattr(fiche, name) for name in submitted}
    return change_statuts(fiche=fiche, opened=opened, submitted=submitted)


def sentences(plan):
    today = timezone.localdate()
    depuis = build_tableau(plan.convention, today=today, pour_agir=False).depuis
    return [
        (f"{one.nombre} {one.verbe}", [fiche.nom for fiche in one.fiches])
        for one in depuis.mouvements
    ]


def test_fiches_are_gathered_by_what_they_became(plan, copil):
    others = FicheFactory.create_batch(2, axe=plan.axe, realisation=Realisation.PARTIELLEMENT)
    Entree.objects.update(timestamp=timezone.now() - datetime.timedelta(days=60))
    for fiche in (plan.fiche, *others):
        set_statuts(fiche, realisation=Realisation.REALISEE)
    set_statuts(plan.fiche, objectifs_atteints=Objectifs.ATTEINTS)
    set_statuts(others[0], suivi=Suivi.ABANDONNEE)
    found = sentences(plan)
    assert [words for words, _ in found] == [
        f"3{NB}fiches sont devenues réalisées",
        f"1{NB}fiche a atteint ses objectifs",
        f"1{NB}fiche est abandonnée",
    ]
    assert found[0][1] == [str(fiche) for fiche in (plan.fiche, *others)]


def test_only_the_difference_counts_whatever_happened_meanwhile(plan, copil):
    set_statuts(plan.fiche, realisation=Realisation.REALISEE)
    plan.fiche.refresh_from_db()
    set_statuts(plan.fiche, realisation=Realisation.NON_REALISEE)
    assert [words for words, _ in sentences(plan)] == [f"1{NB}fiche est dite non réalisée"]
    plan.fiche.refresh_from_db()
    set_statuts(plan.fiche, realisation="")
    assert sentences(plan) == []


def test_a_status_taken_back_is_said(plan, copil):
    plan.fiche.realisation = Realisation.REALISEE
    plan.fiche.save()
    Entree.objects.update(timestamp=timezone.now() - datetime.timedelta(days=60))
    set_statuts(plan.fiche, realisation="")
    assert [words for words, _ in sentences(plan)] == [
        f"1{NB}fiche n’a plus de réalisation renseignée"
    ]


def test_a_new_fiche_has_entered_the_plan_and_its_statuses_are_no_change(plan, copil):
    fiche = FicheFactory(axe=plan.axe, realisation=Realisation.REALISEE)
    set_statuts(fiche, suivi=Suivi.TERMINEE)
    assert sentences(plan) == [(f"1{NB}fiche est entrée dans le plan", [str(fiche)])]


def test_archived_fiches_other_conventions_and_imports_are_left_out(plan, copil):
    archived, elsewhere = FicheFactory(axe=plan.axe), FicheFactory()
    for fiche in (archived, elsewhere, plan.fiche):
        set_statuts(fiche, realisation=Realisation.REALISEE)
    change_archivee(fiche=archived, archivee=True)
    Entree.objects.filter(fiche_pk=plan.fiche.pk).update(est_import=True)
    assert sentences(plan) == []


def test_what_was_written_before_the_copil_is_not_told(plan, copil):
    set_statuts(plan.fiche, realisation=Realisation.REALISEE)
    Entree.objects.update(timestamp=timezone.now() - datetime.timedelta(days=31))
    assert sentences(plan) == []


def test_the_last_arrete_is_the_reference_before_any_copil(plan, copil, as_user):
    gone = FicheFactory(axe=plan.axe)
    arrete_of(plan.convention)
    set_statuts(plan.fiche, realisation=Realisation.REALISEE)
    change_archivee(fiche=gone, archivee=True)
    assert [words for words, _ in sentences(plan)] == [
        f"1{NB}fiche est devenue réalisée",
        f"1{NB}fiche a quitté le plan",
    ]
    page = as_user(plan.lecteur).get(reverse("pilotage:tableau", args=[plan.convention.slug]))
    assert "Depuis le bilan arrêté le" in page.content.decode()
    assert reverse("reports:comparer", args=[plan.convention.slug]) in page.content.decode()


def test_the_page_says_it_in_words_and_opens_each_fiche(plan, copil, as_user):
    set_statuts(plan.fiche, realisation=Realisation.REALISEE)
    page = as_user(plan.lecteur).get(reverse("pilotage:tableau", args=[plan.convention.slug]))
    page = page.content.decode()
    assert "Depuis le COPIL du" in page
    assert f"<b>1{NB}fiche</b> est devenue réalisée" in page
    assert f'<a href="{plan.fiche.get_absolute_url()}">{plan.fiche}</a>' in page
    journal = reverse("pilotage:journal", args=[plan.convention.slug])
    assert f'href="{journal}">Voir tous' not in page
