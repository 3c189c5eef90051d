"""What the pages of the bilans ask of a convention."""

import datetime

from actions.models import PointEtape
from copil.models import Point


def exercices_of(convention, today: datetime.date) -> list[int]:
    """The exercices a bilan can be made for, the latest first.

    Years of the convention that have begun, and every year for which something was written, even
    outside the period: a bilan of 2019-2022 may tell what was done in 2023.
    """
    years = set(
        Point.objects.filter(convention=convention).order_by().values_list("exercice", flat=True)
    )
    years.update(
        PointEtape.objects.filter(fiche__axe__convention=convention)
        .order_by()
        .values_list("exercice", flat=True)
    )
    if convention.debut:
        last = min(today.year, convention.fin.fin.year) if convention.fin else today.year
        years.update(range(convention.debut.debut.year, last + 1))
    return sorted(years, reverse=True)
