"""What changed from one bilan to another: statuses, fiches, indicators, perspectives."""

import dataclasses
import datetime
from decimal import Decimal

import pytest

from actions.enums import Objectifs, Realisation, Suivi
from actions.models import FicheAction
from copil.enums import Devenir, NaturePoint
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from reports import canonical
from reports.comparison import compare_bilans
from reports.models import Bilan
from reports.present import build_present, etat_of, moved_since_last_arrete
from reports.render.html import render_html
from reports.services.arretes import corriger
from reports.tree import build_bilan, nodes
from tests import factories as f

from .builders import TODAY, full_convention

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fiche():
    return f.FicheFactory(
        axe__numero="1",
        code="A1",
        intitule="Ouvrir une crèche",
        suivi=Suivi.EN_COURS,
        realisation=Realisation.PARTIELLEMENT,
    )


@pytest.fixture
def convention(fiche):
    return fiche.axe.convention


def tree_of(convention, exercice=None):
    return build_bilan(convention, exercice, today=TODAY)


def since(before, convention):
    return compare_bilans(before, tree_of(convention))


# --- Fiches -----------------------------------------------------------------------------------


def test_nothing_changed_is_empty():
    tree = tree_of(full_convention(2))
    assert compare_bilans(tree, tree).vide


def test_each_status_that_moved_is_told_and_the_others_are_not(convention, fiche):
    before = tree_of(convention)
    f.FicheFactory(axe=fiche.axe)
    fiche.realisation = Realisation.REALISEE
    fiche.objectifs_atteints = Objectifs.NON_ATTEINTS
    fiche.save()
    (moved,) = since(before, convention).mouvements
    assert (moved.pk, moved.axe, str(moved.fiche)) == (fiche.pk, "Axe 1", "1.A1 Ouvrir une crèche")
    assert [(c.nom, c.avant.label, c.apres.label) for c in moved.changements] == [
        ("Réalisation", "Partiellement réalisée", "Réalisée"),
        ("Objectifs", "Non renseigné", "Non atteints"),
    ]


def test_new_and_dropped_fiches(convention, fiche):
    before = tree_of(convention)
    new = f.FicheFactory(axe=fiche.axe, intitule="Toute nouvelle")
    fiche.archivee = True
    fiche.save()
    found = since(before, convention)
    assert [line.pk for line in found.nouvelles] == [new.pk]
    assert [str(line.fiche) for line in found.disparues] == ["1.A1 Ouvrir une crèche"]
    assert found.mouvements == ()


def test_a_renamed_fiche_in_another_axe_is_the_same_one(convention, fiche):
    before = tree_of(convention)
    fiche.axe = f.AxeFactory(convention=convention, numero="2")
    fiche.intitule, fiche.code = "Ouvrir deux crèches", "B3"
    fiche.save()
    found = since(before, convention)
    assert (found.nouvelles, found.disparues) == ((), ())
    (renamed,) = found.renommees
    assert renamed.ancien_nom == "1.A1 Ouvrir une crèche"
    assert (renamed.axe, str(renamed.fiche)) == ("Axe 2", "2.B3 Ouvrir deux crèches")


def test_trees_without_keys_are_compared_by_their_words(convention, fiche):
    before, after = (strip_keys(tree_of(convention)) for _ in range(2))
    assert compare_bilans(before, after).vide
    fiche.realisation = Realisation.REALISEE
    fiche.save()
    (moved,) = compare_bilans(before, strip_keys(tree_of(convention))).mouvements
    assert moved.pk is None


def strip_keys(tree):
    """The same tree as one that does not know the rows it came from."""

    def bare(fiche):
        return dataclasses.replace(fiche, pk=None)

    axes = tuple(
        dataclasses.replace(
            axe,
            objectifs=tuple(
                dataclasses.replace(one, fiches=tuple(bare(fiche) for fiche in one.fiches))
                for one in axe.objectifs
            ),
        )
        for axe in tree.axes
    )
    return dataclasses.replace(tree, axes=axes)


# --- Indicators -------------------------------------------------------------------------------


@pytest.fixture
def indicateur(convention, fiche):
    indicateur = f.IndicateurFactory(
        convention=convention, fiche=fiche, intitule="Places", unite="places"
    )
    value(indicateur, "2022", 40)
    return indicateur


def value(indicateur, period, number, **kwargs):
    return f.ValeurFactory(
        indicateur=indicateur, periode=parse_periode(period), valeur=number, **kwargs
    )


def test_a_new_value_is_told_with_its_change(convention, indicateur):
    before = tree_of(convention)
    value(indicateur, "2023", 50)
    (line,) = since(before, convention).indicateurs
    assert (line.pk, line.rattachement, line.intitule) == (indicateur.pk, "1.A1", "Places")
    assert [point.label for point in line.nouvelles] == ["2023"]
    assert (line.variation.ecart, line.variation.pourcent) == (10, Decimal("25.0"))
    assert (line.nouveau, line.corrections, line.ancienne_unite) == (False, (), "")


def test_a_corrected_value_is_told_as_such(convention, indicateur):
    before = tree_of(convention)
    corrected = indicateur.valeurs.get()
    corrected.valeur = 45
    corrected.save()
    (line,) = since(before, convention).indicateurs
    ((pair),) = line.corrections
    assert (pair.avant.affichage, pair.apres.affichage) == ("40", "45")
    assert (line.nouvelles, line.variation) == ((), None)


def test_a_new_unit_is_told_and_values_are_not_compared(convention, indicateur):
    before = tree_of(convention)
    value(indicateur, "2023", 5)
    indicateur.unite = "dizaines"
    indicateur.save()
    (line,) = since(before, convention).indicateurs
    assert (line.unite, line.ancienne_unite, line.variation) == ("dizaines", "places", None)


def test_a_new_indicator_is_told_as_new_and_a_forecast_is_no_change(convention, indicateur):
    before = tree_of(convention)
    value(indicateur, "2024", 60, previsionnelle=True)
    other = f.IndicateurFactory(convention=convention, intitule="Berceaux")
    value(other, "2023", 3)
    (line,) = since(before, convention).indicateurs
    assert (line.intitule, line.nouveau, line.variation) == ("Berceaux", True, None)


# --- Perspectives -----------------------------------------------------------------------------


def perspective(convention, **kwargs):
    return f.PointFactory(
        convention=convention, exercice=2023, nature=NaturePoint.PERSPECTIVE, **kwargs
    )


def test_open_perspectives_are_followed_to_their_devenir(convention, fiche):
    axe = fiche.axe
    done = perspective(convention, axe=axe, texte="Agrandir")
    perspective(convention, axe=axe, texte="Former")
    became = perspective(convention, texte="Inventer", devenir=Devenir.EN_COURS)
    perspective(convention, axe=axe, texte="Déjà abandonnée", devenir=Devenir.ABANDONNEE)
    before = tree_of(convention, 2023)
    done.devenir = Devenir.REALISEE
    done.save()
    became.devenir, became.fiche = Devenir.DEVENUE_FICHE, fiche
    became.save()
    lines = since(before, convention).perspectives
    assert [(line.axe, line.texte, line.devenir, line.connu) for line in lines] == [
        ("Axe 1", "Agrandir", "réalisée", True),
        ("Axe 1", "Former", "non renseigné", False),
        ("", "Inventer", "devenue fiche action", True),
    ]
    assert str(lines[2].fiche) == "1.A1 Ouvrir une crèche"


def test_a_perspective_that_a_later_point_takes_up_is_known(convention):
    point = perspective(convention, texte="Recruter")
    before = tree_of(convention, 2023)
    f.PointFactory(convention=convention, exercice=2024, nature=NaturePoint.PHARE, suite_de=point)
    (line,) = since(before, convention).perspectives
    assert (line.devenir, line.connu) == ("élément phare 2024", True)


def test_the_next_exercice_tells_the_perspectives_of_the_one_before(convention):
    point = perspective(convention, texte="Recruter")
    before = tree_of(convention, 2023)
    point.devenir = Devenir.ABANDONNEE
    point.save()
    (line,) = compare_bilans(before, tree_of(convention, 2024)).perspectives
    assert line.devenir == "abandonnée"


# --- What it is called ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reunion", "titre"),
    [
        ("COPIL du 9\u00a0octobre 2023", "Depuis le COPIL du 9\u00a0octobre 2023"),
        ("Comité de pilotage", "Depuis le Comité de pilotage"),
        ("Petit déjeuner", "Depuis «\u00a0Petit déjeuner\u00a0»"),
        ("", "Depuis le bilan arrêté le 9\u00a0octobre 2023"),
    ],
)
def test_the_title_names_the_meeting_or_the_day(convention, reunion, titre):
    day = datetime.date(2023, 10, 9)
    arrete = nodes.Arrete(day, "Camille", nodes.Texte("Favorable"), reunion)
    before = dataclasses.replace(tree_of(convention), arrete=arrete)
    found = since(before, convention)
    assert found.titre == titre
    assert found.depuis_le == day
    assert found.avant.endswith("arrêté le 9\u00a0octobre 2023")
    assert found.apres.endswith("brouillon, état au 21\u00a0novembre 2026")


def test_between_two_trees_of_the_day_the_day_is_named(convention):
    assert since(tree_of(convention), convention).titre == "Depuis le 21\u00a0novembre 2026"


# --- "Depuis le COPIL du…" in the next bilan --------------------------------------------------


def frozen(convention, exercice, **kwargs):
    return f.arrete_of(convention, exercice, **kwargs)


def test_the_next_bilan_tells_what_changed_since_the_last_arrete(convention, fiche):
    instance = f.InstanceFactory(convention=convention, nom="COPIL")
    reunion = f.ReunionFactory(
        convention=convention, titre="", date=parse_date("2023-10-09"), instances=[instance]
    )
    frozen(convention, 2023, reunion=reunion)
    fiche.realisation = Realisation.REALISEE
    fiche.save()
    tree = build_present(convention, 2024, today=TODAY)
    assert tree.depuis.titre == "Depuis le COPIL du 9\u00a0octobre 2023"
    assert len(tree.depuis.mouvements) == 1
    assert ("depuis", tree.depuis.titre) in [(e.ancre, e.intitule) for e in tree.sommaire]
    printed = render_html(tree)
    assert "Depuis le COPIL du 9\u00a0octobre 2023</h1>" in printed
    assert "Partiellement réalisée" in printed


def test_a_bilan_follows_an_earlier_exercice_only_and_the_whole_period_any(convention):
    frozen(convention, 2023)
    assert build_present(convention, 2023, today=TODAY).depuis is None
    frozen(convention, 2024)
    frozen(convention, None)
    assert build_present(convention, 2023, today=TODAY).depuis is None

    def followed(exercice):
        return build_present(convention, exercice, today=TODAY).depuis.avant

    assert "2023" in followed(2024)
    assert "Bilan des actions 2024, arrêté" in followed(2025)
    assert "Bilan des actions 2024, arrêté" in followed(None)


def test_the_last_arrete_of_this_convention_is_followed_and_its_last_version(convention):
    first = frozen(convention, 2022)
    f.arrete_of(f.ConventionFactory(), 2021)
    corriger(
        bilan=first,
        motif="Erreur",
        avis="Favorable",
        auteur=f.UserFactory(),
        now=first.arrete_le,
    )
    tree = build_present(convention, 2023, today=TODAY)
    assert tree.depuis.avant.endswith("version 2")


def test_without_an_arrete_there_is_no_such_part(convention):
    tree = build_present(convention, today=TODAY)
    assert tree.depuis is None
    assert "depuis" not in [entry.ancre for entry in tree.sommaire]


def test_an_arrete_keeps_what_had_changed_before_it(convention, fiche):
    frozen(convention, 2023)
    fiche.realisation = Realisation.REALISEE
    fiche.save()
    second = frozen(convention, 2024)
    kept = Bilan.objects.get(pk=second.pk).tree
    assert len(kept.depuis.mouvements) == 1
    assert canonical.write(kept).texte == second.arbre


# --- For the dashboard ------------------------------------------------------------------------


def present(convention):
    """The fiches of today, as the dashboard gives them to be compared."""
    fiches = FicheAction.objects.of_convention(convention).active().select_related("axe")
    return {
        fiche.pk: etat_of(
            convention, fiche.pk, fiche.axe.numero, fiche.repere, fiche.intitule, vars(fiche)
        )
        for fiche in fiches
    }


def moved(convention):
    return moved_since_last_arrete(convention, lambda: present(convention))


def test_the_fiches_moved_since_the_last_arrete_are_those_of_the_whole_comparison(
    convention, fiche
):
    f.FicheFactory(axe=fiche.axe, archivee=True)
    gone = f.FicheFactory(axe=fiche.axe)
    kept = frozen(convention, 2023)
    fiche.realisation, fiche.intitule = Realisation.REALISEE, "Un autre titre"
    fiche.save()
    gone.archivee = True
    gone.save()
    f.FicheFactory(axe=fiche.axe)
    found = moved(convention)
    whole = since(kept.tree, convention)
    assert (len(found.mouvements), len(found.nouvelles), len(found.disparues)) == (1, 1, 1)
    for name in ("mouvements", "nouvelles", "disparues", "renommees"):
        said = [(one.pk, one.axe, str(one.fiche)) for one in getattr(found, name)]
        assert said == [(one.pk, one.axe, str(one.fiche)) for one in getattr(whole, name)]
    assert found.mouvements[0].changements == whole.mouvements[0].changements
    assert (found.titre, found.depuis_le) == (whole.titre, whole.depuis_le)


@pytest.mark.parametrize("count", [1, 3])
def test_the_dashboard_asks_one_query(convention, fiche, count, django_assert_num_queries):
    f.FicheFactory.create_batch(count, axe=fiche.axe)
    frozen(convention, 2023)
    today = present(convention)
    with django_assert_num_queries(2):
        moved_since_last_arrete(convention, lambda: today)
    with django_assert_num_queries(1):
        assert moved_since_last_arrete(convention, lambda: today).vide


def test_without_an_arrete_the_dashboard_has_no_reference(convention):
    f.BilanFactory(convention=convention)
    assert moved(convention) is None
