"""Which bilan is asked for: an exercice or the whole period, and the meeting that it is for."""

from django import forms

from ..queries import reunion_en_mots

PERIODE_ENTIERE = "Toute la période"


class ExerciceField(forms.TypedChoiceField):
    """A year among those that are possible, None for the whole period."""

    def __init__(self, *, exercices):
        super().__init__(
            label="Exercice",
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", PERIODE_ENTIERE), *((year, str(year)) for year in exercices)],
            error_messages={"invalid_choice": "Aucun bilan n’est possible pour cet exercice."},
        )

    def to_python(self, value):
        """A number, so that the value a form was opened with compares to the stored one."""
        try:
            return self._coerce(super().to_python(value))
        except forms.ValidationError:
            return value


class ExerciceForm(forms.Form):
    """The exercice of a bilan, from the address; nothing chosen is the whole period."""

    def __init__(self, *args, exercices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exercice"] = ExerciceField(exercices=exercices)


class ReunionField(forms.ModelChoiceField):
    def label_from_instance(self, reunion):
        return reunion_en_mots(reunion)
