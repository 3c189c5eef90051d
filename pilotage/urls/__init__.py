"""Addresses of the pages the team works in."""

from django.urls import include, path

from ..views import (
    axe,
    communes,
    conventions,
    croisement,
    fiche,
    fiches,
    frise,
    plan,
    points,
    statuts,
    tableau,
    textes,
    tiroir,
)
from . import echanges, equipe, indicateurs, journal, listes, public, reunions

app_name = "pilotage"

une_fiche = "<slug:slug>/fiches/<int:pk>/"
une_liste = f"{une_fiche}<slug:famille>/"

d_une_convention = [
    path("<slug:slug>/", tableau.tableau, name="tableau"),
    path("<slug:slug>/plan/", plan.plan, name="plan"),
    path("<slug:slug>/croisement/", croisement.croisement, name="croisement"),
    path("<slug:slug>/communes/", communes.communes, name="communes"),
    path("<slug:slug>/communes/<int:pk>/", communes.commune, name="commune"),
    path("<slug:slug>/frise/", frise.frise, name="frise"),
    path("<slug:slug>/axes/<int:pk>/", axe.axe, name="axe"),
    path("<slug:slug>/axes/<int:pk>/points/", points.point_ajouter, name="point_ajouter"),
    path("<slug:slug>/points/<int:pk>/", points.point_modifier, name="point_modifier"),
    path(
        "<slug:slug>/points/<int:pk>/devenir/",
        points.perspective_devenir,
        name="perspective_devenir",
    ),
    path("<slug:slug>/plan/lot/", fiches.fiches_lot, name="fiches_lot"),
    path("<slug:slug>/plan/lot/annuler/", fiches.fiches_lot_annuler, name="fiches_lot_annuler"),
    path("<slug:slug>/fiches/ajouter/", fiches.fiche_ajouter, name="fiche_ajouter"),
    path(une_fiche, fiche.fiche, name="fiche"),
    path(f"{une_fiche}dupliquer/", fiches.fiche_dupliquer, name="fiche_dupliquer"),
    path(f"{une_fiche}deplacer/", fiches.fiche_deplacer, name="fiche_deplacer"),
    path(f"{une_fiche}archiver/", fiches.fiche_archiver, name="fiche_archiver"),
    path(f"{une_fiche}statuts/", statuts.fiche_statuts, name="fiche_statuts"),
    path(f"{une_fiche}tiroir/", tiroir.fiche_tiroir, name="fiche_tiroir"),
    path(f"{une_fiche}commentaire/", fiche.commentaire_ajouter, name="commentaire_ajouter"),
    path(f"{une_fiche}bloc/<slug:bloc>/", fiche.fiche_bloc, name="fiche_bloc"),
    path(f"{une_liste}ajouter/", fiche.ligne_ajouter, name="ligne_ajouter"),
    path(f"{une_liste}<int:ligne>/", fiche.ligne_modifier, name="ligne_modifier"),
    path(f"{une_liste}<int:ligne>/supprimer/", fiche.ligne_supprimer, name="ligne_supprimer"),
    *listes.urlpatterns,
    *indicateurs.urlpatterns,
    *reunions.urlpatterns,
    *journal.urlpatterns,
    *echanges.urlpatterns,
    *equipe.urlpatterns,
]

urlpatterns = [
    path("", conventions.conventions, name="conventions"),
    path("nouvelle-convention/", conventions.convention_ouvrir, name="convention_ouvrir"),
    path("conventions/", include(d_une_convention)),
    path("apercu/", textes.apercu, name="apercu"),
    *public.urlpatterns,
    *equipe.publiques,
    *reunions.publiques,
]
