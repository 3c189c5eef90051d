"""All the slides, in the order in which a COPIL is held."""

from dataclasses import replace

from ..enums import Partie
from ..tree import nodes
from ..tree.nodes import Bilan
from ..tree.seance import SIGLE, copil_de, est_un_copil, reunion_nommee
from .axes import diapositives_de_l_axe
from .cloture import (
    diapositives_de_l_avis,
    diapositives_de_la_convention,
    diapositives_de_la_gouvernance,
    diapositives_des_annexes,
)
from .colonnes import diapositives_de_texte
from .composition import CORPS_SURTITRE, LARGEUR_SURTITRE
from .depuis import diapositives_du_changement
from .mesure import nombre_de_lignes, tient
from .ouverture import diapositives_d_ouverture, diapositives_du_cadrage
from .slides import Deck, Diapositive, Fin
from .textes import lignes_de

#: Room of the running foot, beside the number of the slide and the position of the axe.
LARGEUR_PIED, CORPS_PIED = 640, 20


def build_deck(tree: Bilan, images: frozenset[str] = frozenset()) -> Deck:
    """The slides of a bilan; `images` are the names of the pictures that can be shown.

    Nothing of the tree is shortened: what does not fit on a slide goes on, what is a detail stands
    in the notes of whoever presents, a picture that is not there is named in them.
    """
    slides = diapositives_d_ouverture(tree, images)
    parties = tree.parties
    # What is asked at the end is asked before the annexes, which nobody presents.
    last = [Partie.ANNEXES] if parties[-1:] == (Partie.ANNEXES,) else []
    for name in parties[: len(parties) - len(last)]:
        slides += _partie(name, tree, images)
    slides.append(Fin(titre="Questions diverses"))
    for name in last:
        slides += _partie(name, tree, images)
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


def _partie(name: str, tree: Bilan, images: frozenset[str]) -> list[Diapositive]:
    match name:
        case Partie.INTRODUCTION:
            return diapositives_de_texte(lignes_de(tree.introduction), titre="Introduction")
        case Partie.CADRAGE:
            return diapositives_du_cadrage(tree, images)
        case Partie.DEPUIS:
            return diapositives_du_changement(tree)
        case Partie.AXES:
            return [
                replace(slide, axe=rank)
                for rank, axe in enumerate(tree.axes, start=1)
                for slide in diapositives_de_l_axe(axe, tree, images)
            ]
        case Partie.PHARES:
            return diapositives_de_la_convention(tree)
        case Partie.GOUVERNANCE:
            return diapositives_de_la_gouvernance(tree, images)
        case Partie.CONCLUSION:
            return diapositives_de_texte(lignes_de(tree.conclusion), titre="Conclusion")
        case nodes.AVIS:
            return diapositives_de_l_avis(tree.arrete)
        case _:
            return diapositives_des_annexes(tree)


def _with_short_surtitre(slide: Diapositive) -> Diapositive:
    """The line above a title holds on one line, or goes to the notes."""
    if tient(slide.surtitre, LARGEUR_SURTITRE, CORPS_SURTITRE, gras=True):
        return slide
    return replace(slide, surtitre="", notes=(slide.surtitre, *slide.notes))


def _pied(tree: Bilan) -> str:
    """The longest of three wordings that holds on one line."""
    copil = copil_de(tree)
    territory = f"CTG {tree.convention.territoire}"
    when = reunion_nommee(tree) or f"Bilan {tree.periode}"
    if copil and copil.date and est_un_copil(tree, copil):
        when = f"{SIGLE} du {copil.date}"
    options = (f"{territory} · {when}", when, f"CTG {tree.convention.periode}")
    return next(
        (text for text in options if nombre_de_lignes(text, LARGEUR_PIED, CORPS_PIED) == 1), "CTG"
    )
