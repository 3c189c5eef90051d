"""Where a change made in a row of the plan comes back to, and which rows show it again."""

import re
from urllib.parse import urlencode

from django.utils.http import url_has_allowed_host_and_scheme


def safe_return(request, fiche) -> str:
    """The page the change was made on, if it is one of ours; else the fiche."""
    asked = request.POST.get("retour") or request.GET.get("retour", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked.startswith("/") and ours else fiche.get_absolute_url()


def to_row(address: str, cle: str) -> str:
    """The address that shows a row again: the keyboard goes on from there."""
    return address if "#" in address else f"{address}#ligne-{cle}"


def as_query(address: str) -> str:
    """What the address of a drawer ends with, for its page to come back to a filtered plan."""
    return f"?{urlencode({'retour': address})}" if "?" in address else ""


def rows_of(request, pk: int) -> list[str]:
    """The keys of the rows that show a fiche in the page, that of the change first.

    A fiche stands in several rows where the plan is grouped by pilote.
    """
    asked = (request.POST.get("cles") or request.GET.get("cles", "")).split()
    known = [cle for cle in asked if re.fullmatch(rf"{pk}(-\d{{1,3}})?", cle)]
    return list(dict.fromkeys(known)) or [str(pk)]
