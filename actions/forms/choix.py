"""Fiches to tick: boxes under the names of their axes, which the keyboard never loses."""

from itertools import groupby

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator

from ctg_portal.lib.forms import EditForm

from ..models import FicheAction


class ParAxe(ModelChoiceIterator):
    """Fiches under the name of their axe; expects them in the order of the plan."""

    def __iter__(self):
        for axe, fiches in groupby(self.queryset, key=lambda fiche: fiche.axe):
            yield str(axe), [self.choice(fiche) for fiche in fiches]


class FichesField(forms.ModelMultipleChoiceField):
    """Fiches to tick, each group with its own legend."""

    iterator = ParAxe


class CochesParGroupe(forms.CheckboxSelectMultiple):
    template_name = "actions/coches_par_groupe.html"


class CochesForm(EditForm):
    """A block that holds nothing but boxes to tick."""

    def opened_values(self):
        """Boxes that were all empty when the block was opened sent nothing to say so."""
        return {name: [] for name in self.fields} | super().opened_values()


class FichesLieesForm(CochesForm):
    """The fiches that this one answers to; the link holds both ways."""

    fiches_liees = FichesField(
        FicheAction.objects.none(), label="Fiches liées", required=False, widget=CochesParGroupe
    )

    class Meta:
        model = FicheAction
        fields = ["fiches_liees"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # An archived fiche stays linked to those that named it.
        held = self.instance.fiches_liees.values("pk")
        self.fields["fiches_liees"].queryset = (
            FicheAction.objects.of_convention(self.instance.axe.convention)
            .filter(Q(archivee=False) | Q(pk__in=held))
            .exclude(pk=self.instance.pk)
            .with_place()
            .in_order()
        )
