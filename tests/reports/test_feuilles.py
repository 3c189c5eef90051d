"""What the sheets keep of a fiche and of an axe, level by level, before anything is drawn."""

import dataclasses
import itertools
from decimal import Decimal

import pytest

from reports.feuilles.axe import build_axe
from reports.feuilles.choix import Feuille, choose_levels
from reports.feuilles.coupes import Fait, Lignes, Passage, latest_facts, noms
from reports.feuilles.fiche import build_fiche
from reports.feuilles.niveaux import NIVEAUX_AXE, NIVEAUX_FICHE
from reports.feuilles.selection import FeuilleAbsente, find_axe, find_fiche, places_of, with_axe
from reports.tree import nodes
from reports.tree.nodes import Texte

from .extreme import TEXTE_6000, extreme_tree, large_tree, printable_tree
from .trees import sample

FULL, BRIEF = NIVEAUX_FICHE[0], NIVEAUX_FICHE[-2]
STATUT = nodes.Statut("realisee", "Réalisée", "carre-oui", "oui")


def sheet_of(fiche, niveau=FULL, **kwargs):
    axe = sample(nodes.Axe)
    return build_fiche(axe, axe.objectifs[0], fiche, niveau, accent="bleu", **kwargs)


def a_fiche(**kwargs):
    """A fiche with nothing but its title."""
    empty = {
        field.name: () if isinstance(value, tuple) else Texte() if isinstance(value, Texte) else ""
        for field in dataclasses.fields(nodes.Fiche)
        if isinstance(value := getattr(sample(nodes.Fiche), field.name), str | tuple | Texte)
    }
    fiche = dataclasses.replace(sample(nodes.Fiche), **empty, financements=nodes.Financements())
    return dataclasses.replace(fiche, intitule="Une fiche", **kwargs)


def done(date="", texte="Un fait.", niveau=1):
    return nodes.Realisation(date, "", Texte(texte), niveau, "")


def facts(*dates):
    return [Fait(date, 1, Passage(Texte(date), 100), "") for date in dates]


# --- Cutting ----------------------------------------------------------------------------------


def test_a_text_that_fits_stays_as_it_was_typed():
    passage = Passage(Texte("Un **mot** gras."), 100)
    assert passage.html == "<p>Un <strong>mot</strong> gras.</p>"
    assert passage.mots == "Un mot gras."
    assert not passage.coupe


def test_a_long_text_keeps_its_first_words_alone():
    passage = Passage(Texte("Un **mot** gras, puis <beaucoup> d’autres."), 22)
    assert passage.html == "<p>Un mot gras, puis…</p>"
    assert passage.coupe


def test_short_lines_count_for_the_place_they_take():
    assert Passage(Texte("- a\n" * 20), 200).coupe
    assert not Passage(Texte("a " * 20), 200).coupe


def test_a_text_of_which_nothing_is_kept_is_cut_and_empty():
    assert not Passage(Texte("Un mot."), 0)
    assert Passage(Texte("Un mot."), 0).coupe
    assert Passage(Texte("Un mot."), 0).html == ""
    assert not Passage(Texte(" "), 0).coupe


def test_names_that_are_left_are_counted():
    assert noms(["Aa", "Bb"], 20) == "Aa, Bb"
    assert noms(["Aa", "Bb", "Cc", "Dd"], 6) == "Aa, Bb et 2\u00a0autres"
    assert noms(["Aa", "Bb"], 3) == "Aa et 1\u00a0autre"
    assert noms(["anti" * 30], 10) == "antiantia…"
    assert noms([], 10) == ""


def test_the_latest_facts_stay_in_their_order():
    found = facts("2021", "", "9 octobre 2023", "juin 2019", "hiver 2022")
    assert [fact.date for fact in latest_facts(found, 3)] == [
        "2021",
        "9 octobre 2023",
        "hiver 2022",
    ]
    assert latest_facts(found, 9) == found


def test_a_detail_goes_with_the_fact_above_it():
    found = [Fait("2020", 1, Passage(Texte("a"), 9), ""), Fait("", 2, Passage(Texte("b"), 9), "")]
    found += facts("2019", "2018")
    assert latest_facts(found, 2) == found[:2]
    assert latest_facts(found, 1) == found[:1]


def test_lists_say_how_many_lines_they_leave_out():
    assert Lignes.premieres("abc", 2) == Lignes(("a", "b"), 1)
    assert Lignes.dernieres("abc", 2) == Lignes(("b", "c"), 1)
    assert Lignes.dernieres("abc", 0) == Lignes((), 3)
    assert Lignes.premieres("abc", 9) == Lignes.dernieres("abc", 9) == Lignes(tuple("abc"), 0)
    assert not Lignes()


# --- Levels -----------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [NIVEAUX_FICHE, NIVEAUX_AXE], ids=["fiche", "axe"])
def test_no_level_keeps_more_than_the_one_before(levels):
    for before, after in itertools.pairwise(levels):
        for field in dataclasses.fields(before):
            assert getattr(after, field.name) <= getattr(before, field.name), field.name
    assert levels[-1] != levels[-2]


def sheets_that_fit_from(*levels):
    """Sheets of 16 levels, each of two pages until its own; and what has been laid out."""
    drawn = []

    def sheet(rank):
        return Feuille(1, 16, lambda level: drawn.append(level) or f"{rank}:{level}")

    def count_pages(sections):
        found = (map(int, section.split(":")) for section in sections)
        return [1 if level >= levels[rank] else 2 for rank, level in found]

    return [sheet(rank) for rank in range(len(levels))], count_pages, drawn


def test_each_sheet_has_the_first_level_that_fits():
    wanted = list(range(16))
    sheets, count_pages, drawn = sheets_that_fit_from(*wanted)
    assert choose_levels(sheets, count_pages) == wanted
    assert len(drawn) <= 5 * len(wanted)


def test_a_sheet_that_holds_everything_is_laid_out_once():
    sheets, count_pages, drawn = sheets_that_fit_from(0)
    assert choose_levels(sheets, count_pages) == [0]
    assert drawn == [0]


def test_no_sheet_needs_no_layout():
    assert choose_levels([], None) == []


# --- A fiche ----------------------------------------------------------------------------------


def test_at_the_first_level_nothing_is_left_out():
    fiche = dataclasses.replace(sample(nodes.Fiche))
    sheet = sheet_of(fiche)
    assert sheet.suite == ()
    assert sheet.faits_omis == sheet.volets_omis == 0
    for lines in (sheet.resultats, sheet.etapes):
        assert lines.omises == 0
    assert sheet.series.omises == 0
    assert {name for name, _ in sheet.reperes} >= {"Pilotage", "Partenaires", "Communes"}
    assert [group.titre for group in sheet.groupes] == ["", fiche.volets[0].titre]


def test_what_the_last_level_leaves_out_is_counted_and_named():
    fiche = a_fiche(
        contexte=Texte(TEXTE_6000),
        analyse=Texte(TEXTE_6000),
        realisations=tuple(done(str(year)) for year in range(2010, 2020)),
        points_etape=(nodes.PointEtape(2023, Texte("Un point.")),),
        resultats=(nodes.Resultat("Un résultat", "", 1, "", STATUT, renseigne=True),) * 6,
    )
    sheet = sheet_of(fiche, BRIEF)
    assert sheet.suite == ("contexte", "écarts et analyse")
    assert [fact.date for group in sheet.groupes for fact in group.faits] == [
        "2018",
        "2019",
    ]
    assert sheet.faits_omis == 8
    assert sheet.etapes == Lignes((), 1)
    assert sheet.resultats.omises == 4


def test_an_empty_fiche_says_only_what_a_fiche_always_says():
    sheet = sheet_of(a_fiche())
    assert sheet.reperes == (("Pilotage", "non renseigné"), ("Communes", "tout le territoire"))
    assert not any(
        (sheet.cadre, sheet.resultats, sheet.groupes, sheet.etapes, sheet.series, sheet.analyse)
    )
    assert sheet.suite == ()


def test_a_volet_is_told_by_what_is_kept_of_it():
    volets = (
        nodes.Volet("Ancien", Texte(""), (done("2015"),), (), ()),
        nodes.Volet("Récent", Texte(""), (done("2022"), done("2023"), done("2024")), (), ()),
    )
    sheet = sheet_of(a_fiche(volets=volets), BRIEF)
    assert [group.titre for group in sheet.groupes] == ["Récent"]
    assert (sheet.faits_omis, sheet.volets_omis) == (2, 1)


def test_money_is_totalled_in_the_order_of_its_life():
    line = nodes.Financement("Caf", "", "", Decimal(1), None, "versé")
    totals = (("", Decimal(4)), ("versé", Decimal(3)), ("prévu", Decimal(1)))
    sheet = sheet_of(a_fiche(financements=nodes.Financements((line,), totals, 2)))
    assert [nature for nature, _ in sheet.totaux] == ["prévu", "versé", ""]
    assert sheet.sans_montant == 2


def test_photos_stand_in_the_first_level_only_and_are_counted_in_the_others():
    photos = tuple(nodes.Document(f"Photo {rank}", image=f"{rank}.jpg") for rank in range(5))
    fiche = a_fiche(documents=(*photos, nodes.Document("Sans image")))
    names = [f"{rank}.jpg" for rank in range(1, 5)]
    assert [one.legende for one in sheet_of(fiche, images=names).photos.lignes] == [
        "Photo 1",
        "Photo 2",
        "Photo 3",
    ]
    assert sheet_of(fiche, images=names).photos.omises == 1
    assert sheet_of(fiche, NIVEAUX_FICHE[1], images=names).photos == Lignes((), 4)


# --- An axe -----------------------------------------------------------------------------------


def with_statuses(*values, **kwargs):
    axe = sample(nodes.Axe)
    fiches = tuple(
        a_fiche(
            ancre=f"fiche-1-{rank}",
            realisation=dataclasses.replace(STATUT, valeur=value),
            motif_ecart=motif,
            realisations=realisations,
        )
        for rank, (value, motif, realisations) in enumerate(values)
    )
    objectif = dataclasses.replace(axe.objectifs[0], fiches=fiches)
    return dataclasses.replace(axe, objectifs=(objectif,), **kwargs)


def test_what_is_done_and_what_is_not_stand_apart():
    axe = with_statuses(
        ("realisee", "", (done("2021"), done("2023"))),
        ("partiellement", "faute de moyens", ()),
        ("non_realisee", "", ()),
        ("", "", (done("2020"),)),
        ("", "", ()),
    )
    sheet = build_axe(axe, NIVEAUX_AXE[0], accent="bleu")
    assert [one.fiche.ancre[-1] for one in sheet.faites.lignes] == ["0", "1", "3"]
    assert [one.fait and one.fait.date for one in sheet.faites.lignes] == ["2023", None, "2020"]
    assert [one.fiche.ancre[-1] for one in sheet.non_faites.lignes] == ["1", "2"]
    assert len(sheet.table.lignes) == 5
    assert [row.objectif != "" for row in sheet.table.lignes] == [True] + [False] * 4


def test_the_points_are_those_of_the_latest_exercice():
    years = tuple(
        nodes.PointsAnnee(year, forts=(nodes.Point(Texte(f"Fort {year}")),))
        for year in (2021, 2023, 2022)
    )
    sheet = build_axe(with_statuses(annees=years), NIVEAUX_AXE[0], accent="bleu")
    assert sheet.points.annee.exercice == 2023
    assert sheet.points.autres == (2021, 2022)
    assert [title for title, _ in sheet.points.listes] == ["Points forts"]
    assert build_axe(with_statuses(annees=()), NIVEAUX_AXE[0], accent="bleu").points is None


def test_the_last_level_of_a_large_axe_counts_what_it_leaves():
    axe = large_tree(1, 60).axes[0]
    sheet = build_axe(axe, NIVEAUX_AXE[-1], accent="bleu")
    assert len(sheet.table.lignes) + sheet.table.omises == 60
    assert sheet.table.omises > 0
    assert len(sheet.faites.lignes) + sheet.faites.omises == 60


# --- Finding them -----------------------------------------------------------------------------


def test_a_fiche_is_found_by_its_row_with_what_stands_above_it():
    tree = printable_tree()
    fiche = dataclasses.replace(tree.fiches[0], pk=7)
    objectif = dataclasses.replace(tree.axes[0].objectifs[0], fiches=(fiche,))
    axe = dataclasses.replace(tree.axes[0], objectifs=(objectif,))
    tree = dataclasses.replace(tree, axes=(axe,))
    place = find_fiche(tree, 7)
    assert (place.axe, place.objectif, place.fiche) == (axe, objectif, fiche)
    with pytest.raises(FeuilleAbsente):
        find_fiche(tree, 8)


def test_an_axe_is_found_by_its_anchor():
    tree = large_tree(3, 2)
    assert find_axe(tree, "axe-2") is tree.axes[1]
    assert with_axe(tree, "axe-2").axes == (tree.axes[1],)
    assert len(list(places_of(tree.axes[1]))) == 2
    with pytest.raises(FeuilleAbsente):
        find_axe(tree, "axe-4")


def test_hard_texts_are_never_longer_than_their_level():
    (fiche,) = extreme_tree().fiches
    sheet = sheet_of(fiche, BRIEF)
    for morceau in sheet.cadre:
        assert len(morceau.passage.mots) <= BRIEF.cadre
    for name, value in sheet.reperes:
        assert len(value) <= BRIEF.liste + len(" et 99 autres"), name
