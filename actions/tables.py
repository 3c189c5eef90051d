"""Exchange tables of the fiches actions and of what stands in them."""

from axes.models import Convention
from axes.tables import THEMATIQUES, end_after_start
from ctg_portal.lib.enums import Borne
from ctg_portal.lib.exchange.cells import (
    CelluleImpossible,
    Choice,
    Date,
    Key,
    LongText,
    Number,
    Several,
    Text,
    YesNo,
)
from ctg_portal.lib.exchange.problems import Niveau
from ctg_portal.lib.exchange.schema import Children, Column, Outside, Table, Unique

from . import fichiers
from .enums import (
    Atteint,
    MeneePar,
    MotifEcart,
    NatureFinancement,
    Objectifs,
    Origine,
    Suite,
    Suivi,
)
from .enums import (
    Realisation as StatutRealisation,
)
from .models import (
    Document,
    FicheAction,
    Financement,
    Partenaire,
    PiloteFiche,
    PointEtape,
    Realisation,
    ResultatAttendu,
    Volet,
)

IN_FICHE = "fiche__axe__convention"


def _previous_fiches(convention: Convention) -> dict[str, FicheAction]:
    """The fiches that this convention may renew, by their reference."""
    if convention.precedente is None:
        return {}
    fiches = FicheAction.objects.of_convention(convention.precedente).exclude(reference="")
    return {fiche.reference: fiche for fiche in fiches.order_by("-pk")}


def action(*, required: bool = True) -> Column:
    """The column by which a row names its fiche."""
    return Column("action", Key(), required=required, field="fiche", target="actions")


def volet() -> Column:
    return Column("volet", Key(), target="volets", agrees_with="action")


def niveau() -> Column:
    return Column("niveau", Number(entier=True), aide="1 ou 2 ; vide : 1")


ACTIONS = Table(
    name="actions",
    aide="Les fiches actions. Deux fiches peuvent porter le même code, jamais la même référence.",
    model=FicheAction,
    path="axe__convention",
    key="reference",
    parent="axe",
    checks=(end_after_start,),
    unique=(
        Unique(
            columns=("axe", "code"),
            message="ce code est déjà celui d’une fiche du même axe",
            niveau=Niveau.AVERTISSEMENT,
        ),
    ),
    columns=(
        Column("reference", Key(), required=True),
        Column("axe", Key(), required=True, target="axes"),
        Column("objectif", Key(), target="objectifs", agrees_with="axe"),
        Column("code", Text()),
        Column("intitule", Text(), required=True),
        Column("intitule_court", Text()),
        Column("origine", Choice(Origine, others={Origine.NOUVELLE: ["nouvelle"]})),
        Column("suivi", Choice(Suivi)),
        Column(
            "realisation",
            Choice(StatutRealisation, others={StatutRealisation.PARTIELLEMENT: ["en partie"]}),
        ),
        Column(
            "objectifs_atteints",
            Choice(Objectifs, others={Objectifs.PARTIELLEMENT: ["en partie"]}),
        ),
        Column("motif_ecart", Choice(MotifEcart)),
        Column("analyse_ecarts", LongText()),
        Column("menee_par", Choice(MeneePar)),
        Column("suite", Choice(Suite)),
        Column("pilotes", Several(), child=True),
        Column("elu_referent", Text()),
        Column("debut", Date()),
        Column("fin", Date()),
        Column("echeancier", LongText()),
        Column("contexte", LongText()),
        Column("public", LongText()),
        Column("moyens", LongText()),
        Column("communes", Several(), target="communes"),
        Column("thematiques", Several(), outside=THEMATIQUES),
        Column("actions_liees", Several(), field="fiches_liees", target="actions"),
        Column("dans_synthese", YesNo(), aide="oui ou non ; vide : oui"),
        Column("archivee", YesNo()),
        Column(
            "precedente",
            Key(),
            outside=Outside(nom="la convention précédente", index=_previous_fiches),
            aide="référence de la fiche de la convention précédente",
        ),
    ),
    children=(Children(model=PiloteFiche, parent="fiche", fields={"pilotes": "nom"}),),
)

RESULTATS = Table(
    name="resultats_attendus",
    aide="Ce que la fiche signée promettait. Le texte signé ne change plus une fois importé.",
    model=ResultatAttendu,
    path=IN_FICHE,
    parent="action",
    alike=("texte",),
    columns=(
        action(),
        Column("texte", LongText(), required=True, frozen=True),
        niveau(),
        Column("intertitre", Text()),
        Column(
            "atteint",
            Choice(
                Atteint,
                words={Atteint.OUI: "oui", Atteint.EN_PARTIE: "en partie", Atteint.NON: "non"},
                others={Atteint.EN_PARTIE: ["partiellement atteint", "partiellement"]},
            ),
        ),
        Column("texte_actuel", LongText()),
    ),
)

VOLETS = Table(
    name="volets",
    aide="Les projets qui ont un nom dans une fiche.",
    model=Volet,
    path=IN_FICHE,
    key="reference",
    parent="action",
    columns=(
        Column("reference", Key(), required=True),
        action(),
        Column("titre", Text(), required=True),
        Column("texte", LongText()),
    ),
)

REALISATIONS = Table(
    name="realisations",
    aide="Ce qui a été fait, avec sa date, son lieu et au plus un chiffre.",
    model=Realisation,
    path=IN_FICHE,
    parent="action",
    alike=("date", "texte"),
    removable=True,
    columns=(
        action(),
        volet(),
        Column("date", Date(), in_period=True),
        Column("lieu", Text()),
        Column("texte", LongText(), required=True),
        niveau(),
        Column("nombre", Number()),
        Column("borne", Choice(Borne)),
        Column("unite", Text()),
    ),
)

POINTS_ETAPE = Table(
    name="points_etape",
    aide="Ce qui a été écrit de la fiche une année donnée.",
    model=PointEtape,
    path=IN_FICHE,
    parent="action",
    alike=("exercice",),
    by_position=False,
    unique=(
        Unique(
            columns=("action", "exercice"),
            message="cette fiche a déjà un point d’étape pour cet exercice",
        ),
    ),
    columns=(
        action(),
        Column("exercice", Number(entier=True), required=True, in_period=True),
        Column("texte", LongText(), required=True),
    ),
)

PARTENAIRES = Table(
    name="partenaires",
    aide="Les organismes qui prennent part à la fiche.",
    model=Partenaire,
    path=IN_FICHE,
    parent="action",
    alike=("organisme", "role"),
    removable=True,
    columns=(action(), Column("organisme", Text(), required=True), Column("role", Text())),
)

FINANCEMENTS = Table(
    name="financements",
    aide="L’argent prévu, obtenu ou versé ; le montant peut rester inconnu.",
    model=Financement,
    path=IN_FICHE,
    parent="action",
    alike=("financeur", "objet", "annee", "nature"),
    removable=True,
    columns=(
        action(),
        volet(),
        Column("financeur", Text(), required=True),
        Column("objet", Text()),
        Column("montant", Number()),
        Column("annee", Number(entier=True), in_period=True),
        Column("nature", Choice(NatureFinancement)),
    ),
)


def accept_document(nom: str, data: bytes) -> tuple[str, bytes, dict[str, object]]:
    """What to keep of a file, by the same rule as the form: name, bytes, fields read in it.

    Raises CelluleImpossible for what the portal does not keep.
    """
    try:
        accepted = fichiers.accept(nom, data)
    except fichiers.FichierRefuse as error:
        raise CelluleImpossible(str(error)) from error
    return accepted.nom, accepted.contenu, accepted.mesures


def _link_or_file(document: Document):
    if document.lien and document.fichier:
        yield "lien", "donnez un lien ou un fichier, pas les deux."


# Listed by `copil`, the first package that knows every column of it.
DOCUMENTS = Table(
    name="documents",
    aide="Un fichier, un lien, ou seulement la légende d’une image qui manque.",
    model=Document,
    path="convention",
    parent="action",
    alike=("legende",),
    by_position=False,
    checks=(_link_or_file,),
    accept_file=accept_document,
    without_file=fichiers.SANS_PHOTO,
    columns=(
        action(required=False),
        volet(),
        Column("legende", Text(), required=True),
        Column("credit", Text()),
        Column("alt", Text()),
        Column("lien", Text()),
        Column(
            "fichier",
            Text(),
            file=True,
            aide="chemin à côté des tables, par exemple images/fete.jpg",
        ),
        Column("droit_image", YesNo(), aide="oui, non ou vide (inconnu)"),
    ),
)

TABLES = (
    ACTIONS,
    RESULTATS,
    VOLETS,
    REALISATIONS,
    POINTS_ETAPE,
    PARTENAIRES,
    FINANCEMENTS,
)
