"""The icons of the portal, as inline SVG.

A status icon carries its tone twice: as classes, which the sheet of the site colours for light and
dark, and as presentation attributes with the light colours, for the PDF engine, which does not
read the sheet inside an SVG. Presentation attributes always lose to a style sheet.

Shape says which status (square: réalisation; round: objectifs and results; free glyph: suivi),
filling says how much. A page draws about 150 of them: every icon is built once, at import.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString

#: The light colours of the tones, the same as in static/css/tokens.css (a test compares them).
COULEURS = {
    "oui": "#1d6b3c",
    "part": "#8a5000",
    "part-doux": "#fbeeda",
    "non": "#a12a22",
    "nr": "#5b626b",
    "cours": "#14508c",
    "surface": "#ffffff",
}

CARRE = '<rect x="2.5" y="2.5" width="15" height="15" rx="1.5" stroke-width="1.6" {}/>'
ROND = '<circle cx="10" cy="10" r="7.7" stroke-width="1.6" {}/>'
LECTURE = '<path d="M5.5 3.4v13.2L16 10z" stroke-width="1.6" stroke-linejoin="round" {}/>'


def _plein(ton: str) -> str:
    return f'class="i-plein" fill="{COULEURS[ton]}" stroke="{COULEURS[ton]}"'


def _trait(ton: str) -> str:
    return f'class="i-trait" fill="none" stroke="{COULEURS[ton]}"'


def _pointille(ton: str) -> str:
    return (
        f'class="i-trait pointille" fill="none" stroke="{COULEURS[ton]}" stroke-dasharray="2.6 2.2"'
    )


def _demi(ton: str) -> str:
    return f'class="i-demi" fill="{COULEURS[ton]}"'


def _marque(path: str) -> str:
    return (
        f'<path d="{path}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        f' class="i-marque" fill="none" stroke="{COULEURS["surface"]}"/>'
    )


def _croix(path: str, width: str = "1.8") -> str:
    return f'<path d="{path}" stroke-width="{width}" stroke-linecap="round" {_trait("non")}/>'


#: name -> (tone, drawing on a 20 × 20 grid)
STATUTS = {
    "a-venir": ("nr", LECTURE.format(_trait("nr"))),
    "en-cours": ("cours", LECTURE.format(_plein("cours"))),
    "en-pause": (
        "part",
        f'<path d="M5 3.5h3v13H5zM12 3.5h3v13h-3z" stroke-width="1.2" {_plein("part")}/>',
    ),
    "terminee": (
        "oui",
        (
            '<path d="M5 18V2.5M5 3.5h10l-2.4 3.6L15 10.7H5z" stroke-width="1.6"'
            f' stroke-linejoin="round" stroke-linecap="round" {_plein("oui")}/>'
        ),
    ),
    "abandonnee": ("non", _croix("M4 4l12 12M16 4L4 16", "2.4")),
    "suivi-nr": (
        "nr",
        f'<path d="M10 2.8l7.2 7.2-7.2 7.2L2.8 10z" stroke-width="1.6" {_pointille("nr")}/>',
    ),
    "carre-oui": ("oui", CARRE.format(_plein("oui")) + _marque("M6 10.4l2.8 2.8L14.2 7.4")),
    "carre-part": (
        "part",
        CARRE.format(_trait("part"))
        + f'<path d="M2.5 10h15v6a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 16z" {_demi("part")}/>',
    ),
    "carre-non": (
        "non",
        CARRE.format(_trait("non")) + _croix("M6.7 6.7l6.6 6.6M13.3 6.7l-6.6 6.6"),
    ),
    "carre-nr": ("nr", CARRE.format(_pointille("nr"))),
    "rond-oui": ("oui", ROND.format(_plein("oui")) + _marque("M6.3 10.4l2.6 2.6L13.9 7.4")),
    "rond-part": (
        "part",
        ROND.format(_trait("part")) + f'<path d="M2.3 10a7.7 7.7 0 0 0 15.4 0z" {_demi("part")}/>',
    ),
    "rond-non": ("non", ROND.format(_trait("non")) + _croix("M7 7l6 6M13 7l-6 6")),
    "rond-nr": ("nr", ROND.format(_pointille("nr"))),
}

#: name -> drawing on a 24 × 24 grid, drawn in the colour of the text
INTERFACE = {
    "agenda": '<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/>'
    '<path d="M3.5 10h17M8 2.8V7M16 2.8V7M12 12.5v5M9.5 15h5"/>',
    "ajouter": '<path d="M12 5v14M5 12h14"/>',
    "alerte": '<path d="M12 3.5L22 20.5H2z"/><path d="M12 10v5M12 17.6v.3"/>',
    "bilans": '<path d="M6 3h8l4.5 4.5V21H6z"/><path d="M14 3v5h4.5M9 13h6M9 16.5h6"/>',
    "commentaire": '<path d="M4 5h16v11.5h-8.5L7 20.5v-4H4z"/><path d="M8 9h8M8 12.5h5"/>',
    "compte": '<circle cx="12" cy="8.5" r="3.8"/><path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
    "conventions": '<path d="M4 7.5l8-4 8 4-8 4zM4 12l8 4 8-4M4 16.5l8 4 8-4"/>',
    "corbeille": '<path d="M4 6.5h16M9 6.5V4h6v2.5M6 6.5L7 20.5h10l1-14M10 10.5v6M14 10.5v6"/>',
    "courriel": '<rect x="3" y="5" width="18" height="14" rx="1.5"/>'
    '<path d="M3.5 6.5L12 13l8.5-6.5"/>',
    "crayon": '<path d="M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z"/>',
    "deplacer": '<path d="M12 3.5v17M8.5 7L12 3.5 15.5 7M8.5 17l3.5 3.5 3.5-3.5"/>',
    "fermer": '<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>',
    "filtre": '<path d="M3.5 5h17l-6.5 8v6.5l-4-2V13z"/>',
    "fleche-bas": '<path d="M6 9l6 6 6-6"/>',
    "fleche-droite": '<path d="M9 5.5l6.5 6.5L9 18.5"/>',
    "historique": '<path d="M4 4.5v5h5M4.3 9.5A8.5 8.5 0 1 1 3.5 13M12 8v4.5l3.5 2"/>',
    "image": '<rect x="3" y="4.5" width="18" height="15" rx="1.5"/>'
    '<circle cx="8.5" cy="9.5" r="1.6"/><path d="M3.5 17.5l5-4.5 3.5 3 4-4.5 4.5 4.5"/>',
    "imprimer": '<path d="M7 8.5V3.5h10v5M7 17H3.5V8.5h17V17H17"/><path d="M7 14h10v6.5H7z"/>',
    "indicateurs": '<path d="M3 17l5.5-6 4.5 3.5L21 6"/><path d="M3 21h18"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.2v.3"/>',
    "lien": '<path d="M10 14.5l4.5-5M8.5 11L6 13.5a3.4 3.4 0 0 0 4.8 4.8L13 16'
    'M11 8l2.2-2.3a3.4 3.4 0 0 1 4.8 4.8L15.5 13"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "ok": '<circle cx="12" cy="12" r="9"/><path d="M7.8 12.4l3 3 5.6-6.2"/>',
    "plan": '<path d="M4 6h2M4 12h2M4 18h2M9.5 6H20M9.5 12H20M9.5 18H20"/>',
    "projeter": '<rect x="3" y="4" width="18" height="12.5" rx="1.5"/>'
    '<path d="M9 20.5h6M12 16.5v4"/>',
    "rechercher": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "retour": '<path d="M10.5 5.5L4 12l6.5 6.5M4 12h16"/>',
    "reunions": '<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/>'
    '<path d="M3.5 10h17M8 2.8V7M16 2.8V7"/>',
    "sortie": '<path d="M13.5 4H4.5v16h9M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>',
    "tableau": '<path d="M4 20V11M10 20V4M16 20v-7M21 20H2.5"/>',
    "telecharger": '<path d="M12 4v11M7.5 10.8L12 15.3l4.5-4.5M4 20h16"/>',
}
# Two names for one drawing: "Plus" is the place of the navigation, "menu" what it draws.
INTERFACE["plus"] = INTERFACE["menu"]

_STATUT = '<svg class="ic s-{ton}" viewBox="0 0 20 20" width="{taille}" height="{taille}" {nommage}'
_INTERFACE = (
    '<svg class="ic" viewBox="0 0 24 24" width="{taille}" height="{taille}" fill="none"'
    ' stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
    " {nommage}"
)
_MUET = 'aria-hidden="true" focusable="false">'


def _dessin(nom: str, nommage: str, taille: int) -> SafeString:
    # Safe: only constants of this module, an integer and an escaped title are put together.
    if nom in STATUTS:
        ton, corps = STATUTS[nom]
        return SafeString(f"{_STATUT.format(ton=ton, taille=taille, nommage=nommage)}{corps}</svg>")
    return SafeString(f"{_INTERFACE.format(taille=taille, nommage=nommage)}{INTERFACE[nom]}</svg>")


TAILLE = 20
_MUETS = {nom: _dessin(nom, _MUET, TAILLE) for nom in (*STATUTS, *INTERFACE)}


def svg(nom: str, titre: str = "", taille: int | None = None) -> SafeString:
    """The icon `nom`; decorative unless it has a `titre`, `taille` in pixels (20 by default).

    The size is an attribute, so a style sheet wins over it. Raises KeyError on an unknown name.
    """
    if nom not in _MUETS:
        raise KeyError(f"no icon is called {nom!r}: see ctg_portal/lib/icones.py")
    if not titre and taille is None:
        return _MUETS[nom]
    nommage = f'role="img"><title>{escape(titre)}</title>' if titre else _MUET
    return _dessin(nom, nommage, int(taille or TAILLE))
