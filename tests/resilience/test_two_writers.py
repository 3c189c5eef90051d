"""Two people write on the same fiche at the same instant, each in a thread with its own database
connection: nothing is lost, nobody meets a locked database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from actions.enums import STATUTS
from axes.enums import Role
from journal.models import Entree
from tests.factories import FicheFactory, member

ROUNDS = 10
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
