import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg_portal.lib.richtext import to_html, to_plain


@pytest.mark.parametrize(
    ("texte", "html"),
    [
        ("", ""),
        ("Un.\n\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("**gras** et *penché*", "<p><strong>gras</strong> et <em>penché</em></p>"),
        ("3. trois\n4. quatre", '<ol start="3">\n<li>trois</li>\n<li>quatre</li>\n</ol>'),
        ("\\- pas une liste", "<p>- pas une liste</p>"),
        ("une\nligne", "<p>une<br>\nligne</p>"),
        ("une\r\nligne", "<p>une<br>\nligne</p>"),
        (
            "[site](https://exemple.fr)",
            '<p><a href="https://exemple.fr" rel="noopener noreferrer">site</a></p>',
        ),
        ("# pas un titre", "<p># pas un titre</p>"),
        ("<b>non</b>", "<p>&lt;b&gt;non&lt;/b&gt;</p>"),
        ("![image](https://exemple.fr/a.png)", None),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_the_allowed_marks_and_nothing_else(texte, html):
    rendered = to_html(texte)
    assert "<img" not in rendered
    if html is not None:
        assert rendered == html


def test_a_tariff_grid_has_column_headers():
    rendered = to_html("| Quotient | Tarif |\n|---|---|\n| < 500 | 1 € |")
    assert '<th scope="col">Quotient</th>' in rendered
    assert "<td>1 €</td>" in rendered


@pytest.mark.parametrize(
    "texte",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](  jAvAsCrIpT:alert(1))",
        '[x](https://exemple.fr "onmouseover=alert(1)")',
        "<a href='x' onclick='alert(1)'>x</a>",
        "<img src=x onerror=alert(1)>",
        '[x](https://exemple.fr/"onmouseover="alert(1))',
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_typed_can_run(texte):
    rendered = to_html(texte)
    assert not re.search(r"<(?:script|style|img|iframe|svg)", rendered)
    for tag in re.findall(r"<[^>]+>", rendered):
        assert "javascript:" not in tag.lower()
        assert not re.search(r"\s(?:on\w+|style)=", tag)


TAG = re.compile(
    r"</?(?:p|br|strong|em|ul|ol|li|table|thead|tbody|tr|td)>"
    r'|<th scope="col">|</th>|</a>|<a href="(?:https?|mailto):[^"<>]*" rel="noopener noreferrer">'
    r'|<a rel="noopener noreferrer">|<a href="[^":<>]*" rel="noopener noreferrer">'
)


@given(st.text(alphabet="ab<>&\"'*_-[]()|!#`~:/\\ \n.éjs", max_size=120))
def test_only_the_listed_tags_ever_come_out(texte):
    rest = TAG.sub("", to_html(texte))
    assert "<" not in rest


@pytest.mark.parametrize(
    ("texte", "plain"),
    [
        ("", ""),
        ("Un.\n\n- **deux**\n- trois", "Un. deux trois"),
        ("1. premier\n2. second", "premier second"),
        ("voir [le site](https://exemple.fr)", "voir le site"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*penché* et __gras__", "penché et gras"),
        ("\\+ 34 places, \\*étoile\\*", "+ 34 places, *étoile*"),
        ("[le [site\\] ouvert](https://exemple.fr)", "le [site] ouvert"),
        (
            "| Quotient | Tarif |\n| --- | ---: |\n| < 500 | 1 € \\| 2 € |",
            "Quotient Tarif < 500 1 € | 2 €",
        ),
        ("---\n2020 - 2021", "--- 2020 - 2021"),
    ],
)
def test_the_words_alone(texte, plain):
    assert to_plain(texte) == plain
