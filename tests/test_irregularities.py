"""Every irregularity of the two published documents is kept, said, and never mended.

The numbers are those of the inventory of each document (LAL: bilan of Lalbenque-Limogne; QB: deck
of Quercy Blanc). The two conventions go through the import once; each test reads the tables that
come out again.
"""

import datetime

import pytest
from django.conf import settings
from django.db import transaction

from axes.models import Convention
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.recherche import normalise
from indicators.series import series_of
from pilotage.exchange.exports import export_tables
from pilotage.exchange.imports import import_convention

LAL = "lalbenque-limogne-2019-2022"
QB = "quercy-blanc-2020-2024"


class Donnees:
    """The exported tables of one convention, and its series."""

    def __init__(self, slug: str):
        convention = Convention.objects.get(slug=slug)
        self.tables = {
            name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
            for name, rows in export_tables(convention).items()
        }
        self.series = {normalise(serie.intitule): serie for serie in series_of(convention)}

    def rows(self, table: str, **wanted) -> list[dict]:
        return [
            row
            for row in self.tables[table]
            if all(row[name] == value for name, value in wanted.items())
        ]

    def row(self, table: str, **wanted) -> dict:
        (found,) = self.rows(table, **wanted)
        return found

    def text(self) -> str:
        return normalise(
            *(cell for rows in self.tables.values() for row in rows for cell in row.values())
        )


@pytest.fixture(scope="module")
def conventions(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        for slug in (LAL, QB):
            import_convention(settings.BASE_DIR / "demo" / slug)
        read = {slug: Donnees(slug) for slug in (LAL, QB)}
        transaction.set_rollback(True)
    return read


@pytest.fixture
def lal(conventions):
    return conventions[LAL]


@pytest.fixture
def qb(conventions):
    return conventions[QB]


# --- Lalbenque-Limogne ------------------------------------------------------------------------


def test_lal_holds_39_fiches_16_objectifs_and_every_expected_result(lal):
    assert len(lal.rows("axes")) == 4
    assert len(lal.rows("objectifs")) == 16
    assert len(lal.rows("actions")) == 39
    results = lal.rows("resultats_attendus")
    assert len([row for row in results if row["niveau"] == "2"]) == 2
    operational = [row for row in results if row["action"] == "2.A2"]
    assert len(operational) == 6
    assert len(results) == 85 + 2 + 3


def test_lal_01_the_second_axe_printed_as_axe_1_is_axe_2(lal):
    assert [row["numero"] for row in lal.rows("axes")] == ["1", "2", "3", "4"]


def test_lal_02_the_code_d1_stands_twice_in_axe_2(lal):
    twice = lal.rows("actions", axe="2", code="D1")
    assert [row["reference"] for row in twice] == ["2.D1-sante", "2.D1-logement"]


def test_lal_03_the_codes_c_question_mark_and_c_are_kept(lal):
    codes = [row["code"] for row in lal.rows("actions", objectif="1C")]
    assert codes == ["C1", "C2", "C ?", "C", ""]


def test_lal_04_a_fiche_titled_otherwise_in_the_table_keeps_both_titles(lal):
    fiche = lal.row("actions", reference="1.D3")
    assert fiche["intitule"].startswith("favoriser l’accès à un séjour écologique")
    assert fiche["intitule_court"] == "Favoriser l’accès à un séjour inclusif."
    assert fiche["origine"] == "nouvelle action"


def test_lal_05_fiches_without_row_or_without_code_exist(lal):
    assert lal.row("actions", reference="1.C-portail")["dans_synthese"] == "non"
    services = lal.row("actions", reference="2.B-france-services")
    assert (services["code"], services["dans_synthese"]) == ("", "oui")


def test_lal_06_the_very_last_line_of_the_text_is_a_fiche(lal):
    last = lal.rows("actions")[-1]
    assert (last["code"], last["intitule"]) == ("C2", "Actions de solidarité")


def test_lal_07_statuses_lost_with_the_colours_stay_empty(lal):
    done = [row["realisation"] for row in lal.rows("actions")]
    assert done.count("non réalisée") == 14
    assert done.count("partiellement réalisée") == 1
    assert done.count("") == 24
    assert {row["objectifs_atteints"] for row in lal.rows("actions")} == {""}


def test_lal_08_remarks_of_the_table_without_header_are_kept(lal):
    assert "EHPAD" in lal.row("actions", reference="3.B2")["analyse_ecarts"]


def test_lal_09_codes_written_in_four_ways_are_one(lal):
    codes = [row["code"] for row in lal.rows("actions", objectif="1A")]
    assert codes == ["A1", "A2", "A3", "A4"]


def test_lal_10_a_figure_dated_in_two_ways_says_so(lal):
    value = lal.row("valeurs", indicateur="alsh-lalbenque-heures", periode="2023")
    assert (value["valeur"], "2022" in value["note"]) == ("36424", True)


def test_lal_11_a_truncated_rate_stands_beside_the_computed_one(lal):
    serie = lal.series[normalise("ALSH de Lalbenque : fréquentation")]
    assert serie.variation_imprimee == "+19\u00a0%"
    assert str(serie.variation.pourcent) == "19.7"


def test_lal_12_printed_days_that_differ_are_pointed_out(lal):
    serie = lal.series[normalise("ALSH de Limogne-en-Quercy : ouverture")]
    assert serie.variation_imprimee == "+36 jours"
    assert serie.variation.ecart == 34
    assert serie.ecart_imprime


def test_lal_13_a_quarter_that_is_no_quarter_keeps_both_figures(lal):
    texts = [row["texte"] + row["nombre"] for row in lal.rows("realisations", action="2.E1")]
    assert any("¼" in text and text.endswith("12") for text in texts)


def test_lal_14_six_workshops_are_announced_and_five_dates_listed(lal):
    (cycle,) = [r for r in lal.rows("realisations") if r["unite"] == "ateliers annoncés"]
    assert cycle["nombre"] == "6"
    assert "20 et 27 septembre 2022, puis 04, 11 et 18 octobre 2022" in cycle["texte"]


def test_lal_15_a_monday_that_was_a_sunday_is_kept_as_printed(lal):
    reunion = lal.row("reunions", reference="petit-dejeuner-2022-01-09")
    assert (reunion["etat"], bool(reunion["motif"])) == ("annulée", True)
    date = parse_date(reunion["date"])
    assert date.texte == "lundi 9 janvier 2022"
    assert date.debut.strftime("%w") == "0"


def test_lal_16_text_and_table_that_contradict_each_other_are_both_told(lal):
    fiche = lal.row("actions", reference="4.B2")
    assert fiche["realisation"] == "non réalisée"
    assert fiche["menee_par"] == "de façon transversale"
    assert "salle culturelle" in lal.row("actions", reference="4.A2")["analyse_ecarts"]


def test_lal_17_page_references_are_gone_and_links_between_fiches_stay(lal):
    assert "cf p" not in lal.text()
    assert "2.B1" in lal.row("actions", reference="2.B-france-services")["actions_liees"]


def test_lal_18_facts_of_2023_stay_in_a_bilan_2019_2022(lal):
    years = {parse_date(r["date"]).annee for r in lal.rows("realisations") if r["date"]}
    assert 2023 in years


def test_lal_19_years_outside_the_period_are_kept_and_shown_as_such(lal):
    points = lal.series[normalise("Aide à la Pratique Sportive : habitants aidés")].points
    assert [p.annee for p in points if p.hors_periode] == [2017, 2018]


def test_lal_20_a_forecast_in_a_series_is_never_part_of_a_change(lal):
    serie = lal.series[normalise("ALSH 12-17 ans (RDVJ) : fréquentation")]
    assert [p.annee for p in serie.points if p.previsionnelle] == [2023]
    assert serie.variation.a.annee == 2022


def test_lal_21_a_note_inside_a_cell_and_a_partial_year_are_facts_of_their_own(lal):
    value = lal.row("valeurs", indicateur="france-services-frequentation", periode="2020")
    assert (value["valeur"], value["note"]) == ("558", "6 semaines de fermeture COVID")
    partial = lal.row("valeurs", indicateur="quercy-contacts-heures", periode="2021")
    assert partial["partiel"] == "oui"


def test_lal_22_two_dates_for_one_opening_are_both_told(lal):
    note = lal.row("valeurs", indicateur="quercy-contacts-personnes", periode="2021")["note"]
    assert "octobre" in note
    assert "septembre 2021" in note


def test_lal_23_an_impossible_succession_of_dates_is_kept(lal):
    assert "apres les elections municipales" in lal.text()


def test_lal_24_communes_printed_as_communautes_are_quoted(lal):
    assert "entre les 2 communautes de communes" in lal.text()


def test_lal_25_services_keep_their_former_names(lal):
    assert "RAMI" in lal.row("structures", reference="rpe")["noms_anterieurs"]
    assert "MSAP" in lal.row("structures", reference="france-services-lalbenque")["noms_anterieurs"]


def test_lal_26_several_spellings_of_a_place_do_not_make_several_communes(lal):
    names = [row["nom"] for row in lal.rows("communes")]
    assert names.count("Flaujac-Poujols") == 1
    assert "Flaujac-Pujols" not in names
    assert "flaujac-pujols" in lal.text()


def test_lal_27_both_addresses_of_the_same_site_are_kept(lal):
    links = {row["lien"] for row in lal.rows("documents") if row["lien"]}
    assert len(links) == 2


def test_lal_28_no_telephone_number_and_no_address_of_a_person_is_in_the_data(lal):
    assert "@" not in lal.text()
    digits = "".join(char if char.isdigit() else " " for char in lal.text().replace(" ", ""))
    assert not [run for run in digits.split() if len(run) == 10 and run.startswith("0")]


def test_lal_29_both_kinds_of_apostrophes_are_found_by_either(lal):
    assert normalise("n'a") == normalise("n’a")


def test_lal_30_the_axes_of_other_plans_are_no_axes_of_this_convention(lal):
    assert len(lal.rows("axes")) == 4
    assert "pedt" in lal.text()


# --- Quercy Blanc -----------------------------------------------------------------------------


def test_qb_01_announced_and_listed_differ_and_both_are_kept(qb):
    announced = [int(row["fiches_annoncees"]) for row in qb.rows("axes")]
    entered = [len(qb.rows("actions", axe=row["reference"])) for row in qb.rows("axes")]
    assert (announced, sum(announced)) == ([7, 6, 9, 9, 6], 37)
    assert (entered, sum(entered)) == ([9, 6, 10, 6, 4], 35)


def test_qb_02_no_fiche_has_a_code(qb):
    assert {row["code"] for row in qb.rows("actions")} == {""}


def test_qb_03_the_slide_without_a_letter_is_a_fiche_without_objectif(qb):
    (creche,) = [row for row in qb.rows("actions", axe="1") if not row["objectif"]]
    assert "crèche" in creche["intitule"]


def test_qb_04_the_empty_bullet_is_nothing(qb):
    assert all(row["intitule"].strip() for row in qb.rows("actions"))


def test_qb_05_two_actions_without_a_bullet_are_fiches(qb):
    assert len(qb.rows("actions", objectif="1B")) == 2


def test_qb_06_axe_5_has_no_perspective_and_axes_2_and_5_no_third_objectif(qb):
    assert not qb.rows("points", axe="5", nature="perspective")
    letters = {axe: [o["code"] for o in qb.rows("objectifs", axe=axe)] for axe in "12345"}
    assert letters["2"] == letters["5"] == ["A", "B"]


def test_qb_07_titles_without_text_add_nothing(qb):
    agenda = [normalise(row["texte"]) for row in qb.rows("ordre_du_jour")]
    assert agenda[0] == "rappel du contexte"
    assert len(agenda) == 4


def test_qb_08_the_words_of_pilots_are_kept(qb):
    pilots = [row["pilotes"] for row in qb.rows("axes")]
    assert any("Référente-pilote" in words for words in pilots)
    assert any("Mr Delfau" in words and "Référent-pilote" in words for words in pilots)


def test_qb_09_spellings_of_places_stay_where_they_are_printed(qb):
    assert "castelnaud-montratier" in qb.text()
    names = [row["nom"] for row in qb.rows("communes")]
    assert len(names) == len({normalise(name) for name in names})


def test_qb_10_slips_of_the_pen_are_kept(qb):
    assert "snoezelen" in qb.text()
    assert "snozelen" in qb.text()
    assert "seaux de solidarites" in qb.text()


def test_qb_11_ripe_and_rpe_are_one_kind_of_service(qb):
    (relais,) = [row for row in qb.rows("structures") if "RIPE" in row["nom"]]
    assert relais["type"] == "RPE"


def test_qb_12_superscript_marks_are_words(qb):
    assert "^{" not in qb.text()
    assert "3eme lieu" in qb.text()


def test_qb_13_an_achievement_carries_the_year_printed_in_brackets(qb):
    years = {parse_date(r["date"]).annee for r in qb.rows("realisations") if r["date"]}
    assert {2022, 2023} <= years


def test_qb_14_a_phare_that_repeats_a_perspective_takes_it_up(qb):
    followed = [row for row in qb.rows("points", nature="phare") if row["suite_de"]]
    assert len(followed) == 2
    for row in followed:
        assert qb.row("points", reference=row["suite_de"])["nature"] == "perspective"


def test_qb_15_a_point_fort_may_be_a_funder(qb):
    assert [r for r in qb.rows("points", axe="3", nature="fort") if "SDJES" in r["texte"]]


def test_qb_16_the_changing_bullets_of_achievements_change_nothing(qb):
    assert not [r for r in qb.rows("realisations") if r["texte"].startswith(("❖", "•"))]


def test_qb_states_no_status_at_all(qb):
    for column in ("suivi", "realisation", "objectifs_atteints"):
        assert {row[column] for row in qb.rows("actions")} == {""}


def test_qb_perspectives_2024_were_written_by_the_copil_of_2023(qb):
    assert {row["exercice"] for row in qb.rows("points")} == {"2023"}
    copil = qb.row("reunions")
    assert parse_date(copil["date"]).debut == datetime.date(2023, 10, 9)
