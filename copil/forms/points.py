"""Forms of the points of an axe."""

from django import forms

from ..enums import Devenir
from ..forms.reunions import PointForm


class PointAxeForm(PointForm):
    """A point of one axe, which its address names."""

    class Meta(PointForm.Meta):
        fields = ["exercice", "nature", "texte", "devenir", "fiche", "suite_de"]

    def __init__(self, *args, axe, **kwargs):
        self.axe = axe
        super().__init__(*args, convention=axe.convention, **kwargs)
        self.instance.axe = axe

    @property
    def context(self):
        return {"axe": self.axe}


class DevenirForm(forms.Form):
    """What became of a perspective."""

    devenir = forms.ChoiceField(
        label="Devenir", required=False, choices=[("", "Non renseigné"), *Devenir.choices]
    )
