"""What freezes a bilan, corrects an arrêté, erases a name from it."""

from django import forms

from copil.models import Reunion
from ctg_portal.lib.fields import TEXTE_MAX
from ctg_portal.lib.forms import RichTextarea, use_quick_selects

from ..queries import reunions_tenues
from .exercice import ExerciceField, ReunionField

MOTIF_MAX = 1000


class AvisForm(forms.Form):
    """What the COPIL said of a bilan, and the meeting at which it did."""

    reunion = ReunionField(
        label="Réunion",
        queryset=Reunion.objects.none(),
        required=False,
        empty_label="Aucune, ou non renseignée",
        help_text="La réunion qui a examiné ce bilan. Elle sera imprimée sur la couverture.",
    )
    avis = forms.CharField(
        label="Avis du comité de pilotage",
        max_length=TEXTE_MAX,
        widget=RichTextarea(attrs={"rows": 5}),
        help_text="Ce que le comité a dit du bilan\u00a0; imprimé avec lui.",
    )

    def __init__(self, *args, convention, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reunion"].queryset = reunions_tenues(convention)


class ArreterForm(AvisForm):
    """The bilan to freeze."""

    field_order = ("exercice", "reunion", "avis")

    def __init__(self, *args, exercices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exercice"] = ExerciceField(exercices=exercices)
        self.order_fields(self.field_order)
        use_quick_selects(self)


class CorrigerForm(AvisForm):
    """The next version of an arrêté, and why."""

    motif = forms.CharField(
        label="Motif de la correction",
        max_length=MOTIF_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pourquoi une nouvelle version remplace celle-ci\u00a0; imprimé avec elle.",
    )
    field_order = ("motif", "reunion", "avis")


class EffacerForm(forms.Form):
    """A person whose name leaves an arrêté."""

    nom = forms.ChoiceField(
        label="Personne à effacer",
        help_text="Les noms que portent les bilans arrêtés de cette convention.",
        error_messages={"invalid_choice": "Ce nom n’est dans aucun bilan arrêté."},
    )

    def __init__(self, *args, noms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nom"].choices = [("", "Choisir un nom"), *((nom, nom) for nom in noms)]
        use_quick_selects(self)
