"""Forms of a person's own account."""

from django import forms

from accounts.models import User


class MonCompteForm(forms.ModelForm):
    """What a person may change about herself; the address is changed by whoever invites."""

    class Meta:
        model = User
        fields = ["nom"]
        widgets = {"nom": forms.TextInput(attrs={"autocomplete": "name"})}
