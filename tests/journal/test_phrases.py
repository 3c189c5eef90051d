import datetime

import pytest
from django.utils import timezone

from actions.models import FicheAction
from axes.enums import Role
from ctg_portal.lib.dates import parse_date
from journal.models import Entree
from journal.phrases import LONGUEUR_MAX, Changement, describe
from tests.factories import (
    AxeFactory,
    CommentaireFactory,
    CommuneFactory,
    FicheFactory,
    FinancementFactory,
    MembreFactory,
    ObjectifFactory,
    ResultatAttenduFactory,
    UserFactory,
    VoletFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("factories_are_journalled")]


def entries():
    return Entree.objects.select_related("actor", "content_type").recent_first()


def last_line(**options):
    return describe(entries()[:1], **options)[0]


def change(obj, **values) -> tuple[Changement, ...]:
    """What the journal says after these values were written."""
    for name, value in values.items():
        setattr(obj, name, value)
    obj.save(update_fields=list(values))
    return last_line(interne=True).changements


# --- Values in words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"realisation": "realisee"}, ("Réalisation", "non renseigné", "Réalisée")),
        ({"archivee": True}, ("Archivée", "non", "oui")),
        ({"debut": parse_date("juin 2018")}, ("Début prévu", "non renseigné", "juin 2018")),
        (
            {"debut": parse_date("2020 (été 2020)")},
            ("Début prévu", "non renseigné", "été 2020"),
        ),
        ({"contexte": "**Un** texte"}, ("Contexte", "non renseigné", "Un texte")),
    ],
)
def test_a_change_of_a_fiche(values, expected):
    assert change(FicheFactory(), **values) == (Changement(*expected),)


def test_a_number_an_amount_and_a_closed_list_of_numbers():
    money = FinancementFactory(montant=1000)
    assert change(money, montant=36424) == (Changement("Montant", "1\u00a0000", "36\u00a0424"),)
    result = ResultatAttenduFactory(niveau=1)
    assert change(result, niveau=2) == (Changement("Niveau", "résultat", "sous-résultat"),)


def test_a_day():
    membre = MembreFactory()
    assert change(membre, expire_le=datetime.date(2024, 6, 1)) == (
        Changement("Jusqu’au", "non renseigné", "1er\u00a0juin 2024"),
    )


def test_a_role():
    assert change(MembreFactory(), role=Role.REFERENT) == (
        Changement("Rôle", "lecture", "référent·e d’axe"),
    )


def test_a_link_is_told_by_the_present_names():
    fiche = FicheFactory()
    objectif = ObjectifFactory(axe=fiche.axe, code="B", intitule="Bouger")
    assert change(fiche, objectif=objectif) == (
        Changement("Objectif", "non renseigné", "B. Bouger"),
    )


def test_a_link_to_what_was_removed_since():
    fiche = FicheFactory()
    objectif = ObjectifFactory(axe=fiche.axe)
    change(fiche, objectif=objectif)
    change(fiche, objectif=None)
    objectif.delete()
    words = [line.changements[0] for line in describe(entries()) if line.changements]
    assert words == [
        Changement("Objectif", "supprimé depuis", "non renseigné"),
        Changement("Objectif", "non renseigné", "supprimé depuis"),
    ]


def test_several_values_of_one_field():
    fiche = FicheFactory()
    communes = [
        CommuneFactory(convention=fiche.axe.convention, nom=name) for name in ("Cremps", "Vaylats")
    ]
    fiche.communes.set(communes)
    assert last_line().changements[0].champ == "Communes"
    assert set(last_line().changements[0].apres.split(", ")) == {"Cremps", "Vaylats"}
    fiche.communes.remove(communes[0])
    assert last_line().changements == (Changement("Communes", "Cremps", "retiré"),)


def test_a_long_text_is_cut_by_an_ellipsis():
    (told,) = change(FicheFactory(), contexte="mot " * 200)
    assert len(told.apres) <= LONGUEUR_MAX
    assert told.apres.endswith("mot…")


# --- Lines ------------------------------------------------------------------------------------


def test_a_line_says_who_what_and_of_which_fiche():
    fiche = FicheFactory(axe__numero="1", code="A2", intitule="Accueils de loisirs")
    line = last_line()
    assert (line.action, line.objet, line.fiche_pk) == (
        "ajout",
        "fiche action «\u00a01.A2 Accueils de loisirs\u00a0»",
        fiche.pk,
    )
    assert line.qui == "Sans compte (commande ou tâche)"
    assert timezone.is_aware(line.quand)
    assert line.quand.tzinfo == timezone.get_current_timezone()


def test_the_actor_is_named():
    user = UserFactory(nom="Camille Martin")
    FicheFactory()
    entree = Entree.objects.first()
    entree.actor = user
    entree.save()
    assert last_line().qui == "Camille Martin"


def test_what_was_removed_is_still_named():
    volet = VoletFactory(titre="Histoires d’ici")
    volet.delete()
    line = last_line()
    assert (line.action, line.objet, line.changements) == (
        "suppression",
        "volet «\u00a0Histoires d’ici\u00a0»",
        (),
    )


def test_a_name_that_begins_with_its_kind_is_not_told_twice():
    VoletFactory(titre="Volet des familles")
    assert last_line().objet == "«\u00a0Volet des familles\u00a0»"


def test_an_import_is_one_sentence():
    fiche = FicheFactory()
    Entree.objects.create(
        content_type=Entree.objects.first().content_type,
        object_pk=str(fiche.pk),
        object_repr=str(fiche),
        action=Entree.Action.UPDATE,
        changes={"code": ["A", "B"]},
        resume="Import de 39 fiches.",
        est_import=True,
    )
    line = last_line()
    assert (line.resume, line.changements, line.est_import) == ("Import de 39 fiches.", (), True)


def test_a_field_that_no_longer_exists_is_left_out():
    FicheFactory()
    entree = Entree.objects.filter(content_type__model="ficheaction").first()
    entree.action = Entree.Action.UPDATE
    entree.changes = {"ancien_champ": ["a", "b"], "code": ["A1", "A2"]}
    entree.save()
    line = next(line for line in describe(entries()) if line.pk == entree.pk)
    assert line.changements == (Changement("Code", "A1", "A2"),)


# --- What only the team reads -----------------------------------------------------------------


def test_internal_notes_are_left_out_for_readers():
    change(FicheFactory(), notes_internes="À ne pas dire")
    told = describe(entries())
    assert all("ne pas dire" not in str(line) for line in told)
    assert all(line.action != "modification" for line in told)
    assert "À ne pas dire" in str(describe(entries(), interne=True))


def test_a_change_of_both_tells_only_what_is_for_all():
    change(FicheFactory(code="A1"), code="A2", notes_internes="À ne pas dire")
    assert last_line().changements == (Changement("Code", "A1", "A2"),)


def test_comments_are_left_out_for_readers():
    comment = CommentaireFactory(texte="Entre nous")
    comment.delete()
    assert "Entre nous" not in str(describe(entries()))
    assert str(describe(entries(), interne=True)).count("Entre nous") == 2


def test_the_internal_fields_exist():
    names = {field.name for field in FicheAction._meta.get_fields()}
    assert names >= FicheAction.CHAMPS_INTERNES


# --- Cost -------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_names_of_links_cost_one_query_per_kind(count, django_assert_num_queries):
    for _ in range(count):
        fiche = FicheFactory()
        other = FicheFactory(axe=fiche.axe)
        change(fiche, objectif=ObjectifFactory(axe=fiche.axe))
        change(fiche, precedente=other)
        change(fiche, axe=AxeFactory(convention=fiche.axe.convention), objectif=None)
    with django_assert_num_queries(4):  # entries, objectifs, fiches, axes
        describe(entries())
