"""The entry grid: who opens it, what it shows, and that a save is whole or nothing."""

from decimal import Decimal
from html.parser import HTMLParser

import pytest
import time_machine
from django.urls import reverse

from axes.enums import Role
from ctg_portal.lib.periodes import parse_periode
from indicators.grille import CASES_MAX
from indicators.models import Valeur
from journal.models import Entree
from pilotage.grille import COLONNES_MAX
from tests.factories import (
    AxeFactory,
    FicheFactory,
    IndicateurFactory,
    StructureFactory,
    ValeurFactory,
    member,
)

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _in_2023():
    with time_machine.travel("2023-06-15 10:00", tick=True):
        yield


def value(indicateur, periode, nombre, **champs) -> Valeur:
    return ValeurFactory(
        indicateur=indicateur, periode=parse_periode(periode), valeur=nombre, **champs
    )


def url(plan, query="") -> str:
    return reverse("pilotage:grille", args=[plan.convention.slug]) + query


@pytest.fixture
def indicateur(plan):
    """60 in 2020, 94 in 2022 with a note, of the fiche that the contributor keeps."""
    indicateur = IndicateurFactory(
        convention=plan.convention, fiche=plan.fiche, intitule="Jours d’ouverture", unite="jours"
    )
    value(indicateur, "2020", 60)
    value(indicateur, "2022", 94, note="mercredis compris")
    return indicateur


class Inputs(HTMLParser):
    """Reads the inputs of the cells, by name."""

    def __init__(self):
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "input" and "case-" in attrs.get("name", ""):
            self.found[attrs["name"]] = attrs["value"]


def cells(page) -> dict[str, str]:
    """What a browser would send back: the cells and their opening contents."""
    parser = Inputs()
    parser.feed(page.content.decode())
    return parser.found


def post(client, plan, typed, query=""):
    data = cells(client.get(url(plan, query)))
    assert typed.keys() <= data.keys()
    return client.post(url(plan, query), data | typed)


def stored(indicateur) -> dict[str, Decimal]:
    return {v.periode.code: v.valeur for v in Valeur.objects.filter(indicateur=indicateur)}


# --- Who gets in ---


def test_an_anonymous_visitor_is_asked_to_sign_in(client, plan):
    assert client.get(url(plan))["Location"].startswith("/comptes/connexion/")


def test_a_stranger_finds_nothing(as_user, plan, indicateur):
    client = as_user(plan.etranger)
    assert client.get(url(plan)).status_code == 404
    assert client.post(url(plan), {f"case-{indicateur.pk}-2021": "1"}).status_code == 404
    assert len(stored(indicateur)) == 2


def test_a_reader_neither_opens_nor_writes(as_user, plan, indicateur):
    client = as_user(plan.lecteur)
    assert client.get(url(plan)).status_code == 403
    assert client.post(url(plan), {f"case-{indicateur.pk}-2021": "1"}).status_code == 403
    assert (
        "Saisir dans une grille"
        not in client.get(
            reverse("pilotage:indicateurs", args=[plan.convention.slug])
        ).content.decode()
    )
    assert len(stored(indicateur)) == 2


def test_wrong_methods_are_refused(as_user, plan):
    assert as_user(plan.coordination).put(url(plan)).status_code == 405


def test_everybody_sees_the_rows_that_she_edits_and_no_other(as_user, plan, indicateur):
    elsewhere = FicheFactory(axe=AxeFactory(convention=plan.convention))
    IndicateurFactory(convention=plan.convention, fiche=elsewhere, intitule="Ailleurs")
    IndicateurFactory(convention=plan.convention, intitule="Habitants")
    IndicateurFactory(intitule="D’une autre convention")
    seen = {
        plan.coordination: ["Habitants", "Jours d’ouverture", "Ailleurs"],
        member(plan.convention, Role.REFERENT, axes=[plan.axe]): ["Jours d’ouverture"],
        plan.contributeur: ["Jours d’ouverture"],
        member(plan.convention, Role.CONTRIBUTEUR): [],
    }
    for user, titles in seen.items():
        page = as_user(user).get(url(plan))
        rows = [row for group in page.context["grille"].groupes for row in group.lignes]
        assert [row.indicateur.intitule for row in rows] == titles


@pytest.mark.parametrize("who", ["contributeur", "coordination"])
def test_a_cell_of_somebody_else_s_indicator_is_refused(as_user, plan, indicateur, who):
    others = {
        "contributeur": IndicateurFactory(
            convention=plan.convention, fiche=FicheFactory(axe=plan.axe)
        ),
        "coordination": IndicateurFactory(),
    }
    typed = {f"case-{others[who].pk}-2021": "1", f"case-{indicateur.pk}-2021": "70"}
    assert as_user(getattr(plan, who)).post(url(plan), typed).status_code == 403
    assert Valeur.objects.count() == 2


# --- What it shows ---


def test_a_cell_shows_what_it_holds_in_the_notation(as_user, plan, indicateur):
    value(indicateur, "2023", 36424, previsionnelle=True, partielle=True)
    page = as_user(plan.coordination).get(url(plan))
    found = cells(page)
    assert found[f"case-{indicateur.pk}-2022"] == "94 (mercredis compris)"
    assert found[f"initial-case-{indicateur.pk}-2022"] == "94 (mercredis compris)"
    assert found[f"case-{indicateur.pk}-2023"] == f"36{NBSP}424 p prév"
    assert found[f"case-{indicateur.pk}-2021"] == ""
    assert f"initial-case-{indicateur.pk}-2021" not in found
    content = page.content.decode()
    assert 'class="prevue" data-p="2023"' in content
    assert f"+{NBSP}56,7{NBSP}%" in content


def columns(page) -> list[str]:
    return [column.periode.code for column in page.context["grille"].colonnes]


def test_the_columns_are_the_years_of_the_convention_and_those_with_values(
    as_user, plan, indicateur
):
    value(indicateur, "2018", 1)
    IndicateurFactory(convention=plan.convention, periodicite="scolaire")
    value(IndicateurFactory(convention=plan.convention, periodicite="ponctuelle"), "2022-12", 3)
    page = as_user(plan.coordination).get(url(plan, "?periodes=2017, 2019/2020"))
    assert columns(page) == [
        "2017", "2018", "2020", "2021", "2022", "2023", "2024",
        "2019/2020", "2020/2021", "2021/2022", "2022/2023", "2023/2024",
        "2022-12",
    ]  # fmt: skip
    assert page.content.decode().count("hors convention") == 2


def test_a_convention_without_dates_still_has_columns(as_user, plan, indicateur):
    plan.convention.debut = plan.convention.fin = None
    plan.convention.save()
    assert columns(as_user(plan.coordination).get(url(plan))) == ["2020", "2021", "2022", "2023"]


def test_a_period_that_cannot_be_read_is_said_beside_its_field(as_user, plan, indicateur):
    page = as_user(plan.coordination).get(url(plan, "?periodes=hier"))
    assert "Écrivez une année" in page.content.decode()


def test_the_filters_are_those_of_the_list(as_user, plan, indicateur):
    structure = StructureFactory(convention=plan.convention)
    IndicateurFactory(convention=plan.convention, structure=structure, intitule="Habitants")
    client = as_user(plan.coordination)
    for query, titles in {
        f"?axe={plan.axe.pk}": ["Jours d’ouverture"],
        f"?structure={structure.pk}": ["Habitants"],
        f"?structure={structure.pk}&axe={plan.axe.pk}": [],
    }.items():
        page = client.get(url(plan, query))
        rows = [row for group in page.context["grille"].groupes for row in group.lignes]
        assert [row.indicateur.intitule for row in rows] == titles
    assert "Aucun indicateur avec ces filtres" in page.content.decode()
    listed = client.get(
        reverse("pilotage:indicateurs", args=[plan.convention.slug]), {"axe": plan.axe.pk}
    )
    assert f'href="{url(plan)}?axe={plan.axe.pk}"' in listed.content.decode()


def test_sixty_rows_make_a_page_and_many_columns_make_fewer(as_user, plan):
    IndicateurFactory.create_batch(61, convention=plan.convention)
    client = as_user(plan.coordination)
    assert client.get(url(plan)).context["grille"].page.paginator.num_pages == 2
    assert len(client.get(url(plan, "?page=2")).context["grille"].groupes[0].lignes) == 1
    months = IndicateurFactory(convention=plan.convention, periodicite="mensuelle")
    for year in range(2020, 2024):
        for month in range(1, 13):
            value(months, f"{year}-{month:02d}", month)
    page = client.get(url(plan, "?periodes=2017"))
    assert len(columns(page)) == COLONNES_MAX
    assert "2017" in columns(page)
    assert "2020-01" not in columns(page)
    assert "dernières périodes" in page.content.decode()
    assert len(cells(page)) < 1_900


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_asks_the_same_queries_whatever_its_length(
    as_user, plan, django_assert_num_queries, count
):
    for fiche in FicheFactory.create_batch(count, axe=plan.axe):
        value(IndicateurFactory(convention=plan.convention, fiche=fiche), "2022", 4)
    client = as_user(plan.coordination)
    with django_assert_num_queries(9):
        client.get(url(plan))


# --- Saving ---


def test_a_grid_is_saved_at_once_and_says_what_it_did(as_user, plan, indicateur):
    client = as_user(plan.contributeur)
    response = post(
        client,
        plan,
        {
            f"case-{indicateur.pk}-2020": "",
            f"case-{indicateur.pk}-2021": f"~1{NBSP}070 (mercredis compris)",
            f"case-{indicateur.pk}-2022": "95 jours",
        },
        f"?axe={plan.axe.pk}",
    )
    assert (response.status_code, response["Location"]) == (302, url(plan, f"?axe={plan.axe.pk}"))
    assert stored(indicateur) == {"2021": 1070, "2022": 95}
    page = client.get(response["Location"]).content.decode()
    assert f"Grille enregistrée{NBSP}: 3{NBSP}valeurs (1 ajoutée, 1 modifiée, 1 supprimée)." in page
    assert Entree.objects.filter(actor=plan.contributeur, fiche_pk=plan.fiche.pk).count() == 3


def test_an_untouched_grid_changes_nothing(as_user, plan, indicateur):
    before = Entree.objects.count()
    client = as_user(plan.coordination)
    response = post(client, plan, {})
    assert response.status_code == 302
    assert "Rien n’avait changé" in client.get(response["Location"]).content.decode()
    assert Entree.objects.count() == before


def test_three_bad_cells_write_nothing_and_are_all_shown(as_user, plan, indicateur):
    names = [f"case-{indicateur.pk}-{year}" for year in range(2020, 2025)]
    typed = dict(zip(names, ["61", "douze", "12,5", "(fermé)", "99"], strict=True))
    client = as_user(plan.coordination)
    response = post(client, plan, typed)
    assert response.status_code == 422
    assert stored(indicateur) == {"2020": 60, "2022": 94}
    page = response.content.decode()
    assert "3 points à corriger" in page
    for year, reason in {
        "2021": "n’est pas une valeur",
        "2022": "sans décimale",
        "2023": "Indiquez un nombre",
    }.items():
        name = f"case-{indicateur.pk}-{year}"
        (link,) = [line for line in page.splitlines() if f'href="#{name}"' in line]
        assert f"Jours d’ouverture, {year}{NBSP}: " in link
        assert reason in link
        assert (
            f'id="{name}" aria-invalid="true" aria-describedby="e-{indicateur.pk}-{year}"' in page
        )
    found = cells(response)
    assert {name: found[name] for name in names} == typed
    assert found[f"initial-case-{indicateur.pk}-2022"] == "94 (mercredis compris)"


def test_a_refused_grid_keeps_what_it_was_opened_with(as_user, plan, indicateur):
    """A colleague's change in the meantime is not taken for what this person saw."""
    client = as_user(plan.coordination)
    data = cells(client.get(url(plan)))
    Valeur.objects.filter(indicateur=indicateur, periode="2020").update(valeur=66)
    typed = {f"case-{indicateur.pk}-2020": "61", f"case-{indicateur.pk}-2021": "douze"}
    refused = client.post(url(plan), data | typed)
    again = cells(refused)
    assert again[f"initial-case-{indicateur.pk}-2020"] == "60"
    response = client.post(url(plan), again | {f"case-{indicateur.pk}-2021": ""})
    assert response.status_code == 409


def test_two_people_on_one_cell_see_both_contents(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    data = cells(client.get(url(plan)))
    Valeur.objects.filter(indicateur=indicateur, periode="2020").update(valeur=66)
    typed = {f"case-{indicateur.pk}-2020": "61", f"case-{indicateur.pk}-2021": "70"}
    response = client.post(url(plan), data | typed)
    assert response.status_code == 409
    (conflict,) = response.context["saisie"].conflits
    assert (conflict["nom"], conflict["actuel"], conflict["propose"]) == (
        "Jours d’ouverture, 2020", "66", "61",
    )  # fmt: skip
    assert stored(indicateur) == {"2020": 66, "2022": 94}
    assert client.post(url(plan), cells(response)).status_code == 302
    assert stored(indicateur) == {"2020": 61, "2021": 70, "2022": 94}


def test_a_grid_that_lost_its_opening_contents_overwrites_nothing(as_user, plan, indicateur):
    response = as_user(plan.coordination).post(url(plan), {f"case-{indicateur.pk}-2020": "61"})
    assert response.status_code == 409
    assert stored(indicateur)["2020"] == 60


def test_too_many_changes_at_once_are_refused(as_user, plan):
    rows = IndicateurFactory.create_batch(51, convention=plan.convention)
    typed = {f"case-{row.pk}-{year}": "1" for row in rows for year in range(2015, 2025)}
    assert len(typed) == 510 > CASES_MAX
    response = as_user(plan.coordination).post(url(plan), typed)
    assert response.status_code == 422
    assert f"510 cases ont changé{NBSP}: enregistrez-en 500 à la fois" in response.content.decode()
    assert not Valeur.objects.exists()
    assert set(cells(response).values()) == {"1"}


def test_names_that_are_no_cells_are_left_aside(as_user, plan, indicateur):
    typed = {f"case-{indicateur.pk}-hier": "1", "case-x-2021": "1", "case-": "1", "autre": "1"}
    assert as_user(plan.coordination).post(url(plan), typed).status_code == 302
    assert len(stored(indicateur)) == 2


def test_what_is_typed_is_escaped_when_it_comes_back(as_user, plan, indicateur):
    typed = {f"case-{indicateur.pk}-2021": '"><script>alert(1)</script>'}
    page = post(as_user(plan.coordination), plan, typed).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_doubts_are_said_after_saving_and_stay_under_the_grid(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    response = post(
        client,
        plan,
        {
            f"case-{indicateur.pk}-2018": "70",
            f"case-{indicateur.pk}-2021": "940",
            f"case-{indicateur.pk}-2022": "94 ; 90 prév",
        },
        "?periodes=2018",
    )
    assert response.status_code == 302
    page = client.get(response["Location"])
    warning = next(str(m) for m in page.context["messages"] if m.level_tag == "warning")
    assert f"2018{NBSP}: cette période est hors de la convention" in warning
    assert f"2021{NBSP}: 940, contre 60 en 2020" in warning
    assert f"2022{NBSP}: une prévision (90) pour une année passée" in warning
    kept = [alerte.periode for alerte in page.context["grille"].alertes]
    # 94 after 940 is a leap of its own.
    assert kept == ["2021", "2022", "2022"]


def test_an_indicator_in_words_takes_plain_words(as_user, plan):
    words = IndicateurFactory(convention=plan.convention, nature="texte")
    post(as_user(plan.coordination), plan, {f"case-{words.pk}-2021": "Des réflexes communs"})
    assert words.valeurs.get().texte == "Des réflexes communs"
