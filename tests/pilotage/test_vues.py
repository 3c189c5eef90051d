"""The plan and its other views lead to one another, and the dashboard to the three others."""

import re

import pytest
from django.urls import reverse

VUES = ("plan", "croisement", "communes", "frise")


def addresses(plan, *names):
    return [reverse(f"pilotage:{name}", args=[plan.convention.slug]) for name in names]


def links(page):
    """The links of the fragment: address, and whether it is where the reader stands."""
    [nav] = re.findall(r'<nav class="vues".*?</nav>', page, re.DOTALL)
    return re.findall(r'href="([^"]+)"( aria-current="page")?', nav)


@pytest.mark.parametrize("here", VUES)
def test_each_view_leads_to_all_of_them_and_says_where_it_stands(as_user, plan, here):
    [address] = addresses(plan, here)
    found = links(as_user(plan.lecteur).get(address).content.decode())
    assert [href for href, _ in found] == addresses(plan, *VUES)
    assert [href for href, current in found if current] == [address]


def test_the_dashboard_leads_to_what_its_menu_does_not_name(as_user, plan):
    [address] = addresses(plan, "tableau")
    found = links(as_user(plan.lecteur).get(address).content.decode())
    assert [href for href, _ in found] == addresses(plan, *VUES[1:])
