"""The forms of an import: the file, then what the columns of a foreign spreadsheet mean."""

import re

from django import forms

from ctg_portal.lib.exchange.archives import MO, TAILLE_MAX
from ctg_portal.lib.exchange.cells import clean

from ..exchange.foreign import (
    COLONNES,
    OBLIGATOIRES,
    STATUTS,
    Correspondance,
    guess_columns,
    guess_word,
    heading_line,
    words_of,
)
from ..exchange.registry import all_tables

# A column with more different words than this is no status.
MOTS_MAX = 40
VIDE = "-"
PLACE = re.compile(r"[0-9]{1,4}")
NOMS_COLONNES = {
    "axe": "Axe",
    "objectif": "Objectif",
    "code": "Code",
    "intitule": "Intitulé de l’action",
    "pilotes": "Pilotes",
    "suivi": "Suivi",
    "realisation": "Réalisation",
    "objectifs_atteints": "Objectifs atteints",
    "debut": "Début",
    "fin": "Fin",
    "public": "Public",
    "contexte": "Contexte",
    "moyens": "Moyens",
    "analyse_ecarts": "Analyse des écarts",
}


class ImportForm(forms.Form):
    """A workbook or an archive; what it holds is read by the import itself."""

    fichier = forms.FileField(
        label="Classeur ou archive",
        max_length=200,
        help_text=(
            "Choisissez le fichier, ou déposez-le sur le bouton : classeur .xlsx ou .ods, ou"
            f" archive .zip de tables .csv ; {TAILLE_MAX // MO} Mo au\u00a0plus."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.zip"}),
    )

    def clean_fichier(self):
        fichier = self.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAX:
            raise forms.ValidationError(
                f"Le fichier dépasse {TAILLE_MAX // MO} Mo : exportez la convention en plusieurs"
                " fois, ou retirez-en les fichiers joints."
            )
        return fichier


class TableauForm(ImportForm):
    """The same, for a spreadsheet that is not in the exchange format."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["fichier"]
        field.label = "Votre tableau"
        field.help_text = f"Classeur .xlsx ou .ods ; {TAILLE_MAX // MO} Mo au\u00a0plus."
        field.widget.attrs["accept"] = ".xlsx,.ods"


class CorrespondanceForm(forms.Form):
    """Which column of a sheet holds what, and what its status words mean; guessed when unbound.

    The words to map are those of the columns chosen: other columns bring other fields, and the
    form is then shown again.
    """

    feuille = forms.ChoiceField(label="Feuille")

    def __init__(self, data=None, *, tables, feuille: str = ""):
        super().__init__(data)
        self.tables = tables
        asked = feuille or (data or {}).get("feuille", "")
        self.feuille = asked if asked in tables else _likeliest(tables)
        rows = tables[self.feuille]
        self.entete = heading_line(rows)
        headings = rows[self.entete - 1] if self.entete else []
        self.fields["feuille"].choices = [(name, name) for name in tables]
        self.initial["feuille"] = self.feuille
        self._add_columns(headings)
        self._add_words(rows, guess_columns(headings))

    def _add_columns(self, headings: list[str]) -> None:
        guessed = guess_columns(headings)
        places = [
            (str(place), clean(heading)) for place, heading in enumerate(headings) if clean(heading)
        ]
        for name in COLONNES:
            self.fields[f"colonne-{name}"] = forms.ChoiceField(
                label=NOMS_COLONNES[name],
                choices=[("", "(aucune)"), *places],
                required=name in OBLIGATOIRES,
            )
            self.initial[f"colonne-{name}"] = str(guessed.get(name, ""))

    def _add_words(self, rows, guessed: dict[str, int]) -> None:
        self.words: dict[str, list[str]] = {}
        for name in STATUTS:
            place = self._chosen_place(name, guessed)
            self.words[name] = [] if place is None else words_of(rows, self.entete, place)
            kind = all_tables()["actions"].by_name[name].kind
            for number, word in enumerate(self.words[name][:MOTS_MAX]):
                guess = guess_word(name, word)
                self.fields[f"mot-{name}-{number}"] = forms.ChoiceField(
                    label=f"{NOMS_COLONNES[name]} : « {word[:80]} »",
                    choices=[
                        ("", "Choisir…"),
                        *((said, said) for said in kind.words.values()),
                        (VIDE, "non renseigné"),
                    ],
                    error_messages={"required": "Choisissez ce que ce mot veut dire."},
                )
                self.initial[f"mot-{name}-{number}"] = VIDE if guess == "" else guess

    def _chosen_place(self, name: str, guessed: dict[str, int]) -> int | None:
        if not self.is_bound:
            return guessed.get(name)
        place = self.data.get(f"colonne-{name}", "")
        return int(place) if PLACE.fullmatch(place) else None

    def clean(self):
        cleaned = super().clean()
        chosen: dict[str, str] = {}
        for name in COLONNES:
            place = cleaned.get(f"colonne-{name}")
            if place and place in chosen:
                self.add_error(
                    f"colonne-{name}",
                    f"Cette colonne sert déjà à : {NOMS_COLONNES[chosen[place]]}.",
                )
            elif place:
                chosen[place] = name
        for name, words in self.words.items():
            if len(words) > MOTS_MAX:
                self.add_error(
                    f"colonne-{name}",
                    f"Plus de {MOTS_MAX} mots différents : ce n’est pas une colonne de statut.",
                )
        return cleaned

    def correspondance(self) -> Correspondance:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data
        return Correspondance(
            feuille=chosen["feuille"],
            entete=self.entete,
            colonnes={
                name: int(chosen[f"colonne-{name}"])
                for name in COLONNES
                if chosen[f"colonne-{name}"]
            },
            mots={
                name: {
                    word: "" if (said := chosen[f"mot-{name}-{number}"]) == VIDE else said
                    for number, word in enumerate(words)
                }
                for name, words in self.words.items()
                if words
            },
        )


def _likeliest(tables) -> str:
    """The sheet whose headings say the most."""

    def score(name: str) -> int:
        line = heading_line(tables[name])
        return len(guess_columns(tables[name][line - 1])) if line else -1

    return max(tables, key=score)
