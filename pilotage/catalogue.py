"""What the catalogue of components shows: made-up examples, never a row of the database."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse

from actions.enums import STATUTS, Apparence, Atteint, Objectifs, Realisation
from axes.enums import Accent
from axes.models import Convention
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.forms import use_quick_selects
from ctg_portal.lib.icones import INTERFACE
from ctg_portal.lib.periodes import parse_periode
from indicators.models import Indicateur, Valeur
from indicators.series import Serie, build_serie

from .tableau import LigneStatut, status_line

FICHES = 9
STATUTS_MONTRES = {
    "Suivi": STATUTS["suivi"],
    "Réalisation": Realisation,
    "Objectifs": Objectifs,
    "Résultat attendu": Atteint,
}
#: Token of the style sheet: what it colours.
TEINTES = (
    ("fond", "page"),
    ("surface", "carte, tableau"),
    ("creux", "ligne de groupe"),
    ("encre", "texte"),
    ("encre-2", "texte secondaire"),
    ("trait", "bord d’un champ"),
    ("filet", "décor seulement"),
    ("fait", "fait"),
    ("partiel", "en partie, alerte"),
    ("non", "non, erreur"),
    ("vide", "non renseigné"),
    ("papier", "sous un logo"),
    ("accent", "liens, boutons"),
    ("accent-doux", "sélection"),
)
CONFLITS = [
    {
        "nom": "Intitulé",
        "actuel": "Ouvrir un lieu d’accueil",
        "propose": "Ouvrir un lieu d’accueil le samedi",
    }
]
GENRES = ("info", "ok", "alerte", "erreur")
NIVEAUX = {
    "success": "Réalisation\u00a0: réalisée.",
    "info": "Un import est en cours.",
    "warning": "Deux fiches portent le même code.",
    "error": "Rien n’a été enregistré\u00a0: le portail ne répond pas.",
}


class FormulaireExemple(forms.Form):
    """Every kind of field that the portal uses."""

    texte = forms.CharField(label="Intitulé", help_text="Tel que signé.", max_length=60)
    date = forms.CharField(
        label="Date", required=False, help_text="Par exemple « juin 2018 » ou « 2020 »."
    )
    liste = forms.ChoiceField(
        label="Motif de l’écart",
        choices=[("", "non renseigné"), ("crise", "crise sanitaire"), ("moyens", "moyens")],
        required=False,
    )
    long = forms.CharField(label="Analyse", widget=forms.Textarea(attrs={"rows": 3}))
    fichier = forms.FileField(label="Photo", required=False, help_text="JPEG ou PNG.")
    choix = forms.ChoiceField(
        label="Suite à donner",
        choices=[("poursuivre", "poursuivre"), ("arreter", "arrêter")],
        widget=forms.RadioSelect,
    )
    plusieurs = forms.MultipleChoiceField(
        label="Thématiques",
        choices=[("jeunesse", "jeunesse"), ("logement", "logement"), ("handicap", "handicap")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    case = forms.BooleanField(
        label="Indicateur clé", required=False, help_text="Montré sur le tableau de bord."
    )
    lecture = forms.CharField(label="Référence", initial="A1", disabled=True, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        use_quick_selects(self)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The examples, by what they show: see templates/pilotage/catalogue.html."""

    adresse: str
    ariane: tuple[tuple[str, str], ...]
    teintes: tuple[tuple[str, str], ...]
    genres: tuple[str, ...]
    sorties: tuple[tuple[str, str], ...]
    proche: tuple[tuple[str, str, str], ...]
    accents: tuple[Accent, ...]
    icones: tuple[str, ...]
    statuts: tuple[tuple[str, tuple[Apparence, ...]], ...]
    lignes: tuple[LigneStatut, LigneStatut]
    formulaire: forms.Form
    refuse: forms.Form
    conflits: list[dict[str, str]]
    niveaux: dict[str, str]
    page: Page
    courbe: Serie
    barres: Serie


def build_catalogue() -> Catalogue:
    """Everything that the page shows; no query."""
    refuse = FormulaireExemple({"refuse-case": "on"}, prefix="refuse")
    refuse.is_valid()
    adresse = reverse("pilotage:catalogue")
    return Catalogue(
        adresse=adresse,
        ariane=(("Accessibilité", reverse("pilotage:page", args=["accessibilite"])),),
        teintes=TEINTES,
        genres=GENRES,
        sorties=(("Voir tout", adresse), ("Retirer un filtre", adresse)),
        proche=(("1.A2", "Ouvrir un lieu d’accueil", adresse),),
        accents=tuple(Accent),
        icones=tuple(sorted(INTERFACE)),
        statuts=tuple(
            (nom, (*(one.apparence for one in choices), choices.apparence_of("")))
            for nom, choices in STATUTS_MONTRES.items()
        ),
        lignes=_two_lines(),
        formulaire=FormulaireExemple(prefix="vide"),
        refuse=refuse,
        conflits=CONFLITS,
        niveaux=NIVEAUX,
        page=Paginator(range(30), 10).page(2),
        courbe=_curve(),
        barres=_bars(),
    )


def _two_lines() -> tuple[LigneStatut, LigneStatut]:
    done = [Realisation.REALISEE] * 4 + [Realisation.PARTIELLEMENT] * 2 + [Realisation.NON_REALISEE]
    reached = [Objectifs.ATTEINTS] * 3 + [Objectifs.PARTIELLEMENT] + [Objectifs.NON_ATTEINTS] * 2
    return (
        status_line(Realisation, _padded(done), FICHES),
        status_line(Objectifs, _padded(reached), FICHES),
    )


def _padded(values: list[str]) -> list[str]:
    return [*values, *[""] * (FICHES - len(values))]


def _curve() -> Serie:
    """A missing year, a note, a partial year, a forecast and a target."""
    return _serie(
        "Heures d’accueil",
        [
            _valeur("2019", 7438),
            _valeur("2020", 5210, note="fermeture de trois mois"),
            _valeur("2022", 9120, partielle=True),
            _valeur("2023", 10480),
            _valeur("2024", 11200, previsionnelle=True),
        ],
        cible=Decimal(12000),
        cible_periode=parse_periode("2024"),
    )


def _bars() -> Serie:
    return _serie("Places d’accueil", [_valeur("2019", 34), _valeur("2020", 46)])


def _serie(intitule: str, valeurs: list[Valeur], **champs) -> Serie:
    convention = Convention(
        slug="exemple", territoire="Exemple", debut=parse_date("2019"), fin=parse_date("2024")
    )
    return build_serie(
        Indicateur(pk=0, intitule=intitule, unite="heures", convention=convention, **champs),
        valeurs,
    )


def _valeur(periode: str, nombre: int, **champs) -> Valeur:
    return Valeur(periode=parse_periode(periode), valeur=Decimal(nombre), **champs)
