"""The logo of a convention, given by its coordination."""

from django.contrib import messages
from django.core.files.base import ContentFile
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from axes.access import get_acces
from axes.services.conventions import change_logo

from ..context import page_context
from ..forms.logo import LogoForm

NO_ROOM = "L’image n’a pas pu être enregistrée\u00a0: la place manque. Rien n’a été modifié."


@require_http_methods(["GET", "HEAD", "POST"])
def logo_modifier(request, slug):
    """Put another picture at the top of the pages and of the documents, or none."""
    acces = get_acces(request.user, slug, write=True)
    back = reverse("pilotage:convention", args=[slug])
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LogoForm(*sent, has_logo=bool(acces.convention.logo))
    status = 422 if sent else 200
    if sent and form.is_valid():
        chosen = form.cleaned_data["fichier"]
        try:
            change_logo(
                convention=acces.convention,
                image=chosen and ContentFile(chosen.contenu, name=chosen.nom),
            )
        except OSError:
            acces.convention.refresh_from_db()
            form.add_error("fichier", NO_ROOM)
            status = 507
        else:
            messages.success(request, "Logo\u00a0: enregistré.")
            return redirect(back)
    context = page_context(acces, "convention", form=form, retour=back)
    return render(request, "pilotage/convention/logo.html", context, status=status)
