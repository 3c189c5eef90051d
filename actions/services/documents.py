"""Writes of documents: the row and its file stand or fall together."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify

from ctg_portal.lib.edits import apply_edit

from ..fichiers import SANS_PHOTO, FichierAccepte
from ..models import Document, PhotoRetiree

RADICAL_MAX = 60


class FichierNonEnregistre(Exception):
    """The storage could not write the file; nothing was kept. The message is in French."""


@contextmanager
def stored_file(accepte: FichierAccepte) -> Iterator[str]:
    """The name under which a file is now kept; what fails inside takes the file away again.

    The name is ours, and cannot be guessed from the one it came with. Raises FichierNonEnregistre.
    """
    field = Document._meta.get_field("fichier")
    pure = PurePosixPath(accepte.nom)
    radical = slugify(pure.stem)[:RADICAL_MAX] or "document"
    wanted = f"{radical}-{uuid.uuid4().hex[:12]}{pure.suffix.lower()}"
    name = field.generate_filename(Document(), wanted)
    try:
        name = field.storage.save(name, ContentFile(accepte.contenu))
    except OSError as error:
        # What the disk had room for.
        field.storage.delete(name)
        raise FichierNonEnregistre(
            f"« {accepte.nom} » n’a pas pu être enregistré : la place manque sur le serveur."
            " Prévenez la personne qui l’administre. Rien n’a été modifié."
        ) from error
    try:
        yield name
    except BaseException:
        field.storage.delete(name)
        raise


def add_document(*, document: Document, fichier: FichierAccepte | None) -> Document:
    """Save a new row with the file that was accepted for it, if any.

    Raises FichierNonEnregistre. Side effects: a stored file, a journal entry.
    """
    if fichier is None:
        document.save()
        return document
    with stored_file(fichier) as name, transaction.atomic():
        document.fichier = name
        _measure(document, fichier.mesures)
        document.save()
    return document


def edit_document(*, item: Document, opened: Mapping, submitted: Mapping) -> Document:
    """Write one document.

    In `submitted`, `fichier` is a FichierAccepte, "" for none, or the name of the stored one.
    Raises EditConflict, FichierNonEnregistre. Side effects: a journal entry; the file that is
    replaced or taken away is deleted once the transaction is committed, and marked as by
    `remove_document`.
    """
    fichier = submitted.get("fichier")
    if not isinstance(fichier, FichierAccepte):
        return _write(item, opened, submitted, SANS_PHOTO if fichier == "" else {})
    with stored_file(fichier) as name:
        return _write(item, opened, {**submitted, "fichier": name}, fichier.mesures)


@transaction.atomic
def remove_document(*, item: Document) -> None:
    """Remove a document.

    Side effects: a journal entry; its file goes once this is committed; a photo without droit à
    l’image leaves its mark, for the bilans that were frozen with it.
    """
    name = item.fichier.name
    _mark(Document.objects.select_for_update(of=("self",)).get(pk=item.pk))
    item.delete()
    _forget_later(name)


@transaction.atomic
def _write(item, opened, submitted, mesures: Mapping) -> Document:
    before = Document.objects.select_for_update(of=("self",)).get(pk=item.pk)
    document = apply_edit(
        queryset=Document.objects.all(), pk=item.pk, opened=opened, submitted=submitted
    )
    if document.fichier.name != before.fichier.name and mesures:
        # Beside the edit: nobody typed them, so that two people cannot disagree on them.
        _measure(document, mesures)
        document.save(update_fields=list(mesures))
        _mark(before)
        _forget_later(before.fichier.name)
    return document


def _mark(document: Document) -> None:
    """Remember a photo that goes while nobody may see it; one whose file is lost leaves none."""
    if not document.est_photo or document.droit_image:
        return
    try:
        with document.fichier.open() as file:
            empreinte = hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return
    PhotoRetiree.objects.create(convention_id=document.convention_id, empreinte=empreinte)


def _measure(document: Document, mesures: Mapping[str, object]) -> None:
    for name, value in mesures.items():
        setattr(document, name, value)


def _forget_later(name: str) -> None:
    if name:
        transaction.on_commit(lambda: _forget(name), robust=True)


def _forget(name: str) -> None:
    """Delete a file, unless another row names it."""
    if not Document.objects.filter(fichier=name).exists():
        Document._meta.get_field("fichier").storage.delete(name)
