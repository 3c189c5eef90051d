"""The rules of structure that no linter checks: each is one test, with its exclusions argued."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from auditlog.models import AbstractLogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models

ROOT = Path(settings.BASE_DIR)
#: From the top to the bottom: a package uses only what stands after it.
LAYERS = (
    "pilotage",
    "reports",
    "copil",
    "indicators",
    "actions",
    "axes",
    "journal",
    "accounts",
)
PACKAGES = (*LAYERS, "ctg_portal")
HEAVY = {"weasyprint", "docx", "pptx", "xlsxwriter", "odfdo", "playwright"}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "divers"}

MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ASSETS = sorted(
    path
    for path in (ROOT / "static").rglob("*")
    if path.suffix in {".css", ".js"} and "vendor" not in path.parts
)
OUR_MODELS = [model for app in LAYERS for model in apps.get_app_config(app).get_models()]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def each(paths):
    """One test per folder of the project, which names every file that breaks the rule."""
    by_folder = {}
    for path in paths:
        by_folder.setdefault(path.relative_to(ROOT).parts[0], []).append(path)

    def decorate(rule):
        @pytest.mark.parametrize("folder", sorted(by_folder))
        def checked(folder):
            broken = []
            for path in by_folder[folder]:
                try:
                    rule(path)
                except AssertionError as error:
                    broken.append(f"{named(path)} : {error}")
            assert not broken, "\n\n".join(broken)

        checked.__name__, checked.__doc__ = rule.__name__, rule.__doc__
        return checked

    return decorate


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def without_comments(template: str) -> str:
    template = re.sub(r"\{%\s*comment\b.*?endcomment\s*%\}", "", template, flags=re.DOTALL)
    return re.sub(r"\{#.*?#\}", "", template)


def test_there_is_something_to_check():
    assert len(MODULES) > 80
    assert len(TEMPLATES) > 40
    assert len(OUR_MODELS) > 30


# --- Layers that Python's imports do not show -------------------------------------------------

#: Everybody's: the frames and the components; allauth's own names belong to accounts.
SHARED_FOLDERS = {"components", "allauth", "django"}
#: Frames that stand at the root by convention, and belong to one package all the same.
FRAMES_OF = {"print.html": "reports"}
REFERENCE = re.compile(r"\{%-?\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")


@each(TEMPLATES)
def test_a_template_uses_only_templates_of_lower_packages(path):
    folder = path.relative_to(ROOT / "templates").parts[0]
    folder = FRAMES_OF.get(folder, folder)
    if folder not in LAYERS:
        # A frame or a component stands below every package, and uses none of them.
        allowed = {"accounts"} if folder == "account" else set()
    else:
        allowed = set(LAYERS[LAYERS.index(folder) :])
    used = {
        reference.split("/")[0]
        for reference in REFERENCE.findall(without_comments(text(path)))
        if "/" in reference
    }
    assert used - SHARED_FOLDERS - {"account"} <= allowed


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_link_points_to_the_same_package_or_a_lower_one(model):
    lower = set(LAYERS[LAYERS.index(model._meta.app_label) :]) | {"auth", "contenttypes"}
    links = [
        field
        for field in chain(model._meta.fields, model._meta.many_to_many)
        if field.remote_field is not None
    ]
    wrong = [f.name for f in links if f.related_model._meta.app_label not in lower]
    assert wrong == []


@each(MODULES)
def test_no_package_of_ours_listens_to_signals(path):
    found = re.findall(
        r"django\.dispatch|\bsignals\b|@receiver|\b(?:pre|post)_(?:save|delete|init)\.connect",
        text(path),
    )
    assert found == []


# --- Modules ----------------------------------------------------------------------------------


@each(MODULES)
def test_nothing_heavy_is_imported_before_it_is_needed(path):
    imported = set()
    for node in tree(path).body:
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add(node.module.split(".")[0])
    assert imported & HEAVY == set()


@each(MODULES)
def test_a_module_holds_in_400_lines_and_a_function_in_50(path):
    lines = len(text(path).splitlines())
    assert lines <= 400
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno - node.lineno + 1 > 50
    }
    assert long == {}


@each(TEMPLATES)
def test_a_template_holds_in_200_lines(path):
    lines = len(text(path).splitlines())
    assert lines <= 200


@each(MODULES)
def test_no_drawer_for_whatever_has_no_place(path):
    assert {part.removesuffix(".py") for part in path.relative_to(ROOT).parts} & DRAWERS == set()


#: Module: why the journal misses nothing by its bulk writes.
ARGUED_WRITES = {
    "ctg_portal/lib/exchange/apply.py": "an import is one entry that says what it did",
}


def _silent_writes(path: Path):
    """Calls of `.update()` on anything but a plain name of a dict or set, and bulk writes."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        target = ast.unparse(node.func.value)
        if node.func.attr in {"bulk_update", "bulk_create"}:
            yield f"{target}.{node.func.attr} (ligne {node.lineno})"
        # A queryset is updated by keywords, a dict, a set or a digest by a value.
        elif node.func.attr == "update" and (node.keywords or not node.args):
            yield f"{target}.update (ligne {node.lineno})"


@each([path for path in MODULES if named(path) not in ARGUED_WRITES])
def test_no_write_goes_round_the_journal(path):
    """`update`, `bulk_update` and `bulk_create` skip save(), hence journal and search."""
    assert list(_silent_writes(path)) == []


def test_the_guard_sees_a_write_round_the_journal(tmp_path):
    module = tmp_path / "services.py"
    module.write_text("Fiche.objects.filter(pk=1).update(code='A')\nvalues.update({'a': 1})\n")
    assert list(_silent_writes(module)) == ["Fiche.objects.filter(pk=1).update (ligne 1)"]


#: Model: why the journal does not follow it.
UNTRACKED = {
    "journal.Entree": "the journal itself",
    "accounts.User": "accounts belong to no convention; sign-ins are the server's log",
    "actions.PhotoRetiree": "what a removed document leaves; the journal tells the removal",
}


def test_the_journal_follows_every_model():
    untracked = {model._meta.label for model in OUR_MODELS if not auditlog.contains(model)}
    assert untracked == set(UNTRACKED)


@each(MODULES)
def test_nothing_is_left_for_later(path):
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XXX|HACK)\b|raise NotImplemented")
    assert marks.findall(text(path)) == []


# --- Words ------------------------------------------------------------------------------------

#: Sigles and proper nouns keep their capital.
CAPITALS = {"Caf"}


def _own_fields(model):
    """Fields that we named: neither keys made by Django nor fields of the libraries."""
    theirs = {
        field.name
        for abstract in (AbstractLogEntry, AbstractBaseUser, PermissionsMixin)
        if issubclass(model, abstract)
        for field in chain(abstract._meta.local_fields, abstract._meta.local_many_to_many)
    }
    for field in chain(model._meta.local_fields, model._meta.local_many_to_many):
        if field.name not in theirs and not field.auto_created and field.name != "id":
            yield field


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_names_are_french_words_in_lower_case(model):
    names = [
        str(model._meta.verbose_name),
        str(model._meta.verbose_name_plural),
        *(str(field.verbose_name) for field in _own_fields(model)),
    ]
    wrong = [
        name
        for name in names
        if name not in CAPITALS and (not name[:1].islower() or name.endswith(".") or "_" in name)
    ]
    assert wrong == []
    # Django's own guess at a name only passes where the identifier is the French word itself.
    guessed = [
        field.name
        for field in _own_fields(model)
        if "_" in field.name and str(field.verbose_name) == field.name.replace("_", " ")
    ]
    assert set(guessed) <= FRENCH_AS_THEY_STAND


#: Identifiers of two words that are the French name already.
FRENCH_AS_THEY_STAND = {"compte_rendu", "nom_court", "notes_internes", "valeur_initiale"}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_help_text_is_a_sentence(model):
    unfinished = [
        field.name
        for field in _own_fields(model)
        if field.help_text and not str(field.help_text).endswith((".", "…"))
    ]
    assert unfinished == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_broken_rule_is_told_in_french(model):
    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message
        == models.BaseConstraint.default_violation_error_message
    ]
    assert silent == []


# --- Templates and static files ---------------------------------------------------------------

#: Asked for by Django or a library under a name that our code does not write.
ASKED_BY_LIBRARIES = re.compile(
    r"(?:400|403|403_csrf|404|429|500)\.html|(?:account|allauth|django)/.*"
)
#: Folder: the names are the keys of pilotage.views.pages.PAGES, checked by its own tests.
NAMED_BY_THE_ADDRESS = ("pilotage/pages/",)


def test_no_template_is_unused():
    sources = [text(path) for path in MODULES] + [without_comments(text(p)) for p in TEMPLATES]
    asked = set(re.findall(r"[\"']([\w/.-]+\.(?:html|svg|txt))(?:#\w+)?[\"']", "\n".join(sources)))
    unused = [
        name
        for name in (path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES)
        if name not in asked
        and not ASKED_BY_LIBRARIES.fullmatch(name)
        and not name.startswith(NAMED_BY_THE_ADDRESS)
    ]
    assert unused == []


def test_every_public_page_has_its_template_and_the_reverse():
    from pilotage.views.pages import PAGES

    folder = ROOT / "templates" / "pilotage" / "pages"
    assert {path.stem for path in folder.glob("*.html")} == set(PAGES)


#: Template: why it may carry its style with it.
STANDS_ALONE: dict[str, str] = {}


@each(TEMPLATES)
def test_nothing_is_inline(path):
    """The policy of the pages refuses inline scripts and styles: they would silently do nothing."""
    content = without_comments(text(path))
    found = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", content)
    found += re.findall(r"\son[a-z]+=", content)
    found += re.findall(r"\bhx-on\b", content)
    if named(path) not in STANDS_ALONE:
        found += re.findall(r"<style\b|\sstyle=", content)
    assert found == []


@each([*TEMPLATES, *ASSETS])
def test_no_other_host_is_named(path):
    """Nothing is loaded from elsewhere; the name spaces of SVG and XML load nothing."""
    hosts = re.findall(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.-]+", text(path))
    assert hosts == []
