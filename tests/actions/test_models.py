import datetime

import pytest
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile

from actions.enums import Suivi
from actions.models import Document, FicheAction, Realisation
from ctg_portal.lib.dates import parse_date
from tests.factories import (
    AttributionFactory,
    AxeFactory,
    CommentaireFactory,
    ConventionFactory,
    DocumentFactory,
    FicheFactory,
    InvitationFicheFactory,
    PartenaireFactory,
    PointEtapeFactory,
    RealisationFactory,
    ResultatAttenduFactory,
    VoletFactory,
)
from tests.rules import assert_breaks, constraint_names

pytestmark = pytest.mark.django_db


def fiche(**fields):
    return FicheFactory.build(axe=AxeFactory(), **fields)


def second(factory, **fields):
    factory(**fields)
    return factory.build(**fields)


def _same_grant():
    grant = AttributionFactory()
    return AttributionFactory.build(membre=grant.membre, fiche=grant.fiche)


def _same_promise():
    promise = InvitationFicheFactory()
    return InvitationFicheFactory.build(invitation=promise.invitation, fiche=promise.fiche)


RULES = {
    "fiche_reference_unique": lambda: second(FicheFactory, axe=AxeFactory(), reference="1.A1"),
    "fiche_suivi_de_la_liste": lambda: fiche(suivi="fini"),
    "fiche_realisation_de_la_liste": lambda: fiche(realisation="oui"),
    "fiche_objectifs_de_la_liste": lambda: fiche(objectifs_atteints="realisee"),
    "fiche_fin_apres_debut": lambda: fiche(debut=parse_date("2022"), fin=parse_date("2021")),
    "resultat_niveau_1_ou_2": lambda: ResultatAttenduFactory.build(fiche=FicheFactory(), niveau=3),
    "realisation_niveau_1_ou_2": lambda: RealisationFactory.build(fiche=FicheFactory(), niveau=0),
    "volet_reference_unique": lambda: second(VoletFactory, fiche=FicheFactory(), reference="v"),
    "point_etape_unique": lambda: second(PointEtapeFactory, fiche=FicheFactory()),
    "document_lien_ou_fichier": lambda: DocumentFactory.build(
        convention=ConventionFactory(), lien="https://exemple.fr/", fichier="documents/a.pdf"
    ),
    "attribution_unique": _same_grant,
    "invitation_fiche_unique": _same_promise,
}


@pytest.mark.parametrize("name", RULES)
def test_a_broken_rule_is_refused(name):
    assert_breaks(RULES[name](), name)


def test_every_rule_is_broken_once():
    assert set(RULES) == constraint_names("actions")


# --- Irregularities of real documents ---------------------------------------------------------


@pytest.mark.parametrize("code", ["A1", "1.2.3", "C ?", "", "E bis"])
def test_every_printed_code_exists_and_may_exist_twice(code):
    axe = AxeFactory()
    for one in FicheFactory.create_batch(2, axe=axe, code=code):
        one.full_clean()


@pytest.mark.parametrize(
    ("numero", "code", "repere"),
    [("1", "A2", "1.A2"), ("1", "1.2.3", "1.2.3"), ("", "A2", "A2"), ("1", "", "")],
)
def test_the_code_as_people_say_it(numero, code, repere):
    assert FicheFactory(axe__numero=numero, code=code).repere == repere


def test_each_status_may_be_empty_while_the_others_are_not():
    one = FicheFactory(suivi="terminee", realisation="", objectifs_atteints="atteints")
    one.full_clean()
    looks = (one.suivi_apparence, one.realisation_apparence, one.objectifs_apparence)
    assert [look.label for look in looks] == ["Terminée", "Non renseignée", "Atteints"]


def test_a_figure_may_be_missing_bounded_or_without_unit():
    for fields in (
        {},
        {"nombre": 50, "borne": "plus_de"},
        {"nombre": "36424.5", "unite": "heures"},
    ):
        RealisationFactory(**fields).full_clean(exclude=["volet"])
    assert Realisation.objects.filter(nombre="36424.5").exists()


def test_a_year_far_away_is_refused():
    with pytest.raises(ValidationError):
        PointEtapeFactory.build(fiche=FicheFactory(), exercice=20023).full_clean()


# --- What a fiche holds -----------------------------------------------------------------------


def test_the_searched_text_is_kept_beside_the_texts():
    one = FicheFactory(intitule="L’École du cœur")
    assert FicheAction.objects.searching("ecole COEUR").get() == one
    one.intitule = "Ludothèque"
    one.save(update_fields=["intitule"])
    assert not FicheAction.objects.searching("ecole").exists()
    assert FicheAction.objects.searching("ludotheque").exists()


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ResultatAttenduFactory, "texte"),
        (VoletFactory, "titre"),
        (RealisationFactory, "texte"),
        (RealisationFactory, "lieu"),
        (PointEtapeFactory, "texte"),
        (PartenaireFactory, "organisme"),
    ],
)
def test_a_fiche_is_found_by_the_words_of_its_lists(factory, field):
    fiche = FicheFactory(intitule="Sorties")
    factory(fiche=FicheFactory(), **{field: "Les jeunes"})
    row = factory(fiche=fiche, **{field: "Le cœur des aînés"})
    assert FicheAction.objects.searching("COEUR aines").get() == fiche
    # Each word may stand in another text.
    assert FicheAction.objects.searching("sorties aines").get() == fiche
    assert not FicheAction.objects.searching("jeunes aines").exists()
    setattr(row, field, "La ludothèque")
    row.save(update_fields=[field])
    assert not FicheAction.objects.searching("aines").exists()
    assert FicheAction.objects.searching("ludotheque").get() == fiche


def test_what_the_team_writes_for_itself_is_not_searched():
    fiche = FicheFactory(notes_internes="Les aînés se plaignent")
    CommentaireFactory(fiche=fiche, texte="Les aînés encore")
    assert not FicheAction.objects.searching("aines").exists()


def test_every_word_has_to_be_found():
    FicheFactory(intitule="Accueil de loisirs")
    assert FicheAction.objects.searching("loisirs accueil").exists()
    assert not FicheAction.objects.searching("accueil jeunesse").exists()


def test_percent_and_underscore_are_letters_like_others():
    FicheFactory(intitule="Accueil")
    assert not FicheAction.objects.searching("a%l").exists()
    assert not FicheAction.objects.searching("a_cueil").exists()


@pytest.mark.parametrize(
    ("fin", "suivi", "is_late"),
    [
        ("2022", "", True),
        ("2022", Suivi.EN_COURS, True),
        ("2022", Suivi.TERMINEE, False),
        ("2022", Suivi.ABANDONNEE, False),
        ("2023", Suivi.EN_COURS, False),
        ("14 mars 2023", Suivi.EN_COURS, True),
        ("15 mars 2023", Suivi.EN_COURS, False),
        (None, Suivi.EN_COURS, False),
    ],
)
def test_a_fiche_is_late_after_its_last_day_unless_it_is_over(fin, suivi, is_late):
    FicheFactory(fin=fin and parse_date(fin), suivi=suivi)
    assert FicheAction.objects.late(datetime.date(2023, 3, 15)).exists() is is_late


def test_the_lineage_outlives_the_fiche_before():
    old = FicheFactory()
    new = FicheFactory(precedente=old)
    old.delete()
    new.refresh_from_db()
    assert new.precedente is None


def test_linked_fiches_are_linked_both_ways():
    one, other = FicheFactory.create_batch(2)
    one.fiches_liees.add(other)
    assert list(other.fiches_liees.all()) == [one]


def test_what_belonged_to_a_volet_stays_in_the_fiche():
    volet = VoletFactory()
    done = RealisationFactory(fiche=volet.fiche, volet=volet)
    volet.delete()
    done.refresh_from_db()
    assert done.volet is None


# --- Documents --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("est_photo", "droit_image", "leaves"),
    [
        (False, None, True),
        (True, True, True),
        (True, False, False),
        (True, None, False),
    ],
)
def test_a_photo_leaves_the_portal_only_with_an_explicit_right(est_photo, droit_image, leaves):
    DocumentFactory(est_photo=est_photo, droit_image=droit_image)
    assert Document.objects.leaving_the_portal().exists() is leaves


@pytest.mark.parametrize("name", ["../../passe.pdf", "..\\..\\passe.pdf"])
def test_no_name_leads_out_of_the_folder_of_the_documents(name):
    with pytest.raises(SuspiciousFileOperation):
        DocumentFactory().fichier.save(name, ContentFile(b"x"))
