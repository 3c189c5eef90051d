"""Model fields for what the field writes: partial dates, periods, rich texts."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Substr

from .dates import DateImpossible, DatePartielle, parse_date
from .periodes import Periode, PeriodeImpossible, parse_periode
from .recherche import normalise

TEXTE_MAX = 20_000


class TextField(models.TextField):
    """A long text with a limit and without NUL, which PostgreSQL refuses."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", TEXTE_MAX)
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if value and "\x00" in value:
            raise ValidationError("Ce texte contient un caractère nul, qui n’est pas permis.")
        # Django leaves the limit of a long text to forms: an import has none.
        MaxLengthValidator(self.max_length)(value or "")
        return value


class RichTextField(TextField):
    """Paragraphs, lists, bold, italic, links and small tables, kept as restricted markdown."""

    def formfield(self, **kwargs):
        from .forms import RichTextarea

        return super().formfield(**{"widget": RichTextarea, **kwargs})


class ChercheField(models.TextField):
    """The searched line of a row: its TEXTES_CHERCHES, whenever it is written, in bulk too."""

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance, add):
        texts = (getattr(model_instance, name) for name in model_instance.TEXTES_CHERCHES)
        line = normalise(*texts)
        setattr(model_instance, self.attname, line)
        return line


class DatePartielleField(models.CharField):
    """A DatePartielle or None in one column whose text order is the order of time."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 110
        kwargs.setdefault("default", None)
        kwargs["null"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "null", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return DatePartielle.from_column(value) if value else None

    def to_python(self, value):
        if value is None or isinstance(value, DatePartielle):
            return value
        if not str(value).strip():
            return None
        try:
            return parse_date(str(value))
        except DateImpossible as error:
            raise ValidationError(str(error), code="date") from error

    def get_prep_value(self, value):
        value = self.to_python(value)
        return value.to_column() if value else None

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return value.code if value else ""

    def formfield(self, **kwargs):
        from .forms import DatePartielleFormField

        return super().formfield(**{"form_class": DatePartielleFormField, **kwargs})

    def run_validators(self, value):
        """The length limits the column, not the text typed: nothing else to validate."""


@DatePartielleField.register_lookup
class PremierJour(models.Transform):
    """`champ__premier_jour`: the first day, as ISO text."""

    lookup_name = "premier_jour"
    output_field = models.CharField()

    def as_sql(self, compiler, connection, **kwargs):
        return compiler.compile(Substr(self.lhs, 1, 10))


@DatePartielleField.register_lookup
class DernierJour(models.Transform):
    """`champ__dernier_jour`: the last day, as ISO text."""

    lookup_name = "dernier_jour"
    output_field = models.CharField()

    def as_sql(self, compiler, connection, **kwargs):
        return compiler.compile(Substr(self.lhs, 12, 10))


class PeriodeField(models.CharField):
    """A Periode, kept by its code."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 12
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return parse_periode(value) if value else None

    def to_python(self, value):
        if value is None or isinstance(value, Periode):
            return value
        if not str(value).strip():
            return None
        try:
            return parse_periode(str(value))
        except PeriodeImpossible as error:
            raise ValidationError(str(error), code="periode") from error

    def get_prep_value(self, value):
        value = self.to_python(value)
        return value.code if value else ""

    def value_to_string(self, obj):
        return self.value_from_object(obj).code

    def formfield(self, **kwargs):
        from .forms import PeriodeFormField

        return super().formfield(**{"form_class": PeriodeFormField, **kwargs})

    def run_validators(self, value):
        """The column's length is guaranteed by the parser."""
