"""Who may edit which indicator, said without a page."""

import pytest

from axes.enums import Role
from axes.permissions import membre_of
from indicators.permissions import (
    can_add_indicateur,
    can_edit_indicateur,
    editable_indicateurs,
    editable_places,
)
from tests.factories import (
    AxeFactory,
    FicheFactory,
    IndicateurFactory,
    VoletFactory,
    member,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def territoire():
    """Two axes with a fiche each, and an indicator at every possible place of the first."""
    axe = AxeFactory()
    convention = axe.convention
    fiche = FicheFactory(axe=axe)
    other = FicheFactory(axe=AxeFactory(convention=convention))
    indicateurs = {
        "convention": IndicateurFactory(convention=convention),
        "axe": IndicateurFactory(convention=convention, axe=axe),
        "fiche": IndicateurFactory(convention=convention, fiche=fiche),
        "volet": IndicateurFactory(convention=convention, volet=VoletFactory(fiche=fiche)),
    }
    people = {
        "coordination": member(convention, Role.COORDINATION),
        "référente de l’axe": member(convention, Role.REFERENT, axes=[axe]),
        "référente d’un autre axe": member(convention, Role.REFERENT, axes=[other.axe]),
        "contributrice de la fiche": member(convention, Role.CONTRIBUTEUR, fiches=[fiche]),
        "contributrice d’une autre fiche": member(convention, Role.CONTRIBUTEUR, fiches=[other]),
        "lectrice": member(convention, Role.LECTEUR),
        "lectrice à qui l’axe fut donné": member(convention, Role.LECTEUR, axes=[axe]),
        "administratrice": member(convention, Role.ADMINISTRATION),
        "coordination passée": member(convention, Role.COORDINATION, expire_le=yesterday()),
        "étrangère": member(AxeFactory().convention, Role.COORDINATION),
    }
    return {
        "indicateurs": indicateurs,
        "membres": {name: membre_of(user, convention.slug) for name, user in people.items()},
        "fiche": fiche,
        "other": other,
    }


EVERYWHERE = {"convention", "axe", "fiche", "volet"}


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("coordination", EVERYWHERE),
        ("référente de l’axe", {"axe", "fiche", "volet"}),
        ("référente d’un autre axe", set()),
        ("contributrice de la fiche", {"fiche", "volet"}),
        ("contributrice d’une autre fiche", set()),
        ("lectrice", set()),
        ("lectrice à qui l’axe fut donné", set()),
        ("administratrice", set()),
        ("coordination passée", set()),
        ("étrangère", set()),
    ],
)
def test_who_edits_what(territoire, who, where):
    membre = territoire["membres"][who]
    editable = {
        name
        for name, indicateur in territoire["indicateurs"].items()
        if can_edit_indicateur(membre, indicateur)
    }
    assert editable == where


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("coordination", True),
        ("référente de l’axe", True),
        ("contributrice de la fiche", True),
        ("lectrice", False),
        ("administratrice", False),
        ("étrangère", False),
    ],
)
def test_writing_roles_add_indicators(territoire, who, may):
    assert can_add_indicateur(territoire["membres"][who]) is may


@pytest.mark.parametrize(
    ("who", "axes", "fiches"),
    [
        ("coordination", {"axe", "autre axe"}, {"fiche", "autre fiche"}),
        ("référente de l’axe", {"axe"}, {"fiche"}),
        ("contributrice de la fiche", set(), {"fiche"}),
        ("lectrice à qui l’axe fut donné", set(), set()),
    ],
)
def test_new_indicators_go_where_the_person_edits(territoire, who, axes, fiches):
    fiche, other = territoire["fiche"], territoire["other"]
    names = {fiche.axe: "axe", other.axe: "autre axe", fiche: "fiche", other: "autre fiche"}
    found_axes, found_fiches = editable_places(territoire["membres"][who])
    assert {names[axe] for axe in found_axes} == axes
    assert {names[fiche] for fiche in found_fiches} == fiches


def test_the_grid_lists_those_that_one_may_edit_and_no_other(territoire):
    IndicateurFactory()  # of another convention
    for who, membre in territoire["membres"].items():
        if membre is None:
            continue
        editable = {
            indicateur.pk
            for indicateur in territoire["indicateurs"].values()
            if can_edit_indicateur(membre, indicateur)
        }
        assert {indicateur.pk for indicateur in editable_indicateurs(membre)} == editable, who
