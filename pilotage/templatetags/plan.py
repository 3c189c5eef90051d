"""A row of the plan d'actions.

A plan draws hundreds of them: each is one joined text, where a template would look up forty names.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from ..plan import LignePlan

register = template.Library()


@register.simple_tag(takes_context=True)
def rang(context, ligne: LignePlan) -> SafeString:
    """The <tr> of `ligne`.

    Of the context it reads `csrf_token`, `retour` (the address to come back to), `retour_tiroir`
    (the same as a query, for the page of the drawer) and `avec_script` (asked for by a script,
    which sends the lists without a form).
    """
    nom = escape(ligne.nom_complet)
    attributes = ' hx-swap-oob="true"' if ligne.hors_bande else ""
    if ligne.editable:
        attributes += f' data-fiche="{ligne.pk}"'
    if ligne.cles:
        attributes += f' data-cles="{ligne.cles}"'
    return SafeString(
        f'<tr id="ligne-{ligne.cle}"{attributes}>{_box(ligne, nom)}{_heading(ligne)}{ligne.cases}'
        f'<td class="maj doux petit">{_form(context, ligne, nom)}<span>{ligne.maj}</span>'
        f"{_opener(context, ligne, nom)}</td></tr>"
    )


def _box(ligne: LignePlan, nom: str) -> str:
    if not ligne.avec_coche:
        return ""
    if not ligne.editable:
        return '<td class="coche"></td>'
    return (
        '<td class="coche"><label class="case"><input type="checkbox" name="fiches" form="lot"'
        f' value="{ligne.pk}" aria-label="Cocher {nom}"></label></td>'
    )


def _heading(ligne: LignePlan) -> str:
    detail = f"<small>{escape(ligne.detail)}</small>" if ligne.detail else ""
    return (
        f'<th scope="row" class="fiche"><a href="{ligne.adresse}"><b>{escape(ligne.repere)}</b>'
        f"<span>{escape(ligne.titre)}{detail}</span></a>{_precisions(ligne)}</th>"
    )


def _precisions(ligne: LignePlan) -> str:
    if ligne.precisions is None:
        return f'<small class="precisions" id="precisions-{ligne.cle}" hx-preserve></small>'
    if not ligne.precisions:
        return ""
    words = escape(ligne.precisions)
    return f'<small class="precisions" id="precisions-{ligne.cle}">{words}</small>'


def _form(context, ligne: LignePlan, nom: str) -> str:
    """What the lists of the row are sent with by who has no script.

    To a browser that has one it is no element at all: hundreds of forms, each with its lists, take
    it a fifth of a second whenever it looks through them for what it could fill in.
    """
    if not ligne.editable or context["avec_script"]:
        return ""
    cles = f'<input type="hidden" name="cles" value="{ligne.cles}">' if ligne.cles else ""
    openings = "".join(cellule.opening() for cellule in ligne.cellules)
    return (
        f'<noscript><form id="f{ligne.cle}" method="post" action="{ligne.adresse}statuts/">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
        f'<input type="hidden" name="retour" value="{escape(context["retour"])}">{cles}{openings}'
        '<button class="bouton tertiaire" type="submit">Enregistrer'
        f'<span class="secret"> {nom}</span></button></form></noscript>'
    )


def _opener(context, ligne: LignePlan, nom: str) -> str:
    if not ligne.editable:
        return ""
    return (
        f'<a class="ouvrir" href="{ligne.adresse}tiroir/{escape(context["retour_tiroir"])}"'
        f' aria-label="Suite, pilotes, échéance, écarts\u00a0: {nom}"></a>'
    )
