"""What a notice offers, read in a page as the browser would send it."""

import re
from html import unescape


def way_back(page: str) -> tuple[str, dict[str, str]]:
    """Address and fields of the « Annuler » of the only notice of a page."""
    [form] = re.findall(
        r'<form method="post" action="([^"]+)">(.*?)</form>',
        page.split('id="annonces"')[1],
        re.DOTALL,
    )[:1]
    assert ">Annuler</button>" in form[1]
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', form[1])
    return form[0], {name: unescape(value) for name, value in hidden}
