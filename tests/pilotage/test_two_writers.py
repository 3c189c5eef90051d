"""Two people write on the same fiche at the same instant, each in a thread with its own database
connection: nothing is lost, nobody meets a locked database."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from actions.enums import STATUTS
from axes.enums import Role
from journal.models import Entree
from tests.factories import FicheFactory, IndicateurFactory, member

ROUNDS = 10
TEXT_ROUNDS = 4
TEXTS = ("Les familles.", "Les jeunes de 12 à 17 ans.")
FIGURES = ("127", "131")
OPENED = {f"initial-{champ}": "" for champ in STATUTS}


@pytest.fixture
def fiches(transactional_db):
    """One fiche without statuses per round."""
    first = FicheFactory()
    return [first, *FicheFactory.create_batch(ROUNDS - 1, axe=first.axe)]


@pytest.fixture
def clients(fiches):
    """Two coordinators of the convention, signed in."""
    found = []
    for _ in range(2):
        client = Client()
        client.force_login(member(fiches[0].axe.convention, Role.COORDINATION))
        found.append(client)
    return found


def at_once(*writes):
    """Run every function in a thread of its own, all released together; returns their answers."""
    barrier = Barrier(len(writes), timeout=20)

    def run(write):
        try:
            barrier.wait()
            return write()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(writes)) as pool:
        return [future.result() for future in [pool.submit(run, write) for write in writes]]


def sending(client, fiche, **values):
    address = f"{fiche.get_absolute_url()}statuts/"
    return lambda: client.post(address, {**OPENED, **values}, headers={"hx-request": "true"})


def writing(client, fiche, text):
    """A function that sends the block of texts of this fiche, opened empty."""
    address = f"{fiche.get_absolute_url()}bloc/cadre/"
    names = ("contexte", "public", "moyens", "echeancier")
    opened = {f"initial-{name}": "" for name in names}
    return partial(client.post, address, {**opened, **dict.fromkeys(names, ""), "public": text})


def test_two_statuses_of_the_same_fiche_both_stay(fiches, clients):
    for fiche in fiches:
        answers = at_once(
            sending(clients[0], fiche, suivi="terminee"),
            sending(clients[1], fiche, realisation="realisee"),
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        fiche.refresh_from_db()
        assert (fiche.suivi, fiche.realisation) == ("terminee", "realisee")
        changes = [entry.changes for entry in Entree.objects.of_fiche(fiche.pk).filter(action=1)]
        assert sum("suivi" in change for change in changes) == 1
        assert sum("realisation" in change for change in changes) == 1


def test_one_status_written_twice_is_exactly_one_conflict(fiches, clients):
    for fiche in fiches:
        values = ("realisee", "non_realisee")
        pairs = zip(clients, values, strict=True)
        answers = at_once(*(sending(client, fiche, realisation=value) for client, value in pairs))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        winner, refused = sorted(answers, key=lambda answer: answer.status_code)
        fiche.refresh_from_db()
        assert fiche.realisation == values[answers.index(winner)]
        page = refused.content.decode()
        assert "Réalisée" in page
        assert "Non réalisée" in page


def test_one_text_written_twice_is_exactly_one_conflict_that_shows_both(fiches, clients):
    for fiche in fiches[:TEXT_ROUNDS]:
        answers = at_once(
            *(writing(client, fiche, text) for client, text in zip(clients, TEXTS, strict=True))
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        refused = max(answers, key=lambda answer: answer.status_code)
        kept, other = TEXTS if answers[1] is refused else reversed(TEXTS)
        fiche.refresh_from_db()
        assert fiche.public == kept
        page = refused.content.decode()
        assert kept in page
        assert other in page


def test_one_cell_of_the_grid_written_twice_is_exactly_one_conflict(fiches, clients):
    axe = fiches[0].axe
    address = reverse("pilotage:grille", args=[axe.convention.slug])
    for year in range(2020, 2020 + TEXT_ROUNDS):
        indicateur = IndicateurFactory(convention=axe.convention, axe=axe)
        cell = f"case-{indicateur.pk}-{year}"
        answers = at_once(
            *(
                partial(client.post, address, {cell: f})
                for client, f in zip(clients, FIGURES, strict=True)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        refused = max(answers, key=lambda answer: answer.status_code)
        kept = FIGURES[1 - answers.index(refused)]
        assert [str(valeur.valeur) for valeur in indicateur.valeurs.all()] == [f"{kept}.000"]
        assert all(figure in refused.content.decode() for figure in FIGURES)


def test_many_writers_wait_for_their_turn(fiches, clients):
    """Twice as many writers as processors, on one database file or server."""
    writes = [sending(clients[0], fiche, suivi="en_cours") for fiche in fiches]
    answers = at_once(*writes)
    assert {answer.status_code for answer in answers} == {200}
    for fiche in fiches:
        fiche.refresh_from_db()
        assert fiche.suivi == "en_cours"


def test_the_database_is_one_that_threads_share(transactional_db):
    """In memory, SQLite would give each thread another base: the tests above would prove less."""
    assert connection.vendor == "postgresql" or "memory" not in str(
        connection.settings_dict["NAME"]
    )
