"""Addresses that everybody may open."""

from django.urls import path

from ..views import pages

urlpatterns = [
    path("pages/<slug:nom>/", pages.page, name="page"),
]
