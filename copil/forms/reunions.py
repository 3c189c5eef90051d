"""Forms of the meetings: filter of the list, blocks of a meeting, its lines, decisions."""

from django import forms
from django.db.models import Q

from actions.forms.choix import CochesForm, CochesParGroupe, FichesField
from actions.models import Document, FicheAction
from axes.forms import ListeForm
from ctg_portal.lib.forms import EditForm, RichTextarea

from ..enums import EtatReunion, NaturePoint
from ..models import Decision, Instance, Participant, Point, PointOrdreDuJour, Reunion

DATE_AIDE = "Par exemple « 9 octobre 2023 » ou « juin 2023 »."
HEURE_AIDE = "Par exemple « 9 h 30 », ou « 9 h 30 à 12 h »."


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


class NouvelleReunionForm(EditForm):
    """A meeting to plan: which instances, when, where."""

    class Meta:
        model = Reunion
        fields = ["instances", "titre", "date", "heure", "lieu", "visio"]
        widgets = {"instances": forms.CheckboxSelectMultiple}
        help_texts = {
            "instances": "Une, ou plusieurs qui se réunissent ensemble.",
            "titre": "Vide : le nom des instances en tient lieu.",
            "date": DATE_AIDE,
            "heure": HEURE_AIDE,
        }

    def __init__(self, *args, convention, **kwargs):
        self.convention = convention
        super().__init__(*args, **kwargs)
        self.instance.convention = convention
        self.fields["instances"].queryset = Instance.objects.filter(convention=convention)

    @property
    def context(self):
        return {"convention": self.convention}


class CadreReunionForm(EditForm):
    class Meta:
        model = Reunion
        fields = ["titre", "date", "heure", "lieu", "visio", "nombre_participants"]
        help_texts = {"date": DATE_AIDE, "heure": HEURE_AIDE}


class InstancesReunionForm(CochesForm):
    class Meta:
        model = Reunion
        fields = ["instances"]
        widgets = {"instances": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Instance.objects.filter(convention=self.instance.convention)
        self.fields["instances"].queryset = offered


class EtatReunionForm(EditForm):
    class Meta:
        model = Reunion
        fields = ["etat", "motif"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("motif") and cleaned.get("etat") != EtatReunion.ANNULEE:
            self.add_error("motif", "Un motif se donne pour une réunion annulée seulement.")
        return cleaned


class AnnulationForm(EditForm):
    """Why a meeting will not be held: asked for, unlike the motif of a state that is corrected."""

    class Meta:
        model = Reunion
        fields = ["motif"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["motif"].required = True

    def _get_validation_exclusions(self):
        """The rule that binds the motif to the state holds once the service wrote both."""
        return super()._get_validation_exclusions() | {"motif"}


class FichesReunionForm(CochesForm):
    fiches = FichesField(
        FicheAction.objects.none(),
        label="Fiches concernées",
        required=False,
        widget=CochesParGroupe,
    )

    class Meta:
        model = Reunion
        fields = ["fiches"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # An archived fiche stays with the meetings that spoke of it.
        held = self.instance.fiches.values("pk")
        self.fields["fiches"].queryset = (
            FicheAction.objects.of_convention(self.instance.convention)
            .filter(Q(archivee=False) | Q(pk__in=held))
            .with_place()
            .in_order()
        )


class DocumentsReunionForm(CochesForm):
    class Meta:
        model = Reunion
        fields = ["documents"]
        widgets = {"documents": forms.CheckboxSelectMultiple}
        help_texts = {"documents": "Ceux de la convention ; un document s’ajoute depuis une fiche."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Document.objects.filter(convention=self.instance.convention)
        self.fields["documents"].queryset = offered


class CompteRenduForm(EditForm):
    class Meta:
        model = Reunion
        fields = ["compte_rendu"]
        widgets = {"compte_rendu": RichTextarea(attrs={"rows": 16})}


BLOCS = {
    "cadre": ("Date, heure et lieu", CadreReunionForm),
    "etat": ("État de la réunion", EtatReunionForm),
    "instances": ("Instances réunies", InstancesReunionForm),
    "fiches": ("Fiches concernées", FichesReunionForm),
    "documents": ("Documents", DocumentsReunionForm),
    "compte-rendu": ("Compte rendu", CompteRenduForm),
}


class LigneReunionForm(EditForm):
    """Base of the lines of a meeting."""

    def __init__(self, *args, reunion: Reunion, **kwargs):
        self.reunion = reunion
        super().__init__(*args, **kwargs)
        self.instance.reunion = reunion

    @property
    def context(self):
        return {"reunion": self.reunion}


class PointOrdreDuJourForm(LigneReunionForm):
    class Meta:
        model = PointOrdreDuJour
        fields = ["texte"]


class ParticipantForm(LigneReunionForm):
    class Meta:
        model = Participant
        fields = ["nom", "qualite", "organisme", "presence", "role"]
        help_texts = {"nom": "Facultatif : une qualité ou un organisme suffit."}


#: Part of the address: what one of its lines is called, and its form.
FAMILLES = {
    "ordre-du-jour": ("un point de l’ordre du jour", PointOrdreDuJourForm),
    "participants": ("un participant", ParticipantForm),
}


class DecisionForm(EditForm):
    """A decision of a meeting; its fiche is one of the convention's."""

    class Meta:
        model = Decision
        fields = ["texte", "responsable", "echeance", "fiche", "etat"]
        widgets = {"texte": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"echeance": DATE_AIDE}

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
    KEPT_FIELDS = ("axe", "exercice", "nature")

    class Meta:
        model = Point
        fields = ["axe", "exercice", "nature", "texte", "devenir", "fiche", "suite_de"]
        help_texts = {
            "suite_de": "Pour un élément phare\u00a0: la perspective, écrite avant, qu’il reprend."
        }

    def offers(self):
        perspectives = Point.objects.filter(
            convention=self.convention, nature=NaturePoint.PERSPECTIVE
        )
        return super().offers() | {
            "fiche": FicheAction.objects.of_convention(self.convention).with_place().in_order(),
            "suite_de": perspectives.exclude(pk=self.instance.pk),
        }
