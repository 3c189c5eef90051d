"""Rich texts as lines of a slide: paragraphs, lists, small tables."""

from html.parser import HTMLParser

from ..tree.nodes import Texte
from .mesure import ESPACES
from .slides import Ligne, Role

_BLOCS = {"p", "li", "tr"}
_LISTES = {"ul", "ol"}
ENTRE_CELLULES = "\u00a0: "


def lignes_de(texte: Texte, *, paragraphe: Role = Role.TEXTE) -> list[Ligne]:
    """The lines of a rich text; its paragraphs take the role `paragraphe`.

    Items of a list are bullets, sub-bullets inside another list or where paragraphs are bullets
    themselves; a row of a table is one line.
    """
    reader = _Lecteur(paragraphe)
    reader.feed(texte.html)
    reader.close()
    return reader.lignes


class _Lecteur(HTMLParser):
    """Reads the closed set of marks that `richtext.to_html` writes."""

    def __init__(self, paragraphe: Role):
        super().__init__(convert_charrefs=True)
        self.paragraphe = paragraphe
        self.lignes: list[Ligne] = []
        self._mots: list[str] = []
        self._cellules: list[str] = []
        self._profondeur = 1 if paragraphe == Role.PUCE else 0
        self._rangs: list[int | None] = []

    def handle_starttag(self, tag, attrs):
        if tag in _LISTES:
            self._finir()
            self._profondeur += 1
            # A numbered list may go on after a paragraph.
            start = int(dict(attrs).get("start") or 1)
            self._rangs.append(start - 1 if tag == "ol" else None)
        elif tag in _BLOCS:
            self._finir()
            if tag == "li" and self._rangs[-1] is not None:
                self._rangs[-1] += 1
                self._mots.append(f"{self._rangs[-1]}. ")
        elif tag == "br":
            self._mots.append(" ")

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self._cellules.append(self._pris())
        elif tag in _BLOCS:
            self._finir()
        elif tag in _LISTES:
            self._profondeur -= 1
            self._rangs.pop()

    def handle_data(self, data):
        self._mots.append(data)

    def close(self):
        super().close()
        self._finir()

    def _pris(self) -> str:
        text = ESPACES.sub(" ", "".join(self._mots)).strip()
        self._mots.clear()
        return text

    def _finir(self):
        if self._cellules:
            first, *others = [cellule for cellule in self._cellules if cellule] or [""]
            text = ENTRE_CELLULES.join([first, ", ".join(others)]) if others else first
            self._cellules.clear()
            self._mots.clear()
        else:
            text = self._pris()
        if not text:
            return
        roles = (self.paragraphe, Role.PUCE, Role.SOUS_PUCE)
        depth = min(self._profondeur, 2) if self._rangs else 0
        self.lignes.append(Ligne(roles[depth], text))
