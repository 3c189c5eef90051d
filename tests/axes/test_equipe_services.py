"""Rules of the team, without HTTP: invitations, grants, the last coordination, pilots."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from actions.models import Attribution, PiloteFiche
from actions.services.equipe import (
    accept_invitation,
    accept_with_new_account,
    edit_membre,
    invite_with_fiches,
    link_pilotes,
)
from axes.access import get_equipe
from axes.enums import ROLES_EN_MOTS, Role
from axes.models import Invitation, Membre, PiloteAxe
from axes.permissions import can_change_grant, can_manage_team
from axes.services.equipe import (
    EquipeRefus,
    InvitationFermee,
    find_invitation,
    remove_membre,
    renew_invitation,
    withdraw_invitation,
)
from ctg_portal.lib.edits import EditConflict
from journal.models import Entree
from tests.factories import (
    AxeFactory,
    ConventionFactory,
    FicheFactory,
    InvitationFactory,
    InvitationFicheFactory,
    MembreFactory,
    UserFactory,
    member,
    yesterday,
)

pytestmark = pytest.mark.django_db

TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def convention():
    return ConventionFactory(slug="vallee")


@pytest.fixture
def coordination(convention):
    return MembreFactory(convention=convention, role=Role.COORDINATION)


def offer(convention, **fields) -> tuple[Invitation, str]:
    given = {"email": "Alix@Exemple.fr ", "nom": "Alix", "role": Role.LECTEUR} | fields
    return invite_with_fiches(convention=convention, auteur=UserFactory(), **given)


def change(membre, **submitted):
    return edit_membre(membre=membre, opened={}, submitted=submitted)


# --- Who manages the team ---------------------------------------------------------------------

MANAGES = {
    Role.COORDINATION: True,
    Role.ADMINISTRATION: True,
    Role.REFERENT: False,
    Role.CONTRIBUTEUR: False,
    Role.LECTEUR: False,
}


def test_every_role_is_told_in_words():
    assert set(ROLES_EN_MOTS) == set(MANAGES) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_coordination_and_administration_manage_the_team(convention, role):
    user = member(convention, role)
    assert can_manage_team(Membre.objects.get(user=user)) is MANAGES[role]
    if MANAGES[role]:
        assert get_equipe(user, "vallee").convention == convention
    else:
        with pytest.raises(PermissionDenied):
            get_equipe(user, "vallee")


def test_nobody_manages_the_team_of_others(convention):
    for user in (member(ConventionFactory(), Role.COORDINATION), UserFactory()):
        with pytest.raises(Http404):
            get_equipe(user, "vallee")
    ended = member(convention, Role.COORDINATION, expire_le=yesterday())
    with pytest.raises(Http404):
        get_equipe(ended, "vallee")


def test_the_administration_changes_every_grant_but_its_own(convention, coordination):
    administration = MembreFactory(convention=convention, role=Role.ADMINISTRATION)
    lecteur = MembreFactory(convention=convention)
    assert can_change_grant(administration, coordination)
    assert not can_change_grant(administration, administration)
    assert can_change_grant(coordination, coordination)
    assert not can_change_grant(lecteur, lecteur)
    assert not can_change_grant(None, lecteur)


# --- Invitations ------------------------------------------------------------------------------


def test_the_token_is_nowhere_in_the_database_nor_its_print_in_the_journal(convention):
    invitation, jeton = offer(convention)
    assert invitation.email == "alix@exemple.fr"
    assert find_invitation(jeton) == invitation
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM axes_invitation")
        assert jeton not in str(cursor.fetchall())
    told = str(list(Entree.objects.values_list("changes", "object_repr", "additional_data")))
    assert "alix@exemple.fr" in told
    assert jeton not in told
    assert invitation.jeton not in told


def test_two_invitations_never_share_a_token(convention):
    tokens = {offer(convention, email=f"a{n}@exemple.fr")[1] for n in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 43 for token in tokens)


def test_somebody_of_the_team_is_not_invited_again(convention):
    user = member(convention)
    with pytest.raises(EquipeRefus, match="fait déjà partie") as refused:
        offer(convention, email=user.email.upper())
    assert refused.value.champ == "email"
    assert not Invitation.objects.exists()


def test_one_invitation_at_a_time_for_an_address_in_a_convention(convention):
    first, _ = offer(convention)
    offer(ConventionFactory())
    with pytest.raises(EquipeRefus, match="attend déjà"):
        offer(convention)
    withdraw_invitation(invitation=first)
    offer(convention)
    assert Invitation.objects.filter(convention=convention).count() == 2


def test_a_link_opens_for_seven_days(convention):
    with time_machine.travel(datetime.datetime(2024, 3, 1, 9, tzinfo=datetime.UTC), tick=False):
        invitation, _ = offer(convention)
    sent = invitation.envoyee_le
    assert invitation.is_open(sent + datetime.timedelta(days=7, seconds=-1))
    assert not invitation.is_open(sent + datetime.timedelta(days=7))


def test_renewing_kills_the_old_link_and_starts_the_seven_days_again(convention):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=10)):
        invitation, old = offer(convention)
    assert not invitation.is_open()
    new = renew_invitation(invitation=invitation)
    assert find_invitation(old) is None
    assert find_invitation(new).is_open()


def test_what_was_answered_is_neither_renewed_nor_withdrawn(convention):
    now = timezone.now()
    for ended in ({"acceptee_le": now}, {"retiree_le": now}):
        invitation = InvitationFactory(convention=convention, **ended)
        with pytest.raises(InvitationFermee):
            renew_invitation(invitation=invitation)
        with pytest.raises(InvitationFermee):
            withdraw_invitation(invitation=invitation)


def test_accepting_opens_the_account_and_gives_exactly_what_was_offered(convention):
    axe = AxeFactory(convention=convention)
    limit = timezone.localdate() + TOMORROW
    invitation, _ = offer(convention, role=Role.REFERENT, axes=[axe], expire_le=limit)
    user, membre = accept_with_new_account(
        invitation=invitation, nom="Alix Exemple", mot_de_passe="une phrase de passe"
    )
    assert (user.email, user.nom) == ("alix@exemple.fr", "Alix Exemple")
    assert user.check_password("une phrase de passe")
    assert (membre.convention, membre.role, membre.expire_le) == (convention, Role.REFERENT, limit)
    assert list(membre.axes.all()) == [axe]
    entry = Entree.objects.get(content_type__model="membre", action=Entree.Action.CREATE)
    assert entry.actor == user
    assert entry.convention_pk == convention.pk


def test_without_a_password_the_person_signs_in_by_code(convention):
    user, _ = accept_with_new_account(
        invitation=offer(convention)[0], nom="Alix Exemple", mot_de_passe=""
    )
    assert not user.has_usable_password()


def test_the_fiches_of_a_contributeur_come_with_the_grant(convention):
    mine, others = FicheFactory.create_batch(2, axe__convention=convention)
    user = UserFactory()
    invitation, _ = offer(convention, email=user.email, role=Role.CONTRIBUTEUR, fiches=[mine])
    InvitationFicheFactory(fiche=others)
    membre = accept_invitation(invitation=invitation, user=user)
    assert [one.fiche for one in membre.attributions.all()] == [mine]


def test_an_invitation_is_accepted_once(convention):
    user = UserFactory()
    invitation, _ = offer(convention, email=user.email)
    accept_invitation(invitation=invitation, user=user)
    with pytest.raises(InvitationFermee):
        accept_invitation(invitation=invitation, user=user)
    assert Membre.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("ended", ["retiree", "perimee", "renvoyee"])
def test_a_dead_link_gives_nothing_and_opens_no_account(convention, ended):
    invitation, jeton = offer(convention)
    opened = find_invitation(jeton)
    now = timezone.now()
    if ended == "retiree":
        withdraw_invitation(invitation=invitation)
    elif ended == "renvoyee":
        renew_invitation(invitation=invitation)
    else:
        now += datetime.timedelta(days=8)
    with time_machine.travel(now), pytest.raises(InvitationFermee):
        accept_with_new_account(invitation=opened, nom="Alix", mot_de_passe=None)
    assert not User.objects.filter(email="alix@exemple.fr").exists()
    assert not Membre.objects.filter(convention=convention).exists()


def test_another_address_cannot_accept(convention):
    invitation, _ = offer(convention)
    with pytest.raises(EquipeRefus, match="autre adresse"):
        accept_invitation(invitation=invitation, user=UserFactory())
    assert find_invitation("") is None
    assert Invitation.objects.pending().count() == 1


def test_an_old_invitation_takes_nothing_from_a_running_grant(convention):
    user = UserFactory()
    invitation, _ = offer(convention, email=user.email)
    MembreFactory(user=user, convention=convention, role=Role.COORDINATION)
    membre = accept_invitation(invitation=invitation, user=user)
    assert membre.role == Role.COORDINATION
    assert not Invitation.objects.pending().exists()


def test_a_grant_that_is_over_is_renewed_with_its_new_fiches(convention):
    old, new = FicheFactory.create_batch(2, axe__convention=convention)
    user = member(convention, Role.CONTRIBUTEUR, fiches=[old], expire_le=yesterday())
    invitation, _ = offer(convention, email=user.email, role=Role.CONTRIBUTEUR, fiches=[new])
    membre = accept_invitation(invitation=invitation, user=user)
    assert membre.expire_le is None
    assert [one.fiche for one in membre.attributions.all()] == [new]


# --- Members ----------------------------------------------------------------------------------


def test_a_role_its_axes_and_its_end_change_together(convention, coordination):
    axe = AxeFactory(convention=convention)
    membre = MembreFactory(convention=convention)
    limit = timezone.localdate() + TOMORROW
    change(membre, role=Role.REFERENT, axes=[axe], fiches=[], expire_le=limit)
    membre.refresh_from_db()
    assert (membre.role, membre.expire_le) == (Role.REFERENT, limit)
    assert list(membre.axes.all()) == [axe]


def test_fiches_are_confided_and_taken_back(convention, coordination):
    kept, taken, given = FicheFactory.create_batch(3, axe__convention=convention)
    user = member(convention, Role.CONTRIBUTEUR, fiches=[kept, taken])
    membre = Membre.objects.get(user=user)
    before = Attribution.objects.get(fiche=kept)
    change(membre, fiches=[kept, given])
    assert {one.fiche for one in membre.attributions.all()} == {kept, given}
    # What did not change was not written again.
    assert Attribution.objects.get(fiche=kept).pk == before.pk


def test_two_people_changing_the_same_grant_are_both_shown(convention, coordination):
    membre = MembreFactory(convention=convention)
    opened = {"role": Role.LECTEUR, "expire_le": None}
    limit = timezone.localdate() + TOMORROW
    edit_membre(membre=membre, opened=opened, submitted={"role": Role.COORDINATION})
    edit_membre(membre=membre, opened=opened, submitted={"expire_le": limit})
    with pytest.raises(EditConflict) as conflict:
        edit_membre(membre=membre, opened=opened, submitted={"role": Role.ADMINISTRATION})
    assert [one.champ for one in conflict.value.conflicts] == ["role"]
    membre.refresh_from_db()
    assert (membre.role, membre.expire_le) == (Role.COORDINATION, limit)


def test_a_member_removed_in_between_is_not_edited(convention, coordination):
    membre = MembreFactory(convention=convention)
    Membre.objects.get(pk=membre.pk).delete()
    with pytest.raises(EquipeRefus, match="vient d’être retirée"):
        change(membre, role=Role.COORDINATION)


@pytest.mark.parametrize("others", ["none", "ended", "closed", "elsewhere"])
def test_the_last_coordination_stays(convention, coordination, others):
    if others == "ended":
        MembreFactory(convention=convention, role=Role.COORDINATION, expire_le=yesterday())
    elif others == "closed":
        user = UserFactory(is_active=False)
        MembreFactory(convention=convention, role=Role.COORDINATION, user=user)
    elif others == "elsewhere":
        MembreFactory(role=Role.COORDINATION)
    MembreFactory(convention=convention, role=Role.ADMINISTRATION)
    with pytest.raises(EquipeRefus, match="dernière personne de la coordination"):
        remove_membre(membre=coordination)
    with pytest.raises(EquipeRefus) as refused:
        change(coordination, role=Role.LECTEUR)
    assert refused.value.champ == "role"
    with pytest.raises(EquipeRefus) as refused:
        change(coordination, expire_le=timezone.localdate() + TOMORROW)
    assert refused.value.champ == "expire_le"
    coordination.refresh_from_db()
    assert (coordination.role, coordination.expire_le) == (Role.COORDINATION, None)


def test_the_end_of_the_last_coordination_is_only_put_off(convention):
    today = timezone.localdate()
    last = MembreFactory(convention=convention, role=Role.COORDINATION, expire_le=today + TOMORROW)
    change(last, expire_le=today + 2 * TOMORROW)
    with pytest.raises(EquipeRefus):
        change(last, expire_le=today)
    change(last, expire_le=None)
    last.refresh_from_db()
    assert last.expire_le is None


def test_with_another_coordination_the_first_may_leave(convention, coordination):
    MembreFactory(convention=convention, role=Role.COORDINATION)
    remove_membre(membre=coordination)
    assert not Membre.objects.filter(pk=coordination.pk).exists()
    assert User.objects.filter(pk=coordination.user_id).exists()


def test_the_grant_of_a_coordination_that_is_over_may_be_removed(convention):
    ended = MembreFactory(convention=convention, role=Role.COORDINATION, expire_le=yesterday())
    remove_membre(membre=ended)
    assert not Membre.objects.exists()


# --- Pilots -----------------------------------------------------------------------------------


def test_a_name_is_linked_to_an_account_wherever_it_is_written_exactly(convention):
    axe = AxeFactory(convention=convention)
    fiche = FicheFactory(axe=axe)
    elsewhere = AxeFactory()
    PiloteAxe.objects.create(axe=axe, nom="Maxime Exemple")
    PiloteFiche.objects.create(fiche=fiche, nom="Maxime Exemple")
    PiloteFiche.objects.create(fiche=fiche, nom="Maxime Exemple (élue)")
    PiloteAxe.objects.create(axe=elsewhere, nom="Maxime Exemple")
    already = UserFactory()
    PiloteFiche.objects.create(fiche=fiche, nom="Maxime Exemple", user=already)
    user = member(convention)
    assert link_pilotes(convention=convention, nom="Maxime Exemple", user=user) == 2
    assert PiloteAxe.objects.filter(user=user).count() == 1
    assert PiloteFiche.objects.filter(user=user).count() == 1
    assert PiloteFiche.objects.filter(user=already).count() == 1
    assert not Membre.objects.get(user=user).attributions.exists()
    linked = Entree.objects.filter(action=Entree.Action.UPDATE, convention_pk=convention.pk)
    assert linked.count() == 2


# --- Two people at the same instant -----------------------------------------------------------


def _outcome(write) -> str:
    """Run a write in a thread of its own, with its own connection."""
    try:
        write()
    except (EquipeRefus, InvitationFermee):
        return "refused"
    else:
        return "done"
    finally:
        connections.close_all()


def at_once(*writes) -> list[str]:
    barrier = Barrier(len(writes), timeout=20)

    def together(write):
        barrier.wait()
        return _outcome(write)

    with ThreadPoolExecutor(len(writes)) as pool:
        return sorted(pool.map(together, writes))


@pytest.mark.django_db(transaction=True)
def test_two_coordinations_never_remove_each_other():
    convention = ConventionFactory()
    both = MembreFactory.create_batch(2, convention=convention, role=Role.COORDINATION)
    answers = at_once(*(partial(remove_membre, membre=one) for one in both))
    assert answers == ["done", "refused"]
    assert Membre.objects.filter(role=Role.COORDINATION).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_opened_twice_at_once_serves_once():
    invitation, jeton = offer(ConventionFactory())
    opened = [find_invitation(jeton) for _ in range(2)]
    answers = at_once(
        *(
            partial(accept_with_new_account, invitation=one, nom="Alix", mot_de_passe=None)
            for one in opened
        )
    )
    assert answers == ["done", "refused"]
    assert User.objects.filter(email=invitation.email).count() == 1
    assert Membre.objects.filter(user__email=invitation.email).count() == 1
