"""The page of an axe."""

import re

import pytest
from django.urls import reverse

from actions.enums import Atteint, MeneePar, MotifEcart, Objectifs, Realisation, Suite
from copil.enums import Devenir, NaturePoint
from copil.models import Point
from ctg_portal.lib.periodes import parse_periode
from pilotage.axe_en_bref import tell_axe, tell_devenirs
from tests.factories import (
    AxeFactory,
    FicheFactory,
    FinancementFactory,
    IndicateurFactory,
    ObjectifFactory,
    PiloteFicheFactory,
    PointFactory,
    ResultatAttenduFactory,
    ValeurFactory,
)


def url(plan, axe=None):
    return reverse("pilotage:axe", args=[plan.convention.slug, (axe or plan.axe).pk])


def test_an_anonymous_visitor_is_sent_to_sign_in(client, plan):
    assert client.get(url(plan)).status_code == 302


def test_a_stranger_finds_nothing_and_neither_does_a_member_asking_for_another_convention_s(
    as_user, plan
):
    assert as_user(plan.etranger).get(url(plan)).status_code == 404
    assert as_user(plan.lecteur).get(url(plan, AxeFactory())).status_code == 404


def test_a_wrong_method_is_refused(as_user, plan):
    assert as_user(plan.coordination).post(url(plan)).status_code == 405


def test_announced_and_entered_are_both_said(as_user, plan):
    plan.axe.fiches_annoncees = 7
    plan.axe.save()
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "7\u00a0annoncées, 1\u00a0saisie" in page


@pytest.mark.parametrize(
    ("menee_par", "phrase"),
    [
        (MeneePar.COMMUNE, "Menée par une commune."),
        (MeneePar.TRANSVERSALE, "Menée de façon transversale."),
    ],
)
def test_who_leads_a_fiche_is_said_in_a_sentence(as_user, plan, menee_par, phrase):
    plan.fiche.menee_par = menee_par
    plan.fiche.save()
    assert phrase in as_user(plan.lecteur).get(url(plan)).content.decode()


def test_the_perspectives_of_a_year_say_what_became_of_them(as_user, plan):
    PointFactory(
        convention=plan.convention,
        axe=plan.axe,
        exercice=2023,
        nature=NaturePoint.PERSPECTIVE,
        texte="Ouvrir un guichet unique",
        devenir=Devenir.DEVENUE_FICHE,
        fiche=plan.fiche,
    )
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Perspectives 2024" in page
    assert "Ouvrir un guichet unique" in page
    assert "devenue fiche action" in page


def section(page: str, title: str) -> str:
    """The text of the section that stands under this heading."""
    found = re.search(rf"<h2[^>]*>{title}</h2>.*?</section>", page, re.DOTALL)
    return found[0] if found else ""


def test_each_fiche_stands_once_under_what_became_of_it(as_user, plan):
    names = {
        "Réalisé": FicheFactory(axe=plan.axe, realisation=Realisation.REALISEE),
        "Pas réalisé, et pourquoi": FicheFactory(
            axe=plan.axe, realisation=Realisation.NON_REALISEE
        ),
        "Réalisation non renseignée": plan.fiche,
    }
    partly = FicheFactory(axe=plan.axe, realisation=Realisation.PARTIELLEMENT)
    archived = FicheFactory(axe=plan.axe, realisation=Realisation.REALISEE, archivee=True)
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    for title, fiche in names.items():
        assert page.count(fiche.intitule) == 1
        assert fiche.intitule in section(page, title)
    _before, _title, after = section(page, "Pas réalisé, et pourquoi").partition(
        "Réalisé en partie seulement"
    )
    assert partly.intitule in after
    assert archived.intitule not in page


def test_what_is_not_done_says_why_or_that_nobody_said(as_user, plan):
    FicheFactory(
        axe=plan.axe,
        realisation=Realisation.NON_REALISEE,
        motif_ecart=MotifEcart.FAUTE_DE_PORTEUR,
        analyse_ecarts="Aucune structure n’a répondu.",
        suite=Suite.ARRETER,
    )
    FicheFactory(axe=plan.axe, realisation=Realisation.NON_REALISEE)
    undone = section(
        as_user(plan.lecteur).get(url(plan)).content.decode(), "Pas réalisé, et pourquoi"
    )
    assert "faute de porteur" in undone
    assert "Aucune structure n’a répondu." in undone
    assert "Suite proposée\u00a0: arrêter." in undone
    assert undone.count("Pourquoi\u00a0: non renseigné.") == 1


def test_another_reason_is_only_named_where_nothing_more_is_said(as_user, plan):
    told = {"axe": plan.axe, "realisation": Realisation.NON_REALISEE}
    FicheFactory(motif_ecart=MotifEcart.AUTRE, analyse_ecarts="La commune a préféré.", **told)
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Pourquoi\u00a0:</b>" not in section(page, "Pas réalisé, et pourquoi")
    FicheFactory(motif_ecart=MotifEcart.AUTRE, **told)
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert section(page, "Pas réalisé, et pourquoi").count("Pourquoi\u00a0:</b> autre.") == 1


def test_reached_results_are_counted_only_where_somebody_said(as_user, plan):
    for atteint in (Atteint.OUI, Atteint.NON, ""):
        ResultatAttenduFactory(fiche=plan.fiche, atteint=atteint)
    ResultatAttenduFactory(fiche=plan.fiche, atteint=Atteint.OUI, niveau=2)
    ResultatAttenduFactory(fiche=FicheFactory(axe=plan.axe))
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "1\u00a0résultat attendu atteint sur 3" in page
    assert page.count("attendu") == 1


def test_an_objectif_that_no_fiche_follows_is_still_told(as_user, plan):
    ObjectifFactory(axe=plan.axe, code="Z", intitule="Rapprocher les services")
    planned = section(as_user(plan.lecteur).get(url(plan)).content.decode(), "Ce qui était prévu")
    assert "Z. Rapprocher les services" in planned
    assert "aucune fiche" in planned


def test_the_figures_of_the_fiches_are_there_key_ones_first_archived_ones_not(as_user, plan):
    plain = IndicateurFactory(convention=plan.convention, fiche=plan.fiche, intitule="Second")
    key = IndicateurFactory(
        convention=plan.convention, fiche=plan.fiche, intitule="Premier", cle=True
    )
    IndicateurFactory(
        convention=plan.convention,
        fiche=FicheFactory(axe=plan.axe, archivee=True),
        intitule="Rangé",
    )
    IndicateurFactory(convention=plan.convention, intitule="Ailleurs")
    for indicateur in (plain, key):
        for year, value in (("2019", 200), ("2022", 150)):
            ValeurFactory(indicateur=indicateur, periode=parse_periode(year), valeur=value)
    figures = section(as_user(plan.lecteur).get(url(plan)).content.decode(), "Chiffres clés")
    assert figures.index("Premier") < figures.index("Second")
    assert "<b>En baisse</b>" in figures
    assert "Rangé" not in figures
    assert "Ailleurs" not in figures


def test_last_year_s_perspectives_stand_in_the_year_that_followed(as_user, plan):
    for nature, exercice, devenir in (
        (NaturePoint.PERSPECTIVE, 2022, Devenir.REALISEE),
        (NaturePoint.PERSPECTIVE, 2022, ""),
        (NaturePoint.FORT, 2023, ""),
        (NaturePoint.PHARE, 2023, ""),
    ):
        PointFactory(
            convention=plan.convention,
            axe=plan.axe,
            exercice=exercice,
            nature=nature,
            devenir=devenir,
            texte=f"{nature} {exercice} {devenir or 'ouvert'}",
        )
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    year = section(page, "Points de l’année 2023")
    assert "Ce que sont devenues les perspectives 2023" in year
    assert (
        "Sur 2\u00a0perspectives\u00a0: 1\u00a0réalisée et 1\u00a0sans devenir renseigné." in year
    )
    assert "perspective 2022 realisee" in year
    assert "phare 2023" in year
    assert "<details" not in year
    assert "<details" in section(page, "Points de l’année 2022")


def test_a_reader_is_offered_nothing_to_write(as_user, plan):
    PointFactory(
        convention=plan.convention, axe=plan.axe, nature=NaturePoint.PERSPECTIVE, devenir=""
    )
    page = as_user(plan.lecteur).get(url(plan)).content.decode()
    assert "Ajouter un point" not in page
    assert "<select" not in page
    assert "Ajouter un point" in as_user(plan.coordination).get(url(plan)).content.decode()


# --- En bref ----------------------------------------------------------------------------------


def fiches(*rows):
    return [FicheFactory.build(axe=None, **row) for row in rows]


DONE = {"realisation": Realisation.REALISEE}
PARTLY = {"realisation": Realisation.PARTIELLEMENT}
UNDONE = {"realisation": Realisation.NON_REALISEE}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [DONE, DONE, PARTLY, UNDONE, {}],
            (
                "Sur 5 fiches actions, 2 sont réalisées, 1 l’est en partie et 1 n’est pas"
                " réalisée. Pour 1, la réalisation n’est pas renseignée."
            ),
        ),
        ([PARTLY, PARTLY], "Sur 2 fiches actions, 2 sont réalisées en partie."),
        ([UNDONE], "Sur 1 fiche action, 1 n’est pas réalisée."),
        ([{}, {}], "Sur 2 fiches actions, aucune n’a encore de réalisation renseignée."),
        ([], "Aucune fiche action n’est encore saisie."),
    ],
)
def test_the_first_sentence_says_how_much_is_done(rows, sentence):
    assert tell_axe(fiches(*rows))[0].replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [
                UNDONE | {"motif_ecart": MotifEcart.FAUTE_DE_MOYENS},
                PARTLY | {"motif_ecart": MotifEcart.FAUTE_DE_MOYENS},
                UNDONE,
            ],
            (
                "Raisons données : faute de moyens (2). Pour 1 fiche non réalisée ou réalisée"
                " en partie, la raison n’est pas renseignée."
            ),
        ),
        ([UNDONE, UNDONE], "La raison des écarts n’est pas renseignée."),
        (
            [UNDONE | {"analyse_ecarts": "Le Covid."}],
            "La raison des écarts est dite en remarque, fiche par fiche.",
        ),
    ],
)
def test_the_second_says_why_and_never_invents_it(rows, sentence):
    assert tell_axe(fiches(*rows))[1].replace("\u00a0", " ") == sentence


def test_nothing_is_said_of_gaps_nor_of_what_follows_where_there_is_none():
    told = tell_axe(fiches(DONE | {"motif_ecart": MotifEcart.AUTRE}))
    assert len(told) == 2
    assert told[1] == "L’atteinte des objectifs n’est renseignée pour aucune fiche."


def test_objectifs_and_what_follows_are_told_with_their_counts():
    told = tell_axe(
        fiches(
            DONE | {"objectifs_atteints": Objectifs.ATTEINTS, "suite": Suite.POURSUIVRE},
            DONE | {"objectifs_atteints": Objectifs.NON_ATTEINTS, "suite": Suite.POURSUIVRE},
            DONE | {"suite": Suite.ARRETER},
        )
    )
    assert told[1:] == [
        "Les objectifs sont atteints pour 1, non atteints pour 1 et non renseignés pour 1.",
        "Pour la suite, il est proposé de poursuivre (2) et arrêter (1).",
    ]


def test_without_a_perspective_nothing_is_told_of_them():
    assert tell_devenirs([]) == ""
    assert tell_devenirs([Point(devenir=Devenir.DEVENUE_FICHE)]) == (
        "Sur 1\u00a0perspective\u00a0: 1\u00a0devenue fiche action."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_user, plan, django_assert_num_queries, count):
    for _ in range(count):
        fiche = FicheFactory(axe=plan.axe, objectif=ObjectifFactory(axe=plan.axe))
        PiloteFicheFactory(fiche=fiche)
        ResultatAttenduFactory(fiche=fiche, atteint=Atteint.OUI)
        FinancementFactory(fiche=fiche)
        PointFactory(convention=plan.convention, axe=plan.axe, fiche=fiche)
        ValeurFactory(indicateur=IndicateurFactory(convention=plan.convention, fiche=fiche))
    client = as_user(plan.lecteur)
    client.get(url(plan))
    with django_assert_num_queries(12):
        client.get(url(plan))
