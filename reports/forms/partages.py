"""What gives a link to a bilan, and the code that opens it."""

import datetime
import secrets

from django import forms

from ctg_portal.lib.forms import DernierJourFormField
from ctg_portal.lib.typographie import date_longue

from ..models import Partage
from ..services.partages import DUREE, DUREE_MAX, check_end
from ..services.refus import PartageRefus

CODE_MIN = 6
CODE_MAX = 100
# Neither corrected nor completed by the browser, nor offered to the next person.
COMME_TAPE = {
    "autocomplete": "off",
    "autocapitalize": "none",
    "autocorrect": "off",
    "spellcheck": "false",
    # Not among the drafts that the browser keeps.
    "data-secret": "",
}


class PartageForm(forms.Form):
    """For whom a link is, until when, and the code that may go with it.

    `demande` is another one each time the form is shown: a page that is sent twice gives one link.
    """

    demande = forms.CharField(
        required=False, max_length=64, initial=secrets.token_urlsafe, widget=forms.HiddenInput
    )
    pour = forms.CharField(
        label="Pour qui",
        max_length=Partage._meta.get_field("pour").max_length,
        help_text="Pour retrouver ce lien dans la liste, par exemple «\u00a0Caf, service"
        " territorial\u00a0». La personne qui l’ouvre ne le voit pas.",
    )
    expire_le = DernierJourFormField(label="Jusqu’au")
    code = forms.CharField(
        label="Code",
        required=False,
        min_length=CODE_MIN,
        max_length=CODE_MAX,
        widget=forms.TextInput(attrs=COMME_TAPE),
        help_text=f"Facultatif, {CODE_MIN} caractères au moins. Il sera demandé en plus du"
        " lien\u00a0; donnez-le autrement, de vive voix par exemple.",
    )

    def __init__(self, *args, today: datetime.date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        self.fields["expire_le"].initial = today + DUREE
        self.fields["expire_le"].help_text = (
            "Dernier jour où le lien fonctionne\u00a0; un an au plus, soit le"
            f" {date_longue(today + DUREE_MAX)}."
        )

    def clean_expire_le(self):
        expire_le = self.cleaned_data["expire_le"]
        try:
            check_end(expire_le, today=self.today)
        except PartageRefus as refus:
            raise forms.ValidationError(str(refus), code="duree") from refus
        return expire_le


class CodeForm(forms.Form):
    """The code that goes with a link."""

    FAUX = "Ce n’est pas le code de ce lien. Majuscules et minuscules comptent."
    TROP_D_ESSAIS = (
        "Trop d’essais manqués. Attendez cinq minutes\u00a0; si cela se répète, demandez un"
        " autre lien à la personne qui vous l’a donné."
    )

    code = forms.CharField(
        label="Code",
        max_length=CODE_MAX,
        widget=forms.TextInput(attrs=COMME_TAPE),
        help_text="Donné à part par la personne qui vous a transmis ce lien.",
    )
