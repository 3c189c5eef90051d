"""A published convention, brought in by the importer, and the two people of the journey."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command

from axes.enums import Role
from axes.models import Convention
from tests.factories import member

DOSSIER = Path(settings.BASE_DIR) / "demo" / "lalbenque-limogne-2019-2022"
MOT_DE_PASSE = "une phrase de passe"


@pytest.fixture
def lalbenque(transactional_db, capsys):
    """The convention of Lalbenque-Limogne with a coordinator and a reader who have a password."""
    call_command("import_convention", str(DOSSIER), verbosity=0)
    capsys.readouterr()
    convention = Convention.objects.get()
    people = {
        "coordination": member(convention, Role.COORDINATION),
        "lecteur": member(convention, Role.LECTEUR),
    }
    for user in people.values():
        user.set_password(MOT_DE_PASSE)
        user.save()
    return SimpleNamespace(convention=convention, mot_de_passe=MOT_DE_PASSE, **people)
