"""Form fields for partial dates, periods and numbers, typed as French writes them."""

import datetime
from decimal import Decimal

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .dates import DateImpossible, parse_date
from .periodes import PeriodeImpossible, parse_periode
from .typographie import MOINS, date_longue, nombre


class ParsedFormField(forms.CharField):
    """Base of the fields whose typed text becomes a value: the limits are those of the text."""

    def __init__(self, *, max_length, **kwargs):
        kwargs["empty_value"] = None
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        super().run_validators(text)
        return self.parse(text)

    def run_validators(self, value):
        """Done on the text, before it became a value that has no length."""

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data or "").strip()


# A date in words, its end and its printed words fit in it; more is no date.
LONGUEUR_LUE = 200

SELECTED = SafeString(" selected")


class DatePartielleFormField(ParsedFormField):
    """A text such as « 9 octobre 2023 » or « juin 2018 », cleaned to a DatePartielle or None."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "max_length": 140})

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return f"{value.en_mots} ({value.texte})" if value.texte else value.en_mots

    def parse(self, text: str):
        try:
            return parse_date(text)
        except DateImpossible as error:
            raise forms.ValidationError(str(error), code="date") from error


class DernierJourFormField(DatePartielleFormField):
    """A day typed in words; of a month or a year, the last day counts. Cleaned to a date."""

    def prepare_value(self, value):
        return date_longue(value) if isinstance(value, datetime.date) else value

    def parse(self, text: str) -> datetime.date:
        return super().parse(text).fin


class PeriodeFormField(ParsedFormField):
    """A text such as « 2019 » or « 2021/2022 », cleaned to a Periode or None."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "max_length": 40})

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else value.code

    def parse(self, text: str):
        try:
            return parse_periode(text)
        except PeriodeImpossible as error:
            raise forms.ValidationError(str(error), code="periode") from error


class NombreField(forms.DecimalField):
    """A number typed as French writes it ("36 424,5") or as a machine does."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, decimales: int = 3, chiffres: int = 14, **kwargs):
        super().__init__(max_digits=chiffres, decimal_places=decimales, **kwargs)

    def widget_attrs(self, widget):
        """A text input: a numeric one has neither steps nor bounds to say here."""
        return {}

    def prepare_value(self, value):
        return nombre(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").replace(MOINS, "-")
        return super().to_python(value)

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True


class SelectWidget(forms.Select):
    """Django’s list of choices, without groups, joined in Python; still a "select" to templates.

    Django renders templates for each option; the filters of a page hold a hundred of them.
    """

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SELECTED if key in chosen else "", label)
                for key, label in ((str(key or ""), label) for key, label in self.choices)
            ),
        )
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", attributes, options)


def use_quick_selects(form: forms.Form) -> None:
    """Give every single-choice list of this form the widget that is cheap to render."""
    for field in form.fields.values():
        if type(field.widget) is forms.Select:
            field.widget = SelectWidget(attrs=field.widget.attrs, choices=field.choices)


def name_empty_choices(form: forms.BaseForm) -> None:
    """Words where Django draws dashes: what no choice means, or that one has to be made."""
    (blank,) = BLANK_CHOICE_DASH
    for field in form.fields.values():
        words = "Choisir…" if field.required else "non renseigné"
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label == blank[1]:
                field.empty_label = words
        elif isinstance(field, forms.ChoiceField) and blank in field.choices:
            field.choices = [("", words) if choice == blank else choice for choice in field.choices]


class RichTextarea(forms.Textarea):
    """A plain text area; where scripts run, with its buttons, its preview and its paste."""

    template_name = "django/forms/widgets/texte_riche.html"

    class Media:
        css = {"all": ["css/editeur.css"]}
        js = [
            forms.Script("js/collage.js", defer=True),
            forms.Script("js/editeur.js", defer=True),
        ]


class EditForm(forms.ModelForm):
    """A form that carries the value each field was opened with, so that edits can be merged."""

    #: What the rows of a list often share: kept from one to the next when they are typed in a row.
    KEPT_FIELDS: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_empty_choices(self)
        for field in self.fields.values():
            field.show_hidden_initial = not isinstance(field, forms.FileField)

    def opened_values(self) -> dict[str, object]:
        """Cleaned opening values by field; one that cannot be read is left out.

        A list that was opened empty sends nothing: among other opening values, that means empty.
        """
        keys = {name: self.add_initial_prefix(name) for name in self.fields}
        carries_opening = any(key in self.data for key in keys.values())
        opened = {}
        for name, field in self.fields.items():
            is_list = isinstance(field, forms.ModelMultipleChoiceField)
            if not field.show_hidden_initial or not carries_opening:
                continue
            if keys[name] not in self.data and not is_list:
                continue
            widget = field.hidden_widget()
            raw = widget.value_from_datadict(self.data, self.files, keys[name])
            try:
                opened[name] = list(field.clean(raw)) if is_list else field.to_python(raw or "")
            except forms.ValidationError:
                continue
        return opened

    def rebased(self, conflicts):
        """The same typed values over today's stored ones: sending it again settles the conflict."""
        data = self.data.copy()
        for conflict in conflicts:
            key = self.add_initial_prefix(conflict.champ)
            value = self.fields[conflict.champ].prepare_value(conflict.actuel)
            if isinstance(value, (list, tuple)):
                data.setlist(key, [str(item) for item in value])
            else:
                data[key] = "" if value is None else str(value)
        return type(self)(
            data, self.files, instance=self.instance, prefix=self.prefix, **self.context
        )

    @property
    def context(self) -> dict[str, object]:
        """Extra arguments that a subclass needs to be built again."""
        return {}
