"""Which database the run is really on, and how many tests it ran there."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache, caches
from django.db import connection

COUNTED = ("passed", "failed", "error", "skipped", "xfailed")


def pytest_collection_finish(session):
    """Stop a run that believes it is on PostgreSQL and is not, or the reverse."""
    expected = os.environ.get("EXPECTED_DB_VENDOR")
    if expected and connection.vendor != expected:
        pytest.exit(f"base attendue : {expected}, base trouvée : {connection.vendor}", returncode=3)


def pytest_report_header(config):
    return f"base de données : {connection.vendor}"


def pytest_terminal_summary(terminalreporter):
    """Leave the figures of the run in the file named by TEST_COUNT_FILE, for `tests/run.sh`."""
    path = os.environ.get("TEST_COUNT_FILE")
    if path:
        figures = {name: len(terminalreporter.stats.get(name, [])) for name in COUNTED}
        Path(path).write_text(
            "".join(f"{name}={count}\n" for name, count in figures.items()), encoding="utf-8"
        )


@pytest.fixture(autouse=True)
def _pages_start_afresh():
    """Keys come back when a test is rolled back: no body may outlive the rows it shows."""
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def _limits_start_afresh(request):
    """Empty the shared cache after a test that commits: no flush reaches its table."""
    commits = not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)
    if commits:
        # Opened before this fixture, the database is still open when it ends.
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        cache.clear()
