"""The entries of the sommaire, with the anchors that the parts carry."""

from ..enums import Partie
from . import nodes

POINTS = "points"
SYNTHESE = "synthese"


def sommaire(bilan: nodes.Bilan) -> tuple[nodes.EntreeSommaire, ...]:
    """Parts, axes and fiches in the order of the document; a part without content has no line."""
    titles = {
        Partie.INTRODUCTION: "Introduction",
        Partie.CADRAGE: "Cadrage et chiffres clés",
        Partie.DEPUIS: bilan.depuis.titre if bilan.depuis else "",
        Partie.PHARES: bilan.titre_annees,
        Partie.GOUVERNANCE: "Gouvernance",
        Partie.CONCLUSION: "Conclusion",
        nodes.AVIS: "Avis du comité de pilotage",
        Partie.ANNEXES: "Annexes",
    }
    entries = []
    for name in bilan.parties:
        if name == Partie.AXES:
            for axe in bilan.axes:
                entries.extend(_axe(axe, with_fiches=not bilan.en_synthese))
        else:
            # Each part carries its name as its anchor.
            entries.append(nodes.EntreeSommaire(1, "", titles[name], str(name)))
    return tuple(entries)


def _axe(axe: nodes.Axe, *, with_fiches: bool) -> list[nodes.EntreeSommaire]:
    entries = [nodes.EntreeSommaire(1, axe.numero, axe.intitule, axe.ancre)]
    if not with_fiches:
        return entries
    without_code = "–" if any(fiche.repere for fiche in axe.fiches) else ""
    entries.extend(
        nodes.EntreeSommaire(
            3, fiche.repere or without_code, fiche.intitule_court or fiche.intitule, fiche.ancre
        )
        for fiche in axe.fiches
    )
    if axe.annees:
        title = "Points forts, points faibles, perspectives"
        entries.append(nodes.EntreeSommaire(2, "", title, f"{axe.ancre}-{POINTS}"))
    if any(fiche.dans_synthese for fiche in axe.fiches):
        entries.append(
            nodes.EntreeSommaire(2, "", "Tableau de synthèse", f"{axe.ancre}-{SYNTHESE}")
        )
    return entries
