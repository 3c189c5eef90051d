import pytest
from django.apps import apps

from axes.models import Thematique
from axes.tables import TABLES
from pilotage.exchange.imports import import_convention
from tests.exchange import write_tables
from tests.exchange_fields import fields_without_column

EXCLUDED = {
    "Convention": {
        "slug": "l’adresse est donnée avec le fichier (--slug, ou son nom)",
        "logo": "une image par convention, déposée sur la page de la convention",
    },
    "PiloteAxe": {"user": "les comptes ne s’échangent pas : seul le nom est dans le tableau"},
}
# Rights are not exchanged; themes are told by their names in the cells of axes and actions.
WITHOUT_TABLE = {"Invitation", "Membre", "Thematique"}


@pytest.mark.parametrize("model", list(apps.get_app_config("axes").get_models()))
def test_every_field_has_a_column_or_a_reason(model):
    if model.__name__ in WITHOUT_TABLE or model._meta.auto_created:
        return
    assert fields_without_column(model, TABLES, EXCLUDED.get(model.__name__, {})) == set()


@pytest.mark.django_db
def test_a_second_row_of_an_organisme_adds_a_representative(tmp_path):
    convention = import_convention(
        write_tables(
            tmp_path,
            signataires=(
                "organisme;nom_court;representant;qualite\n"
                "Caf du Lot;Caf;La directrice;\n"
                "CAF du Lot;;;président du conseil d’administration\n"
                "MSA;;;\n"
            ),
        ),
        slug="essai",
    ).convention
    told = {
        str(one): [(person.nom, person.qualite) for person in one.representants.all()]
        for one in convention.signataires.all()
    }
    assert told == {
        "Caf": [("La directrice", ""), ("", "président du conseil d’administration")],
        "MSA": [],
    }


@pytest.mark.django_db
def test_themes_of_the_national_list_are_shared_and_others_are_local(tmp_path):
    tables = {"axes": 'reference;intitule;thematiques\nA1;a;"Acces aux droits ; Cirque"\n'}
    one = import_convention(write_tables(tmp_path / "un", **tables), slug="un").convention
    two = import_convention(write_tables(tmp_path / "deux", **tables), slug="deux").convention
    national = Thematique.objects.filter(convention=None)
    assert national.filter(nom="accès aux droits").count() == 1
    assert not national.filter(nom="Cirque").exists()
    for convention in (one, two):
        assert [theme.nom for theme in convention.thematiques.all()] == ["Cirque"]
        assert convention.axes.get().thematiques.count() == 2


@pytest.mark.django_db
def test_words_of_the_territory_have_defaults(tmp_path):
    convention = import_convention(
        write_tables(
            tmp_path, convention="nom;territoire;libelle_axe;libelle_action\nCTG;Pays;Enjeu;\n"
        ),
        slug="essai",
    ).convention
    assert (convention.libelle_axe, convention.libelle_objectif, convention.libelle_action) == (
        "Enjeu",
        "Objectif",
        "Fiche action",
    )


@pytest.mark.django_db
def test_a_convention_names_the_one_that_it_renews(tmp_path):
    first = import_convention(
        write_tables(
            tmp_path / "un", actions="reference;axe;intitule\nF1;A1;Crèche\nF2;A1;Ludothèque\n"
        ),
        slug="un",
    ).convention
    second = import_convention(
        write_tables(
            tmp_path / "deux",
            convention="nom;territoire;precedente\nCTG 2;Pays;un\n",
            actions="reference;axe;intitule;precedente\nX1;A1;Crèche encore;F1\n",
        ),
        slug="deux",
    ).convention
    assert second.precedente == first
    fiche = second.axes.get().fiches.get()
    assert fiche.precedente.intitule == "Crèche"
