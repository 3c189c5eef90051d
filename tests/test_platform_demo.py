import pytest
from django.core.management import CommandError, call_command


def test_the_demonstration_is_refused_on_a_shared_installation(settings):
    assert settings.IS_LOCAL is False
    with pytest.raises(CommandError, match="ne se lance que sur un seul poste"):
        call_command("serve_demo")


def test_the_demonstration_is_complete_before_it_is_served(settings, monkeypatch):
    from ctg_portal.management.commands import serve_demo

    called = []
    monkeypatch.setattr(
        serve_demo, "call_command", lambda name, **options: called.append((name, options))
    )
    monkeypatch.setattr(serve_demo.connections, "close_all", lambda: None)
    settings.IS_LOCAL = True
    call_command("serve_demo", port=8123)
    assert [name for name, _ in called] == ["migrate", "load_demo", "runserver"]
    assert called[1][1]["adresse"] == "http://127.0.0.1:8123"
    assert called[2][1]["addrport"] == "127.0.0.1:8123"
