"""The demonstration as `make demo` serves it, and its pages as each person finds them.

The server is a process of its own on a database of its own: what the audit looks at is what a
visitor gets, with the headers, the files and the settings of the demonstration.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from .crawl import extra_pages, find_pages
from .shared import Shared

START_SECONDS = 60
MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
COMPTES = "comptes.txt"
#: Whose pages are found by following links; a visitor without account has some of these.
CRAWLED = ("coordination", "lecteur", "administration")
VIVANTE = "vallees-fictives-2024-2028"


class Portail:
    """A running demonstration: its address, its folder, and the sessions of its people."""

    def __init__(self, url, var, browser, passwords):
        self.url = url
        self.var = var
        self.mails = var / "courriels"
        self.browser = browser
        self._passwords = passwords
        self._sessions = {}
        self._pages = {}

    def new_context(self, role, *, width=1280, height=900, color_scheme="light"):
        """A window frame for « coordination », « lecteur » or « anonyme »."""
        context = self.browser.new_context(
            base_url=self.url,
            locale="fr-FR",
            timezone_id=settings.TIME_ZONE,
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            reduced_motion="reduce",
            storage_state=None if role == "anonyme" else self._session(role),
        )
        context.set_default_timeout(30_000)
        return context

    def find_pages(self, shared):
        """Crawl before anything is written: what is found is then in the copies of the others."""
        for role in CRAWLED:
            self._pages[role] = shared.value(f"pages-{role}", lambda role=role: self._find(role))

    def _find(self, role):
        context = self.new_context(role)
        found = find_pages(context.request, self.url, VIVANTE)
        context.close()
        return found

    def addresses(self, role):
        """Address by page, those that no link leads to included; see `crawl`.

        A visitor without account is shown the public pages.
        """
        if role == "anonyme":
            reached = self._pages["lecteur"].items()
            pages = {key: path for key, path in reached if key.startswith("pilotage:page")}
        else:
            pages = self._pages[role]
        return pages | extra_pages(role, VIVANTE)

    def _session(self, role):
        if role not in self._sessions:
            context = self.browser.new_context(base_url=self.url, locale="fr-FR")
            page = context.new_page()
            page.goto("/comptes/connexion/")
            page.locator("input[name=login]").fill(f"{role}@demo.example")
            page.locator("input[name=password]").fill(self._passwords[role])
            page.get_by_role("button", name="Se connecter").click()
            page.get_by_role("heading", level=1).wait_for()
            self._sessions[role] = context.storage_state()
            context.close()
        return self._sessions[role]


@pytest.fixture(scope="session")
def portail(browser, tmp_path_factory):
    """The demonstration, loaded once per run and copied once per process of it."""
    shared = Shared(tmp_path_factory)
    var = tmp_path_factory.mktemp("demo") / "var"
    shutil.copytree(shared.tree("demonstration", load), var)
    passwords = dict(re.findall(r"(\w+)@demo\.example\s+(\S+)", (var / COMPTES).read_text()))
    port = free_port()
    with (var / "serveur.log").open("w") as log:
        server = subprocess.Popen(
            [*MANAGE, "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"],
            env=environment_of(var),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port)
            portail = Portail(f"http://127.0.0.1:{port}", var, browser, passwords)
            portail.find_pages(shared)
            yield portail
        finally:
            server.terminate()
            server.wait(timeout=10)


def load(var):
    """The demonstration as its first start leaves it."""
    for arguments in (["migrate", "--no-input", "--verbosity=0"], ["load_demo"]):
        answer = subprocess.run(
            [*MANAGE, *arguments],
            env=environment_of(var),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    (var / COMPTES).write_text(answer.stdout)


def environment_of(var):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "ctg_portal.settings",
        "READ_DOT_ENV": "0",
        "DEBUG": "0",
        "DEMO": "1",
        "VAR_DIR": str(var),
        "MEDIA_ROOT": str(var / "media"),
        "DATABASE_URL": f"sqlite:///{var / 'demo.sqlite3'}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": f"filemail:///{var / 'courriels'}",
        "SECRET_KEY": settings.SECRET_KEY,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/pages/aide/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    raise TimeoutError("la démonstration ne répond pas")
