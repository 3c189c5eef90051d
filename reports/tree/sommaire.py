"""The entries of the sommaire, with the anchors that the parts carry."""

from . import nodes

POINTS = "points"
SYNTHESE = "synthese"
CADRAGE = "cadrage"
DEPUIS = "depuis"
PHARES = "phares"
GOUVERNANCE = "gouvernance"
CONCLUSION = "conclusion"
AVIS = "avis"
ANNEXES = "annexes"


def sommaire(bilan: nodes.Bilan) -> tuple[nodes.EntreeSommaire, ...]:
    """Parts, axes and fiches in the order of the document; a part without content has no line."""
    entries = [nodes.EntreeSommaire(1, "", "Cadrage et chiffres clés", CADRAGE)]
    if bilan.depuis:
        entries.append(nodes.EntreeSommaire(1, "", bilan.depuis.titre, DEPUIS))
    for axe in bilan.axes:
        entries.extend(_axe(axe))
    if bilan.annees:
        entries.append(nodes.EntreeSommaire(1, "", bilan.titre_annees, PHARES))
    gouvernance = bilan.gouvernance
    if gouvernance.reunions or gouvernance.a_suivre:
        entries.append(nodes.EntreeSommaire(1, "", "Gouvernance", GOUVERNANCE))
    if bilan.conclusion:
        entries.append(nodes.EntreeSommaire(1, "", "Conclusion", CONCLUSION))
    if bilan.arrete:
        entries.append(nodes.EntreeSommaire(1, "", "Avis du comité de pilotage", AVIS))
    entries.append(nodes.EntreeSommaire(1, "", "Annexes", ANNEXES))
    return tuple(entries)


def _axe(axe: nodes.Axe) -> list[nodes.EntreeSommaire]:
    entries = [nodes.EntreeSommaire(1, axe.numero, axe.intitule, axe.ancre)]
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
