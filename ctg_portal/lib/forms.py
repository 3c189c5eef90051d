"""Form fields for partial dates and periods, typed in French words."""

from django import forms

from .dates import DateImpossible, parse_date
from .periodes import PeriodeImpossible, parse_periode


class DatePartielleFormField(forms.CharField):
    """A text such as « 9 octobre 2023 » or « juin 2018 », cleaned to a DatePartielle or None."""

    def __init__(self, *, max_length=None, empty_value=None, **kwargs):
        super().__init__(max_length=140, empty_value=None, **kwargs)

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return f"{value.en_mots} ({value.texte})" if value.texte else value.en_mots

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return None
        try:
            return parse_date(value)
        except DateImpossible as error:
            raise forms.ValidationError(str(error), code="date") from error

    def has_changed(self, initial, data):
        return _same_or_text(self, initial) != (data or "").strip()


class PeriodeFormField(forms.CharField):
    """A text such as « 2019 » or « 2021/2022 », cleaned to a Periode or None."""

    def __init__(self, *, max_length=None, empty_value=None, **kwargs):
        super().__init__(max_length=40, empty_value=None, **kwargs)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else value.code

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return None
        try:
            return parse_periode(value)
        except PeriodeImpossible as error:
            raise forms.ValidationError(str(error), code="periode") from error

    def has_changed(self, initial, data):
        return _same_or_text(self, initial) != (data or "").strip()


def _same_or_text(field, initial) -> str:
    return field.prepare_value(initial) or ""
