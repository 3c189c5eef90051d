"""What the documents say exists: links, commands, variables, words, and nothing of one machine."""

import re
import runpy
import tomllib
from urllib.parse import unquote

import environ
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.utils.text import slugify

ROOT = settings.BASE_DIR
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("[!.]*/**/*.md"))
    if not path.is_relative_to(ROOT / "var")
)
OUR_APPS = {
    "accounts", "journal", "axes", "actions", "indicators", "copil", "reports", "pilotage",
}  # fmt: skip
# Built in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com",
    "--index" + "-url", "--extra-index" + "-url", "--find" + "-links",
]  # fmt: skip
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home|tmp|Users)/|\b[A-Z]:\\")

CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")

every_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def prose(path):
    """Return the text of a document without its blocks and words of code."""
    return CODE.sub("", path.read_text(encoding="utf-8"))


def section(path, heading):
    """Return what stands under a heading of the second level that begins with these words."""
    text = path.read_text(encoding="utf-8")
    return re.search(rf"^## {heading}.*?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)[1]


def anchors(path):
    """Return the anchors that forges give to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {slugify(heading.replace("’", ""), allow_unicode=True) for heading in headings}


def variables_read(monkeypatch, tmp_path):
    """Return the variables that the settings ask for on a shared installation with PostgreSQL."""
    names = set()
    get_value = environ.Env.get_value

    def recorded(env, var, *args, **kwargs):
        names.add(var)
        return get_value(env, var, *args, **kwargs)

    monkeypatch.setattr(environ.Env, "get_value", recorded)
    for name, value in {
        "READ_DOT_ENV": "0",
        "DEBUG": "0",
        "DEMO": "0",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "postgres://ctg@/ctg?host=/var/run/postgresql",
    }.items():
        monkeypatch.setenv(name, value)
    runpy.run_path(str(ROOT / "ctg_portal" / "settings.py"))
    return names


def variables_listed():
    """Return the names in the first column of the table of `docs/deploiement.md`."""
    table = section(ROOT / "docs" / "deploiement.md", "Variables")
    first_cells = re.findall(r"^\|([^|]*)\|", table, re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}


@every_document
def test_the_links_inside_the_project_lead_somewhere(path):
    broken = []
    for link in LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = unquote(link).partition("#")
        file = (path.parent / target).resolve() if target else path
        inside = file.is_relative_to(ROOT) and file.exists()
        if not inside or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(link)
    assert broken == []


@every_document
def test_the_make_targets_exist(path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    typed = re.findall(r"(?:^|`|&& )make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(typed) <= targets


@every_document
def test_the_commands_of_manage_py_exist(path):
    named = re.findall(r"manage\.py ([a-z_]+)", path.read_text(encoding="utf-8"))
    assert set(named) <= set(get_commands())


@every_document
def test_the_files_named_in_code_exist(path):
    """A path of the project between back quotes, such as `ctg_portal/settings.py`."""
    folders = "|".join(sorted(OUR_APPS | {"ctg_portal", "demo", "deploy", "docs", "requirements",
                                          "static", "templates", "tests"}))  # fmt: skip
    words = re.findall(r"`([^`\n]+)`", path.read_text(encoding="utf-8"))
    paths = [word for word in words if re.fullmatch(rf"(?:{folders})/[\w./-]*", word)]
    assert [word for word in paths if not (ROOT / word).exists()] == []


@every_document
def test_nothing_of_one_machine_nor_of_a_registry(path):
    text = path.read_text(encoding="utf-8")
    assert [name for name in REGISTRIES if name in text] == []
    assert MACHINE_PATHS.findall(text) == []


@every_document
def test_signs_do_not_stand_alone_at_the_start_of_a_line(path):
    """French print sets a non-breaking space before `: ; ? ! » %` and after `«`."""
    assert re.findall(r".{0,30}(?: [:;?!%»](?=[\s*)]|$)|« ).{0,10}", prose(path), re.M) == []


def test_the_two_commands_stand_alone_in_the_readme():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "make demo" in lines
    assert "make test" in lines


def test_the_readme_names_the_demo_accounts():
    from pilotage.demo import COMPTES

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"[a-z]+@demo\.example", text)) == {compte.email for compte in COMPTES}


def test_the_short_deployment_is_the_detailed_one():
    """The lines of the README are those of `docs/deploiement.md`: ten at most, typed once."""
    short = section(ROOT / "README.md", "Mettre en service")
    block = re.search(r"^```sh\n(.*?)^```", short, re.MULTILINE | re.DOTALL)[1]
    assert block in (ROOT / "docs" / "deploiement.md").read_text(encoding="utf-8")
    assert 0 < len(block.splitlines()) <= 10


def test_every_variable_is_documented_and_read(monkeypatch, tmp_path):
    assert variables_listed() == variables_read(monkeypatch, tmp_path)


def test_the_glossary_names_every_model():
    text = (ROOT / "docs" / "glossaire.md").read_text(encoding="utf-8")
    models = {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
    }
    named = set(re.findall(r"`([a-z]+\.[A-Z]\w+)`", text))
    assert models - named == set()
    assert {name for name in named if name.split(".")[0] in OUR_APPS} - models == set()


def test_the_architecture_gives_a_reason_for_every_library():
    table = section(ROOT / "docs" / "architecture.md", "Les bibliothèques")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}
    assert required == set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE))


def test_every_role_is_explained():
    from axes.enums import Role

    text = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    assert [role.value for role in Role if f"`{role.value}`" not in text] == []
