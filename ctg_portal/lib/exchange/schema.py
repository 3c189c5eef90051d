"""How an app declares its exchange tables: column ↔ field, once for reading, writing and help."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models

from .cells import Kind, Several
from .problems import Niveau


@dataclass(frozen=True, kw_only=True, eq=False)
class Outside:
    """Rows that a column points to and that are not in the tables.

    `index(convention)` gives them by key; `key(text)` is what is compared; `label(row)` what is
    printed where the key is not; `create(convention, text)` gives an unsaved row for an unknown
    key, or is None when unknown means an error. The convention may not be saved yet.
    """

    index: Callable[[models.Model], dict[str, models.Model]]
    nom: str
    key: Callable[[str], str] = str
    label: Callable[[models.Model], str] | None = None
    create: Callable[[models.Model, str], models.Model] | None = None


@dataclass(frozen=True, eq=False)
class Column:
    """One column.

    `field` is the model's field (the column's name unless said). `target` names the table, or
    `outside` the rows, that the cell points to. `agrees_with`: the row pointed to must have the
    same value in that column's field as this row. `in_period`: a year outside the convention is
    worth a warning. `frozen`: an update leaves the first words alone and says so. `child`: kept in
    rows of their own (see Children). `file`: a path beside the tables.
    """

    name: str
    kind: Kind
    required: bool = False
    field: str = ""
    target: str = ""
    outside: Outside | None = None
    agrees_with: str = ""
    in_period: bool = False
    frozen: bool = False
    child: bool = False
    file: bool = False
    aide: str = ""

    @property
    def field_name(self) -> str:
        return self.field or self.name

    @property
    def points(self) -> bool:
        return bool(self.target or self.outside)

    @property
    def is_link(self) -> bool:
        """Several rows pointed to: a many-to-many relation."""
        return self.points and isinstance(self.kind, Several)

    @property
    def is_reference(self) -> bool:
        """One row pointed to: a foreign key."""
        return self.points and not self.is_link

    @property
    def is_plain(self) -> bool:
        return not (self.points or self.child or self.file)


@dataclass(frozen=True, kw_only=True, eq=False)
class Children:
    """Rows of another model that the table shows in its own cells, without a key of their own.

    A single column of the kind Several gives one child per value; otherwise each row of the group
    (see Table.grouped) gives one child, from several columns.
    """

    model: type[models.Model]
    parent: str
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Unique:
    """Columns that together do not repeat; `niveau` says whether a repetition stops the import."""

    columns: tuple[str, ...]
    message: str
    niveau: Niveau = Niveau.ERREUR


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """One exchange table and the model that its rows are kept in.

    `key`: the column that names a row. `also`: another column by which it may be pointed
    to, where one row alone bears that name.
    `parent`: the column of the row it belongs to (none: the convention). `path`: from the model to
    its convention. `alike`: the columns that tell a row without a key again, then `by_position`
    matches what is left, in order. `removable`: an update takes away the rows that the file no
    longer holds. `checks` yield (column, message) for one filled, unsaved row; `accept_file` gives
    the name and bytes to keep of a file and the fields read in it, or refuses it; `without_file`
    are these fields when there is none.
    """

    name: str
    aide: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    path: str
    key: str = ""
    also: str = ""
    parent: str = ""
    alike: tuple[str, ...] = ()
    by_position: bool = True
    removable: bool = False
    grouped: bool = False
    single: bool = False
    required: bool = False
    key_of: Callable[[str], str] = str
    unique: tuple[Unique, ...] = ()
    children: tuple[Children, ...] = ()
    checks: tuple[Callable[[models.Model], Iterable[tuple[str, str]]], ...] = ()
    accept_file: Callable[[str, bytes], tuple[str, bytes, dict]] | None = None
    without_file: dict[str, object] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def by_field(self) -> dict[str, Column]:
        return {column.field_name: column for column in self.columns if not column.child}

    @cached_property
    def keeps_order(self) -> bool:
        return any(field.name == "ordre" for field in self.model._meta.concrete_fields)

    @cached_property
    def belongs_directly(self) -> bool:
        """True when the model names its convention itself."""
        return self.path == "convention"

    def with_column(self, column: Column, *, after: str) -> "Table":
        """The same table with one more column, for the app that alone knows what it points to."""
        place = [one.name for one in self.columns].index(after) + 1
        return replace(self, columns=(*self.columns[:place], column, *self.columns[place:]))


def empty_value(model_field: models.Field) -> object:
    """What an empty cell stands for: not known, or the default where something must stand."""
    if model_field.null:
        return None
    if model_field.has_default():
        return model_field.get_default()
    return "" if model_field.empty_strings_allowed else None


def refusals(row: models.Model) -> list[str]:
    """What the fields of an unsaved row, its relations aside, refuse: sentences in French."""
    relations = {one.name for one in row._meta.concrete_fields if one.is_relation}
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as error:
        return [message[:1].lower() + message[1:] for message in error.messages]
    return []
