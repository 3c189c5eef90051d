"""Text search in French that ignores accents, ligatures, case and kinds of apostrophes."""

import unicodedata

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"}
)


def normalise(*textes: str) -> str:
    """One searchable line: "L’École du cœur" becomes "l'ecole du coeur"."""
    joined = " ".join(texte for texte in textes if texte)
    # Decomposed on both sides of the folding: either may bring forth what the other undoes.
    folded = unicodedata.normalize("NFKD", joined).casefold().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())
