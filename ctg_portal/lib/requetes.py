"""Queries whose SQL is written once: Django spends ten times longer on a long union than SQLite."""

from collections.abc import Callable

from django.db import connection

# Stand for the parameters while the SQL is being written; no key is negative.
_REPERES = range(-900_001, -900_010, -1)


class RequetePreparee:
    """Rows of a `values_list` whose integer parameters are the only thing that changes.

    `build` takes one integer per parameter and returns the queryset; it is called once per
    database vendor. Calling the query with the real integers gives its rows as tuples, as the
    database returns them: columns have to be plain integers and texts.
    """

    def __init__(self, build: Callable):
        self._build = build
        self._written: dict[str, tuple[str, tuple]] = {}

    def __call__(self, *parameters: int) -> list[tuple]:
        sql, places = self._sql(len(parameters))
        real = dict(zip(_REPERES, parameters, strict=False))
        with connection.cursor() as cursor:
            cursor.execute(sql, [real.get(value, value) for value in places])
            return cursor.fetchall()

    def _sql(self, count: int) -> tuple[str, tuple]:
        vendor = connection.vendor
        if vendor not in self._written:
            query = self._build(*_REPERES[:count]).query
            self._written[vendor] = query.sql_with_params()
        return self._written[vendor]
