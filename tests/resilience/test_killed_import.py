"""An import that is killed just before its end leaves no row, and can simply be run again."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "demo" / "lalbenque-limogne-2019-2022"
DEATH = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from pilotage.exchange import imports
# Every row is written, the transaction is still open.
imports._record = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
call_command("import_convention", sys.argv[1])
"""


@pytest.fixture
def run(tmp_path):
    """A function that runs Python on a portal of its own, in a process that may die."""
    environment = os.environ | {
        "READ_DOT_ENV": "0",
        "DEMO": "1",
        "DEBUG": "0",
        "VAR_DIR": str(tmp_path),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portail.sqlite3'}",
        "ALLOWED_HOSTS": "localhost",
        "DJANGO_SETTINGS_MODULE": "ctg_portal.settings",
    }

    def run_python(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )

    assert run_python("manage.py", "migrate", "--verbosity=0").returncode == 0
    return run_python


def rows(tmp_path, table):
    with sqlite3.connect(tmp_path / "portail.sqlite3") as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


def test_a_killed_import_leaves_nothing_and_can_be_run_again(run, tmp_path):
    assert run("-c", DEATH, str(FOLDER)).returncode == -signal.SIGKILL
    for table in ("axes_convention", "axes_axe", "actions_ficheaction", "journal_entree"):
        assert rows(tmp_path, table) == 0

    again = run("manage.py", "import_convention", str(FOLDER))
    assert again.returncode == 0, again.stderr
    assert rows(tmp_path, "actions_ficheaction") == 39
