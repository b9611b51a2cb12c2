"""
The walls that import-linter cannot check: what comes from outside, and what the rooms are made of.

What the core needs beyond these lists is a port, and an adapter answers it.
"""

import ast

from tests.architecture.walls import SRC, imports, modules, trespasses

# The parts of the standard library that only compute. No files, sockets, processes, threads, clocks or chance.
PURE = frozenset(
    {
        "__future__",
        "abc",
        "base64",
        "bisect",
        "calendar",
        "collections",
        "contextlib",
        "copy",
        "datetime",
        "decimal",
        "difflib",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "html",
        "hmac",
        "ipaddress",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "statistics",
        "string",
        "textwrap",
        "types",
        "typing",
        "unicodedata",
        "uuid",
        "zoneinfo",
    }
)
CORE = PURE | {"attr", "attrs", "dateutil", "fieldops_core"}
TESTING = CORE | {"concurrent.futures", "hypothesis", "pytest", "threading"}
MEMORY = CORE | {"fieldops_adapters.memory", "threading"}

ROLES = {"model", "views", "messages", "calculations", "rules", "decisions", "ports", "use_cases"}
NOT_SUBDOMAINS = {"kernel", "app", "testing"}
# Modules that are no role, and why they may stand beside them.
BESIDES = {
    "access": {"context"},  # every command's company and actor
}


def test_the_core_imports_only_what_computes() -> None:
    assert trespasses("fieldops_core", allowed=CORE, apart_from="fieldops_core.testing") == []


def test_the_published_test_room_adds_only_what_tests_need() -> None:
    assert trespasses("fieldops_core.testing", allowed=TESTING) == []


def test_the_memory_adapter_imports_only_what_the_core_may() -> None:
    assert trespasses("fieldops_adapters.memory", allowed=MEMORY) == []


def test_the_core_says_what_it_means_instead_of_any() -> None:
    found = [
        f"{module.relative_to(SRC)}:{node.lineno}"
        for module in modules("fieldops_core")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "Any") or (isinstance(node, ast.Attribute) and node.attr == "Any")
    ]
    assert found == []


def test_what_is_served_does_not_import_what_tests() -> None:
    found = [
        f"{module.relative_to(SRC)}:{line} imports {name}"
        for package in ("fieldops_adapters", "fieldops_http")
        for module in modules(package)
        for line, name in imports(module)
        if f"{name}.".startswith(("fieldops_core.testing.", "hypothesis.", "pytest."))
    ]
    assert found == []


def test_a_subdomain_is_made_of_the_same_roles_as_every_other() -> None:
    rooms = [room for room in SRC.joinpath("fieldops_core").iterdir() if room.is_dir() and room.name[0] not in "._"]
    found = [
        f"{room.name}/{part.name}"
        for room in rooms
        if room.name not in NOT_SUBDOMAINS
        for part in room.iterdir()
        if part.name[0] not in "._" and part.stem not in ROLES | BESIDES.get(room.name, set())
    ]
    assert found == []
