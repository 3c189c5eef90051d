"""The logo of a convention."""

from django import forms

from actions.fichiers import FichierAccepte
from actions.forms.lignes import FichierField
from actions.photos import FORMATS


class LogoForm(forms.Form):
    """A picture instead of the one there is, or none any more; `has_logo` says if there is one."""

    fichier = FichierField(
        label="Image",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(FORMATS)}),
        help_text="JPEG, PNG ou WebP. Elle s’imprime sur fond blanc.",
    )
    retirer = forms.BooleanField(label="Retirer le logo", required=False)

    def __init__(self, *args, has_logo: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["retirer"]

    def clean_fichier(self) -> FichierAccepte | None:
        fichier = self.cleaned_data["fichier"]
        if fichier and not fichier.mesures["est_photo"]:
            raise forms.ValidationError("Un logo est une image\u00a0: JPEG, PNG ou WebP.")
        return fichier or None

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("fichier") and not cleaned.get("retirer"):
            self.add_error("fichier", "Choisissez une image.")
        return cleaned
