"""Addresses of the meetings, under those of their convention."""

from django.urls import path

from .views import reunions

une_reunion = "<slug:slug>/reunions/<int:pk>/"
une_decision = f"{une_reunion}decisions/<int:decision>/"

urlpatterns = [
    path("<slug:slug>/reunions/", reunions.reunions, name="reunions"),
    path(une_reunion, reunions.reunion, name="reunion"),
    path(f"{une_reunion}bloc/<slug:bloc>/", reunions.reunion_bloc, name="reunion_bloc"),
    path(f"{une_reunion}decisions/ajouter/", reunions.decision_ajouter, name="decision_ajouter"),
    path(une_decision, reunions.decision_modifier, name="decision_modifier"),
    path(f"{une_decision}etat/", reunions.decision_etat, name="decision_etat"),
]
