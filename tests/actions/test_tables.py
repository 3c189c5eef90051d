from decimal import Decimal

import pytest
from django.apps import apps

from actions import tables
from actions.fichiers import SANS_PHOTO
from actions.models import Document, FicheAction
from pilotage.exchange.imports import import_convention
from tests.exchange import write_tables
from tests.exchange_fields import fields_without_column

CHERCHE = {"recherche": "calculé à partir des textes"}
EXCLUDED = {
    **dict.fromkeys(
        ("Partenaire", "PointEtape", "Realisation", "ResultatAttendu", "Volet"), CHERCHE
    ),
    "FicheAction": {
        **CHERCHE,
        "notes_internes": "les notes internes ne s’échangent pas",
        "modifiee_le": "tenu par le logiciel",
    },
    "PiloteFiche": {"user": "les comptes ne s’échangent pas : seul le nom est dans le tableau"},
    "Document": {
        "jalon": "le format n’a pas de colonne : les jalons n’ont pas de référence",
        **{name: "lu dans le fichier" for name in SANS_PHOTO if hasattr(Document, name)},
    },
}
# Comments and rights are not exchanged, nor what an arrêté of this portal may not show.
WITHOUT_TABLE = {"Attribution", "Commentaire", "InvitationFiche", "PhotoRetiree"}


@pytest.mark.parametrize("model", list(apps.get_app_config("actions").get_models()))
def test_every_field_has_a_column_or_a_reason(model):
    if model.__name__ in WITHOUT_TABLE or model._meta.auto_created:
        return
    declared = (*tables.TABLES, tables.DOCUMENTS)
    assert fields_without_column(model, declared, EXCLUDED.get(model.__name__, {})) == set()


@pytest.fixture
def import_fiches(tmp_path, db):
    def load(**more):
        return import_convention(write_tables(tmp_path, **more), slug="essai").convention

    return load


def test_a_fiche_written_in_bulk_is_found_by_the_search(import_fiches):
    import_fiches(
        actions="reference;axe;intitule;contexte\nF1;A1;Crèche;Le cœur de l’été\nF2;A1;Autre;\n"
    )
    assert [fiche.reference for fiche in FicheAction.objects.searching("coeur ete")] == ["F1"]


def test_the_lists_of_a_fiche_written_in_bulk_are_found_by_the_search(import_fiches):
    import_fiches(
        actions="reference;axe;intitule\nF1;A1;Crèche\nF2;A1;Autre\n",
        partenaires="action;organisme\nF1;Cœur de bourg\n",
    )
    assert [fiche.reference for fiche in FicheAction.objects.searching("coeur")] == ["F1"]


def test_statuses_that_are_not_stated_stay_empty(import_fiches):
    import_fiches(
        actions="reference;axe;intitule;suivi;realisation\nF1;A1;a;;\nF2;A1;b;terminé;non réalisé\n"
    )
    assert list(FicheAction.objects.order_by("ordre").values_list("suivi", "realisation")) == [
        ("", ""),
        ("terminee", "non_realisee"),
    ]


def test_a_fiche_is_in_the_synthesis_unless_said(import_fiches):
    import_fiches(actions="reference;axe;intitule;dans_synthese\nF1;A1;a;\nF2;A1;b;non\n")
    assert list(FicheAction.objects.order_by("ordre").values_list("dans_synthese", flat=True)) == [
        True,
        False,
    ]


def test_fiches_are_linked_both_ways(import_fiches):
    import_fiches(
        actions='reference;axe;intitule;actions_liees\nF1;A1;a;"F2 ; F3"\nF2;A1;b;\nF3;A1;c;F1\n'
    )
    linked = {
        fiche.reference: sorted(other.reference for other in fiche.fiches_liees.all())
        for fiche in FicheAction.objects.order_by("ordre")
    }
    assert linked == {"F1": ["F2", "F3"], "F2": ["F1"], "F3": ["F1"]}


def test_what_stands_in_a_fiche(import_fiches):
    import_fiches(
        communes="nom\nVaylats\nCremps\n",
        actions="reference;axe;intitule;pilotes;communes\n"
        'F1;A1;a;"Mme A ; Mr B";"vaylats ; Cremps"\n',
        resultats_attendus="action;texte;niveau;atteint\nF1;Dix places;;oui\nF1;dont deux;2;\n",
        volets="reference;action;titre\nV1;F1;La navette\n",
        realisations="action;volet;date;texte;nombre;borne;unite\n"
        "F1;V1;2020 (été 2020);Fête;1 200,5;environ;visiteurs\n",
        financements="action;volet;financeur;montant;annee;nature\nF1;V1;Caf;5 500 €;2022;versée\n",
        points_etape="action;exercice;texte\nF1;2021;Lancée\n",
    )
    fiche = FicheAction.objects.get()
    assert [pilote.nom for pilote in fiche.pilotes.all()] == ["Mme A", "Mr B"]
    assert {commune.nom for commune in fiche.communes.all()} == {"Vaylats", "Cremps"}
    assert [(one.texte, one.niveau, one.atteint) for one in fiche.resultats_attendus.all()] == [
        ("Dix places", 1, "oui"),
        ("dont deux", 2, ""),
    ]
    done = fiche.realisations.get()
    assert (done.volet.titre, str(done.date), done.nombre) == (
        "La navette",
        "été 2020",
        Decimal("1200.5"),
    )
    assert done.borne == "environ"
    money = fiche.financements.get()
    assert (money.montant, money.annee, money.nature) == (5500, 2022, "verse")
    assert fiche.points_etape.get().exercice == 2021
