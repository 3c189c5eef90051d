"""The demonstration: three conventions, and one account per role in the living one.

Everything goes through the same import as anybody's tables. Nothing is written twice: what is
there stays as people left it.
"""

import datetime
import os
import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from auditlog.context import disable_auditlog
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions.models import Attribution, FicheAction
from axes.enums import Role
from axes.models import Convention, Membre
from ctg_portal.lib.dates import DatePartielle, Precision
from ctg_portal.lib.exchange.parsing import Parsed

from .demo_recit import tell_recent_changes
from .exchange.imports import import_convention

VIVANTE = "vallees-fictives-2024-2028"
PUBLIEES = ("lalbenque-limogne-2019-2022", "quercy-blanc-2020-2024")
AXES_DU_REFERENT = 2
FICHES_DU_CONTRIBUTEUR = 3
# Without letters and digits that are taken for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Compte:
    """One demo account: a function rather than a person."""

    email: str
    nom: str
    role: Role
    peut: str
    lit_tout: bool = False


COMPTES = (
    Compte(
        "coordination@demo.example",
        "Camille, coordinatrice",
        Role.COORDINATION,
        "tout modifier dans les Vallées Fictives et les deux conventions publiées",
        lit_tout=True,
    ),
    Compte(
        "referent@demo.example",
        "Dominique, référente des axes 1 et 2",
        Role.REFERENT,
        "modifier les fiches des axes 1 et 2",
    ),
    Compte(
        "contributeur@demo.example",
        "Maxime, pilote de trois fiches",
        Role.CONTRIBUTEUR,
        "modifier trois fiches",
    ),
    Compte(
        "lecteur@demo.example",
        "Sacha, élue du comité de pilotage",
        Role.LECTEUR,
        "lire et télécharger les trois conventions",
        lit_tout=True,
    ),
    Compte(
        "administration@demo.example",
        "Alix, administration",
        Role.ADMINISTRATION,
        "gérer les comptes, sans lire les conventions",
    ),
)


@dataclass(frozen=True, slots=True)
class Demo:
    """What is ready: the slugs that were imported just now, and each account's password."""

    importees: list[str]
    mots_de_passe: dict[str, str]


def load_demo(*, folder: Path, passwords_file: Path, today: datetime.date) -> Demo:
    """Complete the demonstration from the tables under `folder`.

    `passwords_file` keeps the passwords drawn at the first run, readable by its owner alone; when
    it is lost, new ones are drawn and given to the accounts. Raises ImportRefuse when a table of
    the demonstration is wrong.
    """
    passwords, fresh = _passwords(passwords_file)
    with disable_auditlog():
        users = _accounts(passwords, reset=fresh)
    slugs = (*PUBLIEES, VIVANTE)
    known = dict(Convention.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    missing = [slug for slug in slugs if slug not in known]
    for slug in missing:
        path = folder / slug
        import_convention(
            path, slug=slug, actor=users[Role.COORDINATION], adjust=_shift_from(path, today)
        )
    with disable_auditlog():
        _team(users, slugs)
    if VIVANTE in missing:
        living = Convention.objects.get(slug=VIVANTE)
        tell_recent_changes(living, users, timezone.now())
    return Demo(missing, passwords)


# --- Accounts ---------------------------------------------------------------------------------


def _passwords(path: Path) -> tuple[dict[str, str], bool]:
    """By address; the second value is True when they were drawn just now."""
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = dict(line.split("\t", 1) for line in lines if "\t" in line)
        if set(kept) == {compte.email for compte in COMPTES}:
            return kept, False
    drawn = {compte.email: _draw() for compte in COMPTES}
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{email}\t{password}\n" for email, password in drawn.items())
    return drawn, True


def _draw() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(3))


@transaction.atomic
def _accounts(passwords: dict[str, str], *, reset: bool) -> dict[Role, User]:
    known = {user.email: user for user in User.objects.filter(email__in=passwords)}
    users = {}
    for compte in COMPTES:
        user = known.get(compte.email)
        if user is None:
            user = User.objects.create_user(
                compte.email,
                passwords[compte.email],
                nom=compte.nom,
                is_staff=compte.role is Role.ADMINISTRATION,
            )
        elif reset:
            user.set_password(passwords[compte.email])
            user.save(update_fields=["password"])
        users[compte.role] = user
    return users


@transaction.atomic
def _team(users: dict[Role, User], slugs: tuple[str, ...]) -> None:
    """Grants that are missing; those that somebody changed since stay as they are."""
    conventions = {one.slug: one for one in Convention.objects.filter(slug__in=slugs)}
    wanted = [(compte, VIVANTE) for compte in COMPTES]
    wanted += [(compte, slug) for compte in COMPTES if compte.lit_tout for slug in PUBLIEES]
    known = set(
        Membre.objects.filter(convention__in=conventions.values()).values_list(
            "user_id", "convention_id"
        )
    )
    for compte, slug in wanted:
        user, convention = users[compte.role], conventions[slug]
        if (user.pk, convention.pk) in known:
            continue
        membre = Membre.objects.create(user=user, convention=convention, role=compte.role)
        if compte.role is Role.REFERENT:
            membre.axes.set(convention.axes.order_by("ordre", "pk")[:AXES_DU_REFERENT])
        elif compte.role is Role.CONTRIBUTEUR:
            _grant_fiches(membre, convention)


def _grant_fiches(membre: Membre, convention: Convention) -> None:
    """Fiches of the third axe: none of those that the référente edits."""
    third = convention.axes.order_by("ordre", "pk")[AXES_DU_REFERENT]
    fiches = FicheAction.objects.filter(axe=third).in_order()[:FICHES_DU_CONTRIBUTEUR]
    for fiche in fiches:
        Attribution.objects.create(membre=membre, fiche=fiche)


# --- Dates ------------------------------------------------------------------------------------


def _shift_from(path: Path, today: datetime.date) -> Callable[[Parsed], None] | None:
    """How the dates of an invented convention keep their distance to today, or None.

    `demo.toml` names the day for which the tables were written and the columns to move. They move
    by whole weeks: a meeting on a Thursday stays on a Thursday.
    """
    file = path / "demo.toml"
    if not file.exists():
        return None
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    days = (today - told["jour_de_reference"]).days // 7 * 7
    columns = [name.split(".") for name in told["colonnes_decalees"]]

    def shift(parsed: Parsed) -> None:
        for table, column in columns:
            for row in parsed.rows.get(table, ()):
                row.values[column] = _shifted(row.values.get(column), days)

    return shift


def _shifted(date: DatePartielle | None, days: int) -> DatePartielle | None:
    """A date known to the day moves; "juin 2024" stays what it is."""
    if date is None or date.precision is not Precision.JOUR:
        return date
    return date.decalee(days)
