"""Partial dates: a day, a month, a year, or a range of those, with the words a document printed."""

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
MOIS_COURTS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
TEXTE_MAX = 80
NBSP = "\u00a0"
ANNEE_MIN, ANNEE_MAX = 1900, 2200

FORMES_ACCEPTEES = (
    "Écrivez par exemple « 9 octobre 2023 », « juin 2018 », « 2020 » ou « du 23 au 27 août 2021 »."
)


class Precision(StrEnum):
    """The unit in which the two ends of a partial date are known."""

    JOUR = "j"
    MOIS = "m"
    ANNEE = "a"


class DateImpossible(ValueError):
    """The text is not a date; the message, in French, says which forms are accepted."""


@dataclass(frozen=True, order=True, slots=True)
class DatePartielle:
    """First day, last day, precision, and the printed words where they say something else.

    Ordered by first day, then last day. `texte` is what a document printed ("été 2020") and is
    shown instead of the computed words.
    """

    debut: datetime.date
    fin: datetime.date
    precision: Precision = Precision.JOUR
    texte: str = ""

    def __post_init__(self):
        if self.fin < self.debut:
            raise DateImpossible("La fin est avant le début.")
        if len(self.texte) > TEXTE_MAX or set(self.texte) & set("()"):
            raise DateImpossible(
                f"Les mots imprimés tiennent en {TEXTE_MAX} caractères, sans parenthèses."
            )

    def __str__(self):
        return self.texte or self.en_mots

    @property
    def est_plage(self) -> bool:
        return self.debut != _first(self.fin, self.precision)

    @property
    def annee(self) -> int:
        """Year of the first day, in which lists file this date."""
        return self.debut.year

    @property
    def dit_son_annee(self) -> bool:
        """False where the printed words leave every year out: "lundi 17 octobre"."""
        return any(str(day.year) in str(self) for day in (self.debut, self.fin))

    def touche(self, annee: int) -> bool:
        """True if at least one day of this date lies in that year."""
        return self.debut.year <= annee <= self.fin.year

    def est_passee(self, aujourdhui: datetime.date) -> bool:
        """True once the last day is over: "2022" is not past before 2023."""
        return self.fin < aujourdhui

    @property
    def en_mots(self) -> str:
        if not self.est_plage:
            return _words(self.debut, self.precision)
        debut, fin = self.debut, self.fin
        if self.precision is Precision.ANNEE:
            return f"{debut.year}-{fin.year}"
        same_year, same_month = debut.year == fin.year, debut.month == fin.month
        end = _words(fin, self.precision)
        if self.precision is Precision.MOIS:
            start = MOIS[debut.month - 1] if same_year else _words(debut, self.precision)
            return f"{'d’' if start[0] in 'ao' else 'de '}{start} à {end}"
        if same_year and same_month:
            start = _day(debut)
        elif same_year:
            start = f"{_day(debut)}{NBSP}{MOIS[debut.month - 1]}"
        else:
            start = _words(debut, self.precision)
        return f"du {start} au {end}"

    @property
    def est_un_jour(self) -> bool:
        """One known day, told by no other words."""
        return not self.texte and not self.est_plage and self.precision is Precision.JOUR

    @property
    def avec_jour(self) -> str:
        """The shown words, with the weekday where it is one known day: "lundi 9 octobre 2023"."""
        if not self.est_un_jour:
            return str(self)
        return f"{JOURS[self.debut.weekday()]} {self.en_mots}"

    @property
    def code(self) -> str:
        """Its form in exchange tables: `2018-06`, `2021-08-23/2021-08-27`, `2020 (été 2020)`."""
        code = _iso(self.debut, self.precision)
        if self.est_plage:
            code += "/" + _iso(self.fin, self.precision)
        return f"{code} ({self.texte})" if self.texte else code

    def to_column(self) -> str:
        """The stored form, whose text order is the order of first day, then last day."""
        parts = [self.debut.isoformat(), self.fin.isoformat(), self.precision.value]
        return "/".join([*parts, self.texte] if self.texte else parts)

    @classmethod
    def from_column(cls, value: str) -> "DatePartielle":
        debut, fin, precision, *texte = value.split("/", 3)
        return cls(
            datetime.date.fromisoformat(debut),
            datetime.date.fromisoformat(fin),
            Precision(precision),
            texte[0] if texte else "",
        )

    @classmethod
    def jour(cls, date: datetime.date) -> "DatePartielle":
        return cls(date, date)

    def decalee(self, jours: int) -> "DatePartielle":
        """The same date moved by that many days; only meaningful to the day."""
        delta = datetime.timedelta(days=jours)
        return replace(self, debut=self.debut + delta, fin=self.fin + delta)


def parse_date(texte: str) -> DatePartielle:
    """Read a partial date as people and the exchange tables write it.

    Accepted: `2023-10-09`, `09/10/2023`, `2018-06`, `06/2018`, `juin 2018`, `9 octobre 2023`,
    `2020`, `2022-2023`, two of the ISO forms joined by `/`, `du 23 au 27 août 2021`,
    `de juin à août 2022`, each followed by other printed words in brackets.

    Raises DateImpossible (French message).
    """
    texte = " ".join(texte.replace(NBSP, " ").replace("\u202f", " ").split())
    match = re.fullmatch(r"(?P<date>[^()]+?)\s*\((?P<mots>[^()]*)\)", texte)
    if match:
        return replace(_parse_plain(match["date"]), texte=match["mots"].strip())
    return _parse_plain(texte)


HEURE = r"(?:(\d{1,2}) ?(?:h|heures?|:) ?([0-5]\d)|(\d{1,2}) ?(?:h|heures?))"


def parse_heures(texte: str) -> tuple[datetime.time, datetime.time | None] | None:
    """The moment, or the two ends, that people wrote: « 9 h 30 », « 18h », « 14:00 à 16:00 ».

    None where no single moment can be read (« à préciser », « 9 h ou 14 h », « 25 h »).
    """
    brut = " ".join(_fold(texte).split())
    match = re.fullmatch(rf"(?:(?:a|de|des) )?{HEURE}(?: ?(?:a|-|–) ?{HEURE})?", brut)
    if match is None:
        return None
    try:
        debut, fin = _time(match.groups()[:3]), _time(match.groups()[3:])
    except ValueError:
        return None
    return None if fin and fin <= debut else (debut, fin)


def _time(groups) -> datetime.time | None:
    heure, minutes, heure_ronde = groups
    found = heure or heure_ronde
    return datetime.time(int(found), int(minutes or 0)) if found else None


def _parse_plain(texte: str) -> DatePartielle:
    brut = _fold(texte)
    if match := re.fullmatch(r"(\d{4})-(\d{4})", brut):
        return _span(match[1], match[2])
    if match := re.fullmatch(r"(\d{4}(?:-\d{1,2}){0,2})/(\d{4}(?:-\d{1,2}){0,2})", brut):
        return _span(match[1], match[2])
    if match := re.fullmatch(r"(?:du|de|d['’]) ?(.+?) (?:au|a) (.+)", brut):
        return _span(_complete(match[1], match[2]), match[2])
    debut, fin, precision = _parse_one(brut)
    return DatePartielle(debut, fin, precision)


def _span(start: str, end: str) -> DatePartielle:
    debut, _, precision_start = _parse_one(start)
    _, fin, precision_end = _parse_one(end)
    if precision_start is not precision_end:
        raise DateImpossible("Les deux bouts de la période n’ont pas la même précision.")
    return DatePartielle(debut, fin, precision_end)


def _complete(start: str, end: str) -> str:
    """Give the start of a range the month and year that only its end carries."""
    words = end.split()
    count = len(start.split())
    return " ".join([start, *words[count:]]) if count < len(words) else start


def _parse_one(brut: str) -> tuple[datetime.date, datetime.date, Precision]:
    month_names = {_fold(name): number for number, name in enumerate(MOIS, start=1)}
    brut = re.sub(rf"^({'|'.join(JOURS)}) ", "", brut)
    annee = mois = jour = None
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", brut):
        annee, mois, jour = match.groups()
    elif match := re.fullmatch(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", brut):
        jour, mois, annee = match.groups()
    elif match := re.fullmatch(r"(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})", brut):
        jour, mois, annee = match[1], month_names.get(match[2]), match[3]
        if mois is None:
            raise DateImpossible(f"« {brut} » n’est pas une date. {FORMES_ACCEPTEES}")
    else:
        raise DateImpossible(f"« {brut[:40]} » n’est pas une date. {FORMES_ACCEPTEES}")
    return _bounds(int(annee), int(mois) if mois else None, int(jour) if jour else None)


def _bounds(annee: int, mois: int | None, jour: int | None):
    if not ANNEE_MIN <= annee <= ANNEE_MAX:
        raise DateImpossible(f"L’année {annee} est hors des limites ({ANNEE_MIN} à {ANNEE_MAX}).")
    try:
        if mois is None:
            return datetime.date(annee, 1, 1), datetime.date(annee, 12, 31), Precision.ANNEE
        if jour is None:
            last = calendar.monthrange(annee, mois)[1]
            return datetime.date(annee, mois, 1), datetime.date(annee, mois, last), Precision.MOIS
        day = datetime.date(annee, mois, jour)
    except (ValueError, calendar.IllegalMonthError):
        raise DateImpossible("Ce jour n’existe pas dans le calendrier.") from None
    return day, day, Precision.JOUR


def _first(date: datetime.date, precision: Precision) -> datetime.date:
    if precision is Precision.ANNEE:
        return date.replace(month=1, day=1)
    return date.replace(day=1) if precision is Precision.MOIS else date


def _iso(date: datetime.date, precision: Precision) -> str:
    return date.isoformat()[
        : {Precision.ANNEE: 4, Precision.MOIS: 7, Precision.JOUR: 10}[precision]
    ]


def _day(date: datetime.date) -> str:
    return "1er" if date.day == 1 else str(date.day)


def _words(date: datetime.date, precision: Precision) -> str:
    if precision is Precision.ANNEE:
        return str(date.year)
    month = f"{MOIS[date.month - 1]} {date.year}"
    return month if precision is Precision.MOIS else f"{_day(date)}{NBSP}{month}"


def _fold(texte: str) -> str:
    decomposed = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()
