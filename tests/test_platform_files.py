"""The files beside the code say the same thing as the code."""

import re

import pytest
from django.conf import settings

LOCKS = ("base", "dev")


def text_of(path):
    return (settings.BASE_DIR / path).read_text(encoding="utf-8")


def locked(name):
    """Return {distribution: [hashes]} of a lock file."""
    blocks = re.split(r"\n(?=\S)", text_of(f"requirements/{name}.txt"))
    requirements = [block for block in blocks if "==" in block]
    return {
        block.split("==")[0]: re.findall(r"--hash=sha256:\w{64}", block) for block in requirements
    }


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_carries_hashes_and_no_address(name):
    assert all(locked(name).values())
    assert not re.search(
        r"https?:|file:|--(extra-)?index|--find-links", text_of(f"requirements/{name}.txt")
    )


def test_the_development_lock_completes_the_other_one():
    assert text_of("requirements/base.txt").count("==") < text_of("requirements/dev.txt").count(
        "=="
    )
    base, dev = locked("base"), locked("dev")
    assert base == {name: dev[name] for name in base}


def test_every_variable_of_the_settings_is_documented():
    read = set(
        re.findall(
            r'env\.\w+\(\s*"(\w+)"|required_outside_local\(\s*"(\w+)"',
            text_of("ctg_portal/settings.py"),
        )
    )
    variables = {name for pair in read for name in pair if name} - {"READ_DOT_ENV"}
    assert {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL"} <= variables
    documented = set(re.findall(r"`([A-Z_]+)`", text_of("docs/deploiement.md")))
    assert variables <= documented


def test_every_target_of_the_makefile_is_explained():
    makefile = text_of("Makefile")
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert explained == {
        "help",
        "setup",
        "demo",
        "test",
        "check",
        "audit",
        "captures",
        "fmt",
        "bench",
    }
