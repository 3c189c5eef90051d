"""The drawer under a row of the plan: what it edits, how it merges, what it brings back."""

import re

import pytest
from django.urls import reverse

from actions.models import PiloteFiche
from axes.enums import Role
from ctg_portal.lib.dates import parse_date
from journal.models import Entree
from tests.factories import AxeFactory, FicheFactory, PiloteFicheFactory, UserFactory, member
from tests.pilotage.notices import way_back

HTMX = {"hx-request": "true"}


def url(plan, fiche=None):
    return reverse("pilotage:fiche_tiroir", args=[plan.convention.slug, (fiche or plan.fiche).pk])


def opened(**values):
    """Fields with what the drawer was opened with, then what was typed over it."""
    return {f"initial-{name}": before for name, (before, _) in values.items()} | {
        name: after for name, (_, after) in values.items()
    }


def names(fiche):
    return [pilote.nom for pilote in fiche.pilotes.all()]


def test_who_may_not_edit_the_fiche_has_no_drawer(client, as_user, plan):
    assert client.get(url(plan)).status_code == 302
    for person, status in ((plan.etranger, 404), (plan.lecteur, 403)):
        signed_in = as_user(person)
        assert signed_in.get(url(plan)).status_code == status
        assert signed_in.post(url(plan), {"suite": "arreter"}).status_code == status
    plan.fiche.refresh_from_db()
    assert plan.fiche.suite == ""


def test_a_referente_of_another_axe_and_another_convention_are_kept_out(as_user, plan):
    referente = member(
        plan.convention, Role.REFERENT, axes=[AxeFactory(convention=plan.convention)]
    )
    assert as_user(referente).get(url(plan)).status_code == 403
    assert as_user(plan.coordination).get(url(plan, FicheFactory())).status_code == 404


def test_a_wrong_method_is_refused(as_user, plan):
    assert as_user(plan.coordination).put(url(plan)).status_code == 405


def test_htmx_receives_a_row_and_a_plain_visit_a_page_with_the_statuses(as_user, plan):
    signed_in = as_user(plan.contributeur)
    row = signed_in.get(url(plan), headers=HTMX).content.decode()
    assert row.strip().startswith(f'<tr class="tiroir" id="tiroir-{plan.fiche.pk}"')
    page = signed_in.get(url(plan)).content.decode()
    assert "<h1>" in page
    assert f'id="realisation-{plan.fiche.pk}"' in page


def test_everything_the_drawer_holds_is_saved_with_its_journal(as_user, plan):
    answer = as_user(plan.contributeur).post(
        url(plan),
        opened(
            suite=("", "faire_evoluer"),
            motif_ecart=("", "faute_de_moyens"),
            menee_par=("", "partenaire"),
            fin=("", "juin 2024"),
            analyse_ecarts=("", "Un **seul** recrutement."),
            pilotes=("", "Le RPE\n\n  La  directrice \nLe RPE"),
        ),
        headers=HTMX,
    )
    assert answer.status_code == 200
    fiche = plan.fiche
    fiche.refresh_from_db()
    assert (fiche.suite, fiche.motif_ecart, fiche.menee_par) == (
        "faire_evoluer",
        "faute_de_moyens",
        "partenaire",
    )
    assert fiche.fin == parse_date("juin 2024")
    assert fiche.analyse_ecarts == "Un **seul** recrutement."
    assert names(fiche) == ["Le RPE", "La directrice"]
    entries = Entree.objects.of_fiche(fiche.pk).filter(actor=plan.contributeur)
    assert entries.filter(action=Entree.Action.CREATE).count() == 2
    [update] = entries.filter(action=Entree.Action.UPDATE)
    assert update.changes["suite"] == ["", "faire_evoluer"]


def test_the_row_comes_back_with_what_was_saved_and_a_way_to_undo_it(as_user, plan):
    PiloteFicheFactory(fiche=plan.fiche, nom="Le RPE")
    signed_in = as_user(plan.coordination)
    before = opened(suite=("", "arreter"), pilotes=("Le RPE", "La directrice"))
    page = signed_in.post(url(plan), before, headers=HTMX).content.decode()
    assert f'<tr id="ligne-{plan.fiche.pk}" hx-swap-oob="true"' in page
    assert "La directrice · suite\u00a0:\u00a0arrêter" in page
    assert "Suite à donner\u00a0: arrêter, pilotes\u00a0: La directrice. Enregistré." in page
    notice = page[page.index('id="annonces"') :]
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', notice)
    undo = {name: value for name, value in hidden if name not in ("csrfmiddlewaretoken", "cles")}
    answer = signed_in.post(url(plan), undo)
    assert answer.url.endswith(f"#ligne-{plan.fiche.pk}")
    plan.fiche.refresh_from_db()
    assert plan.fiche.suite == ""
    assert names(plan.fiche) == ["Le RPE"]


def test_without_javascript_the_person_comes_back_to_the_row_of_the_plan(as_user, plan):
    back = reverse("pilotage:plan", args=[plan.convention.slug]) + "?grouper=suite"
    page = as_user(plan.coordination).get(url(plan), {"retour": back}).content.decode()
    assert f'name="retour" value="{back}"' in page
    answer = as_user(plan.coordination).post(
        url(plan), {**opened(suite=("", "arreter")), "retour": back}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"{back}#ligne-{plan.fiche.pk}"
    assert "Suite à donner\u00a0: arrêter. Enregistré." in answer.content.decode()


def test_nobody_is_sent_to_another_site(as_user, plan):
    answer = as_user(plan.coordination).post(
        url(plan), {**opened(suite=("", "arreter")), "retour": "https://ailleurs.example/"}
    )
    assert answer.url.startswith(plan.fiche.get_absolute_url())


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("fin", "bientôt", "date"),
        ("suite", "ailleurs", "choix"),
        ("pilotes", "x" * 161, "un nom tient en 160\u00a0caractères"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_kept(
    as_user, plan, headers, name, typed, reason
):
    data = opened(**{name: ("", typed), "menee_par": ("", "commune")})
    answer = as_user(plan.coordination).post(url(plan), data, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert reason in page.lower()
    assert name == "suite" or typed in page
    plan.fiche.refresh_from_db()
    assert plan.fiche.menee_par == ""


def test_an_end_before_the_start_is_told_in_the_drawer(as_user, plan):
    plan.fiche.debut = parse_date("2024")
    plan.fiche.save()
    answer = as_user(plan.coordination).post(url(plan), opened(fin=("", "2023")), headers=HTMX)
    assert answer.status_code == 422
    assert "La fin de la fiche est avant son début." in answer.content.decode()


def test_two_people_who_change_different_fields_both_have_their_way(as_user, plan):
    empty = opened(suite=("", ""), pilotes=("", ""), fin=("", ""))
    as_user(plan.contributeur).post(url(plan), empty | {"suite": "arreter"})
    as_user(plan.coordination).post(url(plan), empty | {"pilotes": "Le RPE"})
    plan.fiche.refresh_from_db()
    assert plan.fiche.suite == "arreter"
    assert names(plan.fiche) == ["Le RPE"]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_the_same_fields_changed_by_two_people_show_both_and_write_nothing(as_user, plan, headers):
    as_user(plan.contributeur).post(
        url(plan), opened(suite=("", "arreter"), pilotes=("", "Le RPE"))
    )
    late = opened(
        suite=("", "poursuivre"), pilotes=("", "La directrice"), menee_par=("", "commune")
    )
    answer = as_user(plan.coordination).post(url(plan), late, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("arrêter", "poursuivre", "Le RPE", "La directrice"):
        assert words in page
    plan.fiche.refresh_from_db()
    assert (plan.fiche.suite, plan.fiche.menee_par) == ("arreter", "")
    assert names(plan.fiche) == ["Le RPE"]
    # The form opens on today's values: sending it again settles it.
    assert 'name="initial-suite" value="arreter"' in page


def test_a_pilote_who_stays_keeps_her_account_and_a_namesake_brings_hers(as_user, plan):
    anne, benoit, other = UserFactory.create_batch(3)
    kept = PiloteFicheFactory(fiche=plan.fiche, nom="Anne", user=anne, ordre=1)
    PiloteFicheFactory(fiche=FicheFactory(axe=plan.axe), nom="Benoît", user=benoit)
    # The same name in another convention is somebody else.
    PiloteFicheFactory(fiche=FicheFactory(), nom="Chloé", user=other)
    as_user(plan.coordination).post(url(plan), opened(pilotes=("Anne", "Benoît\nChloé\nAnne")))
    found = PiloteFiche.objects.filter(fiche=plan.fiche).order_by("ordre")
    assert [(p.nom, p.user) for p in found] == [
        ("Benoît", benoit),
        ("Chloé", None),
        ("Anne", anne),
    ]
    assert found[2].pk == kept.pk


def test_a_gap_opens_the_drawer_that_asks_for_its_reason(as_user, plan):
    address = reverse("pilotage:fiche_statuts", args=[plan.convention.slug, plan.fiche.pk])
    asked = f'id="tiroir-{plan.fiche.pk}" hx-get'
    signed_in = as_user(plan.coordination)

    def change(realisation, **more):
        data = {"realisation": realisation, **more}
        return signed_in.post(address, data, headers=HTMX).content.decode()

    assert asked in change("non_realisee")
    assert asked not in change("realisee")
    # An open one stays; one whose reason is known has nothing to ask.
    assert asked not in change("partiellement", ouvert="1")
    plan.fiche.refresh_from_db()
    plan.fiche.motif_ecart = "autre"
    plan.fiche.save()
    assert asked not in change("non_realisee")


def test_every_row_of_the_fiche_comes_back_and_no_other_key_is_believed(as_user, plan):
    pk = plan.fiche.pk
    data = {**opened(suite=("", "arreter")), "cles": f"{pk}-1 {pk} 999 {pk}-x <b>"}
    page = as_user(plan.coordination).post(url(plan), data, headers=HTMX).content.decode()
    assert re.findall(r'<tr id="(ligne-[^"]*)"', page) == [f"ligne-{pk}-1", f"ligne-{pk}"]
    assert "<b>" not in page.replace("<b>2.A1</b>", "")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("suite", "poursuivre", "arreter"),
        ("suite", "", "arreter"),
        ("motif_ecart", "autre", ""),
        ("menee_par", "commune", "partenaire"),
        ("fin", "juin 2024", "2025"),
        ("fin", "juin 2024", ""),
        ("analyse_ecarts", "Un seul\n\n- recrutement", "Deux"),
        ("pilotes", "Le RPE\nLa directrice", "La directrice"),
        ("pilotes", "Le RPE", ""),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_each_field_of_the_drawer_is_undone_from_the_notice(
    as_user, plan, headers, name, before, after
):
    client = as_user(plan.coordination)
    client.post(url(plan), opened(**{name: ("", before)}), headers=HTMX)
    answer = client.post(
        url(plan), opened(**{name: (before, after)}), headers=headers, follow=not headers
    )
    address, undo = way_back(answer.content.decode())
    assert address == url(plan)
    assert set(undo) == {"csrfmiddlewaretoken", "retour", name, f"initial-{name}"}
    assert client.post(address, undo).status_code == 302
    fiche = type(plan.fiche).objects.get(pk=plan.fiche.pk)
    found = "\n".join(names(fiche)) if name == "pilotes" else str(getattr(fiche, name))
    assert found == before


def test_a_pilote_taken_away_and_brought_back_has_her_account_again(as_user, plan):
    anne = UserFactory()
    PiloteFicheFactory(fiche=plan.fiche, nom="Anne", user=anne)
    # Her name on a fiche of another convention was somebody else's.
    elsewhere = PiloteFicheFactory(fiche=FicheFactory(), nom="Benoît", user=UserFactory())
    elsewhere.delete()
    client = as_user(plan.coordination)
    page = client.post(url(plan), opened(pilotes=("Anne", "")), follow=True).content.decode()
    assert names(plan.fiche) == []
    address, undo = way_back(page)
    client.post(address, undo)
    assert PiloteFiche.objects.get(fiche=plan.fiche).user == anne
    client.post(url(plan), opened(pilotes=("Anne", "Benoît")))
    assert PiloteFiche.objects.get(fiche=plan.fiche).user is None
    # An account that is gone meanwhile is nobody's.
    anne.delete()
    client.post(url(plan), opened(pilotes=("Benoît", "Anne")))
    assert PiloteFiche.objects.get(fiche=plan.fiche).user is None


def test_the_way_back_of_one_is_closed_to_who_may_not_edit(client, as_user, plan):
    page = as_user(plan.coordination).post(url(plan), opened(suite=("", "arreter")), follow=True)
    address, undo = way_back(page.content.decode())
    for person, status in ((plan.lecteur, 403), (plan.etranger, 404)):
        assert as_user(person).post(address, undo).status_code == status
    client.logout()
    assert client.post(address, undo).status_code in (302, 401)
    plan.fiche.refresh_from_db()
    assert plan.fiche.suite == "arreter"
