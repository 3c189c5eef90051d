"""What a document once printed of a change, held against the computed one."""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .series import Variation

_NUMBER = re.compile(r"([+\-−–]?)\s*(\d+(?:\s\d{3})*(?:[.,]\d+)?)\s*(%?)")


def printed_differs(imprimee: str, variation: "Variation | None") -> bool:
    """Whether a printed change ("+19 %", "soit +36 jours") says something else than the values.

    The figure read is the first one followed by %, else the first one with a sign, else the only
    one; a text without such a figure, or a series without a change, is not compared. A % is
    compared with the exact change in %, any other figure with the exact difference. They agree
    when the computed value, rounded half up **or** cut off at the decimals printed, is the printed
    one: "+19 %" and "+20 %" both agree with 19.65. A printed minus sign has to be met by a fall; a
    figure without a sign is compared with the size of the change only.
    """
    printed = _printed_figure(imprimee)
    if printed is None or variation is None:
        return False
    signe, valeur, is_percent = printed
    computed = variation.ecart
    if is_percent:
        if not variation.de.valeur:
            return False
        computed = 100 * variation.ecart / abs(variation.de.valeur)
    if signe and valeur and (signe == "+") != (computed > 0):
        return True
    unit = Decimal(1).scaleb(valeur.as_tuple().exponent)
    roundings = (ROUND_HALF_UP, ROUND_DOWN)
    return valeur not in {abs(computed).quantize(unit, rounding) for rounding in roundings}


def _printed_figure(texte: str) -> tuple[str, Decimal, bool] | None:
    """Sign, size and "is a %" of the figure that a printed change states."""
    found = _NUMBER.findall(texte or "")
    chosen = (
        [match for match in found if match[2]]
        or [match for match in found if match[0]]
        or (found if len(found) == 1 else [])
    )
    if not chosen:
        return None
    signe, digits, percent = chosen[0]
    valeur = Decimal("".join(digits.split()).replace(",", "."))
    return ("+" if signe == "+" else "-" if signe else ""), valeur, bool(percent)
