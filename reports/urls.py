"""Addresses of the bilans of a convention."""

from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [
    path("<slug:slug>/bilan/", views.bilan, name="bilan"),
    path("<slug:slug>/bilan/html/", views.bilan_html, name="bilan_html"),
    path("<slug:slug>/bilan/pdf/", views.bilan_pdf, name="bilan_pdf"),
]
