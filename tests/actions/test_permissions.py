import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from actions.access import get_fiche
from actions.models import FicheAction
from actions.permissions import can_edit_fiche, editable_among
from axes.access import get_acces
from axes.enums import Role
from tests.factories import (
    AttributionFactory,
    AxeFactory,
    FicheFactory,
    MembreFactory,
    PiloteFicheFactory,
    member,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiche():
    return FicheFactory()


@pytest.mark.parametrize(
    ("role", "granted", "expected"),
    [
        (Role.COORDINATION, "nothing", True),
        (Role.REFERENT, "nothing", False),
        (Role.REFERENT, "axe", True),
        (Role.REFERENT, "fiche", False),
        (Role.CONTRIBUTEUR, "nothing", False),
        (Role.CONTRIBUTEUR, "axe", False),
        (Role.CONTRIBUTEUR, "fiche", True),
        (Role.LECTEUR, "axe", False),
        (Role.LECTEUR, "fiche", False),
        (Role.ADMINISTRATION, "fiche", False),
    ],
)
def test_who_edits_a_fiche(fiche, role, granted, expected):
    membre = MembreFactory(convention=fiche.axe.convention, role=role)
    if granted == "axe":
        membre.axes.add(fiche.axe)
    if granted == "fiche":
        AttributionFactory(membre=membre, fiche=fiche)
    assert can_edit_fiche(membre, fiche) is expected
    assert (fiche.pk in editable_among(membre, [fiche])) is expected


def test_a_stranger_edits_nothing(fiche):
    assert can_edit_fiche(None, fiche) is False
    assert editable_among(None, [fiche]) == frozenset()


def test_being_named_pilote_gives_no_right(fiche):
    membre = MembreFactory(convention=fiche.axe.convention, role=Role.CONTRIBUTEUR)
    PiloteFicheFactory(fiche=fiche, user=membre.user)
    assert can_edit_fiche(membre, fiche) is False


def test_another_fiche_of_the_same_axe_is_not_hers(fiche):
    membre = MembreFactory(convention=fiche.axe.convention, role=Role.CONTRIBUTEUR)
    AttributionFactory(membre=membre, fiche=fiche)
    other = FicheFactory(axe=fiche.axe)
    assert editable_among(membre, [fiche, other]) == {fiche.pk}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("count", [1, 3])
def test_a_whole_list_costs_one_query_at_most(role, count, django_assert_max_num_queries):
    axe = AxeFactory()
    FicheFactory.create_batch(count, axe=axe)
    membre = MembreFactory(convention=axe.convention, role=role)
    membre.axes.add(axe)
    fiches = list(FicheAction.objects.select_related("axe"))
    with django_assert_max_num_queries(1):
        editable_among(membre, fiches)


def test_a_fiche_is_fetched_for_somebody(fiche):
    convention = fiche.axe.convention
    reader = get_acces(member(convention), convention.slug)
    assert get_fiche(reader, fiche.pk) == fiche
    with pytest.raises(PermissionDenied):
        get_fiche(reader, fiche.pk, write=True)
    with pytest.raises(Http404):
        get_fiche(reader, FicheFactory().pk)
    writer = get_acces(member(convention, Role.CONTRIBUTEUR, fiches=[fiche]), convention.slug)
    assert get_fiche(writer, fiche.pk, write=True) == fiche


def test_a_list_of_fiches_follows_the_rule_of_one(fiche):
    convention = fiche.axe.convention
    FicheFactory()
    for role in Role:
        expected = [] if role == Role.ADMINISTRATION else [fiche]
        assert list(FicheAction.objects.visible_to(member(convention, role))) == expected
    late = member(convention, Role.COORDINATION, expire_le=yesterday())
    assert not FicheAction.objects.visible_to(late).exists()
