"""An import in two steps: shown first, then written exactly as it was shown."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from accounts.models import User
from axes.models import Convention
from ctg_portal.lib.exchange.changes import Changement, changes_of
from ctg_portal.lib.exchange.parsing import Parsed
from ctg_portal.lib.exchange.plan import Plan
from ctg_portal.lib.exchange.problems import ImportRefuse
from ctg_portal.lib.exchange.sources import Source, read_source
from ctg_portal.lib.exchange.stored import Stored

from .avancement import follow
from .foreign import Correspondance, to_source
from .imports import Rapport, import_convention
from .received import Recu
from .registry import all_tables


class ApercuPerime(Exception):
    """The convention changed since the preview: the import would do something else."""


@dataclass(frozen=True, slots=True)
class Apercu:
    """What an import would do; `autre_nom` is the name of another convention that it carries."""

    rapport: Rapport
    changements: list[Changement]
    empreinte: str
    autre_nom: str


def preview_import(
    *, convention: Convention, actor: User, recu: Recu, choix: Correspondance | None = None
) -> Apercu:
    """Read the file and compare it with the convention; nothing is written.

    `choix` says how to read a spreadsheet that is not in the exchange format. Raises ImportRefuse
    with every problem.
    """
    gate = _Gate(convention, actor, choix)
    rapport = _run(gate, recu, dry_run=True, inspect=gate.see)
    return Apercu(rapport, gate.changements, _fingerprint(gate.changements), gate.autre_nom)


def apply_import(
    *,
    convention: Convention,
    actor: User,
    recu: Recu,
    empreinte: str,
    choix: Correspondance | None = None,
) -> Rapport:
    """Import the file if that still does what the preview showed, in one transaction.

    Raises ApercuPerime or ImportRefuse, and then writes nothing. Side effects: those of
    `import_convention`, whose journal entry bears the person's name, and its progress beside the
    file (see `avancement`).
    """
    gate = _Gate(convention, actor, choix)

    def check(plan: Plan) -> None:
        gate.see(plan)
        if _fingerprint(gate.changements) != empreinte:
            raise ApercuPerime

    return _run(gate, recu, dry_run=False, inspect=check, progress=follow(recu))


class _Gate:
    """What the browser asks of an import beyond the format itself."""

    def __init__(self, convention: Convention, actor: User, choix: Correspondance | None):
        self.convention = convention
        self.actor = actor
        self.choix = choix
        self.autre_nom = ""
        self.changements: list[Changement] = []

    def read(self, path: Path) -> Source:
        source = read_source(path)
        if self.choix is None:
            return source
        return to_source(source.tables, self.choix, self.convention)

    def adjust(self, parsed: Parsed) -> None:
        """Note another convention's name; refuse a previous convention that is not theirs to see.

        The refusal is the same whether that convention exists or not.
        """
        for row in parsed.rows.get("convention", ()):
            nom = row.values.get("nom")
            if nom and nom != self.convention.nom:
                self.autre_nom = nom
            slug = row.values.get("precedente")
            if slug and not self._may_precede(slug):
                del row.values["precedente"]
                parsed.refuse(
                    row,
                    "precedente",
                    f"« {slug} » ne se trouve pas parmi les conventions que vous lisez.",
                )

    def _may_precede(self, slug: str) -> bool:
        known = self.convention.precedente
        if known is not None and known.slug == slug:
            return True
        return Convention.objects.visible_to(self.actor).filter(slug=slug).exists()

    def see(self, plan: Plan) -> None:
        if plan.convention.pk != self.convention.pk:
            raise ApercuPerime
        # The plan has filled its own instances, its convention among them: this one is untouched.
        self.changements = changes_of(plan, Stored(self.convention, all_tables()))


def _run(gate: _Gate, recu: Recu, *, dry_run: bool, **how) -> Rapport:
    try:
        return import_convention(
            recu.path,
            slug=gate.convention.slug,
            update=True,
            dry_run=dry_run,
            actor=gate.actor,
            adjust=gate.adjust,
            read=gate.read,
            **how,
        )
    except ImportRefuse as refus:
        # A file that cannot be opened is named as it came, not as it is kept.
        raise ImportRefuse(
            replace(one, table=recu.nom) if one.table == recu.path.name else one
            for one in refus.problemes
        ) from refus


def _fingerprint(changements: list[Changement]) -> str:
    content = json.dumps([asdict(one) for one in changements], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
