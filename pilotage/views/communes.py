"""The communes of a convention, and what reaches one of them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from axes.access import get_acces, get_commune

from ..communes import build_commune, build_communes
from ..context import page_context


@require_safe
def communes(request, slug):
    acces = get_acces(request.user, slug)
    context = page_context(acces, "plan", vue=build_communes(acces.convention))
    return render(request, "pilotage/communes.html", context)


@require_safe
def commune(request, slug, pk):
    acces = get_acces(request.user, slug)
    vue = build_commune(get_commune(acces, pk), acces.convention)
    return render(request, "pilotage/commune.html", page_context(acces, "plan", vue=vue))
