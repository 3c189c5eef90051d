"""Pictures of the pages in var/screenshots, for the eye: nothing else sees what is ugly.

`make audit` takes those of the main pages, `make captures` all of them: each page, for each
person, wide, middling and narrow, light and dark, and printed.
"""

import pytest

from .captures import (
    ROLES,
    SCHEMES,
    WIDTHS,
    file_name,
    keep_document,
    open_page,
    pages_of,
    take_picture,
    take_print,
)

MAIN_PAGES = {
    "coordination": (
        "pilotage:tableau",
        "pilotage:plan",
        "pilotage:fiche (riche)",
        "pilotage:axe",
        "pilotage:indicateurs",
        "pilotage:indicateur (riche)",
        "pilotage:reunions",
        "pilotage:reunion (riche)",
        "pilotage:journal",
        "pilotage:fiche_bloc cadre",
        "reports:bilan",
    ),
    "lecteur": ("pilotage:conventions", "pilotage:tableau", "pilotage:plan"),
    "anonyme": ("account_login", "pilotage:page aide"),
}
CONVENTION = "/conventions/vallees-fictives-2024-2028"
DOCUMENTS = {"bilan": f"{CONVENTION}/bilan/pdf/"}
# A picture lighter than this is an empty page, a print without a page is shorter still.
LEAST_BYTES = 5_000
every_role = pytest.mark.parametrize("role", ROLES)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_main_pages_are_pictured(portail, width, scheme):
    for role, names in MAIN_PAGES.items():
        context = portail.new_context(role, width=width)
        page = context.new_page()
        found = portail.addresses(role)
        for name in names:
            open_page(page, name, found[name])
            path = take_picture(page, role, name, width, scheme)
            assert path.stat().st_size > LEAST_BYTES
        context.close()


@pytest.mark.captures
@every_role
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_pictured(portail, role, width):
    page = portail.new_context(role, width=width).new_page()
    pages = pages_of(portail, role)
    for key, path in pages.items():
        open_page(page, key, path)
        for scheme in SCHEMES:
            picture = take_picture(page, role, key, width, scheme)
            assert picture.stat().st_size > LEAST_BYTES, key
    page.context.close()
    assert len({file_name(key) for key in pages}) == len(pages) > 0


@pytest.mark.captures
@every_role
def test_every_page_is_printed(portail, role):
    page = portail.new_context(role).new_page()
    for key, path in pages_of(portail, role).items():
        open_page(page, key, path)
        assert take_print(page, role, key).stat().st_size > LEAST_BYTES, key
    page.context.close()


@pytest.mark.captures
@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_the_portal_prints_is_kept(portail, name):
    assert keep_document(portail, name, DOCUMENTS[name]).stat().st_size > LEAST_BYTES
