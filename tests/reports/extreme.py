"""Trees that stretch a document: too long, too many, in other scripts, with lost pictures."""

import dataclasses
from decimal import Decimal

from indicators.series import Serie
from reports.tree import nodes
from reports.tree.nodes import Texte

from .trees import sample_tree

TITRE_400 = ("Accompagner chaque famille du territoire dans la durée " * 8)[:400]
MOT_120 = "anti" * 30
TEXTE_6000 = ("Une phrase qui compte, parmi beaucoup d’autres. " * 130)[:6000].strip()
EMOJI = "Fête des familles 🎉 👩‍👧"
ARABE = "مريم بن علي"
FORMULE = '=HYPERLINK("//exemple.fr";"cliquez")'
FORMULES = (FORMULE, "+33 places", "-1+1", "@SOMME(A1:A9)", "\t=1+1")
CONTROLES = "avant\x0baprès\x1ffin"
WANTED = (TITRE_400, MOT_120, TEXTE_6000, EMOJI, ARABE, FORMULE)
WANTED_NAMES = ("titre", "mot", "cellule", "emoji", "arabe", "formule")


def printable_tree() -> nodes.Bilan:
    """One of everything, with counts and decimals that can be drawn."""
    return _printable(sample_tree())


def _printable(node):
    if isinstance(node, tuple):
        return tuple(map(_printable, node))
    if not dataclasses.is_dataclass(node):
        return node
    values = {
        field.name: _printable(getattr(node, field.name)) for field in dataclasses.fields(node)
    }
    if isinstance(node, Serie):
        values["decimales"] = 0
    if isinstance(node, nodes.Compte):
        values["nombre"] = 1
    return dataclasses.replace(node, **values)


def extreme_tree() -> nodes.Bilan:
    """A bilan whose texts are as hard as typed texts get."""
    tree = printable_tree()
    (axe,) = tree.axes
    fiche = dataclasses.replace(
        axe.fiches[0],
        intitule=TITRE_400,
        contexte=Texte(TEXTE_6000),
        analyse=Texte(f"{TEXTE_6000}\n\n{MOT_120}"),
        public=Texte(f"{EMOJI} {MOT_120}"),
        moyens=Texte("\n".join(f"- {text}" for text in FORMULES)),
        elu_referent=ARABE,
        pilotes=(ARABE, FORMULE),
        menee_par=CONTROLES,
        financements=nodes.Financements(
            (nodes.Financement(FORMULE, MOT_120, "", Decimal("12.5"), None, ""),)
        ),
    )
    return with_fiches(tree, [fiche])


def with_fiches(tree: nodes.Bilan, fiches) -> nodes.Bilan:
    """The tree with these fiches in its only axe."""
    (axe,) = tree.axes
    objectif = dataclasses.replace(axe.objectifs[0], fiches=tuple(fiches))
    return dataclasses.replace(tree, axes=(dataclasses.replace(axe, objectifs=(objectif,)),))


def large_tree(axes: int = 12, per_axe: int = 25) -> nodes.Bilan:
    """Many axes, and in each many fiches, whose titles are numbered.

    As in life, few of them have indicators: those at the head of each axe.
    """
    tree = printable_tree()
    (axe,) = tree.axes
    full = axe.fiches[0]
    light = dataclasses.replace(full, indicateurs=(), volets=())
    found = []
    for number in range(1, axes + 1):
        fiches = tuple(
            dataclasses.replace(
                full if rank == 1 else light,
                ancre=f"fiche-{number}-{rank}",
                repere=f"{number}.{rank}",
                intitule=f"Fiche {rank} de l’axe {number}",
            )
            for rank in range(1, per_axe + 1)
        )
        objectif = dataclasses.replace(axe.objectifs[0], fiches=fiches)
        found.append(
            dataclasses.replace(
                axe, ancre=f"axe-{number}", numero=str(number), objectifs=(objectif,)
            )
        )
    return dataclasses.replace(tree, axes=tuple(found))
