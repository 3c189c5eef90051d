"""Which pages the portal has: those of the URLconf, at the addresses that its links lead to."""

from collections import deque
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.urls import Resolver404, get_resolver, resolve

# All of these are opened, for their links; the first and the richest (the longest) are looked at.
SEVERAL = {"pilotage:fiche", "pilotage:axe", "pilotage:indicateur", "pilotage:reunion"}
# Parts of an address that make another page of it; the others only choose another row.
VARIANTS = ("bloc", "famille", "liste", "nom")

SENT = "répond par la page d’où son formulaire part, ou par une partie de page"
FILE = "un fichier"
NOT_A_PAGE = {
    "reports:bilan_fichier": FILE,
    "reports:seance": FILE,
    "reports:arrete_fichier": FILE,
    "reports:arrete_image": FILE,
    "reports:classeur": FILE,
    "reports:fiche_pdf": FILE,
    "reports:axe_pdf": FILE,
    "reports:partage": "un lien secret : tests/browser/long/test_partages",
    "reports:partage_fichier": FILE,
    "reports:partage_retirer": SENT,
    "reports:brouillon_fichier": FILE,
    "pilotage:apercu": SENT,
    "pilotage:importer_avancement": "une réponse que l’aperçu demande pendant l’import",
    "pilotage:document": FILE,
    "pilotage:indicateur_courbe": FILE,
    "pilotage:logo": FILE,
    "pilotage:exporter": FILE,
    "pilotage:plan_exporter": FILE,
    "pilotage:agenda": FILE,
    "pilotage:agenda_revoquer": SENT,
    "pilotage:decision_etat": SENT,
    "pilotage:fiche_archiver": SENT,
    "pilotage:fiches_lot_annuler": SENT,
    "pilotage:fiche_deplacer": SENT,
    "pilotage:fiche_dupliquer": SENT,
    "pilotage:modele": FILE,
    "pilotage:invitation_renvoyer": SENT,
    "pilotage:liste_deplacer": SENT,
    "pilotage:participant_presence": SENT,
    "pilotage:reunion_ics": FILE,
    "pilotage:reunion_ligne_deplacer": SENT,
    "account_set_password": "renvoie qui a déjà un mot de passe à la page qui le change",
}
# No link leads to them: people come from a mail. See `sent` for what follows a sent form.
WITHOUT_LINK = {
    "anonyme": {
        "account_login": "/comptes/connexion/",
        "account_request_login_code": "/comptes/connexion/code/",
        "account_inactive": "/comptes/inactif/",
        "account_reset_password": "/comptes/mot-de-passe/oublie/",
        "account_reset_password_done": "/comptes/mot-de-passe/oublie/envoye/",
        "account_reset_password_from_key": "/comptes/mot-de-passe/oublie/1-lien-perime/",
        "account_reset_password_from_key_done": "/comptes/mot-de-passe/nouveau/",
        "account_confirm_login_code": "/comptes/connexion/code/saisie/",
        "introuvable": "/une-page-qui-n-existe-pas/",
    },
    "coordination": {
        "account_logout": "/comptes/deconnexion/",
        "account_reauthenticate": "/comptes/confirmation/",
        "account_change_password": "/comptes/mot-de-passe/",
        "plan vide": "/conventions/{slug}/plan/?q=introuvable",
        "plan filtré": "/conventions/{slug}/plan/?realisation=sans",
    },
    "administration": {},
    "lecteur": {"refus": "/conventions/{slug}/journal/"},
}
REFUSED = {"introuvable": 404, "refus": 403}


class Links(HTMLParser):
    """Collects the addresses of the links of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (href := dict(attrs).get("href")):
            self.found.append(href)


def named_urls(resolver=None, namespace=""):
    """Every name of the URLconf, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_urls(pattern, inner)
        elif pattern.name:
            yield namespace + pattern.name


def find_pages(request, base_url, slug) -> dict[str, str]:
    """Follow every link from the first page; returns an address per page, by what it is.

    One address per name and variant, two of the SEVERAL; only those of the convention `slug`.
    """
    waiting, seen = deque(["/?toutes"]), {"/?toutes"}
    found, lengths = {}, {}
    while waiting:
        path = waiting.popleft()
        key = page_key(path, slug)
        if key is None or (key in found and key not in SEVERAL):
            continue
        text = read(request, base_url, path)
        if text is None:
            continue
        if key not in found:
            found[key] = path
        elif len(text) > lengths.get(key, 0):
            found[f"{key} (riche)"], lengths[key] = path, len(text)
        links = Links()
        links.feed(text)
        addresses = [urlsplit(href).path for href in links.found if href.startswith("/")]
        waiting.extend(address for address in addresses if address not in seen)
        seen.update(addresses)
    return found


def page_key(path, slug) -> str | None:
    """What the page is, None when it is no page or belongs to another convention."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    if match.view_name in NOT_A_PAGE or match.kwargs.get("slug", slug) != slug:
        return None
    variant = [match.kwargs[name] for name in VARIANTS if name in match.kwargs]
    return " ".join([match.view_name, *variant])


def read(request, base_url, path) -> str | None:
    """The page at this address, None when it answers with a file, an error or another page."""
    answer = request.get(base_url + path)
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    is_here = urlsplit(answer.url).path == urlsplit(path).path
    return answer.text() if answer.status == 200 and is_html and is_here else None


def extra_pages(role, slug) -> dict[str, str]:
    return {name: path.format(slug=slug) for name, path in WITHOUT_LINK[role].items()}


def ask_for_a_code(page):
    """Bring the visitor to the page where the code of the mail is typed."""
    page.goto(WITHOUT_LINK["anonyme"]["account_request_login_code"])
    page.locator("main input:not([type=hidden])").first.fill("lecteur@demo.example")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
