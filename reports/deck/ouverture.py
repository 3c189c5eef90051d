"""What a presentation begins with: cover, ordre du jour, contexte, key figures."""

from dataclasses import replace

from ctg_portal.lib import crans
from ctg_portal.lib.typographie import NBSP, compte

from ..enums import Partie
from ..tree.nodes import Bilan, Reunion
from ..tree.seance import SIGLE, copil_de, est_un_copil, reunion_nommee
from .axes import nom_de
from .colonnes import (
    ENTETE_MAX,
    LARGEUR_TEXTE,
    diapositives_de_texte,
    diapositives_en_regard,
    diapositives_numerotees,
    numerote,
)
from .composition import corps_de, hauteur_totale, largeur_de_colonne, titre_de
from .copil import quand
from .mesure import nombre_de_lignes
from .photos import autres_documents, diapositives_de_photos, photos_de
from .series import diapositives_des_series
from .slides import (
    Cellule,
    Chiffre,
    Chiffres,
    Couverture,
    Diapositive,
    Element,
    Etape,
    Frise,
    Ligne,
    LigneAxe,
    Role,
)
from .tableaux import tableaux
from .textes import lignes_de

CONTEXTE = "Rappel du contexte"
#: Steps of a timeline on one slide, and sizes of their texts.
ETAPES_MAX, CORPS_ETAPE, INTERLIGNE_ETAPE, CORPS_DATE = 5, 22, 29, 26
INTERLIGNE_DATE = 33
#: Space between two steps, and height of the line above them.
GOUTTIERE_FRISE, HAUT_FRISE = 24, 96
AXES_PAR_DIAPOSITIVE = 6
#: Bodies of the name of the convention on the cover; under the second, it takes all the room.
CORPS_OBJET = ((64, 2), (46, 2), (32, 5), (24, 99))
LARGEUR_OBJET, LARGEUR_SOUS_TITRE = 1120, 620
CORPS_SOUS_TITRE, LIGNES_SOUS_TITRE = 22, 5


def diapositives_d_ouverture(tree: Bilan, images: frozenset[str]) -> list[Diapositive]:
    copil = copil_de(tree)
    return [_couverture(tree, copil, images), *_ordre_du_jour(tree, copil)]


def diapositives_du_cadrage(tree: Bilan, images: frozenset[str]) -> list[Diapositive]:
    slides = _contexte(tree)
    slides += _frise(tree)
    slides += _signataires(tree)
    photos = photos_de(tree.cadrage.documents, images)
    slides += diapositives_de_photos(photos, titre="Le territoire")
    slides += _chiffres(tree)
    return slides + diapositives_des_series(tree.indicateurs, surtitre=tree.convention.nom)


def _couverture(tree: Bilan, copil: Reunion | None, images) -> Couverture:
    convention = tree.convention
    rows = tuple(
        tuple(crans.trier(fiche.realisation.ton for fiche in axe.fiches))
        for axe in tree.axes
        if axe.fiches
    )
    is_large = corps_de(convention.nom, CORPS_OBJET, LARGEUR_OBJET)[0] >= CORPS_OBJET[1][0]
    said, kept = _sous_titre(convention.sous_titre, is_large=is_large)
    notes = [f"{tree.titre}. {tree.copil[:1].upper()}{tree.copil[1:]}.", *kept]
    if tree.cadrage.communes:
        notes.append(f"Communes{NBSP}: {', '.join(tree.cadrage.communes)}.")
    if convention.caf:
        notes.append(f"Caf{NBSP}: {convention.caf}.")
    if tree.axes_gardes:
        notes.append(f"{tree.axes_gardes}.")
    return Couverture(
        titre="Comité de pilotage" if _is_for_a_copil(tree, copil) else tree.titre,
        territoire=convention.territoire,
        type_territoire=convention.type_territoire,
        objet=convention.nom,
        sous_titre=said,
        date=quand(copil) or reunion_nommee(tree),
        etat=tree.etat,
        logo=convention.logo if convention.logo in images else "",
        rangees=rows if is_large else (),
        description=f"Réalisation des {compte(len(tree.fiches), 'fiche')}, axe par axe",
        notes=(*notes, *autres_documents(tree.cadrage.documents, images)),
    )


def _is_for_a_copil(tree: Bilan, meeting: Reunion | None) -> bool:
    if meeting is None:
        return reunion_nommee(tree).startswith(SIGLE)
    return est_un_copil(tree, meeting)


def _sous_titre(texte: str, *, is_large: bool) -> tuple[str, tuple[str, ...]]:
    """The line under the title where it has room, else a note."""
    wide = LARGEUR_SOUS_TITRE if is_large else LARGEUR_OBJET
    if nombre_de_lignes(texte, wide, CORPS_SOUS_TITRE) <= LIGNES_SOUS_TITRE:
        return texte, ()
    return "", (texte,)


def _ordre_du_jour(tree: Bilan, copil: Reunion | None) -> list[Diapositive]:
    agenda = copil.ordre_du_jour if copil and copil.ordre_du_jour else _deroule(tree)
    steps = [Ligne(Role.INTERTITRE, "Déroulé")]
    steps += [Ligne(Role.PUCE, text) for text in agenda]
    speakers = [person for person in copil.participants if person.role] if copil else []
    notes = _presents(tree, copil)
    if not speakers:
        return diapositives_numerotees(
            [Element(str(rank), text) for rank, text in enumerate(agenda, start=1)],
            titre="Ordre du jour",
            notes=notes,
        )
    people = [Ligne(Role.INTERTITRE, "Propos introductifs")]
    for person in speakers:
        known = [person.nom, person.qualite, person.organisme]
        first, *others = [text for text in known if text] or ["–"]
        people.append(Ligne(Role.VOLET, first))
        people += [Ligne(Role.DETAIL, ", ".join(others))] if others else []
    return diapositives_en_regard(tuple(people), tuple(steps), titre="Ordre du jour", notes=notes)


def _presents(tree: Bilan, copil: Reunion | None) -> tuple[str, ...]:
    """Who is expected: the people of the meeting, who the instances are made of."""
    people = " ; ".join(str(person) for person in copil.participants) if copil else ""
    notes = [f"Participants{NBSP}: {people}"] if people else []
    notes += [
        f"{instance.nom}{NBSP}: {instance.composition.simple}"
        for instance in tree.gouvernance.instances
        if instance.composition
    ]
    return tuple(notes)


def _deroule(tree: Bilan) -> list[str]:
    parts = [CONTEXTE] if Partie.CADRAGE in tree.parties else []
    if tree.axes and Partie.AXES in tree.parties:
        parts.append(f"Avancées par {tree.convention.mot_axe.lower()}")
    parts += [
        f"Éléments phares pour {annee.annee_suivante}" for annee in tree.annees if annee.phares
    ]
    return [*parts, "Questions diverses"]


def _contexte(tree: Bilan) -> list[Diapositive]:
    """The presentation, and the axes; together where the presentation is a sentence or two."""
    said = tuple(lignes_de(tree.cadrage.presentation))
    is_short = said and hauteur_totale(said, LARGEUR_TEXTE) <= ENTETE_MAX
    word = tree.convention.mot_axe.lower()
    count = len(tree.axes)
    title = f"Les {count} {word}s de la convention" if count > 1 else f"Un {word}"
    axes = [numerote(axe.numero, axe.intitule) for axe in tree.axes]
    if is_short or not said:
        return diapositives_numerotees(axes, titre=CONTEXTE, entete=said) or diapositives_de_texte(
            said, titre=CONTEXTE
        )
    slides = diapositives_de_texte(said, titre=CONTEXTE)
    return slides + diapositives_numerotees(axes, titre=title)


def _frise(tree: Bilan) -> list[Diapositive]:
    steps = [Etape(jalon.date or "sans date", jalon.intitule) for jalon in tree.cadrage.jalons]
    if not steps:
        return []
    title = "Le calendrier de la convention"
    room = titre_de(f"{title} (10/10)").reste - HAUT_FRISE
    pages = -(-len(steps) // ETAPES_MAX)
    size = -(-len(steps) // pages)
    if any(hauteur_d_etape(step, size) > room for step in steps):
        rows = [(Cellule(step.date), Cellule(step.texte)) for step in steps]
        return tableaux(("Date", "Étape"), (300, 820), rows, titre=title)
    return [
        Frise(titre=title, rang=rank + 1, sur=pages, etapes=tuple(steps[rank * size :][:size]))
        for rank in range(pages)
    ]


def hauteur_d_etape(etape: Etape, nombre: int) -> int:
    wide = largeur_d_etape(nombre)
    return INTERLIGNE_DATE * nombre_de_lignes(
        etape.date, wide, CORPS_DATE, gras=True
    ) + INTERLIGNE_ETAPE * nombre_de_lignes(etape.texte, wide, CORPS_ETAPE)


def largeur_d_etape(nombre: int) -> int:
    return largeur_de_colonne(nombre) - GOUTTIERE_FRISE // 2


def _signataires(tree: Bilan) -> list[Diapositive]:
    rows = [
        (
            Cellule(f"{one.organisme} ({one.nom_court})" if one.nom_court else one.organisme),
            Cellule(" ; ".join(one.representants) or "–"),
        )
        for one in tree.cadrage.signataires
    ]
    if not rows:
        return []
    return tableaux(("Organisme", "Représenté par"), (520, 600), rows, titre="Les signataires")


def _chiffres(tree: Bilan) -> list[Diapositive]:
    counts = tree.comptes
    if not counts.fiches:
        return []
    done = counts.nombre("realisation", "realisee")
    reached = counts.nombre("objectifs", "atteints")
    figures = (
        Chiffre(str(counts.fiches), "fiche" if counts.fiches < 2 else "fiches"),
        Chiffre(str(done), "réalisée" if done < 2 else "réalisées", "oui"),
        Chiffre(str(reached), "aux objectifs atteints", "oui"),
        Chiffre(
            str(counts.non_renseignees),
            "non renseignée" if counts.non_renseignees < 2 else "non renseignées",
            "nr",
        ),
    )
    lines = [LigneAxe(nom_de(axe), axe.comptes) for axe in tree.axes if axe.comptes.fiches]
    pages = -(-len(lines) // AXES_PAR_DIAPOSITIVE)
    size = -(-len(lines) // pages)
    total = max(line.comptes.fiches for line in lines)
    slide = Chiffres(
        titre=f"Où en sommes-nous{NBSP}?",
        mot=tree.convention.mot_axe,
        chiffres=figures,
        axes=(),
        total_max=total,
    )
    return [
        replace(slide, rang=rank + 1, sur=pages, axes=tuple(lines[rank * size :][:size]))
        for rank in range(pages)
    ]
