"""What a composition leaves in the tree, and the order of its parts: pure functions."""

import dataclasses
import io

import docx
import pytest

from reports.deck import build_deck
from reports.enums import Detail, Partie
from reports.render.formats import FORMATS
from reports.render.html import render_html
from reports.render.workbook.sheets import sheets_of
from reports.sigles import texts_of
from reports.tree import compose, nodes
from reports.tree.sommaire import sommaire

from .trees import sample_tree

PARTIES = tuple(Partie.values)
LINK = "https://exemple.fr/rapport"


def without(*names):
    return tuple(name for name in PARTIES if name not in names)


def composed(tree=None, **choices):
    """What is printed of a tree so composed; the sample one unless said."""
    return compose(
        dataclasses.replace(tree or two_axes(), composition=nodes.Composition(**choices))
    )


def two_axes():
    """The sample tree with a second axe of its own fiche, told in what changed."""
    tree = sample_tree()
    (axe,) = tree.axes
    (fiche,) = axe.fiches
    first = rebuilt(axe, ancre="axe-1", numero="1", fiche=renamed(fiche, "fiche-1-1", "A1", 1))
    second = rebuilt(axe, ancre="axe-2", numero="2", fiche=renamed(fiche, "fiche-2-1", "B1", 2))
    place = nodes.Renvoi("fiche-2-1", "B1", "La fiche B1")
    moved = dataclasses.replace(tree.depuis.mouvements[0], axe=second.repere, fiche=place)
    kept = dataclasses.replace(moved, axe=first.repere, fiche=first.fiches[0].renvoi)
    since = dataclasses.replace(
        tree.depuis, mouvements=(kept, moved), nouvelles=(), disparues=(), renommees=()
    )
    return dataclasses.replace(
        tree,
        axes=(first, second),
        depuis=since,
        ecarts=(nodes.Ecart("a", "1", "2", "axe-1"), nodes.Ecart("b", "1", "2", "axe-2")),
        sigles=(("CTG", "ce que CTG voulait dire"), ("EVS", "espace de vie sociale")),
        conclusion=nodes.Texte("La CTG continue."),
    )


def renamed(fiche, ancre, repere, pk):
    return dataclasses.replace(
        fiche, ancre=ancre, repere=repere, intitule=f"La fiche {repere}", pk=pk
    )


def rebuilt(axe, *, ancre, numero, fiche):
    count = nodes.Comptes(1, 0, *(each(values) for values in statuts(axe.comptes)))
    objectif = dataclasses.replace(axe.objectifs[0], fiches=(fiche,))
    return dataclasses.replace(
        axe, ancre=ancre, numero=numero, mot="Axe", comptes=count, objectifs=(objectif,)
    )


def statuts(comptes):
    return comptes.suivi, comptes.realisation, comptes.objectifs


def each(comptes):
    return tuple(nodes.Compte(compte.statut, 1) for compte in comptes)


# --- The complete document --------------------------------------------------------------------


def test_without_a_composition_the_tree_is_the_very_same():
    tree = two_axes()
    assert compose(tree) is tree


def test_the_complete_composition_prints_what_no_composition_prints():
    tree = dataclasses.replace(two_axes(), ecarts=(), sigles=())
    tree = dataclasses.replace(tree, sommaire=sommaire(tree))
    assert render_html(composed(tree)) == render_html(tree)


@pytest.mark.parametrize("detail", Detail.values)
@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"axes": ("axe-2",), "parties": without(Partie.GOUVERNANCE, Partie.ANNEXES)},
        {"avec_photos": False, "avec_logos": False, "parties": ("annexes", "cadrage")},
    ],
)
def test_composing_twice_changes_nothing_more(detail, choices):
    once = composed(detail=detail, **choices)
    assert compose(once) == once


# --- Parts ------------------------------------------------------------------------------------


def test_parts_are_printed_in_the_order_that_was_chosen():
    tree = composed(parties=("gouvernance", "axes", "introduction", "annexes"))
    # The introduction is empty; what the COPIL said stands before the annexes.
    assert tree.parties == ("gouvernance", "axes", "avis", "annexes")
    anchors = [entree.ancre for entree in tree.sommaire if entree.niveau == 1]
    assert anchors == ["gouvernance", "axe-1", "axe-2", "avis", "annexes"]
    html = render_html(tree)
    places = [html.index(f'id="{anchor}"') for anchor in anchors]
    assert places == sorted(places)
    assert 'id="cadrage"' not in html


def test_the_deck_follows_the_same_order():
    tree = composed(parties=("conclusion", "introduction"), introduction=nodes.Texte("Bonjour."))
    titles = [slide.titre for slide in build_deck(tree).diapositives]
    assert titles.index("Conclusion") < titles.index("Introduction")


@pytest.mark.parametrize(
    ("partie", "empty"),
    [
        (Partie.INTRODUCTION, lambda tree: tree.introduction),
        (Partie.CADRAGE, lambda tree: tree.cadrage.presentation or tree.indicateurs),
        (Partie.DEPUIS, lambda tree: tree.depuis),
        (Partie.AXES, lambda tree: tree.fiches or tree.axes[0].annees),
        (Partie.POINTS, lambda tree: tree.axes[0].annees),
        (Partie.TABLEAUX, lambda tree: any(fiche.dans_synthese for fiche in tree.fiches)),
        (Partie.PHARES, lambda tree: tree.annees),
        (Partie.GOUVERNANCE, lambda tree: tree.gouvernance.decisions or tree.gouvernance.a_suivre),
        (Partie.CONCLUSION, lambda tree: tree.conclusion),
        (Partie.ANNEXES, lambda tree: tree.sigles or tree.ecarts),
    ],
)
def test_a_part_that_is_left_out_is_empty_in_the_tree(partie, empty):
    introduction = nodes.Texte("Mot d’accueil.")
    assert empty(composed(introduction=introduction))
    tree = composed(introduction=introduction, parties=without(partie))
    assert not empty(tree)
    assert partie not in tree.parties


def test_every_part_has_its_test():
    tested = test_a_part_that_is_left_out_is_empty_in_the_tree.pytestmark[0].args[1]
    assert {partie for partie, _ in tested} == set(Partie)


def test_axes_that_are_not_printed_keep_their_figures():
    tree = composed(parties=without(Partie.AXES))
    assert [axe.comptes.fiches for axe in tree.axes] == [1, 1]
    assert "La fiche A1" not in " ".join(texts_of(tree.axes))


def test_the_conclusion_of_the_draft_stands_for_that_of_the_convention():
    assert composed().conclusion.brut == "La CTG continue."
    assert composed(conclusion=nodes.Texte("Merci.")).conclusion.brut == "Merci."


def test_sigles_are_those_of_what_is_printed_in_the_words_that_were_frozen():
    assert composed().sigles == (("CTG", "ce que CTG voulait dire"),)
    assert composed(conclusion=nodes.Texte("Un EVS.")).sigles == (("EVS", "espace de vie sociale"),)


# --- Axes -------------------------------------------------------------------------------------


def test_an_axe_that_is_left_out_is_gone_with_all_that_is_said_of_it():
    tree = composed(axes=("axe-1",))
    assert [axe.numero for axe in tree.axes] == ["1"]
    assert tree.comptes.fiches == 1
    assert tree.axes_gardes == "Axe 1 seulement"
    assert [one.fiche.repere for one in tree.depuis.mouvements] == ["A1"]
    assert [one.objet for one in tree.ecarts] == ["a"]
    printed = render_html(tree)
    assert "Axe 1 seulement" in printed
    assert "La fiche A1" in printed
    assert "La fiche B1" not in printed


def test_figures_are_counted_again_over_the_axes_that_are_kept():
    tree = composed(axes=("axe-1", "axe-2"))
    assert tree.comptes == two_axes().comptes
    three = dataclasses.replace(
        two_axes(), axes=(*two_axes().axes, dataclasses.replace(two_axes().axes[0], ancre="axe-3"))
    )
    kept = composed(three, axes=("axe-1", "axe-2"))
    assert kept.comptes.fiches == 2
    assert [compte.nombre for compte in kept.comptes.realisation] == [2]


# --- Detail -----------------------------------------------------------------------------------


def test_standard_tells_what_was_done_without_the_frame_of_the_fiche():
    fiche = composed(detail=Detail.STANDARD).fiches[0]
    assert fiche.realisations
    assert fiche.indicateurs
    assert fiche.resultats
    left_out = (fiche.contexte, fiche.moyens, fiche.financements, fiche.partenaires)
    assert not any(left_out)
    assert not composed(detail=Detail.STANDARD).gouvernance.reunions[0].compte_rendu


def test_a_synthese_tells_figures_tables_and_points_but_no_fiche():
    tree = composed(detail=Detail.SYNTHESE)
    fiche = tree.fiches[0]
    assert (fiche.realisation, fiche.analyse) == (
        two_axes().fiches[0].realisation,
        two_axes().fiches[0].analyse,
    )
    assert not any((fiche.realisations, fiche.volets, fiche.indicateurs, fiche.documents))
    assert tree.axes[0].annees
    html = render_html(tree)
    assert "b-synthese" in html
    assert "b-fiche" not in html
    assert "Non renseigné" not in html


def test_no_link_leads_to_a_fiche_that_is_not_told():
    tree = composed(detail=Detail.SYNTHESE)
    assert tree.depuis.mouvements[0].fiche == nodes.Renvoi("", "A1", "La fiche A1")
    assert 'href="#fiche' not in render_html(tree)
    assert 'href="#fiche-1-1"' in render_html(composed())


# --- Pictures ---------------------------------------------------------------------------------


def with_documents(*documents):
    tree = two_axes()
    cadrage = dataclasses.replace(tree.cadrage, documents=documents)
    return dataclasses.replace(tree, cadrage=cadrage)


def test_without_photos_a_file_and_a_link_stay_and_no_caption_is_left_alone():
    photo = nodes.Document("La fête", image="fete.jpg")
    missing = nodes.Document("Une photo perdue")
    link = nodes.Document("Le rapport", lien=LINK)
    file = nodes.Document("Le règlement", fichier="reglement.pdf")
    tree = with_documents(photo, missing, link, file)
    assert composed(tree).cadrage.documents == (photo, missing, link, file)
    assert composed(tree, avec_photos=False).cadrage.documents == (link, file)
    names = list(texts_of(composed(tree, avec_photos=False)))
    assert not [name for name in names if name.endswith((".jpg", "image"))]


def test_without_logos_the_cover_has_none():
    assert composed().convention.logo
    assert not composed(avec_logos=False).convention.logo


# --- Every renderer ---------------------------------------------------------------------------


def headings_of(tree) -> list[str]:
    document = docx.Document(io.BytesIO(FORMATS["docx"].render(tree)))
    return [one.text for one in document.paragraphs if one.style.name == "Heading 1"]


def whole(**choices):
    """A tree as an arrêté keeps it: whole, with what was chosen beside."""
    return dataclasses.replace(two_axes(), composition=nodes.Composition(**choices))


def test_a_format_prints_what_is_composed_of_a_whole_tree():
    tree = whole(axes=("axe-2",), parties=("annexes", "axes", "introduction"))
    assert "La fiche A1" not in FORMATS["html"].render(tree).decode()
    assert "La fiche B1" in FORMATS["html"].render(tree).decode()


def test_word_follows_the_order_and_a_synthese_has_no_fiche():
    tree = whole(parties=("conclusion", "axes", "introduction"), introduction=nodes.Texte("Mot."))
    conclusion, first, second, introduction, avis = headings_of(tree)
    assert (conclusion, introduction) == ("Conclusion", "Introduction")
    assert first.startswith("Axe 1")
    assert second.startswith("Axe 2")
    assert avis == "Avis du comité de pilotage"
    short = whole(detail=Detail.SYNTHESE, parties=("axes", "gouvernance"))
    assert headings_of(short)[2:] == ["Gouvernance", "Avis du comité de pilotage"]


def test_a_bilan_with_nothing_to_print_still_opens():
    empty = dataclasses.replace(whole(parties=("introduction",)), arrete=None)
    assert compose(empty).parties == ()
    assert headings_of(empty) == []
    assert b"Sommaire" in FORMATS["html"].render(empty)
    titles = [slide.titre for slide in build_deck(compose(empty)).diapositives]
    assert titles[-1] == "Questions diverses"


def test_the_workbook_holds_no_row_of_what_is_left_out():
    def names(tree):
        return {sheet.name for sheet in sheets_of(compose(tree))}

    assert {"Réalisations", "Décisions", "Synthèse par axe"} <= names(whole())
    short = names(whole(detail=Detail.SYNTHESE, parties=without(Partie.GOUVERNANCE)))
    assert "Synthèse par axe" in short
    assert not short & {"Réalisations", "Décisions", "Volets"}


def test_the_deck_of_a_synthese_shows_states_and_says_nothing_of_what_it_leaves_out():
    slides = build_deck(composed(detail=Detail.SYNTHESE)).diapositives
    assert [slide.titre for slide in slides].count("État des fiches") == 2
    assert "Pas de réalisation saisie." not in repr(slides)


def test_without_governance_the_deck_still_says_its_day_and_its_agenda():
    tree = two_axes()
    (meeting,) = tree.gouvernance.reunions
    held = dataclasses.replace(
        meeting, instances=("COPIL",), annulee=False, date="9 octobre 2023", etat="prévue"
    )
    instance = nodes.Instance("COPIL", "comité de pilotage", nodes.Texte())
    gouvernance = nodes.Gouvernance((instance,), (held,), ())
    tree = dataclasses.replace(tree, gouvernance=gouvernance, arrete=None)
    kept = composed(tree, parties=without(Partie.GOUVERNANCE))
    assert Partie.GOUVERNANCE not in kept.parties
    cover = build_deck(kept).diapositives[0]
    assert cover.titre == "Comité de pilotage"
    assert "9 octobre 2023" in cover.date
    assert not kept.gouvernance.decisions
