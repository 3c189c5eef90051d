"""Addresses of the journal and of the files, under those of their convention."""

from django.urls import path

from ..views import documents, journal

urlpatterns = [
    path("<slug:slug>/journal/", journal.journal, name="journal"),
    path("<slug:slug>/documents/<int:pk>/", documents.document, name="document"),
    path("<slug:slug>/logo/", documents.logo, name="logo"),
]
