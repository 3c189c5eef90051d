import datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from axes.enums import ROLES_LISANT, Role
from axes.models import Convention
from axes.permissions import (
    can_coordinate,
    can_edit_axe,
    can_read,
    can_read_internal,
    membre_of,
)
from tests.factories import AxeFactory, ConventionFactory, MembreFactory, UserFactory, yesterday

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2024, 3, 15)


def holder(role):
    return SimpleNamespace(role=role)


@pytest.mark.parametrize(
    ("role", "read", "coordinate", "internal"),
    [
        (Role.COORDINATION, True, True, True),
        (Role.REFERENT, True, False, True),
        (Role.CONTRIBUTEUR, True, False, True),
        (Role.LECTEUR, True, False, False),
        (Role.ADMINISTRATION, False, False, False),
        ("inconnu", False, False, False),
    ],
)
def test_each_role_in_one_convention(role, read, coordinate, internal):
    membre = holder(role)
    assert (can_read(membre), can_coordinate(membre), can_read_internal(membre)) == (
        read,
        coordinate,
        internal,
    )


def test_a_stranger_may_do_nothing():
    assert not any(rule(None) for rule in (can_read, can_coordinate, can_read_internal))
    assert not can_edit_axe(None, AxeFactory())


@pytest.mark.parametrize(
    ("role", "own", "other"),
    [
        (Role.COORDINATION, True, True),
        (Role.REFERENT, True, False),
        (Role.CONTRIBUTEUR, False, False),
        (Role.LECTEUR, False, False),
        (Role.ADMINISTRATION, False, False),
    ],
)
def test_who_edits_an_axe(role, own, other):
    """Axes given to somebody who is not référent give nothing."""
    axe = AxeFactory()
    membre = MembreFactory(convention=axe.convention, role=role)
    membre.axes.add(axe)
    assert can_edit_axe(membre, axe) is own
    assert can_edit_axe(membre, AxeFactory(convention=axe.convention)) is other


@pytest.mark.parametrize(
    ("expire_le", "runs"),
    [
        (None, True),
        (TODAY, True),
        (TODAY + datetime.timedelta(days=1), True),
        (TODAY - datetime.timedelta(days=1), False),
    ],
)
def test_a_right_runs_until_the_end_of_its_last_day(expire_le, runs):
    membre = MembreFactory(expire_le=expire_le)
    found = membre_of(membre.user, membre.convention.slug, TODAY)
    assert (found == membre) is runs


def test_a_right_in_one_convention_is_none_in_another():
    membre = MembreFactory(role=Role.COORDINATION)
    assert membre_of(membre.user, ConventionFactory().slug) is None


def test_the_signed_out_hold_no_right():
    assert membre_of(AnonymousUser(), ConventionFactory().slug) is None


def test_the_right_comes_with_its_convention_in_one_query(django_assert_num_queries):
    membre = MembreFactory()
    with django_assert_num_queries(1):
        assert membre_of(membre.user, membre.convention.slug).convention == membre.convention


# --- The same rule, for lists -----------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_the_list_of_conventions_follows_the_rule_of_one(role):
    membre = MembreFactory(role=role)
    visible = Convention.objects.visible_to(membre.user).exists()
    assert visible is can_read(membre) is (role in ROLES_LISANT)


def test_the_list_leaves_out_what_is_over_and_others():
    user = UserFactory()
    kept = MembreFactory(user=user)
    MembreFactory(user=user, expire_le=yesterday())
    MembreFactory()
    assert list(Convention.objects.visible_to(user)) == [kept.convention]
