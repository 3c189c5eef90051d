import datetime

import pytest

from ctg_portal.lib.dates import parse_heures

T = datetime.time


@pytest.mark.parametrize(
    ("texte", "heures"),
    [
        ("9 h 30", (T(9, 30), None)),
        ("9h30", (T(9, 30), None)),
        ("9\u00a0h\u00a030", (T(9, 30), None)),
        ("18h", (T(18), None)),
        ("18 H", (T(18), None)),
        ("14:00", (T(14), None)),
        ("à 9 heures", (T(9), None)),
        ("9 heures 15", (T(9, 15), None)),
        ("0 h 05", (T(0, 5), None)),
        ("de 9 h 30 à 12 h", (T(9, 30), T(12))),
        ("14:00-16:30", (T(14), T(16, 30))),
        ("14h – 16h", (T(14), T(16))),
    ],
)
def test_a_moment_or_two_ends_are_read(texte, heures):
    assert parse_heures(texte) == heures


@pytest.mark.parametrize(
    "texte",
    ["", "à préciser", "matin", "9", "24 h", "25:00", "9 h 60", "9:5", "9 h ou 14 h", "16 h à 14 h",
     "9 h à 9 h", "9 h 30 précises", "x" * 20],
)  # fmt: skip
def test_no_moment_is_made_up(texte):
    assert parse_heures(texte) is None
