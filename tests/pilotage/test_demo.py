import datetime
import io
import stat
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import User
from actions.models import Attribution, FicheAction
from axes.models import Axe, Convention, Membre
from copil.models import Decision, Reunion
from journal.models import Entree
from pilotage.demo import COMPTES, PUBLIEES, VIVANTE, load_demo
from tests.exchange import write_tables

pytestmark = pytest.mark.django_db

REFERENCE = datetime.date(2026, 11, 16)


@pytest.fixture
def place(tmp_path):
    """Small stand-ins for the three conventions, the living one with its dates to move."""
    for slug in PUBLIEES:
        write_tables(tmp_path / "demo" / slug)
    living = write_tables(
        tmp_path / "demo" / VIVANTE,
        axes="reference;intitule\nA1;a\nA2;b\nA3;c\n",
        actions="reference;axe;intitule\n" + "".join(f"F{n};A3;Fiche {n}\n" for n in range(5)),
        instances="reference;nom\ncopil;COPIL\n",
        reunions="reference;type;date\nR1;copil;2026-12-03\nR2;copil;juin 2024\nR3;copil;\n",
        decisions="reunion;texte;echeance\nR1;Ouvrir;2026-11-20\n",
    )
    (living / "demo.toml").write_text(
        "jour_de_reference = 2026-11-16\n"
        'colonnes_decalees = ["reunions.date", "decisions.echeance"]\n',
        encoding="utf-8",
    )
    return tmp_path


def load(place: Path, today: datetime.date = REFERENCE):
    return load_demo(folder=place / "demo", passwords_file=place / "comptes-demo.txt", today=today)


def test_one_account_per_role_with_its_rights(place):
    demo = load(place)
    living = Convention.objects.get(slug=VIVANTE)
    roles = {membre.user.email: membre.role for membre in living.membres.order_by("pk")}
    assert roles == {compte.email: compte.role for compte in COMPTES}
    referent = living.membres.get(role="referent")
    assert [axe.reference for axe in referent.axes.order_by("ordre")] == ["A1", "A2"]
    assert Attribution.objects.filter(membre__role="contributeur").count() == 3
    for slug in PUBLIEES:
        assert set(Membre.objects.filter(convention__slug=slug).values_list("role", flat=True)) == {
            "coordination",
            "lecteur",
        }
    for user in User.objects.order_by("pk"):
        assert user.check_password(demo.mots_de_passe[user.email])


def test_the_passwords_are_long_all_different_and_kept_for_the_owner_only(place):
    demo = load(place)
    assert len(set(demo.mots_de_passe.values())) == len(COMPTES)
    assert min(map(len, demo.mots_de_passe.values())) >= 12
    assert stat.S_IMODE((place / "comptes-demo.txt").stat().st_mode) == 0o600


def test_a_second_run_changes_nothing(place, django_assert_max_num_queries):
    first = load(place)
    counts = (Membre.objects.count(), Entree.objects.count(), Reunion.objects.count())
    with django_assert_max_num_queries(12):
        second = load(place, REFERENCE + datetime.timedelta(days=40))
    assert second.importees == []
    assert second.mots_de_passe == first.mots_de_passe
    assert (Membre.objects.count(), Entree.objects.count(), Reunion.objects.count()) == counts


def test_a_lost_file_of_passwords_gives_new_ones(place):
    first = load(place)
    (place / "comptes-demo.txt").unlink()
    second = load(place)
    assert first.mots_de_passe != second.mots_de_passe
    user = User.objects.get(email="lecteur@demo.example")
    assert user.check_password(second.mots_de_passe[user.email])


def test_a_new_database_keeps_the_passwords_that_were_printed(place):
    first = load(place)
    FicheAction.objects.all().delete()
    Axe.objects.all().delete()
    Convention.objects.all().delete()
    User.objects.all().delete()
    second = load(place)
    assert second.mots_de_passe == first.mots_de_passe
    assert len(second.importees) == 3


@pytest.mark.parametrize(
    ("today", "weeks"),
    [("2026-11-16", 0), ("2026-11-22", 0), ("2027-01-04", 7), ("2026-11-01", -3)],
)
def test_dates_keep_their_distance_and_their_weekday(place, today, weeks):
    load(place, datetime.date.fromisoformat(today))
    moved = datetime.timedelta(weeks=weeks)
    reunions = {one.reference: one.date for one in Reunion.objects.order_by("pk")}
    assert reunions["R1"].debut == datetime.date(2026, 12, 3) + moved
    assert str(reunions["R2"]) == "juin 2024"
    assert reunions["R3"] is None
    assert Decision.objects.get().echeance.debut == datetime.date(2026, 11, 20) + moved


def test_the_imports_are_told_in_the_journal_by_the_coordination(place):
    load(place)
    entries = Entree.objects.all()
    assert {(entry.est_import, str(entry.actor)) for entry in entries} == {
        (True, "Camille, coordinatrice")
    }


def test_the_command_prints_the_accounts(place, settings):
    settings.VAR_DIR = settings.BASE_DIR = place
    out = io.StringIO()
    call_command("load_demo", "--adresse", "http://127.0.0.1:9000", stdout=out)
    text = out.getvalue()
    assert "Comptes de démonstration sur http://127.0.0.1:9000 :" in text
    for compte in COMPTES:
        assert compte.email in text
