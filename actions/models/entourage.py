"""Who and what surrounds a fiche: pilots, partners, money, documents, comments, grants."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from axes.models import Convention, Invitation, Jalon, Membre
from ctg_portal.lib.fields import TextField
from ctg_portal.lib.models import Cherchable, Ordonne
from ctg_portal.lib.typographie import abrege

from ..enums import NatureFinancement, Portee
from ..stockage import DocumentStorage, vignette_size
from .contenu import DansFiche, Volet
from .fiche import FicheAction


class PiloteFiche(Ordonne, DansFiche):
    """A pilot by name; the link to an account gives no right by itself (see Attribution)."""

    nom = models.CharField("nom", max_length=160)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="compte",
    )

    class Meta:
        verbose_name = "pilote de fiche"
        verbose_name_plural = "pilotes de fiche"
        default_related_name = "pilotes"
        ordering = ["ordre", "pk"]

    def __str__(self):
        return self.nom


class Partenaire(Cherchable, Ordonne, DansFiche):
    TEXTES_CHERCHES = ("organisme", "role")

    organisme = models.CharField("organisme", max_length=200)
    role = models.CharField("rôle", max_length=200, blank=True)

    class Meta:
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"
        default_related_name = "partenaires"
        ordering = ["ordre", "pk"]

    def __str__(self):
        return f"{self.organisme} ({self.role})" if self.role else self.organisme


class Financement(Ordonne, DansFiche):
    """Money planned, granted or paid; the amount may be unknown."""

    volet = models.ForeignKey(
        Volet,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="financements",
        verbose_name="volet",
    )
    financeur = models.CharField("financeur", max_length=200)
    objet = models.CharField("objet", max_length=300, blank=True)
    montant = models.DecimalField(
        "montant", max_digits=12, decimal_places=2, null=True, blank=True, help_text="En euros."
    )
    annee = models.PositiveSmallIntegerField(
        "année",
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    nature = models.CharField("nature", max_length=10, choices=NatureFinancement, blank=True)

    class Meta:
        verbose_name = "financement"
        verbose_name_plural = "financements"
        default_related_name = "financements"
        ordering = ["ordre", "pk"]

    def __str__(self):
        return f"{self.financeur} ({self.objet})" if self.objet else self.financeur


class DocumentQuerySet(models.QuerySet):
    def leaving_the_portal(self):
        """Documents that may be printed or shared: pictures need an explicit droit à l’image."""
        return self.exclude(Q(est_photo=True) & ~Q(droit_image=True))


class Document(Ordonne):
    """A file, a link, or only the caption of a picture that is missing."""

    convention = models.ForeignKey(
        Convention, on_delete=models.CASCADE, related_name="documents", verbose_name="convention"
    )
    fiche = models.ForeignKey(
        FicheAction,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="fiche action",
    )
    volet = models.ForeignKey(
        Volet,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="volet",
    )
    jalon = models.ForeignKey(
        Jalon,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="jalon",
    )
    legende = models.CharField("légende", max_length=300)
    credit = models.CharField("crédit", max_length=160, blank=True)
    alt = models.CharField(
        "texte de remplacement",
        max_length=300,
        blank=True,
        help_text="Ce que montre l’image, pour qui ne la voit pas.",
    )
    lien = models.URLField("lien", max_length=500, blank=True)
    fichier = models.FileField(
        "fichier",
        upload_to="documents/%Y/",
        max_length=255,
        blank=True,
        storage=DocumentStorage(),
    )
    # Read in the file when it is kept: see `actions.fichiers`.
    est_photo = models.BooleanField("photo", default=False, editable=False)
    largeur = models.PositiveIntegerField("largeur en pixels", null=True, editable=False)
    hauteur = models.PositiveIntegerField("hauteur en pixels", null=True, editable=False)
    droit_image = models.BooleanField(
        "droit à l’image",
        null=True,
        blank=True,
        help_text="Oui : les personnes visibles ont donné leur accord, ou personne n’est visible."
        " Sans réponse, la photo ne quitte jamais le portail. Un accord retiré la retire aussi des"
        " bilans déjà arrêtés.",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"
        ordering = ["ordre", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lien="") | Q(fichier=""),
                name="document_lien_ou_fichier",
                violation_error_message="Donnez un lien ou un fichier, pas les deux.",
            )
        ]

    def __str__(self):
        return self.legende

    @property
    def vignette(self) -> tuple[int, int] | None:
        """Width and height of the small picture that a page may show, None when there is none."""
        if not self.est_photo or not self.largeur or not self.hauteur:
            return None
        return vignette_size(self.largeur, self.hauteur)

    def get_additional_data(self):
        return {"convention": self.convention_id, "fiche": self.fiche_id}


class PhotoRetiree(models.Model):
    """The mark of a photo that left the portal while it had no droit à l’image.

    A frozen bilan keeps a copy of its photos under their SHA-256: this says which of them may not
    be shown any more once the document itself is gone.
    """

    convention = models.ForeignKey(
        Convention,
        on_delete=models.CASCADE,
        related_name="photos_retirees",
        verbose_name="convention",
    )
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    retiree_le = models.DateTimeField("retirée le", auto_now_add=True)

    class Meta:
        verbose_name = "photo retirée"
        verbose_name_plural = "photos retirées"
        ordering = ["retiree_le", "pk"]

    def __str__(self):
        return self.empreinte


class Commentaire(DansFiche):
    # Most of them are internal, and an entry of the journal quotes the text: the team only.
    INTERNE_AU_JOURNAL = True

    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="auteur",
    )
    texte = TextField("commentaire", max_length=4000)
    portee = models.CharField("lu par", max_length=10, choices=Portee, default=Portee.INTERNE)
    ecrit_le = models.DateTimeField("écrit le", auto_now_add=True)

    class Meta:
        verbose_name = "commentaire"
        verbose_name_plural = "commentaires"
        default_related_name = "commentaires"
        ordering = ["ecrit_le", "pk"]

    def __str__(self):
        return abrege(self.texte, 80)


class Attribution(DansFiche):
    """The explicit grant of one fiche to a contributeur."""

    membre = models.ForeignKey(
        Membre, on_delete=models.CASCADE, related_name="attributions", verbose_name="membre"
    )

    class Meta:
        verbose_name = "fiche confiée"
        verbose_name_plural = "fiches confiées"
        default_related_name = "attributions"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membre", "fiche"],
                name="attribution_unique",
                violation_error_message="Cette fiche est déjà confiée à cette personne.",
            )
        ]

    def __str__(self):
        return f"{self.fiche} : {self.membre}"


class InvitationFiche(DansFiche):
    """A fiche that goes with an invitation; accepted, it becomes an Attribution."""

    INTERNE_AU_JOURNAL = True

    invitation = models.ForeignKey(
        Invitation,
        on_delete=models.CASCADE,
        related_name="fiches_confiees",
        verbose_name="invitation",
    )

    class Meta:
        verbose_name = "fiche promise"
        verbose_name_plural = "fiches promises"
        default_related_name = "+"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "fiche"],
                name="invitation_fiche_unique",
                violation_error_message="Cette fiche est déjà dans l’invitation.",
            )
        ]

    def __str__(self):
        return f"{self.fiche} : {self.invitation}"
