import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_address_is_kept_in_lower_case():
    user = User.objects.create_user(" Camille.Martin@Exemple.FR ", nom="Camille Martin")
    assert user.email == "camille.martin@exemple.fr"
    assert User.objects.get_by_natural_key("CAMILLE.martin@exemple.fr") == user


def test_a_person_without_password_signs_in_by_code_only():
    assert not User.objects.create_user("a@exemple.fr").has_usable_password()


def test_no_account_without_address():
    with pytest.raises(ValueError, match="adresse électronique"):
        User.objects.create_user("  ")


def test_the_database_refuses_the_same_address_in_other_letters(person):
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email=person.email.upper(), nom="Autre")])


def test_the_database_refuses_an_empty_address():
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="", nom="Personne")])


@pytest.mark.parametrize("email", ["camille.martin@exemple.fr", "CAMILLE.MARTIN@exemple.fr"])
def test_the_same_address_is_refused_once_and_in_french(person, email):
    with pytest.raises(ValidationError) as refusal:
        User(email=email, nom="Autre", password="x").full_clean()
    assert refusal.value.messages == ["Un compte existe déjà avec cette adresse électronique."]


def test_an_administrator_is_staff_and_superuser():
    user = User.objects.create_superuser("admin@exemple.fr", "une phrase de passe", nom="Admin")
    assert (user.is_staff, user.is_superuser) == (True, True)


def test_a_person_is_shown_by_her_name_or_else_her_address():
    assert str(User(nom="Camille Martin", email="c@exemple.fr")) == "Camille Martin"
    assert str(User(email="c@exemple.fr")) == "c@exemple.fr"
