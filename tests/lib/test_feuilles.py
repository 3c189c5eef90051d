"""The style sheets of the site: small, layered, without a colour of their own."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
HEAD = Path(settings.BASE_DIR) / "templates/components/entete_technique.html"
LINKED = re.findall(r"{% static '(css/[\w.-]+)' %}", HEAD.read_text(encoding="utf-8"))
BUDGET = 14_000  # bytes, gzipped, all sheets of a page together


def sheet(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def test_a_page_links_its_sheets_and_the_order_of_layers_comes_first():
    assert LINKED[0] == "css/tokens.css"
    assert {"css/base.css", "css/components.css", "css/pages.css", "css/print.css"} <= set(LINKED)
    assert (
        "@layer reinit, jetons, base, cadre, composants, pages, utilitaires, impression;"
        in sheet(LINKED[0])
    )


def test_all_sheets_together_stay_light():
    assert sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in LINKED) <= BUDGET


@pytest.mark.parametrize(
    "name", [name for name in LINKED if name not in ("css/tokens.css", "css/print.css")]
)
def test_only_the_tokens_name_a_colour(name):
    without_comments = re.sub(r"/\*.*?\*/", "", sheet(name), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", without_comments) == []


@pytest.mark.parametrize("name", LINKED)
def test_no_sheet_calls_another_server(name):
    addresses = re.findall(r"url\(\"?([^)\"]+)", sheet(name))
    assert all(address.startswith("../") for address in addresses)
    assert all((STATIC / "css" / address).exists() for address in addresses)


@pytest.mark.parametrize("name", LINKED)
def test_braces_are_balanced(name):
    assert sheet(name).count("{") == sheet(name).count("}")
