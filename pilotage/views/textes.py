"""What a text will look like, while it is being written."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from ctg_portal.lib.fields import TEXTE_MAX
from ctg_portal.lib.richtext import to_html


@require_POST
def apercu(request):
    """The text that was sent, drawn as the pages draw it; nothing is kept of it.

    POST, so that a text under way stands in no address, nor in the logs that keep addresses.
    """
    texte = request.POST.get("texte", "")
    if len(texte) > TEXTE_MAX:
        return HttpResponse(status=413)
    return HttpResponse(to_html(texte))
