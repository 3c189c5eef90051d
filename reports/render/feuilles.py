"""The sheets of fiches and axes as tagged PDF/UA-1: one at a time, or a whole binder."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from ..feuilles.axe import build_axe
from ..feuilles.choix import Feuille, choose_levels
from ..feuilles.fiche import build_fiche
from ..feuilles.niveaux import (
    NIVEAUX_AXE,
    NIVEAUX_FICHE,
    PAGES_AXE,
    PAGES_FICHE,
    SERRE_AXE,
    SERRE_FICHE,
)
from ..feuilles.selection import Place, find_axe, find_fiche, places_of
from ..tree import Bilan, nodes
from .html import SUBSTITUTIONS, compact
from .mise_en_page import MiseEnPage
from .pdf import lay_out, write_document
from .ressources import FEUILLE, MEDIA, Ressources, pictures_of
from .version import version_du_rendu

FEUILLES = (FEUILLE, "css/feuilles.css")
#: Sheets laid out together to count their pages: more would only take more memory.
LOT = 20
#: How long the levels of a convention are remembered (seconds), and how many of them at most.
MEMOIRE = 86_400
RETENUS = 2_000


def render_fiche(tree: Bilan, pk: int) -> bytes:
    """One fiche on one A4. Raises FeuilleAbsente, PdfUnavailable."""
    place = find_fiche(tree, pk)
    atelier = Atelier(tree)
    return atelier.write(str(place.fiche.renvoi), [atelier.fiche(place)])


def render_axe(tree: Bilan, ancre: str) -> bytes:
    """The axe of this anchor on two A4 at most. Raises FeuilleAbsente, PdfUnavailable."""
    axe = find_axe(tree, ancre)
    atelier = Atelier(tree)
    return atelier.write(f"{axe.repere} {axe.intitule}", [atelier.axe(axe)])


def render_classeur(tree: Bilan) -> bytes:
    """Every axe of the tree followed by its fiches, with cover and sommaire.

    Raises PdfUnavailable.
    """
    atelier = Atelier(tree)
    feuilles: list[Feuille] = []
    for axe in tree.axes:
        feuilles.append(atelier.axe(axe))
        feuilles += map(atelier.fiche, places_of(axe))
    return atelier.write("Classeur des fiches", feuilles, couverture=atelier.cover())


class Atelier:
    """Draws the sheets of one tree, each at the first level that fits its paper."""

    def __init__(self, tree: Bilan):
        self.tree = tree
        self.ressources = Ressources(pictures_of(tree))
        self.mise = MiseEnPage(tree)

    def fiche(self, place: Place) -> Feuille:
        return Feuille(PAGES_FICHE, len(NIVEAUX_FICHE), partial(self._draw_fiche, place))

    def axe(self, axe: nodes.Axe) -> Feuille:
        return Feuille(PAGES_AXE, len(NIVEAUX_AXE), partial(self._draw_axe, axe))

    def cover(self) -> SafeString:
        """Cover and sommaire of a binder."""
        axes = self.tree.axes
        context = {
            "bilan": self.tree,
            "seul": axes[0] if len(axes) == 1 else None,
            "nombre": sum(axe.comptes.fiches for axe in axes),
            "entrees": [entry for axe in axes for entry in _entries(axe)],
            "images": self._images([self.tree.convention.logo]),
        }
        return render_to_string("reports/feuilles/classeur.html", context)

    def write(self, titre: str, feuilles: Sequence[Feuille], couverture: str = "") -> bytes:
        """The sheets one after the other, as one PDF."""
        levels = self._levels(feuilles)
        sections = [feuille.dessine(level) for feuille, level in zip(feuilles, levels, strict=True)]
        return write_document(self._lay_out(titre, sections, couverture))

    def count_pages(self, sections: Iterable[str]) -> list[int]:
        """How many pages each section takes: every one begins a page."""
        waiting, counts = list(sections), []
        while waiting:
            batch, waiting = waiting[:LOT], waiting[LOT:]
            marked = [
                mark_safe(f'<div class="f-mesure" id="mesure-{rank}">{section}</div>')  # noqa: S308
                for rank, section in enumerate(batch)
            ]
            counts += _pages_of(self._lay_out("", marked), len(batch))
        return counts

    def _levels(self, feuilles: Sequence[Feuille]) -> list[int]:
        """The level of each sheet; the one of a sheet whose content did not change is known."""
        cache, key = caches["pages"], f"feuilles-{self.tree.convention.slug}"
        known: dict[str, int] = cache.get(key, {})
        names = [_content_of(feuille) for feuille in feuilles]
        new = {
            name: feuille
            for name, feuille in zip(names, feuilles, strict=True)
            if name not in known
        }
        if new:
            found = choose_levels(list(new.values()), self.count_pages)
            known = dict(list({**known, **dict(zip(new, found, strict=True))}.items())[-RETENUS:])
            cache.set(key, known, MEMOIRE)
        return [known[name] for name in names]

    def _draw_fiche(self, place: Place, level: int) -> str:
        pictures = [one for one in _pictures_of(place.fiche) if self.ressources.has_picture(one)]
        feuille = build_fiche(
            place.axe,
            place.objectif,
            place.fiche,
            NIVEAUX_FICHE[level],
            accent=self.mise.accent,
            images=pictures,
        )
        context = {
            "ancre": place.fiche.ancre,
            "serre": level >= SERRE_FICHE,
            "feuille": feuille,
            "bilan": self.tree,
            "images": self._images(pictures),
        }
        return render_to_string("reports/feuilles/fiche.html", context)

    def _draw_axe(self, axe: nodes.Axe, level: int) -> str:
        context = {
            "ancre": axe.ancre,
            "serre": level >= SERRE_AXE,
            "feuille": build_axe(axe, NIVEAUX_AXE[level], accent=self.mise.accent),
            "bilan": self.tree,
            "total_max": self.mise.total_max,
        }
        return render_to_string("reports/feuilles/axe.html", context)

    def _images(self, names: Iterable[str]) -> dict[str, str]:
        return {name: MEDIA + name for name in names if name and self.ressources.has_picture(name)}

    def _lay_out(self, titre: str, sections: Sequence[str], couverture: str = ""):
        context = {
            "titre": titre,
            "bilan": self.tree,
            "sections": sections,
            "couverture": couverture,
        }
        html = render_to_string("reports/feuilles/document.html", context)
        return lay_out(compact(html.translate(SUBSTITUTIONS)), self.ressources, FEUILLES)


def _pages_of(document, count: int) -> list[int]:
    """Pages between the anchors `mesure-0`, `mesure-1`… of a laid out document."""
    starts: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for anchor in page.anchors:
            starts.setdefault(anchor, number)
    bounds = [starts[f"mesure-{rank}"] for rank in range(count)] + [len(document.pages)]
    return [end - start for start, end in pairwise(bounds)]


def _content_of(feuille: Feuille) -> str:
    """A name for what a sheet may show: everything that it holds, and the code that draws it."""
    whole = version_du_rendu() + feuille.dessine(0)
    return hashlib.sha256(whole.encode()).hexdigest()


def _pictures_of(fiche: nodes.Fiche) -> list[str]:
    documents = [*fiche.documents, *(one for volet in fiche.volets for one in volet.documents)]
    return [one.image for one in documents if one.image]


def _entries(axe: nodes.Axe) -> list[nodes.EntreeSommaire]:
    without_code = "–" if any(fiche.repere for fiche in axe.fiches) else ""
    fiches = [
        nodes.EntreeSommaire(
            3, fiche.repere or without_code, fiche.intitule_court or fiche.intitule, fiche.ancre
        )
        for fiche in axe.fiches
    ]
    return [nodes.EntreeSommaire(1, axe.numero, axe.intitule, axe.ancre), *fiches]
