"""The body of a page, drawn once for all who see the same and until something changes.

The journal knows of every change of a convention, so its state names what the page was drawn from:
a body is found again by its key, and never has to be thrown away. Kept in each process's memory: a
key says everything, so processes need not agree. Security tokens are not kept: a placeholder holds
their place.
"""

import hashlib
from collections.abc import Callable

from django.core.cache import caches
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from axes.access import Acces
from axes.enums import Role

from .context import page_context

# The names of people, which no journal of a convention tells, are at most this old (seconds).
DUREE = 600
JETON = "jeton-anti-falsification-a-venir"
# What these two see depends on their role alone; a référent's pages depend on her grants.
ROLES_SEMBLABLES = frozenset({Role.COORDINATION, Role.LECTEUR})


def draw_body(
    request,
    acces: Acces,
    template: str,
    *,
    rubrique: str,
    build: Callable[[], dict],
    vary: tuple = (),
) -> SafeString:
    """HTML of a template whose context is `build()` in the frame of `page_context`.

    `vary` names what else the body depends on (the key of a fiche, the filters of the address).
    """
    cache = caches["pages"]
    key = _key(acces, template, vary)
    html = cache.get(key)
    if html is None:
        context = page_context(acces, rubrique, **build(), csrf_token=JETON)
        html = render_to_string(template, context)
        cache.set(key, html, DUREE)
    if JETON in html:
        html = html.replace(JETON, get_token(request))
    return mark_safe(html)  # noqa: S308 — rendered by our own templates on the lines above


def _key(acces: Acces, template: str, vary: tuple) -> str:
    role = acces.membre.role
    who = role if role in ROLES_SEMBLABLES else f"{role}-{acces.membre.pk}"
    parts = (template, acces.convention.pk, acces.version, who, *vary)
    text = "\n".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()
