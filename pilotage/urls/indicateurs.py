"""Addresses of the indicators, under a convention."""

from django.urls import path

from ..views import indicateurs

un_indicateur = "<slug:slug>/indicateurs/<int:pk>/"
une_valeur = f"{un_indicateur}valeurs/<int:valeur>/"

urlpatterns = [
    path("<slug:slug>/indicateurs/", indicateurs.indicateurs, name="indicateurs"),
    path(
        "<slug:slug>/indicateurs/ajouter/",
        indicateurs.indicateur_ajouter,
        name="indicateur_ajouter",
    ),
    path("<slug:slug>/indicateurs/grille/", indicateurs.grille, name="grille"),
    path(un_indicateur, indicateurs.indicateur, name="indicateur"),
    path(f"{un_indicateur}courbe.svg", indicateurs.indicateur_courbe, name="indicateur_courbe"),
    path(f"{un_indicateur}modifier/", indicateurs.indicateur_modifier, name="indicateur_modifier"),
    path(f"{un_indicateur}valeurs/ajouter/", indicateurs.valeur_ajouter, name="valeur_ajouter"),
    path(une_valeur, indicateurs.valeur_modifier, name="valeur_modifier"),
    path(f"{une_valeur}supprimer/", indicateurs.valeur_supprimer, name="valeur_supprimer"),
]
