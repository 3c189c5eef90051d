"""The pages of the team and of the invitations that lead to it."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actions.models import PiloteFiche
from axes.enums import Role
from axes.models import Invitation, Membre, PiloteAxe
from axes.services.equipe import fingerprint
from journal.models import Entree
from tests.factories import (
    AxeFactory,
    FicheFactory,
    InvitationFactory,
    InvitationFicheFactory,
    MembreFactory,
    UserFactory,
    member,
    yesterday,
)

pytestmark = pytest.mark.django_db

JETON = "jeton-de-ce-test"
PASSWORD = "une phrase de passe"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def coordination(client, plan):
    client.force_login(plan.coordination)
    return client


def url(name, *args) -> str:
    return reverse(f"pilotage:{name}", args=["vallee", *args])


def link(jeton=JETON) -> str:
    return reverse("pilotage:invitation", args=[jeton])


def page(client, address=None, status=200) -> str:
    response = client.get(address or url("equipe"))
    assert response.status_code == status
    return response.content.decode()


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def invited(plan, **fields) -> Invitation:
    given = {"convention": plan.convention, "email": "alix@exemple.fr", "nom": "Alix Exemple"}
    return InvitationFactory(jeton=fingerprint(JETON), **given | fields)


def membre_of(user) -> Membre:
    return Membre.objects.get(user=user)


# --- The page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_coordination_and_administration_open_the_team(client, plan, role):
    client.force_login(member(plan.convention, role))
    manages = role in (Role.COORDINATION, Role.ADMINISTRATION)
    assert client.get(url("equipe")).status_code == (200 if manages else 403)


def test_only_those_who_may_open_the_team_find_its_tab(client, plan):
    client.force_login(plan.coordination)
    assert url("equipe") in page(client, url("tableau"))
    client.force_login(plan.lecteur)
    assert url("equipe") not in page(client, url("tableau"))


def test_the_administration_manages_the_team_without_a_way_to_the_contents(client, plan):
    client.force_login(member(plan.convention, Role.ADMINISTRATION))
    text = page(client)
    for name in ("tableau", "plan", "journal"):
        assert f'href="{url(name)}"' not in text
        assert client.get(url(name)).status_code == 404


def test_it_tells_who_may_do_what_and_until_when(coordination, plan):
    limit = timezone.localdate() + datetime.timedelta(days=1)
    referent = member(plan.convention, Role.REFERENT, axes=[plan.axe], expire_le=limit)
    over = member(plan.convention, Role.LECTEUR, expire_le=yesterday())
    text = page(coordination)
    running, ended = text.split('id="echus"')
    for words in (referent.nom, referent.email, "2. Accueillir les enfants", "2.A1", "(vous)"):
        assert words in running
    assert f"Jusqu’au {limit.day}" in running or "Jusqu’au 1er" in running
    assert over.email not in running
    assert over.email in ended


def test_pending_invitations_tell_when_their_link_ends(coordination, plan):
    invited(plan)
    with time_machine.travel(timezone.now() - datetime.timedelta(days=9)):
        InvitationFactory(convention=plan.convention, email="tard@exemple.fr")
    InvitationFactory(
        convention=plan.convention, email="retiree@exemple.fr", retiree_le=timezone.now()
    )
    InvitationFactory(email="ailleurs@exemple.fr")
    text = page(coordination)
    assert "alix@exemple.fr" in text
    assert "Le lien sert jusqu’au" in text
    assert "tard@exemple.fr" in text
    assert "Le lien ne sert plus depuis" in text
    assert "retiree@exemple.fr" not in text
    assert "ailleurs@exemple.fr" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(client, plan, count, django_assert_num_queries):
    for _ in range(count):
        axe = AxeFactory(convention=plan.convention)
        fiche = FicheFactory(axe=axe)
        member(plan.convention, Role.REFERENT, axes=[axe])
        member(plan.convention, Role.CONTRIBUTEUR, fiches=[fiche])
        promise = InvitationFicheFactory(fiche=fiche, invitation__convention=plan.convention)
        promise.invitation.axes.add(axe)
        PiloteAxe.objects.create(axe=axe, nom=f"Pilote {axe.pk}")
        PiloteFiche.objects.create(fiche=fiche, nom=f"Pilote {axe.pk}")
    client.force_login(plan.coordination)
    with django_assert_num_queries(QUERIES):
        page(client)


# session, person, grant and convention; members, axes, fiches confided, fiches, their axes;
# invitations, axes, fiches promised, fiches, their axes; pilots of axes and of fiches.
QUERIES = 15


# --- Inviting ---------------------------------------------------------------------------------


def test_an_invitation_leaves_by_mail_with_a_link_that_works(coordination, plan):
    response = coordination.post(
        url("equipe_inviter"),
        {
            "email": " Alix@Exemple.FR",
            "nom": "Alix Exemple",
            "role": "contributeur",
            "fiches": [plan.fiche.pk],
            # A role that does not use them drops them.
            "axes": [plan.axe.pk],
            "expire_le": "décembre 2090",
        },
        follow=True,
    )
    assert response.redirect_chain == [(url("equipe"), 302)]
    assert "L’invitation est envoyée à alix@exemple.fr." in said(response)
    invitation = Invitation.objects.get()
    assert invitation.auteur == plan.coordination
    assert invitation.expire_le == datetime.date(2090, 12, 31)
    assert [row.fiche for row in invitation.fiches_confiees.all()] == [plan.fiche]
    assert not invitation.axes.exists()
    (courriel,) = mail.outbox
    assert courriel.to == ["alix@exemple.fr"]
    assert courriel.subject == "Portail CTG – invitation : Vallée"
    for words in ("Bonjour Alix Exemple,", "31 décembre 2090", str(plan.coordination)):
        assert words in courriel.body
    (address,) = re.findall(r"http://testserver(/invitations/\S+)", courriel.body)
    coordination.logout()
    assert "Vallée" in page(coordination, address)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "alix"}, "adresse"),
        ({"role": ""}, "obligatoire"),
        ({"role": "roi"}, "roi"),
        ({"role": "referent"}, "Choisissez au moins un axe pour ce rôle."),
        ({"role": "contributeur"}, "Choisissez au moins une fiche pour ce rôle."),
        ({"expire_le": "hier"}, "date"),
        ({"expire_le": "2001"}, "Cette date est passée."),
    ],
)
def test_a_refused_invitation_says_why_and_keeps_what_was_typed(
    coordination, plan, fields, sentence
):
    typed = {"email": "alix@exemple.fr", "nom": "Alix Exemple", "role": "lecteur"} | fields
    response = coordination.post(url("equipe_inviter"), typed)
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    assert 'value="Alix Exemple"' in text
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_axes_and_fiches_of_another_convention_are_not_offered(coordination, plan):
    other = FicheFactory(axe__intitule="Axe d’ailleurs", intitule="Fiche d’ailleurs")
    text = page(coordination, url("equipe_inviter"))
    assert "d’ailleurs" not in text
    for fields in (
        {"role": "contributeur", "fiches": [other.pk]},
        {"role": "referent", "axes": [other.axe_id]},
    ):
        response = coordination.post(url("equipe_inviter"), {"email": "alix@exemple.fr", **fields})
        assert response.status_code == 422


def test_a_member_is_told_to_be_one_already(coordination, plan):
    response = coordination.post(
        url("equipe_inviter"), {"email": plan.lecteur.email, "role": "lecteur"}
    )
    assert response.status_code == 422
    assert "fait déjà partie de l’équipe" in response.content.decode()


def test_a_mail_that_could_not_leave_is_said_and_may_be_sent_again(coordination, plan, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("pilotage.courriels.send_mail", refuse)
    response = coordination.post(
        url("equipe_inviter"), {"email": "alix@exemple.fr", "role": "lecteur"}, follow=True
    )
    assert "le courriel n’est pas parti" in said(response)
    monkeypatch.undo()
    invitation = Invitation.objects.get()
    coordination.post(url("invitation_renvoyer", invitation.pk))
    assert [one.to for one in mail.outbox] == [["alix@exemple.fr"]]


def test_sending_again_kills_the_first_link(client, plan):
    invitation = invited(plan)
    client.force_login(plan.coordination)
    response = client.post(url("invitation_renvoyer", invitation.pk), follow=True)
    assert "est envoyée à alix@exemple.fr" in said(response)
    client.logout()
    page(client, link(), status=404)


def test_a_withdrawn_link_looks_like_an_unknown_one(client, plan):
    invitation = invited(plan)
    client.force_login(plan.coordination)
    assert "n’ouvrira plus rien" in page(client, url("invitation_retirer", invitation.pk))
    assert Invitation.objects.pending().exists()
    client.post(url("invitation_retirer", invitation.pk))
    for name in ("invitation_renvoyer", "invitation_retirer"):
        assert client.post(url(name, invitation.pk)).status_code == 404
    client.logout()
    assert page(client, link(), status=404) == page(client, link("inconnu"), status=404)


def test_the_invitation_of_another_convention_is_unknown_here(coordination, plan):
    other = InvitationFactory()
    for name in ("invitation_renvoyer", "invitation_retirer"):
        assert coordination.post(url(name, other.pk)).status_code == 404
    assert Invitation.objects.pending().count() == 1


# --- Accepting --------------------------------------------------------------------------------


def test_opening_the_link_shows_the_offer_and_creates_nothing(client, plan):
    invited(plan)
    text = page(client, link())
    for words in ("Vallée", "lecture", "alix@exemple.fr", 'value="Alix Exemple"'):
        assert words in text
    assert plan.fiche.intitule not in text
    assert not User.objects.filter(email="alix@exemple.fr").exists()
    assert Invitation.objects.pending().count() == 1


def test_the_offer_is_kept_by_no_cache(client, plan):
    invited(plan)
    assert "no-store" in client.get(link())["Cache-Control"]


def test_an_unknown_address_opens_its_account_and_lands_in_the_convention(client, plan):
    invited(plan)
    response = client.post(link(), {"nom": "Alix Exemple", "mot_de_passe": PASSWORD}, follow=True)
    assert response.redirect_chain == [(url("tableau"), 302)]
    assert "Bienvenue" in said(response)
    user = User.objects.get(email="alix@exemple.fr")
    assert user.check_password(PASSWORD)
    assert membre_of(user).role == Role.LECTEUR
    grants = Entree.objects.filter(content_type__model="membre", actor=user)
    assert grants.count() == 1
    client.logout()
    # Once only, and whoever finds the link learns nothing.
    text = page(client, link(), status=410)
    assert "Ce lien ne sert plus" in text
    assert "alix" not in text


def test_the_administration_lands_on_the_team(client, plan):
    invited(plan, role=Role.ADMINISTRATION)
    response = client.post(link(), {"nom": "Alix Exemple", "mot_de_passe": ""})
    assert response["Location"] == url("equipe")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"nom": ""}, "obligatoire"),
        ({"mot_de_passe": "court"}, "12"),
        ({"mot_de_passe": "123456789012345"}, "numérique"),
        ({"mot_de_passe": "alix@exemple.fr"}, "semblable"),
    ],
)
def test_a_weak_password_or_no_name_opens_nothing(client, plan, fields, sentence):
    invited(plan)
    typed = {"nom": "Alix Exemple", "mot_de_passe": PASSWORD} | fields
    response = client.post(link(), typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not User.objects.filter(email="alix@exemple.fr").exists()


def test_a_known_address_signs_in_first_and_comes_back(client, plan):
    user = UserFactory(email="alix@exemple.fr")
    invited(plan)
    text = page(client, link())
    assert f"/comptes/connexion/?next=%2Finvitations%2F{JETON}%2F" in text
    assert 'name="nom"' not in text
    # Whoever holds the link alone does not enter the account of somebody else.
    client.post(link(), {"nom": "Intrus", "mot_de_passe": PASSWORD})
    assert not Membre.objects.filter(user=user).exists()
    client.force_login(user)
    assert "Rejoindre l’équipe" in page(client, link())
    assert client.post(link())["Location"] == url("tableau")
    assert membre_of(user).role == Role.LECTEUR
    user.refresh_from_db()
    assert user.nom != "Intrus"


def test_another_address_is_told_so_without_the_invited_one(client, plan):
    invited(plan)
    client.force_login(plan.etranger)
    text = page(client, link(), status=403)
    assert "pour une autre adresse" in text
    assert plan.etranger.email in text
    assert "alix@exemple.fr" not in text
    assert client.post(link()).status_code == 403
    assert not Membre.objects.filter(user=plan.etranger).exists()


def test_a_link_of_more_than_seven_days_is_gone(client, plan):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=8)):
        invited(plan)
    page(client, link(), status=410)
    assert client.post(link(), {"nom": "Alix", "mot_de_passe": PASSWORD}).status_code == 410
    assert not User.objects.filter(email="alix@exemple.fr").exists()


def test_too_many_tries_have_to_wait(client):
    answers = {client.get(link(f"essai-{n}")).status_code for n in range(30)}
    assert answers == {404}
    assert client.get(link("essai-de-trop")).status_code == 429


def test_the_link_knows_two_methods(client, plan):
    invited(plan)
    assert client.put(link()).status_code == 405


# --- Members ----------------------------------------------------------------------------------


def edit(client, membre, **fields):
    """Send the form as it was opened, but for these fields."""
    address = url("membre_modifier", membre.pk)
    form = client.get(address).context["form"]
    opened = {name: form[name].value() for name in form.fields}
    lists = {name: list(opened[name] or []) for name in ("axes", "fiches")}
    plain = {"role": opened["role"], "expire_le": opened["expire_le"] or ""}
    data = lists | plain
    data |= {f"initial-{name}": value for name, value in data.items()} | fields
    return client.post(address, data)


def test_a_role_changes_and_what_it_does_not_use_is_dropped(coordination, plan):
    membre = membre_of(plan.contributeur)
    response = edit(coordination, membre, role="referent", axes=[plan.axe.pk])
    assert response["Location"] == url("equipe")
    membre.refresh_from_db()
    assert membre.role == Role.REFERENT
    assert list(membre.axes.all()) == [plan.axe]
    assert not membre.attributions.exists()


def test_an_archived_fiche_that_was_confided_is_not_lost_by_an_edit(coordination, plan):
    plan.fiche.archivee = True
    plan.fiche.save()
    membre = membre_of(plan.contributeur)
    edit(coordination, membre, expire_le="2090")
    membre.refresh_from_db()
    assert membre.expire_le == datetime.date(2090, 12, 31)
    assert [one.fiche for one in membre.attributions.all()] == [plan.fiche]


def test_the_same_grant_changed_by_two_shows_both(coordination, plan):
    membre = membre_of(plan.lecteur)
    address = url("membre_modifier", membre.pk)
    membre.role = Role.COORDINATION
    membre.save()
    response = coordination.post(
        address, {"role": "administration", "initial-role": "lecteur", "initial-expire_le": ""}
    )
    assert response.status_code == 409
    text = response.content.decode()
    assert "Quelqu’un a modifié ce champ" in text
    membre.refresh_from_db()
    assert membre.role == Role.COORDINATION


def test_the_last_coordination_is_neither_downgraded_nor_removed(coordination, plan):
    membre = membre_of(plan.coordination)
    response = edit(coordination, membre, role="lecteur", confirmation="on")
    assert response.status_code == 422
    assert "dernière personne de la coordination" in response.content.decode()
    response = coordination.post(url("membre_retirer", membre.pk), follow=True)
    assert "dernière personne de la coordination" in said(response)
    assert membre_of(plan.coordination).role == Role.COORDINATION


def test_one_leaves_the_team_knowingly(coordination, plan):
    member(plan.convention, Role.COORDINATION)
    membre = membre_of(plan.coordination)
    response = edit(coordination, membre, role="lecteur")
    assert response.status_code == 422
    assert "C’est votre propre droit" in response.content.decode()
    response = edit(coordination, membre, role="lecteur", confirmation="on")
    # Not back to a page that she may not open any more.
    assert response["Location"] == reverse("pilotage:conventions")
    assert membre_of(plan.coordination).role == Role.LECTEUR


def test_removing_asks_once_and_keeps_the_account(coordination, plan):
    membre = membre_of(plan.lecteur)
    text = page(coordination, url("membre_retirer", membre.pk))
    assert "Son compte reste ouvert" in text
    assert Membre.objects.filter(pk=membre.pk).exists()
    response = coordination.post(url("membre_retirer", membre.pk), follow=True)
    assert "ne fait plus partie de l’équipe" in said(response)
    assert not Membre.objects.filter(pk=membre.pk).exists()
    assert User.objects.filter(pk=plan.lecteur.pk).exists()


def test_removing_oneself_is_said_and_leads_home(coordination, plan):
    member(plan.convention, Role.COORDINATION)
    membre = membre_of(plan.coordination)
    text = page(coordination, url("membre_retirer", membre.pk))
    assert "vous n’aurez plus accès à cette convention" in text
    response = coordination.post(url("membre_retirer", membre.pk))
    assert response["Location"] == reverse("pilotage:conventions")


def test_the_administration_does_not_give_itself_the_right_to_read(client, plan):
    user = member(plan.convention, Role.ADMINISTRATION)
    client.force_login(user)
    address = url("membre_modifier", membre_of(user).pk)
    assert address not in page(client)
    assert client.post(address, {"role": "coordination"}).status_code == 403
    assert membre_of(user).role == Role.ADMINISTRATION
    # Others' grants are its work.
    membre = membre_of(plan.lecteur)
    assert edit(client, membre, role="coordination").status_code == 302
    assert membre_of(plan.lecteur).role == Role.COORDINATION


def test_a_member_of_another_convention_is_unknown_here(coordination, plan):
    other = MembreFactory()
    for name in ("membre_modifier", "membre_retirer"):
        assert coordination.get(url(name, other.pk)).status_code == 404
        assert coordination.post(url(name, other.pk), {"role": "lecteur"}).status_code == 404
    assert Membre.objects.filter(pk=other.pk).exists()


def test_the_journal_tells_the_team_and_hides_addresses_from_readers(coordination, plan):
    coordination.post(
        url("equipe_inviter"),
        {"email": "alix@exemple.fr", "role": "contributeur", "fiches": [plan.fiche.pk]},
    )
    invitation = Invitation.objects.get()
    coordination.post(url("invitation_renvoyer", invitation.pk))
    coordination.post(url("invitation_retirer", invitation.pk))
    edit(coordination, membre_of(plan.lecteur), role="referent", axes=[plan.axe.pk])
    text = page(coordination, url("journal"))
    for words in ("alix@exemple.fr (contribution)", "Retirée le", "Rôle"):
        assert words in text
    assert invitation.jeton not in text
    history = page(coordination, plan.fiche.get_absolute_url())
    assert "alix@exemple.fr" in history
    coordination.force_login(member(plan.convention, Role.LECTEUR))
    assert "alix@exemple.fr" not in page(coordination, plan.fiche.get_absolute_url())


# --- Pilots -----------------------------------------------------------------------------------


def test_a_pilot_by_name_is_linked_to_a_member_without_any_right(coordination, plan):
    PiloteFiche.objects.create(fiche=plan.fiche, nom="Maxime & fille")
    text = page(coordination)
    assert "Pilotes sans compte" in text
    assert "ne donne aucun droit" in text
    (address,) = re.findall(r'href="([^"]+relier/\?nom=[^"]+)"', text)
    form = coordination.get(address).context["form"]
    assert form["nom"].value() == "Maxime & fille"
    membre = membre_of(plan.lecteur)
    response = coordination.post(
        url("equipe_relier"), {"nom": "Maxime & fille", "membre": membre.pk}, follow=True
    )
    assert "est relié au compte" in said(response)
    assert PiloteFiche.objects.get().user == plan.lecteur
    assert not membre.attributions.exists()
    assert "Pilotes sans compte" not in response.content.decode()


def test_a_pilot_is_linked_to_a_member_of_this_team_only(coordination, plan):
    PiloteFiche.objects.create(fiche=plan.fiche, nom="Maxime Exemple")
    ended = membre_of(member(plan.convention, expire_le=yesterday()))
    for membre in (MembreFactory(), ended):
        response = coordination.post(
            url("equipe_relier"), {"nom": "Maxime Exemple", "membre": membre.pk}
        )
        assert response.status_code == 422
    assert PiloteFiche.objects.get().user is None


def test_a_name_that_nobody_bears_is_refused(coordination, plan):
    PiloteFiche.objects.create(fiche=plan.fiche, nom="Maxime Exemple")
    membre = membre_of(plan.lecteur)
    response = coordination.post(url("equipe_relier"), {"nom": "Maxime", "membre": membre.pk})
    assert response.status_code == 422
