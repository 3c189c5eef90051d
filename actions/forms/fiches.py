"""Forms of the fiche action: filters of the plan, blocks of the fiche, comments."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from axes.models import Axe, Commune, Objectif, Thematique
from ctg_portal.lib.forms import EditForm, use_quick_selects

from ..enums import (
    NON_RENSEIGNE,
    NON_RENSEIGNEE,
    STATUTS,
    Objectifs,
    Portee,
    Realisation,
    Suivi,
)
from ..models import Commentaire, FicheAction, PiloteFiche

SANS_VALEUR = "sans"


def _filter_choices(status_class, tous: str, vide: str):
    return [("", tous), *status_class.choices, (SANS_VALEUR, vide)]


class FiltreFiches(forms.Form):
    """The filters of the plan d'actions, all of them in the address."""

    q = forms.CharField(label="Rechercher dans les fiches", required=False, max_length=120)
    axe = forms.ModelChoiceField(
        Axe.objects.none(), label="Axe", required=False, empty_label="Tous"
    )
    objectif = forms.ModelChoiceField(
        Objectif.objects.none(), label="Objectif", required=False, empty_label="Tous"
    )
    suivi = forms.ChoiceField(
        label="Suivi", required=False, choices=_filter_choices(Suivi, "Tous", NON_RENSEIGNE)
    )
    realisation = forms.ChoiceField(
        label="Réalisation",
        required=False,
        choices=_filter_choices(Realisation, "Toutes", NON_RENSEIGNEE),
    )
    objectifs = forms.ChoiceField(
        label="Objectifs atteints",
        required=False,
        choices=_filter_choices(Objectifs, "Tous", NON_RENSEIGNE),
    )
    pilote = forms.ChoiceField(label="Pilote", required=False)
    thematique = forms.ModelChoiceField(
        Thematique.objects.none(), label="Thématique", required=False, empty_label="Toutes"
    )
    commune = forms.ModelChoiceField(
        Commune.objects.none(), label="Commune", required=False, empty_label="Toutes"
    )
    retard = forms.BooleanField(label="Fin prévue passée, fiche non close", required=False)
    archivees = forms.BooleanField(label="Montrer les fiches archivées", required=False)

    LOOKUPS = {
        "axe": "axe",
        "objectif": "objectif",
        "suivi": "suivi",
        "realisation": "realisation",
        "objectifs": "objectifs_atteints",
        "pilote": "pilotes__nom",
        "thematique": "thematiques",
    }
    PRINCIPAUX = ("q", "axe", "realisation", "objectifs", "thematique")

    def __init__(self, *args, convention, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["axe"].queryset = Axe.objects.filter(convention=convention)
        self.fields["objectif"].queryset = Objectif.objects.filter(axe__convention=convention)
        self.fields["thematique"].queryset = (
            Thematique.objects.offered_to(convention)
            .filter(fiches__axe__convention=convention)
            .distinct()
        )
        self.fields["commune"].queryset = Commune.objects.filter(convention=convention)
        names = (
            PiloteFiche.objects.filter(fiche__axe__convention=convention)
            .order_by("nom")
            .values_list("nom", flat=True)
            .distinct()
        )
        self.fields["pilote"].choices = [("", "Tous"), *((name, name) for name in names)]
        use_quick_selects(self)

    def filter(self, fiches):
        """Apply the filters that were understood; one that was not is shown as an error."""
        self.is_valid()
        values = {name: value for name, value in self.cleaned_data.items() if value}
        if "archivees" not in values:
            fiches = fiches.active()
        if "q" in values:
            fiches = fiches.searching(values["q"])
        if "retard" in values:
            fiches = fiches.late(timezone.localdate())
        if commune := values.get("commune"):
            # A fiche without communes is for the whole territory: it reaches each of them.
            fiches = fiches.filter(Q(communes=commune) | Q(communes__isnull=True))
        for name, lookup in self.LOOKUPS.items():
            if name in values:
                value = values[name]
                fiches = fiches.filter(**{lookup: "" if value == SANS_VALEUR else value})
        return fiches.distinct()

    @property
    def has_secondary(self) -> bool:
        """True when a filter in use stands behind "Plus de filtres"."""
        return any(name not in self.PRINCIPAUX for name, *_ in self.active_filters())

    def active_filters(self) -> list[tuple[str, str, str]]:
        """(name, label of the field, words of the value) of each filter in use."""
        found = []
        for name, value in getattr(self, "cleaned_data", {}).items():
            if not value:
                continue
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                words = str(value)
            elif isinstance(field, forms.BooleanField):
                words = "oui"
            else:
                words = dict(getattr(field, "choices", [])).get(value, value)
            found.append((name, field.label, words))
        return found


class StatutsForm(forms.Form):
    """The statuses sent by a row: those present, each with the value it was opened with."""

    suivi = forms.ChoiceField(required=False, choices=[("", ""), *Suivi.choices])
    realisation = forms.ChoiceField(required=False, choices=[("", ""), *Realisation.choices])
    objectifs_atteints = forms.ChoiceField(required=False, choices=[("", ""), *Objectifs.choices])

    def submitted(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}

    def opened(self) -> dict[str, str]:
        """Opening values; one that never was a value of the status is left out."""
        return {
            name: self.data[f"initial-{name}"]
            for name in self.fields
            if self.data.get(f"initial-{name}") in {"", *STATUTS[name].values}
        }


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
            "fiches_liees": FicheAction.objects.of_convention(convention)
            .exclude(pk=self.instance.pk)
            .with_place(),
        }
        for name, queryset in offers.items():
            if name in self.fields:
                self.fields[name].queryset = queryset
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 6)


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
            "fiches_liees",
            "dans_synthese",
            "archivee",
        ]
        widgets = {
            "communes": forms.CheckboxSelectMultiple,
            "thematiques": forms.CheckboxSelectMultiple,
            "fiches_liees": forms.SelectMultiple(attrs={"size": 8}),
        }

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


class LotForm(forms.Form):
    """Several fiches at once: which, which status, which value."""

    champ = forms.ChoiceField(
        label="Statut à changer",
        choices=[
            ("suivi", "Suivi"),
            ("realisation", "Réalisation"),
            ("objectifs_atteints", "Objectifs"),
        ],
    )
    valeur = forms.ChoiceField(label="Nouvelle valeur", required=False)
    fiches = forms.ModelMultipleChoiceField(
        FicheAction.objects.none(),
        error_messages={"required": "Cochez au moins une fiche."},
    )

    def __init__(self, *args, fiches, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fiches"].queryset = fiches
        self.fields["valeur"].choices = [
            ("", NON_RENSEIGNE),
            *((name, status.choices) for name, status in _named_statuses()),
        ]

    def clean(self):
        cleaned = super().clean()
        champ, valeur = cleaned.get("champ"), cleaned.get("valeur")
        if champ and valeur and valeur not in STATUTS[champ].values:
            self.add_error("valeur", "Cette valeur est celle d’un autre statut.")
        return cleaned


def _named_statuses():
    return (("Suivi", Suivi), ("Réalisation", Realisation), ("Objectifs", Objectifs))


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
