"""The rules of the house that a machine can check: see docs/ontwerp.md."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
OWN = ("casussen", "handreiking", "scripts")

# From low to high. A module imports from its own layer and from lower ones only.
LAYERS = [
    {"inhoud"},
    {"models"},
    {"taal", "werkdagen", "invoer", "reservekopie"},
    {"actor", "client", "rem", "session"},
    {"rechten", "beheerrechten", "logboek", "toestemming"},
    {"berichten", "overzicht"},
    {"acties"},
    {"templatetags", "forms"},
    {"views"},
    {"urls", "tasks", "management", "beheer", "admin", "apps"},
]


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of ours, by its dotted name; migrations apart."""
    paths = [path for folder in OWN for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(path.read_text())
        for path in paths
    }


def layer(module: str) -> int | None:
    """in: a dotted name; out: how high it stands, None when it is not part of the application."""
    parts = module.split(".")
    if parts[0] != "casussen" or len(parts) < 2:
        return None
    return next(height for height, names in enumerate(LAYERS) if parts[1] in names)


def imports(tree: ast.Module) -> Iterator[str]:
    """in: a module; out: the dotted names that it imports, also inside functions; not those for the type checker."""
    for_types = {
        id(inside)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inside in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def view_function(module: str, name: str) -> ast.FunctionDef:
    """in: the module and name of a view; out: the function."""
    body = modules()[module].body
    (view,) = [node for node in body if isinstance(node, ast.FunctionDef) and node.name == name]
    return view


def public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """in: a module; out: its public functions and classes, with the public methods of those classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta":
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def decorators(function: ast.FunctionDef) -> set[str]:
    """in: a function; out: the last word of each decorator ("transaction.atomic" gives "atomic")."""
    nodes = [node.func if isinstance(node, ast.Call) else node for node in function.decorator_list]
    return {ast.unparse(node).rsplit(".", 1)[-1] for node in nodes}


def own_views() -> Iterator[tuple[str, str]]:
    """Module and function of every address of the application."""
    for pattern in get_resolver("casussen.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        yield pattern.callback.__module__, pattern.callback.__name__


def test_a_module_is_at_most_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in OWN
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_imports_run_downwards_only() -> None:
    upwards = [
        f"{name} imports {imported}"
        for name, tree in modules().items()
        if (height := layer(name)) is not None
        for imported in imports(tree)
        if (other := layer(imported)) is not None and other > height
    ]
    assert not upwards


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    known = modules()

    def needs(name: str) -> set[str]:
        found = {imported if imported in known else imported.rpartition(".")[0] for imported in imports(known[name])}
        return {other for other in found if other in known and other != name}

    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join([*above[above.index(name) :], name])
        if name not in done:
            for other in sorted(needs(name)):
                walk(other, (*above, name))
            done.add(name)

    for name in known:
        walk(name, ())


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    silent = []
    for name, tree in modules().items():
        if tree.body and ast.get_docstring(tree) is None:
            silent.append(name)
        silent += [f"{name}.{node.name}" for node in public(tree) if ast.get_docstring(node) is None]
    assert not silent


# What takes an actor in acties/ and is no actie of its own, with the reason.
NO_ACTIE = {
    "casussen.acties.basis.open_casus": "what every actie calls first",
    "casussen.acties.afspraken.open_eigen": "what every act of an owner calls first",
    "casussen.acties.draden.open_draad": "what every actie on a thread calls first",
    "casussen.acties.vaststellen.stel_vast_met_nieuwe_datum": "a part of recording an evaluation",
    "casussen.acties.herinneringen.herinner": "each evaluation is a transaction of its own",
    "casussen.acties.leeftijden.kondig_leeftijden_aan": "each birthday is a transaction of its own",
    "casussen.acties.bewaren.bewaarronde": "each casus is a transaction of its own",
    "casussen.acties.najagen.najagen": "each casus is a transaction of its own",
}


def test_an_actie_takes_everything_by_name_with_its_type_and_is_one_transaction() -> None:
    seen = set()
    for name, tree in modules().items():
        if not name.startswith("casussen.acties."):
            continue
        for function in tree.body:
            if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
                continue
            by_name = {argument.arg: argument for argument in function.args.kwonlyargs}
            if "door" not in {argument.arg for argument in [*function.args.args, *by_name.values()]}:
                continue
            full = f"{name}.{function.name}"
            seen.add(full)
            if full in NO_ACTIE:
                continue
            assert not function.args.args, f"{full} takes something by place"
            assert "atomic" in decorators(function), f"{full} is not one transaction"
            assert all(argument.annotation for argument in by_name.values()), full
            assert function.returns is not None, full
    assert len(seen) > 20
    assert set(NO_ACTIE) <= seen


def test_only_acts_and_the_outbox_write() -> None:
    writing = {"save", "create", "bulk_create", "delete", "get_or_create", "update_or_create", "select_for_update"}
    may = ("casussen.acties", "casussen.berichten", "casussen.logboek", "casussen.models", "casussen.beheer",
           "casussen.tasks", "casussen.management")  # fmt: skip
    found = [
        f"{name}: {ast.unparse(node.func)}"
        for name, tree in modules().items()
        if name.startswith("casussen.") and not name.startswith(may)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing
    ]
    assert not found


def test_every_view_says_which_methods_it_takes() -> None:
    for module, name in own_views():
        view = view_function(module, name)
        assert decorators(view) & {"require_GET", "require_POST", "require_safe", "require_http_methods"}, name


def test_a_view_is_short() -> None:
    """About 25 lines, its docstring and decorators not counted."""
    for module, name in own_views():
        view = view_function(module, name)
        first = view.body[1] if ast.get_docstring(view) else view.body[0]
        assert view.end_lineno is not None
        assert view.end_lineno - first.lineno < 32, f"{module}.{name}"


def test_only_these_views_are_there_for_everybody() -> None:
    public = set()
    for pattern in get_resolver("casussen.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        if getattr(pattern.callback, "login_required", True) is False:
            public.add(pattern.name)
    assert public - {"postvak"} == {
        "taak", "taak_agenda", "taak_agenda_ics", "taak_alles", "taak_bereikbaar", "taak_code", "taak_doorgeven",
        "taak_draad", "taak_gedaan", "taak_later", "taak_nieuw", "taak_overzicht", "taak_reactie", "taak_regie",
        "taak_regie_niet", "taak_ritme", "taak_rol",
        "gezin", "gezin_code", "gezin_nieuw", "gezin_pdf", "gezin_wie_keek",
        "agendafeed", "link_nieuw", "mailritme", "uitnodiging", "gezond", "sessie",
    }  # fmt: skip


# A PDF and a mail (templates/mail) are no page of a browser: they bring their own style.
ON_PAPER = re.compile(r"_a4\.html$")


@pytest.mark.parametrize(
    "inline",
    [
        r"<script(?![^>]*\ssrc=)",
        r"<style\b",
        r"\sstyle\s*=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"hx-on",
        r"hx-vals=.js:",
    ],
)
def test_no_page_holds_a_script_or_style_of_its_own(inline: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if not ON_PAPER.search(path.name)
        and path.parent.name != "mail"
        and re.search(inline, path.read_text(), re.IGNORECASE)
    ]
    assert not found


def tracked() -> Iterator[tuple[str, str]]:
    """Name and text of every file that is in the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield name, path.read_text(encoding="utf-8", errors="ignore")


def test_no_file_names_a_package_registry_or_where_something_was_downloaded() -> None:
    # Written apart, so that this file does not name them either.
    hosts = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.", "registry" + ".yarn", "deb." + "debian"]
    found = [f"{name}: {host}" for name, text in tracked() for host in [*hosts, '"resolved"' + ":"] if host in text]
    assert not found


def test_nothing_of_our_own_is_mocked_and_no_test_is_passed_over() -> None:
    found = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path == ROOT / "tests" / "browser" / "conftest.py":
            continue  # without a browser its tests say how to get one; where CI is set they fail
        tree = ast.parse(path.read_text())
        found += [f"{path.name}: {name}" for name in imports(tree) if "mock" in name]
        found += [
            f"{path.name}: {ast.unparse(node)}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "importorskip"}
        ]
    assert not found
