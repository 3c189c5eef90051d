"""Signing in: by password, by e-mailed code, and the limits on both."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "une phrase de passe"
LOGIN = "/comptes/connexion/"
ASK_CODE = "/comptes/connexion/code/"
TYPE_CODE = "/comptes/connexion/code/saisie/"


def submit(client, email, password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def form_errors(response):
    """Return the messages of the form, with one kind of apostrophe."""
    messages = [
        str(message) for errors in response.context["form"].errors.values() for message in errors
    ]
    return [message.replace("'", "’") for message in messages]


@pytest.mark.parametrize("email", ["camille.martin@exemple.fr", "Camille.MARTIN@Exemple.fr"])
def test_the_password_opens_the_session_whatever_the_case_of_the_address(client, person, email):
    response = submit(client, email)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_the_page_asked_for_comes_after_signing_in(client, person):
    response = client.post(f"{LOGIN}?next=/comptes/", {"login": person.email, "password": PASSWORD})
    assert response["Location"] == "/comptes/"


def test_another_site_never_comes_after_signing_in(client, person):
    response = client.post(
        f"{LOGIN}?next=https://exemple.org/", {"login": person.email, "password": PASSWORD}
    )
    assert response["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person):
    known = submit(client, person.email, "autre chose encore")
    unknown = submit(client, "inconnue@exemple.fr", "autre chose encore")
    assert form_errors(known) == form_errors(unknown)
    assert len(form_errors(known)) == 1
    assert not is_signed_in(client)


def test_the_sixth_attempt_is_refused_even_with_the_right_password(client, person):
    for _ in range(5):
        submit(client, person.email, "autre chose encore")
    response = submit(client, person.email)
    [message] = form_errors(response)
    assert "Trop de tentatives" in message
    assert not is_signed_in(client)


def test_the_attempts_on_one_account_do_not_shut_out_another(client, person):
    other = User.objects.create_user("dominique@exemple.fr", PASSWORD, nom="Dominique")
    for _ in range(5):
        submit(client, person.email, "autre chose encore")
    submit(client, other.email)
    assert is_signed_in(client)


def test_a_closed_account_stays_out(client, person):
    person.is_active = False
    person.save(update_fields=["is_active"])
    submit(client, person.email)
    assert not is_signed_in(client)


def ask_code(client, email):
    return client.post(ASK_CODE, {"email": email})


def code_in(message):
    """Return the code that the e-mail `message` carries."""
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", message.body, re.MULTILINE)[1]


def test_a_code_received_by_mail_opens_the_session(client):
    invited = User.objects.create_user("invitee@exemple.fr", nom="Invitée")
    response = ask_code(client, "INVITEE@exemple.fr")
    assert (response.status_code, response["Location"]) == (302, TYPE_CODE)
    [message] = mail.outbox
    assert message.to == [invited.email]
    response = client.post(TYPE_CODE, {"code": code_in(message)})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(invited.pk)


def test_three_wrong_codes_end_the_attempt(client, person):
    ask_code(client, person.email)
    right = code_in(mail.outbox[0])
    for _ in range(3):
        client.post(TYPE_CODE, {"code": "AAAA-AAAA"})
    client.post(TYPE_CODE, {"code": right})
    assert not is_signed_in(client)


def test_an_unknown_address_is_answered_alike_and_receives_nothing(client):
    response = ask_code(client, "inconnue@exemple.fr")
    assert (response.status_code, response["Location"]) == (302, TYPE_CODE)
    assert mail.outbox == []


def test_the_fourth_code_within_a_minute_is_refused_in_french(person):
    answers = [ask_code(Client(), person.email) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    [message] = form_errors(answers[-1])
    assert "Trop de tentatives" in message
    assert len(mail.outbox) == 3


def test_too_many_requests_from_one_place_have_a_page_in_french(client):
    answers = [client.post(LOGIN, {"login": ""}) for _ in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    content = answers[30].content.decode()
    assert "<h1>Trop de demandes</h1>" in content
    assert '<html lang="fr"' in content


def test_a_person_without_password_may_choose_one(client):
    invited = User.objects.create_user("invitee@exemple.fr", nom="Invitée")
    client.force_login(invited)
    response = client.get(reverse("account_change_password"))
    assert response["Location"] == reverse("account_set_password")
    choice = {"password1": "trois mots au hasard", "password2": "trois mots au hasard"}
    response = client.post(reverse("account_set_password"), choice)
    assert response["Location"] == "/comptes/"
    invited.refresh_from_db()
    assert invited.check_password("trois mots au hasard")
    assert [message.to for message in mail.outbox] == [[invited.email]]


@pytest.mark.parametrize("refused", ["onze signes", "123456789012", "camille.martin"])
def test_a_weak_password_is_refused(client, person, refused):
    client.force_login(person)
    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": refused, "password2": refused},
    )
    assert response.status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_forgotten_password_is_replaced_through_the_link_of_the_mail(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    [message] = mail.outbox
    link = re.search(r"http://testserver(/\S+)", message.body)[1]
    response = client.get(link, follow=True)
    form_address = response.redirect_chain[-1][0]
    client.post(
        form_address, {"password1": "trois mots au hasard", "password2": "trois mots au hasard"}
    )
    person.refresh_from_db()
    assert person.check_password("trois mots au hasard")
    client.get(link)
    assert not is_signed_in(client)


def test_signing_out_takes_a_form(client, person):
    client.force_login(person)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    response = client.post(reverse("account_logout"))
    assert response["Location"] == LOGIN
    assert not is_signed_in(client)
