"""Addresses of the import and of the exports."""

from django.urls import path

from ..views import echanges, imports

urlpatterns = [
    path("<slug:slug>/import-export/", echanges.echanges, name="echanges"),
    path("<slug:slug>/modele/", echanges.modele, name="modele"),
    path("<slug:slug>/exporter/<slug:fmt>/", echanges.exporter, name="exporter"),
    path("<slug:slug>/plan/exporter/<slug:fmt>/", echanges.plan_exporter, name="plan_exporter"),
    path("<slug:slug>/importer/", imports.importer, name="importer"),
    path("<slug:slug>/importer/tableau/", imports.importer_tableau, name="importer_tableau"),
    path(
        "<slug:slug>/importer/tableau/colonnes/",
        imports.importer_colonnes,
        name="importer_colonnes",
    ),
    path("<slug:slug>/importer/appliquer/", imports.importer_appliquer, name="importer_appliquer"),
    path(
        "<slug:slug>/importer/avancement/",
        imports.importer_avancement,
        name="importer_avancement",
    ),
]
