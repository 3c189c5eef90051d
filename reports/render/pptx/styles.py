"""Styles of the text: one level of the outline per role, with the sizes that were measured."""

from ...deck.colonnes import (
    BLANC_ELEMENT,
    DETAIL,
    INTERLIGNE_DETAIL,
    INTERLIGNE_TETE,
    RETRAIT_NUMERO,
    TETE,
)
from ...deck.composition import STYLES
from ...deck.slides import Role

EMU = 9525
#: Each role of a line is a level of the outline: typing Tab or Shift-Tab changes it.
NIVEAUX = {
    Role.PUCE: 0,
    Role.SOUS_PUCE: 1,
    Role.TEXTE: 2,
    Role.DETAIL: 3,
    Role.INTERTITRE: 4,
    Role.VOLET: 5,
}
#: A numbered line: its head after its number, then its details.
NUMEROTE, NUMEROTE_DETAIL = 6, 7

GRIS_DU_THEME = '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
ENCRE_DU_THEME = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
ACCENT_DU_THEME = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'


def style_de_surtitre() -> str:
    return niveau(1, 16.5, 21, couleur=ACCENT_DU_THEME)


def style_de_legende() -> str:
    return niveau(1, 15.75, 20.25, gras=False)


def style_blanc(corps: float, ligne: float) -> str:
    white = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
    return "".join(niveau(rank, corps, ligne, gras=False, couleur=white) for rank in (1, 2))


def styles_de_lignes(echelle: float) -> str:
    """One level per role, with the sizes that the slides were measured with."""
    levels = []
    for role, rank in sorted(NIVEAUX.items(), key=lambda pair: pair[1]):
        style = STYLES[role]
        levels.append(
            niveau(
                rank + 1,
                0.75 * echelle * style.corps,
                0.75 * echelle * style.interligne,
                gras=style.gras,
                couleur=GRIS_DU_THEME if role == Role.DETAIL else ENCRE_DU_THEME,
                marge=echelle * style.retrait,
                retrait=-echelle * min(style.retrait, 28),
                avant=0.75 * echelle * style.avant,
                puce={Role.PUCE: "•", Role.SOUS_PUCE: "–"}.get(role, ""),
            )
        )
    hanging = echelle * RETRAIT_NUMERO
    levels.append(
        niveau(
            NUMEROTE + 1,
            0.75 * echelle * TETE,
            0.75 * echelle * INTERLIGNE_TETE,
            avant=0.75 * echelle * BLANC_ELEMENT,
            marge=hanging,
            retrait=-hanging,
        )
    )
    levels.append(
        niveau(
            NUMEROTE_DETAIL + 1,
            0.75 * echelle * DETAIL,
            0.75 * echelle * INTERLIGNE_DETAIL,
            gras=False,
            couleur=GRIS_DU_THEME,
            marge=echelle * RETRAIT_NUMERO,
        )
    )
    return "".join(levels)


def niveau(
    rang: int,
    corps: float,
    ligne: float,
    *,
    gras: bool = True,
    couleur: str = ENCRE_DU_THEME,
    marge: float = 0,
    retrait: float = 0,
    avant: float = 0,
    puce: str = "",
) -> str:
    """The style of one level of the outline; body, line and space before are in points."""
    bullet = (
        f'<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="Arial"/>'
        f'<a:buChar char="{puce}"/>'
        if puce
        else "<a:buNone/>"
    )
    return (
        f'<a:lvl{rang}pPr marL="{round(marge * EMU)}" indent="{round(retrait * EMU)}" algn="l">'
        f'<a:lnSpc><a:spcPts val="{round(ligne * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(avant * 100)}"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="0"/></a:spcAft>{bullet}'
        f'<a:defRPr lang="fr-FR" sz="{round(corps * 100)}" b="{int(gras)}" kern="1200">{couleur}'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
        f"</a:defRPr></a:lvl{rang}pPr>"
    )
