"""The points of a year: points forts and faibles, perspectives, éléments phares."""

from ctg_portal.lib.typographie import NBSP

from ..tree.nodes import Point, PointsAnnee
from .colonnes import diapositives_de_texte, diapositives_en_regard, diapositives_numerotees
from .slides import Diapositive, Element, Ligne, Role
from .textes import lignes_de

#: A perspective is often "Subject: what it means": its subject is then its head.
SEPARATEUR = f"{NBSP}: "
TETE_MAX = 90
VIDE = Ligne(Role.TEXTE, "Non renseigné.")


def diapositives_de_l_annee(
    annee: PointsAnnee, *, surtitre: str, avec_annee: bool
) -> list[Diapositive]:
    """What was expected, what went well and less well, what comes next, in that order.

    `avec_annee`: several years are shown, each names itself.
    """
    year = f" {annee.exercice}" if avec_annee else ""
    slides: list[Diapositive] = []
    if annee.precedentes:
        slides += diapositives_numerotees(
            elements_de(annee.precedentes),
            titre=f"Perspectives {annee.exercice}{NBSP}: ce qu’elles sont devenues",
            surtitre=surtitre,
            notes=liens_de(annee.precedentes),
        )
    if annee.forts or annee.faibles:
        slides += diapositives_en_regard(
            _liste("Points forts", "plus", annee.forts),
            _liste("Points faibles", "moins", annee.faibles),
            titre=f"Points forts, points faibles{year}",
            surtitre=surtitre,
        )
    if annee.perspectives:
        slides += diapositives_numerotees(
            elements_de(annee.perspectives),
            titre=f"Perspectives {annee.annee_suivante}",
            surtitre=surtitre,
            notes=liens_de(annee.perspectives),
        )
    notes = [line for point in annee.notes for line in lignes_de(point.texte)]
    slides += diapositives_de_texte(notes, titre=f"À noter{year}", surtitre=surtitre)
    return slides


def diapositives_des_phares(annees) -> list[Diapositive]:
    slides: list[Diapositive] = []
    for annee in annees:
        if annee.phares:
            slides += diapositives_numerotees(
                elements_de(annee.phares),
                titre=f"Éléments phares pour {annee.annee_suivante}",
                notes=liens_de(annee.phares),
            )
    return slides


def elements_de(points: tuple[Point, ...]) -> list[Element]:
    return [_element(str(rank), point) for rank, point in enumerate(points, start=1)]


def _element(numero: str, point: Point) -> Element:
    first, *others = [line.texte for line in lignes_de(point.texte)] or [""]
    head, separator, rest = first.partition(SEPARATEUR)
    is_subject = len(head) <= TETE_MAX and head.count("(") == head.count(")")
    if separator and is_subject:
        details = [rest[:1].upper() + rest[1:], *others]
    else:
        head, details = first, others
    if point.devenir:
        details.append(point.devenir[:1].upper() + point.devenir[1:])
        details += [f"Fiche {point.fiche}"] if point.fiche else []
    return Element(numero, head, tuple(details))


def liens_de(points: tuple[Point, ...]) -> tuple[str, ...]:
    """Where each point comes from and where it led, for who presents."""
    said = []
    for point in points:
        links = [f"reprend la perspective «{NBSP}{point.reprend}{NBSP}»"] if point.reprend else []
        links += [f"repris{NBSP}: {suite}" for suite in point.repris_par]
        if point.fiche and not point.devenir:
            links.append(f"fiche {point.fiche}")
        if links:
            said.append(f"{point.texte.simple} ({' ; '.join(links)})")
    return tuple(said)


def _liste(titre: str, signe: str, points: tuple[Point, ...]):
    lines = [Ligne(Role.INTERTITRE, titre, signe=signe)]
    for point in points:
        lines += lignes_de(point.texte, paragraphe=Role.PUCE)
        if point.fiche:
            lines.append(Ligne(Role.DETAIL, f"Fiche {point.fiche}"))
    return tuple(lines) if points else (*lines, VIDE)
