"""The convention on one time line."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces

from ..context import page_context
from ..frise import build_frise
from ..frise_dessin import draw_frise


@require_safe
def frise(request, slug):
    acces = get_acces(request.user, slug)
    vue = build_frise(acces.convention, today=timezone.localdate())
    dessin = draw_frise(vue, acces.convention)
    context = page_context(acces, "plan", vue=vue, dessin=dessin)
    return render(request, "pilotage/frise.html", context)
