import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from axes.enums import THEMATIQUES_NATIONALES
from axes.models import Convention, Thematique
from ctg_portal.lib.dates import parse_date
from tests.factories import (
    AxeFactory,
    CommuneFactory,
    ConventionFactory,
    FicheFactory,
    InvitationFactory,
    JalonFactory,
    MembreFactory,
    ObjectifFactory,
    RepresentantFactory,
    SignataireFactory,
    ThematiqueFactory,
)
from tests.rules import assert_breaks, constraint_names

pytestmark = pytest.mark.django_db


def second(factory, **fields):
    """Another row, not saved, that says the same as one that is saved."""
    factory(**fields)
    return factory.build(**fields)


RULES = {
    "convention_couleur_de_la_liste": lambda: ConventionFactory.build(couleur="rose"),
    "convention_fin_apres_debut": lambda: ConventionFactory.build(
        debut=parse_date("2024"), fin=parse_date("2020")
    ),
    "commune_unique": lambda: _renamed(CommuneFactory, "nom", "Cremps", "CREMPS"),
    "signataire_unique": lambda: _renamed(SignataireFactory, "organisme", "Caf", "CAF"),
    "representant_nomme": lambda: RepresentantFactory.build(
        signataire=SignataireFactory(), nom="", qualite=""
    ),
    "thematique_nationale_unique": lambda: second(ThematiqueFactory, nom="pêche à la ligne"),
    "thematique_locale_unique": lambda: second(
        ThematiqueFactory, nom="mémoire", convention=ConventionFactory()
    ),
    "axe_reference_unique": lambda: second(
        AxeFactory, convention=ConventionFactory(), reference="1"
    ),
    "objectif_reference_unique": lambda: second(ObjectifFactory, axe=AxeFactory(), reference="A"),
    "membre_unique": lambda: _same_member(),
    "membre_role_de_la_liste": lambda: MembreFactory.build(
        user=MembreFactory().user, convention=ConventionFactory(), role="invité"
    ),
    "invitation_adresse_en_minuscules": lambda: _invitation(email="Alix@exemple.fr"),
    "invitation_role_de_la_liste": lambda: _invitation(role="invité"),
    "invitation_une_seule_fin": lambda: _invitation(
        acceptee_le=timezone.now(), retiree_le=timezone.now()
    ),
    "invitation_une_seule_en_attente": lambda: _invited_twice(),
}


def _renamed(factory, field, first, other):
    convention = ConventionFactory()
    factory(convention=convention, **{field: first})
    return factory.build(convention=convention, **{field: other})


def _invitation(**fields):
    return InvitationFactory.build(convention=ConventionFactory(), **fields)


def _invited_twice():
    first = InvitationFactory()
    return InvitationFactory.build(convention=first.convention, email=first.email)


def _same_member():
    membre = MembreFactory()
    return MembreFactory.build(user=membre.user, convention=membre.convention)


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_refused(name):
    assert_breaks(RULES[name](), name)


def test_every_rule_is_broken_once():
    assert set(RULES) == constraint_names("axes")


def test_an_address_is_taken_once():
    ConventionFactory(slug="pays")
    with pytest.raises(ValidationError) as refused:
        ConventionFactory.build(slug="pays").full_clean()
    assert "Une convention porte déjà cette adresse." in refused.value.messages


@pytest.mark.parametrize(
    ("debut", "fin"),
    [
        (None, None),
        ("2019", None),
        (None, "2022"),
        ("2022", "2022"),
        ("juin 2022", "2022"),
        # The end may be known less exactly than the beginning.
        ("31 décembre 2022", "2022"),
    ],
)
def test_what_is_not_known_of_a_period_forbids_nothing(debut, fin):
    convention = ConventionFactory(debut=debut and parse_date(debut), fin=fin and parse_date(fin))
    convention.validate_constraints()


def test_two_axes_without_reference_are_no_duplicates():
    convention = ConventionFactory()
    AxeFactory.create_batch(2, convention=convention, reference="", numero="1")


def test_a_convention_that_was_renewed_is_not_deleted_with_the_next():
    old = ConventionFactory()
    ConventionFactory(precedente=old)
    with pytest.raises(ProtectedError):
        old.delete()


def test_an_axe_is_not_deleted_under_its_fiches():
    axe = FicheFactory().axe
    with pytest.raises(ProtectedError):
        axe.delete()
    with pytest.raises(ProtectedError):
        axe.convention.delete()


def test_the_national_thematiques_are_offered_beside_the_local_ones():
    convention = ConventionFactory()
    local = ThematiqueFactory(nom="mémoire locale", convention=convention)
    ThematiqueFactory(nom="d’ailleurs", convention=ConventionFactory())
    for nom in THEMATIQUES_NATIONALES:
        Thematique.objects.get_or_create(nom=nom, convention=None)
    offered = set(Thematique.objects.offered_to(convention).values_list("nom", flat=True))
    assert offered == {*THEMATIQUES_NATIONALES, local.nom}


@pytest.mark.parametrize(
    ("debut", "fin", "periode"),
    [
        ("2019", "2022", "2019-2022"),
        ("2022", "juin 2022", "2022"),
        ("2019", None, "2019"),
        (None, None, ""),
    ],
)
def test_the_period_in_years(debut, fin, periode):
    convention = Convention(debut=debut and parse_date(debut), fin=fin and parse_date(fin))
    assert convention.periode == periode


def test_a_year_is_outside_only_when_that_is_known():
    convention = Convention(debut=parse_date("juin 2019"), fin=parse_date("2022"))
    assert [year for year in range(2017, 2025) if convention.covers(year)] == [
        2019,
        2020,
        2021,
        2022,
    ]
    assert Convention().covers(1999)


def test_milestones_are_told_in_the_order_of_time():
    convention = ConventionFactory()
    for date in ("2022", "juin 2018", "9 octobre 2020"):
        JalonFactory(convention=convention, date=parse_date(date), intitule=date)
    assert [jalon.intitule for jalon in convention.jalons.all()] == [
        "juin 2018",
        "9 octobre 2020",
        "2022",
    ]
