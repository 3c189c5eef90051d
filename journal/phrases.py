"""Entries of the journal in French words: what, from which value, to which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from ctg_portal.lib.dates import DateImpossible, parse_date
from ctg_portal.lib.fields import DatePartielleField
from ctg_portal.lib.richtext import to_plain
from ctg_portal.lib.typographie import NBSP, date_longue, moment, nombre

from .models import Entree

VIDE = "non renseigné"
SUPPRIME = "supprimé depuis"
LONGUEUR_MAX = 160
_NOTHING = (None, "", "None")
_ACTIONS = {
    Entree.Action.CREATE: "ajout",
    Entree.Action.UPDATE: "modification",
    Entree.Action.DELETE: "suppression",
}


@dataclass(frozen=True, slots=True)
class Changement:
    """One field: its label and the two values in words."""

    champ: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Ligne:
    """One entry as the pages show it."""

    pk: int
    quand: datetime
    qui: str
    action: str
    objet: str
    changements: tuple[Changement, ...]
    resume: str
    fiche_pk: int | None
    est_import: bool = False


def describe(entrees: Iterable[Entree], *, interne: bool = False) -> list[Ligne]:
    """The lines of these entries; expects `actor` and `content_type` to be loaded with them.

    Without `interne`, what only the team reads is left out: the models that say
    INTERNE_AU_JOURNAL and the fields that a model names in CHAMPS_INTERNES. An entry that told
    nothing else gives no line. One query per kind of object that a changed link points to,
    whatever the number of entries.
    """
    told = [(entree, _model_of(entree)) for entree in entrees]
    if not interne:
        told = [(entree, model) for entree, model in told if _is_for_readers(entree, model)]
    names = _names_of_links(told)
    return [_line(entree, model, names, interne=interne) for entree, model in told]


def name_of_kind(content_type) -> str:
    """What the objects of this kind are called in French; "objet" if they exist no more."""
    model = content_type.model_class()
    return str(model._meta.verbose_name) if model else "objet"


def _model_of(entree: Entree) -> type[models.Model] | None:
    try:
        return apps.get_model(entree.content_type.app_label, entree.content_type.model)
    except LookupError:
        return None


def _hidden_fields(model) -> frozenset[str]:
    return getattr(model, "CHAMPS_INTERNES", frozenset())


def _is_for_readers(entree: Entree, model) -> bool:
    if getattr(model, "INTERNE_AU_JOURNAL", False):
        return False
    changed = set(entree.changes or {})
    only_internal = bool(changed) and changed <= _hidden_fields(model)
    return not (only_internal and entree.action == Entree.Action.UPDATE)


def _names_of_links(told) -> dict[type[models.Model], dict[int, str]]:
    """The present name of every row that a changed foreign key points to."""
    wanted: dict[type[models.Model], set[int]] = {}
    for entree, model in told:
        if entree.action != Entree.Action.UPDATE or entree.resume:
            continue
        for field, change in _fields(entree, model):
            if isinstance(field, models.ForeignKey):
                keys = {int(value) for value in change if value not in _NOTHING}
                wanted.setdefault(field.related_model, set()).update(keys)
    # select_related() without names follows the links that a row cannot be without: the name of a
    # fiche, for one, holds the number of its axe.
    return {
        model: {
            row.pk: str(row)
            for row in model._base_manager.select_related().filter(pk__in=keys).order_by("pk")
        }
        for model, keys in wanted.items()
    }


def _line(entree: Entree, model, names, *, interne: bool) -> Ligne:
    name = model._meta.verbose_name if model else "objet"
    hidden = frozenset() if interne else _hidden_fields(model)
    return Ligne(
        pk=entree.pk,
        quand=timezone.localtime(entree.timestamp),
        qui=str(entree.actor) if entree.actor else "Sans compte (commande ou tâche)",
        action=_ACTIONS.get(entree.action, "lecture"),
        objet=_named(name, entree.object_repr),
        changements=() if entree.resume else tuple(_changes(entree, model, names, hidden)),
        resume=entree.resume,
        fiche_pk=entree.fiche_pk,
        est_import=entree.est_import,
    )


def _named(kind: str, name: str) -> str:
    """ "fiche action « Créer un relais »"; what already begins with its kind stands alone."""
    quoted = f"«{NBSP}{name}{NBSP}»"
    return quoted if name.casefold().startswith(kind.casefold()) else f"{kind} {quoted}"


def _fields(entree: Entree, model):
    """(field, change) of each changed field that the model still has."""
    for name, change in (entree.changes or {}).items() if model else ():
        try:
            yield model._meta.get_field(name), change
        except FieldDoesNotExist:
            continue


def _changes(entree: Entree, model, names, hidden):
    if entree.action == Entree.Action.DELETE:
        return
    for field, change in _fields(entree, model):
        if field.name in hidden:
            continue
        if isinstance(change, dict):
            yield _link_change(field, change)
        elif entree.action == Entree.Action.UPDATE:
            avant, apres = (_words(field, value, names) for value in change)
            yield Changement(_label(field), avant, apres)


def _label(field) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _link_change(field, change: dict) -> Changement:
    objects = ", ".join(change.get("objects", []))
    if change.get("operation") == "delete":
        return Changement(_label(field), objects, "retiré")
    return Changement(_label(field), "", objects)


def _words(field, value, names) -> str:
    """One stored value in words; "non renseigné" when there is none."""
    if value in _NOTHING:
        return VIDE
    if getattr(field, "choices", None):
        # The journal keeps numbers as texts: compared as texts, they find their label again.
        labels = {str(key): str(label) for key, label in field.flatchoices}
        return labels.get(str(value), str(value))
    if isinstance(field, models.BooleanField):
        return "oui" if value in (True, "True") else "non"
    if isinstance(field, models.ForeignKey):
        return names.get(field.related_model, {}).get(int(value), SUPPRIME)
    if isinstance(field, DatePartielleField):
        return _date_words(str(value))
    if isinstance(field, models.DateField):
        return _day_words(field, value)
    if isinstance(field, models.DecimalField):
        return nombre(value)
    text = to_plain(str(value))
    return text if len(text) <= LONGUEUR_MAX else text[: LONGUEUR_MAX - 1].rstrip() + "…"


def _date_words(value: str) -> str:
    try:
        return str(parse_date(value))
    except DateImpossible:
        return value


def _day_words(field, value) -> str:
    """A day, or the moment that auditlog keeps without its zone, which is UTC."""
    parsed = field.to_python(value)
    if isinstance(parsed, datetime):
        if timezone.is_naive(parsed):
            parsed = parsed.replace(tzinfo=timezone.get_fixed_timezone(0))
        return moment(timezone.localtime(parsed))
    return date_longue(parsed)
