"""The team of a convention as its page shows it."""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from actions.models import FicheAction, PiloteFiche
from axes.access import Acces
from axes.enums import ROLES_EN_MOTS, Role
from axes.models import Axe, Convention, Invitation, Membre, PiloteAxe
from axes.permissions import can_change_grant
from ctg_portal.lib.recherche import normalise
from ctg_portal.lib.typographie import compte, date_longue, moment


@dataclass(frozen=True, slots=True)
class LigneMembre:
    pk: int
    nom: str
    email: str
    role: str
    role_en_mots: str
    portee: tuple[str, ...]
    jusqu_au: str
    est_soi: bool
    modifiable: bool


@dataclass(frozen=True, slots=True)
class LigneInvitation:
    pk: int
    email: str
    nom: str
    role: str
    portee: tuple[str, ...]
    jusqu_au: str
    envoyee: str
    valable: str
    est_perimee: bool


@dataclass(frozen=True, slots=True)
class LignePilote:
    """A name that no account stands behind, and where it is written."""

    nom: str
    ou: str


@dataclass(frozen=True, slots=True)
class Equipe:
    membres: tuple[LigneMembre, ...]
    echus: tuple[LigneMembre, ...]
    invitations: tuple[LigneInvitation, ...]
    pilotes: tuple[LignePilote, ...]


def build_equipe(acces: Acces) -> Equipe:
    """Members, grants that are over, pending invitations and pilots without an account.

    A constant number of queries, whatever their numbers.
    """
    today = timezone.localdate()
    membres = sorted(_membres(acces.convention), key=lambda one: normalise(str(one.user)))
    return Equipe(
        membres=tuple(_ligne(one, acces.membre) for one in membres if not _is_over(one, today)),
        echus=tuple(_ligne(one, acces.membre) for one in membres if _is_over(one, today)),
        invitations=_invitations(acces.convention),
        pilotes=tuple(pilotes_sans_compte(acces.convention)),
    )


def describe_membre(membre: Membre) -> str:
    """ "Camille Martin (coordination)"."""
    return f"{membre.user} ({membre.get_role_display()})"


def pilotes_sans_compte(convention: Convention) -> list[LignePilote]:
    """Every name given to an axe or a fiche without an account, in the order of the alphabet."""
    axes = Counter(
        PiloteAxe.objects.filter(axe__convention=convention, user__isnull=True).values_list(
            "nom", flat=True
        )
    )
    fiches = Counter(
        PiloteFiche.objects.filter(
            fiche__axe__convention=convention, user__isnull=True
        ).values_list("nom", flat=True)
    )
    return [
        LignePilote(nom, _places(axes[nom], fiches[nom]))
        for nom in sorted(axes.keys() | fiches.keys(), key=lambda nom: (normalise(nom), nom))
    ]


def _places(axes: int, fiches: int) -> str:
    counts = [(axes, "axe", "axes"), (fiches, "fiche action", "fiches actions")]
    return ", ".join(compte(n, one, many) for n, one, many in counts if n)


def _membres(convention: Convention):
    return (
        Membre.objects.filter(convention=convention)
        .select_related("user")
        .prefetch_related("axes", "attributions__fiche__axe")
        .order_by("pk")
    )


def _is_over(membre: Membre, today) -> bool:
    return membre.expire_le is not None and membre.expire_le < today


def _ligne(membre: Membre, acteur: Membre) -> LigneMembre:
    return LigneMembre(
        pk=membre.pk,
        nom=str(membre.user),
        email=membre.user.email,
        role=membre.get_role_display(),
        role_en_mots=ROLES_EN_MOTS[Role(membre.role)],
        portee=_portee(
            membre.role, membre.axes.all(), [one.fiche for one in membre.attributions.all()]
        ),
        jusqu_au=date_longue(membre.expire_le) if membre.expire_le else "",
        est_soi=membre.pk == acteur.pk,
        modifiable=can_change_grant(acteur, membre),
    )


def _portee(role: str, axes: list[Axe], fiches: list[FicheAction]) -> tuple[str, ...]:
    """What the role is limited to: axes or fiches; nothing for a role without limit."""
    if role == Role.REFERENT:
        return tuple(str(axe) for axe in axes)
    if role == Role.CONTRIBUTEUR:
        return tuple(str(fiche) for fiche in fiches)
    return ()


def _invitations(convention: Convention) -> tuple[LigneInvitation, ...]:
    now = timezone.now()
    pending = (
        Invitation.objects.pending()
        .filter(convention=convention)
        .prefetch_related("axes", "fiches_confiees__fiche__axe")
    )
    return tuple(
        LigneInvitation(
            pk=one.pk,
            email=one.email,
            nom=one.nom,
            role=one.get_role_display(),
            portee=_portee(
                one.role, one.axes.all(), [row.fiche for row in one.fiches_confiees.all()]
            ),
            jusqu_au=date_longue(one.expire_le) if one.expire_le else "",
            envoyee=moment(timezone.localtime(one.envoyee_le)),
            valable=moment(timezone.localtime(one.valable_jusqu_au)),
            est_perimee=not one.is_open(now),
        )
        for one in pending
    )
