"""What the portal writes to people, sent once what it tells is in the database."""

import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string

from axes.enums import ROLES_EN_MOTS, Role
from axes.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, lien: str) -> bool:
    """Send the link to the invited address; False when the mail could not leave.

    `lien` holds the token, which is nowhere else: it is never logged.
    """
    convention = invitation.convention
    texte = render_to_string(
        "courriels/invitation.txt",
        {
            "nom": invitation.nom,
            "convention": convention,
            "auteur": invitation.auteur,
            "role": invitation.get_role_display(),
            "role_en_mots": ROLES_EN_MOTS[Role(invitation.role)],
            "expire_le": invitation.expire_le,
            "valable_jusqu_au": invitation.valable_jusqu_au,
            "lien": lien,
        },
    )
    # A name imported from a spreadsheet may hold a line end, which no header may.
    objet = " ".join(f"Portail CTG – invitation : {convention.territoire}".splitlines())
    try:
        send_mail(objet, texte, None, [invitation.email])
    except OSError as error:
        # Every failure of SMTP is one, and so is a folder that cannot be written.
        logger.warning("Invitation %s non envoyée : %s", invitation.pk, type(error).__name__)
        return False
    return True
