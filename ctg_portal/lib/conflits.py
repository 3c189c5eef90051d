"""A conflict between two people, in words."""

from pathlib import PurePosixPath

from django import forms

from .edits import EditConflict
from .forms import EditForm


def show_conflicts(form: EditForm, conflict: EditConflict) -> list[dict[str, str]]:
    """Each field in conflict with its label and both values in words."""
    return [
        {
            "champ": item.champ,
            "nom": form.fields[item.champ].label,
            "actuel": words_of(form, item.champ, item.actuel),
            "propose": words_of(form, item.champ, item.propose),
        }
        for item in conflict.conflicts
    ]


def words_of(form: forms.BaseForm, name: str, value) -> str:
    """A stored or cleaned value of a field, as people read it."""
    field = form.fields[name]
    if value in (None, "", []):
        return "non renseigné"
    if isinstance(field, forms.FileField):
        return PurePosixPath(str(value)).name
    if hasattr(field, "queryset"):
        keys = value if isinstance(value, list) else [getattr(value, "pk", value)]
        return ", ".join(str(obj) for obj in field.queryset.filter(pk__in=keys))
    if getattr(field, "choices", None):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
