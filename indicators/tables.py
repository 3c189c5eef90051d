"""Exchange tables of the structures, the indicators and their values."""

from actions.tables import volet
from ctg_portal.lib.enums import Borne
from ctg_portal.lib.exchange.cells import (
    Choice,
    Key,
    LongText,
    Number,
    Periode,
    Text,
    YesNo,
)
from ctg_portal.lib.exchange.schema import Column, Table, Unique

from .enums import Nature, Periodicite, Sens
from .models import Indicateur, Structure, Valeur

STRUCTURES = Table(
    name="structures",
    aide="Les équipements et les services.",
    model=Structure,
    path="convention",
    key="reference",
    columns=(
        Column("reference", Key(), required=True),
        Column("nom", Text(), required=True),
        Column("type", Text()),
        Column("commune", Key(), target="communes"),
        Column("noms_anterieurs", Text()),
    ),
)

INDICATEURS = Table(
    name="indicateurs",
    aide="Les chiffres suivis dans le temps.",
    model=Indicateur,
    path="convention",
    key="reference",
    columns=(
        Column("reference", Key(), required=True),
        Column("intitule", Text(), required=True),
        Column("unite", Text()),
        Column("nature", Choice(Nature)),
        Column("periodicite", Choice(Periodicite)),
        Column("sens", Choice(Sens)),
        Column("decimales", Number(entier=True), aide="0 à 3 ; vide : 0"),
        Column("axe", Key(), target="axes"),
        Column("action", Key(), field="fiche", target="actions"),
        volet(),
        Column("structure", Key(), target="structures"),
        Column("source", Text()),
        Column("methode", LongText()),
        Column("valeur_initiale", Number()),
        Column("cible", Number()),
        Column("cible_periode", Periode()),
        Column("cle", YesNo()),
        Column("variation_imprimee", Text()),
        Column("note", LongText()),
    ),
)


def _growing_range(valeur: Valeur):
    if valeur.valeur_max is None:
        return
    if valeur.valeur is None:
        yield "valeur_max", "une fourchette a aussi une valeur basse."
    elif valeur.valeur_max < valeur.valeur:
        yield "valeur_max", "le maximum de la fourchette est sous la valeur."


VALEURS = Table(
    name="valeurs",
    aide="Une valeur par indicateur, période et genre (mesurée ou prévisionnelle).",
    model=Valeur,
    path="indicateur__convention",
    parent="indicateur",
    alike=("periode", "previsionnel"),
    by_position=False,
    removable=True,
    checks=(_growing_range,),
    unique=(
        Unique(
            columns=("indicateur", "previsionnel", "periode"),
            message="cet indicateur a déjà une valeur pour cette période",
        ),
    ),
    columns=(
        Column("indicateur", Key(), required=True, target="indicateurs"),
        Column("periode", Periode(), required=True, in_period=True),
        Column("valeur", Number()),
        Column("texte", Text()),
        Column("borne", Choice(Borne)),
        Column("valeur_max", Number()),
        Column("previsionnel", YesNo(), field="previsionnelle"),
        Column("partiel", YesNo(), field="partielle"),
        Column("note", Text()),
    ),
)

TABLES = (STRUCTURES, INDICATEURS, VALEURS)
