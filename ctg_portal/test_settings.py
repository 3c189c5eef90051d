"""Settings of the test suite: production's, made hostile, and blind to the developer's own.

Only ``DATABASE_URL`` is taken from the environment: the suite runs once on each database.
"""

import os
import tempfile
from pathlib import Path

os.environ |= {
    "READ_DOT_ENV": "0",
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "cle-des-tests-qui-ne-protege-rien-mais-qui-est-assez-longue-pour-passer",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CACHE_URL": "dbcache://portail_cache",
    "EMAIL_URL": "memorymail://",
    "MEDIA_ROOT": tempfile.mkdtemp(prefix="portail-ctg-media-"),
    "TRUSTED_PROXY_COUNT": "0",
    "DATABASE_POOL_SIZE": "0",
}

from ctg_portal.settings import *  # noqa: F403
from ctg_portal.settings import (
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    STORAGES,
)

# Every request under test fails on a query repeated for each row.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# Signing in and out reads the session again under its new key.
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]

# The browser of the tests speaks plain HTTP to a live server; `test_platform_headers.py` starts
# the real settings in a process of their own.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "sessionid"
CSRF_COOKIE_NAME = "csrftoken"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"

# No collectstatic before the suite: a manifest would miss every file.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

# A task is over when it was asked for.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file rather than memory: threads then have connections of their own, as in production.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(tempfile.gettempdir()) / f"portail-ctg-test-{os.getpid()}.sqlite3"
    }
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# A label of a chart that overlaps another fails the test that drew it.
CHARTS_STRICT = True
