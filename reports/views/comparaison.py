"""What changed between two arrêtés, or since one of them."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from axes.access import get_acces

from ..access import get_arrete
from ..comparison import compare_bilans
from ..context import page_context, tells_unreadable
from ..forms.comparaison import ComparerForm
from ..queries import bilans_of
from ..tree import build_bilan


@require_safe
@tells_unreadable
def comparer(request, slug):
    """Two bilans side by side; without a choice, the last arrêté and today."""
    acces = get_acces(request.user, slug)
    arretes = list(bilans_of(acces.convention).arretes())
    asked = request.GET or ({"de": arretes[0].pk} if arretes else None)
    form = ComparerForm(asked, arretes=arretes)
    comparaison = None
    if form.is_valid():
        before, after = form.cleaned_data["de"], form.cleaned_data["a"]
        comparaison = compare_bilans(get_arrete(acces, before).tree_entier, _tree(acces, after))
    context = page_context(acces, form=form, arretes=arretes, comparaison=comparaison)
    status = 400 if form.errors else 200
    return render(request, "reports/arretes/comparer.html", context, status=status)


def _tree(acces, pk: int | None):
    """The tree of an arrêté, or of everything that the portal holds today."""
    if pk is None:
        return build_bilan(acces.convention, today=timezone.localdate())
    return get_arrete(acces, pk).tree_entier
