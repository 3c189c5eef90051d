"""render_bilan: what it writes, and what it says when it cannot."""

import io

import pytest
from django.core.management import CommandError, call_command

from actions.models import FicheAction
from reports.canonical import TexteIllisible
from reports.models import Bilan
from reports.render import pdf
from reports.render.formats import FORMATS
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


@pytest.mark.audit
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

    monkeypatch.setattr(pdf, "render_pdf", refuse)
    with pytest.raises(CommandError, match="Le PDF ne peut pas être produit"):
        run("pays-test", "--format", "pdf", "--output", tmp_path / "x")


#: How a file of each format begins.
SIGNATURES = {
    "pdf": b"%PDF",
    "deck": b"%PDF",
    "pptx": b"PK",
    "docx": b"PK",
    "xlsx": b"PK",
    "ods": b"PK",
    "html": b"<!DOCTYPE html>",
}


def test_every_format_is_offered():
    assert list(FORMATS) == list(SIGNATURES)


@pytest.mark.parametrize(("cle", "begins"), SIGNATURES.items())
def test_every_format_is_written(convention, tmp_path, cle, begins):
    path = tmp_path / f"bilan.{FORMATS[cle].suffixe}"
    assert "1\u00a0fiche," in run("pays-test", "--format", cle, "--output", path)
    assert path.read_bytes().lstrip().startswith(begins)


# --- An arrêté --------------------------------------------------------------------------------


def test_an_arrete_is_written_as_it_was(convention, tmp_path):
    fiche = FicheAction.objects.get()
    fiche.intitule = "Le titre d’alors"
    fiche.save()
    frozen = f.arrete_of(convention)
    fiche.intitule = "Le titre d’après"
    fiche.save()
    path = tmp_path / "bilan.html"
    run("pays-test", "--format", "html", "--arrete", frozen.pk, "--output", path)
    text = path.read_text()
    assert "Le titre d’alors" in text
    assert "Le titre d’après" not in text
    assert "Arrêté le" in text


def test_an_unknown_arrete_lists_the_known_ones(convention, tmp_path):
    frozen = f.arrete_of(convention)
    elsewhere = f.arrete_of(f.ConventionFactory())
    with pytest.raises(CommandError, match=rf"numéro {elsewhere.pk}.*{frozen.pk} \(Bilan"):
        run("pays-test", "--format", "html", "--arrete", elsewhere.pk, "--output", tmp_path / "x")


def test_a_draft_is_no_arrete(convention, tmp_path):
    draft = f.BilanFactory(convention=convention)
    with pytest.raises(CommandError, match=r"Bilans arrêtés : aucun\."):
        run("pays-test", "--format", "html", "--arrete", draft.pk, "--output", tmp_path / "x")


def test_an_arrete_of_an_exercice_is_asked_for_by_one_of_the_two(convention, tmp_path):
    with pytest.raises(CommandError, match=r"not allowed with|non autorisé"):
        run(
            *("pays-test", "--format", "html", "--exercice", 2023, "--arrete", 1),
            *("--output", tmp_path / "x"),
        )


def test_an_unreadable_arrete_is_said(convention, tmp_path, monkeypatch):
    frozen = f.arrete_of(convention)

    def refuse(*args):
        raise TexteIllisible("Ce bilan ne peut pas être relu : essai.")

    monkeypatch.setattr("reports.canonical.read", refuse)
    with pytest.raises(CommandError, match="ne peut pas être relu"):
        run("pays-test", "--format", "html", "--arrete", frozen.pk, "--output", tmp_path / "x")


# --- effacer_personne -------------------------------------------------------------------------


def erase(*args):
    out = io.StringIO()
    call_command("effacer_personne", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def two_arretes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fiches = [f.FicheFactory(axe__convention__slug=slug) for slug in ("une", "deux")]
    for fiche in fiches:
        f.PiloteFicheFactory(fiche=fiche, nom="Ghislaine Modèle")
    return [f.arrete_of(fiche.axe.convention) for fiche in fiches]


def holding(name):
    return {
        bilan.convention.slug
        for bilan in Bilan.objects.select_related("convention")
        if name in bilan.personnes.values()
    }


def test_a_name_leaves_one_convention_or_every_one(two_arretes):
    assert str(two_arretes[0]) in erase("ghislaine modèle", "--convention", "une")
    assert holding("Ghislaine Modèle") == {"deux"}
    erase("Ghislaine Modèle")
    assert holding("Ghislaine Modèle") == set()
    assert [bilan.empreinte for bilan in Bilan.objects.order_by("pk")] == [
        bilan.empreinte for bilan in two_arretes
    ]


def test_a_name_that_nobody_holds_and_an_unknown_convention_are_said(two_arretes):
    assert erase("Personne") == "Aucun bilan arrêté ne porte ce nom.\n"
    with pytest.raises(CommandError, match="Aucune convention n’a l’adresse « trois »"):
        erase("Ghislaine Modèle", "--convention", "trois")
