"""Every page, as each person sees it, wide and narrow, light and dark: accessibility first."""

from urllib.parse import urlsplit

import pytest

from .crawl import NOT_A_PAGE, REFUSED, ask_for_a_code, named_urls
from .look import WIDTHS, Findings, look_at, open_window
from .sent import SENT

ROLES = ("coordination", "lecteur", "administration", "anonyme")
#: A whole walk takes minutes: in parts, the processes of the audit share it.
PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_and_asks_nobody_else(portail, role, width, part):
    findings = Findings()
    page = open_window(portail, role, width, findings)
    pages = portail.addresses(role)
    assert len(pages) > 5
    for key, path in list(pages.items())[part::PARTS]:
        if key == "account_confirm_login_code":
            ask_for_a_code(page)
        answer = page.goto(path, wait_until="load")
        if answer.status != REFUSED.get(key, 200) or urlsplit(page.url).path != urlsplit(path).path:
            findings.of(key, f"{answer.status}, arrivé sur {page.url}")
            continue
        look_at(page, key, width, findings)
    page.context.close()
    assert not findings, str(findings)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("role", SENT)
def test_every_page_that_answers_a_sent_form_is_accessible(portail, role, width):
    findings = Findings()
    page = open_window(portail, role, width, findings)
    for key, (status, reach) in SENT[role].items():
        answer = reach(page, portail)
        if answer.status != status:
            findings.of(key, f"{answer.status}, arrivé sur {page.url}")
            continue
        look_at(page, key, width, findings)
    page.context.close()
    assert not findings, str(findings)


def test_no_page_of_the_urlconf_is_forgotten(portail):
    reached = [key for role in ROLES for key in portail.addresses(role)]
    reached += [key for pages in SENT.values() for key in pages]
    visited = {key.split(" ")[0] for key in reached}
    named = set(named_urls())
    assert named - visited - set(NOT_A_PAGE) == set()
    assert set(NOT_A_PAGE) <= named
    assert not visited & set(NOT_A_PAGE)
