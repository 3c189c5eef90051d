"""Addresses that everybody may open, and what their administration fills in."""

from django.urls import path

from ..views import catalogue, exploitant, pages

urlpatterns = [
    path("pages/<slug:nom>/", pages.page, name="page"),
    path("exploitant/", exploitant.exploitant, name="exploitant"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
]
