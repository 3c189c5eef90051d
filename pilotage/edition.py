"""One way to show a form, save it, and show a conflict without losing what was typed."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render

from actions.services.documents import FichierNonEnregistre
from ctg_portal.lib.conflits import show_conflicts
from ctg_portal.lib.edits import EditConflict
from ctg_portal.lib.forms import EditForm

TEMPLATE = "pilotage/fiche/bloc.html"
#: The form alone, that htmx puts in its place on the page of the fiche.
EN_PLACE = f"{TEMPLATE}#en_place"


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
    if request.htmx and template == TEMPLATE:
        template = EN_PLACE
        _set_in_place(form, request.path)
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


def _set_in_place(form: EditForm, path: str) -> None:
    """Several forms may stand on one page: the fields of each have names of their own for labels.

    The keyboard goes to the first of them.
    """
    form.auto_id = f"id_{re.sub(r'[^a-z0-9]+', '-', path).strip('-')}_%s"
    for bound in form.visible_fields():
        # Each box of a list of boxes would claim it.
        if not bound.field.disabled and not bound.use_fieldset:
            bound.field.widget.attrs["autofocus"] = True
            return


def kept_choices(request, form_class: type[EditForm]) -> dict[str, str]:
    """What the line before, or a link, chose already: in the address of the form."""
    return {name: request.GET[name] for name in form_class.KEPT_FIELDS if name in request.GET}


def next_line(request, form: EditForm, back):
    """Where a saved line leads: `back`, or to the same form, ready for the next line.

    The fragment puts the keyboard on the first field of that form.
    """
    if "encore" not in request.POST:
        return back
    kept = {name: request.POST[name] for name in form.KEPT_FIELDS if request.POST.get(name)}
    query = f"?{urlencode(kept)}" if kept else ""
    first = form[next(iter(form.fields))].id_for_label
    return f"{request.path}{query}#{first}"
