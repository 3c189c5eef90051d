"""The portal's addresses, and the floor: a view that answers « ok » to a signed-in person."""

from django.http import HttpResponse
from django.urls import include, path


def plancher(request):
    """Touch the person, as every page does, and answer."""
    return HttpResponse(f"ok {request.user.pk}")


urlpatterns = [
    path("plancher/", plancher),
    path("", include("ctg_portal.urls")),
]
