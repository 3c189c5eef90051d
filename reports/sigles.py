"""The sigles of the field, spelt out.

Every sigle is explained once, in the annexe of the bilan that uses it. Only expansions that the
published documents give or that the national texts settle; a sigle whose meaning depends on the
territory (a community of communes, a local association) is left out rather than guessed.
"""

import dataclasses
import re
from collections.abc import Iterator

SIGLES = {
    "AAP": "appel à projets",
    "ABF": "architecte des bâtiments de France",
    "ALAE": "accueil de loisirs associé à l’école",
    "ALSH": "accueil de loisirs sans hébergement",
    "AMA": "assistante maternelle, assistant maternel",
    "Caf": "caisse d’allocations familiales",
    "CCAS": "centre communal d’action sociale",
    "CIAS": "centre intercommunal d’action sociale",
    "CLAS": "contrat local d’accompagnement à la scolarité",
    "CLS": "contrat local de santé",
    "Cnaf": "Caisse nationale des allocations familiales",
    "COG": "convention d’objectifs et de gestion",
    "COPIL": "comité de pilotage",
    "COTECH": "comité technique",
    "CPAM": "caisse primaire d’assurance maladie",
    "CTG": "convention territoriale globale",
    "EAJE": "établissement d’accueil du jeune enfant",
    "EHPAD": "établissement d’hébergement pour personnes âgées dépendantes",
    "EPCI": "établissement public de coopération intercommunale",
    "ETP": "équivalent temps plein",
    "EVS": "espace de vie sociale",
    "FPT": "fonds publics et territoires",
    "LAEP": "lieu d’accueil enfants-parents",
    "MAM": "maison d’assistantes maternelles",
    "MSA": "mutualité sociale agricole",
    "MSAP": "maison de services au public",
    "MSD": "maison des solidarités départementales",
    "PAEJ": "point d’accueil et d’écoute jeunes",
    "PEDT": "projet éducatif territorial",
    "PMI": "protection maternelle et infantile",
    "PRH": "pôle ressource handicap",
    "PVD": "Petites Villes de demain",
    "QF": "quotient familial",
    "RAM": "relais assistantes maternelles",
    "REAAP": "réseau d’écoute, d’appui et d’accompagnement des parents",
    "RERTR": "Réseau d’Entraide et de Relations de Terre Rouge",
    "RIPE": "relais petite enfance",
    "RPE": "relais petite enfance",
    "SDJES": "service départemental à la jeunesse, à l’engagement et aux sports",
    "SPIP": "service pénitentiaire d’insertion et de probation",
}
# Written in capitals by some: the same sigle.
_VARIANTES = {"CAF": "Caf", "CNAF": "Cnaf", "Copil": "COPIL", "Cotech": "COTECH"}
_MOT = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, [*SIGLES, *_VARIANTES])) + r")(?!\w)")


def sigles_of(tree) -> tuple[tuple[str, str], ...]:
    """The sigles found in the texts of a tree of dataclasses, in alphabetical order."""
    found = {
        _VARIANTES.get(sigle, sigle) for texte in texts_of(tree) for sigle in _MOT.findall(texte)
    }
    return tuple((sigle, SIGLES[sigle]) for sigle in sorted(found, key=str.upper))


def texts_of(node) -> Iterator[str]:
    """Every text of a tree of dataclasses and tuples."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, (tuple, list)):
        for item in node:
            yield from texts_of(item)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from texts_of(getattr(node, field.name))
