"""An axe in a few plain sentences, from counts alone: what is done, what is not, why, what next."""

from collections import Counter
from collections.abc import Iterable

from actions.enums import MotifEcart, Objectifs, Realisation, Suite
from actions.models import FicheAction
from copil.enums import Devenir
from copil.models import Point
from ctg_portal.lib.typographie import NBSP, compte, enumeration

# The end of "12 …", for one and for several.
REALISATION_EN_MOTS = (
    (Realisation.REALISEE, "est réalisée", "sont réalisées"),
    (Realisation.PARTIELLEMENT, "l’est en partie", "le sont en partie"),
    (Realisation.NON_REALISEE, "n’est pas réalisée", "ne sont pas réalisées"),
)
OBJECTIFS_EN_MOTS = (
    (Objectifs.ATTEINTS, "atteints"),
    (Objectifs.PARTIELLEMENT, "atteints en partie"),
    (Objectifs.NON_ATTEINTS, "non atteints"),
)
ECARTS = frozenset({Realisation.PARTIELLEMENT, Realisation.NON_REALISEE})


def tell_axe(fiches: list[FicheAction]) -> list[str]:
    """Three to five sentences; one alone where the axe has no fiche."""
    if not fiches:
        return ["Aucune fiche action n’est encore saisie."]
    found = [_realisation(fiches), _motifs(fiches), _objectifs(fiches), _suites(fiches)]
    return [sentence for sentence in found if sentence]


def _realisation(fiches) -> str:
    counts = Counter(fiche.realisation for fiche in fiches)
    told = [
        f"{counts[value]}{NBSP}{one if counts[value] == 1 else several}"
        for value, one, several in _with_full_words(counts)
        if counts[value]
    ]
    start = f"Sur {compte(len(fiches), 'fiche action', 'fiches actions')}"
    silent = counts[""]
    if not told:
        return f"{start}, aucune n’a encore de réalisation renseignée."
    sentence = f"{start}, {enumeration(told)}."
    if silent:
        sentence += f" Pour {silent}, la réalisation n’est pas renseignée."
    return sentence


def _with_full_words(counts):
    """ "l’est en partie" only where something before it says what it is."""
    if counts[Realisation.REALISEE]:
        return REALISATION_EN_MOTS
    partly = (Realisation.PARTIELLEMENT, "est réalisée en partie", "sont réalisées en partie")
    return (partly, REALISATION_EN_MOTS[2])


def _objectifs(fiches) -> str:
    counts = Counter(fiche.objectifs_atteints for fiche in fiches)
    told = [f"{words} pour {counts[value]}" for value, words in OBJECTIFS_EN_MOTS if counts[value]]
    if not told:
        return "L’atteinte des objectifs n’est renseignée pour aucune fiche."
    if counts[""]:
        told.append(f"non renseignés pour {counts['']}")
    return f"Les objectifs sont {enumeration(told)}."


def _motifs(fiches) -> str:
    """Why the fiches that are not done, or not in full, are not."""
    late = [fiche for fiche in fiches if fiche.realisation in ECARTS]
    if not late:
        return ""
    counts = Counter(fiche.motif_ecart for fiche in late)
    told = [
        f"{MotifEcart(motif).label} ({nombre})" for motif, nombre in counts.most_common() if motif
    ]
    unsaid = sum(1 for fiche in late if not fiche.motif_ecart and not fiche.analyse_ecarts)
    sentence = f"Raisons données{NBSP}: {enumeration(told)}." if told else ""
    if unsaid == len(late):
        return "La raison des écarts n’est pas renseignée."
    if unsaid:
        where = compte(
            unsaid,
            "fiche non réalisée ou réalisée en partie",
            "fiches non réalisées ou réalisées en partie",
        )
        sentence += f" Pour {where}, la raison n’est pas renseignée."
    return sentence.strip() or "La raison des écarts est dite en remarque, fiche par fiche."


def _suites(fiches) -> str:
    counts = Counter(fiche.suite for fiche in fiches if fiche.suite)
    told = [f"{suite.label} ({counts[suite]})" for suite in Suite if counts[suite]]
    return f"Pour la suite, il est proposé de {enumeration(told)}." if told else ""


def tell_devenirs(perspectives: Iterable[Point]) -> str:
    """ "Sur 4 perspectives : 2 réalisées, 1 en cours, 1 sans réponse."; nothing without any."""
    counts = Counter(point.devenir for point in perspectives)
    total = sum(counts.values())
    if not total:
        return ""
    nouns = {
        Devenir.REALISEE: ("réalisée", "réalisées"),
        Devenir.EN_COURS: ("en cours", "en cours"),
        Devenir.ABANDONNEE: ("abandonnée", "abandonnées"),
        Devenir.DEVENUE_FICHE: ("devenue fiche action", "devenues fiches actions"),
        "": ("sans devenir renseigné", "sans devenir renseigné"),
    }
    told = [compte(counts[key], *words) for key, words in nouns.items() if counts[key]]
    return f"Sur {compte(total, 'perspective')}{NBSP}: {enumeration(told)}."
