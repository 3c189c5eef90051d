"""Pictures of the main pages in var/screenshots, for the eye: nothing else sees what is ugly."""

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "var" / "screenshots"
WIDTHS = (1440, 768, 390)
SCHEMES = ("light", "dark")
PAGES = {
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


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_main_pages_are_pictured(portail, width, scheme):
    FOLDER.mkdir(parents=True, exist_ok=True)
    for role, names in PAGES.items():
        context = portail.new_context(role, width=width, color_scheme=scheme)
        page = context.new_page()
        found = portail.addresses(role)
        for name in names:
            page.goto(found[name])
            page.get_by_role("heading", level=1).first.wait_for()
            path = FOLDER / f"{file_name(name)}-{role}-{width}-{scheme}.png"
            page.screenshot(path=path, full_page=name != "reports:bilan")
            assert path.stat().st_size > 5_000
        context.close()


def file_name(name):
    """« pilotage:fiche (riche) » gives « fiche »."""
    last = name.split(":")[-1].removesuffix(" (riche)")
    return last.replace(" ", "-").removeprefix("account_")
