"""The tree of a bilan as canonical JSON, and back: what an arrêté keeps and what its hash is of.

Keys are sorted, decimals are texts, dates are ISO, the root says its `schema`. A person is a token
(`[[p1]]`) whose name stands in a table of its own: the name can be erased, the text and its hash do
not change. A picture is named by its content.

A number of schema never changes its meaning: once released, another shape of the nodes is another
number. What a later number adds has a default, so that the texts of the earlier ones are read for
ever (a golden file per number in tests/reports/golden/).
"""

import dataclasses
import datetime
import hashlib
import json
import re
import types
import typing
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from .tree import nodes

EFFACEE = "personne effacée"

#: Fields that name people; only what stands before the first comma is the name ("Nom, qualité").
PERSONNES = {
    nodes.Arrete: ("auteur",),
    nodes.Axe: ("pilotes",),
    nodes.Decision: ("responsable",),
    nodes.Document: ("credit",),
    nodes.Fiche: ("pilotes", "elu_referent"),
    nodes.Participant: ("nom",),
    nodes.Signataire: ("representants",),
}
#: Fields that name a picture of the media.
IMAGES = {nodes.Document: ("image",), nodes.Convention: ("logo",)}
#: Fields that are not written where they are None: the texts that were frozen before they existed
#: stay what they were.
ABSENTS = {nodes.Bilan: ("composition", "totaux")}
_JETON = re.compile(r"\[\[(p\d+)?\]\]")


class TexteIllisible(Exception):
    """The kept text is no bilan that this version of the portal can read."""


@dataclass(frozen=True, slots=True)
class Canonique:
    """A tree as text, with the name behind each token."""

    texte: str
    personnes: dict[str, str]

    @property
    def empreinte(self) -> str:
        """SHA-256 of the text, in hexadecimal; what `sha256sum` says of it in a UTF-8 file."""
        return hashlib.sha256(self.texte.encode()).hexdigest()


def write(tree: nodes.Bilan, images: Mapping[str, str] | None = None) -> Canonique:
    """The canonical text of a tree; `images` maps the name of each picture to its lasting one."""
    tokens: dict[str, str] = {}
    for name in _names(tree):
        tokens.setdefault(name, f"p{len(tokens) + 1}")
    encoder = _Encoder(tokens, images)
    texte = json.dumps(
        encoder.node(tree), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return Canonique(texte, {token: name for name, token in tokens.items()})


def read(
    texte: str, personnes: Mapping[str, str | None], retirees: Set[str] = frozenset()
) -> nodes.Bilan:
    """The tree that `write` was given, an erased person under the words that say so.

    `retirees` are the lasting names of pictures that may not be shown any more. Raises
    TexteIllisible for a text that is broken or of a later schema.
    """
    try:
        data = json.loads(texte)
        if data["schema"] > nodes.SCHEMA:
            raise TexteIllisible(
                f"Ce bilan est au format {data['schema']} ; le portail lit jusqu’au format"
                f" {nodes.SCHEMA}. Mettez le portail à jour."
            )
        return _Decoder(personnes, retirees).value(nodes.Bilan, data)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise TexteIllisible(f"Ce bilan ne peut pas être relu : {error}.") from error


def _names(node) -> Iterator[str]:
    """The names of people in the order of the tree, each as often as it stands there."""
    if isinstance(node, tuple):
        for item in node:
            yield from _names(item)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            value = getattr(node, field.name)
            if field.name in PERSONNES.get(type(node), ()):
                values = value if isinstance(value, tuple) else (value,)
                yield from (name for name in map(_name_of, values) if name)
            else:
                yield from _names(value)


def _name_of(value: str) -> str:
    return value.partition(",")[0]


class _Encoder:
    """From nodes to what JSON holds."""

    def __init__(self, tokens: Mapping[str, str], images: Mapping[str, str] | None):
        self.tokens = tokens
        self.images = images
        # A name of two words is a person wherever it stands; "Caf" alone may be anything.
        full = sorted((name for name in tokens if " " in name), key=len, reverse=True)
        found = "|".join(map(re.escape, full))
        self.pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)|\[\[" if full else r"\[\[")

    def node(self, node):
        if node is None or isinstance(node, (bool, int)):
            return node
        if isinstance(node, str):
            return self.text(node)
        if isinstance(node, Decimal):
            return str(node)
        if isinstance(node, datetime.date):
            return node.isoformat()
        if isinstance(node, tuple):
            return [self.node(item) for item in node]
        absent = ABSENTS.get(type(node), ())
        return {
            field.name: self._field(node, field.name)
            for field in dataclasses.fields(node)
            if field.name not in absent or getattr(node, field.name) is not None
        }

    def _field(self, node, name: str):
        value = getattr(node, name)
        if name in PERSONNES.get(type(node), ()):
            if isinstance(value, tuple):
                return [self._person(item) for item in value]
            return self._person(value)
        if self.images is not None and name in IMAGES.get(type(node), ()):
            value = self.images.get(value, "")
        return self.node(value)

    def _person(self, value: str) -> str:
        name = _name_of(value)
        if not name:
            return self.text(value)
        return f"[[{self.tokens[name]}]]{self.text(value[len(name) :])}"

    def text(self, value: str) -> str:
        """Names become tokens; what looks like the start of a token is told from one."""
        return self.pattern.sub(self._token, value)

    def _token(self, match: re.Match) -> str:
        found = match.group()
        return "[[]]" if found == "[[" else f"[[{self.tokens[found]}]]"


class _Decoder:
    """From what JSON holds to nodes, as their annotations say."""

    def __init__(self, personnes: Mapping[str, str | None], retirees: Set[str]):
        self.personnes = personnes
        self.retirees = retirees

    def value(self, kind, value):
        if isinstance(kind, types.UnionType):
            if value is None:
                return None
            (kind,) = (found for found in typing.get_args(kind) if found is not types.NoneType)
        if typing.get_origin(kind) is tuple:
            return self._tuple(typing.get_args(kind), value)
        if dataclasses.is_dataclass(kind):
            known = _kinds(kind)
            return kind(**{name: self.value(known[name], found) for name, found in value.items()})
        return self._leaf(kind, value)

    def _leaf(self, kind: type, value):
        expected = str if kind in (Decimal, datetime.date) else kind
        if type(value) is not expected:
            raise TypeError(f"{expected.__name__} attendu, {value!r} trouvé")
        if kind is str:
            return nodes.RETIREE if value in self.retirees else _JETON.sub(self._name, value)
        if kind is Decimal:
            return Decimal(value)
        if kind is datetime.date:
            return datetime.date.fromisoformat(value)
        return value

    def _tuple(self, kinds, values) -> tuple:
        if kinds[-1] is Ellipsis:
            return tuple(self.value(kinds[0], value) for value in values)
        return tuple(self.value(kind, value) for kind, value in zip(kinds, values, strict=True))

    def _name(self, match: re.Match) -> str:
        token = match.group(1)
        return (self.personnes[token] or EFFACEE) if token else "[["


@cache
def _kinds(node_class: type) -> dict[str, type]:
    return typing.get_type_hints(node_class)
