"""The slides as data, and their PDF: order, continuation, nothing lost, nothing outside."""

import dataclasses
import io
import re
import subprocess

import page as pdf_validation
import pypdf
import pytest

from copil.enums import EtatReunion, TypeInstance
from ctg_portal.lib.dates import parse_date
from reports.deck import build_deck
from reports.deck.composition import STYLES, hauteur_totale, paginer
from reports.deck.mesure import couper, largeur
from reports.deck.slides import (
    BAS,
    Cellule,
    Colonnes,
    Couverture,
    Graphique,
    Ligne,
    Numerotee,
    OuvertureAxe,
    Photos,
    Role,
    Tableau,
)
from reports.deck.tableaux import tableaux
from reports.deck.textes import lignes_de
from reports.render.deck import deck_html, render_deck
from reports.render.ressources import Ressources
from reports.sigles import texts_of
from reports.templatetags.diapositives import GABARITS
from reports.tree import build_bilan
from reports.tree.nodes import Texte
from tests import factories as f

from ..builders import TODAY, full_convention
from ..extreme import ARABE, EMOJI, MOT_120, TEXTE_6000, TITRE_400, extreme_tree, large_tree
from ..photos import NOT_A_PICTURE, PHOTO, photo_of, picture
from .pdf import fonts_of


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def slides_of(tree, images=frozenset()):
    return build_deck(tree, images).diapositives


def words_of(slides) -> str:
    """Every text of the slides, notes included, with the white space of a reader."""
    return squeezed(" ".join(texts_of(tuple(slides))))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def titles_of(slides) -> list[str]:
    return [slide.titre for slide in slides]


def axe_with_points(db):
    axe = f.AxeFactory(numero="1", intitule="Petite enfance", fiches_annoncees=7)
    objectif = f.ObjectifFactory(axe=axe, code="A", intitule="Développer le relais")
    fiche = f.FicheFactory(axe=axe, objectif=objectif, intitule="Promouvoir le relais")
    f.RealisationFactory(fiche=fiche, texte="Nouveau site")
    for nature in ("fort", "faible", "perspective"):
        f.PointFactory(
            convention=axe.convention, axe=axe, exercice=2023, nature=nature, texte=f"un {nature}"
        )
    f.PointFactory(convention=axe.convention, exercice=2023, nature="phare", texte="un guichet")
    return axe


def test_slides_follow_the_order_of_a_copil(db):
    axe = axe_with_points(db)
    instance = f.InstanceFactory(convention=axe.convention, type=TypeInstance.COPIL)
    f.ReunionFactory(
        convention=axe.convention,
        instances=[instance],
        date=parse_date("9 octobre 2023"),
        etat=EtatReunion.TENUE,
    )
    slides = slides_of(build_bilan(axe.convention, 2023, today=TODAY))
    assert titles_of(slides) == [
        "Comité de pilotage",
        "Ordre du jour",
        "Rappel du contexte",
        "Où en sommes-nous\u00a0?",
        "Petite enfance",
        "Développer le relais",
        "Points forts, points faibles",
        "Perspectives 2024",
        "Éléments phares pour 2024",
        "Questions diverses",
        "Sigles",
    ]
    assert [slide.numero for slide in slides] == list(range(1, 12))
    assert [slide.axe for slide in slides] == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]
    assert "9\u00a0octobre 2023" in slides[0].date


def test_opening_of_an_axe_says_what_was_announced_and_that_no_status_is_known(db):
    axe = axe_with_points(db)
    slides = slides_of(build_bilan(axe.convention, 2023, today=TODAY))
    opening = next(slide for slide in slides if isinstance(slide, OuvertureAxe))
    facts = {fact.nom: (fact.valeur, fact.precision) for fact in opening.faits}
    assert facts["Fiches actions"] == ("7\u00a0annoncées", "1\u00a0saisie")
    assert facts["Statuts"] == ("non renseignés", "")
    assert facts["Pilotage"] == ("non renseigné", "")
    assert opening.objectifs == (("A", "Développer le relais"),)


def test_an_empty_convention_has_a_cover_an_agenda_and_its_sigles(db):
    slides = slides_of(build_bilan(f.ConventionFactory(), today=TODAY))
    assert [slide.genre for slide in slides] == ["couverture", "numerotee", "fin", "tableau"]
    assert slides[0].rangees == ()


def test_a_long_list_continues_and_loses_nothing(db):
    axe = f.AxeFactory()
    for rank in range(40):
        f.PointFactory(
            convention=axe.convention,
            axe=axe,
            exercice=2023,
            nature="fort",
            texte=f"Le point fort numéro {rank:02}, dit en une phrase de longueur ordinaire",
        )
    slides = slides_of(build_bilan(axe.convention, 2023, today=TODAY))
    shown = [slide for slide in slides if slide.titre == "Points forts, points faibles"]
    assert len(shown) > 2
    assert [slide.suite for slide in shown] == [
        f"{rank}/{len(shown)}" for rank in range(1, len(shown) + 1)
    ]
    assert len({slide.titre_complet for slide in shown}) == len(shown)
    lines = [line.texte for slide in shown for line in slide.colonnes[0]]
    assert [line for line in lines if "numéro" in line] == [
        f"Le point fort numéro {rank:02}, dit en une phrase de longueur ordinaire"
        for rank in range(40)
    ]


def test_no_column_is_higher_than_its_slide_nor_ends_with_a_title():
    lines = []
    for rank in range(30):
        lines.append(Ligne(Role.INTERTITRE, f"Fiche {rank}"))
        lines += [Ligne(Role.PUCE, "une réalisation de quelques mots " * (1 + rank % 5))] * 2
    columns = paginer(lines, 536, 400)
    assert tuple(line for column in columns for line in column) == tuple(lines)
    assert all(hauteur_totale(column, 536) <= 400 for column in columns)
    assert all(column[-1].role != Role.INTERTITRE for column in columns)


def test_a_paragraph_longer_than_a_slide_is_cut_between_words():
    columns = paginer([Ligne(Role.TEXTE, TEXTE_6000)], 980, 450)
    assert len(columns) > 3
    assert " ".join(line.texte for column in columns for line in column) == TEXTE_6000
    assert all(hauteur_totale(column, 980) <= 450 for column in columns)


def test_a_cut_word_is_given_back_whole():
    pieces = couper(f"avant {MOT_120} après", 300, 22)
    assert len(pieces) > 3
    assert "".join(pieces) == f"avant {MOT_120} après"
    assert all(largeur(piece.strip(), 22) <= 300 for piece in pieces)


def test_a_line_does_not_end_at_a_non_breaking_space():
    assert couper("36\u00a0424\u00a0€", 10_000, 22) == ("36\u00a0424\u00a0€",)
    assert all("\u00a0" not in line[-1:] for line in couper("a b\u00a0: c " * 40, 120, 22))


def test_rich_text_becomes_lines():
    text = Texte(
        "Trois attentes :\n\n- un **mode** d’accueil\n- un lieu\n\n| a | b |\n|-|-|\n| 1 | 2 |"
    )
    assert [(line.role, line.texte) for line in lignes_de(text)] == [
        (Role.TEXTE, "Trois attentes :"),
        (Role.PUCE, "un mode d’accueil"),
        (Role.PUCE, "un lieu"),
        (Role.TEXTE, "a\u00a0: b"),
        (Role.TEXTE, "1\u00a0: 2"),
    ]


def test_a_numbered_list_goes_on_after_a_paragraph():
    text = Texte("1. un\n2. deux\n\nUn mot.\n\n3. trois")
    assert [line.texte for line in lignes_de(text)] == ["1. un", "2. deux", "Un mot.", "3. trois"]


def test_a_long_table_repeats_its_header_and_the_name_of_a_row_it_cuts():
    rows = [(Cellule("Fiche"), Cellule(TEXTE_6000)), (Cellule("Autre"), Cellule("court"))]
    slides = tableaux(("Nom", "Texte"), (300, 820), rows, titre="Tableau")
    assert len(slides) > 3
    assert {slide.entetes for slide in slides} == {("Nom", "Texte")}
    assert {slide.lignes[0][0].texte for slide in slides} == {"Fiche", "Fiche (suite)"}
    texts = [row[1].texte for slide in slides for row in slide.lignes]
    assert " ".join(texts[:-1]) == TEXTE_6000
    assert texts[-1] == "court"


def test_every_text_of_a_fiche_is_on_a_slide_or_in_the_notes(db):
    tree = build_bilan(full_convention(2), today=TODAY)
    words = words_of(slides_of(tree))
    for fiche in tree.fiches:
        texts = [
            fiche.intitule,
            *(done.texte.simple for done in fiche.realisations),
            *(volet.titre for volet in fiche.volets),
            *(done.texte.simple for volet in fiche.volets for done in volet.realisations),
            *(result.texte for result in fiche.resultats),
            *(partner.organisme for partner in fiche.partenaires),
            *(line.financeur for line in fiche.financements.lignes),
            *(serie.intitule for serie in fiche.indicateurs_tous),
            *(document.legende for document in fiche.documents),
        ]
        assert all(squeezed(text) in words for text in texts)


def test_hard_texts_are_all_there():
    words = words_of(slides_of(extreme_tree()))
    for text in (TITRE_400, MOT_120, TEXTE_6000, EMOJI, ARABE):
        assert squeezed(text) in words


def test_an_indicator_is_drawn_once_it_has_two_numbers(db):
    tree = build_bilan(full_convention(1), today=TODAY)
    charts = [slide for slide in slides_of(tree) if isinstance(slide, Graphique)]
    assert [slide.serie.intitule for slide in charts] == [
        serie.intitule for fiche in tree.fiches for serie in fiche.indicateurs
    ]
    assert charts[0].lignes == (("2020", "2\u00a0020"), ("2021", "2\u00a0021"))


def test_a_picture_that_cannot_be_shown_is_named_in_the_notes(db, media):
    fiche = f.FicheFactory()
    photo_of(fiche, NOT_A_PICTURE, legende="La fête du jeu")
    tree = build_bilan(fiche.axe.convention, today=TODAY)
    assert not [slide for slide in slides_of(tree) if isinstance(slide, Photos)]
    assert "La fête du jeu (image non reproduite)" in " ".join(texts_of(slides_of(tree)))
    assert render_deck(tree).startswith(b"%PDF")


def test_a_picture_is_shown_with_its_alternative_text(db, media):
    fiche = f.FicheFactory()
    photo_of(fiche, picture(900, 600), alt="Deux enfants devant un jeu de quilles")
    tree = build_bilan(fiche.axe.convention, today=TODAY)
    (shown,) = (slide for slide in slides_of(tree, frozenset({PHOTO})) if isinstance(slide, Photos))
    assert shown.photos[0].alt == "Deux enfants devant un jeu de quilles"
    html = deck_html(build_deck(tree, frozenset({PHOTO})), Ressources(frozenset({PHOTO})))
    assert 'alt="Deux enfants devant un jeu de quilles"' in html


def test_every_kind_of_slide_has_its_template():
    kinds = {Couverture, Colonnes, Numerotee, OuvertureAxe, Tableau, Graphique, Photos}
    assert kinds <= set(GABARITS)


def test_sheet_draws_the_sizes_that_are_measured():
    sheet = Ressources(frozenset()).open("static:css/deck.css").contenu.decode()
    rules = {
        Role.INTERTITRE: r"\nh2 \{ font-size: (\d+)px; line-height: (\d+)px",
        Role.VOLET: r"\n\.volet \{ font-size: (\d+)px; line-height: (\d+)px",
        Role.DETAIL: r"\n\.detail \{ font-size: (\d+)px; line-height: (\d+)px",
        Role.SOUS_PUCE: r"\n\.sous-puces li \{.*font-size: (\d+)px; line-height: (\d+)px",
        Role.PUCE: r"font: 400 (\d+)px/(\d+)px",
        Role.TEXTE: r"font: 400 (\d+)px/(\d+)px",
    }
    for role, rule in rules.items():
        corps, line = map(int, re.search(rule, sheet).groups())
        assert (corps, line) == (STYLES[role].corps, STYLES[role].interligne), role


def test_sheet_has_a_class_for_every_width_of_a_table(db):
    sheet = Ressources(frozenset()).open("static:css/deck.css").contenu.decode()
    known = set(map(int, re.findall(r"\.w-(\d+) \{", sheet)))
    slides = slides_of(extreme_tree()) + slides_of(build_bilan(full_convention(2), today=TODAY))
    used = {wide for slide in slides if isinstance(slide, Tableau) for wide in slide.largeurs}
    assert len(used) > 4
    assert used <= known


def boxes_of(content: bytes) -> list[list[tuple[float, float, float, float, str]]]:
    """For each page of a PDF, its words with their corners, in points."""
    html = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    word = re.compile(
        r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
    )
    return [
        [(*map(float, found[:4]), found[4]) for found in word.findall(page)]
        for page in html.split("<page ")[1:]
    ]


def assert_inside(content: bytes, slides: int) -> None:
    """Every word stands between the margins of its slide, above the foot but for the foot."""
    pages = boxes_of(content)
    assert len(pages) == slides
    for number, words in enumerate(pages, start=1):
        assert words, number
        for left, top, right, bottom, word in words:
            where = f"{number}: {word}"
            assert 50 <= left < right <= (1280 - 78) * 0.75, where
            assert 20 <= top < bottom <= 720 * 0.75, where
            # The cover has no foot.
            is_foot = number == 1 or top > 655 * 0.75
            assert is_foot or bottom <= (BAS + 26) * 0.75, where


def test_pdf_is_sixteen_to_nine_tagged_and_valid(db, media):
    tree = build_bilan(full_convention(1, territoire="Pays d’Élégance"), today=TODAY)
    content = render_deck(tree)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert {(page.mediabox.width, page.mediabox.height) for page in reader.pages} == {(960, 540)}
    assert reader.root_object["/Lang"] == "fr"
    assert reader.metadata.title == "Bilan des actions 2020-2024 – CTG Pays d’Élégance"
    assert len(reader.pages) == len(slides_of(tree))
    assert ua_failures(content) == []
    fonts = fonts_of(content)
    assert fonts
    assert all("Atkinson" in font for font in fonts)


def ua_failures(content: bytes) -> list[str]:
    report = pdf_validation.validate_pdf_bytes(
        content, profile=pdf_validation.ValidationProfile.PDF_UA_1
    )
    return [str(failure) for failure in report.failures]


def test_hard_texts_stay_inside_the_slides(db, media):
    tree = extreme_tree()
    content = render_deck(tree)
    assert_inside(content, len(slides_of(tree)))
    assert ua_failures(content) == []
    words = squeezed("".join(word for page in boxes_of(content) for *_, word in page))
    assert MOT_120 in words


def test_twelve_axes_and_three_hundred_fiches_keep_every_title():
    slides = slides_of(large_tree(12, 25))
    words = words_of(slides)
    for number in range(1, 13):
        for rank in range(1, 26):
            assert squeezed(f"Fiche {rank} de l’axe {number}") in words
    assert {slide.axe for slide in slides} == set(range(13))


def test_one_axe_has_no_place_to_show(db, media):
    axe = axe_with_points(db)
    tree = build_bilan(axe.convention, 2023, today=TODAY)
    html = deck_html(build_deck(tree), Ressources(frozenset()))
    assert 'class="pas"' not in html


def test_the_same_slides_without_a_copil_are_those_of_a_bilan(db):
    cover = slides_of(build_bilan(f.ConventionFactory(), today=TODAY))[0]
    assert cover.titre == "Bilan des actions 2020-2024"
    assert cover.date == ""


def test_a_slide_is_frozen(db):
    cover = slides_of(build_bilan(f.ConventionFactory(), today=TODAY))[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        cover.titre = "autre"
