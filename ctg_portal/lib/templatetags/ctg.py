"""The portal's own template tags and filters; a builtin: no template has to load it."""

import re
from functools import cache

from django import template
from django.conf import settings
from django.template import defaulttags
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from ctg_portal.lib import crans, icones, typographie
from ctg_portal.lib.adresses import AdresseNode
from ctg_portal.lib.annulation import annulation_of
from ctg_portal.lib.richtext import to_html
from ctg_portal.lib.sigles import TOUS

_CITATION = re.compile("«\\s*([^«»]+?)\\s*»")
_ENTIERE = re.compile(f"^{_CITATION.pattern}$")

register = template.Library()
register.filter("annulation", annulation_of)


@register.tag
def url(parser, token) -> AdresseNode:
    """Django's own tag, whose answers are kept."""
    node = defaulttags.url(parser, token)
    return AdresseNode(node.view_name, node.args, node.kwargs, node.asvar)


# --- Icons and statuses -----------------------------------------------------------------------


@register.simple_tag
def fixe(nom: str) -> SafeString:
    """A fragment that reads nothing of its page, drawn once for all."""
    return _draw(nom) if settings.DEBUG else _draw_once(nom)


def _draw(nom: str) -> SafeString:
    return render_to_string(nom)


_draw_once = cache(_draw)


@register.simple_tag
def icone(nom: str, titre: str = "", taille: int | None = None) -> SafeString:
    """The inline SVG of an icon: `{% icone "crayon" %}`, named when it says something alone."""
    return icones.svg(nom, titre, taille)


@register.simple_tag
def statut(valeur) -> SafeString:
    """A status in full: its icon, then its words.

    `valeur` has `label`, `icone` (a name of `icones`) and `ton` (oui, part, non, nr, cours).
    """
    return format_html(
        '<span class="statut s-{}">{}<span>{}</span></span>',
        valeur.ton,
        icones.svg(valeur.icone),
        valeur.label,
    )


@register.simple_tag(name="crans")
def crans_(tons, forme: str, titre: str, total_max: int) -> SafeString:
    """A line of notches, sorted from full to dotted: see `crans.crans_svg`."""
    return crans.crans_svg(crans.trier(tons), forme, titre, total_max)


@register.simple_tag
def crans_vides() -> SafeString:
    """Six dotted notches, purely decorative, above an empty state."""
    return crans.CRANS_VIDES


# --- Words and numbers ------------------------------------------------------------------------


@register.filter
def nombre(value, decimales: int | None = None) -> str:
    """A number as French print sets it."""
    return typographie.nombre(value, decimales)


@register.filter
def euros(value) -> str:
    """An amount: "5 500 €"."""
    return typographie.euros(value)


@register.filter
def compte(value: int, noms: str) -> str:
    """A count with its noun: `{{ 2|compte:"fiche" }}`, `{{ 2|compte:"œil,yeux" }}`."""
    return typographie.compte(value, *noms.split(","))


@register.filter
def accorde(value: int, noms: str) -> str:
    """The noun alone, singular or plural: `{{ 2|accorde:"réalisée,réalisées" }}`."""
    return typographie.accorde(value, *noms.split(","))


@register.filter
def abrege(value, longueur: int) -> str:
    """The beginning of a text, with … where it was cut."""
    return typographie.abrege(str(value), longueur)


@register.filter(is_safe=True)
def insecables(value) -> str:
    """The same text, its spaces before : ; ! ? » % € and after « non-breaking."""
    return typographie.insecables(str(value))


@register.filter
def citation(value) -> SafeString:
    """Words taken from elsewhere, as a `<q>`: the style sheets draw its marks, once."""
    return format_html("<q>{}</q>", _ENTIERE.sub(r"\1", str(value).strip()))


@register.filter
def citations(value) -> SafeString:
    """A plain text whose words between « and » are taken from elsewhere: each becomes a `<q>`.

    Not for the names that « » also surround.
    """
    return SafeString(_CITATION.sub(r"<q>\1</q>", conditional_escape(value)))


@register.simple_tag
def sigle(nom: str) -> SafeString:
    """A sigle with what it means, for its first use on a page; KeyError if nobody explained it."""
    return format_html('<abbr title="{}">{}</abbr>', TOUS[nom], nom)


@register.filter
def moment(value) -> str:
    """An instant: "9 octobre 2023 à 16 h 12"."""
    return typographie.moment(value)


@register.filter
def riche(value: str) -> SafeString:
    """A rich text as sanitised HTML."""
    return to_html(value)
