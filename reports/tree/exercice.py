"""What belongs to a bilan of one year: the rules of time, in one place."""

from dataclasses import dataclass

from ctg_portal.lib.dates import DatePartielle


@dataclass(frozen=True, slots=True)
class Exercice:
    """A year, or the whole period (`annee` None), which lets everything through."""

    annee: int | None

    def __bool__(self):
        return self.annee is not None

    def holds(self, date: DatePartielle | None) -> bool:
        """True for what is dated in the year, even in part, and for what has no date."""
        return self.annee is None or date is None or date.touche(self.annee)

    def is_year(self, annee: int) -> bool:
        return self.annee is None or annee == self.annee

    def is_year_before(self, annee: int) -> bool:
        """True for the exercice whose perspectives were written for this year."""
        return self.annee is not None and annee == self.annee - 1

    def has_passed(self, date: DatePartielle | None) -> bool:
        """True for what began before the end of the year."""
        return self.annee is None or date is None or date.debut.year <= self.annee
