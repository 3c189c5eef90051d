"""Numbers, dates and small grammar as French print sets them.

Thousands and the signs % € : take a non-breaking space (U+00A0), a negative change takes the
minus sign (U+2212): the font draws both (look of the portal, print included).
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

from .dates import JOURS, MOIS, NBSP

MOINS = "\u2212"
_AVANT = re.compile(r"(?<=\S) (?=[:%€»](?:\W|$))")
_AVANT_FINE = re.compile(r"(?<=\S) (?=[;!?](?:\W|$))")
_FINE = "\u202f"
_JOUR = re.compile(rf"\b(\d{{1,2}}|1er) (?=(?:{'|'.join(MOIS)})\b)")


def nombre(value: Decimal | int | float | None, decimales: int | None = None) -> str:
    """A number in French: "36 424", "19,7"; without `decimales`, as many as the value has."""
    if value is None:
        return ""
    value = Decimal(str(value))
    if decimales is None:
        value = value.normalize()
        decimales = max(0, -value.as_tuple().exponent)
    value = value.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    text = f"{abs(value):,.{decimales}f}".replace(",", NBSP).replace(".", ",")
    return f"{MOINS}{text}" if value < 0 else text


def nombre_signe(value: Decimal | int | None, decimales: int | None = None) -> str:
    """A change with its sign: "+ 34", "− 3", "0"."""
    if value is None:
        return ""
    if value == 0:
        return nombre(value, decimales)
    return f"{'+' if value > 0 else MOINS}{NBSP}{nombre(abs(value), decimales)}"


def pourcentage_signe(value: Decimal | None) -> str:
    """A change in %, one decimal: "+ 19,7 %"."""
    return "" if value is None else f"{nombre_signe(value, 1)}{NBSP}%"


def euros(value: Decimal | None) -> str:
    """An amount: "5 500 €", with cents only where there are some."""
    if value is None:
        return ""
    decimales = 0 if value == value.to_integral_value() else 2
    return f"{nombre(value, decimales)}{NBSP}€"


def compte(nombre_: int, singulier: str, pluriel: str | None = None) -> str:
    """A count with its noun: "1 fiche", "0 fiche", "2 fiches" (plural from two on)."""
    return f"{nombre(nombre_)}{NBSP}{accorde(nombre_, singulier, pluriel)}"


def accorde(nombre_: int, singulier: str, pluriel: str | None = None) -> str:
    """The noun alone, plural from two on."""
    return singulier if abs(nombre_) < 2 else (pluriel or f"{singulier}s")


def date_longue(date: datetime.date, avec_jour: bool = False) -> str:
    """ "9 octobre 2023", or with the weekday "lundi 9 octobre 2023"."""
    day = "1er" if date.day == 1 else str(date.day)
    text = f"{day}{NBSP}{MOIS[date.month - 1]} {date.year}"
    return f"{JOURS[date.weekday()]} {text}" if avec_jour else text


def moment(instant: datetime.datetime) -> str:
    """ "9 octobre 2023 à 16 h 12"; the caller gives local time."""
    return f"{date_longue(instant.date())} à {instant.hour}{NBSP}h{NBSP}{instant.minute:02d}"


def enumeration(elements: list[str]) -> str:
    """ "a, b et c"."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


def insecables(texte: str) -> str:
    """The same words; the spaces that French print never breaks become non-breaking ones."""
    texte = _AVANT_FINE.sub(_FINE, _AVANT.sub(NBSP, texte))
    return _JOUR.sub(rf"\1{NBSP}", texte).replace("« ", f"«{NBSP}")


def abrege(texte: str, longueur: int) -> str:
    """The first words of a text in `longueur` characters at most, with … where it was cut."""
    if len(texte) <= longueur:
        return texte
    kept = texte[: longueur - 1]
    # A single long word has to be cut somewhere.
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:.") + "…"
