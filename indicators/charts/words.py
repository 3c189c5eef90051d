"""What a chart says to those who do not see it: its title and every value."""

from ctg_portal.lib.typographie import NBSP, enumeration

from ..series import PointSerie, Serie
from .scale import Creneau, creneaux_of, trous


def titre_of(serie: Serie) -> str:
    """ "Accueil de loisirs, heures/enfants de 2019 à 2023"."""
    title = serie.intitule
    if serie.structure and serie.structure.casefold() not in title.casefold():
        title = f"{serie.structure}, {title}"
    if serie.unite:
        title = f"{title}, {serie.unite}"
    creneaux = creneaux_of(serie)
    if len(creneaux) < 2:
        return title
    return f"{title} de {creneaux[0].label} à {creneaux[-1].label}"


def description_of(serie: Serie) -> str:
    """Every value in words: "1 625 en 2019, non renseigné en 2020 ; 1 980 prévus en 2021."."""
    measured = [value_in_words(point) for point in serie.constatees]
    measured += _holes(creneaux_of(serie))
    forecast = [value_in_words(point) for point in serie.previsions]
    sentences = []
    if measured:
        sentences.append(f"{enumeration(measured)}.")
    if forecast:
        sentences.append(f"Prévision{NBSP}: {enumeration(forecast)}.")
    if serie.valeur_initiale is not None:
        sentences.append(f"Valeur initiale{NBSP}: {serie.valeur_initiale_affichee}.")
    if serie.cible is not None:
        sentences.append(f"Cible{NBSP}: {serie.cible_affichee}.")
    return " ".join(sentences)


def value_in_words(point: PointSerie) -> str:
    words = f"{point.affichage} {point.quand}"
    remarks = [
        remark
        for remark, holds in (("partiel", point.partielle), (point.note, bool(point.note)))
        if holds
    ]
    return f"{words} ({', '.join(remarks)})" if remarks else words


def _holes(creneaux: tuple[Creneau, ...]) -> list[str]:
    words = []
    for first, last in trous(creneaux):
        start, end = creneaux[first].annee, creneaux[last].annee
        span = f"en {start}" if start == end else f"de {start} à {end}"
        words.append(f"non renseigné {span}")
    return words
