"""Every address, every kind of person, every method: what answers, and that reading never writes.

An address of the URLconf without a row in TABLE fails the suite, and so does a row without an
address: whoever adds a page says here who may open it.
"""

import re
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from zeal import zeal_ignore

from axes.enums import Role
from axes.services.equipe import fingerprint
from copil.enums import NaturePoint
from ctg_portal.lib.periodes import parse_periode
from reports.render.feuilles import Atelier
from tests.factories import (
    AbonnementAgendaFactory,
    AxeFactory,
    BilanFactory,
    CommuneFactory,
    ConventionFactory,
    DecisionFactory,
    DocumentFactory,
    FicheFactory,
    IndicateurFactory,
    InstanceFactory,
    InvitationFactory,
    MembreFactory,
    PartageFactory,
    ParticipantFactory,
    PointFactory,
    ReunionFactory,
    StructureFactory,
    UserFactory,
    ValeurFactory,
    VoletFactory,
    arrete_of,
    member,
)

pytestmark = pytest.mark.django_db

PEOPLE = ("anonymous", "stranger", "reader", "writer")

# Expected status of each kind of person, in the order of PEOPLE. A writer sends an empty form.
PAGE = {"GET": (302, 404, 200, 200), "POST": (302, 405, 405, 405)}
FORM = {"GET": (302, 404, 403, 200), "POST": (302, 404, 403, 422)}
ACTION = {"GET": (302, 405, 405, 405), "POST": (302, 404, 403, 422)}
# Nothing in the form has to be filled in: an empty one is saved, or confirms.
EMPTY_FORM = {"GET": (302, 404, 403, 200), "POST": (302, 404, 403, 302)}
EMPTY_ACTION = {"GET": (302, 405, 405, 405), "POST": (302, 404, 403, 302)}
# Read by those who may write it.
DRAFT = {"GET": (302, 404, 403, 200), "POST": (302, 405, 405, 405)}
PUBLIC = {"GET": (200, 200, 200, 200), "POST": (405, 405, 405, 405)}
ONE_S_OWN = {"GET": (302, 200, 200, 200), "POST": (302, 422, 422, 422)}
# allauth answers a refused form by the page itself, and sends home whoever is signed in.
SIGN_IN = {"GET": (200, 302, 302, 302), "POST": (200, 302, 302, 302)}

# allauth shows a refused form again with 200.
ALLAUTH_FORM = {"GET": (302, 200, 200, 200), "POST": (302, 200, 200, 200)}
PUBLIC_FORM = {"GET": (200, 200, 200, 200), "POST": (200, 200, 200, 200)}
# Without a password, the one way is to choose a first one, or to sign in again by code.
NO_PASSWORD = {"GET": (302, 302, 302, 302), "POST": (302, 302, 302, 302)}


def _in_convention(*names):
    return lambda world: [world.convention.slug, *(getattr(world, name) for name in names)]


TABLE = {
    "pilotage:conventions": (
        lambda world: [],
        # Somebody with one convention lands in it at once.
        {"GET": (302, 200, 302, 302), "POST": (302, 405, 405, 405)},
    ),
    # For who administers the installation: see tests/pilotage/test_conventions.py.
    "pilotage:convention_ouvrir": (
        lambda world: [],
        {"GET": (302, 403, 403, 403), "POST": (302, 403, 403, 403)},
    ),
    "pilotage:apercu": (
        lambda world: [],
        # Draws what the person typed herself, whoever she is: it shows nothing of a convention.
        {"GET": (302, 405, 405, 405), "POST": (302, 200, 200, 200)},
    ),
    "pilotage:tableau": (_in_convention(), PAGE),
    "pilotage:plan": (_in_convention(), PAGE),
    "pilotage:point_ajouter": (_in_convention("axe"), FORM),
    "pilotage:point_modifier": (_in_convention("point"), FORM),
    "pilotage:perspective_devenir": (_in_convention("point"), EMPTY_ACTION),
    "pilotage:croisement": (_in_convention(), PAGE),
    "pilotage:communes": (_in_convention(), PAGE),
    "pilotage:commune": (_in_convention("commune"), PAGE),
    "pilotage:frise": (_in_convention(), PAGE),
    "pilotage:axe": (_in_convention("axe"), PAGE),
    "pilotage:fiche": (_in_convention("fiche"), PAGE),
    "pilotage:fiche_ajouter": (_in_convention(), FORM),
    "pilotage:fiche_dupliquer": (_in_convention("fiche"), EMPTY_ACTION),
    "pilotage:fiche_deplacer": (
        _in_convention("fiche"),
        # A move without a direction is no address of ours.
        {"GET": (302, 405, 405, 405), "POST": (302, 404, 403, 404)},
    ),
    "pilotage:fiche_archiver": (_in_convention("fiche"), EMPTY_ACTION),
    "pilotage:fiches_lot": (_in_convention(), ACTION),
    "pilotage:fiches_lot_annuler": (_in_convention(), ACTION),
    "pilotage:fiche_statuts": (_in_convention("fiche"), EMPTY_ACTION),
    "pilotage:fiche_tiroir": (_in_convention("fiche"), EMPTY_FORM),
    "pilotage:commentaire_ajouter": (_in_convention("fiche"), ACTION),
    "pilotage:fiche_bloc": (_in_convention("fiche", "bloc"), FORM),
    "pilotage:ligne_ajouter": (_in_convention("fiche", "famille"), FORM),
    "pilotage:ligne_modifier": (_in_convention("fiche", "famille", "volet"), FORM),
    "pilotage:ligne_supprimer": (_in_convention("fiche", "famille", "volet"), EMPTY_FORM),
    "pilotage:convention": (_in_convention(), PAGE),
    "pilotage:convention_modifier": (_in_convention(), FORM),
    "pilotage:logo_modifier": (_in_convention(), FORM),
    "pilotage:liste": (_in_convention("liste"), PAGE),
    "pilotage:liste_ajouter": (_in_convention("liste"), FORM),
    "pilotage:liste_modifier": (_in_convention("liste", "structure"), FORM),
    "pilotage:liste_deplacer": (
        _in_convention("liste", "structure"),
        # A move without a direction is no address of ours.
        {"GET": (302, 405, 405, 405), "POST": (302, 404, 403, 404)},
    ),
    "pilotage:liste_supprimer": (_in_convention("liste", "structure"), EMPTY_FORM),
    "pilotage:liste_fusionner": (_in_convention("liste", "structure"), FORM),
    "pilotage:indicateurs": (_in_convention(), PAGE),
    "pilotage:indicateur_ajouter": (_in_convention(), FORM),
    "pilotage:grille": (_in_convention(), EMPTY_FORM),
    "pilotage:indicateur": (_in_convention("indicateur"), PAGE),
    "pilotage:indicateur_courbe": (_in_convention("indicateur_trace"), PAGE),
    "pilotage:indicateur_modifier": (_in_convention("indicateur"), FORM),
    "pilotage:valeur_ajouter": (_in_convention("indicateur"), FORM),
    "pilotage:valeur_modifier": (_in_convention("indicateur", "valeur"), FORM),
    "pilotage:valeur_supprimer": (_in_convention("indicateur", "valeur"), EMPTY_FORM),
    "pilotage:reunions": (_in_convention(), PAGE),
    "pilotage:reunion": (_in_convention("reunion"), PAGE),
    "pilotage:reunion_bloc": (_in_convention("reunion", "bloc_reunion"), EMPTY_FORM),
    "pilotage:reunion_ajouter": (_in_convention(), FORM),
    "pilotage:reunion_annuler": (_in_convention("reunion"), FORM),
    # A meeting with a history stays: the page of the meeting says why.
    "pilotage:reunion_supprimer": (_in_convention("reunion"), EMPTY_FORM),
    "pilotage:reunion_ligne_ajouter": (_in_convention("reunion", "famille_reunion"), FORM),
    "pilotage:reunion_ligne_modifier": (
        _in_convention("reunion", "famille_reunion", "participant"),
        FORM,
    ),
    "pilotage:reunion_ligne_deplacer": (
        _in_convention("reunion", "famille_reunion", "participant"),
        # A move without a direction is no address of ours.
        {"GET": (302, 405, 405, 405), "POST": (302, 404, 403, 404)},
    ),
    "pilotage:reunion_ligne_supprimer": (
        _in_convention("reunion", "famille_reunion", "participant"),
        EMPTY_FORM,
    ),
    "pilotage:participant_presence": (
        _in_convention("reunion", "participant"),
        # Nor is a presence that is not said.
        {"GET": (302, 405, 405, 405), "POST": (302, 404, 403, 404)},
    ),
    "pilotage:reunion_ics": (_in_convention("reunion"), PAGE),
    "pilotage:agenda_abonnement": (
        _in_convention(),
        # Whoever reads may have the meetings in her calendar; the answer alone tells the address.
        {"GET": (302, 404, 200, 200), "POST": (302, 404, 200, 200)},
    ),
    "pilotage:agenda_revoquer": (
        _in_convention(),
        {"GET": (302, 405, 405, 405), "POST": (302, 404, 302, 302)},
    ),
    "pilotage:agenda": (lambda world: [world.jeton_agenda], PUBLIC),
    "pilotage:decision_ajouter": (_in_convention("reunion"), FORM),
    "pilotage:decision_modifier": (_in_convention("reunion", "decision"), FORM),
    "pilotage:decision_etat": (_in_convention("reunion", "decision"), EMPTY_ACTION),
    "pilotage:journal": (
        _in_convention(),
        {"GET": (302, 404, 403, 200), "POST": (302, 405, 405, 405)},
    ),
    "pilotage:equipe": (
        _in_convention(),
        {"GET": (302, 404, 403, 200), "POST": (302, 405, 405, 405)},
    ),
    "pilotage:equipe_inviter": (_in_convention(), FORM),
    "pilotage:equipe_relier": (_in_convention(), FORM),
    "pilotage:membre_modifier": (_in_convention("membre"), FORM),
    "pilotage:membre_retirer": (_in_convention("membre"), EMPTY_FORM),
    "pilotage:invitation_renvoyer": (_in_convention("invitation"), EMPTY_ACTION),
    "pilotage:invitation_retirer": (_in_convention("invitation"), EMPTY_FORM),
    "pilotage:invitation": (
        lambda world: [world.jeton],
        # Whoever has an account already was sent her own link.
        {"GET": (200, 403, 403, 403), "POST": (422, 403, 403, 403)},
    ),
    "pilotage:echanges": (_in_convention(), PAGE),
    "pilotage:importer": (_in_convention(), FORM),
    "pilotage:importer_tableau": (_in_convention(), FORM),
    "pilotage:importer_colonnes": (_in_convention(), ACTION),
    "pilotage:importer_appliquer": (_in_convention(), ACTION),
    "pilotage:importer_avancement": (
        _in_convention(),
        # Of no import there is nothing to say.
        {"GET": (302, 405, 405, 405), "POST": (302, 404, 403, 204)},
    ),
    "pilotage:modele": (_in_convention(), PAGE),
    "pilotage:exporter": (_in_convention("fmt"), PAGE),
    "pilotage:plan_exporter": (_in_convention("fmt"), PAGE),
    "pilotage:document": (_in_convention("document"), PAGE),
    "pilotage:logo": (_in_convention(), PAGE),
    "pilotage:page": (lambda world: ["aide"], PUBLIC),
    # Made-up examples: for anybody who is signed in, since nothing of a convention is there.
    "pilotage:catalogue": (
        lambda world: [],
        {"GET": (302, 200, 200, 200), "POST": (302, 302, 302, 302)},
    ),
    # For who administers the installation: see tests/pilotage/test_exploitant.py.
    "pilotage:exploitant": (
        lambda world: [],
        {"GET": (302, 403, 403, 403), "POST": (302, 403, 403, 403)},
    ),
    "reports:bilan": (_in_convention(), PAGE),
    "reports:bilan_fichier": (_in_convention("format_de_bilan"), PAGE),
    "reports:seance": (_in_convention("reunion", "piece", "format_de_seance"), PAGE),
    "reports:projeter": (_in_convention(), PAGE),
    "reports:classeur": (_in_convention(), PAGE),
    "reports:fiche_pdf": (_in_convention("fiche"), PAGE),
    "reports:axe_pdf": (_in_convention("axe"), PAGE),
    "reports:bilans": (_in_convention(), PAGE),
    "reports:comparer": (_in_convention(), PAGE),
    "reports:arreter": (_in_convention(), FORM),
    "reports:effacer": (_in_convention(), FORM),
    "reports:arrete": (_in_convention("arrete"), PAGE),
    "reports:projeter_arrete": (_in_convention("arrete"), PAGE),
    "reports:arrete_image": (_in_convention("arrete", "image_arretee"), PAGE),
    "reports:corriger": (_in_convention("arrete"), FORM),
    "reports:composer": (_in_convention(), FORM),
    "reports:brouillon": (_in_convention("brouillon"), FORM),
    "reports:brouillon_fichier": (_in_convention("brouillon", "format_de_bilan"), DRAFT),
    "reports:brouillon_arreter": (_in_convention("brouillon"), FORM),
    "reports:brouillon_supprimer": (_in_convention("brouillon"), EMPTY_FORM),
    "reports:partages": (_in_convention("arrete"), FORM),
    "reports:partage_retirer": (_in_convention("arrete", "partage"), EMPTY_ACTION),
    "reports:partage": (
        lambda world: [world.jeton_partage],
        # Opening is for everybody who holds the link; it comes back to the same address.
        {"GET": (200, 200, 200, 200), "POST": (303, 303, 303, 303)},
    ),
    "reports:partage_fichier": (
        lambda world: [world.jeton_partage, world.format_de_bilan],
        # Not opened in this browser yet: the page that opens it.
        {"GET": (303, 303, 303, 303), "POST": (405, 405, 405, 405)},
    ),
    "reports:arrete_fichier": (_in_convention("arrete", "format_de_bilan"), PAGE),
    "accounts:mon_compte": (lambda world: [], ONE_S_OWN),
    "account_login": (lambda world: [], SIGN_IN),
    "account_request_login_code": (lambda world: [], SIGN_IN),
    "account_confirm_login_code": (
        lambda world: [],
        # Nobody asked for a code: back to the beginning.
        {"GET": (302, 302, 302, 302), "POST": (302, 302, 302, 302)},
    ),
    "account_logout": (
        lambda world: [],
        {"GET": (302, 200, 200, 200), "POST": (302, 302, 302, 302)},
    ),
    "account_inactive": (lambda world: [], PUBLIC),
    "account_reauthenticate": (
        lambda world: [],
        # Whoever has no password has nothing to confirm with.
        {"GET": (302, 403, 403, 403), "POST": (302, 403, 403, 403)},
    ),
    "account_change_password": (lambda world: [], NO_PASSWORD),
    "account_set_password": (lambda world: [], ALLAUTH_FORM),
    "account_reset_password": (lambda world: [], PUBLIC_FORM),
    "account_reset_password_done": (lambda world: [], PUBLIC),
    "account_reset_password_from_key": (
        lambda world: {"uidb36": "zzzzz", "key": "perime-perime"},
        PUBLIC_FORM,
    ),
    "account_reset_password_from_key_done": (lambda world: [], PUBLIC),
}

OURS = [name for name in TABLE if ":" in name]


@pytest.fixture
def world():
    """A convention with one of everything, and one person of each kind."""
    convention = ConventionFactory(slug="monde")
    convention.logo.save("logo.png", ContentFile(b"png"))
    axe = AxeFactory(convention=convention)
    fiche = FicheFactory(axe=axe)
    indicateur = IndicateurFactory(convention=convention, axe=axe)
    trace = IndicateurFactory(convention=convention, axe=axe)
    for year in ("2021", "2022"):
        ValeurFactory(indicateur=trace, periode=parse_periode(year))
    reunion = ReunionFactory(
        convention=convention, instances=[InstanceFactory(convention=convention)]
    )
    document = DocumentFactory(convention=convention)
    document.fichier.save("bilan.pdf", ContentFile(b"pdf"))
    stranger = UserFactory()
    jeton = "jeton-connu-de-ce-test-seulement"
    invitation = InvitationFactory(convention=convention, jeton=fingerprint(jeton))
    jeton_agenda = "agenda-connu-de-ce-test-seulement"
    AbonnementAgendaFactory(
        convention=convention,
        user=MembreFactory(convention=convention).user,
        jeton=fingerprint(jeton_agenda),
    )
    arrete = arrete_of(convention)
    brouillon = BilanFactory(convention=convention)
    jeton_partage = "partage-connu-de-ce-test-seulement"
    return SimpleNamespace(
        convention=convention,
        axe=axe.pk,
        point=PointFactory(convention=convention, axe=axe, nature=NaturePoint.PERSPECTIVE).pk,
        fiche=fiche.pk,
        bloc="identite",
        famille="volets",
        liste="structures",
        structure=StructureFactory(convention=convention).pk,
        commune=CommuneFactory(convention=convention).pk,
        volet=VoletFactory(fiche=fiche).pk,
        indicateur=indicateur.pk,
        indicateur_trace=trace.pk,
        valeur=ValeurFactory(indicateur=indicateur).pk,
        reunion=reunion.pk,
        bloc_reunion="compte-rendu",
        famille_reunion="participants",
        participant=ParticipantFactory(reunion=reunion).pk,
        jeton_agenda=jeton_agenda,
        decision=DecisionFactory(reunion=reunion).pk,
        document=document.pk,
        fmt="xlsx",
        membre=MembreFactory(convention=convention).pk,
        invitation=invitation.pk,
        format_de_bilan="html",
        piece="releve",
        format_de_seance="docx",
        arrete=arrete.pk,
        image_arretee=arrete.tree.convention.logo.rpartition("/")[2],
        brouillon=brouillon.pk,
        jeton_partage=jeton_partage,
        partage=PartageFactory(bilan=arrete, jeton=fingerprint(jeton_partage)).pk,
        jeton=jeton,
        cookies={
            "stranger": cookies_of(stranger),
            "reader": cookies_of(member(convention, Role.LECTEUR)),
            "writer": cookies_of(member(convention, Role.COORDINATION)),
        },
    )


def cookies_of(user) -> dict[str, str]:
    """Those of somebody who has just signed in."""
    client = Client()
    client.force_login(user)
    return {name: cookie.value for name, cookie in client.cookies.items()}


def url_names(resolver=None, namespaces=()):
    """The full name of every address of the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from url_names(pattern, inner)
        else:
            assert pattern.name, f"une adresse sans nom : {pattern.pattern}"
            yield ":".join((*namespaces, pattern.name))


def address(name, world) -> str:
    args = TABLE[name][0](world)
    return reverse(name, kwargs=args) if isinstance(args, dict) else reverse(name, args=args)


def answer(world, who, method, name):
    """What that person gets, sending an empty form where something is sent."""
    client = Client()
    if who in world.cookies:
        client.cookies.load(world.cookies[who])
    with (
        connection.execute_wrapper(refuse_writes) if method == "GET" else nullcontext(),
        # allauth reads the person of the session, then the one of the key: two people, no loop.
        zeal_ignore([{"model": "accounts.User"}]) if name not in OURS else nullcontext(),
    ):
        response = client.generic(
            method, address(name, world), "rien=", "application/x-www-form-urlencoded"
        )
        if response.streaming:
            b"".join(response.streaming_content)
    return response


WRITE = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b", re.IGNORECASE)
# Sessions and the shared cache are not contents.
ALLOWED = re.compile(r'(?:INTO|UPDATE|FROM)\s+"(?:django_session|portail_cache)"', re.IGNORECASE)


def refuse_writes(execute, sql, params, many, context):
    """A GET never writes: its first write fails the test that sent it."""
    if WRITE.match(sql) and not ALLOWED.search(sql):
        raise AssertionError(f"une lecture écrit : {sql[:200]}")
    return execute(sql, params, many, context)


def test_every_address_has_its_access_test():
    assert sorted(url_names()) == sorted(TABLE)


def answers_to(world, method, name):
    """The status that each person gets; an anonymous visitor of ours is sent to sign in."""
    answers = {who: answer(world, who, method, name) for who in PEOPLE}
    if name in OURS and answers["anonymous"].status_code == 302:
        assert answers["anonymous"]["Location"].startswith("/comptes/connexion/?next=")
    return tuple(response.status_code for response in answers.values())


@pytest.fixture
def paper_is_not_laid_out(monkeypatch):
    """What a sheet prints has its own tests, and takes seconds: here only who gets it counts."""
    monkeypatch.setattr(Atelier, "write", lambda *args, **kwargs: b"%PDF-")


@pytest.mark.usefixtures("paper_is_not_laid_out")
def test_who_may_read_what_and_a_get_never_writes(world):
    expected = {name: tuple(row[1]["GET"]) for name, row in TABLE.items()}
    assert {name: answers_to(world, "GET", name) for name in TABLE} == expected


def test_who_may_send_what(world):
    expected = {name: tuple(row[1]["POST"]) for name, row in TABLE.items()}
    answers = {}
    for name in TABLE:
        # What is sent to one address has not happened for the next one.
        with transaction.atomic():
            answers[name] = answers_to(world, "POST", name)
            transaction.set_rollback(True)
    assert answers == expected


def test_no_page_answers_a_method_it_does_not_know(world):
    answers = {name: answer(world, "writer", "DELETE", name).status_code for name in OURS}
    assert {name for name, status in answers.items() if status != 405} == set()


def test_the_guard_itself_sees_a_write(world):
    with connection.execute_wrapper(refuse_writes), pytest.raises(AssertionError, match="écrit"):
        world.convention.save()
