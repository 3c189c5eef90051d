"""Writes on accounts."""

from django.db import transaction


@transaction.atomic
def rename_person(*, user, nom):
    """Give `user` another full name. Side effect: none but the row."""
    user.nom = nom
    user.save(update_fields=["nom"])
