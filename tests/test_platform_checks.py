import builtins

import pytest

from ctg_portal import checks


@pytest.fixture
def weasyprint_cannot_load(monkeypatch):
    """Make the import of WeasyPrint fail as it does without Pango."""
    usual_import = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return usual_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_missing_libraries_are_named_with_the_line_to_type(monkeypatch, weasyprint_cannot_load):
    monkeypatch.setattr(checks, "find_library", lambda name: None)
    [warning] = checks.pdf_libraries(None)
    assert "La production des PDF n’est pas possible" in warning.msg
    assert "apt-get install libpango-1.0-0" in warning.hint


def test_a_complete_machine_is_not_asked_to_load_weasyprint(monkeypatch, weasyprint_cannot_load):
    monkeypatch.setattr(checks, "find_library", lambda name: f"lib{name}.so.0")
    assert checks.pdf_libraries(None) == []


def test_libraries_that_only_weasyprint_finds_are_enough(monkeypatch):
    monkeypatch.setattr(checks, "find_library", lambda name: None)
    assert checks.pdf_libraries(None) == []
