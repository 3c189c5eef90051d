"""Conventions drawn by hypothesis: two or three levels, any order of tables, odd cells."""

import itertools

from hypothesis import strategies as st

words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n\t"),
    max_size=25,
)
filled = words.map(lambda text: f"{text}é")
keys = st.text(st.characters(codec="utf-8", categories=("L", "N", "Pd")), min_size=1, max_size=8)
dates = st.sampled_from(["", "2020", "juin 2021", "09/10/2022", "2020 (été)", "2020-01/2020-03"])
numbers = st.sampled_from(["", "36 424", "19,7 %", "-3", "0,125", "12"])
codes = st.sampled_from(["", "A1", "D1", "C ?", "1.2.3"])
statuses = st.sampled_from(["", "réalisé", "Non réalisée", "partiellement"])
yes_no = st.sampled_from(["", "oui", "non"])
pilots = st.sampled_from(["", "Mme Sabel", "Mme Sabel ; Mr Delfau"])
themes = st.lists(st.sampled_from(["enfance", "Logement", "cirque"]), max_size=2).map(" ; ".join)
periods = st.lists(
    st.sampled_from(["2017", "2021/2022", "2022-06", "2022-12-31", "convention"]), unique=True
)

Rows = list[list[str]]


@st.composite
def _plan(draw) -> dict[str, Rows]:
    """Axes, sometimes objectifs, sometimes fiches that point to them and to each other."""
    axes = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    objectifs = {
        key: draw(st.sampled_from(axes)) for key in draw(st.lists(keys, max_size=3, unique=True))
    }
    actions = draw(st.lists(keys, max_size=4, unique=True))
    rows = []
    for key in actions:
        objectif = draw(st.sampled_from(["", *objectifs]))
        axe = objectifs.get(objectif) or draw(st.sampled_from(axes))
        linked = " ; ".join(draw(st.lists(st.sampled_from(actions), max_size=2)))
        cells = (codes, filled, words, statuses, yes_no, themes, pilots, dates)
        rows.append([key, axe, objectif, linked, *(draw(cell) for cell in cells)])
    headings = (
        "reference axe objectif actions_liees code intitule contexte realisation dans_synthese"
        " thematiques pilotes debut"
    )
    return {
        "AXES": [
            ["intitulé", "Référence", "numero"],
            *([draw(filled), key, draw(words)[:3]] for key in axes),
        ],
        "objectifs": [
            ["reference", "axe", "intitule"],
            *([key, axe, draw(filled)] for key, axe in objectifs.items()),
        ],
        "actions": [headings.split(), *rows],
    }


@st.composite
def _under(draw, owners: list[str], *cells) -> Rows:
    """Up to three rows, each under one of the owners."""
    count = draw(st.integers(0, 3)) if owners else 0
    return [[draw(st.sampled_from(owners)), *(draw(cell) for cell in cells)] for _ in range(count)]


@st.composite
def _figures(draw) -> dict[str, Rows]:
    indicateurs = draw(st.lists(keys, max_size=2, unique=True))
    values = itertools.product(indicateurs, draw(periods))
    return {
        "indicateurs": [["reference", "intitule"], *([key, draw(filled)] for key in indicateurs)],
        "valeurs": [
            ["indicateur", "periode", "valeur", "previsionnel", "note"],
            *([*one, draw(numbers), draw(yes_no), draw(words)] for one in values),
        ],
    }


@st.composite
def conventions(draw) -> dict[str, Rows]:
    """Tables by name, in the order in which they stand in the workbook."""
    plan = draw(_plan())
    actions = [row[0] for row in plan["actions"][1:]]
    axes = [row[1] for row in plan["AXES"][1:]]
    natures = st.sampled_from(["fort", "Faibles", "éléments phares"])
    optional = {
        "Résultats attendus": [
            ["action", "texte", "atteint"],
            *draw(_under(actions, filled, st.sampled_from(["", "oui", "en partie", "non"]))),
        ],
        "realisations": [
            ["action", "texte", "date", "nombre"],
            *draw(_under(actions, filled, dates, numbers)),
        ],
        "points": [
            ["axe", "nature", "texte", "exercice"],
            *draw(_under(["", *axes], natures, filled, st.just("2022"))),
        ],
        **draw(_figures()),
    }
    absent = draw(st.sampled_from([set(), {"points"}, {"realisations", "valeurs"}]))
    tables = {
        "Convention": [
            ["nom", "territoire", "debut", "couleur"],
            ["CTG", draw(filled), "2020", ""],
        ],
        **plan,
        **{name: rows for name, rows in optional.items() if name not in absent},
    }
    return {name: tables[name] for name in draw(st.permutations(list(tables)))}
