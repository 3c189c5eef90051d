"""One way to test the rules that live in the database: each is broken once."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def constraint_names(app_label: str) -> set[str]:
    """Names of the constraints that the models of this app declare."""
    return {
        constraint.name
        for model in apps.get_app_config(app_label).get_models()
        for constraint in model._meta.constraints
    }


def assert_breaks(instance, name: str) -> None:
    """The database refuses this unsaved row, and its form would have said why in French."""
    constraint = next(c for c in instance._meta.constraints if c.name == name)
    with pytest.raises(IntegrityError), transaction.atomic():
        instance.save(force_insert=True)
    instance.pk = None
    with pytest.raises(ValidationError) as refused:
        instance.validate_constraints()
    assert constraint.violation_error_message in refused.value.messages
