"""The catalogue of components: what every page is made of, and the bench of its accessibility."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from axes.access import Acces
from axes.models import Membre

from ..catalogue import build_catalogue
from ..context import page_context


@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request):
    """Every component on one page, for any person who is signed in.

    It shows nothing of a convention, so that whoever audits the portal needs no more than the
    account of a reader. Its forms only say that they are examples. Round it stands the frame of
    the first convention of this person, if she has one.
    """
    if request.method == "POST":
        messages.info(request, "Ceci est un exemple\u00a0: rien n’a changé.")
        return redirect("pilotage:catalogue")
    mine = Membre.objects.running().filter(user=request.user).select_related("convention")
    membre = mine.order_by("convention__territoire", "pk").first()
    frame = page_context(Acces(membre.convention, membre), "") if membre else {}
    return render(request, "pilotage/catalogue.html", {**frame, "catalogue": build_catalogue()})
