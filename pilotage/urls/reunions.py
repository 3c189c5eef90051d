"""Addresses of the meetings, under those of their convention."""

from django.urls import path

from ..views import agenda, reunions, reunions_edition

une_reunion = "<slug:slug>/reunions/<int:pk>/"
une_decision = f"{une_reunion}decisions/<int:decision>/"
une_liste = f"{une_reunion}<slug:famille>/"
une_ligne = f"{une_liste}<int:ligne>/"

urlpatterns = [
    path("<slug:slug>/reunions/", reunions.reunions, name="reunions"),
    path("<slug:slug>/reunions/ajouter/", reunions_edition.reunion_ajouter, name="reunion_ajouter"),
    path("<slug:slug>/reunions/agenda/", agenda.agenda_abonnement, name="agenda_abonnement"),
    path("<slug:slug>/reunions/agenda/revoquer/", agenda.agenda_revoquer, name="agenda_revoquer"),
    path(une_reunion, reunions.reunion, name="reunion"),
    path(f"{une_reunion}agenda.ics", agenda.reunion_ics, name="reunion_ics"),
    path(f"{une_reunion}annuler/", reunions_edition.reunion_annuler, name="reunion_annuler"),
    path(f"{une_reunion}supprimer/", reunions_edition.reunion_supprimer, name="reunion_supprimer"),
    path(f"{une_reunion}bloc/<slug:bloc>/", reunions.reunion_bloc, name="reunion_bloc"),
    path(f"{une_reunion}decisions/ajouter/", reunions.decision_ajouter, name="decision_ajouter"),
    path(une_decision, reunions.decision_modifier, name="decision_modifier"),
    path(f"{une_decision}etat/", reunions.decision_etat, name="decision_etat"),
    path(
        f"{une_reunion}participants/<int:ligne>/presence/",
        reunions_edition.participant_presence,
        name="participant_presence",
    ),
    path(
        f"{une_liste}ajouter/",
        reunions_edition.reunion_ligne_ajouter,
        name="reunion_ligne_ajouter",
    ),
    path(une_ligne, reunions_edition.reunion_ligne_modifier, name="reunion_ligne_modifier"),
    path(
        f"{une_ligne}deplacer/",
        reunions_edition.reunion_ligne_deplacer,
        name="reunion_ligne_deplacer",
    ),
    path(
        f"{une_ligne}supprimer/",
        reunions_edition.reunion_ligne_supprimer,
        name="reunion_ligne_supprimer",
    ),
]

#: Asked by calendars, which have no session.
publiques = [
    path("agenda/<slug:jeton>.ics", agenda.agenda, name="agenda"),
]
