"""Addresses of the convention and of the lists that describe it."""

from django.urls import path

from ..views import listes, logo

une_liste = "<slug:slug>/convention/<slug:liste>/"

urlpatterns = [
    path("<slug:slug>/convention/", listes.convention, name="convention"),
    path(
        "<slug:slug>/convention/modifier/", listes.convention_modifier, name="convention_modifier"
    ),
    path("<slug:slug>/convention/logo/", logo.logo_modifier, name="logo_modifier"),
    path(une_liste, listes.liste, name="liste"),
    path(f"{une_liste}ajouter/", listes.liste_ajouter, name="liste_ajouter"),
    path(f"{une_liste}<int:pk>/", listes.liste_modifier, name="liste_modifier"),
    path(f"{une_liste}<int:pk>/deplacer/", listes.liste_deplacer, name="liste_deplacer"),
    path(f"{une_liste}<int:pk>/supprimer/", listes.liste_supprimer, name="liste_supprimer"),
    path(f"{une_liste}<int:pk>/fusionner/", listes.liste_fusionner, name="liste_fusionner"),
]
