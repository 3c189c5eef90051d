"""The three statuses of a fiche as cells to read or to change in place.

A plan shows 135 of them: their HTML is joined here, once per value, rather than node by node.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from actions.enums import STATUTS, Apparence
from actions.models import FicheAction
from ctg_portal.lib import icones

SELECTED = SafeString(" selected")
NOMS = {"suivi": "Suivi", "realisation": "Réalisation", "objectifs_atteints": "Objectifs"}


@dataclass(frozen=True, slots=True)
class Cellule:
    """One status of one fiche: what it is, how it looks, what may be chosen instead."""

    champ: str
    nom: str
    valeur: str
    apparence: Apparence
    options: SafeString
    lecture: SafeString
    avant: SafeString
    apres: SafeString

    def to_change(self, cle: str, nom: SafeString) -> str:
        """The cell of the row `cle` of a fiche called `nom`, as a list bound to the row's form.

        Its words stand beside the list, for the narrow screens where a row is read before it opens.
        """
        return (
            f'<td data-l="{self.nom}">{self.avant}<select id="{self.champ}-{cle}"'
            f' name="{self.champ}" form="f{cle}" aria-label="{self.nom}, {nom}">{self.apres}</td>'
        )

    def opening(self) -> str:
        """The field that says which value the list was opened on."""
        return f'<input type="hidden" name="initial-{self.champ}" value="{self.valeur}">'

    def to_read(self) -> str:
        return f'<td data-l="{self.nom}">{self.lecture}</td>'


def row_cells(cellules: tuple[Cellule, ...], *, cle: str, nom: str, editable: bool) -> SafeString:
    """The three <td> of a row of the plan."""
    if not editable:
        return SafeString("".join(cellule.to_read() for cellule in cellules))
    name = escape(nom)
    return SafeString("".join(cellule.to_change(cle, name) for cellule in cellules))


def cells_of(fiche: FicheAction) -> tuple[Cellule, ...]:
    """The three cells, in the order of the columns."""
    return tuple(_cell(champ, getattr(fiche, champ)) for champ in STATUTS)


# A plan shows three lists of options per fiche, drawn from a dozen different ones.
@lru_cache(maxsize=64)
def _cell(champ: str, valeur: str) -> Cellule:
    status_class = STATUTS[champ]
    choices = [*status_class.choices, ("", status_class.apparence_of("").label)]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == valeur else "", label) for value, label in choices),
    )
    apparence = status_class.apparence_of(valeur)
    icone = icones.svg(apparence.icone)
    return Cellule(
        champ,
        NOMS[champ],
        valeur,
        apparence,
        options,
        lecture=format_html(
            '<span class="statut s-{}">{}<span>{}</span></span>',
            apparence.ton,
            icone,
            apparence.label,
        ),
        avant=format_html(
            '<span class="cellule s-{}">{}<span class="mot">{}</span>',
            apparence.ton,
            icone,
            apparence.label,
        ),
        apres=format_html("{}</select></span>", options),
    )
