"""The tree of the bilan: the rules of time, what never leaves the portal, counts, queries."""

import dataclasses
import datetime
from decimal import Decimal

import pytest
from django.db.models import Model, QuerySet

from actions.enums import Objectifs, Realisation
from actions.models import Document
from axes.enums import TypeTerritoire
from copil.enums import Devenir, EtatDecision, EtatReunion, NaturePoint
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from reports.sigles import texts_of
from reports.tree import build_bilan
from tests import factories as f

from .builders import TODAY, full_convention

pytestmark = pytest.mark.django_db


def bilan(convention, exercice=None):
    return build_bilan(convention, exercice, today=TODAY)


def only_fiche(convention, exercice=None):
    (fiche,) = bilan(convention, exercice).fiches
    return fiche


@pytest.fixture
def fiche():
    return f.FicheFactory(axe__numero="1", code="A2")


@pytest.fixture
def convention(fiche):
    return fiche.axe.convention


# --- Time -----------------------------------------------------------------------------------


def test_exercice_keeps_realisations_of_the_year_and_undated_ones(convention, fiche):
    for date, texte in [
        ("juin 2023", "dans l’année"),
        ("2022-12-31", "veille"),
        ("2022-2023", "à cheval"),
        ("2024", "lendemain"),
    ]:
        f.RealisationFactory(fiche=fiche, date=parse_date(date), texte=texte)
    f.RealisationFactory(fiche=fiche, date=None, texte="sans date")

    def shown(exercice):
        return {done.texte.brut for done in only_fiche(convention, exercice).realisations}

    assert shown(2023) == {"dans l’année", "à cheval", "sans date"}
    assert len(shown(None)) == 5


def test_exercice_keeps_values_up_to_the_year_and_forecasts_apart(convention, fiche):
    indicateur = f.IndicateurFactory(convention=convention, fiche=fiche)
    for year, is_forecast in [(2019, False), (2023, False), (2024, False), (2025, True)]:
        f.ValeurFactory(
            indicateur=indicateur,
            periode=parse_periode(str(year)),
            previsionnelle=is_forecast,
        )
    (serie,) = only_fiche(convention, 2023).indicateurs
    assert [point.annee for point in serie.constatees] == [2019, 2023]
    assert [point.annee for point in serie.previsions] == [2025]
    (serie,) = only_fiche(convention).indicateurs
    assert [point.annee for point in serie.constatees] == [2019, 2023, 2024]


def test_exercice_keeps_the_points_etape_of_the_year(convention, fiche):
    for year in (2022, 2023):
        f.PointEtapeFactory(fiche=fiche, exercice=year, texte=f"écrit en {year}")
    assert [p.texte.brut for p in only_fiche(convention, 2023).points_etape] == ["écrit en 2023"]
    assert [p.exercice for p in only_fiche(convention).points_etape] == [2022, 2023]


def test_perspectives_are_those_of_next_year_and_last_years_come_with_their_devenir(convention):
    axe = convention.axes.get()
    before = f.PointFactory(
        convention=convention,
        axe=axe,
        exercice=2022,
        nature=NaturePoint.PERSPECTIVE,
        texte="Ouvrir une MAM",
        devenir=Devenir.REALISEE,
    )
    f.PointFactory(
        convention=convention,
        axe=axe,
        exercice=2022,
        nature=NaturePoint.PERSPECTIVE,
        texte="Former les équipes",
    )
    f.PointFactory(
        convention=convention,
        axe=axe,
        exercice=2023,
        nature=NaturePoint.PERSPECTIVE,
        texte="Agrandir la MAM",
        suite_de=before,
    )
    f.PointFactory(convention=convention, axe=axe, exercice=2022, texte="Point fort de 2022")
    (annee,) = bilan(convention, 2023).axes[0].annees
    assert (annee.exercice, annee.annee_suivante) == (2023, 2024)
    assert [(p.texte.brut, p.devenir) for p in annee.precedentes] == [
        ("Ouvrir une MAM", "réalisée"),
        ("Former les équipes", "Devenir non renseigné"),
    ]
    assert [(p.texte.brut, p.devenir, p.reprend) for p in annee.perspectives] == [
        ("Agrandir la MAM", "", "Ouvrir une MAM")
    ]
    assert annee.forts == ()
    whole = bilan(convention).axes[0].annees
    assert [year.exercice for year in whole] == [2022, 2023]
    assert all(not year.precedentes for year in whole)


def test_precedentes_are_shown_even_when_the_year_has_no_point_of_its_own(convention):
    f.PointFactory(
        convention=convention,
        axe=convention.axes.get(),
        exercice=2022,
        nature=NaturePoint.PERSPECTIVE,
    )
    (annee,) = bilan(convention, 2023).axes[0].annees
    assert len(annee.precedentes) == 1
    assert not annee.perspectives


def test_statuses_are_the_present_ones_whatever_the_exercice(convention, fiche):
    fiche.realisation = Realisation.REALISEE
    fiche.save()
    assert only_fiche(convention, 2021).realisation.valeur == Realisation.REALISEE


def test_meetings_of_the_year_and_the_open_decisions_of_those_before(convention):
    for date, etat in [("2022-05-02", EtatDecision.A_FAIRE), ("2022-06-02", EtatDecision.FAITE)]:
        reunion = f.ReunionFactory(convention=convention, date=parse_date(date))
        f.DecisionFactory(reunion=reunion, etat=etat, texte=f"décision {etat}")
    f.ReunionFactory(convention=convention, date=parse_date("2023-05-02"), titre="de l’année")
    later = f.ReunionFactory(convention=convention, date=parse_date("2024-05-02"))
    f.DecisionFactory(reunion=later, texte="décision d’après")
    gouvernance = bilan(convention, 2023).gouvernance
    assert [reunion.titre for reunion in gouvernance.reunions] == ["de l’année"]
    assert [decision.texte for decision in gouvernance.a_suivre] == ["décision a_faire"]
    assert len(bilan(convention).gouvernance.reunions) == 4


@pytest.mark.parametrize(
    ("etat", "date", "expected"),
    [
        (EtatReunion.PREVUE, "3 décembre 2026", "comité de pilotage prévu : 3\u00a0décembre 2026"),
        (EtatReunion.TENUE, "9 octobre 2023", "dernier comité de pilotage : 9\u00a0octobre 2023"),
        (EtatReunion.PREVUE, "9 octobre 2023", "comité de pilotage : date non renseignée"),
    ],
)
def test_cover_names_the_copil(convention, etat, date, expected):
    instance = f.InstanceFactory(convention=convention)
    f.ReunionFactory(convention=convention, date=parse_date(date), etat=etat, instances=[instance])
    assert bilan(convention).copil == expected


# --- What never leaves the portal --------------------------------------------------------------


def test_nothing_internal_is_in_the_tree(convention, fiche):
    fiche.notes_internes = "SECRET des notes"
    fiche.save()
    f.CommentaireFactory(fiche=fiche, texte="SECRET d’un commentaire")
    f.DocumentFactory(
        convention=convention,
        fiche=fiche,
        legende="SECRET d’une photo",
        fichier="documents/2024/secret.jpg",
    )
    Document.objects.update(est_photo=True)
    f.FicheFactory(axe=fiche.axe, intitule="SECRET d’une fiche archivée", archivee=True)
    f.FicheFactory(intitule="SECRET d’une autre convention")
    assert not [text for text in texts_of(bilan(convention)) if "secret" in text.lower()]


@pytest.mark.parametrize(
    ("droit", "image"), [(True, "documents/2024/a.jpg"), (False, ""), (None, "")]
)
def test_image_needs_a_droit_image_even_if_nobody_marked_it_as_photo(
    convention, fiche, droit, image
):
    f.DocumentFactory(
        convention=convention, fiche=fiche, fichier="documents/2024/a.jpg", droit_image=droit
    )
    (document,) = only_fiche(convention).documents
    assert (document.image, document.fichier) == (image, "")


def test_linked_archived_fiche_leaves_no_dangling_pointer(convention, fiche):
    archived = f.FicheFactory(axe=fiche.axe, archivee=True)
    other = f.FicheFactory(axe=fiche.axe, intitule="Encore là")
    fiche.fiches_liees.set([archived, other])
    tree = bilan(convention)
    assert [renvoi.intitule for renvoi in tree.fiches[0].liees] == ["Encore là"]


# --- Content ------------------------------------------------------------------------------------


def test_counts_per_status_and_announced_number(convention, fiche):
    axe = fiche.axe
    axe.fiches_annoncees = 4
    axe.save()
    f.FicheFactory(
        axe=axe, realisation=Realisation.REALISEE, objectifs_atteints=Objectifs.PARTIELLEMENT
    )
    f.FicheFactory(axe=axe, archivee=True, realisation=Realisation.REALISEE)
    tree = bilan(convention)
    counts = tree.axes[0].comptes
    assert (counts.fiches, counts.non_renseignees) == (2, 1)
    assert counts.nombre("realisation", Realisation.REALISEE) == 1
    assert counts.nombre("objectifs", Objectifs.PARTIELLEMENT) == 1
    assert counts.nombre("objectifs", "") == 1
    assert tree.axes[0].annonce_differe
    (ecart,) = tree.ecarts
    assert (ecart.imprime, ecart.calcule) == ("4", "2")


def test_fiches_without_objectif_come_last_and_empty_objectifs_stay(convention, fiche):
    objectif = f.ObjectifFactory(axe=fiche.axe, code="A", intitule="Sans fiche")
    (found, rest) = bilan(convention).axes[0].objectifs
    assert (str(found), found.fiches) == (f"{objectif.code}. Sans fiche", ())
    assert (rest.intitule, len(rest.fiches)) == ("", 1)


def test_financements_add_known_amounts_by_nature(convention, fiche):
    for montant, nature in [("1500", "verse"), ("500.50", "verse"), ("900", "prevu"), (None, "")]:
        f.FinancementFactory(fiche=fiche, montant=montant, nature=nature)
    money = only_fiche(convention).financements
    assert money.totaux == (("versé", Decimal("2000.50")), ("prévu", Decimal(900)))
    assert money.sans_montant == 1


def test_printed_change_that_differs_is_said(convention, fiche):
    indicateur = f.IndicateurFactory(
        convention=convention,
        fiche=fiche,
        intitule="Jours d’ouverture",
        variation_imprimee="+36 jours",
    )
    for year, value in [(2019, 60), (2023, 94)]:
        f.ValeurFactory(indicateur=indicateur, periode=parse_periode(str(year)), valeur=value)
    (ecart,) = bilan(convention).ecarts
    assert (ecart.objet, ecart.imprime) == ("1.A2 Jours d’ouverture", "+36 jours")
    assert ecart.calcule == "+\u00a034 (+\u00a056,7\u00a0%)"


def test_same_code_twice_gives_two_anchors(convention, fiche):
    f.FicheFactory(axe=fiche.axe, code=fiche.code)
    anchors = [entry.ancre for entry in bilan(convention).sommaire]
    assert len(anchors) == len(set(anchors))


def test_sigles_are_those_of_the_texts(convention, fiche):
    fiche.contexte = "La Caf et la CAF suivent l’ALSH, pas l’ALSHX."
    fiche.save()
    sigles = dict(bilan(convention).sigles)
    assert {"Caf", "ALSH"} <= sigles.keys()
    assert "CAF" not in sigles
    assert "EAJE" not in sigles


def test_tree_is_plain_and_frozen():
    tree = bilan(full_convention(1, type_territoire=TypeTerritoire.COMMUNE))
    _assert_plain(tree)
    with pytest.raises(dataclasses.FrozenInstanceError):
        tree.exercice = 2023


def _assert_plain(node):
    assert not isinstance(node, (Model, QuerySet, list, dict, set))
    if dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            _assert_plain(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            _assert_plain(item)
    else:
        assert node is None or isinstance(node, (str, int, Decimal, datetime.date))


QUERIES = 32


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("exercice", [None, 2023])
def test_number_of_queries_does_not_grow(django_assert_num_queries, count, exercice):
    convention = full_convention(count, par_objectif=1)
    with django_assert_num_queries(QUERIES):
        tree = bilan(convention, exercice)
    assert len(tree.fiches) == count**2
