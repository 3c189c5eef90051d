"""Kinds of cells: from the text of a cell to a value, and back to the same text.

Every kind keeps this promise: `format(parse(format(value))) == format(value)`, which is what makes
a table that goes out and in again identical.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from ..dates import DateImpossible, parse_date
from ..periodes import PeriodeImpossible, parse_periode
from ..recherche import normalise

SEPARATEUR = " ; "
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Invisible, refused by XML (workbooks) or by PostgreSQL, and never meant.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?")


class CelluleImpossible(ValueError):
    """The text does not read as this kind of cell; the message is in French."""


def clean(texte: str) -> str:
    """One kind of line ends, no control character, no space around."""
    return _CONTROLS.sub("", _LINE_BREAKS.sub("\n", texte)).strip()


def simplify(texte: str) -> str:
    """What is compared of a name: no case, accents, spaces, hyphens, underscores, apostrophes."""
    return re.sub(r"[^a-z0-9]+", "", normalise(texte))


def closest(texte: str, names: Iterable[str]) -> str:
    """« Vouliez-vous dire… ? » with the nearest of these names, or an empty text."""
    by_key = {simplify(name): name for name in names}
    found = difflib.get_close_matches(simplify(texte), by_key, n=1, cutoff=0.6)
    return f" Vouliez-vous dire « {by_key[found[0]]} » ?" if found else ""


class Kind:
    """Base: a text on one line. `aide` is the sentence of the documentation."""

    aide = "texte sur une ligne"
    est_nombre = False

    def parse(self, texte: str) -> object:
        """The value of a cleaned, non-empty text. Raises CelluleImpossible."""
        return re.sub(r"\s*\n\s*", " ", texte)

    def format(self, value: object) -> str:
        """The text of a value, empty for what is not known."""
        return "" if value is None else self.parse(clean(str(value)))


class Text(Kind):
    """A text on one line."""


class LongText(Kind):
    aide = "texte : une ligne vide sépare deux paragraphes, « - » en début de ligne fait une liste"

    def parse(self, texte: str) -> str:
        return texte


class Key(Kind):
    """A name by which other rows point to this one; no semicolon, which separates several."""

    aide = "clé libre, unique dans la table"

    def parse(self, texte: str) -> str:
        texte = super().parse(texte)
        if ";" in texte:
            raise CelluleImpossible(
                "le point-virgule sépare plusieurs valeurs, il n’a pas sa place ici."
            )
        return texte

    def format(self, value: object) -> str:
        return "" if value is None else super().parse(clean(str(value))).replace(";", ",")


class Several(Kind):
    """Several keys or names in one cell; the value is a tuple without repetition."""

    aide = "plusieurs valeurs séparées par « ; »"

    def parse(self, texte: str) -> tuple[str, ...]:
        parts = (part.strip() for part in super().parse(texte).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def format(self, value: Iterable[object] | None) -> str:
        return SEPARATEUR.join(filter(None, map(Key().format, value or ())))


class Date(Kind):
    aide = "jour, mois, année ou période : 2023-10-09, 09/10/2023, juin 2018, 2020 (été 2020)"

    def parse(self, texte: str):
        try:
            return parse_date(texte)
        except DateImpossible as error:
            raise CelluleImpossible(str(error)) from error

    def format(self, value) -> str:
        return value.code if value else ""


class Periode(Kind):
    aide = "année (2019), année scolaire (2021/2022), mois, jour ou « convention »"

    def parse(self, texte: str):
        try:
            return parse_periode(texte)
        except PeriodeImpossible as error:
            raise CelluleImpossible(str(error)) from error

    def format(self, value) -> str:
        return value.code if value else ""


class Number(Kind):
    """A number as French people write it; `entier` for counts and years."""

    est_nombre = True

    def __init__(self, *, entier: bool = False):
        self.entier = entier
        self.aide = "nombre entier" if entier else "nombre : 36 424, 19,7 ou 19,7 %"

    def parse(self, texte: str) -> Decimal | int:
        plain = re.sub("[\u00a0\u202f\u2009]", " ", texte).replace("\u2212", "-")
        plain = plain.rstrip("%€ ").strip()
        if not _NUMBER.fullmatch(plain):
            raise CelluleImpossible(f"« {texte[:40]} » n’est pas un nombre.")
        try:
            value = Decimal(plain.replace(" ", "").replace(",", "."))
        except InvalidOperation:
            raise CelluleImpossible(f"« {texte[:40]} » n’est pas un nombre.") from None
        if not self.entier:
            return value
        if value != value.to_integral_value() or abs(value) > 10**9:
            raise CelluleImpossible(f"« {texte[:40]} » n’est pas un nombre entier.")
        return int(value)

    def format(self, value) -> str:
        if value is None:
            return ""
        text = f"{Decimal(value):f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", ",")


class YesNo(Kind):
    aide = "oui, non (ou x, vide)"
    YES = frozenset({"oui", "o", "x", "vrai", "true", "1"})
    NO = frozenset({"non", "n", "faux", "false", "0"})

    def parse(self, texte: str) -> bool:
        key = simplify(texte)
        if key in self.YES or texte in {"✓", "✔"}:
            return True
        if key in self.NO:
            return False
        raise CelluleImpossible(f"« {texte[:40]} » : écrivez oui ou non.")

    def format(self, value) -> str:
        return "" if value is None else "oui" if value else "non"


class Choice(Kind):
    """One word of a closed list, whatever its gender and number.

    `enum` is a TextChoices; `words` gives the exported word of the values whose label is not the
    one of the exchange format; `others` gives more accepted words for a value.
    """

    EMPTY = frozenset({"nonrenseigne", "nonrenseignee", "inconnu"})

    def __init__(self, enum, *, words: Mapping | None = None, others: Mapping | None = None):
        self.enum = enum
        self.words = {member: _lower_first(member.label) for member in enum} | dict(words or {})
        self.aide = ", ".join(self.words.values())
        self._members = {}
        for member in enum:
            accepted = {member.value, member.label, self.words[member]}
            for word in accepted | set((others or {}).get(member, ())):
                known = self._members.setdefault(_stem(word), member)
                if known is not member:
                    raise ValueError(f"« {word} » désigne {known!r} et {member!r}.")

    def parse(self, texte: str) -> str:
        if simplify(texte) in self.EMPTY:
            return ""
        member = self._members.get(_stem(texte))
        if member is None:
            hint = closest(texte, self.words.values()) or f" Choisissez parmi : {self.aide}."
            raise CelluleImpossible(f"« {texte[:60]} » n’est pas dans la liste.{hint}")
        return member.value

    def format(self, value) -> str:
        return self.words[self.enum(value)] if value else ""


def _lower_first(label: str) -> str:
    return label[:1].lower() + label[1:]


def _stem(texte: str) -> str:
    """The word without its marks of gender and number: "Réalisée", "réalisés" become "realis"."""
    texte = re.sub(r"[·.(]e[·.)]?s?\)?", "", texte)
    words = re.split(r"[^a-z0-9]+", normalise(texte))
    return "".join(word.rstrip("s").rstrip("e") for word in words)
