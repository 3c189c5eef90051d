"""The two bilans to compare."""

from django import forms

from ctg_portal.lib.forms import use_quick_selects


class ComparerForm(forms.Form):
    """The two bilans to compare, from the address: an arrêté, then a later one or today's."""

    AUJOURDHUI = ""

    de = forms.TypedChoiceField(label="Depuis", coerce=int)
    a = forms.TypedChoiceField(label="Jusqu’à", coerce=int, required=False, empty_value=None)

    def __init__(self, *args, arretes, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(bilan.pk, str(bilan)) for bilan in arretes]
        self.fields["de"].choices = choices
        self.fields["a"].choices = [(self.AUJOURDHUI, "Aujourd’hui"), *choices]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Ce bilan arrêté n’existe pas."
        use_quick_selects(self)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("de") and cleaned.get("de") == cleaned.get("a"):
            raise forms.ValidationError("Choisissez deux bilans différents.")
        return cleaned
