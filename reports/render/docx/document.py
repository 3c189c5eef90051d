"""The parts of the Word document, in the order of the bilan; in a synthèse they share pages
with the sommaire."""

from collections.abc import Callable, Iterator
from functools import partial

from ...enums import Partie
from ...tree.nodes import AVIS, Texte
from .annexes import write_annexes
from .axe import write_axe
from .axe_court import write_axe_in_short
from .cadrage import TITRE as CADRAGE
from .cadrage import write_cadrage
from .couverture import write_cover, write_sommaire
from .depuis import AVIS as TITRE_AVIS
from .depuis import write_avis, write_depuis
from .gouvernance import write_gouvernance
from .points import write_phares
from .writer import Writer

SOMMAIRE, SYNTHESE = "Sommaire", "Synthèse"
#: What writes a part, and its running title.
Part = tuple[Callable[[], None], str]


def write_document(writer: Writer) -> None:
    """Write the whole body. The sommaire comes last: it lists the headings that were written."""
    write_cover(writer)
    place = len(writer.body)
    parts = [part for name in writer.tree.parties for part in _parts(writer, name)]
    if writer.tree.en_synthese and parts:
        writer.tighten()
        parts = [(partial(_write_all, parts), SYNTHESE)]
    for rank, (write, title) in enumerate(parts, start=1):
        write()
        if rank < len(parts):
            writer.end_section(title)
    rest, writer.body[place:] = writer.body[place:], []
    write_sommaire(writer)
    if not parts:
        writer.add(writer.last_section(SOMMAIRE))
        return
    if not writer.tree.en_synthese:
        writer.end_section(SOMMAIRE)
    writer.add(*rest, writer.last_section(parts[-1][1]))


def _write_all(parts: list[Part]) -> None:
    for write, _ in parts:
        write()


def _parts(writer: Writer, name: str) -> Iterator[Part]:
    """A part of the bilan, or one for each axe."""
    tree = writer.tree
    if name == Partie.AXES:
        write_one = write_axe_in_short if tree.en_synthese else write_axe
        for axe in tree.axes:
            yield partial(write_one, writer, axe), f"{axe.repere} · {axe.nom_court}"
    elif name == Partie.INTRODUCTION:
        yield _text(writer, name, "Introduction", tree.introduction)
    elif name == Partie.CONCLUSION:
        yield _text(writer, name, "Conclusion", tree.conclusion)
    elif name == Partie.DEPUIS:
        yield partial(write_depuis, writer, tree.depuis), tree.depuis.titre
    elif name == Partie.PHARES:
        yield partial(write_phares, writer), tree.titre_annees
    elif name == AVIS:
        yield partial(write_avis, writer, tree.arrete), TITRE_AVIS
    else:
        write, title = _SIMPLES[name]
        yield partial(write, writer), title


_SIMPLES = {
    Partie.CADRAGE: (write_cadrage, CADRAGE),
    Partie.GOUVERNANCE: (write_gouvernance, "Gouvernance"),
    Partie.ANNEXES: (write_annexes, "Annexes"),
}


def _text(writer: Writer, name: str, title: str, texte: Texte) -> Part:
    def write() -> None:
        writer.heading(1, title, anchor=name)
        writer.add(writer.rich(texte))

    return write, title
