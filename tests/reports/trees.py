"""Trees made from the annotations of the nodes: one fixed, others drawn by hypothesis."""

import dataclasses
import datetime
import types
import typing
from decimal import Decimal

from hypothesis import strategies as st

from reports.enums import Detail, Partie
from reports.tree import nodes

PEOPLE = ("Mme Sabel", "Mr Delfau, maire", "Caf", "Dominique [[p1]]", "", "Ève, vice-présidente")
#: Texts that may be taken for something else: tokens, names, signs of JSON.
TRAPS = (
    "",
    "[[",
    "[[p1]]",
    "[[]]",
    "[[[",
    "]]",
    "dit par Mme Sabel.",
    'un "mot"\n\\',
    "Mme Sabelle",
)


def kinds(node_class: type) -> dict[str, object]:
    return typing.get_type_hints(node_class)


def is_optional(kind) -> bool:
    return isinstance(kind, types.UnionType)


def without_none(kind):
    (found,) = (one for one in typing.get_args(kind) if one is not types.NoneType)
    return found


def sample(kind, name: str = ""):
    """One value of this annotation, the same at each call; every list holds one element."""
    if is_optional(kind):
        return sample(without_none(kind), name)
    if typing.get_origin(kind) is tuple:
        return tuple(sample(one, name) for one in typing.get_args(kind) if one is not Ellipsis)
    if kind is nodes.Statut:
        # Printed with its drawing, which has to exist.
        return nodes.Statut("realisee", "réalisée", "carre-oui", "oui")
    if dataclasses.is_dataclass(kind):
        return kind(**{field: sample(found, field) for field, found in kinds(kind).items()})
    values = {
        str: f"{name.replace('_', ' ')} : « dit » par Mme Exemple, élue",
        int: 1 if name == "decimales" else 2023,
        bool: True,
        Decimal: Decimal("1234.50"),
        datetime.date: datetime.date(2023, 10, 9),
    }
    return values[kind]


def sample_tree() -> nodes.Bilan:
    """A complete bilan with one of everything; the words of a field are its name."""
    tree = dataclasses.replace(
        sample(nodes.Bilan), schema=nodes.SCHEMA, composition=None, totaux=None
    )
    convention = dataclasses.replace(tree.convention, couleur="bleu", slug="pays-exemple")
    return dataclasses.replace(tree, convention=convention)


def composed_tree() -> nodes.Bilan:
    """The same, composed: what a draft chooses is in its text beside the whole tree."""
    composition = dataclasses.replace(
        sample(nodes.Composition),
        detail=str(Detail.STANDARD),
        parties=(str(Partie.AXES), str(Partie.INTRODUCTION), str(Partie.ANNEXES)),
        axes=(),
    )
    return dataclasses.replace(sample_tree(), composition=composition)


def drawn(kind):
    """A strategy for values of this annotation."""
    if is_optional(kind):
        return st.none() | drawn(without_none(kind))
    if typing.get_origin(kind) is tuple:
        args = typing.get_args(kind)
        if args[-1] is Ellipsis:
            return st.lists(drawn(args[0]), max_size=2).map(tuple)
        return st.tuples(*map(drawn, args))
    if dataclasses.is_dataclass(kind):
        return st.builds(kind, **{name: drawn(one) for name, one in kinds(kind).items()})
    return {
        str: st.sampled_from([*PEOPLE, *TRAPS]) | st.text(st.characters(codec="utf-8"), max_size=9),
        int: st.integers(),
        bool: st.booleans(),
        Decimal: st.decimals(allow_nan=False, allow_infinity=False),
        datetime.date: st.dates(),
    }[kind]
