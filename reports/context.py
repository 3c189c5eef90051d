"""What every page of the bilans gives its template, and the way a file of them leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from axes.access import Acces, get_acces

from .canonical import TexteIllisible
from .render.formats import FORMATS, Format
from .tree.nodes import Bilan


def page_context(acces: Acces, **extra) -> dict[str, object]:
    """The frame of the page: convention, current section, rights; then the page's own names."""
    return {
        "convention": acces.convention,
        "rubrique": "bilans",
        "acces": acces,
        "peut_gerer": acces.peut_coordonner,
        **extra,
    }


@dataclass(frozen=True, slots=True)
class Telechargement:
    """One form in which a bilan can be taken away: its name, what it is for, where it is."""

    label: str
    usage: str
    adresse: str


def downloads(view: str, *args, query: str = "") -> list[Telechargement]:
    """Every format of a bilan, as `view` gives them: it takes `args`, then the key of a format."""
    return [
        Telechargement(found.label, found.usage, reverse(view, args=[*args, cle]) + query)
        for cle, found in FORMATS.items()
    ]


def download(content: bytes, name: str, found: Format) -> HttpResponse:
    """A file to keep, under a name that says which bilan it is."""
    return HttpResponse(
        content,
        content_type=found.type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{found.suffixe}"',
            # Counted here, the content is not put together once more to be counted.
            "Content-Length": str(len(content)),
        },
    )


def file_name(slug: str, exercice: int | None, found: Format, version: str = "") -> str:
    """ "bilan-pays-test-2023", and what tells two files of the same kind apart."""
    kind = "diaporama" if found.cle == "deck" else "bilan"
    parts = (kind, slug, str(exercice or "periode"), version)
    return "-".join(part for part in parts if part)


def tells_unreadable(view: Callable) -> Callable:
    """Wrap a view that reads frozen trees: one that cannot be read is a page that says so."""

    @wraps(view)
    def told(request, slug, *args, **kwargs):
        try:
            return view(request, slug, *args, **kwargs)
        except TexteIllisible as error:
            context = page_context(get_acces(request.user, slug), message=str(error))
            return render(request, "reports/arretes/illisible.html", context, status=500)

    return told


def period_query(tree: Bilan) -> str:
    """The end of an address that asks for the same exercice."""
    return f"?exercice={tree.exercice}" if tree.exercice else ""
