"""A plan kept in somebody's own spreadsheet, turned into the exchange tables.

Only its columns and its status words are mapped: the import then reads, checks, compares and
writes as it always does. Rows keep their line, so that a problem names the one of the spreadsheet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from axes.models import Convention
from ctg_portal.lib.exchange.cells import CelluleImpossible, Choice, clean, simplify
from ctg_portal.lib.exchange.problems import Niveau, Probleme, SourceIllisible
from ctg_portal.lib.exchange.sources import Source, read_source
from ctg_portal.lib.exchange.stored import Stored
from ctg_portal.lib.recherche import normalise

from .registry import all_tables

Rows = list[list[str]]

# Column of `actions`: the headings under which territories keep it, the surest first.
COLONNES: dict[str, tuple[str, ...]] = {
    "axe": ("axe", "enjeu", "thème", "groupe technique", "thématique"),
    "objectif": ("objectif", "objectif opérationnel", "orientation"),
    "code": ("code", "numéro", "n°", "référence"),
    "intitule": ("intitulé de l’action", "intitulé", "action", "fiche action", "titre", "libellé"),
    "pilotes": ("pilote", "pilotes", "porteur", "référent", "responsable"),
    "suivi": ("état d’avancement", "avancement", "suivi", "état", "statut"),
    "realisation": ("réalisation", "réalisée"),
    "objectifs_atteints": ("objectifs atteints", "atteinte des objectifs", "résultat"),
    "debut": ("début", "date de début", "démarrage"),
    "fin": ("fin", "date de fin", "échéance"),
    "public": ("public", "public visé", "bénéficiaires"),
    "contexte": ("contexte", "constat", "diagnostic"),
    "moyens": ("moyens", "budget", "financement"),
    "analyse_ecarts": ("analyse", "commentaire", "observations", "remarques"),
}
OBLIGATOIRES = ("axe", "intitule")
STATUTS = ("suivi", "realisation", "objectifs_atteints")
# What people write where the exchange format says something else.
MOTS = {
    "suivi": {
        "à venir": ("non commencé", "non démarré", "à faire", "à lancer", "prévu", "en projet"),
        "en cours": ("démarré", "commencé", "lancé", "en phase de réalisation"),
        "en pause": ("suspendu", "reporté", "en attente", "gelé"),
        "terminée": ("fait", "fini", "achevé", "réalisé", "clos", "ok", "100 %"),
        "abandonnée": ("abandon", "annulé", "arrêté", "supprimé"),
    },
    "realisation": {
        "réalisée": ("fait", "terminé", "oui", "ok"),
        "partiellement réalisée": ("en cours", "partiel", "en partie"),
        "non réalisée": ("non", "pas fait", "abandonné"),
    },
    "objectifs_atteints": {
        "atteints": ("oui",),
        "partiellement atteints": ("partiel", "en partie"),
        "non atteints": ("non",),
    },
}
_NUMERO = re.compile(r"(?:[^\W\d]+\s+)?(\d+)\s*(?:[.:)–-]\s*)+(.+)", re.DOTALL)
_ALONE = re.compile(r"(?:[^\W\d]+\s+)?(\d+)")


@dataclass(frozen=True, slots=True)
class Correspondance:
    """Which sheet, from which line, which place holds which column, which word says which status.

    `entete` is the line of the headings, from 1; `mots` gives the exchange word (empty: not
    known) of each word as it stands, by column.
    """

    feuille: str
    entete: int
    colonnes: Mapping[str, int]
    mots: Mapping[str, Mapping[str, str]]


def sheets_of(path: Path) -> dict[str, Rows]:
    """The sheets of a workbook by name, without the empty ones. Raises SourceIllisible."""
    source = read_source(path)
    if source.problemes:
        raise SourceIllisible(str(source.problemes[0]))
    found = {name: rows for name, rows in source.tables.items() if heading_line(rows)}
    if not found:
        raise SourceIllisible("aucune feuille n’est remplie.")
    return found


def heading_line(rows: Rows) -> int:
    """The line, from 1, of the row with the most headings that we know; 0 in an empty sheet."""
    scores = [len(guess_columns(row)) for row in rows[:20]]
    best = max(scores, default=0)
    if best:
        return scores.index(best) + 1
    return next((n for n, row in enumerate(rows, start=1) if any(map(str.strip, row))), 0)


def guess_columns(headings: list[str]) -> dict[str, int]:
    """The place of each column of ours whose heading is recognised; no place is given twice."""
    keys = [simplify(heading) for heading in headings]
    found: dict[str, int] = {}
    for matches in (str.__eq__, str.startswith):
        for name, words in COLONNES.items():
            places = (
                place
                for word in words
                for place, key in enumerate(keys)
                if key and matches(key, simplify(word)) and place not in found.values()
            )
            if name not in found and (place := next(places, None)) is not None:
                found[name] = place
    return found


def words_of(rows: Rows, entete: int, place: int) -> list[str]:
    """The different words of a column, in their order."""
    cells = (clean(row[place]) for row in rows[entete:] if place < len(row))
    return list(dict.fromkeys(cell for cell in cells if cell))


def guess_word(colonne: str, mot: str) -> str | None:
    """The exchange word of a status, or None where nothing looks like it."""
    kind = all_tables()["actions"].by_name[colonne].kind
    others = {kind.enum(kind.parse(word)): more for word, more in MOTS[colonne].items()}
    try:
        return kind.format(Choice(kind.enum, others=others).parse(mot))
    except CelluleImpossible:
        return None


def to_source(tables: Mapping[str, Rows], choix: Correspondance, convention: Convention) -> Source:
    """The chosen sheet as the tables `axes`, `objectifs` and `actions`."""
    return _Translation(tables.get(choix.feuille, []), choix, convention).source()


class _Translation:
    def __init__(self, rows: Rows, choix: Correspondance, convention: Convention):
        self.rows = rows
        self.choix = choix
        stored = Stored(convention, all_tables())
        self.axes = _known(stored, "axes", number="numero")
        table = stored.tables["axes"]
        keys = stored.keys(table)
        self.titles = {keys[axe.pk]: str(axe) for axe in stored.rows(table)}
        self.objectifs = _known(stored, "objectifs", number="code")
        self.fiches = _known(stored, "actions")
        self.taken = set(self.fiches.values())
        self.new_axes: Rows = []
        self.new_objectifs: Rows = []
        self.problemes: list[Probleme] = []

    def source(self) -> Source:
        headings = ["reference", *self.choix.colonnes]
        actions = [[] for _ in range(self.choix.entete - 1)]
        actions += [headings, *self._actions()]
        tables = {"actions": actions}
        if self.new_axes:
            tables["axes"] = [["reference", "numero", "intitule"], *self.new_axes]
        if self.new_objectifs:
            tables["objectifs"] = [["reference", "axe", "intitule"], *self.new_objectifs]
        return Source(tables=tables, problemes=self.problemes, has_files=False)

    def _actions(self) -> Iterator[list[str]]:
        above = {"axe": "", "objectif": ""}
        for row in self.rows[self.choix.entete :]:
            cells = {
                name: clean(row[place]) if place < len(row) else ""
                for name, place in self.choix.colonnes.items()
            }
            # A merged cell stands in its first row only; another axe has other objectifs.
            if cells["axe"] not in ("", above["axe"]):
                above = {"axe": cells["axe"], "objectif": ""}
            above["objectif"] = cells.get("objectif") or above["objectif"]
            yield self._action(cells, above) if cells["intitule"] else []

    def _action(self, cells: dict[str, str], above: dict[str, str]) -> list[str]:
        cells["axe"] = self._axe(above["axe"])
        if "objectif" in cells:
            cells["objectif"] = self._objectif(above["objectif"], cells["axe"])
        if "pilotes" in cells:
            cells["pilotes"] = cells["pilotes"].replace("\n", " ; ")
        for name, words in self.choix.mots.items():
            cells[name] = words.get(cells[name], cells[name])
        return [self._reference(cells["intitule"]), *cells.values()]

    def _axe(self, text: str) -> str:
        if not text:
            return ""
        if normalise(text) not in self.axes:
            numero, intitule = _split(text)
            key = self.axes.get(normalise(intitule))
            if not key and numero in self.axes:
                key = self.axes[numero]
                self._say_filed(text, key)
            if not key:
                key = _free(slugify(text)[:60] or "axe", set(self.axes.values()))
                self.new_axes.append([key, numero, intitule])
            self.axes[normalise(text)] = key
        return self.axes[normalise(text)]

    def _say_filed(self, text: str, key: str) -> None:
        """The number alone said which axe it is: its title there is another."""
        title = self.titles.get(key)
        if title and not _ALONE.fullmatch(text):
            message = f"« {text} » est rangé dans l’axe « {title} », d’après son numéro."
            self.problemes.append(Probleme("actions", None, "axe", message, Niveau.AVERTISSEMENT))

    def _objectif(self, text: str, axe: str) -> str:
        if not text:
            return ""
        # Two axes may hold an objectif of the same name.
        name = normalise(f"{axe} {text}")
        if name not in self.objectifs:
            key = self.objectifs.get(normalise(text))
            if not key:
                key = _free(slugify(text)[:60] or "objectif", set(self.objectifs.values()))
                self.new_objectifs.append([key, axe, text])
            self.objectifs[name] = key
        return self.objectifs[name]

    def _reference(self, intitule: str) -> str:
        """The key of the fiche of that name, once; otherwise a new one."""
        known = self.fiches.pop(normalise(intitule), None)
        if known:
            return known
        key = _free(slugify(intitule)[:60] or "fiche", self.taken)
        self.taken.add(key)
        return key


def _known(stored: Stored, name: str, number: str = "") -> dict[str, str]:
    """The keys of the stored rows by the names that a spreadsheet may give them."""
    table = stored.tables[name]
    keys = stored.keys(table)
    found: dict[str, str] = {}
    for row in stored.rows(table):
        names = [row.intitule]
        if number and (said := getattr(row, number)):
            names += [said, f"{said}. {row.intitule}"]
        for text in names:
            found.setdefault(normalise(text), keys[row.pk])
    return found


def _split(text: str) -> tuple[str, str]:
    """Number and title of « Axe 2 : Enfance », « 2. Enfance » or « Axe 2 »."""
    if alone := _ALONE.fullmatch(text):
        return alone[1], text
    match = _NUMERO.fullmatch(text)
    return (match[1], match[2].strip()) if match else ("", text)


def _free(key: str, taken: set[str]) -> str:
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found
