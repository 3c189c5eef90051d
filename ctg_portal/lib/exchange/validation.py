"""What the models would refuse, said before anything is written."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from .cells import CelluleImpossible
from .parsing import Parsed
from .plan import Plan, PlannedRow, PlannedTable
from .problems import Niveau
from .schema import Table, refusals
from .sources import Source


def validate(plan: Plan, parsed: Parsed) -> None:
    """Add to `parsed` what fields, declared uniqueness and declared checks refuse."""
    for planned in plan.tables.values():
        _check_unique(planned, parsed)
        for one in planned.rows:
            if not (one.is_new or one.changes):
                continue
            for column, message in _field_errors(planned.table, one):
                parsed.refuse(one.row, column, message)
            for column, message in _child_errors(planned.table, one):
                parsed.refuse(one.row, column, message)
            for check in planned.table.checks:
                for column, message in check(one.instance):
                    parsed.refuse(one.row, column, message)


def _field_errors(table: Table, one: PlannedRow) -> Iterator[tuple[str, str]]:
    plain = {column.field_name for column in table.columns if column.is_plain}
    # A cell that could not be read was refused already.
    unread = {
        column.field_name
        for column in table.columns
        if column.required and one.row.values.get(column.name) is None
    }
    others = {one.name for one in table.model._meta.concrete_fields} - (plain - unread)
    try:
        one.instance.clean_fields(exclude=others)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                yield table.by_field[name].name, _lower(message)


def _child_errors(table: Table, one: PlannedRow) -> Iterator[tuple[str, str]]:
    for child, wanted in zip(table.children, one.children, strict=True):
        for values in wanted or ():
            for message in refusals(child.model(**values)):
                yield next(iter(child.fields)), message


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _check_unique(planned: PlannedTable, parsed: Parsed) -> None:
    for rule in planned.table.unique:
        first: dict[tuple, int] = {}
        for one in planned.rows:
            said = tuple(_said(planned.table, name, one) for name in rule.columns)
            if any(part in (None, "") for part in said):
                continue
            line = first.setdefault(said, one.row.line)
            if line != one.row.line:
                message = f"{rule.message} (ligne {line})."
                parsed.refuse(one.row, rule.columns[-1], message, rule.niveau)


def _said(table: Table, name: str, one: PlannedRow) -> object:
    if name == table.parent:
        return id(one.parent)
    column = table.by_name[name]
    return column.kind.format(getattr(one.instance, column.field_name))


def attach_files(
    plan: Plan, parsed: Parsed, source: Source
) -> list[tuple[PlannedRow, str, str, bytes]]:
    """The files to keep: their row, field, name and bytes.

    A file that is not there is an error beside CSV tables; tables that came alone, such as a
    workbook, cannot hold any: the row then keeps the file that it had, and a warning says so.
    """
    found = []
    for planned in plan.tables.values():
        for column in (column for column in planned.table.columns if column.file):
            for one in planned.rows:
                if column.name in one.row.values:
                    found += _attach(planned.table, column, one, parsed, source)
    return found


def _attach(table, column, one: PlannedRow, parsed: Parsed, source: Source) -> list:
    path = one.row.values[column.name]
    stored = getattr(one.instance, column.field_name)
    if not path:
        if stored:
            one.changes.add(column.field_name)
            one.lost_files[column.field_name] = stored.name
            setattr(one.instance, column.field_name, "")
            _measure(one, table.without_file)
        return []
    data = source.read_file(path)
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    if data is None:
        _refuse_missing(column, one, parsed, source, has_stored=bool(stored))
        return []
    try:
        name, data, measures = table.accept_file(name, data)
    except CelluleImpossible as error:
        parsed.refuse(one.row, column.name, str(error))
        return []
    if stored and _same_content(stored, data):
        return []
    one.changes.add(column.field_name)
    if stored:
        one.lost_files[column.field_name] = stored.name
    # Checks see that there is a file; its true name is given when it is written.
    stored.name = name
    _measure(one, measures)
    return [(one, column.field_name, name, data)]


def _measure(one: PlannedRow, measures: dict[str, object]) -> None:
    """Fields that are read in a file go with it, without being a change of their own."""
    for name, value in measures.items():
        setattr(one.instance, name, value)
    one.quiet |= set(measures)


def _refuse_missing(column, one, parsed: Parsed, source: Source, *, has_stored: bool) -> None:
    path = one.row.values[column.name]
    if source.has_files:
        parsed.refuse(
            one.row, column.name, f"le fichier « {path} » ne se trouve pas à côté des tables."
        )
    elif not has_stored:
        parsed.refuse(
            one.row,
            column.name,
            f"le fichier « {path} » n’accompagne pas les tables : la ligne est gardée sans lui.",
            Niveau.AVERTISSEMENT,
        )


def _same_content(stored, data: bytes) -> bool:
    try:
        with stored.open("rb") as kept:
            return kept.read() == data
    except OSError:
        return False
