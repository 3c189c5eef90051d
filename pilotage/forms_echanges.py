"""The form of an import."""

from django import forms

from ctg_portal.lib.exchange.archives import MO, TAILLE_MAX


class ImportForm(forms.Form):
    """A workbook or an archive; what it holds is read by the import itself."""

    fichier = forms.FileField(
        label="Classeur ou archive",
        max_length=200,
        help_text=(
            "Choisissez le fichier, ou déposez-le sur le bouton : classeur .xlsx ou .ods, ou"
            f" archive .zip de tables .csv ; {TAILLE_MAX // MO} Mo au plus."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.zip"}),
    )

    def clean_fichier(self):
        fichier = self.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAX:
            raise forms.ValidationError(
                f"Le fichier dépasse {TAILLE_MAX // MO} Mo : exportez la convention en plusieurs"
                " fois, ou retirez-en les fichiers joints."
            )
        return fichier
