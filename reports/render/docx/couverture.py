"""Cover and sommaire of the Word document."""

from django.template.defaultfilters import capfirst

from .drawings import cover_drawing, flat_color
from .markup import field, internal_link, paragraph, run
from .pictures import Size, page_picture
from .statuts import write_legend
from .writer import Heading, Writer

SIGNES_TITRE = 120


def write_cover(writer: Writer) -> None:
    """Territory, title, one notch per fiche; the state of the document at the foot of the page."""
    tree, convention = writer.tree, writer.tree.convention
    spine = page_picture(writer.relation(flat_color(writer.accent)), writer.number(), Size(14, 297))
    writer.add(paragraph(spine + _brand(writer), "Marque"))
    writer.add(
        paragraph(
            run("Bilan des actions\n") + run(tree.periode, bold=True, color=writer.accent), "Title"
        )
    )
    lines = [convention.nom, convention.sous_titre, tree.axes_gardes]
    writer.text("\n".join(line for line in lines if line), "Subtitle")
    if tree.fiches:
        _write_drawing(writer)
    writer.end_cover(_foot(writer))


def _brand(writer: Writer) -> str:
    convention = writer.tree.convention
    logo = writer.media(convention.logo)
    picture = ""
    if logo:
        size = Size.of_pixels(logo, max_width=42, max_height=20)
        picture = writer.picture(logo, size, f"Logo : {convention.territoire}") + run("\n")
    kind = f"\n{capfirst(convention.type_territoire)}" if convention.type_territoire else ""
    return picture + run(convention.territoire, bold=True) + run(kind)


def _write_drawing(writer: Writer) -> None:
    tree = writer.tree
    rows = [
        [fiche.realisation.ton for fiche in axe.fiches] for axe in tree.axes if axe.comptes.fiches
    ]
    content, width, height = cover_drawing(rows, writer.accent)
    scale = min(122 / width, 70 / height, 25.4 / 96)
    alt = f"Réalisation des {tree.comptes.fiches} fiches, axe par axe"
    writer.add(
        paragraph(writer.picture(content, Size(width * scale, height * scale), alt), "Oeuvre")
    )
    writer.text(
        f"Un rectangle par fiche, une ligne par {tree.convention.mot_axe.lower()} : plein,"
        " réalisée ; à demi, partiellement réalisée ; vide, non réalisée ; pointillé, non"
        " renseignée.",
        "Oeuvre",
    )


def _foot(writer: Writer) -> list[str]:
    tree, convention = writer.tree, writer.tree.convention
    return [
        paragraph(run(f"{convention.territoire}\t") + run(tree.etat, bold=True), "PiedCouverture"),
        paragraph(run(f"{convention.caf}\t{tree.copil}"), "PiedCouverture2"),
    ]


def write_sommaire(writer: Writer) -> None:
    """A field of Word, filled in beforehand with the headings that were written.

    Its page numbers are fields too: Word writes them when it prints or updates the sommaire.
    """
    writer.text("Sommaire", "TOCHeading")
    entries = writer.headings
    for rank, heading in enumerate(entries):
        content = _entry(heading)
        if rank == 0:
            content = _BEGIN + content
        if rank == len(entries) - 1:
            content += _END
        writer.add(paragraph(content, f"TOC{heading.level}"))
    writer.text("Comment lire les statuts", "IntituleListe")
    write_legend(writer, writer.tree.comptes)


def _entry(heading: Heading) -> str:
    page = field(f"PAGEREF {heading.bookmark} \\h")
    return internal_link(heading.bookmark, run(f"{heading.text}\t") + page)


_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    ' TOC \\o "1-3" \\h \\z </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
