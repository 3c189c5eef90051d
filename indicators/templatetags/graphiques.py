"""Charts in templates: `{% load graphiques %}{% graphique serie "petit" %}`."""

from django import template
from django.utils.safestring import SafeString

from axes.enums import Accent

from ..charts import Cadre, choisir, est_tracable
from ..series import Serie

register = template.Library()


@register.simple_tag
def graphique(
    serie: Serie, taille: str = "large", accent: str = Accent.BLEU, cadre: Cadre | None = None
) -> SafeString:
    """The chart that suits a series, or nothing; `accent` only matters in print.

    `cadre` is what it shares with the charts that it stands beside.
    """
    return choisir(serie, taille, accent=accent, cadre=cadre)


@register.filter
def tracable(serie: Serie) -> bool:
    """True if the series has enough numbers for a chart."""
    return est_tracable(serie)
