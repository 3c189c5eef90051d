"""The exchange tables of every app, in the order of the exchange format."""

from actions import tables as actions
from axes import tables as axes
from copil import tables as copil
from ctg_portal.lib.exchange.schema import Table
from indicators import tables as indicators

ORDER = (
    "convention",
    "communes",
    "signataires",
    "jalons",
    "axes",
    "objectifs",
    "actions",
    "resultats_attendus",
    "volets",
    "realisations",
    "points_etape",
    "partenaires",
    "financements",
    "documents",
    "structures",
    "indicateurs",
    "valeurs",
    "instances",
    "reunions",
    "ordre_du_jour",
    "participants",
    "decisions",
    "points",
)


def all_tables() -> dict[str, Table]:
    """Every table by its name."""
    declared = (*axes.TABLES, *actions.TABLES, *indicators.TABLES, *copil.TABLES)
    by_name = {table.name: table for table in declared}
    return {name: by_name[name] for name in ORDER}
