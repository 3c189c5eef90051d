"""Which drawing this is: changes with everything that a rendering is made from but the tree."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

#: What draws, from the root of the project: code, templates, sheets, fonts, locked libraries.
SOURCES = (
    "reports/**/*.py",
    "indicators/**/*.py",
    "ctg_portal/lib/**/*.py",
    "templates/reports/**/*.html",
    "templates/print.html",
    "static/css/*.css",
    "static/fonts/*.woff2",
    "requirements/base.txt",
)
LONGUEUR = 16


@cache
def version_du_rendu() -> str:
    """A short text, the same for the life of a process; a file kept by another one is not used."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:LONGUEUR]
