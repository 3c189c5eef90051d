"""A service may name its actor inside of a request that has another one, or none."""

import pytest
from auditlog.context import set_actor
from django.db.models.signals import pre_save

from axes.models import Commune
from journal.models import Entree
from journal.tracking import acting_as
from tests.factories import ConventionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_entries_of_the_block_bear_its_actor_and_the_others_the_surrounding_one():
    convention = ConventionFactory()
    outer, inner = UserFactory.create_batch(2)
    with set_actor(outer):
        Commune.objects.create(convention=convention, nom="Avant")
        with acting_as(inner):
            Commune.objects.create(convention=convention, nom="Pendant")
        Commune.objects.create(convention=convention, nom="Après")
    written = Entree.objects.filter(content_type__model="commune").order_by("pk")
    assert [(entry.object_repr, entry.actor) for entry in written] == [
        ("Avant", outer),
        ("Pendant", inner),
        ("Après", outer),
    ]


def test_no_listener_is_left_behind_by_a_block_inside_another():
    before = len(pre_save.receivers)
    with set_actor(UserFactory()), acting_as(UserFactory()):
        assert len(pre_save.receivers) == before + 2
    assert len(pre_save.receivers) == before
