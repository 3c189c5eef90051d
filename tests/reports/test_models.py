"""Bilan: what the database and the model refuse, once it is frozen."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from journal.models import Entree
from reports.models import Bilan, BilanFige, Partage
from tests import factories as f
from tests.exchange_fields import fields_without_column
from tests.rules import assert_breaks, constraint_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen():
    return f.arrete_of(f.FicheFactory().axe.convention, exercice=2023)


# --- Frozen for good --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [{"exercice": 2022}, {"arbre": "{}"}, {"empreinte": "0" * 64}, {"arrete_le": None}]
)
def test_an_arrete_cannot_be_edited(frozen, change):
    for name, value in change.items():
        setattr(frozen, name, value)
    for save in (frozen.save, lambda: frozen.save(update_fields=list(change))):
        with pytest.raises(BilanFige, match="ni modifié ni supprimé"):
            save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bilan.objects.filter(pk=frozen.pk).update(**change)


@pytest.mark.parametrize("column", ["arbre", "empreinte", "arrete_le", "exercice", "version"])
def test_no_sql_changes_what_is_frozen(frozen, column):
    same = f"UPDATE reports_bilan SET {column} = {column}"  # noqa: S608 — a name of this test
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_bilan SET personnes = personnes, auteur_id = NULL")
        with pytest.raises(IntegrityError, match="ne peut pas être modifié"), transaction.atomic():
            cursor.execute(same)


def test_an_arrete_cannot_be_deleted(frozen):
    with pytest.raises(BilanFige):
        frozen.delete()
    with pytest.raises(BilanFige):
        Bilan.objects.all().delete()
    with pytest.raises(ProtectedError):
        frozen.convention.delete()
    assert Bilan.objects.count() == 1


def test_a_meeting_that_an_arrete_names_cannot_be_deleted():
    reunion = f.ReunionFactory()
    f.arrete_of(reunion.convention, reunion=reunion)
    with pytest.raises(ProtectedError):
        reunion.delete()


def test_a_deleted_account_leaves_its_name_in_the_tree():
    author = f.UserFactory(nom="Camille Exemple")
    frozen = f.arrete_of(f.ConventionFactory(), auteur=author)
    author.delete()
    frozen.refresh_from_db()
    assert frozen.auteur is None
    assert frozen.tree.arrete.auteur == "Camille Exemple"


def test_only_the_names_of_people_may_still_change(frozen):
    frozen.personnes = {}
    frozen.save(update_fields=["personnes"])
    assert Bilan.objects.get().personnes == {}


def test_a_draft_is_edited_and_deleted():
    draft = f.BilanFactory(exercice=2022)
    draft.exercice = 2023
    draft.save()
    Bilan.objects.filter(pk=draft.pk).update(exercice=None)
    draft.delete()
    f.BilanFactory()
    Bilan.objects.all().delete()
    assert not Bilan.objects.exists()


def test_the_journal_tells_an_arrete_without_its_content(frozen):
    entry = Entree.objects.of_convention(frozen.convention_id).get(
        content_type__app_label="reports"
    )
    assert entry.object_repr.startswith("Bilan 2023, arrêté le ")
    assert entry.actor == frozen.auteur
    assert not {"arbre", "personnes"} & entry.changes.keys()


# --- Rules of the database --------------------------------------------------------------------


def row(convention, **values):
    frozen = {"arrete_le": timezone.now(), "arbre": "{}", "empreinte": "0" * 64}
    return Bilan(convention=convention, **{**frozen, **values})


BREAKS = {
    "bilan_arrete_avec_arbre": {"exercice": 2022, "empreinte": ""},
    "bilan_version_unique": {"exercice": 2023},
    "bilan_version_apres_une_autre": {"exercice": 2023, "version": 2},
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_rule_is_kept_by_the_database(frozen, name):
    assert_breaks(row(frozen.convention, **BREAKS[name]), name)


def test_two_bilans_of_the_whole_period_are_two_of_the_same():
    convention = f.arrete_of(f.ConventionFactory()).convention
    assert_breaks(row(convention, exercice=None), "bilan_version_unique")


#: What a link breaks, and the rule that says so.
BREAKS_OF_PARTAGE = {
    "partage_pour_quelqu_un": {"pour": ""},
    "partage_ouvert_un_jour": {"ouvertures": 1},
}


@pytest.mark.parametrize("name", BREAKS_OF_PARTAGE)
def test_each_rule_of_a_link_is_kept_by_the_database(frozen, name):
    partage = f.PartageFactory.build(bilan=frozen, **BREAKS_OF_PARTAGE[name])
    assert_breaks(partage, name)


def test_every_rule_is_tested():
    assert constraint_names("reports") == BREAKS.keys() | BREAKS_OF_PARTAGE.keys()


# --- Exchange ---------------------------------------------------------------------------------

#: A bilan is made from the tables: what they hold is told again by the next one.
NOT_EXCHANGED = {
    "exercice": "choisi quand le bilan est fait",
    "reunion": "choisie quand il est arrêté",
    "detail": "une préparation, qui reste dans le portail",
    "sections": "une préparation, qui reste dans le portail",
    "axes": "une préparation, qui reste dans le portail",
    "introduction": "une préparation, qui reste dans le portail",
    "conclusion": "une préparation, qui reste dans le portail",
    "avec_photos": "une préparation, qui reste dans le portail",
    "avec_logos": "une préparation, qui reste dans le portail",
    "cree_le": "écrit par le portail",
    "arrete_le": "un arrêté ne se réimporte pas : il ferait foi sans avoir été arrêté",
    "auteur": "un compte",
    "version": "donnée par le portail",
    "precedente": "donnée par le portail",
    "arbre": "un arrêté ne se réimporte pas : il ferait foi sans avoir été arrêté",
    "personnes": "les noms d’un arrêté, qui peuvent en être effacés",
    "empreinte": "calculée de l’arbre",
    "version_rendu": "écrite par le portail",
}
NOT_EXCHANGED_OF_PARTAGE = {
    "bilan": "les bilans ne s’échangent pas",
    "pour": "à qui un droit est donné",
    "jeton": "un secret",
    "empreinte_code": "un secret",
    "auteur": "un compte",
    "cree_le": "écrit par le portail",
    "expire_le": "un droit",
    "revoque_le": "un droit",
    "ouvertures": "comptées par le portail",
    "derniere_ouverture": "comptée par le portail",
}


def test_every_field_of_a_bilan_stays_out_of_the_tables_for_a_reason():
    assert fields_without_column(Bilan, (), NOT_EXCHANGED) == set()
    assert fields_without_column(Partage, (), NOT_EXCHANGED_OF_PARTAGE) == set()
