"""Settings of the portal, all of them read from the environment.

One file for every installation. A value that would be dangerous to guess is refused with a
sentence in French; everything else has a safe default. `docs/deploiement.md` lists the variables.

Two switches loosen production for a single machine: ``DEBUG=1`` shows Django's own debug pages;
``DEMO=1`` shows what production shows, over plain HTTP and on this machine only (`make demo`).
"""

from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

env = environ.Env()
if env.bool("READ_DOT_ENV", default=True):
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
IS_LOCAL = DEBUG or DEMO
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def required_outside_local(name, local_value, example):
    """Return the variable `name`, or `local_value` on a single machine.

    Raises ImproperlyConfigured with a sentence in French when a shared installation leaves it out.
    """
    value = env.str(name, default="").strip()
    if value:
        return value
    if IS_LOCAL:
        return local_value
    raise ImproperlyConfigured(
        f"la variable d’environnement {name} est obligatoire sur une installation partagée. "
        f"Exemple : {example}. Pour un essai sur ce seul poste : make demo."
    )


# --- Security ---------------------------------------------------------------------------------

SECRET_KEY = required_outside_local(
    "SECRET_KEY",
    local_value="cle-de-poste-seul-sans-valeur-hors-de-la-demonstration-ni-du-developpement",
    example="SECRET_KEY=(50 caractères au moins, tirés au hasard)",
)
_hosts = required_outside_local(
    "ALLOWED_HOSTS", local_value=",".join(LOCAL_HOSTS), example="ALLOWED_HOSTS=ctg.exemple.fr"
)
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",")]
if DEMO and not set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS):
    raise ImproperlyConfigured(
        "DEMO=1 sert le portail sans chiffrement avec des comptes connus de tous : "
        "ALLOWED_HOSTS ne peut désigner que ce poste (localhost, 127.0.0.1)."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = not IS_LOCAL
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else env.int("HSTS_SECONDS", default=31_536_000)
# Preloading binds the whole domain of the authority: its owner decides, not this application.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Over twenty hours, a limit needs no way to be extended (RGAA 13.1, WCAG 2.2.1): a session that
# slides would have to be written while pages are only read.
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=24) * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOCAL
CSRF_COOKIE_HTTPONLY = True
if not IS_LOCAL:
    # The browser refuses such a cookie to any other host, sub-domains included.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# Number of proxies in front of the portal whose X-Forwarded-* headers are believed.
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_from_nowhere = ("default-src", "frame-ancestors", "base-uri")
_from_here = ("script-src", "style-src", "font-src", "img-src", "connect-src", "manifest-src")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {directive: [NONE] for directive in _from_nowhere}
    | {directive: [SELF] for directive in (*_from_here, "form-action")}
}

# --- Application ------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Ours first: their templates and commands win over those of the libraries.
    "pilotage.apps.PilotageConfig",
    "reports.apps.ReportsConfig",
    "copil.apps.CopilConfig",
    "indicators.apps.IndicatorsConfig",
    "actions.apps.ActionsConfig",
    "axes.apps.AxesConfig",
    "journal.apps.JournalConfig",
    "accounts.apps.AccountsConfig",
    "ctg_portal",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "auditlog",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "ctg_portal.middleware.browser_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ctg_portal.middleware.SignInRequiredMiddleware",
    "ctg_portal.middleware.no_store_once_signed_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "ctg_portal.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "template_partials.templatetags.partials",
                "ctg_portal.lib.templatetags.ctg",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database and cache -----------------------------------------------------------------------

_database = env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portail.sqlite3'}")
DATABASES = {"default": _database}
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads and then writes waits for its turn instead of failing
    # half of the time. WAL: readers are not held up by the writer.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;"
        ),
    }
elif _database["ENGINE"] == "django.db.backends.postgresql":
    _pool_size = env.int("DATABASE_POOL_SIZE", default=4)
    if _pool_size:
        # A pool hands connections back by itself: Django requires that it keeps none.
        _database["CONN_MAX_AGE"] = 0
        _database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": _pool_size}
else:
    raise ImproperlyConfigured("DATABASE_URL doit désigner une base SQLite ou PostgreSQL.")

# Sign-in limits are counted in the cache: it has to be shared by all processes.
CACHES = {
    "default": env.cache("CACHE_URL", default="dbcache://portail_cache"),
    # Bodies of pages (pilotage/corps.py): each process keeps its own, found by what they show.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}

# Files are drawn out of the request: by a process of its own on a shared installation (`manage.py
# db_worker`, deploy/), otherwise in a thread of the portal.
TASKS_WORKER = env.bool("TASKS_WORKER", default=not IS_LOCAL)
_tasks = (
    "django_tasks_db.DatabaseBackend" if TASKS_WORKER else "ctg_portal.lib.taches.ThreadBackend"
)
TASKS = {"default": {"BACKEND": _tasks}}

# --- Sign-in ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

# CNIL, délibération 2022-100: twelve characters at least when the password stands alone with a
# limit on attempts.
_validators = {
    "UserAttributeSimilarityValidator": {"user_attributes": ["email", "nom"]},
    "MinimumLengthValidator": {"min_length": 12},
    "CommonPasswordValidator": {},
    "NumericPasswordValidator": {},
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in _validators.items()
]

ACCOUNT_ADAPTER = "accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_FORMS = {
    "change_password": "accounts.forms.ChangePasswordForm",
    "confirm_login_code": "accounts.forms.ConfirmLoginCodeForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "request_login_code": "accounts.forms.RequestLoginCodeForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordFromKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Sign-up is closed, yet allauth reads here that people have passwords.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Whoever invites has typed the address: a second confirmation would only shut people out.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A changed password is announced by mail to its owner (ASVS 5.0, 6.3.7).
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Portail CTG – "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if IS_LOCAL else "https"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Per address that tries, and per account that is tried; the rest as allauth has it.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "invitation": "30/m/ip",
    # The calendars of a whole town hall ask from one address.
    "agenda": "120/m/ip",
    # So does a whole committee, which opens the link to its bilan and takes every file.
    "partage": "120/m/ip",
    # Wrong codes only. Six figures held by somebody who has the link: one chance in a thousand
    # over the usual thirty days.
    "partage_code": "10/m/ip,5/300s/key,30/d/key",
}

# --- Journal ----------------------------------------------------------------------------------

AUDITLOG_LOGENTRY_MODEL = "journal.Entree"
# `journal` owns the table: the library's own one, and its migrations, are not wanted.
MIGRATION_MODULES = {"auditlog": None}
AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_STORE_JSON_CHANGES = True

# --- Language, mail, files --------------------------------------------------------------------

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"

# On a single machine nothing is sent: the demonstration keeps its mail in a folder.
COURRIELS_DIR = VAR_DIR / "courriels"
_email = "smtp://localhost:25"
if IS_LOCAL:
    _email = f"filemail:///{quote(str(COURRIELS_DIR))}" if DEMO else "consolemail://"
vars().update(env.email("EMAIL_URL", default=_email))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"Portail CTG <ne-pas-repondre@{ALLOWED_HOSTS[0].strip('.*')}>"
)
EMAIL_TIMEOUT = 10

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = IS_LOCAL
# Media have no public address: one view checks the right before it streams.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
_static_storage = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if IS_LOCAL
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Read by the forms that take a file: the largest file, in bytes, that the portal keeps.
UPLOAD_MAX_SIZE = env.int("UPLOAD_MAX_MEGABYTES", default=20) * 1024 * 1024

_line = {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": _line},
    "filters": {"sans_jetons": {"()": "ctg_portal.lib.traces.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["sans_jetons"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"level": "WARNING" if DEMO else "INFO"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
