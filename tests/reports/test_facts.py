"""The two published conventions, fact by fact: in the data, and in the bilan that is printed.

The facts were listed by hand from the documents alone (tests/facts/LISEZMOI.md says how they are
compared). What is not expected carries its reason.
"""

import csv
import datetime
import html
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from axes.models import Convention
from ctg_portal.lib.dates import DateImpossible, parse_date
from ctg_portal.lib.recherche import normalise
from reports.render.html import render_html
from reports.sigles import texts_of
from reports.tree import Bilan, build_bilan

# Without a test that wants it, no test database is made: the fixture would import into another.
pytestmark = pytest.mark.django_db

FACTS = Path(__file__).parents[1] / "facts"
KINDS = {"titre", "code", "nom", "date", "chiffre", "resultat", "montant"}
SOURCES = {
    "lalbenque": "lalbenque-limogne-2019-2022",
    "quercy_blanc": "quercy-blanc-2020-2024",
}
PERSONAL = "-"


@dataclass(frozen=True)
class Fact:
    kind: str
    text: str
    where: str
    absent_because: str


@dataclass(frozen=True)
class Published:
    """A published document: its facts, the words of its data as given and as loaded, its bilan."""

    facts: list[Fact]
    data: str
    tree: Bilan
    printed: str
    said_otherwise: dict[str, str]

    @property
    def expected(self):
        return [fact for fact in self.facts if not fact.absent_because and fact.text != PERSONAL]

    def missing_from(self, text: str) -> list[Fact]:
        """The facts, codes apart, that this folded text does not hold."""
        texts = (text, text.replace(" ", ""))
        return [
            fact
            for fact in self.expected
            if fact.kind != "code" and not any(is_in(fact, found) for found in texts)
        ]


def folded(text: str) -> str:
    """One form for both sides: accents, case, signs; a number has no space inside."""
    text = re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", text)
    return normalise(text).replace("^", "").replace("{", "").replace("}", "")


def words_of(markup: str) -> str:
    """The text of a page: inline marks vanish, blocks are separated by a space."""
    text = re.sub(r"<style.*?</style>|<head.*?</head>", " ", markup, flags=re.DOTALL)
    text = re.sub(r"</?(?:b|strong|em|sup|span|a)\b[^>]*>", "", text)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def table_words(folder: Path) -> str:
    rows = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += [" ".join(filter(None, row)) for row in csv.reader(file, delimiter=";")]
    return "\n".join(rows)


def is_in(fact: Fact, text: str) -> bool:
    """Whether a folded text holds the fact, in one of the forms it may take."""
    return any(_holds(text, form) for form in _forms(fact))


def _forms(fact: Fact):
    wanted = folded(re.sub(r"(?<=\d) (?=\d)", "", fact.text))
    yield wanted
    if fact.kind == "date":
        try:
            yield parse_date(fact.text).code
        except DateImpossible:
            # « vacances de février » or an hour: its words alone.
            yield wanted.replace(" ", "")


def _holds(text: str, wanted: str) -> bool:
    before = r"(?<!\d)" if wanted[0].isdigit() else ""
    after = r"(?!\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


@pytest.fixture(scope="module", params=sorted(SOURCES))
def published(request, django_db_setup, django_db_blocker):
    folder = settings.BASE_DIR / "demo" / SOURCES[request.param]
    facts = [Fact(**row) for row in _rows(f"{request.param}.tsv")]
    otherwise = {
        row["text"]: row["formulation"]
        for row in _rows("formulations.tsv")
        if row["document"] == request.param
    }
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_convention", folder, verbosity=0)
        convention = Convention.objects.get(slug=folder.name)
        tree = build_bilan(convention, today=datetime.date(2026, 11, 21))
        transaction.set_rollback(True)
    data = "\n".join([table_words(folder), *texts_of(tree)])
    printed = folded(words_of(render_html(tree)))
    return Published(facts, folded(data), tree, printed, otherwise)


def _rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{key: value or "" for key, value in row.items()} for row in rows]


def test_facts_are_well_formed(published):
    assert len(published.facts) > 200
    for fact in published.facts:
        assert fact.kind in KINDS
        assert fact.text
        assert fact.absent_because != PERSONAL


def test_each_fact_is_in_the_data(published):
    missing = published.missing_from(published.data)
    missing = [fact for fact in missing if fact.text not in published.said_otherwise]
    assert not missing, "\n".join(map(str, missing))


def test_each_fact_is_in_the_bilan(published):
    """In its own words, or in those that the shortened tables use for it."""
    missing = [
        fact
        for fact in published.missing_from(published.printed)
        if not _holds(published.printed, folded(published.said_otherwise.get(fact.text, fact.text)))
    ]
    assert not missing, "\n".join(map(str, missing))


def test_no_other_words_are_kept_for_a_fact_that_is_there(published):
    missing = {fact.text for fact in published.missing_from(published.printed)}
    assert set(published.said_otherwise) <= missing


def test_each_code_is_in_its_axe(published):
    codes = {
        axe.numero: [fiche.code.replace(".", "") for fiche in axe.fiches]
        for axe in published.tree.axes
    }
    for fact in published.expected:
        if fact.kind == "code":
            axe = re.search(r"Axe (\d)", fact.where)[1]
            assert fact.text in codes[axe], fact


def test_each_series_is_one_of_the_bilan(published):
    """Same periods, same values, same forecasts and partial periods, in one indicator."""
    found = {
        frozenset(_mark(point.label, point.valeur, point) for point in serie.points)
        for fiche in published.tree.fiches
        for serie in fiche.indicateurs_tous
    }
    announced = {(axe.numero, str(axe.fiches_annoncees)) for axe in published.tree.axes}
    for row in _rows("series.tsv"):
        if SOURCES[row["document"]] != published.tree.convention.slug:
            continue
        values = frozenset(row["serie"].split(" ; "))
        if "axe" in row["intitule"]:
            assert {tuple(value.split("=")) for value in values} == announced
        else:
            assert values in found, row["intitule"]


def _mark(label, valeur, point) -> str:
    flags = [
        name
        for name, is_set in [("prévisionnel", point.previsionnelle), ("partiel", point.partielle)]
        if is_set
    ]
    return f"{label}={valeur}" + (f" ({', '.join(flags)})" if flags else "")


def test_no_telephone_nor_address_is_printed(published):
    assert not re.search(r"(?<!\d)0[1-9](?:[ .]?\d\d){4}(?!\d)", published.printed)
    assert not re.search(r"\w@\w", published.printed)
