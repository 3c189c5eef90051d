"""Addresses of the bilans of a convention, and of the links that are given to them."""

from django.urls import include, path, register_converter

from .render.formats import FORMATS
from .seance.pieces import FORMATS_DE_SEANCE, PIECES
from .views import arretes, bilan, comparaison, composer, feuilles, partages, projection, seance

app_name = "reports"


class FormatConverter:
    """The key of a format; any other word is no address of ours."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PieceConverter(FormatConverter):
    """The key of a paper of a meeting."""

    regex = "|".join(PIECES)


class FormatDeSeanceConverter(FormatConverter):
    """The key of a format that the papers of a meeting leave in."""

    regex = "|".join(FORMATS_DE_SEANCE)


register_converter(FormatConverter, "format_de_bilan")
register_converter(PieceConverter, "piece_de_seance")
register_converter(FormatDeSeanceConverter, "format_de_seance")

d_une_convention = [
    path("<slug:slug>/bilan/", bilan.bilan, name="bilan"),
    path("<slug:slug>/bilan/<format_de_bilan:cle>/", bilan.bilan_fichier, name="bilan_fichier"),
    path("<slug:slug>/bilan/classeur.pdf", feuilles.classeur_pdf, name="classeur"),
    path("<slug:slug>/fiches/<int:pk>/fiche.pdf", feuilles.fiche_pdf, name="fiche_pdf"),
    path("<slug:slug>/axes/<int:pk>/axe.pdf", feuilles.axe_pdf, name="axe_pdf"),
    path("<slug:slug>/projeter/", projection.projeter, name="projeter"),
    path(
        "<slug:slug>/reunions/<int:pk>/<piece_de_seance:piece>/<format_de_seance:cle>/",
        seance.piece,
        name="seance",
    ),
    path("<slug:slug>/bilans/", arretes.bilans, name="bilans"),
    path("<slug:slug>/bilans/comparer/", comparaison.comparer, name="comparer"),
    path("<slug:slug>/bilans/arreter/", arretes.bilan_arreter, name="arreter"),
    path("<slug:slug>/bilans/personnes/", arretes.personne_effacer, name="effacer"),
    path("<slug:slug>/bilans/composer/", composer.composer, name="composer"),
    path("<slug:slug>/bilans/<int:pk>/", arretes.arrete, name="arrete"),
    path(
        "<slug:slug>/bilans/<int:pk>/projeter/", projection.projeter_arrete, name="projeter_arrete"
    ),
    path(
        "<slug:slug>/bilans/<int:pk>/images/<str:nom>", projection.arrete_image, name="arrete_image"
    ),
    path("<slug:slug>/bilans/<int:pk>/composer/", composer.brouillon, name="brouillon"),
    path(
        "<slug:slug>/bilans/<int:pk>/composer/<format_de_bilan:cle>/",
        composer.brouillon_fichier,
        name="brouillon_fichier",
    ),
    path(
        "<slug:slug>/bilans/<int:pk>/arreter/",
        composer.brouillon_arreter,
        name="brouillon_arreter",
    ),
    path(
        "<slug:slug>/bilans/<int:pk>/supprimer/",
        composer.brouillon_supprimer,
        name="brouillon_supprimer",
    ),
    path("<slug:slug>/bilans/<int:pk>/corriger/", arretes.bilan_corriger, name="corriger"),
    path(
        "<slug:slug>/bilans/<int:pk>/<format_de_bilan:cle>/",
        arretes.arrete_fichier,
        name="arrete_fichier",
    ),
    path("<slug:slug>/bilans/<int:pk>/partages/", partages.partages, name="partages"),
    path(
        "<slug:slug>/bilans/<int:pk>/partages/<int:partage>/retirer/",
        partages.partage_retirer,
        name="partage_retirer",
    ),
]

#: Opened by whoever was given the link, with or without an account.
publiques = [
    path("<slug:jeton>/", partages.partage, name="partage"),
    path("<slug:jeton>/<format_de_bilan:cle>/", partages.partage_fichier, name="partage_fichier"),
]

urlpatterns = [
    path("conventions/", include(d_une_convention)),
    path("partages/", include(publiques)),
]
