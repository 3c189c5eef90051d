"""The Word document and the workbooks, opened by a real LibreOffice: nothing published is lost.

Facts are compared as in tests/reports/test_facts.py, in what LibreOffice itself read.
"""

import re
import subprocess

import pytest
from pypdf import PdfReader

from reports.render.docx import render_docx
from reports.render.workbook import render_ods, render_xlsx
from tests.reports.extreme import extreme_tree, large_tree
from tests.reports.test_facts import _holds, folded, published, words_of  # noqa: F401

# Without a test that wants it, no test database is made: the fixture would import into another.
pytestmark = pytest.mark.django_db

RENDERERS = {"docx": render_docx, "xlsx": render_xlsx, "ods": render_ods}
#: Points between a word and the edge of its page.
EDGE = 3


def written(folder, fmt, tree):
    path = folder / f"bilan.{fmt}"
    path.write_bytes(RENDERERS[fmt](tree))
    return path


def read_by_libreoffice(convert, path) -> str:
    return folded(words_of(convert(path, "html").read_text(encoding="utf-8")))


def bare(text: str) -> str:
    """Words only: cells hold apart what the bilan sets in brackets or behind a comma."""
    return " ".join(re.sub(r"[(),.]", " ", text).split())


@pytest.mark.parametrize("fmt", RENDERERS)
def test_each_published_fact_is_read_by_libreoffice(fmt, published, convert, tmp_path):  # noqa: F811
    text = read_by_libreoffice(convert, written(tmp_path, fmt, published.tree))
    otherwise = published.said_otherwise
    missing = [
        fact
        for fact in published.missing_from(text)
        if fact.text not in otherwise or not _holds(bare(text), bare(folded(otherwise[fact.text])))
    ]
    assert not missing, "\n".join(map(str, missing))


@pytest.mark.parametrize("fmt", RENDERERS)
@pytest.mark.parametrize("make", [extreme_tree, lambda: large_tree(12, 25)], ids=["dur", "grand"])
def test_libreoffice_opens_what_is_hard_or_large(fmt, make, convert, tmp_path):
    pages = PdfReader(convert(written(tmp_path, fmt, make()), "pdf")).pages
    assert len(pages) > 3


def test_no_word_leaves_the_pages_of_the_word_document(published, convert, tmp_path):  # noqa: F811
    assert_inside(convert(written(tmp_path, "docx", published.tree), "pdf"))


def test_no_hard_word_leaves_the_pages_of_the_word_document(convert, tmp_path):
    assert_inside(convert(written(tmp_path, "docx", extreme_tree()), "pdf"))


def assert_inside(pdf):
    """Every word stands inside the page, some points from its edge."""
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    width, height = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', boxes).groups())
    outside = [
        found.group(0)
        for found in re.finditer(
            r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">.*', boxes
        )
        if float(found[1]) < EDGE
        or float(found[2]) < EDGE
        or float(found[3]) > width - EDGE
        or float(found[4]) > height - EDGE
    ]
    assert outside == []
