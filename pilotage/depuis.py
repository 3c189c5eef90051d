"""What the fiches have become since the last COPIL, in words: the sentences of the dashboard.

The reference is the last arrêté; without one, the journal since the last COPIL held, imports left
out; without that, there is none (product.md, "Time, in one place").
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions.enums import STATUTS, Objectifs, Realisation, Suivi
from axes.models import Convention
from copil.models import Reunion
from ctg_portal.lib.typographie import compte
from journal.models import Entree
from reports.present import etat_of, moved_since_last_arrete
from reports.tree.nodes import Comparaison

#: Read at most: a territory that changes a thousand statuses between two COPIL is not one.
ENTREES_LUES = 5000
NOUVELLES, DISPARUES = "nouvelles", "disparues"

#: What one fiche, then several, have become, by status and value, in the order of the sentences.
PHRASES = {
    ("realisation", Realisation.REALISEE): ("est devenue réalisée", "sont devenues réalisées"),
    ("realisation", Realisation.PARTIELLEMENT): (
        "est devenue partiellement réalisée",
        "sont devenues partiellement réalisées",
    ),
    ("realisation", Realisation.NON_REALISEE): (
        "est dite non réalisée",
        "sont dites non réalisées",
    ),
    ("objectifs_atteints", Objectifs.ATTEINTS): (
        "a atteint ses objectifs",
        "ont atteint leurs objectifs",
    ),
    ("objectifs_atteints", Objectifs.PARTIELLEMENT): (
        "a atteint ses objectifs en partie",
        "ont atteint leurs objectifs en partie",
    ),
    ("objectifs_atteints", Objectifs.NON_ATTEINTS): (
        "n’a pas atteint ses objectifs",
        "n’ont pas atteint leurs objectifs",
    ),
    ("suivi", Suivi.EN_COURS): ("est désormais en cours", "sont désormais en cours"),
    ("suivi", Suivi.TERMINEE): ("est terminée", "sont terminées"),
    ("suivi", Suivi.EN_PAUSE): ("est mise en pause", "sont mises en pause"),
    ("suivi", Suivi.ABANDONNEE): ("est abandonnée", "sont abandonnées"),
    ("suivi", Suivi.A_VENIR): ("est remise à venir", "sont remises à venir"),
    ("realisation", ""): (
        "n’a plus de réalisation renseignée",
        "n’ont plus de réalisation renseignée",
    ),
    ("objectifs_atteints", ""): (
        "n’a plus d’objectifs renseignés",
        "n’ont plus d’objectifs renseignés",
    ),
    ("suivi", ""): ("n’a plus de suivi renseigné", "n’ont plus de suivi renseigné"),
    (NOUVELLES, ""): ("est entrée dans le plan", "sont entrées dans le plan"),
    (DISPARUES, ""): ("a quitté le plan", "ont quitté le plan"),
}


@dataclass(frozen=True, slots=True)
class FicheNommee:
    """A fiche as a sentence names it; `pk` is None for one that the plan holds no more."""

    pk: int | None
    nom: str


@dataclass(frozen=True, slots=True)
class Mouvement:
    """What some fiches have become: "3 fiches", "sont devenues réalisées", and which ones."""

    nombre: str
    verbe: str
    fiches: tuple[FicheNommee, ...]


@dataclass(frozen=True, slots=True)
class Depuis:
    """The sentences, and since when; `est_arrete` when two bilans can be compared in full."""

    titre: str
    mouvements: tuple[Mouvement, ...]
    est_arrete: bool = False


@dataclass(frozen=True, slots=True)
class EtatPresent:
    """What the past is compared with: the name and the three statuses of a fiche, today."""

    axe: str
    repere: str
    intitule: str
    intitule_court: str
    statuts: Mapping[str, str]

    @property
    def nom(self) -> str:
        return f"{self.repere} {self.intitule_court or self.intitule}".strip()


def build_depuis(
    convention: Convention, copil: Reunion | None, present: Mapping[int, EtatPresent]
) -> Depuis | None:
    """The sentences since the last arrêté or the last COPIL held, None without a reference.

    `present`: the fiches that are not archived, by key. At most two queries.
    """
    comparaison = moved_since_last_arrete(
        convention,
        lambda: {
            pk: etat_of(convention, pk, fiche.axe, fiche.repere, fiche.intitule, fiche.statuts)
            for pk, fiche in present.items()
        },
    )
    if comparaison is not None:
        return Depuis(comparaison.titre, _sentences(_from_comparison(comparaison)), est_arrete=True)
    if copil is None or copil.date is None:
        return None
    moves = _from_journal(_entries_since(convention, copil), present)
    return Depuis(f"Depuis le COPIL du {copil.date}", _sentences(moves))


def _sentences(moves: Mapping[tuple[str, str], list[FicheNommee]]) -> tuple[Mouvement, ...]:
    return tuple(
        Mouvement(compte(len(found), "fiche"), PHRASES[key][len(found) > 1], tuple(found))
        for key in PHRASES
        if (found := moves.get(key))
    )


# --- From the last arrêté -----------------------------------------------------------------------

_CHAMPS = {"Suivi": "suivi", "Réalisation": "realisation", "Objectifs": "objectifs_atteints"}


def _from_comparison(comparaison: Comparaison) -> dict[tuple[str, str], list[FicheNommee]]:
    moves = defaultdict(list)
    for found in comparaison.mouvements:
        for change in found.changements:
            key = (_CHAMPS[change.nom], change.apres.valeur)
            moves[key].append(FicheNommee(found.pk, str(found.fiche)))
    for found in comparaison.nouvelles:
        moves[NOUVELLES, ""].append(FicheNommee(found.pk, str(found.fiche)))
    for found in comparaison.disparues:
        moves[DISPARUES, ""].append(FicheNommee(None, str(found.fiche)))
    return moves


# --- From the journal ---------------------------------------------------------------------------


def _entries_since(convention: Convention, copil: Reunion) -> Iterable[tuple[int, int, dict]]:
    """Fiche, action and changes of each entry about a fiche, the earliest first."""
    return (
        Entree.objects.of_convention(convention.pk)
        .filter(
            timestamp__date__gt=copil.date.fin,
            est_import=False,
            content_type__app_label="actions",
            content_type__model="ficheaction",
        )
        .order_by("timestamp", "pk")
        .values_list("fiche_pk", "action", "changes")[:ENTREES_LUES]
    )


def _from_journal(entries, present: Mapping[int, EtatPresent]):
    """Each status that is not what it was, whatever it was meanwhile."""
    before, created = defaultdict(dict), {}
    for pk, action, changes in entries:
        if action == Entree.Action.CREATE:
            created[pk] = True
        for champ in STATUTS.keys() & (changes or {}).keys():
            before[pk].setdefault(champ, _value(changes[champ][0]))
    moves = defaultdict(list)
    for pk in created.keys() & present.keys():
        moves[NOUVELLES, ""].append(FicheNommee(pk, present[pk].nom))
    for pk, statuts in before.items():
        if pk in created or pk not in present:
            continue
        for champ, was in statuts.items():
            if present[pk].statuts[champ] != was:
                key = (champ, present[pk].statuts[champ])
                moves[key].append(FicheNommee(pk, present[pk].nom))
    return moves


def _value(logged: str | None) -> str:
    """The journal writes "None" for nothing."""
    return "" if logged in (None, "None") else logged
