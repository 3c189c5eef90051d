"""How a file leaves: at once when it is kept, otherwise by a page that says when it is ready."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from . import tasks
from .context import download
from .fichiers import Etat, Fichier, fichier_suivi
from .render.formats import Format
from .render.pdf import PdfUnavailable

# A small bilan is made while its download is waited for (seconds): nobody sees another page.
ATTENTE = 1.5
# After so long (seconds) the page says that something may be wrong: a worker that is stopped.
LENT = 60
PAGE = "reports/preparation.html"
STATUTS = {Etat.PRET: 200, Etat.EN_COURS: 202, Etat.ECHEC: 503, Etat.ABSENT: 404}
TITRES = {
    Etat.PRET: "Votre {nom} est prêt",
    Etat.EN_COURS: "Votre {nom} se prépare",
    Etat.ECHEC: "Le fichier n’est pas disponible",
    Etat.ABSENT: "Cette préparation est terminée",
}


def deliver(request, fichier: Fichier, *, nom: str, contexte: dict) -> HttpResponse:
    """The file under the name `nom`; if it is not kept it is asked for, and a page tells the rest.

    `contexte` is the frame of that page (`page_context`), with `retour` and `retour_mots`: the
    address and the words of the way back; `cadre` if it is not that of the portal. The same address
    with `suivi` in its query only looks: it asks for nothing, and htmx gets the notice alone.
    """
    if "suivi" in request.GET:
        return _tell(request, fichier, fichier.etat, contexte)
    if not fichier.est_pret:
        try:
            tasks.ask(fichier)
        except OSError:
            return _draw_here(request, fichier, nom, contexte)
    etat = fichier.wait(ATTENTE)
    if etat is not Etat.PRET:
        return _tell(request, fichier, etat, contexte)
    return send(request, fichier, nom)


def asked_before(request, convention, found: Format) -> Fichier | None:
    """The file that this address follows: to look at where it stands, or to take it once ready.

    None for an address that follows nothing, or a file that has left since.
    """
    fichier = fichier_suivi(convention, request.GET.get("fichier", ""), found)
    return fichier if fichier and ("suivi" in request.GET or fichier.est_pret) else None


def send(request, fichier: Fichier, nom: str) -> HttpResponse:
    """The kept file, or 304 to who has it already."""
    etag = quote_etag(fichier.etag)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = download(fichier.chemin.read_bytes(), nom, fichier.format)
    answer["ETag"] = etag
    return answer


def _draw_here(request, fichier: Fichier, nom: str, contexte: dict) -> HttpResponse:
    """On a disk that is full: what cannot be kept can still be given."""
    try:
        return download(fichier.draw(), nom, fichier.format)
    except PdfUnavailable as error:
        return _tell(request, fichier, Etat.ECHEC, contexte, str(error))


def _tell(request, fichier: Fichier, etat: Etat, contexte: dict, message: str = "") -> HttpResponse:
    fragment = bool(request.htmx)
    is_slow = etat is Etat.EN_COURS and (fichier.attente or 0) > LENT
    is_told = "lent" in request.GET
    if fragment and etat is Etat.EN_COURS and (is_told or not is_slow):
        # Nothing new: the page stays as it is, and nothing is read aloud again.
        return HttpResponse(status=204)
    context = {
        "cadre": "base.html",
        **contexte,
        **_addresses(request, fichier, is_slow),
        "message": message or fichier.message,
        "etat": etat.value,
        "titre": TITRES[etat].format(nom=fichier.format.nom),
        "format": fichier.format,
        "lent": is_slow,
        "fragment": fragment,
    }
    # htmx shows no page of an error.
    status = 200 if fragment else STATUTS[etat]
    return render(request, f"{PAGE}#avis" if fragment else PAGE, context, status=status)


def _addresses(request, fichier: Fichier, is_slow: bool) -> dict[str, str]:
    """Where to look again, to download that very file, to ask for a new one."""
    query = request.GET.copy()
    for name in ("suivi", "lent", "fichier"):
        query.pop(name, None)
    anew = query.urlencode()
    if fichier.jeton:
        query["fichier"] = fichier.jeton
    kept = query.urlencode()
    query["suivi"] = "1"
    if is_slow:
        query["lent"] = "1"
    return {
        "adresse_demande": f"{request.path}?{anew}" if anew else request.path,
        "adresse_fichier": f"{request.path}?{kept}" if kept else request.path,
        "adresse_suivi": f"{request.path}?{query.urlencode()}",
    }
