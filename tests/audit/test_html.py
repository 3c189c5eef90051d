"""The code of every page is valid HTML, as a strict parser reads it (RGAA 8.2)."""

import pytest
from tinyhtml5.parser import HTMLParser

from .look import Findings


@pytest.mark.parametrize("role", ["coordination", "anonyme"])
def test_every_page_is_valid_html(portail, role):
    findings = Findings()
    context = portail.new_context(role)
    for key, path in portail.addresses(role).items():
        answer = context.request.get(path)
        for place, name, _ in errors_of(answer.text()):
            findings.of(key, f"{name}, ligne {place[0]}")
    context.close()
    assert not findings, str(findings)


def errors_of(text):
    """The errors of a page: where (line, column), what, and the words of each."""
    parser = HTMLParser()
    parser.parse(text)
    return parser.errors


@pytest.mark.parametrize(
    "wrong",
    [
        "<p>un<div>deux</div></p>",
        "<ul><li>un</ul></p>",
        "<b>un<i>deux</b></i>",
        "<table><tr><p>un</p></tr></table>",
        '<a href="" href="">un</a>',
    ],
)
def test_the_parser_sees_what_is_wrong(wrong):
    assert errors_of(f"<!DOCTYPE html><title>Essai</title>{wrong}")
    assert not errors_of("<!DOCTYPE html><title>Essai</title><p>un</p>")
