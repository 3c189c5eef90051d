"""render_bilan: what it writes, and what it says when it cannot."""

import io

import pytest
from django.core.management import CommandError, call_command

from ctg_portal.management.commands import render_bilan
from reports.render.pdf import PdfUnavailable
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention():
    return f.FicheFactory(axe__convention__slug="pays-test").axe.convention


def run(*args):
    out = io.StringIO()
    call_command("render_bilan", *map(str, args), stdout=out)
    return out.getvalue()


def test_html(convention, tmp_path):
    path = tmp_path / "bilan.html"
    assert "1\u00a0fiche," in run("pays-test", "--format", "html", "--output", path)
    assert "<!DOCTYPE html>" in path.read_text()


def test_pdf_of_one_exercice(convention, tmp_path):
    path = tmp_path / "bilan.pdf"
    run("pays-test", "--format", "pdf", "--exercice", "2023", "--output", path)
    assert path.read_bytes().startswith(b"%PDF")


def test_unknown_slug_lists_the_known_ones(convention, tmp_path):
    with pytest.raises(CommandError, match=r"« autre ».*pays-test"):
        run("autre", "--format", "html", "--output", tmp_path / "x")


@pytest.mark.parametrize("year", [1850, 2019, 2031])
def test_impossible_exercice_lists_the_possible_ones(convention, tmp_path, year):
    with pytest.raises(CommandError, match=rf"{year}.*2024, 2023, 2022, 2021, 2020"):
        run("pays-test", "--format", "html", "--exercice", year, "--output", tmp_path / "x")


def test_a_year_outside_the_period_is_possible_once_something_was_written(convention, tmp_path):
    f.PointFactory(convention=convention, exercice=2026)
    path = tmp_path / "x.html"
    run("pays-test", "--format", "html", "--exercice", 2026, "--output", path)
    assert path.exists()


def test_unwritable_output(convention, tmp_path):
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        run("pays-test", "--format", "html", "--output", tmp_path / "absent" / "x.html")


def test_unknown_format(convention, tmp_path):
    with pytest.raises(CommandError):
        run("pays-test", "--format", "gif", "--output", tmp_path / "x")


def test_missing_pango(convention, tmp_path, monkeypatch):
    def refuse(tree):
        raise PdfUnavailable("Le PDF ne peut pas être produit")

    monkeypatch.setitem(render_bilan.RENDERERS, "pdf", refuse)
    with pytest.raises(CommandError, match="Le PDF ne peut pas être produit"):
        run("pays-test", "--format", "pdf", "--output", tmp_path / "x")
