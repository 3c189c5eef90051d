"""Tags of the printed documents: `{% load bilan %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from actions.enums import Objectifs, Realisation
from ctg_portal.lib import crans, icones, typographie
from indicators.series import Serie

from ..render.mise_en_page import MiseEnPage, TableauSeries, notes_of
from ..tree.nodes import Axe, Bilan, Comptes, Fiche, Objectif, Renvoi, Statut, Texte

register = template.Library()

FORMES = {"realisation": "carre", "objectifs": "rond"}
NOMS = {"realisation": "Réalisation", "objectifs": "Objectifs"}
VIDE = {"realisation": Realisation.apparence_of(""), "objectifs": Objectifs.apparence_of("")}
TAILLE = 11
# Units of a line of notches: the width of the text column of an axe's opening, in points.
LARGEUR_LIGNE = 270
ENCRES = {"bleu": "#14508c", "vert": "#12604f", "prune": "#7a2f63"}

register.filter("euros", typographie.euros)


@register.filter
def adresse(images: dict[str, str] | None, name: str) -> str:
    """The address of a picture, empty if it is not there."""
    return (images or {}).get(name, "")


@register.simple_tag
def est_courte(mise: MiseEnPage, fiche: Fiche) -> bool:
    return mise.est_courte(fiche)


@register.simple_tag
def tableaux(mise: MiseEnPage, series) -> list[TableauSeries]:
    return mise.tableaux(series)


@register.simple_tag
def sans_valeur(mise: MiseEnPage, series) -> list[Serie]:
    return mise.sans_valeur(series)


@register.simple_tag
def notes_utiles(serie: Serie) -> list[tuple[int, str]]:
    return notes_of(serie)


@register.simple_tag
def lignes_de_synthese(axe: Axe) -> int:
    """How many lines the synthetic table of an axe has."""
    return sum(fiche.dans_synthese for fiche in axe.fiches)


@register.simple_tag
def sont_datees(realisations) -> bool:
    """Whether at least one line has a date, for which a column is then kept."""
    return any(done.date for done in realisations)


@register.simple_tag
def texte_et_precision(texte: Texte, precision: str) -> SafeString:
    """A rich text with its place and figure at the end of its only paragraph, or below.

    As plain text: before an inline element, WeasyPrint 70 may break the line after its first word.
    """
    html = texte.html
    if not precision:
        return html
    is_one_paragraph = html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>")
    if is_one_paragraph:
        return format_html(
            "{} ({})</p>",
            SafeString(html.removesuffix("</p>")),
            precision,
        )
    return format_html('{}<p class="b-doux">({})</p>', html, precision)


@register.simple_tag
def fiches_de_synthese(objectif: Objectif) -> list[Fiche]:
    return [fiche for fiche in objectif.fiches if fiche.dans_synthese]


@register.simple_tag
def nombre_d_objectifs(axe: Axe) -> int:
    return sum(bool(objectif.intitule) for objectif in axe.objectifs)


@register.simple_tag
def reperes(fiche: Fiche) -> list[tuple[str, str]]:
    """The short facts of a fiche that are known, with their names."""
    lines = (
        ("Pilotage", ", ".join(fiche.pilotes)),
        ("Élu·e référent·e", fiche.elu_referent),
        ("Calendrier", fiche.periode),
        ("Communes", ", ".join(fiche.communes)),
        ("Thématiques", ", ".join(fiche.thematiques)),
        ("Reprend", fiche.precedente),
        ("Fiches liées", " ; ".join(str(renvoi) for renvoi in fiche.liees)),
        ("Menée par", fiche.menee_par),
        ("Suite à donner", fiche.suite),
    )
    return [(name, value) for name, value in lines if value]


@register.simple_tag
def renvoi(fiche: Renvoi) -> str:
    """The name of a fiche, a link to it where it is told in this bilan."""
    return format_html('<a href="#{}">{}</a>', fiche.ancre, fiche) if fiche.ancre else str(fiche)


@register.simple_tag
def pastille(statut: Statut, nom: str = "") -> SafeString:
    """The icon of a status alone, named by its words (and by the status it belongs to)."""
    return icones.svg(statut.icone, f"{nom} {statut.label}".strip(), TAILLE)


@register.simple_tag
def statut_imprime(statut: Statut) -> SafeString:
    """A status in full, icon and words.

    The icon keeps a title although it is hidden from screen readers: the PDF engine wants one on
    every drawing.
    """
    icon = icones.svg(statut.icone, taille=TAILLE).replace(
        'focusable="false">', format_html('focusable="false"><title>{}</title>', statut.label), 1
    )
    return format_html(
        '<span class="b-statut b-{}">{}<span>{}</span></span>',
        statut.ton,
        SafeString(icon),
        statut.label,
    )


@register.simple_tag
def ligne_de_crans(comptes: Comptes, lequel: str, total_max: int) -> SafeString:
    """The notches of one status of an axe, from full to dotted."""
    tons = [compte.statut.ton for compte in getattr(comptes, lequel) for _ in range(compte.nombre)]
    return crans.crans_svg(
        crans.trier(tons),
        FORMES[lequel],
        f"{NOMS[lequel]} : {_en_toutes_lettres(comptes, lequel)}",
        total_max,
        largeur=LARGEUR_LIGNE,
    )


COURTS = {"part": "en partie", "non": "non"}


@register.simple_tag
def compte_en_mots(comptes: Comptes, lequel: str) -> str:
    """Short, beside the name of the status, without percentage.

    "6 réalisées, 5 en partie, 4 non, 2 non renseignées"; of the objectives, "atteints pour
    6 fiches, en partie pour 5".
    """
    return _en_mots(comptes, lequel, COURTS)


def _en_toutes_lettres(comptes: Comptes, lequel: str) -> str:
    return _en_mots(comptes, lequel, {})


def _en_mots(comptes: Comptes, lequel: str, courts: dict[str, str]) -> str:
    told = [
        (compte.nombre, courts.get(compte.statut.ton) or _accord(compte, lequel))
        for compte in getattr(comptes, lequel)
        if compte.nombre
    ]
    if not told:
        return "aucune fiche"
    if lequel == "objectifs":
        return ", ".join(_pour(rank, nombre, words) for rank, (nombre, words) in enumerate(told))
    return ", ".join(f"{nombre} {words}" for nombre, words in told)


def _pour(rank: int, nombre: int, words: str) -> str:
    """ "atteints pour 1 fiche": it is the objectives of a fiche that are reached, not the fiche."""
    fiches = (" fiche" if nombre == 1 else " fiches") if rank == 0 else ""
    return f"{words} pour {nombre}{fiches}"


def _accord(compte, lequel: str) -> str:
    """The words of a status agreeing with what they are said of: fiches, or their objectives."""
    label = compte.statut.label.lower().replace("non ", f"non{typographie.NBSP}")
    if label.endswith("s"):
        return label
    return f"{label}s" if lequel == "objectifs" or compte.nombre > 1 else label


@register.simple_tag
def oeuvre(bilan: Bilan) -> SafeString:
    """The drawing of the cover: one notch per fiche, one row per axe, in the accent only."""
    ink = ENCRES[bilan.convention.couleur]
    rows = [axe for axe in bilan.axes if axe.comptes.fiches]
    total = max([axe.comptes.fiches for axe in rows], default=1)
    step = min(30.5, 460 / total)
    width, height = step * total, 64 * len(rows)
    body = "".join(_rangee(axe, rank * 64 + 1, step, ink) for rank, axe in enumerate(rows))
    title = f"Réalisation des {bilan.comptes.fiches} fiches, axe par axe"
    # Safe: numbers, a constant of this module and a title without markup.
    return SafeString(
        f'<svg class="b-oeuvre-dessin" viewBox="0 0 {width + 1:.1f} {height:.0f}"'
        f' width="{width + 1:.0f}" height="{height:.0f}" role="img"><title>{title}</title>'
        f"{body}</svg>"
    )


def _rangee(axe: Axe, y: float, step: float, ink: str) -> str:
    tons = crans.trier(fiche.realisation.ton for fiche in axe.fiches)
    width = step * 0.72
    return "".join(_cran(ton, 1 + rank * step, y, width, ink) for rank, ton in enumerate(tons))


def _cran(ton: str, x: float, y: float, width: float, ink: str) -> str:
    fill = ink if ton == "oui" else "#ffffff"
    dashes = ' stroke-dasharray="2.6 2.4"' if ton == "nr" else ""
    box = (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="46" rx="1.5" fill="{fill}"'
        f' stroke="{ink}" stroke-width="1.3"{dashes}/>'
    )
    if ton != "part":
        return box
    return f'{box}<rect x="{x:.1f}" y="{y + 23}" width="{width:.1f}" height="23" fill="{ink}"/>'
