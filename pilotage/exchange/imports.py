"""The import of one convention: read, compare, check, then write everything or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from auditlog.context import disable_auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.utils.text import slugify

from axes.models import Convention
from ctg_portal.lib.exchange.apply import apply
from ctg_portal.lib.exchange.parsing import Parsed, parse
from ctg_portal.lib.exchange.plan import Plan, Planner
from ctg_portal.lib.exchange.problems import ImportRefuse, Probleme, SourceIllisible
from ctg_portal.lib.exchange.sources import Source, read_source
from ctg_portal.lib.exchange.stored import Stored
from ctg_portal.lib.exchange.validation import attach_files, validate
from ctg_portal.lib.typographie import compte, enumeration
from journal.models import Entree

from .registry import ORDER, all_tables
from .remarks import add_remarks

# The tables whose counts the journal tells; the others are in the total.
TELLING = ("axes", "actions", "resultats_attendus", "indicateurs", "valeurs", "reunions", "points")
SLUG_MAX = Convention._meta.get_field("slug").max_length


@dataclass(frozen=True, slots=True)
class Decompte:
    """What happens to the rows of one table."""

    table: str
    nom: str
    noms: str
    creees: int
    modifiees: int
    inchangees: int
    retirees: int
    laissees: int


@dataclass(frozen=True, slots=True)
class Rapport:
    """What an import did, or would do when `a_blanc`."""

    convention: Convention
    nouvelle: bool
    a_blanc: bool
    decomptes: list[Decompte]
    avertissements: list[Probleme]

    def total(self, genre: str) -> int:
        return sum(getattr(decompte, genre) for decompte in self.decomptes)


def default_slug(path: Path) -> str:
    """The address of a convention that is not given one: the name of its folder or workbook."""
    return slugify(path.resolve().name if path.is_dir() else path.stem)[:SLUG_MAX]


def import_convention(
    path: Path,
    *,
    slug: str = "",
    update: bool = False,
    dry_run: bool = False,
    actor=None,
    adjust: Callable[[Parsed], None] | None = None,
    inspect: Callable[[Plan], None] | None = None,
    read: Callable[[Path], Source] = read_source,
    progress: Callable[[str, int, int], None] = lambda etape, fait, total: None,
) -> Rapport:
    """Import the tables that stand at `path` into the convention of that slug.

    `update` completes and changes an existing convention; the rules that match its rows stand in
    `ctg_portal.lib.exchange.plan`. `adjust` may change the values read, before they are checked;
    `inspect` sees the plan that nothing was found against, and stops the import by raising. `read`
    opens what stands at `path`, where that is not the exchange format itself; `progress` is told
    each stage, with the rows written and those to write.

    Raises ImportRefuse with every problem at once; nothing is written then. Side effects: rows,
    files in the media storage, one entry of the journal marked `est_import`, whose actor is
    `actor` (None: the command line). The rows themselves leave no entries.
    """
    progress("Lecture du fichier", 0, 0)
    source = _open(path, read)
    slug = slug or default_slug(path)
    kept_files: list = []
    try:
        with transaction.atomic(), disable_auditlog():
            convention = _target(slug, update=update)
            nouvelle = convention.pk is None
            parsed = parse(source, all_tables().values(), complete=nouvelle)
            if adjust:
                adjust(parsed)
            progress("Comparaison avec la convention", 0, 0)
            plan, files = _prepare(parsed, source, convention, update=not nouvelle)
            if inspect:
                inspect(plan)
            rapport = _report(plan, parsed, nouvelle=nouvelle, a_blanc=dry_run)
            if not dry_run:
                apply(plan, files, kept_files, partial(progress, "Écriture"))
                _record(rapport, actor)
    except (DatabaseError, OSError, ImportRefuse) as error:
        for storage, name in kept_files:
            storage.delete(name)
        raise _as_refusal(error) from error
    return rapport


def _open(path: Path, read: Callable[[Path], Source]) -> Source:
    try:
        return read(path)
    except SourceIllisible as error:
        raise ImportRefuse([Probleme(path.name, None, "", str(error))]) from error


def _target(slug: str, *, update: bool) -> Convention:
    """The stored convention, locked, or a new one that nothing has written yet."""
    if slug != slugify(slug) or not 0 < len(slug) <= SLUG_MAX:
        message = f"l’adresse « {slug} » s’écrit en minuscules sans accent, chiffres et tirets."
        raise ImportRefuse([Probleme("", None, "", message)])
    convention = Convention.objects.select_for_update().filter(slug=slug).first()
    if convention is None:
        return Convention(slug=slug)
    if not update:
        message = (
            f"la convention « {slug} » existe déjà. Pour la mettre à jour : --update ; pour en"
            " créer une autre : --slug."
        )
        raise ImportRefuse([Probleme("", None, "", message)])
    return convention


def _prepare(parsed: Parsed, source: Source, convention: Convention, *, update: bool):
    """The plan and its files, without any error left."""
    stored = Stored(convention, all_tables())
    plan = Planner(parsed, stored, update=update).build()
    files = attach_files(plan, parsed, source)
    validate(plan, parsed)
    add_remarks(plan, parsed)
    parsed.problemes = sorted(dict.fromkeys(parsed.problemes), key=_place)
    if any(probleme.est_erreur for probleme in parsed.problemes):
        raise ImportRefuse(parsed.problemes)
    return plan, files


def _place(probleme: Probleme) -> tuple:
    """Unknown tables first, then the order of the exchange format."""
    known = probleme.table in ORDER
    return (ORDER.index(probleme.table) if known else -1, probleme.ligne or 0)


def _report(plan: Plan, parsed: Parsed, *, nouvelle: bool, a_blanc: bool) -> Rapport:
    decomptes = [
        Decompte(
            table=name,
            nom=str(plan.tables[name].table.model._meta.verbose_name),
            noms=str(plan.tables[name].table.model._meta.verbose_name_plural),
            **plan.tables[name].counts(),
        )
        for name in ORDER
        if name in plan.tables
    ]
    return Rapport(plan.convention, nouvelle, a_blanc, decomptes, parsed.problemes)


def _record(rapport: Rapport, actor) -> None:
    convention = rapport.convention
    Entree.objects.create(
        content_type=ContentType.objects.get_for_model(Convention),
        object_pk=str(convention.pk),
        object_id=convention.pk,
        object_repr=str(convention),
        action=Entree.Action.CREATE if rapport.nouvelle else Entree.Action.UPDATE,
        changes={},
        actor=actor,
        convention_pk=convention.pk,
        est_import=True,
        resume=summary(rapport, par_commande=actor is None),
    )


def summary(rapport: Rapport, *, par_commande: bool) -> str:
    """One sentence for the journal: what was created, changed and taken away."""
    told = [
        compte(decompte.creees, decompte.nom, decompte.noms)
        for decompte in rapport.decomptes
        if decompte.creees and decompte.table in TELLING
    ]
    parts = []
    if created := rapport.total("creees"):
        lignes = compte(created, "ligne créée", "lignes créées")
        parts.append(f"{lignes} (dont {enumeration(told)})" if told else lignes)
    if changed := rapport.total("modifiees"):
        parts.append(compte(changed, "ligne modifiée", "lignes modifiées"))
    if removed := rapport.total("retirees"):
        parts.append(compte(removed, "ligne retirée", "lignes retirées"))
    par = " par la ligne de commande" if par_commande else ""
    return f"Import{par} : {', '.join(parts) or 'aucun changement'}."


def _as_refusal(error: Exception) -> ImportRefuse:
    """A refusal of the database or of the disk that no check foresaw, in words."""
    if isinstance(error, ImportRefuse):
        return error
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        message = f"les fichiers n’ont pas pu être gardés ({reason}) ; rien n’a été enregistré."
        return ImportRefuse([Probleme("documents", None, "fichier", message)])
    text = str(error)
    for table in all_tables().values():
        for constraint in table.model._meta.constraints:
            if constraint.name in text:
                message = constraint.violation_error_message or str(constraint.name)
                return ImportRefuse([Probleme(table.name, None, "", message)])
    message = "la base de données a refusé l’écriture ; rien n’a été enregistré."
    return ImportRefuse([Probleme("", None, "", message)])
