"""Common ground of the suite."""

from contextlib import nullcontext
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.plugins.hostility",
    "tests.plugins.database",
    "tests.plugins.browser",
    "tests.plugins.libreoffice",
    "tests.plugins.memory",
]

TESTS = Path(__file__).parent
LONG_FOLDERS = (
    TESTS / "audit",
    TESTS / "resilience",
    TESTS / "browser" / "long",
    # What a file holds does not depend on the database that its tree was read from.
    TESTS / "reports" / "documents",
)


def pytest_ignore_collect(collection_path, config):
    """What the quick suite leaves out is not even imported: it takes a second of each process."""
    return True if config.option.markexpr == "not audit" and is_long(collection_path) else None


def is_long(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in LONG_FOLDERS)


def pytest_collection_modifyitems(items):
    """Mark by place: what is long, and what opens a browser."""
    for item in items:
        if is_long(item.path):
            item.add_marker(pytest.mark.audit)
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
    # Begun last, it would leave the other processes without work for minutes.
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


@pytest.fixture
def person(db):
    """A person with an account and a password, without any right."""
    from accounts.models import User

    return User.objects.create_user(
        "camille.martin@exemple.fr", "une phrase de passe", nom="Camille Martin"
    )


@pytest.fixture
def factories_are_journalled(monkeypatch):
    """For tests of the journal itself: it also tells the rows that they start from."""
    monkeypatch.setattr("tests.factories.disable_auditlog", nullcontext)
