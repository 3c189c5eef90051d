"""The life of fiches in the plan: opened, copied, moved, archived, changed several at once."""

import pytest
from django.urls import reverse

from actions.enums import Realisation
from actions.models import FicheAction
from axes.enums import Role
from journal.models import Entree
from tests.factories import (
    AxeFactory,
    FicheFactory,
    FinancementFactory,
    ObjectifFactory,
    PartenaireFactory,
    RealisationFactory,
    ResultatAttenduFactory,
    member,
)

from .notices import way_back


def url(plan, name, *args):
    return reverse(f"pilotage:{name}", args=[plan.convention.slug, *args])


def actions(plan):
    return [
        (url(plan, "fiche_dupliquer", plan.fiche.pk), {}),
        (url(plan, "fiche_deplacer", plan.fiche.pk), {"direction": "haut"}),
        (url(plan, "fiche_archiver", plan.fiche.pk), {}),
        (url(plan, "fiches_lot"), {"champ": "suivi", "fiches": [plan.fiche.pk]}),
        (
            url(plan, "fiches_lot_annuler"),
            {"champ": "suivi", "valeur": "", "avant": f"{plan.fiche.pk}:en_cours"},
        ),
        (url(plan, "fiche_ajouter"), {"axe": plan.axe.pk, "intitule": "X"}),
    ]


def test_who_may_not_touch_the_plan_is_told_so(client, as_user, plan):
    for address, _data in actions(plan):
        assert client.get(address).status_code in (302, 405), address
    for person, status in ((plan.etranger, 404), (plan.lecteur, 403)):
        signed_in = as_user(person)
        for address, data in actions(plan):
            assert signed_in.post(address, data).status_code == status, address
    assert FicheAction.objects.count() == 1


def test_a_contributeur_edits_her_fiche_and_not_the_plan_around_it(as_user, plan):
    signed_in = as_user(plan.contributeur)
    for name in ("fiche_dupliquer", "fiche_deplacer", "fiche_archiver"):
        assert signed_in.post(url(plan, name, plan.fiche.pk)).status_code == 403, name
    assert signed_in.get(url(plan, "fiche_ajouter")).status_code == 403


def test_wrong_methods_are_refused(as_user, plan):
    signed_in = as_user(plan.coordination)
    for name in ("fiche_dupliquer", "fiche_deplacer", "fiche_archiver"):
        assert signed_in.get(url(plan, name, plan.fiche.pk)).status_code == 405, name
    assert signed_in.get(url(plan, "fiches_lot")).status_code == 405
    assert signed_in.get(url(plan, "fiches_lot_annuler")).status_code == 405


def test_a_fiche_is_opened_at_the_end_of_its_axe(as_user, plan):
    answer = as_user(plan.coordination).post(
        url(plan, "fiche_ajouter"), {"axe": plan.axe.pk, "intitule": "Un guichet unique"}
    )
    fiche = FicheAction.objects.get(intitule="Un guichet unique")
    assert answer.url == fiche.get_absolute_url()
    assert list(FicheAction.objects.filter(axe=plan.axe).in_order())[-1] == fiche


def test_a_referente_opens_fiches_in_her_axes_only(as_user, plan):
    other = AxeFactory(convention=plan.convention)
    referente = member(plan.convention, Role.REFERENT, axes=[plan.axe])
    address = url(plan, "fiche_ajouter")
    signed_in = as_user(referente)
    assert signed_in.post(address, {"axe": plan.axe.pk, "intitule": "A"}).status_code == 302
    assert signed_in.post(address, {"axe": other.pk, "intitule": "B"}).status_code == 422


def test_an_invalid_fiche_keeps_what_was_typed(as_user, plan):
    elsewhere = ObjectifFactory(axe=AxeFactory(convention=plan.convention))
    answer = as_user(plan.coordination).post(
        url(plan, "fiche_ajouter"),
        {"axe": plan.axe.pk, "objectif": elsewhere.pk, "intitule": "", "code": "Z9"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cet objectif appartient à un autre axe." in page
    assert 'value="Z9"' in page


def test_a_copy_holds_what_was_planned_and_nothing_that_was_done(as_user, plan):
    plan.fiche.realisation = Realisation.REALISEE
    plan.fiche.contexte = "Peu de places"
    plan.fiche.save()
    ResultatAttenduFactory(fiche=plan.fiche, texte="Dix places", atteint="oui")
    PartenaireFactory(fiche=plan.fiche, organisme="Caf")
    RealisationFactory(fiche=plan.fiche)
    FinancementFactory(fiche=plan.fiche)
    as_user(plan.coordination).post(url(plan, "fiche_dupliquer", plan.fiche.pk))
    copy = FicheAction.objects.exclude(pk=plan.fiche.pk).get()
    assert copy.intitule == f"{plan.fiche.intitule} (copie)"
    assert (copy.contexte, copy.realisation) == ("Peu de places", "")
    assert [(r.texte, r.atteint) for r in copy.resultats_attendus.all()] == [("Dix places", "")]
    assert [p.organisme for p in copy.partenaires.all()] == ["Caf"]
    assert not copy.realisations.exists()
    assert not copy.financements.exists()
    assert plan.fiche.resultats_attendus.get().atteint == "oui"


def test_a_fiche_moves_one_place(as_user, plan):
    second = FicheFactory(axe=plan.axe, objectif=plan.objectif, ordre=plan.fiche.ordre + 1)
    as_user(plan.coordination).post(url(plan, "fiche_deplacer", second.pk), {"direction": "haut"})
    assert list(FicheAction.objects.filter(axe=plan.axe).in_order()) == [second, plan.fiche]
    answer = as_user(plan.coordination).post(url(plan, "fiche_deplacer", second.pk))
    assert answer.status_code == 404


@pytest.fixture
def trois(plan):
    """Three fiches of one objectif, two of them sharing their place as imported rows may."""
    place = plan.fiche.ordre
    others = [
        FicheFactory(axe=plan.axe, objectif=plan.objectif, code=code, ordre=place)
        for code in ("A2", "A3")
    ]
    return [plan.fiche, *others]


def codes(plan):
    return [fiche.code for fiche in FicheAction.objects.filter(axe=plan.axe).in_order()]


def deplacer(client, plan, fiche, *, htmx=False, **data):
    headers = {"hx-request": "true"} if htmx else {}
    return client.post(url(plan, "fiche_deplacer", fiche.pk), data, headers=headers)


def test_a_fiche_goes_beside_another_one_and_the_journal_says_so(as_user, plan, trois):
    one, two, three = trois
    signed_in = as_user(plan.coordination)
    assert deplacer(signed_in, plan, three, avant=one.pk).status_code == 302
    assert codes(plan) == ["A3", "A1", "A2"]
    deplacer(signed_in, plan, three, apres=one.pk)
    assert codes(plan) == ["A1", "A3", "A2"]
    entry = Entree.objects.of_fiche(three.pk).first()
    assert (entry.actor, entry.convention_pk) == (plan.coordination, plan.convention.pk)
    assert "placée après" in entry.resume
    # To make room is no change: neither a line of the journal nor a later date.
    assert not Entree.objects.of_fiche(two.pk).filter(resume__gt="").exists()
    before = two.modifiee_le
    two.refresh_from_db()
    assert two.modifiee_le == before


def test_the_plan_shows_the_new_order_at_once(as_user, plan, trois):
    signed_in = as_user(plan.coordination)
    signed_in.get(url(plan, "plan"))
    deplacer(signed_in, plan, trois[2], avant=trois[0].pk)
    page = signed_in.get(url(plan, "plan")).content.decode()
    places = [page.index(f'id="ligne-{fiche.pk}"') for fiche in trois]
    assert places[2] < places[0] < places[1]


def test_a_move_says_what_it_did_and_can_be_undone(as_user, plan, trois):
    signed_in = as_user(plan.coordination)
    answer = deplacer(signed_in, plan, trois[0], htmx=True, apres=trois[2].pk)
    page = answer.content.decode()
    assert codes(plan) == ["A2", "A3", "A1"]
    assert "déplacée. Enregistré." in page
    assert f'name="avant" value="{trois[1].pk}"' in page
    deplacer(signed_in, plan, trois[0], avant=trois[1].pk)
    assert codes(plan) == ["A1", "A2", "A3"]


def test_two_people_who_move_at_once_both_have_their_way(as_user, plan, trois):
    one, two, three = trois
    deplacer(as_user(plan.coordination), plan, three, avant=one.pk)
    referente = member(plan.convention, Role.REFERENT, axes=[plan.axe])
    # She still sees A1, A2, A3, and drops A2 before A1.
    deplacer(as_user(referente), plan, two, avant=one.pk)
    assert codes(plan) == ["A3", "A2", "A1"]


@pytest.mark.parametrize("htmx", [True, False])
def test_a_neighbour_that_went_to_another_objectif_is_refused(as_user, plan, trois, htmx):
    other = ObjectifFactory(axe=plan.axe)
    trois[0].objectif = other
    trois[0].save()
    answer = deplacer(as_user(plan.coordination), plan, trois[2], htmx=htmx, avant=trois[0].pk)
    assert answer.status_code == (409 if htmx else 302)
    page = answer.content if htmx else as_user(plan.coordination).get(url(plan, "plan")).content
    assert "Rechargez le plan." in page.decode()
    assert codes(plan) == ["A1", "A2", "A3"]


def test_one_step_stays_within_the_objectif(as_user, plan, trois):
    stranger = FicheFactory(axe=plan.axe, code="B1", ordre=plan.fiche.ordre)
    signed_in = as_user(plan.coordination)
    deplacer(signed_in, plan, trois[2], direction="bas")
    assert codes(plan) == ["A1", "A2", "A3", "B1"]
    deplacer(signed_in, plan, stranger, direction="haut")
    assert codes(plan) == ["A1", "A2", "A3", "B1"]
    deplacer(signed_in, plan, trois[2], direction="haut")
    assert codes(plan) == ["A1", "A3", "A2", "B1"]


@pytest.mark.parametrize(
    "data", [{}, {"avant": "x"}, {"direction": "gauche"}, {"direction": "haut", "avant": 1}]
)
def test_a_place_that_says_nothing_is_no_address(as_user, plan, trois, data):
    assert deplacer(as_user(plan.coordination), plan, trois[0], **data).status_code == 404
    assert codes(plan) == ["A1", "A2", "A3"]


def test_a_neighbour_of_another_convention_is_unknown_here(as_user, plan, trois):
    foreign = FicheFactory(intitule="Fiche secrète")
    answer = deplacer(as_user(plan.coordination), plan, trois[0], htmx=True, avant=foreign.pk)
    assert answer.status_code == 404
    assert "Fiche secrète" not in answer.content.decode()


def test_an_archived_fiche_leaves_the_plan_and_comes_back(as_user, plan):
    signed_in = as_user(plan.coordination)
    signed_in.post(url(plan, "fiche_archiver", plan.fiche.pk), follow=True)
    assert plan.fiche.intitule not in signed_in.get(url(plan, "plan")).content.decode()
    signed_in.post(url(plan, "fiche_archiver", plan.fiche.pk))
    assert plan.fiche.intitule in signed_in.get(url(plan, "plan")).content.decode()


def test_several_fiches_change_at_once_each_in_the_journal(as_user, plan):
    others = FicheFactory.create_batch(2, axe=plan.axe)
    answer = as_user(plan.coordination).post(
        url(plan, "fiches_lot"),
        {"champ": "suivi", "valeur": "en_cours", "fiches": [f.pk for f in (plan.fiche, *others)]},
        follow=True,
    )
    assert "3\u00a0fiches modifiées." in answer.content.decode()
    assert set(FicheAction.objects.values_list("suivi", flat=True)) == {"en_cours"}
    assert Entree.objects.filter(actor=plan.coordination, action=Entree.Action.UPDATE).count() == 3


def give_several(signed_in, plan, fiches):
    """Give "en cours" to these fiches; what the notice offers to undo it."""
    data = {"champ": "suivi", "valeur": "en_cours", "fiches": [fiche.pk for fiche in fiches]}
    answer = signed_in.post(url(plan, "fiches_lot"), data, follow=True)
    return way_back(answer.content.decode())


def test_several_changes_are_undone_at_once(as_user, plan):
    paused, done = (FicheFactory(axe=plan.axe, suivi=s) for s in ("en_pause", "terminee"))
    signed_in = as_user(plan.coordination)
    address, fields = give_several(signed_in, plan, [plan.fiche, paused, done])
    page = signed_in.post(address, fields, follow=True).content.decode()
    assert "3\u00a0fiches remises comme avant." in page
    statuts = FicheAction.objects.in_order().values_list("pk", "suivi")
    assert dict(statuts) == {plan.fiche.pk: "", paused.pk: "en_pause", done.pk: "terminee"}


def test_what_somebody_changed_since_stays_when_several_are_undone(as_user, plan):
    other = FicheFactory(axe=plan.axe)
    signed_in = as_user(plan.coordination)
    address, fields = give_several(signed_in, plan, [plan.fiche, other])
    other.suivi = "abandonnee"
    other.save()
    page = signed_in.post(address, fields, follow=True).content.decode()
    assert "1\u00a0fiche, changée depuis, reste comme elle est." in page
    statuts = FicheAction.objects.in_order().values_list("pk", "suivi")
    assert dict(statuts) == {plan.fiche.pk: "", other.pk: "abandonnee"}


def test_fiches_that_had_that_value_are_said_so(as_user, plan):
    data = {"champ": "suivi", "valeur": "", "fiches": [plan.fiche.pk]}
    page = as_user(plan.coordination).post(url(plan, "fiches_lot"), data, follow=True)
    assert "Ces fiches avaient déjà cette valeur." in page.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"champ": "suivi", "valeur": "", "avant": "x:en_cours"},
        {"champ": "suivi", "valeur": "", "avant": "1:realisee"},
        {"champ": "suivi", "valeur": "realisee", "avant": "1:"},
        {"champ": "intitule", "valeur": "", "avant": "1:"},
        {"champ": "suivi", "valeur": "", "avant": "étrangère"},
    ],
)
def test_an_undo_that_was_not_offered_changes_nothing(as_user, plan, data):
    foreign = FicheFactory()
    if data["avant"] == "étrangère":
        data = {**data, "avant": f"{plan.fiche.pk}:en_cours {foreign.pk}:en_cours"}
    answer = as_user(plan.coordination).post(url(plan, "fiches_lot_annuler"), data)
    assert answer.status_code == 422
    assert set(FicheAction.objects.values_list("suivi", flat=True)) == {""}


@pytest.mark.parametrize(
    "data",
    [
        {"champ": "suivi", "valeur": "en_cours"},
        {"champ": "suivi", "valeur": "realisee", "fiches": "toutes"},
        {"champ": "intitule", "valeur": "en_cours", "fiches": "toutes"},
    ],
)
def test_a_wrong_choice_changes_nothing(as_user, plan, data):
    if data.get("fiches") == "toutes":
        data = {**data, "fiches": [plan.fiche.pk]}
    answer = as_user(plan.coordination).post(url(plan, "fiches_lot"), data)
    assert answer.status_code == 422
    assert "Rien n’a été modifié" in answer.content.decode()
    plan.fiche.refresh_from_db()
    assert plan.fiche.suivi == ""


def test_one_fiche_that_may_not_be_changed_refuses_the_whole_lot(as_user, plan):
    other = FicheFactory(axe=plan.axe)
    foreign = FicheFactory()
    for intruder in (other, foreign):
        answer = as_user(plan.contributeur).post(
            url(plan, "fiches_lot"),
            {"champ": "suivi", "valeur": "en_cours", "fiches": [plan.fiche.pk, intruder.pk]},
        )
        assert answer.status_code == 422
    assert set(FicheAction.objects.values_list("suivi", flat=True)) == {""}
