"""Forms of the indicators: filters of the list, the indicator itself, its values."""

import re
from decimal import Decimal

from django import forms

from actions.models import Volet
from axes.forms import ListeForm
from axes.models import Axe, Membre
from axes.permissions import can_coordinate
from ctg_portal.lib.forms import EditForm, NombreField
from ctg_portal.lib.periodes import Periode, PeriodeImpossible, parse_periode
from ctg_portal.lib.typographie import NBSP, compte

from .models import Indicateur, Structure, Valeur
from .permissions import editable_places

VIDE = "non renseigné"


class FiltreIndicateurs(forms.Form):
    """The filters of the list, all of them in the address."""

    axe = forms.ModelChoiceField(
        Axe.objects.none(), label="Axe", required=False, empty_label="Tous"
    )
    structure = forms.ModelChoiceField(
        Structure.objects.none(), label="Structure", required=False, empty_label="Toutes"
    )
    cle = forms.BooleanField(label="Indicateurs clés seulement", required=False)

    def __init__(self, *args, convention, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["axe"].queryset = Axe.objects.filter(convention=convention)
        self.fields["structure"].queryset = Structure.objects.filter(convention=convention)

    def filter(self, indicateurs):
        """Apply the filters that were understood; one that was not is shown as an error."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        if axe := values.get("axe"):
            indicateurs = indicateurs.of_axe(axe)
        if structure := values.get("structure"):
            indicateurs = indicateurs.filter(structure=structure)
        if values.get("cle"):
            indicateurs = indicateurs.filter(cle=True)
        return indicateurs

    @property
    def is_active(self) -> bool:
        return any(getattr(self, "cleaned_data", {}).values())


class PeriodesField(forms.CharField):
    """Periods typed one after the other, cleaned to a list of Periode."""

    def to_python(self, value):
        text = super().to_python(value)
        try:
            return [parse_periode(part) for part in re.split("[,;]", text) if part.strip()]
        except PeriodeImpossible as error:
            raise forms.ValidationError(str(error), code="periode") from error


class FiltreGrille(FiltreIndicateurs):
    """The filters of the entry grid, and the columns asked for beside the usual ones."""

    cle = None
    periodes = PeriodesField(
        label="Ajouter des périodes",
        required=False,
        max_length=200,
        help_text="Par exemple 2018, 2021/2022.",
    )

    @property
    def periodes_ajoutees(self) -> list[Periode]:
        self.is_valid()
        return self.cleaned_data.get("periodes") or []


class IndicateurForm(EditForm):
    """An indicator; its lists only offer the places that this person may edit.

    The volets offered are those of the fiche that it is opened with.
    """

    KEPT_FIELDS = ("axe", "fiche", "volet", "structure")

    valeur_initiale = NombreField(label="Valeur initiale", required=False)
    cible = NombreField(label="Cible", required=False)

    class Meta:
        model = Indicateur
        fields = [
            "intitule",
            "unite",
            "structure",
            "axe",
            "fiche",
            "volet",
            "nature",
            "periodicite",
            "sens",
            "decimales",
            "valeur_initiale",
            "cible",
            "cible_periode",
            "cle",
            "source",
            "methode",
            "variation_imprimee",
            "note",
        ]
        widgets = {
            "methode": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, membre: Membre, **kwargs):
        self.membre = membre
        super().__init__(*args, **kwargs)
        convention = membre.convention_id
        axes, fiches = editable_places(membre)
        opened_with = str(self.initial.get("fiche") or "")
        volets = Volet.objects.filter(
            fiche__in=fiches.filter(pk=opened_with) if opened_with.isdecimal() else []
        )
        self.fields["structure"].queryset = Structure.objects.filter(convention=convention)
        self.fields["axe"].queryset = axes
        self.fields["fiche"].queryset = fiches.with_place()
        self.fields["volet"].queryset = volets
        self.fields["axe"].help_text = "Vide si l’indicateur se rattache à une fiche."
        self.fields["nature"].help_text = (
            "Stock : ce qui existe à une date. Flux : ce qui a lieu dans la période."
            " Cumul : le total depuis le début. Ratio : une part ou un taux."
        )
        self.fields["cible_periode"].help_text = "Par exemple 2024."
        for name in ("nature", "periodicite", "sens"):
            self.fields[name].choices = [("", VIDE), *self.fields[name].choices[1:]]
        for name in ("structure", "axe", "fiche", "volet"):
            self.fields[name].empty_label = VIDE
        if not volets.exists():
            del self.fields["volet"]

    @property
    def context(self):
        return {"membre": self.membre}

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"convention"}

    def clean(self):
        cleaned = super().clean()
        axe, fiche, volet = (cleaned.get(name) for name in ("axe", "fiche", "volet"))
        if axe and fiche and fiche.axe_id != axe.pk:
            self.add_error("axe", "Cette fiche appartient à un autre axe.")
        if volet and fiche != volet.fiche:
            self.add_error("volet", "Ce volet appartient à une autre fiche.")
        if not (axe or fiche or can_coordinate(self.membre)):
            self.add_error("fiche", "Choisissez un axe ou une fiche que vous tenez à jour.")
        return cleaned


class ValeurForm(EditForm):
    """A value of one indicator, for one period."""

    valeur = NombreField(
        label="Valeur", required=False, help_text="Par exemple 36\u00a0424 ou 12,5."
    )
    valeur_max = NombreField(
        label="Valeur maximale", required=False, help_text="Pour une fourchette seulement."
    )

    class Meta:
        model = Valeur
        fields = [
            "periode",
            "valeur",
            "borne",
            "valeur_max",
            "texte",
            "previsionnelle",
            "partielle",
            "note",
        ]

    def __init__(self, *args, indicateur: Indicateur, **kwargs):
        self.indicateur = indicateur
        super().__init__(*args, **kwargs)
        # The constraint that binds a value to its indicator is checked before it is saved.
        self.instance.indicateur = indicateur
        if indicateur.unite:
            self.fields["valeur"].label = f"Valeur ({indicateur.unite})"
        self.fields["borne"].choices = [("", "exactement"), *Valeur.borne.field.choices]

    @property
    def context(self):
        return {"indicateur": self.indicateur}

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"indicateur"}

    def clean(self):
        cleaned = super().clean()
        valeur = cleaned.get("valeur")
        if valeur is None and "valeur" not in self.errors:
            if cleaned.get("borne") or cleaned.get("valeur_max") is not None:
                self.add_error("valeur", "Indiquez le nombre que la borne accompagne.")
            elif not cleaned.get("texte"):
                self.add_error("valeur", "Indiquez un nombre, ou un texte à la place.")
        for name in ("valeur", "valeur_max"):
            self._refuse_hidden_decimals(name, cleaned.get(name))
        return cleaned

    def _refuse_hidden_decimals(self, name: str, value: Decimal | None) -> None:
        """A figure is never shown otherwise than it was typed."""
        shown = self.indicateur.decimales
        if value is not None and -value.normalize().as_tuple().exponent > shown:
            rule = f"avec {compte(shown, 'décimale')}" if shown else "sans décimale"
            self.add_error(
                name,
                f"Cet indicateur est montré {rule}{NBSP}: arrondissez, ou changez ce réglage sur"
                " l’indicateur.",
            )


class StructureForm(ListeForm):
    class Meta:
        model = Structure
        fields = ["nom", "type", "commune", "noms_anterieurs"]


class FusionForm(forms.Form):
    """Which structure stays when two are merged."""

    gardee = forms.ModelChoiceField(
        Structure.objects.none(),
        label="Structure qui reste",
        empty_label="Choisir…",
        help_text="Elle reçoit les indicateurs de l’autre, dont le nom devient un nom antérieur.",
    )

    def __init__(self, *args, absorbee: Structure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gardee"].queryset = Structure.objects.filter(
            convention=absorbee.convention
        ).exclude(pk=absorbee.pk)
