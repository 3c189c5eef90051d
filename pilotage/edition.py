"""One way to show a form, save it, and show a conflict without losing what was typed."""

from collections.abc import Callable
from pathlib import PurePosixPath

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from actions.services.documents import FichierNonEnregistre
from ctg_portal.lib.edits import EditConflict
from ctg_portal.lib.forms import EditForm

TEMPLATE = "pilotage/fiche/bloc.html"


def save_or_show(
    request,
    form: EditForm,
    *,
    save: Callable[[dict, dict], object],
    success: str,
    back: str,
    context: dict,
    template: str = TEMPLATE,
):
    """GET shows the form; a valid POST saves and goes back; an invalid one shows its errors (422).

    When somebody else changed the same fields, both values are shown (409) and the form keeps what
    was typed: sending it again settles it. A file that finds no room on the disk is told too (507).
    """
    status = 200
    conflits = []
    if request.method == "POST":
        if form.is_valid():
            try:
                save(form.opened_values(), form.cleaned_data)
            except EditConflict as conflict:
                conflits, status = show_conflicts(form, conflict), 409
                form = form.rebased(conflict.conflicts)
            except FichierNonEnregistre as error:
                form.add_error("fichier", str(error))
                status = 507
            else:
                messages.success(request, success)
                return redirect(back)
        else:
            status = 422
    return render(
        request,
        template,
        {**context, "form": form, "conflits": conflits, "retour": back},
        status=status,
    )


def show_conflicts(form: EditForm, conflict: EditConflict) -> list[dict[str, str]]:
    """Each field in conflict with its label and both values in words."""
    return [
        {
            "champ": item.champ,
            "nom": form.fields[item.champ].label,
            "actuel": _words(form, item.champ, item.actuel),
            "propose": _words(form, item.champ, item.propose),
        }
        for item in conflict.conflicts
    ]


def _words(form, name: str, value) -> str:
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
