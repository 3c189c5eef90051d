"""Links that give a bilan to read: given, withdrawn, counted."""

import base64
import datetime
import secrets

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from axes.services.equipe import fingerprint
from ctg_portal.lib.typographie import date_longue

from ..models import Bilan, Partage
from .refus import PartageRefus

DUREE = datetime.timedelta(days=30)
DUREE_MAX = datetime.timedelta(days=365)


def check_end(expire_le: datetime.date, *, today: datetime.date) -> None:
    """Refuse a link that would be over already, or that nobody would think of withdrawing.

    Raises PartageRefus.
    """
    if expire_le < today:
        raise PartageRefus("Cette date est passée.")
    if expire_le > today + DUREE_MAX:
        raise PartageRefus(
            f"Un lien vaut un an au plus\u00a0: jusqu’au {date_longue(today + DUREE_MAX)}."
        )


@transaction.atomic
def share(
    *,
    bilan: Bilan,
    auteur,
    pour: str,
    expire_le: datetime.date,
    today: datetime.date,
    code: str = "",
    demande: str = "",
) -> tuple[Partage, str]:
    """A new link to this bilan; the token that is returned with it is nowhere else.

    `demande` names the form that asks: sent again as it was, it gives the link that it gave, even
    withdrawn since, and no other. Raises PartageRefus for a date that is passed or too far.
    Side effect: the journal.
    """
    check_end(expire_le, today=today)
    asked = (bilan.pk, auteur.pk, demande, pour, expire_le.isoformat(), code)
    jeton = _jeton(*asked) if demande else secrets.token_urlsafe(32)
    partage, _ = Partage.objects.get_or_create(
        jeton=fingerprint(jeton),
        defaults={
            "bilan": bilan,
            "auteur": auteur,
            "pour": pour,
            "expire_le": expire_le,
            "empreinte_code": lambda: make_password(code) if code else "",
        },
    )
    return partage, jeton


def _jeton(*asked) -> str:
    """A token that only this installation can find again, and only from all that was asked."""
    digest = salted_hmac("reports.partage", repr(asked), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@transaction.atomic
def withdraw(*, partage: Partage, now: datetime.datetime) -> bool:
    """The link opens nothing any more; False if it was withdrawn before.

    Side effect: the journal.
    """
    current = Partage.objects.select_for_update(of=("self",)).get(pk=partage.pk)
    if current.revoque_le is not None:
        return False
    current.revoque_le = now
    current.save(update_fields=["revoque_le"])
    return True


def count_opening(*, partage: Partage, today: datetime.date) -> None:
    """Keep that the link was opened once more, and the day: nothing about who did.

    Side effect: none but the row. The journal leaves both fields out (`SELF_KEPT_FIELDS`).
    """
    partage.ouvertures = F("ouvertures") + 1
    partage.derniere_ouverture = today
    partage.save(update_fields=["ouvertures", "derniere_ouverture"])
