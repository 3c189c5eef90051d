"""The parts of the Word file that stand beside its text: styles, lists, settings, fonts."""

import re

from indicators.charts.svg import ENCRE, FILET, TRAIT, teintes_of

from .fonts import FAMILLES, embedded_fonts
from .markup import DECLARATIONS
from .styles import LANGUE, NIVEAUX, NUMEROS, POLICE, POLICE_FINE, PUCES, Style, paragraph_styles

#: The order in which WordprocessingML wants the properties of a paragraph.
_ORDER = (
    "keepNext",
    "keepLines",
    "numPr",
    "pBdr",
    "tabs",
    "suppressAutoHyphens",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
)
_RESTES = {"stylesWithEffects", "customXml", "thumbnail"}
_PROPERTY = re.compile(r"<w:(pBdr|tabs|numPr)>.*?</w:\1>|<w:\w+[^>]*/>")
_SANS_TABLEAU = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)


def write_stylesheet(document, couleur: str) -> None:
    """Replace what python-docx starts from: no style of its template is left."""
    _refill(document.styles.element, _styles(couleur))
    _refill(document.settings.element, _SETTINGS)
    _refill(document.part.numbering_part.element, _numberings())
    _write_fonts(document)
    _drop_leftovers(document)


def write_short_titles(document) -> None:
    """The titles of parts that do not begin a page: smaller, with room above."""
    from docx.shared import Pt

    title = document.styles["heading 1"]
    title.font.size = Pt(18)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(20), Pt(6)


def add_numbered_list(document, number: int, start: int = 1) -> None:
    """A numbering that starts at `start`, under this number, whatever level its list has."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level in range(NIVEAUX)
    )
    _append(
        document.part.numbering_part.element,
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMEROS}"/>{overrides}</w:num>',
    )


def _drop_leftovers(document) -> None:
    """What the template of python-docx brings and nothing uses: old styles, a picture of itself."""
    for part in (document.part, document.part.package):
        for relation, target in list(part.rels.items()):
            if target.reltype.rpartition("/")[2] in _RESTES:
                del part.rels[relation]


def _refill(element, markup: str) -> None:
    for child in list(element):
        element.remove(child)
    _append(element, markup)


def _append(element, markup: str) -> None:
    from docx.oxml import parse_xml

    for child in list(parse_xml(f"<w:body {DECLARATIONS}>{markup}</w:body>")):
        element.append(child)


# --- Styles ---


def _styles(couleur: str) -> str:
    accent = teintes_of(couleur).accent
    link = f'<w:color w:val="{accent[1:]}"/><w:u w:val="single"/>'
    return (
        _defaults()
        + "".join(map(_paragraph_style, paragraph_styles(accent)))
        + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f"<w:rPr>{link}</w:rPr></w:style>"
        + _SANS_TABLEAU
        + _table_style("TableauCTG", "Tableau CTG", rules=True)
        + _table_style("TableauNu", "Tableau sans filet", rules=False)
        + _table_style("TableauASigner", "Tableau à signer", rules=True, color=TRAIT, columns=True)
    )


def _defaults() -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_font(POLICE)}<w:color w:val="{ENCRE[1:]}"/>'
        '<w:sz w:val="19"/><w:szCs w:val="19"/>'
        f'<w:lang w:val="{LANGUE}" w:eastAsia="{LANGUE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="264" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "</w:style>"
    )


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _paragraph_style(style: Style) -> str:
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.base}"/>{following}<w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(style)}</w:pPr><w:rPr>{_run_properties(style)}</w:rPr>"
        "</w:style>"
    )


def _paragraph_properties(style: Style) -> str:
    before, after = round(style.before * 20), round(style.after * 20)
    space = f'w:before="{before}" w:after="{after}" w:line="{style.line}" w:lineRule="auto"'
    found = [f"<w:spacing {space}/>"]
    if style.keep:
        found += ["<w:keepNext/>", "<w:keepLines/>"]
    if style.outline is not None:
        found.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    found += [match[0] for match in _PROPERTY.finditer(style.extra)]
    return "".join(sorted(found, key=lambda markup: _ORDER.index(_tag(markup))))


def _tag(markup: str) -> str:
    return re.match(r"<w:(\w+)", markup)[1]


def _run_properties(style: Style) -> str:
    size = round(style.size * 2)
    return "".join(
        (
            _font(POLICE_FINE) if style.light else "",
            "<w:b/>" if style.bold else "",
            f'<w:color w:val="{style.color.removeprefix("#")}"/>' if style.color else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        )
    )


def _table_style(
    name: str, title: str, *, rules: bool, color: str = FILET, columns: bool = False
) -> str:
    """Hairlines between rows and an ink rule under the heading, or nothing at all.

    `columns` draws hairlines between the columns too.
    """
    hairline = f'w:val="single" w:sz="4" w:space="0" w:color="{color[1:]}"'
    borders = f"<w:bottom {hairline}/><w:insideH {hairline}/>" if rules else ""
    if columns:
        borders += f'<w:insideV w:val="single" w:sz="4" w:space="0" w:color="{FILET[1:]}"/>'
    heading = (
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single"'
        f' w:sz="8" w:space="0" w:color="{ENCRE[1:]}"/></w:tcBorders><w:vAlign w:val="bottom"/>'
        "</w:tcPr></w:tblStylePr>"
        if rules
        else ""
    )
    vertical = 40 if rules else 15
    return (
        f'<w:style w:type="table" w:styleId="{name}"><w:name w:val="{title}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        f'<w:top w:w="{vertical}" w:type="dxa"/>'
        f'<w:left w:w="{85 if columns else 0}" w:type="dxa"/>'
        f'<w:bottom w:w="{vertical}" w:type="dxa"/><w:right w:w="113" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr>{heading}</w:style>"
    )


# --- Lists and settings ---


def _numberings() -> str:
    bullets = "".join(_level(rank, "bullet", "•–·"[rank], "ListBullet") for rank in range(NIVEAUX))
    numbers = "".join(
        _level(rank, "decimal", f"%{rank + 1}.", "ListNumber") for rank in range(NIVEAUX)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{PUCES}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="{NUMEROS}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{numbers}</w:abstractNum>'
        f'<w:num w:numId="{PUCES}"><w:abstractNumId w:val="{PUCES}"/></w:num>'
        f'<w:num w:numId="{NUMEROS}"><w:abstractNumId w:val="{NUMEROS}"/></w:num>'
    )


def _level(rank: int, kind: str, text: str, style: str) -> str:
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style}{rank + 1 if rank else ""}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{283 * (rank + 1)}" w:hanging="283"/>'
        "</w:pPr></w:lvl>"
    )


_SETTINGS = (
    '<w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:saveSubsetFonts/>'
    '<w:defaultTabStop w:val="567"/><w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/>'
    '<w:doNotHyphenateCaps/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    f'<w:themeFontLang w:val="{LANGUE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)


# --- Fonts ---


def _write_fonts(document) -> None:
    """The font table of the document, with the fonts themselves."""
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    old = next(rel for rel in document.part.rels.values() if rel.reltype == RT.FONT_TABLE)
    table = Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, b"", package)
    old._target = table
    declared: dict[str, list[str]] = {family: [] for family in FAMILLES}
    for rank, font in enumerate(embedded_fonts(), start=1):
        part = Part(
            PackURI(f"/word/fonts/font{rank}.odttf"),
            "application/vnd.openxmlformats-officedocument.obfuscatedFont",
            font.content,
            package,
        )
        relation = table.relate_to(part, RT.FONT)
        declared[font.family].append(f'<w:{font.place} r:id="{relation}" w:fontKey="{font.key}"/>')
    fonts = "".join(
        f'<w:font w:name="{family}"><w:altName w:val="Verdana"/><w:charset w:val="00"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(places)}</w:font>'
        for family, places in declared.items()
    )
    table._blob = f"<w:fonts {DECLARATIONS}>{fonts}</w:fonts>".encode()
