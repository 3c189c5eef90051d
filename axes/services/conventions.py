"""The opening of a convention that nothing was imported into."""

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User

from ..enums import Role
from ..models import Convention, Membre

SLUG_MAX = Convention._meta.get_field("slug").max_length


@transaction.atomic
def open_convention(*, convention: Convention, auteur: User, role: Role) -> Convention:
    """Save a new convention at an address of its own, with `auteur` in its team under that role.

    Side effect: the journal.
    """
    convention.slug = _free_slug(f"{convention.territoire} {convention.periode}")
    convention.save()
    Membre.objects.create(convention=convention, user=auteur, role=role)
    return convention


def _free_slug(words: str) -> str:
    """The address that these words give, numbered when another convention has it already."""
    wanted = slugify(words.replace("’", " "))[:SLUG_MAX] or "convention"
    slug, number = wanted, 1
    while Convention.objects.filter(slug=slug).exists():
        number += 1
        ending = f"-{number}"
        slug = f"{wanted[: SLUG_MAX - len(ending)]}{ending}"
    return slug
