"""Forms of the plan d'actions: its filters, and what is changed in its rows."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from axes.models import Axe, Commune, Objectif, Thematique
from ctg_portal.lib.forms import use_quick_selects

from ..enums import (
    NON_RENSEIGNE,
    NON_RENSEIGNEE,
    STATUTS,
    Objectifs,
    Realisation,
    Suivi,
)
from ..models import FicheAction, PiloteFiche
from ..queries import pilotes_in_lines
from .fiches import BlocFicheForm

SANS_VALEUR = "sans"


def _filter_choices(status_class, tous: str, vide: str):
    return [("", tous), *status_class.choices, (SANS_VALEUR, vide)]


# What the plan can be grouped by, besides the axe: name in the address to name of the field.
GROUPER_PAR = {
    "pilote": "pilotes",
    "suivi": "suivi",
    "realisation": "realisation",
    "objectifs": "objectifs_atteints",
    "suite": "suite",
}


class FiltreFiches(forms.Form):
    """The filters of the plan d'actions and its grouping, all of them in the address."""

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
    grouper = forms.ChoiceField(
        label="Grouper par",
        required=False,
        choices=[
            ("", "Axe"),
            ("pilote", "Pilote"),
            ("suivi", "Suivi"),
            ("realisation", "Réalisation"),
            ("objectifs", "Objectifs atteints"),
            ("suite", "Suite à donner"),
        ],
    )

    LOOKUPS = {
        "axe": "axe",
        "objectif": "objectif",
        "suivi": "suivi",
        "realisation": "realisation",
        "objectifs": "objectifs_atteints",
        "pilote": "pilotes__nom",
        "thematique": "thematiques",
    }
    PRINCIPAUX = ("q", "axe", "realisation", "objectifs", "thematique", "grouper")
    # Changes how the fiches are shown, not which.
    PRESENTATION = ("grouper",)

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
    def grouping(self) -> str:
        """One of GROUPER_PAR, or "" for the axe, also where the address asks for something else."""
        return getattr(self, "cleaned_data", {}).get("grouper", "")

    @property
    def has_secondary(self) -> bool:
        """True when a filter in use stands behind "Plus de filtres"."""
        return any(name not in self.PRINCIPAUX for name, *_ in self.active_filters())

    def active_filters(self) -> list[tuple[str, str, str]]:
        """(name, label of the field, words of the value) of each filter in use."""
        found = []
        for name, value in getattr(self, "cleaned_data", {}).items():
            if not value or name in self.PRESENTATION:
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


class AnnulerLotForm(forms.Form):
    """What undoes a LotForm: the status, the value it was given, what each fiche had before.

    `avant` reads "12:en_cours 15:", and is cleaned to a dictionary by key of fiche.
    """

    champ = forms.ChoiceField(choices=[(name, name) for name in STATUTS])
    valeur = forms.CharField(required=False, max_length=20)
    avant = forms.CharField(max_length=100_000)

    def clean_avant(self) -> dict[int, str]:
        pairs = [one.partition(":") for one in self.cleaned_data["avant"].split()]
        if not all(key.isdecimal() and len(key) < 19 for key, _, _ in pairs):
            raise forms.ValidationError("Ces fiches sont inconnues.")
        return {int(key): value for key, _, value in pairs}

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            known = {"", *STATUTS[cleaned["champ"]].values}
            if not {cleaned["valeur"], *cleaned["avant"].values()} <= known:
                raise forms.ValidationError("Cette valeur est celle d’un autre statut.")
        return cleaned


class PlaceForm(forms.Form):
    """Where a fiche goes in the plan: one step, or just before or after the fiche of that key."""

    direction = forms.ChoiceField(required=False, choices=[("haut", "haut"), ("bas", "bas")])
    avant = forms.IntegerField(required=False, min_value=1)
    apres = forms.IntegerField(required=False, min_value=1)

    def clean(self):
        cleaned = super().clean()
        if sum(1 for value in cleaned.values() if value) != 1:
            raise forms.ValidationError("Une place, et une seule.")
        return cleaned


def _named_statuses():
    return (("Suivi", Suivi), ("Réalisation", Realisation), ("Objectifs", Objectifs))


class NomsField(forms.CharField):
    """Names, one per line; cleaned to the same without blanks nor repetitions."""

    widget = forms.Textarea

    def __init__(self, *, longueur: int, **kwargs):
        super().__init__(**kwargs)
        self.longueur = longueur

    def to_python(self, value):
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return "\n".join(dict.fromkeys(line for line in lines if line))

    def validate(self, value):
        super().validate(value)
        if too_long := next((nom for nom in value.split("\n") if len(nom) > self.longueur), None):
            raise forms.ValidationError(
                f"« {too_long[:40]}… » : un nom tient en {self.longueur} caractères."
            )


class TiroirForm(BlocFicheForm):
    """What is edited under the row of a fiche in the plan; `cle` names the row among others."""

    pilotes = NomsField(
        label="Pilotes",
        longueur=PiloteFiche._meta.get_field("nom").max_length,
        required=False,
        help_text="Un par ligne.",
    )

    class Meta:
        model = FicheAction
        fields = ["motif_ecart", "menee_par", "suite", "fin", "analyse_ecarts"]

    field_order = ["motif_ecart", "menee_par", "suite", "fin", "pilotes", "analyse_ecarts"]

    def __init__(self, *args, cle: str, **kwargs):
        self.cle = cle
        pilotes = pilotes_in_lines(kwargs["instance"])
        super().__init__(*args, auto_id=f"t{cle}-%s", initial={"pilotes": pilotes}, **kwargs)
        for name in ("pilotes", "analyse_ecarts"):
            self.fields[name].widget.attrs["rows"] = 2
        self.fields["analyse_ecarts"].label = "Remarque, analyse des écarts"
        for name in ("motif_ecart", "menee_par", "suite"):
            _, *values = self.fields[name].choices
            self.fields[name].choices = [("", "non renseigné"), *values]
        use_quick_selects(self)

    def _get_validation_exclusions(self):
        """The start is known though it is no field: an end before it is refused beside the form."""
        return super()._get_validation_exclusions() - {"debut"}

    def submitted(self) -> dict[str, object]:
        """Cleaned values of the fields that were sent: an undo only sends those it brings back."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}

    @property
    def context(self):
        return {"cle": self.cle}
