"""Forms of the fiche action: its opening, its blocks, its comments."""

from django import forms

from axes.models import Axe, Commune, Objectif, Thematique
from ctg_portal.lib.forms import EditForm

from ..enums import (
    Portee,
)
from ..models import Commentaire, FicheAction
from .choix import FichesLieesForm


class BlocFicheForm(EditForm):
    """Base of the blocks of a fiche: the lists only offer what belongs to its convention."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        convention = self.instance.axe.convention
        offers = {
            "axe": Axe.objects.filter(convention=convention),
            "objectif": Objectif.objects.filter(axe__convention=convention).select_related("axe"),
            "communes": Commune.objects.filter(convention=convention),
            "thematiques": Thematique.objects.offered_to(convention),
        }
        for name, queryset in offers.items():
            if name in self.fields:
                self.fields[name].queryset = queryset
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 6


class IdentiteForm(BlocFicheForm):
    class Meta:
        model = FicheAction
        fields = [
            "code",
            "intitule",
            "intitule_court",
            "axe",
            "objectif",
            "origine",
            "elu_referent",
            "debut",
            "fin",
            "communes",
            "thematiques",
            "dans_synthese",
            "archivee",
        ]
        widgets = {
            "communes": forms.CheckboxSelectMultiple,
            "thematiques": forms.CheckboxSelectMultiple,
        }
        help_texts = {"debut": "Jour, mois ou année.", "fin": "Jour, mois ou année."}

    def clean(self):
        return refuse_other_axe(self, super().clean())


class NouvelleFicheForm(EditForm):
    """What is needed to open a fiche; the rest is filled in on its page."""

    class Meta:
        model = FicheAction
        fields = ["axe", "objectif", "code", "intitule", "intitule_court", "origine"]

    def __init__(self, *args, axes, **kwargs):
        self.axes = axes
        super().__init__(*args, **kwargs)
        self.fields["axe"].queryset = axes
        self.fields["objectif"].queryset = Objectif.objects.filter(axe__in=axes).select_related(
            "axe"
        )

    def clean(self):
        return refuse_other_axe(self, super().clean())

    @property
    def context(self):
        return {"axes": self.axes}


def refuse_other_axe(form, cleaned):
    """An objectif of another axe than the one chosen is an error beside the objectif."""
    axe, objectif = cleaned.get("axe"), cleaned.get("objectif")
    if axe and objectif and objectif.axe_id != axe.pk:
        form.add_error("objectif", "Cet objectif appartient à un autre axe.")
    return cleaned


class CadreForm(BlocFicheForm):
    class Meta:
        model = FicheAction
        fields = ["contexte", "public", "moyens", "echeancier"]


class EcartsForm(BlocFicheForm):
    class Meta:
        model = FicheAction
        fields = ["motif_ecart", "menee_par", "suite", "analyse_ecarts"]


class NotesForm(BlocFicheForm):
    class Meta:
        model = FicheAction
        fields = ["notes_internes"]


BLOCS = {
    "identite": ("La fiche", IdentiteForm),
    "liens": ("Fiches liées", FichesLieesForm),
    "cadre": ("Cadre", CadreForm),
    "ecarts": ("Écarts, analyse et suite", EcartsForm),
    "notes": ("Notes internes", NotesForm),
}


class CommentaireForm(forms.ModelForm):
    class Meta:
        model = Commentaire
        fields = ["texte", "portee"]
        widgets = {"texte": forms.Textarea(attrs={"rows": 3}), "portee": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["portee"].choices = Portee.choices
