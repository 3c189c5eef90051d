"""The pages that only follow a sent form: what is sent to reach each of them.

Every function leaves the window on its page and returns the answer. Forms are filled in as a person
would; what no form of ours lets one send (a status that does not exist, the values of a form that
somebody else has changed meanwhile) is sent by a form that the page did not write.
"""

import io
import re
import zipfile
from functools import cache

from ctg_portal.lib.exchange.writers import write_xlsx

from .mails import newest_link

VIVANTE = "/conventions/vallees-fictives-2024-2028"
AUTRE = "/conventions/quercy-blanc-2020-2024"
PASSWORD_TRIES = 6
TABLEAU = [
    ["Axe", "N°", "Intitulé de l’action", "Pilote", "État d’avancement"],
    ["6 – Se loger", "L1", "Ouvrir une permanence", "Mairie", "Démarré"],
    ["", "L2", "Rénover le foyer", "Caf", "bof"],
]
ERRONEOUS = "reference;axe;intitule;suivi\nX;99;;en cour\n"
NOT_OUR_FORM = """([action, fields]) => {
  const form = document.createElement("form");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  form.method = "post";
  form.action = action;
  for (const [name, value] of fields.concat([[token.name, token.value]])) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


def press(page, name):
    with page.expect_navigation(wait_until="load") as answer:
        page.get_by_role("button", name=name, exact=True).click()
    return answer.value


def send(page, action, fields, *, start=None):
    """Send `fields` to `action` from a form of our own; `start`: a page that holds a token."""
    page.goto(start or f"{VIVANTE}/convention/modifier/")
    with page.expect_navigation(wait_until="load") as answer:
        page.evaluate(NOT_OUR_FORM, [action, list(fields.items())])
    return answer.value


def of_first(page, listing, kind):
    """The address of the first of the `kind` (fiches, axes…) that the page `listing` leads to."""
    page.goto(listing)
    links = page.locator("main a").evaluate_all("links => links.map((link) => link.href)")
    found = (re.search(rf"/conventions/.*/{kind}/\d+/", link) for link in links)
    return next(filter(None, found))[0]


def filled(path, button, **fields):
    """The answer to the form of a page once some of its fields, by name, hold these values."""

    def reach(page, portail):
        page.goto(path)
        for name, value in fields.items():
            page.locator(f"main [name='{name}']").first.fill(value)
        return press(page, button)

    return reach


# --- Import -----------------------------------------------------------------------------------


def import_file(page, name, content, *, page_name="importer", button="Voir l’aperçu"):
    page.goto(f"{VIVANTE}/{page_name}/")
    page.locator("#id_fichier").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    return press(page, button)


def import_preview(page, portail):
    tables = zipfile.ZipFile(io.BytesIO(page.request.get(f"{VIVANTE}/exporter/csv/").body()))
    actions = tables.read("actions.csv").decode("utf-8-sig").replace(";en cours;", ";en pause;")
    return import_file(page, "convention.zip", zipped({"actions.csv": actions}))


def import_refused(page, portail):
    return import_file(page, "convention.zip", zipped({"actions.csv": ERRONEOUS}))


def import_lost(page, portail):
    return send(page, f"{VIVANTE}/importer/appliquer/", {"jeton": "perdu"})


def columns(page, portail):
    path = portail.var / "tableau.xlsx"
    write_xlsx(path, {"Plan": TABLEAU}, {})
    return import_file(
        page,
        "notre plan.xlsx",
        path.read_bytes(),
        page_name="importer/tableau",
        button="Continuer",
    )


def columns_refused(page, portail):
    columns(page, portail)
    return press(page, "Voir l’aperçu")


def columns_preview(page, portail):
    columns(page, portail)
    page.get_by_label("« bof »").select_option("en pause")
    return press(page, "Voir l’aperçu")


def zipped(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


# --- Refused, or changed by two ---------------------------------------------------------------


def conflict(page, portail):
    fiche = of_first(page, f"{VIVANTE}/plan/", "fiches")
    fields = {"notes_internes": "Ma note.", "initial-notes_internes": "La note d’avant."}
    return send(page, f"{fiche}bloc/notes/", fields)


def status_of(page, **fields):
    fiche = of_first(page, f"{VIVANTE}/plan/", "fiches")
    return send(page, f"{fiche}statuts/", fields)


def status_conflict(page, portail):
    return status_of(page, **{"suivi": "abandonnee", "initial-suivi": "en_pause"})


def status_refused(page, portail):
    return status_of(page, suivi="inconnu")


def several_refused(page, portail):
    return send(page, f"{VIVANTE}/plan/lot/", {"champ": "suivi", "valeur": "realisee"})


def outcome_refused(page, portail):
    axe = of_first(page, f"{VIVANTE}/plan/", "axes")
    point = of_first(page, axe, "points")
    return send(page, f"{point}devenir/", {"devenir": "inconnu"})


def line_refused(page, portail):
    fiche = of_first(page, f"{VIVANTE}/plan/", "fiches")
    return filled(f"{fiche}documents/ajouter/", "Enregistrer", lien="nulle part")(page, portail)


def comment_refused(page, portail):
    fiche = of_first(page, f"{VIVANTE}/plan/", "fiches")
    return send(page, f"{fiche}commentaire/", {"texte": "", "portee": ""})


def grid_refused(page, portail):
    page.goto(f"{VIVANTE}/indicateurs/grille/")
    page.locator("main td input:not([type=hidden])").first.fill("(fermé")
    return press(page, "Enregistrer la grille")


def expired(page, portail):
    fields = {"notes_internes": "Une note tapée après l’heure."}
    start = "/comptes/connexion/"
    return send(page, f"{VIVANTE}/fiches/1/bloc/notes/", fields, start=start)


def without_token(page, portail):
    page.goto("/comptes/connexion/")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').remove()")
    return press(page, "Se connecter")


def too_often(page, portail):
    for _ in range(PASSWORD_TRIES):
        answer = filled("/comptes/mot-de-passe/", "Enregistrer", oldpassword="faux")(page, portail)
    return answer


# --- Invitations, passwords -------------------------------------------------------------------


@cache
def invitation(portail, email, convention=VIVANTE):
    """The link that is sent to this address: it serves until somebody accepts."""
    context = portail.new_context("coordination")
    page = context.new_page()
    page.goto(f"{convention}/equipe/inviter/")
    page.locator("[name=email]").fill(email)
    page.locator("[name=role][value=lecteur]").check()
    press(page, "Envoyer l’invitation")
    context.close()
    return newest_link(portail.mails, to=email, like="/invitations/")


def invited(email, convention=VIVANTE):
    return lambda page, portail: page.goto(invitation(portail, email, convention))


def account_refused(page, portail):
    invited("invitee@demo.example")(page, portail)
    return press(page, "Ouvrir mon compte")


def team(page, portail):
    invitation(portail, "invitee@demo.example")
    return page.goto(f"{VIVANTE}/equipe/")


def withdrawal(page, portail):
    team(page, portail)
    link = page.locator("a[href*='/invitations/'][href$='/retirer/']").first
    return page.goto(link.get_attribute("href"))


def code_refused(page, portail):
    ask = "Recevoir un code par courriel"
    filled("/comptes/connexion/code/", ask, email="lecteur@demo.example")(page, portail)
    page.locator("main [name=code]").fill("000000")
    return press(page, "Se connecter")


@cache
def password_link(portail):
    context = portail.new_context("anonyme")
    page = context.new_page()
    email = "referent@demo.example"
    filled("/comptes/mot-de-passe/oublie/", "Envoyer le lien", email=email)(page, portail)
    context.close()
    return newest_link(portail.mails, to=email, like="/mot-de-passe/oublie/")


def new_password(page, portail):
    return page.goto(password_link(portail))


def new_password_refused(page, portail):
    new_password(page, portail)
    page.locator("main [name=password1]").fill("court")
    return press(page, "Enregistrer le mot de passe")


# --- Who sees them: the page, the status of its answer, the way to it -------------------------

SENT = {
    "coordination": {
        "pilotage:importer aperçu": (200, import_preview),
        "pilotage:importer erreurs": (422, import_refused),
        "pilotage:importer_appliquer perdu": (422, import_lost),
        "pilotage:importer_tableau colonnes": (200, columns),
        "pilotage:importer_colonnes erreurs": (422, columns_refused),
        "pilotage:importer_colonnes aperçu": (200, columns_preview),
        "pilotage:fiche_bloc conflit": (409, conflict),
        "pilotage:fiche_statuts conflit": (409, status_conflict),
        "pilotage:fiche_statuts refusé": (422, status_refused),
        "pilotage:fiches_lot refusé": (422, several_refused),
        "pilotage:perspective_devenir refusé": (422, outcome_refused),
        "pilotage:ligne_ajouter erreurs": (422, line_refused),
        "pilotage:commentaire_ajouter erreurs": (422, comment_refused),
        "pilotage:grille erreurs": (422, grid_refused),
        "pilotage:fiche_ajouter erreurs": (
            422,
            filled(f"{VIVANTE}/fiches/ajouter/", "Ajouter la fiche"),
        ),
        "pilotage:convention_modifier erreurs": (
            422,
            filled(f"{VIVANTE}/convention/modifier/", "Enregistrer", nom="", debut="un jour"),
        ),
        "pilotage:logo_modifier erreurs": (
            422,
            filled(f"{VIVANTE}/convention/logo/", "Enregistrer"),
        ),
        "pilotage:reunion_ajouter erreurs": (
            422,
            filled(f"{VIVANTE}/reunions/ajouter/", "Ajouter la réunion", date="bientôt"),
        ),
        "pilotage:indicateur_ajouter erreurs": (
            422,
            filled(f"{VIVANTE}/indicateurs/ajouter/", "Enregistrer", decimales="9"),
        ),
        "pilotage:equipe_inviter erreurs": (
            422,
            filled(f"{VIVANTE}/equipe/inviter/", "Envoyer l’invitation", email="personne"),
        ),
        "pilotage:equipe invitation": (200, team),
        "pilotage:invitation_retirer": (200, withdrawal),
        "pilotage:agenda_abonnement adresse": (
            200,
            lambda page, portail: send(page, f"{VIVANTE}/reunions/agenda/", {}),
        ),
        "avis": (200, filled(f"{VIVANTE}/convention/modifier/", "Enregistrer")),
    },
    "lecteur": {
        "pilotage:invitation autre": (403, invited("invitee@demo.example")),
        "accounts:mon_compte erreurs": (422, filled("/comptes/", "Enregistrer", nom="")),
        "account_reauthenticate erreurs": (
            200,
            filled("/comptes/confirmation/", "Confirmer", password="faux"),
        ),
    },
    "contributeur": {
        "pilotage:invitation rejoindre": (200, invited("contributeur@demo.example", AUTRE)),
        "trop souvent": (429, too_often),
    },
    "anonyme": {
        "pilotage:invitation compte": (200, invited("invitee@demo.example")),
        "pilotage:invitation erreurs": (422, account_refused),
        "pilotage:invitation connexion": (200, invited("contributeur@demo.example", AUTRE)),
        "pilotage:invitation fermée": (
            404,
            lambda page, portail: page.goto("/invitations/aucune/"),
        ),
        "account_login erreurs": (
            200,
            filled("/comptes/connexion/", "Se connecter", login="x@demo.example", password="faux"),
        ),
        "account_confirm_login_code erreurs": (200, code_refused),
        "account_reset_password_from_key ouvert": (200, new_password),
        "account_reset_password_from_key erreurs": (200, new_password_refused),
        "session expirée": (401, expired),
        "jeton absent": (403, without_token),
    },
}
