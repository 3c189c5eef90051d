"""Forms of the lists of a fiche: one row of each, documents and photos included."""

from pathlib import PurePosixPath

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from ctg_portal.lib.forms import EditForm, NombreField

from .. import fichiers
from ..models import (
    Document,
    Financement,
    Partenaire,
    PiloteFiche,
    PointEtape,
    Realisation,
    ResultatAttendu,
    Volet,
)


class LigneForm(EditForm):
    """Base of the rows of a fiche: its volets are the only ones offered."""

    KEPT_FIELDS = ("volet",)

    def __init__(self, *args, fiche, **kwargs):
        self.fiche = fiche
        super().__init__(*args, **kwargs)
        # Constraints that bind the row to its fiche are checked before it is saved.
        self.instance.fiche = fiche
        if "volet" in self.fields:
            self.fields["volet"].queryset = Volet.objects.filter(fiche=fiche)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4

    def _get_validation_exclusions(self):
        """The fiche is known though it is no field: constraints that name it can be checked."""
        return super()._get_validation_exclusions() - {"fiche"}

    @property
    def context(self):
        return {"fiche": self.fiche}


class ResultatForm(LigneForm):
    class Meta:
        model = ResultatAttendu
        fields = ["texte", "texte_actuel", "niveau", "intertitre", "atteint"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # The signed wording is frozen once written; only today's wording can follow.
            self.fields["texte"].disabled = True
            self.fields["texte"].show_hidden_initial = False
            self.fields["texte"].required = False


class VoletForm(LigneForm):
    class Meta:
        model = Volet
        fields = ["titre", "texte"]


class RealisationForm(LigneForm):
    nombre = NombreField(label="Nombre", required=False)

    class Meta:
        model = Realisation
        fields = ["date", "lieu", "texte", "volet", "borne", "nombre", "unite", "niveau"]
        help_texts = {"borne": "Devant le nombre : « environ 15 », « plus de 50 »."}


class PointEtapeForm(LigneForm):
    class Meta:
        model = PointEtape
        fields = ["exercice", "texte"]


class PiloteForm(LigneForm):
    class Meta:
        model = PiloteFiche
        fields = ["nom"]


class PartenaireForm(LigneForm):
    class Meta:
        model = Partenaire
        fields = ["organisme", "role"]


class FinancementForm(LigneForm):
    montant = NombreField(
        label="Montant", required=False, decimales=2, chiffres=12, help_text="En euros."
    )

    class Meta:
        model = Financement
        fields = ["financeur", "objet", "montant", "annee", "nature", "volet"]


#: Values of Django's list of three answers, in our words.
DROIT_IMAGE = [("unknown", "non renseigné"), ("true", "Oui"), ("false", "Non")]


class FichierField(forms.FileField):
    """A file that the portal keeps: cleaned to a FichierAccepte, or to the name of the stored one.

    Refused with the reason in French, beside the field.
    """

    widget = forms.FileInput(attrs={"accept": fichiers.ACCEPT})

    def to_python(self, data):
        # The name that the form was opened with, which is how two people's files are compared.
        return data if isinstance(data, str) else super().to_python(data)

    def clean(self, data, initial=None):
        data = super().clean(data, initial)
        if not isinstance(data, UploadedFile):
            return data or ""
        try:
            # Before its bytes are read into memory.
            fichiers.check_size(data.name, data.size)
            data.seek(0)
            return fichiers.accept(data.name, data.read())
        except fichiers.FichierRefuse as error:
            raise forms.ValidationError(str(error), code="fichier") from error


class DocumentForm(LigneForm):
    """A photo, a document or a link; a photo is described and says who agreed to be seen."""

    fichier = FichierField(label="Photo ou document", required=False)
    retirer_fichier = forms.BooleanField(label="Retirer le fichier", required=False)
    lien = forms.URLField(
        label="Lien",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="À la place d’un fichier : l’adresse d’une page ou d’un document en ligne.",
    )

    field_order = ["fichier", "retirer_fichier", "lien", "legende", "alt", "credit", "droit_image"]

    class Meta:
        model = Document
        fields = ["legende", "credit", "alt", "lien", "droit_image", "volet"]
        help_texts = {
            "legende": "Ce que l’on lit sous la photo, ou le nom du document.",
            "alt": "Pour une photo : ce qu’elle montre, en une phrase, pour qui ne la voit pas.",
            "credit": "Qui a pris la photo, si son nom doit être imprimé.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stored = self.instance.fichier.name or ""
        self.initial["fichier"] = stored
        self.fields["fichier"].show_hidden_initial = True
        self.fields["fichier"].help_text = _aide(stored)
        self.fields["droit_image"].widget.choices = DROIT_IMAGE
        self.fields["retirer_fichier"].show_hidden_initial = False
        if not stored:
            del self.fields["retirer_fichier"]

    def clean(self):
        cleaned = super().clean()
        removed = cleaned.pop("retirer_fichier", False)
        fichier = cleaned.get("fichier", "")
        is_new = isinstance(fichier, fichiers.FichierAccepte)
        if removed and not is_new:
            cleaned["fichier"] = fichier = ""
        if fichier and cleaned.get("lien"):
            self.add_error("lien" if not is_new else "fichier", _ou_lien(is_new=is_new))
        is_photo = fichier.mesures["est_photo"] if is_new else fichier and self.instance.est_photo
        if is_photo and "alt" in cleaned and not cleaned["alt"]:
            self.add_error("alt", "Décrivez l’image en une phrase, pour qui ne la voit pas.")
        return cleaned

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self._errors:
            self._ask_for_the_file_again()

    def rebased(self, conflicts):
        form = super().rebased(conflicts)
        form.full_clean()
        form._ask_for_the_file_again()
        return form

    def _ask_for_the_file_again(self):
        """A page cannot fill in a file: whoever chose one has to know that it is gone."""
        sent = self.files.get(self.add_prefix("fichier"))
        if sent is not None and "fichier" not in self._errors:
            self.add_error(
                "fichier",
                f"Choisissez de nouveau « {sent.name} » : il n’a pas été gardé, parce que le reste"
                " était à revoir.",
            )


def _aide(stored: str) -> str:
    limit = settings.UPLOAD_MAX_SIZE // 1024**2
    words = (
        f"{fichiers.ADMIS[0].upper()}{fichiers.ADMIS[1:]}, {limit} Mo au plus."
        " Une photo est redressée et réduite ; le lieu, la date et l’appareil qu’elle cache en"
        " sont retirés."
    )
    if stored:
        nom = PurePosixPath(stored).name
        return f"Fichier actuel : {nom}. En choisir un autre le remplace. {words}"
    return words


def _ou_lien(*, is_new: bool) -> str:
    if is_new:
        return "Donnez un fichier ou un lien, pas les deux : effacez l’un des deux."
    return "Donnez un lien ou un fichier, pas les deux : cochez « Retirer le fichier »."


FAMILLES = {
    "resultats": ("un résultat attendu", ResultatForm),
    "volets": ("un volet", VoletForm),
    "realisations": ("une réalisation", RealisationForm),
    "points-etape": ("un point d’étape", PointEtapeForm),
    "pilotes": ("un pilote", PiloteForm),
    "partenaires": ("un partenaire", PartenaireForm),
    "financements": ("un financement", FinancementForm),
    "documents": ("une photo ou un document", DocumentForm),
}
