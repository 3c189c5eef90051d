"""All the slides, in the order in which a COPIL is held."""

from dataclasses import replace

from ..tree.nodes import Bilan
from .axes import diapositives_de_l_axe
from .cloture import diapositives_de_cloture
from .composition import CORPS_SURTITRE, LARGEUR_SURTITRE
from .copil import copil_de
from .mesure import nombre_de_lignes, tient
from .ouverture import diapositives_d_ouverture
from .slides import Deck, Diapositive

#: Room of the running foot, beside the number of the slide and the position of the axe.
LARGEUR_PIED, CORPS_PIED = 640, 20


def build_deck(tree: Bilan, images: frozenset[str] = frozenset()) -> Deck:
    """The slides of a bilan; `images` are the names of the pictures that can be shown.

    Nothing of the tree is shortened: what does not fit on a slide goes on, what is a detail stands
    in the notes of whoever presents, a picture that is not there is named in them.
    """
    slides = diapositives_d_ouverture(tree, images)
    for rank, axe in enumerate(tree.axes, start=1):
        slides += [replace(slide, axe=rank) for slide in diapositives_de_l_axe(axe, tree, images)]
    slides += diapositives_de_cloture(tree, images)
    return Deck(
        titre=f"{tree.titre} – CTG {tree.convention.territoire}",
        auteur=tree.convention.territoire,
        couleur=tree.convention.couleur,
        pied=_pied(tree),
        axes=tuple(axe.numero for axe in tree.axes),
        diapositives=tuple(
            replace(_with_short_surtitre(slide), numero=number)
            for number, slide in enumerate(slides, start=1)
        ),
    )


def _with_short_surtitre(slide: Diapositive) -> Diapositive:
    """The line above a title holds on one line, or goes to the notes."""
    if tient(slide.surtitre, LARGEUR_SURTITRE, CORPS_SURTITRE, gras=True):
        return slide
    return replace(slide, surtitre="", notes=(slide.surtitre, *slide.notes))


def _pied(tree: Bilan) -> str:
    """The longest of three wordings that holds on one line."""
    copil = copil_de(tree)
    territory = f"CTG {tree.convention.territoire}"
    when = f"COPIL du {copil.date}" if copil and copil.date else f"Bilan {tree.periode}"
    options = (f"{territory} · {when}", when, f"CTG {tree.convention.periode}")
    return next(
        (text for text in options if nombre_de_lignes(text, LARGEUR_PIED, CORPS_PIED) == 1), "CTG"
    )
