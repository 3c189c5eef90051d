"""Forms of the convention and of the lists that describe it."""

from django import forms

from ctg_portal.lib.forms import EditForm

from .models import (
    Axe,
    Commune,
    Convention,
    Jalon,
    Objectif,
    PiloteAxe,
    Representant,
    Signataire,
    Thematique,
)


class Nuancier(forms.RadioSelect):
    """The closed list of colours, each shown by the mark of the portal as it will be drawn."""

    option_template_name = "django/forms/widgets/nuance.html"


class ConventionForm(EditForm):
    class Meta:
        model = Convention
        widgets = {"couleur": Nuancier}
        help_texts = {
            "couleur": "Celle des liens, des boutons et des courbes, à l’écran et dans les"
            " documents. Les statuts gardent les leurs.",
        }
        fields = [
            "nom",
            "sous_titre",
            "territoire",
            "type_territoire",
            "caf",
            "debut",
            "fin",
            "signature",
            "phase",
            "couleur",
            "libelle_axe",
            "libelle_objectif",
            "libelle_action",
            "presentation",
            "conclusion",
        ]


class NouvelleConventionForm(EditForm):
    """What is needed to open a convention; the rest is filled in on its pages."""

    coordonne = forms.BooleanField(
        label="Je coordonne cette convention",
        required=False,
        help_text="Sinon, vous n’en gérez que l’équipe\u00a0: vous invitez ensuite la personne qui"
        " la coordonne.",
    )

    class Meta:
        model = Convention
        fields = ["territoire", "type_territoire", "nom", "caf", "debut", "fin"]


class ListeForm(EditForm):
    """Base of the rows of a list: it only offers what belongs to the convention."""

    KEPT_FIELDS = ("axe", "signataire")

    def __init__(self, *args, convention: Convention, **kwargs):
        self.convention = convention
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "convention_id"):
            # Constraints that bind the row to its convention are checked before it is saved.
            self.instance.convention = convention
        for name, queryset in self.offers().items():
            if name in self.fields:
                self.fields[name].queryset = queryset
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 4)

    def offers(self) -> dict:
        """The rows that each choice offers, by field."""
        return {
            "axe": Axe.objects.filter(convention=self.convention),
            "signataire": Signataire.objects.filter(convention=self.convention),
            "commune": Commune.objects.filter(convention=self.convention),
            "thematiques": Thematique.objects.offered_to(self.convention),
        }

    def links(self) -> dict[str, list]:
        """The many-to-many values, which a new row receives once it is saved."""
        many = {field.name for field in self.instance._meta.many_to_many}
        return {name: list(self.cleaned_data[name]) for name in many & self.fields.keys()}

    def _get_validation_exclusions(self):
        """The convention is known though it is no field."""
        return super()._get_validation_exclusions() - {"convention"}

    @property
    def context(self):
        return {"convention": self.convention}


class CommuneForm(ListeForm):
    class Meta:
        model = Commune
        fields = ["nom"]


class ThematiqueForm(ListeForm):
    class Meta:
        model = Thematique
        fields = ["nom"]


class SignataireForm(ListeForm):
    class Meta:
        model = Signataire
        fields = ["organisme", "nom_court", "type", "entree"]


class RepresentantForm(ListeForm):
    class Meta:
        model = Representant
        fields = ["signataire", "nom", "qualite"]


class JalonForm(ListeForm):
    class Meta:
        model = Jalon
        fields = ["date", "type", "intitule"]


class AxeForm(ListeForm):
    class Meta:
        model = Axe
        fields = [
            "numero",
            "intitule",
            "intitule_court",
            "fiches_annoncees",
            "thematiques",
            "presentation",
        ]
        widgets = {"thematiques": forms.CheckboxSelectMultiple}


class PiloteAxeForm(ListeForm):
    class Meta:
        model = PiloteAxe
        fields = ["axe", "nom"]


class ObjectifForm(ListeForm):
    class Meta:
        model = Objectif
        fields = ["axe", "code", "intitule"]
