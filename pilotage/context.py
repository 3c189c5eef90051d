"""What every page of a convention gives its template."""

from axes.access import Acces


def page_context(acces: Acces, rubrique: str, **extra) -> dict[str, object]:
    """The frame of the page: convention, current section, rights; then the page's own names."""
    return {
        "convention": acces.convention,
        "rubrique": rubrique,
        "acces": acces,
        "peut_gerer": acces.peut_coordonner,
        **extra,
    }


def removable_filters(request, filtre) -> list[dict[str, str]]:
    """Each filter in use (label, valeur) with the address (href) of the same page without it."""
    found = []
    for name, label, words in filtre.active_filters():
        query = request.GET.copy()
        query.pop(name, None)
        query.pop("page", None)
        href = f"{request.path}?{query.urlencode()}"
        found.append({"label": label, "valeur": words, "href": href})
    return found
