"""Which fields of a model its exchange tables hold: what the tests of each app compare."""

from django.db import models

from ctg_portal.lib.exchange.schema import Table

#: What the database or the place of a row says by itself, in every table.
BY_PLACE = {
    "id": "donné par la base",
    "ordre": "l’ordre des lignes",
    "convention": "la convention du fichier",
}


def fields_without_column(
    model: type[models.Model], tables: tuple[Table, ...], excluded: dict[str, str]
) -> set[str]:
    """Concrete and many-to-many fields that no column holds and that no reason excludes.

    Raises AssertionError for an exclusion that excludes nothing.
    """
    held = set()
    for table in tables:
        if table.model is model:
            held |= {column.field_name for column in table.columns if not column.child}
        for child in table.children:
            if child.model is model:
                held |= {*child.fields.values(), child.parent}
    fields = {one.name for one in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    reasons = BY_PLACE | excluded
    useless = {name for name in excluded if name in held or name not in fields}
    assert not useless, f"exclus sans raison : {useless}"
    return fields - held - set(reasons)
