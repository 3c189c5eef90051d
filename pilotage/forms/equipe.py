"""Forms of the team: what a person may do, invitations, pilots without an account."""

from django import forms
from django.contrib.auth import password_validation
from django.db.models import Q
from django.utils import timezone

from accounts.models import User, normalize_email
from actions.models import FicheAction
from axes.enums import ROLES_EN_MOTS, ROLES_GERANT_EQUIPE, Role
from axes.models import Axe, Convention, Invitation, Membre
from axes.services.equipe import EquipeRefus, check_coordination_remains
from ctg_portal.lib.forms import DernierJourFormField, EditForm

CONFIRMATION = "confirmation"


def _role_en_mots(role: Role) -> str:
    return f"{role.label.capitalize()}\u00a0: {ROLES_EN_MOTS[role]}"


class DroitForm(EditForm):
    """A role with what goes with it; what the chosen role does not use is dropped."""

    role = forms.ChoiceField(
        label="Rôle",
        choices=[(role.value, _role_en_mots(role)) for role in Role],
        widget=forms.RadioSelect,
    )
    axes = forms.ModelMultipleChoiceField(
        Axe.objects.none(),
        label="Axes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pour une référente ou un référent\u00a0: les axes qu’elle ou il tient à jour.",
    )
    fiches = forms.ModelMultipleChoiceField(
        FicheAction.objects.none(),
        label="Fiches actions",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pour une contribution\u00a0: les fiches qui lui sont confiées.",
    )
    expire_le = DernierJourFormField(
        label="Jusqu’au",
        required=False,
        help_text="Dernier jour de ce droit, par exemple «\u00a031 décembre 2027\u00a0»"
        " ou «\u00a0juin 2027\u00a0». Vide\u00a0: sans limite.",
    )

    def __init__(self, *args, convention: Convention, **kwargs):
        self.convention = convention
        super().__init__(*args, **kwargs)
        self.fields["axes"].queryset = Axe.objects.filter(convention=convention)
        self.offer_fiches()

    def offer_fiches(self, held: list[int] = ()):
        """Those of the plan; an archived one that was confided stays so until it is taken back."""
        self.fields["fiches"].queryset = (
            FicheAction.objects.of_convention(self.convention)
            .filter(Q(archivee=False) | Q(pk__in=held))
            .select_related("axe")
            .in_order()
        )

    @property
    def context(self):
        return {"convention": self.convention}

    def clean_expire_le(self):
        date = self.cleaned_data["expire_le"]
        if date and date < timezone.localdate() and "expire_le" in self.changed_data:
            raise forms.ValidationError("Cette date est passée.", code="passee")
        return date

    def clean(self):
        super().clean()
        role = self.cleaned_data.get("role")
        for name, owner, missing in (
            ("axes", Role.REFERENT, "Choisissez au moins un axe pour ce rôle."),
            ("fiches", Role.CONTRIBUTEUR, "Choisissez au moins une fiche pour ce rôle."),
        ):
            if role and role != owner:
                self.cleaned_data[name] = []
            elif role and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, missing)


class InvitationForm(DroitForm):
    field_order = ["email", "nom", "role", "axes", "fiches", "expire_le"]

    class Meta:
        model = Invitation
        fields = ["email", "nom", "role", "axes", "expire_le"]
        help_texts = {
            "email": "Le lien d’invitation y est envoyé\u00a0; elle servira à se connecter.",
            "nom": "Facultatif\u00a0: la personne pourra le corriger.",
        }

    def clean_email(self):
        return normalize_email(self.cleaned_data["email"])


class MembreForm(DroitForm):
    """Edit what a member may do; `soi` when it is the very person who edits."""

    field_order = ["role", "axes", "fiches", "expire_le", CONFIRMATION]

    confirmation = forms.BooleanField(
        label="Je sais que je n’aurai plus accès à cette page", required=False
    )

    class Meta:
        model = Membre
        fields = ["role", "axes", "expire_le"]

    def __init__(self, *args, soi: bool, **kwargs):
        self.soi = soi
        super().__init__(*args, **kwargs)
        held = sorted(self.instance.attributions.values_list("fiche_id", flat=True))
        self.fields["fiches"].initial = held
        self.offer_fiches(held)
        self.fields[CONFIRMATION].show_hidden_initial = False
        if not soi:
            del self.fields[CONFIRMATION]

    @property
    def context(self):
        return {**super().context, "soi": self.soi}

    def clean(self):
        super().clean()
        role = self.cleaned_data.get("role")
        leaves = role is not None and role not in ROLES_GERANT_EQUIPE
        if self.soi and leaves and not self.cleaned_data.get(CONFIRMATION):
            self.add_error(
                CONFIRMATION,
                "C’est votre propre droit\u00a0: avec ce rôle, vous ne gérerez plus l’équipe."
                " Cochez cette case pour le confirmer.",
            )
        if role is not None:
            self._check_coordination(role)

    def _check_coordination(self, role: str) -> None:
        """Said beside the field; the service asks again, once the team is locked."""
        date = self.cleaned_data.get("expire_le")
        try:
            check_coordination_remains(self.instance, role=role, expire_le=date)
        except EquipeRefus as refus:
            self.add_error(refus.champ, str(refus))

    def droit(self) -> dict[str, object]:
        """What was submitted of the grant itself."""
        return {name: v for name, v in self.cleaned_data.items() if name != CONFIRMATION}


class RelierForm(forms.Form):
    """Which name, and whose account."""

    nom = forms.ChoiceField(label="Pilote")
    membre = forms.ModelChoiceField(
        Membre.objects.none(), label="Compte", empty_label="Choisir un membre de l’équipe"
    )

    def __init__(self, *args, convention: Convention, noms: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nom"].choices = [("", "Choisir un nom"), *((nom, nom) for nom in noms)]
        self.fields["membre"].queryset = (
            Membre.objects.running()
            .filter(convention=convention)
            .select_related("user")
            .order_by("user__nom", "pk")
        )


class OuvertureCompteForm(forms.Form):
    """What opens the account of an invited person."""

    nom = forms.CharField(
        label="Prénom et nom",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Tels qu’ils apparaîtront dans le journal et les bilans.",
    )
    mot_de_passe = forms.CharField(
        label="Mot de passe",
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Douze caractères au moins. Vide\u00a0: vous vous connecterez par un code reçu"
        " par courriel.",
    )

    def __init__(self, *args, email: str, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self):
        super().clean()
        password = self.cleaned_data.get("mot_de_passe")
        if password:
            person = User(email=self.email, nom=self.cleaned_data.get("nom", ""))
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("mot_de_passe", error)
