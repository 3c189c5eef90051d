"""Drawing, out of the request: a bilan takes from a tenth of a second to a minute."""

import logging
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django_tasks import task

from . import fichiers
from .fichiers import Fichier, fichier_arrete
from .models import Bilan
from .render.formats import FORMATS

logger = logging.getLogger(__name__)


@task()
def dessiner(chemin: str, cle: str) -> None:
    """Draw the file that is asked for at `chemin`, from the media, in the format `cle`."""
    fichiers.make(chemin, cle)


def ask(fichier: Fichier) -> None:
    """Have a file drawn that is not kept; once for all who ask for it meanwhile.

    Raises OSError where the request cannot be written down: a disk that is full.
    """
    if not fichier.claim():
        return
    chemin = fichier.chemin.relative_to(Path(settings.MEDIA_ROOT)).as_posix()
    try:
        dessiner.enqueue(chemin, fichier.format.cle)
    except DatabaseError:
        # Nobody would ever answer this request.
        fichier.demande.unlink(missing_ok=True)
        raise


def prepare_arrete(bilan: Bilan) -> None:
    """Have the PDF of an arrêté drawn before somebody asks for it; a full disk does without."""
    try:
        ask(fichier_arrete(bilan, FORMATS["pdf"]))
    except OSError:
        logger.exception("Le PDF de « %s » sera fait à la première demande.", bilan)
