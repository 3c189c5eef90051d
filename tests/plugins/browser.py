"""Debian's Chromium for the tests that need a real browser.

`page` is a fresh window on the live server, signed out; `sign_in(page, user)` opens a session
without going through the form. A page that logs an error or breaks the content security policy
fails the test.
"""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
# The browser, then htmx, on an answer of 4xx: tests look at the answer itself.
REPEATED_STATUS = ("Failed to load resource", "Response Status Error Code")


def chromium_path():
    """Return the path of the browser, None when the machine has none."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run; missing, it fails in CI and skips elsewhere."""
    path = chromium_path()
    if path is None:
        reason = "Chromium est absent (Debian : apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    # Playwright's own loop runs in this thread: Django takes the tests for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser, live_server):
    """A function that opens a window: `new_page(width=390, color_scheme="dark", …)`."""
    contexts, complaints = [], []

    def open_page(width=1280, height=900, **options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="fr-FR",
            timezone_id=settings.TIME_ZONE,
            viewport={"width": width, "height": height},
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: keep_error(line, complaints))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def keep_error(line, complaints):
    """Add the console `line` to `complaints`, unless it only repeats an HTTP status."""
    if line.type == "error" and not line.text.startswith(REPEATED_STATUS):
        complaints.append(line.text)


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def sign_in(live_server):
    """A function that gives a window the session of a person: `sign_in(page, user)`."""

    def open_session(page, user):
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )

    return open_session
