"""Axe: what was planned, what is done, what the years said."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from axes.access import get_acces, get_axe
from axes.permissions import can_edit_axe
from copil.forms.points import DevenirForm

from ..axe import build_axe
from ..context import page_context


@require_safe
def axe(request, slug, pk):
    acces = get_acces(request.user, slug)
    vue = build_axe(get_axe(acces, pk), acces)
    context = page_context(
        acces,
        "plan",
        vue=vue,
        axe=vue.axe,
        editable=can_edit_axe(acces.membre, vue.axe),
        devenirs=DevenirForm.base_fields["devenir"].choices,
    )
    return render(request, "pilotage/axe.html", context)
