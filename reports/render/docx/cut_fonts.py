"""Cut the weights that a Word file embeds out of the variable font of the site.

Word reads neither variable fonts nor woff2. Cutting takes seconds, and gives the same bytes until
the font changes: the weights are kept in `polices`. `manage.py couper_polices` makes them again.
"""

import io

from ..ressources import POLICE, STATIC, Ressources
from .fonts import COUPES, Coupe

_TABLES_VARIABLES = ("STAT", "MVAR", "HVAR", "avar", "gvar", "fvar")


def cut_fonts() -> None:
    """Make the files of `polices`."""
    for coupe in COUPES:
        coupe.fichier.write_bytes(cut(coupe))


def cut(coupe: Coupe) -> bytes:
    """One weight of the variable font as TrueType, under the name of its family."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    # The same bytes whenever they are cut: no day of change inside.
    source = Ressources(frozenset()).open(STATIC + POLICE).contenu
    variable = TTFont(io.BytesIO(source), recalcTimestamp=False)
    font = instancer.instantiateVariableFont(variable, {"wght": coupe.weight})
    for name in _TABLES_VARIABLES:
        if name in font:
            del font[name]
    is_bold = coupe.weight >= 700
    _rename(font["name"], coupe.family, is_bold)
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = 700 if is_bold else 400
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if is_bold else 0x40)
    head.macStyle = 1 if is_bold else 0
    font.flavor = None
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _rename(table, family: str, is_bold: bool) -> None:
    names = {1: family, 2: "Bold" if is_bold else "Regular", 4: f"{family}{' Bold' * is_bold}"}
    names[6] = names[4].replace(" ", "")
    for record in list(table.names):
        if record.nameID in {16, 17, 21, 22, 25}:
            table.removeNames(nameID=record.nameID)
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
