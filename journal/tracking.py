"""Which models the journal follows, and how."""

from contextlib import contextmanager

from auditlog.context import auditlog_value, set_actor
from auditlog.registry import auditlog
from django.db import models

from .models import Entree

# Kept by the software beside what people write: a line about them would tell nobody anything.
SELF_KEPT_FIELDS = frozenset(
    {
        "recherche",
        "modifiee_le",
        "ordre",
        "reference",
        "jeton",
        "empreinte_code",
        "ouvertures",
        "derniere_ouverture",
        "est_photo",
        "largeur",
        "hauteur",
        "arbre",
        "personnes",
        "version_rendu",
    }
)


def track(*tracked: type[models.Model]) -> None:
    """Record creations, changes, many-to-many links and deletions of these models."""
    for model in tracked:
        fields = {field.name for field in model._meta.concrete_fields}
        auditlog.register(
            model,
            exclude_fields=sorted(fields & SELF_KEPT_FIELDS),
            m2m_fields={field.name for field in model._meta.many_to_many},
        )


def record(item: models.Model, resume: str) -> Entree:
    """One entry in plain words for what no field tells: a place, a name that was erased."""
    return Entree.objects.log_create(
        item, force_log=True, action=Entree.Action.UPDATE, changes={}, resume=resume
    )


@contextmanager
def acting_as(user):
    """Write the entries of this block in the name of `user`, whoever sent the request.

    auditlog forgets the surrounding actor when its own block is used inside another one.
    """
    surrounding = auditlog_value.get(None)
    try:
        with set_actor(user):
            yield
    finally:
        if surrounding is not None:
            auditlog_value.set(surrounding)
