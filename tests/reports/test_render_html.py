"""The HTML of the bilan: what is said, what is never said, and a file that needs nothing else."""

import re

import pytest
from django.core.files.base import ContentFile

from actions.enums import Atteint, Objectifs, Realisation, Suivi
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from reports.render.html import render_html
from reports.tree import build_bilan
from tests import factories as f

from .builders import TODAY, full_convention
from .photos import give_unshowable_photos, picture

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def html_of(convention, exercice=None):
    return render_html(build_bilan(convention, exercice, today=TODAY))


def text_of(html):
    """The words, with their non-breaking spaces."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def fiche():
    return f.FicheFactory(axe__numero="1", code="A2", intitule="Maintien des accueils de loisirs")


@pytest.fixture
def convention(fiche):
    return fiche.axe.convention


def test_everything_that_may_be_printed_of_a_fiche_is_there(convention, fiche):
    fields = {
        "contexte": "Le contexte de la fiche",
        "public": "Les enfants de trois ans",
        "moyens": "Deux animateurs",
        "echeancier": "Trois étapes",
        "analyse_ecarts": "Faute de locaux",
        "elu_referent": "Élue à l’enfance",
        "intitule_court": "Accueils",
    }
    for name, value in fields.items():
        setattr(fiche, name, value)
    fiche.suivi, fiche.realisation = Suivi.EN_PAUSE, Realisation.PARTIELLEMENT
    fiche.objectifs_atteints, fiche.suite = Objectifs.NON_ATTEINTS, "faire_evoluer"
    fiche.motif_ecart, fiche.menee_par = "crise_sanitaire", "commune"
    fiche.debut, fiche.fin = parse_date("2021"), parse_date("juin 2023")
    fiche.save()
    f.ResultatAttenduFactory(
        fiche=fiche,
        texte="Vingt places",
        intertitre="De manière opérationnelle",
        atteint=Atteint.OUI,
    )
    f.RealisationFactory(
        fiche=fiche, texte="Une sortie", lieu="Vaylats", nombre=50, borne="plus_de", unite="enfants"
    )
    f.FinancementFactory(fiche=fiche, financeur="Département", montant=None)
    f.DocumentFactory(convention=convention, fiche=fiche, legende="Photo perdue")
    text = text_of(html_of(convention))
    for expected in [
        *fields.values(),
        "En pause",
        "Partiellement réalisée",
        "Non atteints",
        "faire évoluer",
        "crise sanitaire",
        "une commune",
        "de 2021 à juin 2023",
        "Vingt places",
        "De manière opérationnelle",
        "(Vaylats, plus de 50 enfants)",
        "montant non renseigné",
        "Photo perdue",
        "1.A2",
    ]:
        assert expected in text


def test_an_empty_convention_says_what_is_not_known():
    text = text_of(html_of(f.ConventionFactory(debut=None, fin=None, caf="")))
    assert "date non renseignée" in text
    assert "comité de pilotage : date non renseignée" in text


def test_empty_statuses_are_said(convention):
    text = text_of(html_of(convention))
    assert "Suivi Non renseigné" in text
    assert "Réalisation Non renseignée" in text


def test_typed_markup_stays_text(convention, fiche):
    fiche.intitule = "<script>alert(1)</script>"
    fiche.contexte = "<img src=x onerror=alert(1)> et [lien](javascript:alert(1))"
    fiche.save()
    html = html_of(convention)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_file_needs_nothing_else(convention, fiche, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = f.DocumentFactory(convention=convention, fiche=fiche, droit_image=True, alt="Un lac")
    document.fichier.save("lac.png", ContentFile(picture(40, 30, "PNG")))
    html = html_of(convention)
    assert '<img src="data:image/' in html
    addresses = re.findall(r'(?:src|href)="([^"#]+)"', html)
    assert addresses
    assert all(address.startswith("data:") for address in addresses)
    assert "style=" not in html


def test_lost_or_broken_picture_leaves_its_caption(convention, fiche, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    give_unshowable_photos(fiche)
    html = html_of(convention)
    assert "<img" not in html
    assert "Image abîmée" in html
    assert "Image perdue" in html


def test_signs_that_the_font_lacks_are_replaced(convention, fiche):
    fiche.contexte = "612 → 1\u202f090\u2011bis"
    fiche.save()
    html = html_of(convention)
    assert f"612 – 1{NBSP}090-bis" in html


def test_blocks_begin_and_end_without_white_space(convention, fiche):
    f.DocumentFactory(convention=convention, fiche=fiche, legende="Inauguration des locaux")
    html = html_of(convention)
    assert '<p class="b-document">Inauguration des locaux (image non reproduite)</p>' in html
    assert not re.search(r"<(?:p|li|td|h2)\b[^>]*>\s|\s</(?:p|li|td|h2)>", html)


def test_each_anchor_of_the_sommaire_exists_once():
    html = html_of(full_convention(2))
    targets = re.findall(r'href="#([^"]+)"', html)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(targets) > 10
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)


def test_indicators_have_table_chart_change_and_gaps(convention, fiche):
    indicateur = f.IndicateurFactory(
        convention=convention,
        fiche=fiche,
        intitule="Fréquentation",
        unite="heures/enfants",
        variation_imprimee="+50 %",
    )
    for year, value in [(2019, 7438), (2020, None), (2023, 21052)]:
        if value:
            f.ValeurFactory(indicateur=indicateur, periode=parse_periode(str(year)), valeur=value)
    html = html_of(convention)
    text = text_of(html)
    assert f"7{NBSP}438" in text
    assert f"+{NBSP}183,0{NBSP}%" in text
    assert "– : non renseigné." in text
    assert "Un chiffre imprimé diffère du calcul." in text
    assert "imprime <q>+50 %</q>" in " ".join(html.split())
    assert html.count("<svg") == html.count("<title>") - 1  # one title per drawing, and the page’s


def test_perspectives_are_titled_with_the_next_year(convention):
    f.PointFactory(
        convention=convention,
        axe=convention.axes.get(),
        exercice=2023,
        nature="perspective",
        texte="Guichet unique",
    )
    assert "Perspectives 2024" in text_of(html_of(convention, 2023))


def test_the_counts_of_an_axe_agree_with_what_they_count():
    axe = f.AxeFactory()
    for realisation, objectifs in [
        (Realisation.REALISEE, Objectifs.ATTEINTS),
        (Realisation.PARTIELLEMENT, Objectifs.PARTIELLEMENT),
        (Realisation.PARTIELLEMENT, ""),
        ("", ""),
    ]:
        f.FicheFactory(axe=axe, realisation=realisation, objectifs_atteints=objectifs)
    said = text_of(html_of(axe.convention))
    assert f"1 réalisée, 2 en partie, 1 non{NBSP}renseignée" in said
    assert f"atteints pour 1 fiche, en partie pour 1, non{NBSP}renseignés pour 2" in said
