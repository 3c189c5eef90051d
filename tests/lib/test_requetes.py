import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from axes.models import Commune
from ctg_portal.lib.requetes import RequetePreparee
from tests.factories import CommuneFactory, ConventionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def names_of():
    written = []

    @RequetePreparee
    def names(convention: int, autre: int):
        written.append((convention, autre))
        own = Commune.objects.filter(convention=convention).order_by().values_list("nom")
        other = Commune.objects.filter(convention=autre).order_by().values_list("nom")
        return own.union(other).order_by("nom")

    names.written = written
    return names


def test_the_real_parameters_take_the_place_of_the_marks(names_of):
    first, second, third = (CommuneFactory(nom=nom) for nom in ("Bach", "Cremps", "Escamps"))
    assert names_of(first.convention_id, second.convention_id) == [("Bach",), ("Cremps",)]
    assert names_of(third.convention_id, first.convention_id) == [("Bach",), ("Escamps",)]


def test_the_sql_is_written_once_and_each_call_is_one_query(names_of):
    convention = ConventionFactory()
    with CaptureQueriesContext(connection) as captured:
        for _ in range(3):
            names_of(convention.pk, convention.pk)
    assert len(captured) == 3
    assert len(names_of.written) == 1
