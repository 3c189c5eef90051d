"""Which bilan is asked for."""

from django import forms

PERIODE_ENTIERE = "Toute la période"


class ExerciceForm(forms.Form):
    """The exercice of a bilan, from the address; nothing chosen is the whole period."""

    exercice = forms.TypedChoiceField(
        label="Exercice", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args, exercices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exercice"].choices = [
            ("", PERIODE_ENTIERE),
            *((year, str(year)) for year in exercices),
        ]
        self.fields["exercice"].error_messages["invalid_choice"] = (
            "Aucun bilan n’est possible pour cet exercice."
        )
