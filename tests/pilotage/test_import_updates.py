"""A second import: what it changes, what it takes away, what it never touches."""

import pytest

from accounts.models import User
from actions.models import FicheAction, PiloteFiche, Realisation, ResultatAttendu
from axes.models import Axe, Convention
from indicators.models import Valeur
from journal.models import Entree
from pilotage.exchange.exports import export_convention, export_tables
from pilotage.exchange.imports import import_convention
from tests.exchange import AXES, CONVENTION, column, write_tables

pytestmark = pytest.mark.django_db

FICHES = "reference;axe;code;intitule;contexte\nF1;A1;1;Crèche;Un besoin\nF2;A1;2;Ludothèque;\n"
TABLES = {
    "actions": FICHES,
    "resultats_attendus": "action;texte;atteint\nF1;Dix places;\nF1;Un jardin;\nF2;Des jeux;\n",
    "realisations": "action;date;texte\nF1;2021;Travaux\nF1;2022;Ouverture\nF2;2022;Fête\n",
    "indicateurs": "reference;intitule\nI1;Places\n",
    "valeurs": "indicateur;periode;valeur\nI1;2020;10\nI1;2021;12\n",
}


@pytest.fixture
def update(tmp_path):
    """Import the tables above once; then give only the tables named, as an update."""
    convention = import_convention(write_tables(tmp_path / "un", **TABLES), slug="essai").convention

    def run(**tables):
        folder = tmp_path / "deux"
        folder.mkdir(exist_ok=True)
        for name, text in tables.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return import_convention(folder, slug="essai", update=True)

    run.convention = convention
    return run


def counts(rapport) -> dict[str, tuple]:
    return {
        one.table: (one.creees, one.modifiees, one.inchangees, one.retirees, one.laissees)
        for one in rapport.decomptes
    }


def test_rows_are_found_by_their_reference(update):
    before = {fiche.reference: fiche.pk for fiche in FicheAction.objects.order_by("pk")}
    rapport = update(
        actions="reference;axe;intitule\nF2;A1;Ludothèque\nF1;A1;Micro-crèche\nF3;A1;Navette\n"
    )
    assert counts(rapport)["actions"] == (1, 2, 0, 0, 0)
    after = {fiche.reference: fiche.pk for fiche in FicheAction.objects.order_by("pk")}
    assert {key: after[key] for key in before} == before
    titles = FicheAction.objects.in_order().values_list("intitule", flat=True)
    assert list(titles) == ["Ludothèque", "Micro-crèche", "Navette"]
    assert [fiche.reference for fiche in FicheAction.objects.searching("micro")] == ["F1"]


def test_a_column_that_is_absent_is_left_and_an_empty_cell_empties(update):
    update(actions="reference;axe;intitule;code\nF1;A1;Crèche;\n")
    fiche = FicheAction.objects.get(reference="F1")
    assert (fiche.contexte, fiche.code) == ("Un besoin", "")


def test_a_fiche_that_the_file_does_not_hold_stays(update):
    rapport = update(actions="reference;axe;intitule\nF2;A1;Ludothèque\n")
    assert counts(rapport)["actions"] == (0, 0, 1, 0, 1)
    assert list(FicheAction.objects.in_order().values_list("reference", "ordre")) == [
        ("F1", 1),
        ("F2", 2),
    ]


def test_the_children_named_in_the_file_become_those_of_the_file(update):
    kept = Realisation.objects.get(texte="Ouverture").pk
    rapport = update(realisations="action;date;texte\nF1;2022;Ouverture\nF1;2023;Bilan\n")
    assert counts(rapport)["realisations"] == (0, 2, 0, 0, 1)
    told = Realisation.objects.order_by("fiche__ordre", "ordre").values_list("texte", flat=True)
    assert list(told) == ["Ouverture", "Bilan", "Fête"]
    assert Realisation.objects.get(texte="Ouverture").pk == kept


def test_a_child_that_its_fiche_no_longer_has_is_taken_away(update):
    rapport = update(realisations="action;date;texte\nF1;2022;Ouverture\n")
    assert counts(rapport)["realisations"] == (0, 0, 1, 1, 1)
    assert set(Realisation.objects.values_list("texte", flat=True)) == {"Ouverture", "Fête"}


def test_a_value_is_told_by_its_period(update):
    pks = {str(value.periode): value.pk for value in Valeur.objects.order_by("pk")}
    rapport = update(valeurs="indicateur;periode;valeur\nI1;2021;13\nI1;2022;14\n")
    assert counts(rapport)["valeurs"] == (1, 1, 0, 1, 0)
    assert Valeur.objects.get(periode="2021").pk == pks["2021"]
    assert {(str(one.periode), int(one.valeur)) for one in Valeur.objects.order_by("pk")} == {
        ("2021", 13),
        ("2022", 14),
    }


def test_the_signed_words_never_change_nor_vanish(update):
    rapport = update(
        resultats_attendus="action;texte;atteint;texte_actuel\n"
        "F1;Douze places;en partie;12 places\n"
    )
    assert [str(one) for one in rapport.avertissements] == [
        (
            "resultats_attendus, ligne 2, texte : ce texte est signé : il ne change pas, la cellule"
            " est laissée de côté."
        )
    ]
    first = ResultatAttendu.objects.order_by("fiche__ordre", "ordre").first()
    assert (first.texte, first.atteint, first.texte_actuel) == (
        "Dix places",
        "en_partie",
        "12 places",
    )
    assert ResultatAttendu.objects.count() == 3


def test_a_row_written_on_the_site_is_found_again_by_the_key_it_left_with(update, tmp_path):
    axe = Axe.objects.get()
    fiche = FicheAction.objects.create(axe=axe, intitule="Écrite sur le site", ordre=9)
    path = tmp_path / "essai.xlsx"
    export_convention(update.convention, fmt="xlsx", output=path)
    rapport = import_convention(path, slug="essai", update=True)
    assert rapport.total("creees") == 0
    fiche.refresh_from_db()
    assert fiche.reference == f"actions-{fiche.pk}"


def test_the_same_reference_in_two_axes_goes_out_as_two_keys(update):
    other = Axe.objects.create(convention=update.convention, intitule="Autre", ordre=2)
    FicheAction.objects.create(axe=other, reference="F1", intitule="Homonyme")
    keys = column(export_tables(update.convention)["actions"], "reference")
    assert keys[:2] == ["F1", "F2"]
    assert len(set(keys)) == 3


def test_a_pilot_keeps_her_account(update, person):
    fiche = FicheAction.objects.get(reference="F1")
    PiloteFiche.objects.create(fiche=fiche, nom="Camille Martin", user=person, ordre=1)
    update(actions='reference;axe;intitule;pilotes\nF1;A1;Crèche;"Mr Delfau ; Camille Martin"\n')
    assert [(one.nom, one.user) for one in fiche.pilotes.all()] == [
        ("Mr Delfau", None),
        ("Camille Martin", person),
    ]


def test_another_convention_is_never_touched(update, tmp_path):
    other = import_convention(write_tables(tmp_path / "autre", **TABLES), slug="autre").convention
    before = export_tables(other)
    update(
        actions="reference;axe;intitule\nF1;A1;Changée\n", realisations="action;texte\nF1;Rien\n"
    )
    assert export_tables(other) == before


def test_one_import_is_one_entry_of_the_journal(tmp_path, person):
    folder = write_tables(tmp_path, **TABLES)
    convention = import_convention(folder, slug="essai", actor=person).convention
    entry = Entree.objects.get()
    assert (entry.est_import, entry.actor, entry.convention_pk) == (True, person, convention.pk)
    assert entry.resume == (
        "Import : 13\u00a0lignes créées (dont 1\u00a0axe, 2\u00a0fiches actions, 3\u00a0résultats"
        " attendus, 1\u00a0indicateur et 2\u00a0valeurs)."
    )
    import_convention(folder, slug="essai", update=True)
    last = Entree.objects.recent_first().first()
    assert last.resume == "Import par la ligne de commande : aucun changement."
    assert (Entree.objects.count(), last.actor) == (2, None)


def test_changes_made_after_an_import_are_recorded_again(tmp_path):
    import_convention(write_tables(tmp_path, **TABLES), slug="essai")
    fiche = FicheAction.objects.get(reference="F1")
    fiche.suivi = "en_cours"
    fiche.save(update_fields=["suivi"])
    assert Entree.objects.filter(est_import=False).count() == 1


def test_an_update_of_an_unknown_address_creates_it(tmp_path):
    rapport = import_convention(write_tables(tmp_path), slug="neuve", update=True)
    assert rapport.nouvelle
    assert Convention.objects.get().slug == "neuve"


def test_the_dry_run_of_an_update_tells_the_same_figures(update, tmp_path):
    folder = write_tables(
        tmp_path / "trois",
        convention=CONVENTION,
        axes=AXES,
        valeurs="indicateur;periode\nI1;2022\n",
    )
    dry = import_convention(folder, slug="essai", update=True, dry_run=True)
    assert Valeur.objects.count() == 2
    assert counts(dry) == counts(import_convention(folder, slug="essai", update=True))
    assert User.objects.count() == 0


def test_an_update_leaves_one_entry_whatever_it_changes(update):
    update(
        actions="reference;axe;intitule\nF1;A1;Micro-crèche\n",
        realisations="action;date;texte\nF1;2022;Ouverture\n",
        valeurs="indicateur;periode;valeur\nI1;2021;13\n",
    )
    assert list(Entree.objects.values_list("est_import", flat=True)) == [True, True]
    assert Entree.objects.recent_first().first().resume == (
        "Import par la ligne de commande : 2\u00a0lignes modifiées, 2\u00a0lignes retirées."
    )


def test_in_a_partial_file_what_is_new_comes_last_and_nothing_moves(update):
    update(actions="reference;axe;intitule\nF3;A1;Navette\nF2;A1;Ludothèque\n")
    assert list(FicheAction.objects.in_order().values_list("reference", "ordre")) == [
        ("F1", 1),
        ("F2", 2),
        ("F3", 3),
    ]


def test_a_link_to_a_fiche_that_the_file_does_not_hold_goes_both_ways(update):
    update(actions="reference;axe;intitule;actions_liees\nF1;A1;Crèche;F2\n")
    other = FicheAction.objects.get(reference="F2")
    assert [fiche.reference for fiche in other.fiches_liees.all()] == ["F1"]
    rapport = update(actions="reference;axe;intitule;actions_liees\nF1;A1;Crèche;\n")
    assert rapport.total("modifiees") == 1
    assert not other.fiches_liees.exists()
