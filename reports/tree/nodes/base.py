"""The smallest parts of the tree: texts, statuses, counts, documents, pointers."""

from dataclasses import dataclass

from ctg_portal.lib.richtext import to_html, to_plain


@dataclass(frozen=True, slots=True)
class Texte:
    """A rich text, kept as it was typed."""

    brut: str = ""

    def __bool__(self):
        return bool(self.brut.strip())

    @property
    def html(self):
        """Sanitised HTML: paragraphs, lists, bold, italic, links, small tables."""
        return to_html(self.brut)

    @property
    def simple(self) -> str:
        """The words alone, on one line."""
        return to_plain(self.brut)


@dataclass(frozen=True, slots=True)
class Statut:
    """One value of a status: the stored value, the words, the names of its icon and tone."""

    valeur: str
    label: str
    icone: str
    ton: str


@dataclass(frozen=True, slots=True)
class Compte:
    statut: Statut
    nombre: int


@dataclass(frozen=True, slots=True)
class Comptes:
    """Counts over fiches that are not archived, in the order of the closed lists."""

    fiches: int
    nouvelles: int
    suivi: tuple[Compte, ...]
    realisation: tuple[Compte, ...]
    objectifs: tuple[Compte, ...]

    def nombre(self, lequel: str, valeur: str) -> int:
        """How many fiches have that value of "suivi", "realisation" or "objectifs"."""
        comptes = getattr(self, lequel)
        return next((compte.nombre for compte in comptes if compte.statut.valeur == valeur), 0)

    @property
    def non_renseignees(self) -> int:
        """Fiches without a réalisation, which is what "non renseignées" counts."""
        return self.nombre("realisation", "")


#: Stands for the name of a picture that was frozen, and may not be shown any more.
RETIREE = "retiree"


@dataclass(frozen=True, slots=True)
class Document:
    """A caption, with a picture, a link, another file, or none of them.

    `image` is the name of a picture in the media storage; a picture without droit à l’image is
    not in the tree at all, unless it was frozen while it had one: it is RETIREE then.
    """

    legende: str
    credit: str = ""
    alt: str = ""
    lien: str = ""
    image: str = ""
    fichier: str = ""

    @property
    def est_retiree(self) -> bool:
        return self.image == RETIREE

    @property
    def absence(self) -> str:
        """What stands for a picture that is not printed."""
        return "photo retirée : droit à l’image" if self.est_retiree else "image non reproduite"


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A pointer to a fiche of this bilan."""

    ancre: str
    repere: str
    intitule: str

    def __str__(self):
        return f"{self.repere} {self.intitule}" if self.repere else self.intitule

    @property
    def court(self) -> str:
        """The code, or the title of a fiche that has none."""
        return self.repere or self.intitule
