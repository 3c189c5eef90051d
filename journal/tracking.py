"""Which models the journal follows, and how."""

from auditlog.registry import auditlog
from django.db import models

# Kept by the software beside what people write: a line about them would tell nobody anything.
SELF_KEPT_FIELDS = frozenset({"recherche", "modifiee_le", "ordre", "reference"})


def track(*tracked: type[models.Model]) -> None:
    """Record creations, changes, many-to-many links and deletions of these models."""
    for model in tracked:
        fields = {field.name for field in model._meta.concrete_fields}
        auditlog.register(
            model,
            exclude_fields=sorted(fields & SELF_KEPT_FIELDS),
            m2m_fields={field.name for field in model._meta.many_to_many},
        )
