"""Forms of the pages composed here: the filters of the journal."""

from django import forms
from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from actions.models import FicheAction
from ctg_portal.lib.forms import DatePartielleFormField
from journal.models import Entree
from journal.phrases import name_of_kind

IMPORTS = [("", "Tous"), ("sans", "Sans les imports"), ("seuls", "Les imports seulement")]


class FiltreJournal(forms.Form):
    """The filters of the journal, all of them in the address."""

    q = forms.CharField(label="Rechercher dans le journal", required=False, max_length=120)
    fiche = forms.ModelChoiceField(
        FicheAction.objects.none(), label="Fiche action", required=False, empty_label="Toutes"
    )
    personne = forms.ModelChoiceField(
        User.objects.none(), label="Personne", required=False, empty_label="Toutes"
    )
    objet = forms.ChoiceField(label="Objet", required=False)
    depuis = DatePartielleFormField(
        label="Depuis", required=False, help_text="Par exemple « 9 octobre 2023 » ou « juin 2023 »."
    )
    jusqu_a = DatePartielleFormField(
        label="Jusqu’à", required=False, help_text="Ce jour, ce mois ou cette année compris."
    )
    imports = forms.ChoiceField(label="Imports", required=False, choices=IMPORTS)

    PRINCIPAUX = ("q", "fiche", "personne", "objet")

    def __init__(self, *args, convention, **kwargs):
        super().__init__(*args, **kwargs)
        written = Entree.objects.of_convention(convention.pk).order_by()
        self.fields["fiche"].queryset = (
            FicheAction.objects.of_convention(convention).with_place().in_order()
        )
        self.fields["personne"].queryset = User.objects.filter(pk__in=written.values("actor_id"))
        kinds = ContentType.objects.filter(pk__in=written.values("content_type_id")).order_by("pk")
        named = sorted((name_of_kind(kind), str(kind.pk)) for kind in kinds)
        self.fields["objet"].choices = [("", "Tous"), *((pk, name) for name, pk in named)]

    def filter(self, entrees):
        """Apply the filters that were understood; one that was not is shown as an error."""
        self.is_valid()
        values = self.cleaned_data
        if texte := values.get("q"):
            entrees = entrees.mentioning(texte)
        if fiche := values.get("fiche"):
            entrees = entrees.of_fiche(fiche.pk)
        if personne := values.get("personne"):
            entrees = entrees.filter(actor=personne)
        if objet := values.get("objet"):
            entrees = entrees.filter(content_type_id=int(objet))
        if depuis := values.get("depuis"):
            entrees = entrees.filter(timestamp__date__gte=depuis.debut)
        if jusqu_a := values.get("jusqu_a"):
            entrees = entrees.filter(timestamp__date__lte=jusqu_a.fin)
        if imports := values.get("imports"):
            entrees = entrees.filter(est_import=imports == "seuls")
        return entrees

    @property
    def has_secondary(self) -> bool:
        """Whether a filter behind "Plus de filtres" is in use, or was not understood."""
        used = {name for name, value in self.cleaned_data.items() if value} | set(self.errors)
        return bool(used - set(self.PRINCIPAUX))

    def active_filters(self) -> list[tuple[str, str, str]]:
        """(name, label of the field, words of the value) of each filter in use."""
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                choices = dict(getattr(self.fields[name], "choices", ()) or ())
                is_model = isinstance(self.fields[name], forms.ModelChoiceField)
                words = str(value) if is_model else str(choices.get(value, value))
                found.append((name, self.fields[name].label, words))
        return found
