import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from actions.forms.fiches import CadreForm, IdentiteForm
from actions.models import FicheAction
from copil.forms.reunions import CadreReunionForm
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.edits import Conflict
from ctg_portal.lib.fields import DatePartielleField, PeriodeField, TextField
from ctg_portal.lib.forms import DatePartielleFormField, PeriodeFormField
from ctg_portal.lib.periodes import parse_periode
from indicators.models import Valeur
from tests.factories import (
    ConventionFactory,
    FicheFactory,
    IndicateurFactory,
    ReunionFactory,
    ValeurFactory,
)

DATES = [
    "2019",
    "2020 (été 2020)",
    "2020-01",
    "2020-01-15",
    "2020-01-15/2020-03-02",
    "2020-06",
    "2021/2023",
]


@pytest.mark.django_db
def test_the_database_gives_back_what_it_was_given():
    axe = FicheFactory().axe
    for code in DATES:
        FicheFactory(axe=axe, debut=parse_date(code), code=code[:20])
    stored = FicheAction.objects.exclude(debut=None)
    assert sorted(fiche.debut.code for fiche in stored) == DATES


@pytest.mark.django_db
def test_the_database_sorts_by_first_then_last_day():
    axe = FicheFactory().axe
    for code in DATES:
        FicheFactory(axe=axe, debut=parse_date(code))
    in_base = [f.debut for f in FicheAction.objects.exclude(debut=None).order_by("debut", "pk")]
    assert [(d.debut, d.fin) for d in in_base] == sorted((d.debut, d.fin) for d in in_base)


@pytest.mark.django_db
def test_first_and_last_days_are_compared_in_the_database():
    fiche = FicheFactory(debut=parse_date("2020"), fin=parse_date("juin 2022"))
    at = FicheAction.objects.filter
    assert at(debut__premier_jour="2020-01-01", debut__dernier_jour="2020-12-31").get() == fiche
    assert at(fin__dernier_jour__lt="2022-07-01").exists()
    assert not at(fin__dernier_jour__lt="2022-06-30").exists()


@pytest.mark.django_db
def test_a_period_is_kept_by_its_code():
    indicateur = IndicateurFactory()
    for code in ("2019", "2021/2022", "2022-06", "2022-12-31", "convention"):
        ValeurFactory(indicateur=indicateur, periode=parse_periode(code))
    assert Valeur.objects.get(periode="2021/2022").periode == parse_periode("2021/2022")
    assert Valeur.objects.get(periode=parse_periode("juin 2022")).periode.code == "2022-06"


@pytest.mark.parametrize("field", [DatePartielleField(blank=True), PeriodeField(blank=True)])
def test_a_text_that_is_neither_is_refused_in_french(field):
    with pytest.raises(ValidationError, match=r"Écrivez|n’est pas une date"):
        field.clean("pas du temps", None)


def test_a_text_has_a_limit_and_no_nul():
    field = TextField(blank=True)
    assert field.clean("a" * 20_000, None) == "a" * 20_000
    for value in ("a" * 20_001, "nul\x00"):
        with pytest.raises(ValidationError):
            field.clean(value, None)


# --- In forms ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", DATES)
def test_a_date_shown_in_a_form_comes_back_the_same(code):
    field = DatePartielleFormField(required=False)
    date = parse_date(code)
    assert field.clean(field.prepare_value(date)) == date
    assert not field.has_changed(date, field.prepare_value(date))


@pytest.mark.parametrize("field_class", [DatePartielleFormField, PeriodeFormField])
def test_an_empty_field_is_no_value(field_class):
    field = field_class(required=False)
    assert field.clean("") is None
    assert field.clean("   ") is None
    assert not field.has_changed(None, "")


@pytest.mark.parametrize("field_class", [DatePartielleFormField, PeriodeFormField])
@given(texte=st.text(max_size=200))
def test_a_form_field_takes_or_refuses_and_never_breaks(field_class, texte):
    field = field_class(required=False)
    try:
        value = field.clean(texte)
    except ValidationError:
        return
    if value is not None:
        assert field.clean(field.prepare_value(value)) == value
        assert "\x00" not in value.code


@pytest.mark.parametrize("texte", ["2020 (été\x00)", "2" * 141, "2020 (" + "x" * 140 + ")"])
def test_limits_are_those_of_the_text_typed(texte):
    with pytest.raises(ValidationError):
        DatePartielleFormField(required=False).clean(texte)


# --- Forms that carry what they were opened with -----------------------------------------------


def posted(form, **typed) -> QueryDict:
    """What a browser sends back from this unbound form, after typing."""
    data = QueryDict(mutable=True)
    for bound in form:
        for key, value in (
            (bound.html_name, bound.value()),
            (bound.html_initial_name, bound.initial),
        ):
            value = bound.field.prepare_value(value)
            if isinstance(value, (list, tuple)):
                data.setlist(key, [str(getattr(item, "pk", item)) for item in value])
            elif value is not False or key == bound.html_initial_name:
                data[key] = "" if value is None else str(value)
    for name, value in typed.items():
        data[name] = value
    return data


@pytest.mark.django_db
def test_a_form_sent_back_untouched_changes_nothing():
    fiche = FicheFactory(debut=parse_date("juin 2022"), fin=parse_date("2023"))
    form = IdentiteForm(posted(IdentiteForm(instance=fiche)), instance=fiche)
    assert form.is_valid(), form.errors
    opened = form.opened_values()
    assert str(opened["debut"]) == "juin 2022"
    assert opened["axe"] == fiche.axe
    assert {name for name in form.fields if opened[name] != form.cleaned_data[name]} <= {
        "communes",
        "thematiques",
        "fiches_liees",
    }


@pytest.mark.django_db
def test_sending_again_after_a_conflict_settles_it():
    reunion = ReunionFactory(convention=ConventionFactory(), lieu="Cremps")
    data = posted(CadreReunionForm(instance=reunion), lieu="Limogne")
    form = CadreReunionForm(data, instance=ReunionFactory._meta.model.objects.get(pk=reunion.pk))
    assert form.is_valid()
    again = form.rebased([Conflict("lieu", "Vaylats", "Limogne")])
    assert again.is_valid()
    assert again.opened_values()["lieu"] == "Vaylats"
    assert again.cleaned_data["lieu"] == "Limogne"


@pytest.mark.django_db
def test_an_opening_value_that_was_tampered_with_is_left_out():
    fiche = FicheFactory()
    data = posted(IdentiteForm(instance=fiche))
    data["initial-debut"] = "n’importe quoi"
    data["initial-axe"] = "999999"
    form = IdentiteForm(data, instance=fiche)
    assert form.is_valid()
    assert {"debut", "axe"} & form.opened_values().keys() == set()


@pytest.mark.django_db
def test_a_text_shown_in_a_form_is_still_the_same_text():
    fiche = FicheFactory(contexte="Un.\n\n- deux\n- trois")
    form = CadreForm(posted(CadreForm(instance=fiche)), instance=fiche)
    assert form.is_valid()
    assert form.cleaned_data["contexte"] == fiche.contexte
