import pytest
from django.apps import apps

from copil.models import Decision, Participant, Point, Reunion
from copil.tables import TABLES
from ctg_portal.lib.exchange.problems import ImportRefuse
from pilotage.exchange.imports import import_convention
from tests.exchange import write_tables
from tests.exchange_fields import fields_without_column

# A calendar address is a person's own, and a secret: it is no content of the convention.
WITHOUT_TABLE = {"AbonnementAgenda"}
EXCLUDED = {
    "Reunion": {"documents": "dans la table documents, colonne reunion"},
}


@pytest.mark.parametrize("model", list(apps.get_app_config("copil").get_models()))
def test_every_field_has_a_column_or_a_reason(model):
    if not model._meta.auto_created and model.__name__ not in WITHOUT_TABLE:
        assert fields_without_column(model, TABLES, EXCLUDED.get(model.__name__, {})) == set()


@pytest.mark.django_db
def test_a_meeting_of_two_instances_by_reference_or_by_name(tmp_path):
    import_convention(
        write_tables(
            tmp_path,
            actions="reference;axe;intitule\nF1;A1;Crèche\n",
            instances="reference;nom;type\ncopil;Comité de pilotage;comité de pilotage\n"
            "pdj;Petits déjeuners;petit déjeuner\n",
            reunions="reference;type;date;etat;participants;visio;actions;motif\n"
            'R1;"copil ; petits dejeuners";5 avril 2022;tenu;25;oui;F1;\n'
            "R2;pdj;2022-01-09;annulée;;;;neige\n",
            ordre_du_jour="reunion;texte\nR1;Bilan\nR1;Perspectives\n",
            participants="reunion;qualite;present\nR1;Présidente;x\nR1;Directeur;excusée\nR1;Maire;\n",
            decisions="reunion;texte;action;echeance;etat\nR1;Ouvrir;F1;juin 2022;à faire\n",
            documents="legende;reunion\nCompte rendu;R1\n",
        ),
        slug="essai",
    )
    joint, cancelled = Reunion.objects.order_by("ordre")
    assert {one.nom for one in joint.instances.all()} == {"Comité de pilotage", "Petits déjeuners"}
    assert (joint.etat, joint.nombre_participants, joint.visio) == ("tenue", 25, True)
    assert joint.fiches.get().intitule == "Crèche"
    assert [point.texte for point in joint.ordre_du_jour.all()] == ["Bilan", "Perspectives"]
    assert list(Participant.objects.order_by("ordre").values_list("presence", flat=True)) == [
        "present",
        "excuse",
        "",
    ]
    assert joint.documents.get().legende == "Compte rendu"
    assert str(Decision.objects.get().echeance) == "juin 2022"
    assert (cancelled.etat, cancelled.motif) == ("annulee", "neige")


@pytest.mark.django_db
def test_a_highlight_takes_up_a_perspective_given_after_it(tmp_path):
    import_convention(
        write_tables(
            tmp_path,
            points="reference;axe;exercice;nature;texte;suite_de;devenir\n"
            "phare-1;;2023;éléments phares;Le guichet unique;p1;\n"
            "p1;A1;2023;perspectives;Guichet unique;;devenue fiche action\n",
        ),
        slug="essai",
    )
    phare = Point.objects.get(nature="phare")
    assert phare.axe is None
    assert phare.suite_de.axe.reference == "A1"
    assert phare.suite_de.devenir == "devenue_fiche"


@pytest.mark.django_db
def test_a_name_that_two_instances_bear_points_to_neither(tmp_path):
    with pytest.raises(ImportRefuse, match="« Commission » ne se trouve pas"):
        import_convention(
            write_tables(
                tmp_path,
                instances="reference;nom\nc1;Commission\nc2;Commission\n",
                reunions="reference;type\nR1;Commission\n",
            ),
            slug="essai",
        )
