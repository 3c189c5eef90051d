"""Addresses of the bilans of a convention."""

from django.urls import path, register_converter

from .render.formats import FORMATS
from .views import arretes, bilan, comparaison

app_name = "reports"


class FormatConverter:
    """The key of a format; any other word is no address of ours."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "format_de_bilan")

urlpatterns = [
    path("<slug:slug>/bilan/", bilan.bilan, name="bilan"),
    path("<slug:slug>/bilan/<format_de_bilan:cle>/", bilan.bilan_fichier, name="bilan_fichier"),
    path("<slug:slug>/bilans/", arretes.bilans, name="bilans"),
    path("<slug:slug>/bilans/comparer/", comparaison.comparer, name="comparer"),
    path("<slug:slug>/bilans/arreter/", arretes.bilan_arreter, name="arreter"),
    path("<slug:slug>/bilans/personnes/", arretes.personne_effacer, name="effacer"),
    path("<slug:slug>/bilans/<int:pk>/", arretes.arrete, name="arrete"),
    path("<slug:slug>/bilans/<int:pk>/corriger/", arretes.bilan_corriger, name="corriger"),
    path(
        "<slug:slug>/bilans/<int:pk>/<format_de_bilan:cle>/",
        arretes.arrete_fichier,
        name="arrete_fichier",
    ),
]
