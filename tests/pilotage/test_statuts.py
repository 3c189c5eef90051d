"""A status changes through one door, is never lost, and says who changed it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal.models import Entree
from tests.factories import FicheFactory
from tests.pilotage.notices import way_back


def url(plan, fiche=None):
    return reverse("pilotage:fiche_statuts", args=[plan.convention.slug, (fiche or plan.fiche).pk])


def change(client, plan, *, htmx=False, **data):
    headers = {"hx-request": "true"} if htmx else {}
    return client.post(url(plan), data, headers=headers)


def test_an_anonymous_visitor_is_asked_to_sign_in(client, plan):
    assert change(client, plan, realisation="realisee").status_code == 401
    plan.fiche.refresh_from_db()
    assert plan.fiche.realisation == ""


def test_a_stranger_gets_404_and_a_reader_403(as_user, plan):
    assert change(as_user(plan.etranger), plan, realisation="realisee").status_code == 404
    assert change(as_user(plan.lecteur), plan, realisation="realisee").status_code == 403
    plan.fiche.refresh_from_db()
    assert plan.fiche.realisation == ""


def test_a_get_is_refused(as_user, plan):
    assert as_user(plan.coordination).get(url(plan)).status_code == 405


def test_a_fiche_of_another_convention_is_unknown_here(as_user, plan):
    foreign = FicheFactory()
    answer = as_user(plan.coordination).post(url(plan, foreign), {"realisation": "realisee"})
    assert answer.status_code == 404


def test_without_javascript_the_change_is_saved_and_the_person_comes_back(as_user, plan):
    back = reverse("pilotage:plan", args=[plan.convention.slug]) + "?axe=1"
    answer = change(as_user(plan.coordination), plan, realisation="realisee", retour=back)
    assert (answer.status_code, answer.url) == (302, back)
    plan.fiche.refresh_from_db()
    assert plan.fiche.realisation == "realisee"


@pytest.mark.parametrize(
    "evil", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:1"]
)
def test_nobody_is_sent_to_another_site(as_user, plan, evil):
    answer = change(as_user(plan.coordination), plan, realisation="realisee", retour=evil)
    assert answer.url == plan.fiche.get_absolute_url()


def test_htmx_receives_the_row_and_a_notice_with_a_way_back(as_user, plan):
    answer = change(as_user(plan.contributeur), plan, htmx=True, realisation="partiellement")
    page = answer.content.decode()
    assert f'id="ligne-{plan.fiche.pk}"' in page
    assert "Réalisation\u00a0: partiellement réalisée. Enregistré." in page
    assert "Annuler" in page


def test_a_status_left_alone_is_left_alone(as_user, plan):
    change(as_user(plan.coordination), plan, suivi="en_cours", **{"initial-suivi": ""})
    plan.fiche.refresh_from_db()
    assert (plan.fiche.suivi, plan.fiche.realisation) == ("en_cours", "")


def test_a_status_can_be_emptied_again(as_user, plan):
    client = as_user(plan.coordination)
    change(client, plan, realisation="realisee")
    change(client, plan, realisation="", **{"initial-realisation": "realisee"})
    plan.fiche.refresh_from_db()
    assert plan.fiche.realisation == ""


def test_the_journal_says_who_from_and_to(as_user, plan):
    change(as_user(plan.coordination), plan, realisation="realisee")
    entry = Entree.objects.of_fiche(plan.fiche.pk).first()
    assert entry.actor == plan.coordination
    assert entry.convention_pk == plan.convention.pk
    assert entry.changes["realisation"] == ["", "realisee"]


def test_an_unknown_status_is_refused_and_nothing_is_written(as_user, plan):
    answer = change(as_user(plan.coordination), plan, realisation="presque")
    assert answer.status_code == 422
    assert "rien n’a été enregistré" in answer.content.decode()
    plan.fiche.refresh_from_db()
    assert plan.fiche.realisation == ""


@pytest.mark.parametrize("htmx", [True, False])
def test_the_same_status_changed_by_two_people_shows_both_values(as_user, plan, htmx):
    change(as_user(plan.contributeur), plan, realisation="realisee", **{"initial-realisation": ""})
    answer = change(
        as_user(plan.coordination),
        plan,
        htmx=htmx,
        realisation="non_realisee",
        **{"initial-realisation": ""},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Réalisée" in page
    assert "Non réalisée" in page
    assert str(plan.contributeur) in page
    plan.fiche.refresh_from_db()
    assert plan.fiche.realisation == "realisee"


def test_two_different_statuses_changed_by_two_people_both_stay(as_user, plan):
    opened = {"initial-suivi": "", "initial-realisation": "", "initial-objectifs_atteints": ""}
    empty = {"suivi": "", "realisation": "", "objectifs_atteints": ""}
    change(as_user(plan.contributeur), plan, **{**opened, **empty, "suivi": "en_cours"})
    change(as_user(plan.coordination), plan, **{**opened, **empty, "realisation": "realisee"})
    plan.fiche.refresh_from_db()
    assert (plan.fiche.suivi, plan.fiche.realisation) == ("en_cours", "realisee")


def test_the_fiche_is_read_once_and_once_more_by_the_journal(as_user, plan):
    with CaptureQueriesContext(connection) as captured:
        change(as_user(plan.coordination), plan, htmx=True, realisation="realisee")
    table = connection.ops.quote_name(type(plan.fiche)._meta.db_table)
    reads = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith("SELECT") and f"FROM {table}" in query["sql"]
    ]
    assert len(reads) == 2
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in reads[0]


def test_without_javascript_the_notice_undoes_the_change_and_the_undo_too(as_user, plan):
    client = as_user(plan.contributeur)
    back = reverse("pilotage:plan", args=[plan.convention.slug]) + "?q=accueil"
    opened = {"initial-suivi": "", "initial-realisation": ""}
    data = {"suivi": "en_cours", "realisation": "realisee", "retour": back, **opened}
    page = client.post(url(plan), data, follow=True).content.decode()
    assert "Suivi : en cours, Réalisation : réalisée. Enregistré." in page.replace("\u00a0", " ")
    for expected in (("", ""), ("en_cours", "realisee")):
        address, undo = way_back(page)
        assert address == url(plan)
        assert undo["retour"] == back
        page = client.post(address, undo, follow=True).content.decode()
        plan.fiche.refresh_from_db()
        assert (plan.fiche.suivi, plan.fiche.realisation) == expected
    assert "Annuler" not in client.get(back).content.decode()


def test_what_somebody_else_changed_meanwhile_is_not_undone_unseen(as_user, plan):
    page = as_user(plan.coordination).post(url(plan), {"suivi": "en_cours"}, follow=True)
    address, undo = way_back(page.content.decode())
    change(as_user(plan.contributeur), plan, suivi="terminee", **{"initial-suivi": "en_cours"})
    answer = as_user(plan.coordination).post(address, undo)
    assert answer.status_code == 409
    plan.fiche.refresh_from_db()
    assert plan.fiche.suivi == "terminee"


def test_a_change_of_nothing_has_nothing_to_undo(as_user, plan):
    answer = as_user(plan.coordination).post(
        url(plan), {"suivi": "", "initial-suivi": ""}, follow=True
    )
    assert "Annuler" not in answer.content.decode().split('id="annonces"')[1]
