"""The fiches of an objectif: what was done, side by side where it is short."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ctg_portal.lib.typographie import NBSP, enumeration, euros

from ..tree.nodes import Fiche, Realisation, Statut, Volet
from .composition import (
    FILET_COLONNE,
    GRAND,
    hauteur_totale,
    largeur_de_colonne,
    paginer,
    repartir,
    tient_en_grand,
    titre_de,
)
from .slides import LARGEUR_UTILE, Colonne, Colonnes, Ligne, Role
from .textes import lignes_de

COLONNES_MAX = 3
#: Under the head of a fiche that takes the whole width.
APRES_ENTETE = 26
NON_REALISEE = "non_realisee"
SANS_REALISATION = "Pas de réalisation saisie."


@dataclass(frozen=True, slots=True)
class Resume:
    """What is shown of a fiche: its head, what was done, what is kept for who presents."""

    tete: Colonne
    corps: Colonne
    notes: tuple[str, ...]

    @property
    def lignes(self) -> Colonne:
        return self.tete + self.corps


def diapositives_des_fiches(
    fiches: Sequence[Fiche], *, titre: str, surtitre: str, avec_statuts: bool
) -> list[Colonnes]:
    """Two or three fiches a slide under the title given; one alone is the title of its slides.

    The only fiche of a list keeps the title given, unless it needs several slides.
    """
    summaries = [resume_de(fiche, avec_statuts=avec_statuts) for fiche in fiches]
    room = titre_de(f"{titre} (10/10)", surtitre).reste
    groups = _groupes(summaries, room)
    shared = [
        group for group in groups if _fits(group, room) and (len(group) > 1 or len(summaries) == 1)
    ]
    is_large = all(_is_large(group, room) for group in shared)
    slides: list[Colonnes] = []
    rank = 0
    for group in groups:
        if group not in shared:
            slides += _seule(group[0], surtitre)
            continue
        rank += 1
        slides.append(
            Colonnes(
                titre=titre,
                surtitre=surtitre,
                rang=rank,
                sur=len(shared),
                colonnes=tuple(summary.lignes for summary in group),
                grand=is_large,
                notes=tuple(note for summary in group for note in summary.notes),
            )
        )
    return slides


def resume_de(fiche: Fiche, *, avec_statuts: bool) -> Resume:
    head = [Ligne(Role.INTERTITRE, str(fiche.renvoi))]
    if avec_statuts:
        head += [_statut(fiche.realisation), _statut(fiche.objectifs, "Objectifs")]
    body = [line for point in fiche.points_etape for line in lignes_de(point.texte)]
    body += _realisations(fiche.realisations)
    for volet in fiche.volets:
        body += _volet(volet)
    if not body and fiche.realisation.valeur != NON_REALISEE:
        body = [Ligne(Role.DETAIL, SANS_REALISATION)]
    body += _resultats(fiche) + _ecarts(fiche)
    return Resume(tuple(head), tuple(body), tuple(notes_de(fiche)))


def notes_de(fiche: Fiche) -> list[str]:
    """What is known of a fiche and not shown: one paragraph per subject."""
    facts = [
        ("Origine", fiche.origine),
        ("Pilotage", ", ".join(fiche.pilotes)),
        ("Élu·e référent·e", fiche.elu_referent),
        ("Suivi", fiche.suivi.label if fiche.suivi.valeur else ""),
        ("Calendrier", fiche.periode),
        ("Communes", ", ".join(fiche.communes)),
        ("Menée par", fiche.menee_par),
        ("Suite à donner", fiche.suite),
        ("Contexte", fiche.contexte.simple),
        ("Public", fiche.public.simple),
        ("Moyens", fiche.moyens.simple),
        ("Échéancier", fiche.echeancier.simple),
        ("Résultats attendus", " ; ".join(_resultat(result) for result in fiche.resultats)),
        ("Partenaires", ", ".join(_partenaire(partner) for partner in fiche.partenaires)),
        ("Financements", " ; ".join(_financement(line) for line in fiche.financements.lignes)),
        ("Rencontres", " ; ".join(_rencontre(meeting) for meeting in fiche.reunions)),
    ]
    known = [f"{name}{NBSP}: {text}" for name, text in facts if text]
    return [str(fiche.renvoi), *known] if known else []


def _groupes(resumes: list[Resume], place: int) -> list[list[Resume]]:
    """Fiches in order, as many a slide as fit, and as equal in number as that allows."""
    groups, start = [], 0
    while start < len(resumes):
        size = next(
            count
            for count in range(min(COLONNES_MAX, len(resumes) - start), 0, -1)
            if count == 1 or _fits(resumes[start : start + count], place)
        )
        groups.append(resumes[start : start + size])
        start += size
    even = _parts_egales(resumes, len(groups))
    return even if all(_fits(group, place) for group in even) else groups


def _parts_egales(resumes: list[Resume], nombre: int) -> list[list[Resume]]:
    parts, start = [], 0
    for left in range(nombre, 0, -1):
        size = -(-(len(resumes) - start) // left)
        parts.append(resumes[start : start + size])
        start += size
    return parts


def _fits(group: Sequence[Resume], place: int) -> bool:
    if len(group) > COLONNES_MAX:
        return False
    wide = largeur_de_colonne(len(group))
    room = place - (FILET_COLONNE if len(group) > 1 else 0)
    return all(hauteur_totale(summary.lignes, wide) <= room for summary in group)


def _is_large(group: Sequence[Resume], place: int) -> bool:
    """Three columns stay as they are: their lines would be too short."""
    if len(group) == COLONNES_MAX:
        return False
    wide = largeur_de_colonne(len(group))
    room = place - (FILET_COLONNE if len(group) > 1 else 0)
    return all(tient_en_grand(summary.lignes, wide, room) for summary in group)


def _seule(resume: Resume, surtitre: str) -> list[Colonnes]:
    """One fiche in large, else over two columns and as many slides as it takes."""
    name, *statuses = resume.tete
    room = titre_de(f"{name.texte} (10/10)", surtitre).reste - FILET_COLONNE
    head = hauteur_totale(statuses, LARGEUR_UTILE) + APRES_ENTETE if statuses else 0
    # The first slide holds the statuses too: the same height for all keeps the columns alike.
    if tient_en_grand(resume.corps, LARGEUR_UTILE, room - GRAND * head):
        return [
            Colonnes(
                titre=name.texte,
                surtitre=surtitre,
                entete=tuple(statuses),
                colonnes=(resume.corps,),
                grand=True,
                notes=resume.notes,
            )
        ]
    wide = largeur_de_colonne(2)
    columns = paginer(resume.corps, wide, room - head)
    if len(columns) % 2:
        # An even number: the last slide is as full as the others.
        columns = repartir(resume.corps, wide, room - head, len(columns) + 1)
    columns = [column for column in columns if column]
    pages = [tuple(columns[start : start + 2]) for start in range(0, len(columns), 2)]
    return [
        Colonnes(
            titre=name.texte,
            surtitre=surtitre,
            rang=rank,
            sur=len(pages),
            entete=tuple(statuses) if rank == 1 else (),
            colonnes=page,
            notes=resume.notes if rank == 1 else (),
        )
        for rank, page in enumerate(pages, start=1)
    ]


def _statut(statut: Statut, nom: str = "") -> Ligne:
    label = statut.label.lower() if nom else statut.label
    text = f"{nom}{NBSP}: {label}" if nom and not statut.valeur else f"{nom} {label}".strip()
    return Ligne(Role.DETAIL, text, icone=statut.icone, ton=statut.ton)


def _realisations(realisations: Sequence[Realisation]) -> list[Ligne]:
    lines, previous = [], ""
    for done in realisations:
        is_detail = done.niveau > 1
        texts = lignes_de(done.texte, paragraphe=Role.SOUS_PUCE if is_detail else Role.PUCE)
        first, *others = texts or [Ligne(Role.PUCE, "–")]
        date = "" if is_detail and done.date == previous else done.date
        words = f"{date}{NBSP}: {first.texte}" if date else first.texte
        if done.precision:
            words = f"{words} ({done.precision})"
        lines += [Ligne(first.role, words), *others]
        previous = done.date
    return lines


def _volet(volet: Volet) -> list[Ligne]:
    return [
        Ligne(Role.VOLET, volet.titre),
        *lignes_de(volet.texte),
        *_realisations(volet.realisations),
    ]


def _resultats(fiche: Fiche) -> list[Ligne]:
    """How many of the expected results were reached, once somebody has looked."""
    if not any(result.renseigne for result in fiche.resultats):
        return []
    counts = Counter(result.atteint.label.lower() for result in fiche.resultats)
    said = ", ".join(f"{count} {_accord(label, count)}" for label, count in counts.items())
    return [Ligne(Role.DETAIL, f"Résultats attendus{NBSP}: {said}")]


def _accord(label: str, nombre: int) -> str:
    """ "atteints en partie", "non renseignés"."""
    return re.sub(r"(atteint|renseigné)\b", r"\1s", label) if nombre > 1 else label


def _ecarts(fiche: Fiche) -> list[Ligne]:
    words = lignes_de(fiche.analyse)
    if not fiche.motif_ecart and not words:
        return []
    motif = f"Écart{NBSP}: {fiche.motif_ecart}" if fiche.motif_ecart else "Remarque"
    return [Ligne(Role.VOLET, motif), *words]


def _resultat(resultat) -> str:
    text = f"{resultat.intertitre}, {resultat.texte}" if resultat.intertitre else resultat.texte
    if resultat.texte_actuel:
        text = f"{text} (aujourd’hui{NBSP}: {resultat.texte_actuel})"
    return f"{text} [{resultat.atteint.label.lower()}]" if resultat.renseigne else text


def _partenaire(partenaire) -> str:
    return (
        f"{partenaire.organisme} ({partenaire.role})" if partenaire.role else partenaire.organisme
    )


def _financement(ligne) -> str:
    known = (ligne.financeur, ligne.objet, ligne.volet, str(ligne.annee or ""), ligne.nature)
    amount = euros(ligne.montant) or "montant inconnu"
    return ", ".join([*(part for part in known if part), amount])


def _rencontre(reunion) -> str:
    return ", ".join(
        part for part in (reunion.titre, reunion.date, reunion.lieu, reunion.participants) if part
    )


def enumerer(textes: Sequence[str]) -> str:
    return enumeration(list(textes))
