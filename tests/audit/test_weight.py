"""What a visit downloads, as a server that compresses texts sends it.

The figures are left in var/tests/poids.
"""

import gzip

import pytest
from django.conf import settings

LIMIT = 120_000
#: Once sheets, scripts and font are there: their names tell their content, browsers keep them.
NEXT_LIMIT = 20_000
REPORT = settings.BASE_DIR / "var" / "tests" / "poids"
PAGES = ("pilotage:tableau", "pilotage:plan", "pilotage:fiche (riche)")
ALREADY_COMPRESSED = ("font/", "image/jpeg", "image/png", "image/webp")


def test_a_first_visit_is_light(portail):
    weights = {}
    for name in PAGES:
        context = portail.new_context("lecteur")
        page = context.new_page()
        answers = []
        page.on("response", lambda answer, found=answers: found.append(answer))
        page.goto(portail.addresses("lecteur")[name], wait_until="networkidle")
        photos = [one for one in answers if "/documents/" in one.url]
        weights[name] = sum(sent(answer) for answer in answers if answer not in photos)
        context.close()
    lines = [f"{name} : {weight / 1000:.0f} ko sans les photos" for name, weight in weights.items()]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert all(weight <= LIMIT for weight in weights.values()), weights


@pytest.mark.parametrize("role", ["coordination", "lecteur"])
def test_a_next_page_is_lighter_still(portail, role):
    context = portail.new_context(role)
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    weights = {}
    for name in PAGES:
        answers.clear()
        page.goto(portail.addresses(role)[name], wait_until="networkidle")
        own = [one for one in answers if "/static/" not in one.url and "/documents/" not in one.url]
        assert own
        weights[name] = sum(map(sent, own))
    context.close()
    assert all(weight <= NEXT_LIMIT for weight in weights.values()), weights


def sent(answer) -> int:
    """Bytes of the body once compressed, if it was not already."""
    body = answer.body() if answer.ok else b""
    if answer.headers.get("content-type", "").startswith(ALREADY_COMPRESSED):
        return len(body)
    return len(gzip.compress(body))
