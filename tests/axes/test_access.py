import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from axes.access import get_acces, get_axe
from axes.enums import Role
from tests.factories import AxeFactory, ConventionFactory, UserFactory, member, yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention():
    return ConventionFactory()


@pytest.mark.parametrize(
    "role", [Role.COORDINATION, Role.REFERENT, Role.CONTRIBUTEUR, Role.LECTEUR]
)
def test_members_reach_their_convention(convention, role):
    acces = get_acces(member(convention, role), convention.slug)
    assert acces.convention == convention
    assert acces.peut_coordonner is (role == Role.COORDINATION)
    assert acces.voit_interne is (role != Role.LECTEUR)


def test_a_stranger_is_told_that_it_does_not_exist(convention):
    with pytest.raises(Http404):
        get_acces(UserFactory(), convention.slug)
    with pytest.raises(Http404):
        get_acces(member(ConventionFactory(), Role.COORDINATION), convention.slug)
    with pytest.raises(Http404):
        get_acces(member(convention, Role.ADMINISTRATION), convention.slug)
    with pytest.raises(Http404):
        get_acces(member(convention, Role.COORDINATION, expire_le=yesterday()), convention.slug)


def test_an_unknown_address_is_the_same_answer(convention):
    user = member(convention)
    with pytest.raises(Http404) as unknown:
        get_acces(user, "inconnue")
    with pytest.raises(Http404) as foreign:
        get_acces(user, ConventionFactory().slug)
    assert str(unknown.value) == str(foreign.value)


@pytest.mark.parametrize("role", [Role.REFERENT, Role.CONTRIBUTEUR, Role.LECTEUR])
def test_only_the_coordination_writes_the_convention(convention, role):
    with pytest.raises(PermissionDenied):
        get_acces(member(convention, role), convention.slug, write=True)
    coordinator = member(convention, Role.COORDINATION)
    assert get_acces(coordinator, convention.slug, write=True).peut_coordonner


def test_an_axe_is_read_by_all_and_written_by_who_holds_it(convention):
    axe = AxeFactory(convention=convention)
    for user, writes in (
        (member(convention, Role.COORDINATION), True),
        (member(convention, Role.REFERENT, axes=[axe]), True),
        (member(convention, Role.REFERENT), False),
        (member(convention, Role.LECTEUR), False),
    ):
        acces = get_acces(user, convention.slug)
        assert get_axe(acces, axe.pk) == axe
        if writes:
            assert get_axe(acces, axe.pk, write=True) == axe
        else:
            with pytest.raises(PermissionDenied):
                get_axe(acces, axe.pk, write=True)


def test_an_axe_of_another_convention_does_not_exist_here(convention):
    acces = get_acces(member(convention, Role.COORDINATION), convention.slug)
    with pytest.raises(Http404):
        get_axe(acces, AxeFactory().pk)
