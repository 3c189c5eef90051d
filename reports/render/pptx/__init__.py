"""The presentation as an editable .pptx: native text, tables and charts, layouts, notes."""

import io

from ...deck import build_deck
from ...tree import Bilan
from ..deck import printable
from ..ressources import Ressources, pictures_of
from .diapositives import Dessinateur
from .modele import nouvelle_presentation


def render_pptx(tree: Bilan) -> bytes:
    """The slides of a bilan as a presentation that anybody may go on with.

    Same slides as the PDF. Titles stand in title placeholders, texts in those of their layout;
    pictures and charts carry an alternative text; details are in the notes of each slide.
    """
    ressources = Ressources(pictures_of(tree))
    deck = build_deck(tree, printable(ressources))
    presentation, layouts = nouvelle_presentation(deck.couleur)
    drawer = Dessinateur(presentation, layouts, deck, ressources)
    for slide in deck.diapositives:
        drawer.draw(slide)
    _describe(presentation, tree, deck)
    output = io.BytesIO()
    presentation.save(output)
    return output.getvalue()


def _describe(presentation, tree: Bilan, deck) -> None:
    import datetime

    properties = presentation.core_properties
    properties.title = deck.titre[:255]
    properties.author = deck.auteur[:255]
    properties.last_modified_by = deck.auteur[:255]
    properties.subject = f"Comité de pilotage, {tree.convention.nom}"[:255]
    properties.keywords = "convention territoriale globale, comité de pilotage, bilan"
    properties.category = "Présentation"
    properties.comments = tree.etat[:255]
    properties.language = "fr-FR"
    day = datetime.datetime.combine(tree.edite_le, datetime.time())
    properties.created = properties.modified = day
    properties.revision = 1
