"""Every paper of a meeting and the forms it leaves in: one list for addresses, pages and tests."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from copil.enums import EtatReunion
from copil.models import Reunion

from ..render.formats import FORMATS
from .build import build_convocation, build_emargement, build_releve
from .nodes import Papier

FORMATS_DE_SEANCE = {cle: FORMATS[cle] for cle in ("pdf", "docx")}
_MOTEURS = {
    "pdf": "reports.render.seance.pdf.render_pdf",
    "docx": "reports.render.seance.docx.render_docx",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper: `cle` names it in addresses and files, `usage` tells what it is for."""

    cle: str
    label: str
    usage: str
    build: Callable[..., Papier]

    def render(self, reunion: Reunion, cle: str, *, today: datetime.date) -> bytes:
        """The paper of this meeting in this format.

        Raises PdfUnavailable where system libraries are missing.
        """
        return import_string(_MOTEURS[cle])(self.build(reunion, today=today))

    def file_name(self, reunion: Reunion) -> str:
        """ "convocation-pays-test-2023-10-09"; the number of a meeting whose date is not known."""
        when = str(reunion.pk)
        if reunion.date:
            when = reunion.date.code.partition(" (")[0].replace("/", "-")
        return f"{self.cle}-{reunion.convention.slug}-{when}"


PIECES = {
    found.cle: found
    for found in (
        Piece(
            "convocation", "Convocation", "date, lieu, ordre du jour, invités", build_convocation
        ),
        Piece("emargement", "Feuille d’émargement", "à signer en séance", build_emargement),
        Piece("releve", "Relevé de décisions", "présences, décisions, suites", build_releve),
    )
}
ANNULATION = Piece(
    "convocation", "Avis d’annulation", "à envoyer aux personnes invitées", build_convocation
)


def pieces_of(reunion: Reunion) -> list[Piece]:
    """What its page offers: nothing is to be signed at a meeting that is cancelled."""
    if reunion.etat == EtatReunion.ANNULEE:
        return [ANNULATION, PIECES["releve"]]
    return list(PIECES.values())
