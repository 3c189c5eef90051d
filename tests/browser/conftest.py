"""Conventions to work on in a browser, with the people who do."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command

from axes.enums import Role
from axes.models import Convention
from tests.factories import AxeFactory, ConventionFactory, FicheFactory, member

DOSSIER = Path(settings.BASE_DIR) / "demo" / "lalbenque-limogne-2019-2022"
MOT_DE_PASSE = "une phrase de passe"


@pytest.fixture
def lalbenque(transactional_db, capsys):
    """A published convention, as the importer reads it, and its people: see `with_people`."""
    call_command("import_convention", str(DOSSIER))
    capsys.readouterr()
    return with_people(Convention.objects.get())


@pytest.fixture
def petite(transactional_db):
    """A convention of one axe and one fiche without statuses, and its people."""
    fiche = FicheFactory(public="Les familles.")
    return SimpleNamespace(fiche=fiche, **vars(with_people(fiche.axe.convention)))


@pytest.fixture
def deux_axes(transactional_db):
    """A convention of two axes of two fiches with a code, without statuses, and its people."""
    convention = ConventionFactory()
    for numero in ("1", "2"):
        axe = AxeFactory(convention=convention, numero=numero)
        for rank in ("1", "2"):
            FicheFactory(axe=axe, code=f"{numero}.{rank}")
    return with_people(convention)


def with_people(convention):
    """The convention, two coordinators and a reader, who all have the password `mot_de_passe`."""
    people = {
        "coordination": member(convention, Role.COORDINATION),
        "collegue": member(convention, Role.COORDINATION),
        "lecteur": member(convention, Role.LECTEUR),
    }
    for user in people.values():
        user.set_password(MOT_DE_PASSE)
        user.save()
    return SimpleNamespace(convention=convention, mot_de_passe=MOT_DE_PASSE, **people)
