"""A whole axe of a published convention, typed by hand into an empty one, without a mouse."""

import re
from itertools import groupby

import pytest
from django.core import mail
from playwright.sync_api import expect

from axes.enums import THEMATIQUES_NATIONALES
from axes.models import Convention, Thematique
from indicators.models import Indicateur
from tests.browser import axe_1
from tests.browser.keyboard import NEXT_LINE, choose, fill_in, follow, sign_in_by_form
from tests.factories import UserFactory

MOT_DE_PASSE = "une phrase de passe bien à elle"
# Words of the tables that the lists of the portal say otherwise.
NIVEAU_2 = {"resultats": "sous-résultat", "realisations": "détail"}
# The lists of a fiche: table of the exchange, part of the address, name of its way in.
FAMILLES = (
    ("resultats_attendus", "resultats", "Ajouter : résultats attendus"),
    ("volets", "volets", "Ajouter un volet"),
    ("realisations", "realisations", "Ajouter une réalisation"),
    ("points_etape", "points-etape", "Ajouter : points d’étape"),
    ("partenaires", "partenaires", "Ajouter un partenaire"),
    ("financements", "financements", "Ajouter : financements"),
    ("documents", "documents", "Ajouter une photo ou un document"),
)


@pytest.fixture
def administratrice(transactional_db):
    """Who administers the installation, and no convention yet."""
    for nom in THEMATIQUES_NATIONALES:
        Thematique.objects.get_or_create(nom=nom, convention=None)
    user = UserFactory(is_staff=True)
    user.set_password(MOT_DE_PASSE)
    user.save()
    return user


@pytest.fixture
def demo():
    return axe_1.of_demo()


@pytest.mark.longest
def test_an_axe_typed_by_hand_is_exported_as_it_was_published(new_page, administratrice, demo):
    link = open_convention(new_page(), administratrice, demo["convention"][0])
    page = new_page()
    accept(page, link)
    convention = Convention.objects.get()
    describe_convention(page, demo)
    for number, fiche in enumerate(demo["actions"]):
        type_fiche(page, demo, number, fiche)
    type_indicators(page, demo)
    type_meetings(page, demo)
    typed = axe_1.without_references(axe_1.of_convention(convention))
    assert typed == axe_1.without_references(demo)


# --- An empty convention ------------------------------------------------------------------------


def open_convention(page, administratrice, row) -> str:
    """Open it and invite who coordinates it; returns the link that she receives."""
    page.goto("/")
    sign_in_by_form(page, administratrice.email, MOT_DE_PASSE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes conventions")
    follow(page, page.get_by_role("link", name="Ouvrir une convention"))
    fill_in(
        page,
        but(row, "territoire", "type_territoire", "nom", "caf", "debut", "fin"),
        button="Ouvrir la convention",
    )
    fill_in(
        page,
        {"email": "coordination@exemple.fr", "nom": "Alix Coordonne", "role": "Coordination"},
        button="Envoyer l’invitation",
    )
    [message] = mail.outbox
    return re.search(r"https?://\S+", message.body)[0]


def accept(page, link):
    page.goto(link)
    fill_in(page, {"mot_de_passe": MOT_DE_PASSE}, button="Ouvrir mon compte")


def describe_convention(page, demo):
    row = demo["convention"][0]
    tab_to_section(page, "Convention")
    follow(page, page.get_by_role("link", name="Modifier", exact=True))
    names = ("sous_titre", "signature", "phase", "couleur", "libelle_action", "presentation")
    fill_in(page, but(row, *names))
    in_a_row(page, "Communes", [but(one, "nom") for one in demo["communes"]])
    in_a_row(page, "Jalons", [but(one, "date", "type", "intitule") for one in demo["jalons"]])
    in_a_row(page, "Thématiques locales", [{"nom": "vieillissement"}])
    [axe] = demo["axes"]
    values = but(axe, "numero", "intitule") | {"thematiques": words_of(axe["thematiques"])}
    in_a_row(page, "Axes", [values])
    lines = [
        {"axe": f"{axe['numero']}. {axe['intitule']}", **but(one, "code", "intitule")}
        for one in demo["objectifs"]
    ]
    in_a_row(page, "Objectifs", lines)
    structures = [
        but(one, "nom", "type", "commune", "noms_anterieurs") for one in demo["structures"]
    ]
    in_a_row(page, "Structures", structures)
    names = ("nom", "type", "composition")
    in_a_row(page, "Instances", [but(one, *names) for one in demo["instances"]])


# --- The fiches ---------------------------------------------------------------------------------


def type_fiche(page, demo, number, fiche):
    tab_to_section(page, "Plan d’actions")
    follow(page, page.get_by_role("link", name="Nouvelle fiche"))
    [axe] = demo["axes"]
    objectif = next(one for one in demo["objectifs"] if one["reference"] == fiche["objectif"])
    fill_in(
        page,
        {
            "axe": f"{axe['numero']}. {axe['intitule']}",
            "objectif": f"{objectif['code']}. {objectif['intitule']}",
            **but(fiche, "code", "intitule", "intitule_court", "origine"),
        },
        button="Ajouter la fiche",
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(fiche["intitule"])
    if fiche["realisation"]:
        select = page.locator("select[name=realisation]")
        choose(page, select, fiche["realisation"])
        expect(page.locator("#annonces")).to_contain_text("Enregistré")
    type_blocks(page, demo, number, fiche)
    volets = {one["reference"]: one["titre"] for one in demo["volets"]}
    for table, famille, way_in in FAMILLES:
        rows = [one for one in demo[table] if one["action"] == fiche["reference"]]
        if rows:
            follow(page, page.get_by_role("link", name=way_in, exact=True))
            type_lines(page, [line_of(famille, row, volets) for row in rows])


def type_blocks(page, demo, number, fiche):
    earlier = {one["reference"]: one for one in demo["actions"][:number]}
    identity = {"thematiques": words_of(fiche["thematiques"])}
    if fiche["dans_synthese"] == "non":
        identity["dans_synthese"] = False
    edit_block(page, "Modifier : la fiche", identity)
    if linked := [earlier[one] for one in fiche["actions_liees"].split(" ; ") if one in earlier]:
        names = frozenset(name_of(one) for one in linked)
        edit_block(page, "Modifier les fiches liées", {"fiches_liees": names})
    edit_block(page, "Modifier : cadre", but(fiche, "contexte", "public", "moyens"))
    edit_block(
        page,
        "Modifier : écarts, analyse et suite",
        but(fiche, "motif_ecart", "menee_par", "analyse_ecarts"),
    )


def edit_block(page, way_in, values):
    if values:
        follow(page, page.get_by_role("link", name=way_in, exact=True))
        fill_in(page, values)


def line_of(famille, row, volets) -> dict[str, str]:
    """The fields of one row of a list, by name."""
    values = {
        name: text
        for name, text in row.items()
        if text and name not in ("action", "reference", "reunion", "niveau", "volet")
    }
    if row.get("niveau") == "2":
        values["niveau"] = NIVEAU_2[famille]
    # Chosen once for the rows that follow each other in the same volet.
    if "volet" in row:
        values["volet"] = volets.get(row["volet"], "")
    return values


# --- Indicators, meetings -----------------------------------------------------------------------


def type_indicators(page, demo):
    """On the page of each fiche, in the order of the published list; then all values at once."""
    volets = {one["reference"]: one["titre"] for one in demo["volets"]}
    structures = {one["reference"]: one["nom"] for one in demo["structures"]}
    fiches = {one["reference"]: name_of(one) for one in demo["actions"]}
    for reference, rows in groupby(demo["indicateurs"], key=lambda row: row["action"]):
        tab_to_section(page, "Plan d’actions")
        follow(page, page.get_by_role("link", name=fiches[reference], exact=True))
        follow(page, page.get_by_role("link", name="Ajouter : indicateurs"))
        type_lines(page, [indicator_of(row, volets, structures) for row in rows])
    type_values(page, demo)


def indicator_of(row, volets, structures):
    names = ("intitule", "unite", "nature", "decimales", "source", "variation_imprimee", "note")
    values = but(row, *names) | {
        "periodicite": axe_1.in_words("periodicite", row["periodicite"]),
        "sens": axe_1.in_words("sens", row["sens"]),
        "structure": structures.get(row["structure"], ""),
        "cle": row["cle"] == "oui",
    }
    return values | ({"volet": volets[row["volet"]]} if row["volet"] else {})


def type_values(page, demo):
    """In the grid, cell by cell, in the notation that it explains."""
    tab_to_section(page, "Indicateurs")
    follow(page, page.get_by_role("link", name="Saisir dans une grille"))
    fill_in(page, {"periodes": "2023"}, button="Afficher")
    keys = {one.intitule: one.pk for one in Indicateur.objects.all()}
    titles = {one["reference"]: one["intitule"] for one in demo["indicateurs"]}
    cells = {
        f"case-{keys[titles[row['indicateur']]]}-{row['periode']}": notation(row)
        for row in demo["valeurs"]
    }
    fill_in(page, cells, button="Enregistrer la grille")
    expect(page.locator("#annonces")).to_contain_text(f"{len(cells)}\u00a0valeurs")


def notation(row) -> str:
    forecast = " prév" if row["previsionnel"] == "oui" else ""
    note = f" ({row['note']})" if row["note"] else ""
    return f"{row['valeur'] or row['texte']}{forecast}{note}"


def type_meetings(page, demo):
    instances = {one["reference"]: one["nom"] for one in demo["instances"]}
    fiches = {one["reference"]: one for one in demo["actions"]}
    for row in demo["reunions"]:
        tab_to_section(page, "Réunions")
        follow(page, page.get_by_role("link", name="Ajouter une réunion"))
        values = but(row, "titre", "date", "heure", "lieu")
        values["instances"] = frozenset({instances[row["type"]]})
        fill_in(page, values, button="Ajouter la réunion")
        edit_block(page, "Modifier l’état", {"etat": row["etat"]})
        fiche = fiches[row["actions"]]
        spoken_of = frozenset({name_of(fiche)})
        edit_block(page, "Modifier les fiches concernées", {"fiches": spoken_of})
        points = [but(one, "texte") for one in of_meeting(demo["ordre_du_jour"], row)]
        follow(page, page.get_by_role("link", name="Ajouter un point à l’ordre du jour"))
        type_lines(page, points)
        if pictures := of_meeting(demo["documents"], row):
            captions = frozenset(one["legende"] for one in pictures)
            edit_block(page, "Modifier les documents de la réunion", {"documents": captions})


def of_meeting(rows, meeting):
    return [row for row in rows if row["reunion"] == meeting["reference"]]


# --- What the steps have in common --------------------------------------------------------------


def but(row, *names) -> dict[str, str]:
    """These columns of the row, without the empty ones."""
    return {name: row[name] for name in names if row.get(name)}


def words_of(cell) -> frozenset[str]:
    return frozenset(filter(None, cell.split(" ; ")))


def name_of(fiche) -> str:
    """What stands beside its box, wherever fiches are ticked."""
    code = f"{axe_1.AXE}.{fiche['code']} " if fiche["code"] else ""
    return f"{code}{fiche['intitule_court'] or fiche['intitule']}"


def tab_to_section(page, name):
    navigation = page.get_by_role("navigation", name="Navigation principale")
    follow(page, navigation.get_by_role("link", name=name))


def in_a_row(page, name, lines):
    """Open a list of the convention, and type its rows one after the other."""
    tab_to_section(page, "Convention")
    follow(page, page.get_by_role("link", name=re.compile(rf"^\d+ {name} ")))
    follow(page, page.get_by_role("link", name="Ajouter", exact=True))
    type_lines(page, lines)


def type_lines(page, lines):
    """Type rows in the form that is open; each one is saved, the last one closes it."""
    for line in lines[:-1]:
        fill_in(page, line, button=NEXT_LINE)
    fill_in(page, lines[-1])
