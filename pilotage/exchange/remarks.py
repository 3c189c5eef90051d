"""What is worth a warning without stopping an import: figures and years that do not agree."""

from collections import Counter
from collections.abc import Iterator

from ctg_portal.lib.exchange.parsing import Parsed
from ctg_portal.lib.exchange.plan import Plan
from ctg_portal.lib.exchange.problems import Niveau
from ctg_portal.lib.exchange.stored import points_to


def add_remarks(plan: Plan, parsed: Parsed) -> None:
    """Warnings go to `parsed`, each on the row that it is about."""
    for row, column, message in (*_years_outside(plan), *_announced(plan)):
        parsed.refuse(row, column, message, Niveau.AVERTISSEMENT)


def _years_outside(plan: Plan) -> Iterator[tuple]:
    convention = plan.convention
    for planned in plan.tables.values():
        for column in (column for column in planned.table.columns if column.in_period):
            for one in planned.rows:
                value = one.row.values.get(column.name)
                year = value if isinstance(value, int) else getattr(value, "annee", None)
                if year is not None and not convention.covers(year):
                    yield (
                        one.row,
                        column.name,
                        f"{year} est hors de la période de la convention ({convention.periode}).",
                    )


def _announced(plan: Plan) -> Iterator[tuple]:
    """The number of fiches that the signed convention prints, beside those that are entered."""
    if "axes" not in plan.tables:
        return
    fiches = (
        [one.instance for one in plan.tables["actions"].rows] if "actions" in plan.tables else []
    )
    known = {id(fiche) for fiche in fiches}
    stored = plan.stored.rows(plan.stored.tables["actions"])
    fiches += [fiche for fiche in stored if id(fiche) not in known]
    for one in plan.tables["axes"].rows:
        axe = one.instance
        entered = Counter(points_to(fiche, "axe", axe) for fiche in fiches if not fiche.archivee)[
            True
        ]
        if axe.fiches_annoncees not in (None, entered):
            yield (
                one.row,
                "fiches_annoncees",
                f"{axe.annoncees_et_saisies(entered)} : les deux nombres restent.",
            )
