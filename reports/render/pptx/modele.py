"""The 16:9 model: theme, master and layouts, written once and used by every slide.

The model that python-pptx brings (4:3, eleven layouts) is emptied and filled again, so that who
opens the file finds the layouts of the deck: a title, columns or a numbered list to type in, with
their own sizes, bullets and colours. No slide sets a size of its own.
"""

import re
from dataclasses import dataclass

from indicators.charts.svg import TEINTES

from ...deck.axes import LARGEUR_OUVERTURE
from ...deck.build import LARGEUR_PIED
from ...deck.colonnes import LARGEUR_TEXTE
from ...deck.composition import GRAND, largeur_de_colonne
from ...deck.slides import BAS, GOUTTIERE, HAUTEUR, LARGEUR, LARGEUR_UTILE, MARGE
from .styles import (
    ACCENT_DU_THEME,
    EMU,
    ENCRE_DU_THEME,
    GRIS_DU_THEME,
    niveau,
    style_blanc,
    style_de_legende,
    style_de_surtitre,
    styles_de_lignes,
)

POLICE = "Atkinson Hyperlegible Next"
#: What office software looks for when the font is missing: a sans serif of variable width.
FAMILLE = 'pitchFamily="34" charset="0"'
ENCRE, GRIS, FILET, CREUX, BLANC = "1B1E23", "4A5159", "CFCAC0", "F3F1EC", "FFFFFF"
OUI, PARTIEL, NON, VIDE, COURS = "1D6B3C", "8A5000", "A12A22", "5B626B", "14508C"
TONS = {"oui": OUI, "part": PARTIEL, "non": NON, "nr": VIDE, "cours": COURS}

SURTITRE, ENTETE, COLONNE, PIED, NUMERO = 10, 11, 12, 30, 31

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_VIDE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'


@dataclass(frozen=True, slots=True)
class Cadre:
    """A rectangle of a slide, in pixels."""

    x: float
    y: float
    largeur: float
    hauteur: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        return tuple(round(part * EMU) for part in (self.x, self.y, self.largeur, self.hauteur))


@dataclass(frozen=True, slots=True)
class Place:
    """A placeholder of a layout: its kind, number, name, rectangle and the style of its text."""

    type: str
    idx: int
    nom: str
    cadre: Cadre
    style: str = ""
    ancre: str = "t"

    @property
    def invite(self) -> str:
        """What the placeholder asks for."""
        return self.nom if self.type in {"title", "ctrTitle"} else f"{self.nom} : texte"


@dataclass(frozen=True, slots=True)
class Disposition:
    nom: str
    places: tuple[Place, ...]
    fond: str = ""
    avec_pied: bool = True


def nouvelle_presentation(couleur: str):
    """An empty presentation with its layouts, and the layouts by name."""
    import pptx

    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = LARGEUR * EMU, HAUTEUR * EMU
    accent = TEINTES[couleur]
    _language(presentation)
    _theme(presentation, accent.accent[1:].upper(), accent.doux[1:].upper())
    _master(presentation.slide_master)
    wanted = dispositions()
    layouts = list(presentation.slide_layouts)
    for layout in layouts[len(wanted) :]:
        presentation.slide_layouts.remove(layout)
    found = {}
    for layout, disposition in zip(layouts, wanted, strict=False):
        _layout(layout, disposition)
        found[disposition.nom] = layout
    return presentation, found


def dispositions() -> tuple[Disposition, ...]:
    title = Place("title", 0, "Titre", Cadre(MARGE, 88, LARGEUR_UTILE, 60))
    over = Place(
        "body", SURTITRE, "Sur-titre", Cadre(MARGE, 54, LARGEUR_UTILE, 30), style_de_surtitre(), "t"
    )
    return (
        _couverture(),
        _ouverture(),
        *(_colonnes(title, over, count, grand=False) for count in (1, 2, 3)),
        *(_colonnes(title, over, count, grand=True) for count in (1, 2)),
        Disposition("Titre seul", (title, over)),
        Disposition(
            "Photos",
            (
                title,
                over,
                *(
                    Place("body", COLONNE + rank, f"Légende {rank + 1}", cadre, style_de_legende())
                    for rank, cadre in enumerate(cadres_de_colonnes(2, 550))
                ),
            ),
        ),
        Disposition(
            "Annonce",
            (
                Place(
                    "title",
                    0,
                    "Titre",
                    Cadre(MARGE, 260, LARGEUR_UTILE, 100),
                    niveau(1, 57, 66, gras=False),
                ),
            ),
            fond="bg2",
        ),
    )


def cadres_de_colonnes(nombre: int, haut: float) -> list[Cadre]:
    wide = largeur_de_colonne(nombre) if nombre > 1 else LARGEUR_UTILE
    return [
        Cadre(MARGE + rank * (wide + GOUTTIERE), haut, wide, BAS - haut) for rank in range(nombre)
    ]


def nom_de_colonnes(nombre: int, *, grand: bool) -> str:
    name = {1: "Une colonne", 2: "Deux colonnes", 3: "Trois colonnes"}[nombre]
    return f"{name}, grand texte" if grand else name


def _colonnes(title: Place, over: Place, count: int, *, grand: bool) -> Disposition:
    style = styles_de_lignes(GRAND if grand else 1)
    places = [
        Place("body", COLONNE + rank, f"Contenu {rank + 1}", cadre, style)
        for rank, cadre in enumerate(cadres_de_colonnes(count, 190))
    ]
    head = Place("body", ENTETE, "En-tête", Cadre(MARGE, 150, LARGEUR_UTILE, 36), style)
    return Disposition(nom_de_colonnes(count, grand=grand), (title, over, head, *places))


def _couverture() -> Disposition:
    white = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
    big = niveau(1, 45, 54, gras=False, couleur=white)
    return Disposition(
        "Couverture",
        (
            Place("ctrTitle", 0, "Titre", Cadre(MARGE, 166, LARGEUR_UTILE, 200), big),
            Place("body", 10, "Territoire", Cadre(MARGE, 58, 800, 64), style_blanc(18, 23), "ctr"),
            Place("body", 11, "Sous-titre", Cadre(MARGE, 380, 620, 150), style_blanc(16.5, 22)),
            Place("body", 12, "Date", Cadre(MARGE, 540, 620, 124), style_blanc(21, 27), "b"),
        ),
        fond="accent1",
        avec_pied=False,
    )


def _ouverture() -> Disposition:
    left = MARGE + 290
    wide = largeur_de_colonne(3, LARGEUR_OUVERTURE)
    title = niveau(1, 36, 41)
    numeral = niveau(1, 200, 210, gras=False, couleur=ACCENT_DU_THEME)
    facts = niveau(1, 15, 19.5, gras=False, couleur=GRIS_DU_THEME) + niveau(2, 18, 22.5)
    facts += niveau(3, 15, 19.5, gras=False, couleur=GRIS_DU_THEME)
    goals = niveau(1, 16.5, 21, gras=False, marge=56, retrait=-56, avant=7.5)
    return Disposition(
        "Ouverture d’axe",
        (
            Place("title", 0, "Titre", Cadre(left, 70, LARGEUR_OUVERTURE, 110), title),
            Place("body", 10, "Numéro", Cadre(72, 78, 285, 290), numeral),
            *(
                Place(
                    "body",
                    11 + rank,
                    f"Fait {rank + 1}",
                    Cadre(left + rank * (wide + GOUTTIERE), 210, wide, 100),
                    facts,
                )
                for rank in range(3)
            ),
            Place("body", 14, "Objectifs", Cadre(left, 340, LARGEUR_OUVERTURE, 290), goals),
        ),
    )


def _theme(presentation, accent: str, doux: str) -> None:
    """The colours and the font of the portal in place of those of the library."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    part = presentation.slide_master.part.part_related_by(RT.THEME)
    colours = {
        "dk1": ENCRE,
        "lt1": BLANC,
        "dk2": GRIS,
        "lt2": doux,
        "accent1": accent,
        "accent2": PARTIEL,
        "accent3": OUI,
        "accent4": NON,
        "accent5": VIDE,
        "accent6": COURS,
        "hlink": accent,
        "folHlink": GRIS,
    }
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items()
    )
    font = f'<a:latin typeface="{POLICE}" {FAMILLE}/><a:ea typeface=""/><a:cs typeface=""/>'
    fonts = f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>"
    xml = part.blob.decode()
    for tag, content in (
        ("clrScheme", f'<a:clrScheme name="Portail CTG">{scheme}</a:clrScheme>'),
        ("fontScheme", f'<a:fontScheme name="Portail CTG">{fonts}</a:fontScheme>'),
        ("objectDefaults", "<a:objectDefaults/>"),
    ):
        xml = re.sub(rf"<a:{tag}\b.*?</a:{tag}>", content, xml, count=1, flags=re.DOTALL)
    part._blob = xml.replace('name="Office Theme"', 'name="Portail CTG"').encode()


def _language(presentation) -> None:
    """French where nothing else says it, no picture of another presentation, no 4:3."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    element = presentation.part._element
    for node in element.iter(f"{{{_A}}}defRPr"):
        node.set("lang", "fr-FR")
    element.find(f"{{{_P}}}sldSz").attrib.pop("type", None)
    package = presentation.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RT.THUMBNAIL:
            package.drop_rel(key)


def _master(master) -> None:
    from pptx.oxml import parse_xml

    places = (
        Place("title", 0, "Titre", Cadre(MARGE, 54, LARGEUR_UTILE, 60)),
        Place("body", 1, "Contenu", Cadre(MARGE, 150, LARGEUR_TEXTE, BAS - 150)),
        *_pieds(),
    )
    _fill(master, places, fond="bg1")
    styles = (
        f"<p:txStyles {_NS}><p:titleStyle>{niveau(1, 30, 34.8)}</p:titleStyle>"
        f"<p:bodyStyle>{styles_de_lignes(1)}</p:bodyStyle>"
        f"<p:otherStyle>{niveau(1, 15, 19.5, gras=False)}</p:otherStyle></p:txStyles>"
    )
    old = master._element.find(f"{{{_P}}}txStyles")
    old.getparent().replace(old, parse_xml(styles))


_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def _layout(layout, disposition: Disposition) -> None:
    layout.name = disposition.nom
    element = layout._element
    for attribute in ("type", "preserve"):
        element.attrib.pop(attribute, None)
    element.set("preserve", "1")
    places = disposition.places + (_pieds() if disposition.avec_pied else ())
    _fill(layout, places, fond=disposition.fond)


def _pieds() -> tuple[Place, ...]:
    foot = niveau(1, 15, 19.5, gras=False, couleur=GRIS_DU_THEME)
    number = niveau(1, 15, 19.5, couleur=ENCRE_DU_THEME).replace('algn="l"', 'algn="r"')
    return (
        Place("ftr", PIED, "Pied de page", Cadre(MARGE, 660, LARGEUR_PIED, 36), foot, "ctr"),
        Place(
            "sldNum", NUMERO, "Numéro", Cadre(LARGEUR - MARGE - 120, 660, 120, 36), number, "ctr"
        ),
    )


def _fill(holder, places: tuple[Place, ...], *, fond: str = "") -> None:
    """Replace the shapes and the background of a master or of a layout."""
    from pptx.oxml import parse_xml

    shapes = "".join(forme_de(place, rank) for rank, place in enumerate(places, start=2))
    background = (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{fond}"/></a:solidFill><a:effectLst/>'
        "</p:bgPr></p:bg>"
        if fond
        else ""
    )
    name = holder._element.cSld.get("name") or ""
    made = parse_xml(
        f'<p:cSld {_NS} name="{name}">{background}<p:spTree>{_VIDE}{shapes}</p:spTree></p:cSld>'
    )
    holder._element.replace(holder._element.cSld, made)


def forme_de(place: Place, rang: int) -> str:
    """The XML of a placeholder, with its rectangle, its style and what it invites to type."""
    x, y, wide, high = place.cadre.emu
    prompt = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        '<a:rPr lang="fr-FR"/><a:t>‹N›</a:t></a:fld>'
        if place.type == "sldNum"
        else f'<a:r><a:rPr lang="fr-FR"/><a:t>{place.invite}</a:t></a:r>'
    )
    size = ' sz="quarter"' if place.type in {"ftr", "sldNum"} else ""
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{rang}" name="{place.nom}"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{place.type}"{size} idx="{place.idx}"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{place.ancre}"'
        ' wrap="square"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{place.style}</a:lstStyle><a:p>{prompt}</a:p></p:txBody></p:sp>"
    )
