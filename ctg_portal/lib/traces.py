"""What the technical log leaves out."""

import logging
import re

#: Addresses that open something to whoever knows them: invitations, calendars, links to a bilan.
JETONS = re.compile(r"(/(?:invitations|agenda|partages)/)[\w-]+")
MASQUE = r"\1…"


class WithoutTokens(logging.Filter):
    """Lets every record through, with the tokens of addresses hidden.

    Django writes the address of each refused request down: a wrong code would leave a living link
    in a file that others read.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if JETONS.search(message):
            record.msg, record.args = JETONS.sub(MASQUE, message), ()
        return True
