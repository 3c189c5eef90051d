"""What the tests of the bilan only read: made once, not once per test."""

import pytest
from django.db import transaction

from reports.tree import build_bilan

from .builders import TODAY, full_convention


@pytest.fixture(scope="session")
def pays_test(django_db_setup, django_db_blocker):
    """The tree of a convention with two of everything; its rows are gone."""
    with django_db_blocker.unblock(), transaction.atomic():
        convention = full_convention(2, nom="CTG du pays test", territoire="Pays test")
        tree = build_bilan(convention, None, today=TODAY)
        transaction.set_rollback(True)
    return tree
