"""The golden file of today's schema: `python -m tests.reports.temoin` writes it again.

Only before the first release, or with a new number: a released schema never changes.
"""

import json
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
#: The complete bilan, and one that was composed: their texts, and the names behind their tokens.
ENTIER, COMPOSE = "arbre", "compose"
PERSONNES = {ENTIER: "personnes.json", COMPOSE: "compose-personnes.json"}


def read_golden(number: int, name: str = ENTIER) -> tuple[str, dict[str, str]]:
    """The canonical text of a schema and the names behind its tokens."""
    folder = FOLDER / f"schema-{number}"
    people = json.loads((folder / PERSONNES[name]).read_text(encoding="utf-8"))
    return (folder / f"{name}.json").read_text(encoding="utf-8"), people


def write_golden() -> Path:
    """Write the files of today's schema from the sample tree; returns their folder."""
    from reports.canonical import write
    from reports.tree import nodes

    from .trees import composed_tree, sample_tree

    folder = FOLDER / f"schema-{nodes.SCHEMA}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, tree in ((ENTIER, sample_tree()), (COMPOSE, composed_tree())):
        written = write(tree)
        people = json.dumps(written.personnes, ensure_ascii=False, indent=2)
        (folder / f"{name}.json").write_text(written.texte, encoding="utf-8")
        (folder / PERSONNES[name]).write_text(f"{people}\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctg_portal.test_settings")
    django.setup()
    write_golden()
