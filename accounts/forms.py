"""Forms of a person's own account, and allauth's forms in the words of the portal."""

from allauth.account import forms as allauth_forms
from django import forms
from django.utils import timezone

from accounts.models import Exploitant, User
from ctg_portal.lib.forms import EditForm, NombreField

LABELS = {
    "login": "Adresse électronique",
    "email": "Adresse électronique",
    "password": "Mot de passe",
    "code": "Code reçu",
    "oldpassword": "Mot de passe actuel",
    "password1": "Nouveau mot de passe",
    "password2": "Nouveau mot de passe, une seconde fois",
}


class MonCompteForm(forms.ModelForm):
    """What a person may change about herself; the address is changed by whoever invites."""

    class Meta:
        model = User
        fields = ["nom"]
        widgets = {"nom": forms.TextInput(attrs={"autocomplete": "name"})}


class ExploitantForm(EditForm):
    """What the public pages print of who runs the installation, and of its last audit."""

    audit_taux = NombreField(
        label="Taux de conformité",
        required=False,
        chiffres=5,
        decimales=2,
        min_value=0,
        max_value=100,
        help_text=Exploitant._meta.get_field("audit_taux").help_text,
    )

    class Meta:
        model = Exploitant
        fields = [
            "nom",
            "adresse",
            "contact",
            "publication",
            "hebergeur",
            "dpo",
            "audit_date",
            "audit_taux",
            "audit_auteur",
            "accessibilite",
            "mentions",
            "donnees",
        ]
        widgets = {
            "adresse": forms.Textarea(attrs={"rows": 3}),
            "hebergeur": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_audit_date(self):
        date = self.cleaned_data["audit_date"]
        if date and date.debut > timezone.localdate():
            raise forms.ValidationError("Un audit à venir ne compte pas encore.")
        return date


class PlainLabels:
    """Names the fields in our words, once, and drops the placeholders that repeat them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainLabels, allauth_forms.LoginForm):
    pass


class RequestLoginCodeForm(PlainLabels, allauth_forms.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(PlainLabels, allauth_forms.ConfirmLoginCodeForm):
    pass


class ReauthenticateForm(PlainLabels, allauth_forms.ReauthenticateForm):
    pass


class ResetPasswordForm(PlainLabels, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordFromKeyForm(PlainLabels, allauth_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(PlainLabels, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(PlainLabels, allauth_forms.SetPasswordForm):
    pass
