"""Forms of the meetings: filter of the list, blocks of a meeting, decisions."""

from django import forms

from actions.models import FicheAction
from axes.forms import ListeForm
from ctg_portal.lib.forms import EditForm

from .enums import EtatReunion, NaturePoint
from .models import Decision, Instance, Point, Reunion


class FiltreReunions(forms.Form):
    """The filter of the list, in the address."""

    instance = forms.ModelChoiceField(
        Instance.objects.none(), label="Instance", required=False, empty_label="Toutes"
    )

    def __init__(self, *args, convention, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instance"].queryset = Instance.objects.filter(convention=convention)

    @property
    def chosen(self) -> Instance | None:
        """The instance asked for; None for all, or for one of another convention."""
        return self.cleaned_data.get("instance") if self.is_valid() else None


class CadreReunionForm(EditForm):
    class Meta:
        model = Reunion
        fields = ["titre", "date", "heure", "lieu", "visio", "nombre_participants"]
        help_texts = {"date": "Par exemple « 9 octobre 2023 » ou « juin 2023 »."}


class EtatReunionForm(EditForm):
    class Meta:
        model = Reunion
        fields = ["etat", "motif"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("motif") and cleaned.get("etat") != EtatReunion.ANNULEE:
            self.add_error("motif", "Un motif se donne pour une réunion annulée seulement.")
        return cleaned


class CompteRenduForm(EditForm):
    class Meta:
        model = Reunion
        fields = ["compte_rendu"]
        widgets = {"compte_rendu": forms.Textarea(attrs={"rows": 16})}


BLOCS = {
    "cadre": ("Date, heure et lieu", CadreReunionForm),
    "etat": ("État de la réunion", EtatReunionForm),
    "compte-rendu": ("Compte rendu", CompteRenduForm),
}


class DecisionForm(EditForm):
    """A decision of a meeting; its fiche is one of the convention's."""

    class Meta:
        model = Decision
        fields = ["texte", "responsable", "echeance", "fiche", "etat"]
        widgets = {"texte": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, reunion: Reunion, **kwargs):
        self.reunion = reunion
        super().__init__(*args, **kwargs)
        self.fields["fiche"].queryset = (
            FicheAction.objects.of_convention(reunion.convention).with_place().in_order()
        )

    @property
    def context(self):
        return {"reunion": self.reunion}


class EtatDecisionForm(EditForm):
    class Meta:
        model = Decision
        fields = ["etat"]


class InstanceForm(ListeForm):
    class Meta:
        model = Instance
        fields = ["nom", "type", "composition"]


class PointForm(ListeForm):
    class Meta:
        model = Point
        fields = ["axe", "exercice", "nature", "texte", "devenir", "fiche", "suite_de"]

    def offers(self):
        perspectives = Point.objects.filter(
            convention=self.convention, nature=NaturePoint.PERSPECTIVE
        )
        return super().offers() | {
            "fiche": FicheAction.objects.of_convention(self.convention).with_place().in_order(),
            "suite_de": perspectives.exclude(pk=self.instance.pk),
        }
