"""Settings and data of the measures: a portal of its own in a folder that goes away."""

import io
import os
import secrets
from pathlib import Path
from types import SimpleNamespace

FICHES = 45
GRILLE = (40, 8)  # indicators, years


def configure(folder: Path) -> None:
    """Start Django on an SQLite file in `folder`, as `make demo` would, with the floor added.

    The variables are left to the processes that this one starts.
    """
    os.environ |= {
        "READ_DOT_ENV": "0",
        "DEBUG": "0",
        "DEMO": "1",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "DATABASE_URL": f"sqlite:///{folder / 'mesures.sqlite3'}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "EMAIL_URL": "dummymail://",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }
    import django

    django.setup()


def load() -> SimpleNamespace:
    """Load the demonstration; its living convention is brought to FICHES fiches.

    Returns the convention, its richest fiche, its coordinator, the convention of the grid and its
    only fiche.
    """
    from django.core.management import call_command
    from django.db.models import Count

    from actions.models import FicheAction
    from axes.models import Convention, Membre
    from pilotage.demo import VIVANTE

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo", stdout=io.StringIO())
    convention = Convention.objects.get(slug=VIVANTE)
    fiches = FicheAction.objects.of_convention(convention).active().with_place().order_by("pk")
    axe = fiches[0].axe
    for number in range(FICHES - fiches.count()):
        FicheAction.objects.create(axe=axe, code=f"M{number}", intitule=f"Fiche {number}", ordre=99)
    coordination = Membre.objects.get(convention=convention, role="coordination").user
    grille = _load_grid(coordination)
    return SimpleNamespace(
        convention=convention,
        fiche=fiches.annotate(faits=Count("realisations")).order_by("-faits", "pk")[0],
        coordination=coordination,
        grille=grille,
        fiche_grille=FicheAction.objects.create(axe=grille.axes.get(), intitule="Fiche"),
    )


def _load_grid(coordination):
    """A convention of GRILLE indicators with a value for each of its years."""
    from axes.models import Axe, Convention, Membre
    from ctg_portal.lib.dates import parse_date
    from ctg_portal.lib.periodes import parse_periode
    from indicators.models import Indicateur, Structure, Valeur

    rows, years = GRILLE
    convention = Convention.objects.create(
        nom="Mesures",
        slug="mesures",
        territoire="Mesures",
        debut=parse_date("2021"),
        fin=parse_date(str(2020 + years)),
    )
    Membre.objects.create(convention=convention, user=coordination, role="coordination")
    axe = Axe.objects.create(convention=convention, numero="1", intitule="Axe")
    structure = Structure.objects.create(convention=convention, nom="Accueil de loisirs")
    for rank in range(rows):
        indicateur = Indicateur.objects.create(
            convention=convention,
            axe=axe,
            structure=structure,
            intitule=f"Heures d’accueil {rank}",
            unite="heures",
            ordre=rank,
        )
        for year in range(years):
            Valeur.objects.create(
                indicateur=indicateur,
                periode=parse_periode(str(2021 + year)),
                valeur=36_424 + 100 * year,
                note="mercredis compris" if year == rank % years else "",
            )
    return convention
