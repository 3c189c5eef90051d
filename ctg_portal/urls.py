"""Addresses of the portal: accounts apart, the pages are composed in `pilotage`."""

from django.urls import include, path

urlpatterns = [
    path("comptes/", include("accounts.urls")),
    path("", include("reports.urls")),
    path("", include("pilotage.urls")),
]
