import pytest
from django.apps import apps

from indicators.models import Indicateur, Valeur
from indicators.tables import TABLES
from pilotage.exchange.imports import import_convention
from tests.exchange import write_tables
from tests.exchange_fields import fields_without_column


@pytest.mark.parametrize("model", list(apps.get_app_config("indicators").get_models()))
def test_every_field_has_a_column(model):
    assert fields_without_column(model, TABLES, {}) == set()


@pytest.mark.django_db
def test_values_with_their_bounds_ranges_forecasts_and_notes(tmp_path):
    import_convention(
        write_tables(
            tmp_path,
            structures='reference;nom;type;noms_anterieurs\nrpe;Le relais;RPE;"RAM ; RAMI"\n',
            indicateurs="reference;intitule;structure;decimales;cible;cible_periode;sens;cle\n"
            "I1;Heures;rpe;;19,5;2024;hausse;x\n",
            valeurs="indicateur;periode;valeur;valeur_max;borne;previsionnel;partiel;note;texte\n"
            "I1;2020;558;;;;;6 semaines de fermeture;\n"
            "I1;2021-2022;10;15;;;oui;;\n"
            "I1;2022;50;;plus de;;;;\n"
            "I1;2023;1 980;;;oui;;;\n"
            "I1;2023;;;;;;;en hausse\n",
        ),
        slug="essai",
    )
    indicateur = Indicateur.objects.get()
    assert (indicateur.decimales, str(indicateur.cible), str(indicateur.cible_periode)) == (
        0,
        "19.500",
        "2024",
    )
    assert indicateur.cle
    assert indicateur.structure.noms_anterieurs == "RAM ; RAMI"
    told = [
        (
            valeur.periode.code,
            valeur.valeur,
            valeur.valeur_max,
            valeur.borne,
            valeur.previsionnelle,
            valeur.partielle,
            valeur.note or valeur.texte,
        )
        for valeur in Valeur.objects.order_by("ordre")
    ]
    assert told == [
        ("2020", 558, None, "", False, False, "6 semaines de fermeture"),
        ("2021/2022", 10, 15, "", False, True, ""),
        ("2022", 50, None, "plus_de", False, False, ""),
        ("2023", 1980, None, "", True, False, ""),
        ("2023", None, None, "", False, False, "en hausse"),
    ]
