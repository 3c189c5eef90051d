"""What a bilan is composed of."""

from django import forms

from axes.models import Axe
from copil.models import Reunion
from ctg_portal.lib.forms import EditForm, use_quick_selects

from ..enums import DANS_LES_AXES, SEPARATEUR, Partie, parties_of
from ..models import Bilan
from ..queries import reunions_a_venir_ou_tenues
from .exercice import ExerciceField, ReunionField


class PartiesWidget(forms.Widget):
    """The parts of a bilan to tick, each with its place in a list; a text such as "axes, annexes".

    The parts left out come after the others. A place that was changed wins over those that were
    not: what goes up stands before the part that has that place, what goes down after it.
    """

    template_name = "reports/composer/parties.html"
    AUCUNE = "–"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = parties_of(value or "")
        order = [*chosen, *(part for part in Partie if part not in chosen)]
        ranked = [part for part in order if part not in DANS_LES_AXES]
        context["widget"]["parties"] = [
            {
                "cle": part.value,
                "label": part.label,
                "cochee": part in chosen,
                "place": place,
                "internes": [
                    {"cle": one.value, "label": one.label, "cochee": one in chosen}
                    for one in Partie
                    if part == Partie.AXES and one in DANS_LES_AXES
                ],
            }
            for place, part in enumerate(ranked, start=1)
        ]
        context["widget"]["places"] = range(1, len(ranked) + 1)
        return context

    def value_from_datadict(self, data, files, name):
        ticked = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        before = [part for part in data.get(f"{name}-ordre", "").split() if part in Partie.values]
        order = sorted(
            before or [part for part in Partie.values if part not in DANS_LES_AXES],
            key=lambda part: self._place(data, name, part, before),
        )
        at = order.index(Partie.AXES) + 1 if Partie.AXES in order else len(order)
        order[at:at] = [part for part in Partie.values if part in DANS_LES_AXES]
        return SEPARATEUR.join(part for part in order if part in ticked) or self.AUCUNE

    def _place(self, data, name: str, part: str, before: list[str]) -> tuple[int, int]:
        old = before.index(part) + 1 if part in before else len(before)
        asked = str(data.get(f"{name}-place-{part}", ""))
        new = int(asked) if asked.isdecimal() else old
        return new, (new > old) - (new < old)


class PartiesField(forms.Field):
    """The parts of a bilan in their order, as the model keeps them; all of them is empty."""

    widget = PartiesWidget

    def to_python(self, value):
        parts = parties_of(value or "")
        return "" if parts == tuple(Partie) else SEPARATEUR.join(parts) or PartiesWidget.AUCUNE

    def validate(self, value):
        """At least one part is printed: none ticked is not a choice that means all of them."""
        if value and not set(parties_of(value)) - DANS_LES_AXES:
            raise forms.ValidationError("Gardez au moins une partie du bilan.")


class BrouillonForm(EditForm):
    """What a bilan is composed of."""

    reunion = ReunionField(
        label="Réunion",
        queryset=Reunion.objects.none(),
        required=False,
        empty_label="Aucune, ou pas encore prévue",
        help_text="La réunion pour laquelle ce bilan est préparé.",
    )
    sections = PartiesField(
        label="Parties et ordre",
        required=False,
        help_text="Une partie qui n’a rien à dire n’est pas imprimée.",
    )

    class Meta:
        model = Bilan
        fields = (
            "exercice",
            "reunion",
            "detail",
            "sections",
            "axes",
            "introduction",
            "conclusion",
            "avec_photos",
            "avec_logos",
        )
        widgets = {
            "axes": forms.CheckboxSelectMultiple,
            "detail": forms.RadioSelect,
        }

    def __init__(self, *args, exercices, **kwargs):
        super().__init__(*args, **kwargs)
        self.exercices = exercices
        convention = self.instance.convention
        # A year that is possible no more stays that of the draft that has it.
        years = {*exercices, self.instance.exercice} - {None}
        self.fields["exercice"] = ExerciceField(exercices=sorted(years, reverse=True))
        self.fields["exercice"].show_hidden_initial = True
        self.fields["reunion"].queryset = reunions_a_venir_ou_tenues(convention)
        self.fields["axes"].queryset = Axe.objects.filter(convention=convention)
        self.fields["axes"].error_messages["invalid_choice"] = (
            "Un des axes cochés n’existe plus\u00a0: décochez-le."
        )
        for name in ("introduction", "conclusion"):
            self.fields[name].widget.attrs["rows"] = 5
        use_quick_selects(self)

    @property
    def context(self) -> dict[str, object]:
        return {"exercices": self.exercices}

    def clean_axes(self):
        """Every axe is none: one that is added later belongs to the bilan as well."""
        axes = self.cleaned_data["axes"]
        is_every = len(axes) == self.fields["axes"].queryset.count()
        return axes.none() if is_every else axes
