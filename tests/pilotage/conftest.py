"""A small convention and the people around it."""

from types import SimpleNamespace

import pytest

from axes.enums import Role
from tests.factories import (
    AxeFactory,
    ConventionFactory,
    FicheFactory,
    ObjectifFactory,
    UserFactory,
    member,
)


@pytest.fixture
def plan(db):
    """One convention, one axe, one objectif, one fiche, and one person of each kind."""
    convention = ConventionFactory(slug="vallee", territoire="Vallée")
    axe = AxeFactory(convention=convention, numero="2", intitule="Accueillir les enfants")
    objectif = ObjectifFactory(axe=axe, code="A", intitule="Garder une offre proche")
    fiche = FicheFactory(axe=axe, objectif=objectif, code="A1", intitule="Ouvrir un accueil")
    return SimpleNamespace(
        convention=convention,
        axe=axe,
        objectif=objectif,
        fiche=fiche,
        coordination=member(convention, Role.COORDINATION),
        lecteur=member(convention, Role.LECTEUR),
        contributeur=member(convention, Role.CONTRIBUTEUR, fiches=[fiche]),
        etranger=UserFactory(),
    )


@pytest.fixture
def as_user(client):
    """The test client, signed in as that person."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
