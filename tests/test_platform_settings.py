"""What the settings accept and refuse, in a process of their own for each environment."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ENOUGH = {
    "SECRET_KEY": "une-cle-de-production-longue-et-tiree-au-hasard-0123456789-abcdef",
    "ALLOWED_HOSTS": "ctg.exemple.fr",
}
READ = """
import json, sys
from django.conf import settings
print(json.dumps([getattr(settings, name, None) for name in sys.argv[1:]], default=str))
"""


@pytest.fixture
def run(tmp_path):
    """Run Python code under the real settings and exactly the given environment."""

    def run_under(environment, *arguments):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=kept
            | {
                "READ_DOT_ENV": "0",
                "VAR_DIR": str(tmp_path),
                "DJANGO_SETTINGS_MODULE": "ctg_portal.settings",
                "PYTHONUTF8": "1",
            }
            | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run_under


@pytest.fixture
def read(run):
    """Return the values of the settings `names` under the given environment."""

    def read_settings(environment, *names):
        result = run(environment, "-c", READ, *names)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return read_settings


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_shared_installation_refuses_to_start_without(run, name, value):
    environment = {key: value for key, value in ENOUGH.items() if key != name}
    if value is not None:
        environment[name] = value
    result = run(environment, "manage.py", "check")
    assert result.returncode == 1
    assert f"la variable d’environnement {name} est obligatoire" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_demonstration_is_refused_to_the_network(run):
    result = run({"DEMO": "1", "ALLOWED_HOSTS": "ctg.exemple.fr"}, "manage.py", "check")
    assert result.returncode == 1
    assert "DEMO=1 sert le portail sans chiffrement" in result.stderr


def test_another_database_is_refused(run):
    result = run(ENOUGH | {"DATABASE_URL": "mysql://ctg@localhost/ctg"}, "manage.py", "check")
    assert result.returncode == 1
    assert "DATABASE_URL doit désigner une base SQLite ou PostgreSQL" in result.stderr


def test_a_value_of_the_wrong_kind_is_refused_without_traceback(run):
    result = run(ENOUGH | {"SESSION_HOURS": "douze"}, "manage.py", "check")
    assert result.returncode == 1
    assert "une variable d’environnement a une valeur inattendue" in result.stderr
    assert "douze" in result.stderr
    assert "Traceback" not in result.stderr


def test_production_is_closed_by_default(read):
    names = (
        "DEBUG",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "SECURE_HSTS_SECONDS",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL",
        "SECURE_PROXY_SSL_HEADER",
    )
    assert read(ENOUGH, *names) == [
        False,
        True,
        True,
        True,
        "__Host-session",
        31_536_000,
        "https",
        None,
    ]


def test_a_session_lasts_more_than_twenty_hours_unless_the_operator_shortens_it(read):
    """Past twenty hours, RGAA 13.1 asks for no way to extend it."""
    assert read(ENOUGH, "SESSION_COOKIE_AGE")[0] > 20 * 3600
    assert read(ENOUGH | {"SESSION_HOURS": "8"}, "SESSION_COOKIE_AGE") == [8 * 3600]


def test_a_proxy_is_believed_only_when_it_is_counted(read):
    environment = ENOUGH | {"TRUSTED_PROXY_COUNT": "1"}
    assert read(environment, "SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT") == [
        ["HTTP_X_FORWARDED_PROTO", "https"],
        1,
    ]


@pytest.mark.parametrize("switch", ["DEBUG", "DEMO"])
def test_one_machine_needs_no_setting_and_no_encryption(read, switch):
    names = ("ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "DEBUG")
    assert read({switch: "1"}, *names) == [
        ["localhost", "127.0.0.1", "[::1]"],
        False,
        False,
        switch == "DEBUG",
    ]


def test_sqlite_waits_for_its_turn(read, tmp_path):
    [databases] = read(ENOUGH, "DATABASES")
    assert databases["default"]["NAME"] == str(tmp_path / "portail.sqlite3")
    assert databases["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in databases["default"]["OPTIONS"]["init_command"]


def test_postgresql_gets_a_pool_that_can_be_refused(read):
    address = {"DATABASE_URL": "postgres://ctg@/ctg?host=/var/run/postgresql"}
    [with_pool] = read(ENOUGH | address, "DATABASES")
    assert with_pool["default"]["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 4}
    assert with_pool["default"]["CONN_MAX_AGE"] == 0
    [without] = read(ENOUGH | address | {"DATABASE_POOL_SIZE": "0"}, "DATABASES")
    assert without["default"]["OPTIONS"] == {"host": "/var/run/postgresql"}


def test_the_limits_are_counted_in_a_cache_that_processes_share(read):
    [caches] = read(ENOUGH, "CACHES")
    assert caches["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


@pytest.mark.audit
def test_the_production_settings_pass_the_deployment_check(run):
    result = run(ENOUGH, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("folder", ["var", "un dossier + un autre"])
def test_the_mail_of_a_demonstration_stays_in_a_folder(read, tmp_path, folder):
    place = tmp_path / folder
    found = read({"DEMO": "1", "VAR_DIR": str(place)}, "EMAIL_BACKEND", "EMAIL_FILE_PATH")
    assert found == [
        "django.core.mail.backends.filebased.EmailBackend",
        str(place / "courriels"),
    ]


def test_the_mail_of_a_shared_installation_goes_where_its_environment_says(read):
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT")
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    assert read(ENOUGH, *names) == [smtp, "localhost", 25]
    relay = ENOUGH | {"EMAIL_URL": "smtp+tls://nom:secret@relais.exemple.fr:587"}
    assert read(relay, *names) == [smtp, "relais.exemple.fr", 587]


@pytest.mark.parametrize(
    ("environment", "backend"),
    [
        (ENOUGH, "django_tasks_db.DatabaseBackend"),
        (ENOUGH | {"TASKS_WORKER": "0"}, "ctg_portal.lib.taches.ThreadBackend"),
        ({"DEMO": "1"}, "ctg_portal.lib.taches.ThreadBackend"),
    ],
    ids=["shared", "without_worker", "demo"],
)
def test_what_takes_long_goes_to_a_worker_or_to_a_thread(read, environment, backend):
    assert read(environment, "TASKS") == [{"default": {"BACKEND": backend}}]
