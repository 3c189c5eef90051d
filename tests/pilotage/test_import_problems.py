"""Bad input: every problem at once, in French, with its place, and nothing written."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from axes.models import Convention
from ctg_portal.lib.exchange.problems import ImportRefuse
from journal.models import Entree
from pilotage.exchange.imports import import_convention
from tests.exchange import ACTIONS, AXES, CONVENTION, write_tables

pytestmark = pytest.mark.django_db


def refused(folder, **options) -> list[str]:
    """What the import says; fails if it wrote anything."""
    with pytest.raises(ImportRefuse) as refus:
        import_convention(folder, slug="essai", **options)
    assert not Convention.objects.exists()
    assert not Entree.objects.exists()
    return [str(probleme) for probleme in refus.value.problemes if probleme.est_erreur]


CASES = {
    "unknown table": (
        {"action": ACTIONS},
        "action : table inconnue. Vouliez-vous dire « actions » ?",
    ),
    "unknown column": (
        {"axes": "reference;intitulle\nA1;Petite enfance\n"},
        "axes, ligne 1, intitulle : colonne inconnue. Vouliez-vous dire « intitule » ?",
    ),
    "missing required column": (
        {"axes": "reference;intitulle\nA1;Petite enfance\n"},
        "axes, ligne 1, intitule : la colonne obligatoire est absente.",
    ),
    "column twice": (
        {"axes": "reference;intitule;Intitulé\nA1;a;b\n"},
        "axes, ligne 1, intitule : la colonne est donnée deux fois.",
    ),
    "cell without a heading": (
        {"axes": "reference;intitule;\nA1;a;perdu\n"},
        "axes, ligne 2 : une cellule est remplie sous une colonne sans titre.",
    ),
    "more cells than headings": (
        {"axes": "reference;intitule\nA1;a;perdu\n"},
        "axes, ligne 2 : la ligne a plus de cellules que la table n’a de colonnes.",
    ),
    "empty table": ({"axes": ""}, "axes : la table n’a pas de titres."),
    "missing required cell": (
        {"axes": "reference;intitule\nA1;\n"},
        "axes, ligne 2, intitule : la cellule est obligatoire.",
    ),
    "two conventions": (
        {"convention": CONVENTION + "Autre;Ailleurs;;\n"},
        "convention : une seule ligne est attendue, il y en a 2.",
    ),
    "no convention": (
        {"convention": "nom;territoire\n"},
        "convention : une seule ligne est attendue, il y en a 0.",
    ),
    "unknown axe": (
        {"axes": AXES + "axe-2;Jeunesse\n", "actions": "reference;axe;intitule\nF1;axe2;Crèche\n"},
        (
            "actions, ligne 2, axe : « axe2 » ne se trouve pas dans la table axes."
            " Vouliez-vous dire « axe-2 » ?"
        ),
    ),
    "impossible date": (
        {"jalons": "date;intitule\n31/02/2022;Signature\n"},
        "jalons, ligne 2, date : Ce jour n’existe pas dans le calendrier.",
    ),
    "text in a number": (
        {"axes": "reference;intitule;fiches_annoncees\nA1;a;une dizaine\n"},
        "axes, ligne 2, fiches_annoncees : « une dizaine » n’est pas un nombre.",
    ),
    "duplicate reference": (
        {"axes": AXES + "A1;Jeunesse\n"},
        "axes, ligne 3, reference : « A1 » est déjà donné à la ligne 2.",
    ),
    "convention that ends before it starts": (
        {"convention": "nom;territoire;debut;fin\nCTG;Pays;2024;2020\n"},
        "convention, ligne 2, fin : la fin (2020) est avant le début (2024).",
    ),
    "fiche that ends before it starts": (
        {"actions": "reference;axe;intitule;debut;fin\nF1;A1;Crèche;2022-06;2022-05\n"},
        "actions, ligne 2, fin : la fin (mai 2022) est avant le début (juin 2022).",
    ),
    "NUL byte": (
        {"axes": "reference;intitule\nA1;Petite\x00enfance\n"},
        "axes, ligne 2, intitule : la cellule contient un caractère nul (NUL).",
    ),
    "word that is not in the list": (
        {"actions": "reference;axe;intitule;suivi\nF1;A1;Crèche;en pose\n"},
        (
            "actions, ligne 2, suivi : « en pose » n’est pas dans la liste."
            " Vouliez-vous dire « en pause » ?"
        ),
    ),
    "text too long": (
        {"axes": f"reference;intitule\nA1;{'a' * 401}\n"},
        r"axes, ligne 2, intitule : .*400 caractères.*",
    ),
    "objectif of another axe": (
        {
            "axes": AXES + "A2;Jeunesse\n",
            "objectifs": "reference;axe;intitule\nO1;A2;Grandir\n",
            "actions": "reference;axe;objectif;intitule\nF1;A1;O1;Crèche\n",
        },
        "actions, ligne 2, objectif : « O1 » n’appartient pas à « A1 » (axe).",
    ),
    "two values for one period": (
        {
            "indicateurs": "reference;intitule\nI1;Places\n",
            "valeurs": "indicateur;periode;valeur\nI1;2021;3\nI1;2021;4\n",
        },
        (
            "valeurs, ligne 3, periode : cet indicateur a déjà une valeur pour cette période"
            " (ligne 2)."
        ),
    ),
    "range upside down": (
        {
            "indicateurs": "reference;intitule\nI1;Places\n",
            "valeurs": "indicateur;periode;valeur;valeur_max\nI1;2021;15;10\n",
        },
        "valeurs, ligne 2, valeur_max : le maximum de la fourchette est sous la valeur.",
    ),
    "reason without cancelling": (
        {
            "instances": "reference;nom\ncopil;COPIL\n",
            "reunions": "reference;type;etat;motif\nR1;copil;tenue;neige\n",
        },
        "reunions, ligne 2, motif : un motif se donne pour une réunion annulée seulement.",
    ),
    "fate of a strong point": (
        {"points": "exercice;nature;texte;devenir\n2022;fort;Bien;réalisée\n"},
        "points, ligne 2, devenir : seule une perspective a un devenir.",
    ),
    "participant without any name": (
        {
            "instances": "reference;nom\ncopil;COPIL\n",
            "reunions": "reference;type\nR1;COPIL\n",
            "participants": "reunion;role\nR1;intervenant\n",
        },
        "participants, ligne 2, nom : indiquez un nom, une qualité ou un organisme.",
    ),
    "signatory told in two ways": (
        {"signataires": "organisme;type\nCaf du Lot;Caf\nCAF du Lot;EPCI\n"},
        "signataires, ligne 3, type : la ligne 2 dit autre chose du même organisme.",
    ),
    "link and file": (
        {"documents": "legende;lien;fichier\nPlan;https://exemple.fr/plan;plan.txt\n"},
        "documents, ligne 2, lien : donnez un lien ou un fichier, pas les deux.",
    ),
    "theme too long": (
        {"axes": f"reference;intitule;thematiques\nA1;a;{'t' * 81}\n"},
        r"axes, ligne 2, thematiques : « t+ » : .*80 caractères.*",
    ),
    "pilot too long": (
        {"axes": f"reference;intitule;pilotes\nA1;a;{'p' * 161}\n"},
        r"axes, ligne 2, pilotes : .*160 caractères.*",
    ),
    "a semicolon in a reference": (
        {"axes": 'reference;intitule\n"A;1";a\n'},
        (
            "axes, ligne 2, reference : le point-virgule sépare plusieurs valeurs, il n’a pas sa"
            " place ici."
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_bad_input_says_where_it_is(tmp_path, case):
    tables, expected = CASES[case]
    (tmp_path / "plan.txt").write_text("un plan", encoding="utf-8")
    said = refused(write_tables(tmp_path, **tables))
    matches = [line for line in said if line == expected or re.fullmatch(expected, line)]
    assert matches, said


def test_a_required_table(tmp_path):
    (tmp_path / "convention.csv").write_text(CONVENTION, encoding="utf-8")
    assert refused(tmp_path) == ["axes : la table est obligatoire."]


def test_every_problem_at_once_in_the_order_of_the_tables(tmp_path):
    folder = write_tables(
        tmp_path,
        zzz="a\n1\n",
        axes="reference;intitule;fiches_annoncees\nA1;;x\nA1;b;2\n",
        valeurs="indicateur;periode\nI9;jamais\n",
    )
    (folder / "jalons.csv").write_bytes("date;intitule\n2020;Été\n".encode("latin-1"))
    assert [line.split(" : ")[0] for line in refused(folder)] == [
        "zzz",
        "jalons, ligne 2",
        "axes, ligne 2, intitule",
        "axes, ligne 2, fiches_annoncees",
        "axes, ligne 3, reference",
        "valeurs, ligne 2, periode",
        "valeurs, ligne 2, indicateur",
    ]


def test_an_existing_convention_needs_update(tmp_path):
    folder = write_tables(tmp_path)
    import_convention(folder, slug="essai")
    with pytest.raises(ImportRefuse, match="existe déjà"):
        import_convention(folder, slug="essai")


@pytest.mark.parametrize("slug", ["Été", "a b", "../x", "x" * 81])
def test_an_address_that_is_none(tmp_path, slug):
    with pytest.raises(ImportRefuse, match="s’écrit en minuscules"):
        import_convention(write_tables(tmp_path), slug=slug)


def test_the_address_is_the_name_of_the_folder(tmp_path):
    folder = write_tables(tmp_path / "Vallées d’Été")
    assert import_convention(folder).convention.slug == "vallees-dete"


def run(*arguments) -> tuple[str, str, str]:
    """Standard output, standard error, and the refusal with the code that it exits with."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_convention", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), f"{error.returncode} {error}"
    return out.getvalue(), err.getvalue(), ""


def test_the_command_lists_the_problems_and_exits_with_1(tmp_path):
    folder = write_tables(tmp_path, axes="reference;intitule\nA1;\nA1;b\n")
    out, err, refusal = run(folder, "--slug", "essai")
    assert out == ""
    assert err.splitlines() == [
        "axes, ligne 2, intitule : la cellule est obligatoire.",
        "axes, ligne 3, reference : « A1 » est déjà donné à la ligne 2.",
    ]
    assert refusal == "1 Import refusé : 2\u00a0erreurs. Rien n’a été écrit."
    assert not Convention.objects.exists()


def test_the_command_on_a_broken_container(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 tronque")
    _, err, refusal = run(tmp_path / "x.xlsx")
    assert err.startswith("x.xlsx : le fichier n’est pas un classeur")
    assert refusal.startswith("1 Import refusé : 1\u00a0erreur.")


def test_a_dry_run_tells_and_writes_nothing(tmp_path):
    folder = write_tables(tmp_path, actions=ACTIONS)
    out, _, refusal = run(folder, "--slug", "essai", "--dry-run")
    assert not refusal
    assert "À blanc, rien n’est écrit" in out
    assert re.search(r"actions\s+1\u00a0créée\n", out)
    assert not Convention.objects.exists()
    assert not Entree.objects.exists()


def test_an_unknown_actor(tmp_path):
    _, _, refusal = run(write_tables(tmp_path), "--slug", "essai", "--actor", "x@exemple.fr")
    assert refusal == "1 Aucun compte n’a l’adresse « x@exemple.fr »."


def test_the_database_has_the_last_word(tmp_path, monkeypatch):
    """What no check foresaw is refused in the words of its constraint, without a traceback."""
    monkeypatch.setattr("pilotage.exchange.imports.validate", lambda plan, parsed: None)
    folder = write_tables(
        tmp_path, convention="nom;territoire;debut;fin\nCTG;Pays;2024;2020\n", axes=AXES
    )
    said = refused(folder)
    assert said == ["convention : La fin de la convention est avant son début."]
