"""Exchange tables of the convention, its territory and the two upper levels of the plan."""

from ctg_portal.lib.exchange.cells import Choice, Date, Key, LongText, Number, Several, Text
from ctg_portal.lib.exchange.schema import Children, Column, Outside, Table
from ctg_portal.lib.recherche import normalise

from .enums import THEMATIQUES_NATIONALES, Accent, Phase, TypeJalon, TypeTerritoire
from .models import (
    Axe,
    Commune,
    Convention,
    Jalon,
    Objectif,
    PiloteAxe,
    Representant,
    Signataire,
    Thematique,
)

_NATIONALES = {normalise(nom): nom for nom in THEMATIQUES_NATIONALES}


def _conventions(convention: Convention) -> dict[str, Convention]:
    return {one.slug: one for one in Convention.objects.order_by("pk") if one.pk != convention.pk}


def _thematiques(convention: Convention) -> dict[str, Thematique]:
    offered = Thematique.objects.filter(convention__isnull=True)
    if convention.pk is not None:
        offered = Thematique.objects.offered_to(convention)
    return {normalise(one.nom): one for one in offered.order_by("pk")}


def _new_thematique(convention: Convention, nom: str) -> Thematique:
    """Of the national list when its name is there, the convention's own otherwise."""
    nationale = _NATIONALES.get(normalise(nom))
    if nationale:
        return Thematique(nom=nationale)
    return Thematique(nom=nom, convention=convention)


THEMATIQUES = Outside(
    nom="les thématiques",
    index=_thematiques,
    key=normalise,
    label=lambda thematique: thematique.nom,
    create=_new_thematique,
)


def end_after_start(row):
    """A check for rows with `debut` and `fin`."""
    if row.debut and row.fin and row.fin.fin < row.debut.debut:
        yield "fin", f"la fin ({row.fin}) est avant le début ({row.debut})."


CONVENTION = Table(
    name="convention",
    aide="La convention elle-même : une seule ligne.",
    model=Convention,
    path="pk",
    single=True,
    required=True,
    checks=(end_after_start,),
    columns=(
        Column("nom", Text(), required=True),
        Column("sous_titre", Text()),
        Column("territoire", Text(), required=True),
        Column("type_territoire", Choice(TypeTerritoire)),
        Column("caf", Text()),
        Column("debut", Date()),
        Column("fin", Date()),
        Column("signature", Date()),
        Column("phase", Choice(Phase)),
        Column("libelle_axe", Text()),
        Column("libelle_objectif", Text()),
        Column("libelle_action", Text()),
        Column("presentation", LongText()),
        Column("conclusion", LongText()),
        Column("couleur", Choice(Accent)),
        Column(
            "precedente",
            Key(),
            outside=Outside(nom="les conventions", index=_conventions),
            aide="adresse de la convention que celle-ci renouvelle",
        ),
    ),
)

COMMUNES = Table(
    name="communes",
    aide="Les communes du territoire.",
    model=Commune,
    path="convention",
    key="nom",
    key_of=normalise,
    columns=(Column("nom", Key(), required=True),),
)

SIGNATAIRES = Table(
    name="signataires",
    aide="Les organismes signataires. Une deuxième ligne du même organisme ajoute un représentant.",
    model=Signataire,
    path="convention",
    key="organisme",
    key_of=normalise,
    grouped=True,
    columns=(
        Column("organisme", Text(), required=True),
        Column("nom_court", Text()),
        Column("type", Text()),
        Column("representant", Text(), child=True),
        Column("qualite", Text(), child=True),
        Column("entree", Date()),
    ),
    children=(
        Children(
            model=Representant,
            parent="signataire",
            fields={"representant": "nom", "qualite": "qualite"},
        ),
    ),
)

JALONS = Table(
    name="jalons",
    aide="Les dates de la vie de la convention.",
    model=Jalon,
    path="convention",
    alike=("date", "intitule"),
    removable=True,
    columns=(
        Column("date", Date(), required=True),
        Column("type", Choice(TypeJalon)),
        Column("intitule", Text(), required=True),
    ),
)

AXES = Table(
    name="axes",
    aide="Le premier niveau du plan.",
    model=Axe,
    path="convention",
    key="reference",
    required=True,
    columns=(
        Column("reference", Key(), required=True),
        Column("numero", Text()),
        Column("intitule", Text(), required=True),
        Column("intitule_court", Text()),
        Column("couleur", Choice(Accent)),
        Column("pilotes", Several(), child=True),
        Column("fiches_annoncees", Number(entier=True)),
        Column("thematiques", Several(), outside=THEMATIQUES),
        Column("presentation", LongText()),
    ),
    children=(Children(model=PiloteAxe, parent="axe", fields={"pilotes": "nom"}),),
)

OBJECTIFS = Table(
    name="objectifs",
    aide="Le deuxième niveau du plan, s’il existe.",
    model=Objectif,
    path="axe__convention",
    key="reference",
    parent="axe",
    columns=(
        Column("reference", Key(), required=True),
        Column("axe", Key(), required=True, target="axes"),
        Column("code", Text()),
        Column("intitule", Text(), required=True),
    ),
)

TABLES = (CONVENTION, COMMUNES, SIGNATAIRES, JALONS, AXES, OBJECTIFS)
