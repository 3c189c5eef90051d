"""The opening of a convention that nothing was imported into, and its logo."""

from functools import partial

from django.core.files.base import ContentFile
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


@transaction.atomic
def change_logo(*, convention: Convention, image: ContentFile | None) -> None:
    """Keep another logo, or none. Raises OSError when the disk has no room, and changes nothing.

    Side effects: the journal, a stored file, and the one before taken away once all is written.
    """
    before, storage = convention.logo.name, convention.logo.storage
    convention.logo = image or ""
    convention.save(update_fields=["logo"])
    if before:
        transaction.on_commit(partial(storage.delete, before))


def _free_slug(words: str) -> str:
    """The address that these words give, numbered when another convention has it already."""
    wanted = slugify(words.replace("’", " "))[:SLUG_MAX] or "convention"
    slug, number = wanted, 1
    while Convention.objects.filter(slug=slug).exists():
        number += 1
        ending = f"-{number}"
        slug = f"{wanted[: SLUG_MAX - len(ending)]}{ending}"
    return slug
