"""
What the packages import, read from their source.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"


def modules(package: str) -> Iterator[Path]:
    """
    The modules of a package, given by its dotted name. None if it is not built yet.
    """
    yield from sorted(SRC.joinpath(*package.split(".")).rglob("*.py"))


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """
    The line and the full dotted name of everything that a module imports.
    """
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"), str(module))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = node.module or ""
            if node.level:
                package = ".".join([*module.relative_to(SRC).parts[: -node.level], *filter(None, [node.module])])
            yield from ((node.lineno, f"{package}.{alias.name}") for alias in node.names)


def trespasses(package: str, *, allowed: frozenset[str], apart_from: str = "-") -> list[str]:
    """
    Where the package imports what is not *allowed*: dotted names, each standing for all that is below it.
    """
    return [
        f"{module.relative_to(SRC)}:{line} imports {name}"
        for module in modules(package)
        if not module.is_relative_to(SRC.joinpath(*apart_from.split(".")))
        for line, name in imports(module)
        if not any(f"{name}.".startswith(f"{each}.") for each in allowed)
    ]
