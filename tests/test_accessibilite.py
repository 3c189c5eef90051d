"""What can be read of accessibility without a browser: the templates, and docs/accessibilite.md.

The rest is in tests/audit, on the pages themselves.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from ctg_portal.lib.sigles import SIGLES, TOUS

ROOT = Path(settings.BASE_DIR)
DOCUMENT = ROOT / "docs" / "accessibilite.md"
#: Criteria of each of the thirteen themes of the RGAA 4.1.
THEMES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
STATES = {"conforme", "non conforme", "non applicable"}
ROW = re.compile(r"^\| (\d+\.\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)

#: Printed documents and slides, which name their drawings and their figures in their own way.
PRINTED = ("reports/bilan/", "reports/deck/", "reports/feuilles/", "reports/seance/")
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.html"))
}
PAGES = {name: text for name, text in TEMPLATES.items() if not name.startswith(PRINTED)}
#: Its caption, in all its forms.
CAPTION = r"\s*(?:{% if [^%]+ %}\s*)?<caption\b[^>]*>(?:\w|{)"
#: A table typed in a rich text has no caption of its own.
WITHOUT_CAPTION = {"pilotage/catalogue/textes.html"}


def breaking(templates, rule) -> dict[str, list[str]]:
    """By template, what the rule finds wrong."""
    return {name: found for name, text in templates.items() if (found := rule(text))}


# --- The document -----------------------------------------------------------------------------


def rows():
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8"))


def test_each_of_the_106_criteria_has_one_row_in_its_order():
    expected = [f"{t}.{n}" for t, last in enumerate(THEMES, 1) for n in range(1, last + 1)]
    assert len(expected) == 106
    assert [number for number, *_ in rows()] == expected


def test_each_criterion_has_its_words_a_state_and_a_reason():
    names = [name for _, name, _, _ in rows()]
    assert len(set(names)) == len(names)
    assert {state for _, _, state, _ in rows()} <= STATES
    assert [number for number, _, _, reason in rows() if len(reason.strip()) < 4] == []


def test_the_totals_are_those_of_the_rows():
    text = DOCUMENT.read_text(encoding="utf-8")
    said = {
        state: int(count) for state, count in re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", text, re.M)
    }
    assert set(said) == STATES
    assert Counter(said) == Counter(state for _, _, state, _ in rows())


def test_what_is_not_respected_is_listed_as_work_to_do():
    text = DOCUMENT.read_text(encoding="utf-8")
    listed = re.findall(r"^- (\d+\.\d+)", text, re.MULTILINE)
    assert listed == [number for number, _, state, _ in rows() if state == "non conforme"]


# --- The templates ----------------------------------------------------------------------------


def test_there_is_something_to_read():
    assert len(PAGES) > 100
    assert sum(text.count("<table") for text in PAGES.values()) > 8


def test_every_table_of_a_page_and_of_a_document_begins_with_its_caption():
    def missing(text):
        begun = re.findall(r"<table\b[^>]*>(.{0,400})", text, re.DOTALL)
        return [one[:60] for one in begun if not re.match(CAPTION, one)]

    assert set(breaking(TEMPLATES, missing)) == WITHOUT_CAPTION


def test_a_table_of_many_subjects_is_told_its_own():
    """A fragment that holds « {{ titre }} » says nothing where its page forgets to give it."""

    def forgetful(text):
        includes = re.findall(r"{% include \"([^\"]+)\"([^%]*)%}", text)
        return [name for name, given in includes if name in titled and " titre=" not in given]

    titled = {
        name for name, text in TEMPLATES.items() if re.search(r"<caption[^>]*>{{ titre }}", text)
    }
    assert len(titled) > 3
    assert breaking(TEMPLATES, forgetful) == {}


def test_words_of_a_printed_document_are_never_quoted_by_hand():
    """They pass by the filters `citation` and `citations`, which write the element `q`."""
    shown = r"{{ [^}]*(?:variation_imprimee|ecart_en_mots|constat|reprend) }}"
    assert breaking(TEMPLATES, lambda text: re.findall(shown, text)) == {}


def test_every_heading_of_a_table_says_what_it_heads():
    assert breaking(TEMPLATES, lambda text: re.findall(r"<th(?![^>]*\bscope=)\b[^>]*>", text)) == {}


def test_a_drawing_is_named_or_silent():
    def neither(text):
        return [
            svg
            for svg in re.findall(r"<svg\b[^>]*>", text)
            if not re.search("aria-hidden|role=", svg)
        ]

    assert breaking(PAGES, neither) == {}


def test_a_figure_is_tied_to_its_caption():
    def loose(text):
        figures = re.findall(r"<figure\b[^>]*>", text)
        return [one for one in figures if 'role="figure"' not in one or "aria-label=" not in one]

    assert breaking(PAGES, loose) == {}


@pytest.mark.parametrize(
    "refused",
    [
        r"<(?:iframe|frame|object|embed|video|audio|marquee|font|center)\b",
        r"(?<!-)\btarget=",
        r"\baccesskey=",
        r"\bautoplay\b",
        r'\btabindex="[1-9]',
        r"http-equiv=.refresh",
    ],
)
def test_what_no_page_may_hold(refused):
    assert breaking(TEMPLATES, lambda text: re.findall(refused, text)) == {}


# --- Sigles -----------------------------------------------------------------------------------

#: Capitals that are no sigle: the end of an address, a unit of the keyboard.
NOT_A_SIGLE = {"CEDEX"}
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)
COMMENTS = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)


def words_of(template) -> str:
    """What a template prints of its own, without its tags and comments."""
    return TAGS.sub(" ", COMMENTS.sub(" ", template))


def test_every_sigle_that_a_page_prints_is_on_the_page_of_sigles():
    def unknown(text):
        return [one for one in re.findall(r"\b[A-Z]{3,}\b", words_of(text)) if one not in known]

    known = TOUS.keys() | NOT_A_SIGLE
    assert breaking(PAGES, unknown) == {}


def test_a_sigle_of_the_field_is_explained_where_a_page_says_it():
    """The frame says « Convention territoriale globale » in full beside its own CTG."""

    def bare(text):
        found = re.findall(r"\b(?:" + "|".join(SIGLES) + r")\b", words_of(text))
        return [one for one in found if one != "CTG"]

    assert breaking(PAGES, bare) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("account_login", {"email", "current-password"}),
        ("account_reset_password", {"email"}),
        ("account_request_login_code", {"email"}),
        ("accounts:mon_compte", {"name"}),
        ("account_set_password", {"new-password"}),
    ],
)
def test_what_a_person_types_of_herself_is_filled_in_for_her(client, person, name, values):
    if name in {"accounts:mon_compte", "account_set_password"}:
        person.set_unusable_password()
        person.save()
        client.force_login(person)
    text = client.get(reverse(name)).content.decode()
    assert values <= set(re.findall(r'autocomplete="([^"]+)"', text))
