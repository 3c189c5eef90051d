"""The pages of the indicators: who sees them, who writes, what is refused and why."""

from decimal import Decimal

import pytest
from django.urls import reverse

from axes.enums import Role
from ctg_portal.lib.periodes import parse_periode
from indicators.models import Indicateur, Valeur
from journal.models import Entree
from tests.factories import (
    AxeFactory,
    FicheFactory,
    IndicateurFactory,
    StructureFactory,
    ValeurFactory,
    VoletFactory,
    member,
)

NBSP = "\u00a0"


def value(indicateur, periode, nombre, **champs) -> Valeur:
    return ValeurFactory(
        indicateur=indicateur, periode=parse_periode(periode), valeur=nombre, **champs
    )


@pytest.fixture
def indicateur(plan):
    """The opening days of a fiche: 60 then 94, of which a document printed "+36 jours"."""
    indicateur = IndicateurFactory(
        convention=plan.convention,
        fiche=plan.fiche,
        structure=StructureFactory(convention=plan.convention, nom="Accueil de Limogne"),
        intitule="Jours d’ouverture",
        unite="jours",
        variation_imprimee="+36 jours",
        source="Bilan publié",
    )
    value(indicateur, "2020", 60)
    value(indicateur, "2023", 94, note="mercredis compris")
    return indicateur


def url(name, indicateur, *extra) -> str:
    return reverse(f"pilotage:{name}", args=[indicateur.convention.slug, indicateur.pk, *extra])


def list_url(plan, name="indicateurs", query="") -> str:
    return reverse(f"pilotage:{name}", args=[plan.convention.slug]) + query


@pytest.fixture
def pages(plan, indicateur):
    return [list_url(plan), url("indicateur", indicateur)]


@pytest.fixture
def forms(plan, indicateur):
    """Every page that writes."""
    valeur = indicateur.valeurs.first()
    return {
        "ajouter": list_url(plan, "indicateur_ajouter"),
        "modifier": url("indicateur_modifier", indicateur),
        "saisir": url("valeur_ajouter", indicateur),
        "valeur": url("valeur_modifier", indicateur, valeur.pk),
        "supprimer": url("valeur_supprimer", indicateur, valeur.pk),
    }


# --- Who gets in ---


def test_an_anonymous_visitor_is_asked_to_sign_in(client, pages, forms):
    for address in [*pages, *forms.values()]:
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/comptes/connexion/"), address


def test_a_stranger_finds_nothing(as_user, plan, pages, forms):
    client = as_user(plan.etranger)
    for address in [*pages, *forms.values()]:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code in {404, 405}, address
    assert Valeur.objects.count() == 2


def test_a_reader_reads_and_writes_nothing(as_user, plan, pages, forms):
    client = as_user(plan.lecteur)
    for address in pages:
        assert client.get(address).status_code == 200, address
    for address in forms.values():
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"valeur": "1"}).status_code == 403, address
    assert Valeur.objects.count() == 2


def test_a_reader_is_offered_no_form(as_user, plan, pages, forms):
    client = as_user(plan.lecteur)
    for address in pages:
        page = client.get(address).content.decode()
        assert not [form for form in forms.values() if f'"{form}"' in page]


@pytest.mark.parametrize("who", ["coordination", "contributeur"])
def test_a_writer_opens_every_page(as_user, plan, pages, forms, who):
    client = as_user(getattr(plan, who))
    for address in [*pages, *forms.values()]:
        assert client.get(address).status_code == 200, address


def test_a_contributor_leaves_other_fiches_alone(as_user, plan):
    other = IndicateurFactory(
        convention=plan.convention, fiche=FicheFactory(axe=plan.axe), intitule="Ailleurs"
    )
    client = as_user(plan.contributeur)
    assert client.post(url("valeur_ajouter", other), {"periode": "2022"}).status_code == 403
    assert client.get(url("indicateur", other)).status_code == 200


def test_wrong_methods_are_refused(as_user, plan, pages, forms):
    client = as_user(plan.coordination)
    for address in pages:
        assert client.post(address).status_code == 405, address
    for address in forms.values():
        assert client.put(address).status_code == 405, address


def test_what_belongs_to_another_convention_is_not_found(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    foreign = ValeurFactory()
    slug = plan.convention.slug
    assert (
        client.get(reverse("pilotage:indicateur", args=[slug, foreign.indicateur_id])).status_code
        == 404
    )
    for name in ("valeur_modifier", "valeur_supprimer"):
        address = reverse(f"pilotage:{name}", args=[slug, indicateur.pk, foreign.pk])
        assert client.post(address).status_code == 404, name
    assert Valeur.objects.filter(pk=foreign.pk).exists()


# --- The list ---


def test_the_list_is_grouped_by_axe_with_last_value_and_change(as_user, plan, indicateur):
    IndicateurFactory(convention=plan.convention, intitule="Habitants du territoire")
    page = as_user(plan.lecteur).get(list_url(plan))
    groups = page.context["groupes"]
    assert [groupe.axe for groupe in groups] == [None, plan.axe]
    assert groups[1].structures[0][0] == "Accueil de Limogne"
    content = page.content.decode()
    assert f"+{NBSP}56,7{NBSP}%" in content
    assert 'class="courbe petite"' in content
    assert "Aucune valeur saisie" in content


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?axe={axe}", ["Jours d’ouverture"]),
        ("?cle=on", ["Clé"]),
        ("?structure={structure}", ["Jours d’ouverture"]),
        ("?axe={axe}&cle=on", []),
        ("?axe=999999", ["Clé", "Jours d’ouverture"]),
    ],
)
def test_the_list_is_filtered_by_the_address(as_user, plan, indicateur, query, shown):
    IndicateurFactory(
        convention=plan.convention,
        axe=AxeFactory(convention=plan.convention),
        intitule="Clé",
        cle=True,
    )
    query = query.format(axe=plan.axe.pk, structure=indicateur.structure.pk)
    page = as_user(plan.lecteur).get(list_url(plan, query=query))
    found = [
        s.intitule for g in page.context["groupes"] for _, series in g.structures for s in series
    ]
    assert sorted(found) == shown
    assert page.status_code == 200
    assert ("Aucun indicateur avec ces filtres" in page.content.decode()) is (not shown)


def test_an_empty_list_says_so(as_user, plan):
    page = as_user(plan.lecteur).get(list_url(plan)).content.decode()
    assert "Aucun indicateur pour l’instant" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_queries_whatever_its_length(
    as_user, plan, django_assert_num_queries, count
):
    for fiche in FicheFactory.create_batch(count, axe=plan.axe):
        value(IndicateurFactory(convention=plan.convention, fiche=fiche), "2022", 4)
    client = as_user(plan.coordination)
    with django_assert_num_queries(9):
        client.get(list_url(plan))


# --- One indicator ---


def test_the_page_shows_values_changes_and_what_was_printed_otherwise(as_user, plan, indicateur):
    page = as_user(plan.lecteur).get(url("indicateur", indicateur)).content.decode()
    assert "Un chiffre imprimé diffère du calcul." in page
    assert "Un document annonce <q>+36 jours</q>" in page
    assert "<dd><q>+36 jours</q></dd>" in page
    assert "« +36 jours" not in page.replace(NBSP, " ")
    assert f"+{NBSP}34" in page
    assert "mercredis compris" in page
    assert "Bilan publié" in page
    assert "Accueil de Limogne" in page


def test_a_printed_change_that_agrees_makes_no_remark(as_user, plan, indicateur):
    indicateur.variation_imprimee = "+34 jours"
    indicateur.save()
    page = as_user(plan.lecteur).get(url("indicateur", indicateur)).content.decode()
    assert "diffère du calcul" not in page


def test_the_page_says_who_changed_a_value(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    client.post(url("valeur_ajouter", indicateur), {"periode": "2024", "valeur": "99", "borne": ""})
    page = client.get(url("indicateur", indicateur)).content.decode()
    assert "Derniers changements" in page
    assert str(plan.coordination) in page


def test_a_page_without_values_says_so(as_user, plan):
    empty = IndicateurFactory(convention=plan.convention)
    page = as_user(plan.lecteur).get(url("indicateur", empty)).content.decode()
    assert "Aucune valeur pour l’instant" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_queries_whatever_its_values(
    as_user, plan, django_assert_num_queries, count
):
    indicateur = IndicateurFactory(convention=plan.convention, fiche=plan.fiche)
    for rang in range(count):
        value(indicateur, str(2020 + rang), rang)
    client = as_user(plan.coordination)
    with django_assert_num_queries(6):
        client.get(url("indicateur", indicateur))


# --- Writing ---


def fields_of(page) -> dict[str, str]:
    """What a browser would send back from this form, opening values included."""
    form = page.context["form"]
    data = {}
    for field in form:
        shown = field.value()
        for name in (field.html_name, field.html_initial_name):
            if name == field.html_name and (shown is None or shown is False):
                continue
            data[name] = "" if shown is None else str(shown)
    return data


def test_a_value_is_typed_as_french_writes_it(as_user, plan, indicateur):
    client = as_user(plan.contributeur)
    response = client.post(
        url("valeur_ajouter", indicateur),
        {"periode": "2021/2022", "valeur": f"36{NBSP}424", "borne": "environ", "partielle": "on"},
    )
    assert response.status_code == 302
    assert response["Location"] == indicateur.get_absolute_url()
    added = indicateur.valeurs.get(periode=parse_periode("2021/2022"))
    assert (added.valeur, added.borne, added.partielle) == (Decimal(36424), "environ", True)
    assert Entree.objects.filter(actor=plan.contributeur, fiche_pk=plan.fiche.pk).exists()


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"periode": "2021"}, "valeur", "Indiquez un nombre"),
        ({"periode": "hier", "valeur": "1"}, "periode", "Écrivez une année"),
        ({"periode": "2021", "valeur": "douze"}, "valeur", "nombre"),
        ({"periode": "2021", "valeur": "12,5"}, "valeur", "sans décimale"),
        ({"periode": "2021", "borne": "plus_de", "texte": "x"}, "valeur", "borne"),
        ({"periode": "2021", "valeur": "9", "valeur_max": "5"}, "__all__", "maximum"),
        ({"periode": "2023", "valeur": "9"}, "__all__", "déjà une valeur"),
        ({"valeur": "9"}, "periode", "obligatoire"),
    ],
)
def test_an_impossible_value_is_refused_with_its_reason(
    as_user, plan, indicateur, data, field, message
):
    response = as_user(plan.coordination).post(url("valeur_ajouter", indicateur), data)
    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors[field])
    assert indicateur.valeurs.count() == 2


def test_a_value_in_words_needs_no_number(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    client.post(url("valeur_ajouter", indicateur), {"periode": "2021", "texte": "en hausse"})
    assert indicateur.valeurs.get(periode=parse_periode("2021")).texte == "en hausse"
    page = client.get(url("indicateur", indicateur)).content.decode()
    assert "<q>en hausse</q>" in page


def test_a_value_is_edited_and_an_untouched_form_changes_nothing(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    valeur = indicateur.valeurs.first()
    address = url("valeur_modifier", indicateur, valeur.pk)
    data = fields_of(client.get(address))
    before = Entree.objects.count()
    assert client.post(address, data).status_code == 302
    assert Entree.objects.count() == before
    assert client.post(address, data | {"valeur": "61"}).status_code == 302
    valeur.refresh_from_db()
    assert valeur.valeur == 61


def test_two_people_on_one_value_see_both_figures(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    valeur = indicateur.valeurs.first()
    address = url("valeur_modifier", indicateur, valeur.pk)
    opened = fields_of(client.get(address))
    Valeur.objects.filter(pk=valeur.pk).update(valeur=70)
    response = client.post(address, opened | {"valeur": "65"})
    assert response.status_code == 409
    (conflict,) = response.context["conflits"]
    assert (Decimal(conflict["actuel"]), Decimal(conflict["propose"])) == (70, 65)
    valeur.refresh_from_db()
    assert valeur.valeur == 70
    settled = fields_of(response) | {"initial-valeur": "70", "valeur": "65"}
    assert client.post(address, settled).status_code == 302
    valeur.refresh_from_db()
    assert valeur.valeur == 65


def test_a_value_is_removed_after_a_question(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    valeur = indicateur.valeurs.first()
    address = url("valeur_supprimer", indicateur, valeur.pk)
    assert "Supprimer la valeur, 2020" in client.get(address).content.decode()
    assert indicateur.valeurs.count() == 2
    response = client.post(address)
    assert (response.status_code, response["Location"]) == (302, indicateur.get_absolute_url())
    assert indicateur.valeurs.count() == 1


def test_an_indicator_is_added_to_a_fiche_of_ones_own(as_user, plan):
    client = as_user(plan.contributeur)
    address = list_url(plan, "indicateur_ajouter", f"?fiche={plan.fiche.pk}")
    assert f'value="{plan.fiche.pk}" selected' in client.get(address).content.decode()
    response = client.post(
        address, {"intitule": "Places", "fiche": plan.fiche.pk, "decimales": 0, "cible": "1 800,5"}
    )
    added = Indicateur.objects.get()
    assert response["Location"] == added.get_absolute_url()
    assert (added.convention, added.fiche, added.cible) == (
        plan.convention,
        plan.fiche,
        Decimal("1800.5"),
    )


def test_an_indicator_opened_from_a_fiche_may_be_one_of_its_volets(as_user, plan):
    volet = VoletFactory(fiche=plan.fiche)
    elsewhere = VoletFactory()
    client = as_user(plan.contributeur)
    address = list_url(plan, "indicateur_ajouter", f"?fiche={plan.fiche.pk}")
    offered = client.get(address).content.decode()
    assert volet.titre in offered
    assert elsewhere.titre not in offered
    data = {"intitule": "Places", "fiche": plan.fiche.pk, "decimales": 0, "volet": volet.pk}
    again = client.post(address, {**data, "encore": "oui"})
    kept = f"fiche={plan.fiche.pk}&volet={volet.pk}#id_intitule"
    assert again["Location"] == list_url(plan, "indicateur_ajouter", f"?{kept}")
    assert Indicateur.objects.get().volet == volet
    assert client.get(list_url(plan, "indicateur_ajouter", "?fiche=abc")).status_code == 200
    # A fiche that is not hers to edit opens none of its volets.
    address = list_url(plan, "indicateur_ajouter", f"?fiche={elsewhere.fiche_id}")
    assert elsewhere.titre not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("who", "place", "field"),
    [
        ("contributeur", {}, "fiche"),
        ("contributeur", {"fiche": "autre"}, "fiche"),
        ("contributeur", {"axe": "axe"}, "axe"),
        ("coordination", {"axe": "axe", "fiche": "autre"}, "axe"),
        ("coordination", {"fiche": "ailleurs"}, "fiche"),
    ],
)
def test_an_indicator_goes_only_where_one_edits(as_user, plan, who, place, field):
    places = {
        "axe": plan.axe.pk,
        "autre": FicheFactory(axe=AxeFactory(convention=plan.convention)).pk,
        "ailleurs": FicheFactory().pk,
    }
    data = {name: places[key] for name, key in place.items()}
    response = as_user(getattr(plan, who)).post(
        list_url(plan, "indicateur_ajouter"), {"intitule": "Places", "decimales": 0, **data}
    )
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Indicateur.objects.exists()


def test_a_referent_edits_the_indicators_of_her_axe(as_user, plan, indicateur):
    referente = member(plan.convention, Role.REFERENT, axes=[plan.axe])
    client = as_user(referente)
    address = url("indicateur_modifier", indicateur)
    data = fields_of(client.get(address)) | {"intitule": "Jours d’accueil"}
    assert client.post(address, data).status_code == 302
    indicateur.refresh_from_db()
    assert indicateur.intitule == "Jours d’accueil"
    assert indicateur.variation_imprimee == "+36 jours"


def test_two_people_on_one_indicator_see_both_titles(as_user, plan, indicateur):
    client = as_user(plan.coordination)
    address = url("indicateur_modifier", indicateur)
    opened = fields_of(client.get(address))
    Indicateur.objects.filter(pk=indicateur.pk).update(intitule="Journées", source="Caf")
    response = client.post(address, opened | {"intitule": "Jours d’accueil"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Journées" in page
    assert "Jours d’accueil" in page
    indicateur.refresh_from_db()
    assert (indicateur.intitule, indicateur.source) == ("Journées", "Caf")
