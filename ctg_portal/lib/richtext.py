"""Rich texts: paragraphs, lists, bold, italic, links and small tables, and nothing else.

Stored as restricted markdown, so that one text feeds the screen, print and office formats.
"""

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
_PARSER = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["paragraph", "list", "table", "emphasis", "link", "newline", "escape"]
)


@lru_cache(maxsize=4096)
def to_html(texte: str) -> SafeString:
    """Sanitised HTML of a rich text; anything but the allowed marks stays plain text."""
    if not texte:
        return mark_safe("")
    html = nh3.clean(
        _PARSER.render(texte.replace("\r\n", "\n")),
        tags=_TAGS,
        # A list that was typed from 3 on does not say 1.
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    html = html.replace("<th>", '<th scope="col">')
    return mark_safe(html.strip())  # noqa: S308 — sanitised by nh3 on the lines above


def to_plain(texte: str) -> str:
    """The words alone, for search, titles and table cells: marks removed, one space between."""
    text = re.sub(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\([^)]*\)", r"\1", texte or "")
    text = re.sub(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*\|(.*)\|[ \t]*$", _cells, text, flags=re.MULTILINE)
    text = re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\\)(\*{1,2}|_{1,2})(?=\S)(.+?)(?<=[^\s\\])\1", r"\2", text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return " ".join(text.split())


def _cells(row: re.Match) -> str:
    return re.sub(r"(?<!\\)\|", " ", row[1])
