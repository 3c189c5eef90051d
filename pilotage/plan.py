"""The plan d'actions as one table: its groups, and the rows that stand in them."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from actions.enums import Origine
from actions.models import FicheAction
from ctg_portal.lib.dates import MOIS_COURTS

from .statuts import Cellule, cells_of, row_cells


@dataclass(frozen=True, slots=True)
class LignePlan:
    """A fiche of the plan, ready to print; `pk` is a text, or it would be localised per cell.

    `cle` names the row: that of the fiche, with a rank where the fiche stands in several groups;
    `cles` are then those of all its rows, its own first. `avec_coche`: its table has a column of
    boxes to tick, empty where the fiche is not `editable`. `precisions`: what its drawer holds,
    None where the page shows it already. `hors_bande`: sent besides what the page asked for.
    """

    pk: str
    cle: str
    adresse: str
    repere: str
    titre: str
    nom_complet: str
    detail: str
    precisions: str | None
    editable: bool
    avec_coche: bool
    cellules: tuple[Cellule, ...]
    cases: SafeString
    maj: str
    cles: str = ""
    hors_bande: bool = False

    def as_row(self, cles: list[str], *, hors_bande: bool = False) -> "LignePlan":
        """The same fiche in the row `cles[0]`, one of several when there are others."""
        if cles == [self.pk]:
            return replace(self, hors_bande=hors_bande) if hors_bande else self
        return replace(
            self,
            cle=cles[0],
            cles=" ".join(cles),
            hors_bande=hors_bande,
            cases=row_cells(
                self.cellules, cle=cles[0], nom=self.nom_complet, editable=self.editable
            ),
        )


def build_lines(
    fiches, editables: frozenset[int], slug: str, *, precisions: bool = True
) -> dict[int, LignePlan]:
    """The row of each fiche by key, in order; `editables` are those this person may change.

    Give the fiches with their axe, and with their pilotes for the `precisions`; `slug` is that of
    their convention.
    """
    address = address_pattern(slug)
    return {
        fiche.pk: build_line(
            fiche,
            editable=fiche.pk in editables,
            avec_coche=bool(editables),
            address=address,
            precisions=precisions,
        )
        for fiche in fiches
    }


def rows_again(fiche: FicheAction, cles: list[str], *, precisions: bool) -> list[LignePlan]:
    """The rows `cles` of a fiche that has just been changed by who may, in that order."""
    address = address_pattern(fiche.axe.convention.slug)
    ligne = build_line(
        fiche, editable=True, avec_coche=True, address=address, precisions=precisions
    )
    return [
        ligne.as_row([cle, *(other for other in cles if other != cle)], hors_bande=True)
        for cle in cles
    ]


def address_pattern(slug: str) -> str:
    """The address of a fiche of this convention with {} for its key: reversed once per plan."""
    return reverse("pilotage:fiche", args=[slug, 0]).replace("/0/", "/{}/")


def build_line(
    fiche: FicheAction, *, editable: bool, avec_coche: bool, address: str, precisions: bool
) -> LignePlan:
    """One row; `address` comes from `address_pattern`. `precisions` reads the pilotes."""
    details = []
    if fiche.origine in (Origine.NOUVELLE, Origine.AVENANT):
        details.append(fiche.get_origine_display().capitalize())
    if fiche.archivee:
        details.append("Archivée")
    pk, repere, titre = str(fiche.pk), fiche.repere, fiche.nom_court
    nom = f"{repere} {titre}".strip()
    cellules = cells_of(fiche)
    return LignePlan(
        pk=pk,
        cle=pk,
        adresse=address.format(pk),
        repere=repere or "–",
        titre=titre,
        nom_complet=nom,
        detail=", ".join(details),
        precisions=precisions_of(fiche) if precisions else None,
        editable=editable,
        avec_coche=avec_coche,
        cellules=cellules,
        cases=row_cells(cellules, cle=pk, nom=nom, editable=editable),
        maj=last_change(fiche),
    )


def precisions_of(fiche: FicheAction) -> str:
    """Pilots, end, gap and what follows, as far as they are known, in one short line."""
    parts = [
        ", ".join(pilote.nom for pilote in fiche.pilotes.all()),
        f"fin\u00a0: {fiche.fin}" if fiche.fin else "",
        f"motif\u00a0:\u00a0{fiche.get_motif_ecart_display()}" if fiche.motif_ecart else "",
        f"suite\u00a0:\u00a0{fiche.get_suite_display()}" if fiche.suite else "",
    ]
    return " · ".join(part for part in parts if part)


def last_change(fiche: FicheAction) -> str:
    """The month of the last change, in its short words."""
    updated = timezone.localtime(fiche.modifiee_le)
    return f"{MOIS_COURTS[updated.month - 1]} {updated.year}"
