"""The notation in which a cell of the entry grid is read and written.

A cell says all that is known of one indicator for one period: a measured value, a forecast, or
both parted by a semicolon ("1 750 ; 1 800 prév"). One value is, in this order:

    [~ | > | <]  figure [à figure]  [« words »]  [p]  [prév]  [(note)]

`~` about, `>` more than, `<` less than, `p` a period not covered in full, `prév` a forecast. What
`format_cell` writes, `parse_cell` reads back as the same value. Inside the note and the words, a
sign that would close them is preceded by a backslash, where the pairs do not match by themselves.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from ctg_portal.lib.enums import Borne
from ctg_portal.lib.typographie import MOINS, NBSP, compte, nombre

CHIFFRES_MAX = 11  # before the comma; the column keeps 14 digits, 3 of them after it
DECIMALES_MAX = 3
NOTE_MAX = 300
TEXTE_MAX = 200
EXEMPLES = f"36{NBSP}424, ~120 ou 120{NBSP}prév"

_SPACES = "[ \u00a0\u202f]"
_NUMBER = re.compile(rf"[-+−]?\d+(?:{_SPACES}\d{{3}}(?!\d))*(?:[.,]\d+)*")
_RANGE = re.compile(r"à\s*(?=[-+−]?\d)", re.IGNORECASE)
_PARTIAL = re.compile(r"p(?:art(?:iel(?:le)?)?\.?)?(?![a-zé])", re.IGNORECASE)
_FORECAST = re.compile(r"pr[ée]v(?:ision(?:nelle)?|\.)?(?![a-zé])", re.IGNORECASE)
_BOUNDS = (
    (re.compile(r"~|≈|environ\b", re.IGNORECASE), Borne.ENVIRON),
    (re.compile(r">|plus de\b", re.IGNORECASE), Borne.PLUS_DE),
    (re.compile(r"<|moins de\b", re.IGNORECASE), Borne.MOINS_DE),
)
_SIGNS = {Borne.ENVIRON: "~", Borne.PLUS_DE: ">", Borne.MOINS_DE: "<"}
_QUOTES, _BRACKETS = ("«", "»"), ("(", ")")
_STARTS_NOTATION = re.compile(r"[\d«(~≈<>+−-]")


class CelluleImpossible(ValueError):
    """The text is not in the notation; the message, in French, says how to write it."""


class ValeurEnregistree(Protocol):
    """What this module reads of a stored value."""

    valeur: Decimal | None
    valeur_max: Decimal | None
    borne: str
    texte: str
    previsionnelle: bool
    partielle: bool
    note: str


@dataclass(frozen=True, slots=True)
class ValeurSaisie:
    """One value of a cell, measured or forecast. All empty, it says nothing at all."""

    valeur: Decimal | None = None
    valeur_max: Decimal | None = None
    borne: str = ""
    texte: str = ""
    partielle: bool = False
    note: str = ""

    @property
    def chiffre(self) -> "ValeurSaisie":
        """The same without its flag and note: figure, bound and words change together."""
        return replace(self, partielle=False, note="")


@dataclass(frozen=True, slots=True)
class CelluleSaisie:
    """What one cell holds; both None when it is empty."""

    mesuree: ValeurSaisie | None = None
    prevue: ValeurSaisie | None = None


def cellule_of(valeurs: Iterable[ValeurEnregistree]) -> CelluleSaisie:
    """The cell of the stored values of one indicator and one period."""
    found = {
        "prevue" if valeur.previsionnelle else "mesuree": ValeurSaisie(
            valeur=valeur.valeur,
            valeur_max=valeur.valeur_max,
            borne=valeur.borne,
            texte=_one_line(valeur.texte),
            partielle=valeur.partielle,
            note=_one_line(valeur.note),
        )
        for valeur in valeurs
    }
    return CelluleSaisie(**found)


def parse_cell(texte: str, *, unite: str = "", libre: bool = False) -> CelluleSaisie:
    """Read a cell; an empty text is an empty cell.

    Numbers are French ("36 424,5") or a machine's ("36424.5"), followed or not by `unite`.
    `libre` (an indicator in words) takes a text that starts as nothing of the notation does as it
    stands. Raises CelluleImpossible.
    """
    texte = _one_line(texte)
    if "\x00" in texte:
        raise CelluleImpossible("Ce texte contient un caractère nul, qui n’est pas permis.")
    if libre and texte and not _STARTS_NOTATION.match(texte):
        return CelluleSaisie(mesuree=_measured(ValeurSaisie(texte=texte)))
    found: dict[str, ValeurSaisie] = {}
    reader = _Reader(texte)
    while reader.rest or found:
        kind, value = _read_value(reader, unite)
        if kind in found:
            raise CelluleImpossible(
                "Une case garde une valeur constatée et une prévision, pas deux valeurs de même"
                " genre."
            )
        found[kind] = _measured(value)
        if not reader.rest:
            break
        if not reader.take(re.compile(";")):
            raise reader.refusal()
    return CelluleSaisie(**found)


def format_cell(cellule: CelluleSaisie) -> str:
    """The notation of a cell, which `parse_cell` reads back; "" for an empty one."""
    parts = []
    if cellule.mesuree is not None:
        parts.append(_words(cellule.mesuree))
    if cellule.prevue is not None:
        parts.append(_words(cellule.prevue, prevision=True))
    return " ; ".join(parts)


def check_cell(cellule: CelluleSaisie, *, decimales: int) -> None:
    """Raise CelluleImpossible for what is well written and cannot be kept.

    A value needs a figure or words, and a figure is never shown otherwise than it was typed:
    `decimales` is what its indicator shows.
    """
    for value in (cellule.mesuree, cellule.prevue):
        if value is None:
            continue
        if value.valeur is None and not value.texte:
            raise CelluleImpossible("Indiquez un nombre, ou des mots entre guillemets.")
        for figure in (value.valeur, value.valeur_max):
            if figure is not None and -figure.normalize().as_tuple().exponent > decimales:
                rule = f"avec {compte(decimales, 'décimale')}" if decimales else "sans décimale"
                raise CelluleImpossible(f"Cet indicateur est montré {rule}{NBSP}: arrondissez.")


class _Reader:
    """What is left to read of a cell."""

    def __init__(self, texte: str):
        self.whole = self.rest = texte

    def take(self, pattern: re.Pattern) -> re.Match | None:
        match = pattern.match(self.rest)
        if match:
            self.rest = self.rest[match.end() :].lstrip()
        return match

    def take_between(self, opening: str, closing: str) -> str | None:
        """The text between two signs, pairs inside it kept; None if it does not start there."""
        if not self.rest.startswith(opening):
            return None
        inner, depth, place = [], 1, 1
        while place < len(self.rest):
            sign = self.rest[place]
            if sign == "\\" and place + 1 < len(self.rest):
                place += 1
                sign = self.rest[place]
            elif sign == opening:
                depth += 1
            elif sign == closing:
                depth -= 1
                if not depth:
                    self.rest = self.rest[place + 1 :].lstrip()
                    return "".join(inner).strip()
            inner.append(sign)
            place += 1
        raise CelluleImpossible(f"Il manque «{NBSP}{closing}{NBSP}» à la fin.")

    def refusal(self) -> CelluleImpossible:
        shown = self.whole if len(self.whole) <= 40 else f"{self.whole[:39]}…"
        return CelluleImpossible(
            f"«{NBSP}{shown}{NBSP}» n’est pas une valeur. Écrivez par exemple {EXEMPLES}."
        )


def _read_value(reader: _Reader, unite: str) -> tuple[str, ValeurSaisie]:
    borne = next((sign for pattern, sign in _BOUNDS if reader.take(pattern)), "")
    valeur = _read_figure(reader, unite)
    valeur_max = _read_figure(reader, unite) if valeur is not None and reader.take(_RANGE) else None
    texte = reader.take_between(*_QUOTES)
    is_forecast = is_partial = False
    while True:
        if not is_forecast and reader.take(_FORECAST):
            is_forecast = True
        elif not is_partial and reader.take(_PARTIAL):
            is_partial = True
        else:
            break
    note = reader.take_between(*_BRACKETS)
    if valeur is None and (borne or (texte is None and note is None)):
        raise reader.refusal()
    return "prevue" if is_forecast else "mesuree", ValeurSaisie(
        valeur, valeur_max, borne, texte or "", is_partial, note or ""
    )


def _read_figure(reader: _Reader, unite: str) -> Decimal | None:
    match = reader.take(_NUMBER)
    if match is None:
        return None
    digits = re.sub(_SPACES, "", match[0]).replace(",", ".").replace(MOINS, "-")
    if digits.count(".") > 1:
        raise CelluleImpossible(
            f"«{NBSP}{match[0]}{NBSP}» peut se lire de deux façons. Écrivez 36{NBSP}424,5."
        )
    if unite:
        reader.take(re.compile(re.escape(unite) + r"(?!\w)", re.IGNORECASE))
    return Decimal(digits)


def _measured(value: ValeurSaisie) -> ValeurSaisie:
    """The same value, once it is known to fit in its columns."""
    for figure in (value.valeur, value.valeur_max):
        if figure is not None and not _fits(figure):
            raise CelluleImpossible(
                f"Un nombre a {CHIFFRES_MAX} chiffres au plus avant la virgule, et"
                f" {DECIMALES_MAX} après."
            )
    if value.valeur_max is not None and value.valeur_max < value.valeur:
        raise CelluleImpossible("Le maximum de la fourchette est sous la valeur.")
    if len(value.note) > NOTE_MAX:
        raise CelluleImpossible(f"La note tient en {NOTE_MAX} caractères.")
    if len(value.texte) > TEXTE_MAX:
        raise CelluleImpossible(f"Le texte tient en {TEXTE_MAX} caractères.")
    return value


def _fits(figure: Decimal) -> bool:
    decimals = -figure.normalize().as_tuple().exponent
    return abs(figure) < Decimal(10) ** CHIFFRES_MAX and decimals <= DECIMALES_MAX


def _words(value: ValeurSaisie, *, prevision: bool = False) -> str:
    parts = []
    if value.valeur is not None:
        figure = _SIGNS.get(value.borne, "") + nombre(value.valeur)
        if value.valeur_max is not None:
            figure += f" à {nombre(value.valeur_max)}"
        parts.append(figure)
    nothing = value.valeur is None and not value.note
    if value.texte or nothing:
        parts.append(f"«{NBSP}{_protected(value.texte, *_QUOTES)}{NBSP}»")
    if value.partielle:
        parts.append("p")
    if prevision:
        parts.append("prév")
    if value.note:
        parts.append(f"({_protected(value.note, *_BRACKETS)})")
    return " ".join(parts)


def _protected(texte: str, opening: str, closing: str) -> str:
    """The text, with a backslash before its signs where they would not match by themselves."""
    depth = lowest = 0
    for sign in texte:
        depth += (sign == opening) - (sign == closing)
        lowest = min(lowest, depth)
    if depth == lowest == 0 and "\\" not in texte:
        return texte
    return re.sub(rf"[\\{re.escape(opening)}{re.escape(closing)}]", r"\\\g<0>", texte)


def _one_line(texte: str) -> str:
    """As a browser's text field sends it back."""
    return re.sub(r"[\t\r\n]+", " ", texte).strip()
