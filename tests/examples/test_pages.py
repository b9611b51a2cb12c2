"""
What the pages say is there, is there.
"""

import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("docs/[ah]*/*.md"))]
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[\w-]*)?\)")
FILE = re.compile(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|md|toml|json))`")
QUOTED = re.compile(r"^ *```py\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# Where the pages' shorter paths begin.
FOLDERS = ("", "src", "src/fieldops_core", "src/fieldops_adapters", "src/fieldops_http", "src/fieldops_adapters/sql")
# What is made, or to be made.
NOT_THERE = re.compile(r"^(\.demo|\.venv/|fieldops_adapters/<port>|/(docs|schema)$|/app(/|$)|/sso/|GET )")


def names(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@lru_cache(maxsize=1)
def sources() -> str:
    """
    Everything that is written in Python, without the white space that lines begin with.
    """
    files = [file for folder in ("src", "tests") for file in ROOT.joinpath(folder).rglob("*.py")]
    return "\n".join(line.strip() for file in sorted(files) for line in file.read_text("utf-8").splitlines())


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_links_lead_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_files_that_are_named_exist(page: Path) -> None:
    named = {name for name in FILE.findall(page.read_text("utf-8")) if not NOT_THERE.match(name) and "<" not in name}

    assert [name for name in sorted(named) if not exists(name)] == []


def exists(name: str) -> bool:
    return any(ROOT.joinpath(folder, name).exists() for folder in FOLDERS) or (
        "/" not in name and any(ROOT.joinpath(folder).rglob(name) for folder in ("src", "tests"))
    )


@pytest.mark.parametrize("page", [page for page in PAGES if QUOTED.search(page.read_text("utf-8"))], ids=names)
def test_code_that_is_quoted_stands_in_the_source(page: Path) -> None:
    lines = [line.strip() for text in QUOTED.findall(page.read_text("utf-8")) for line in text.splitlines()]
    quoted = [line for line in lines if line and "My" not in line and "Mine" not in line]

    assert [line for line in quoted if line not in sources()] == []


@pytest.mark.parametrize("folder", ["how-to", "adr"])
def test_the_index_names_every_page(folder: str) -> None:
    index = ROOT.joinpath("docs/README.md").read_text("utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES if page.parent.name == folder]

    assert pages
    assert [page for page in pages if f"]({page})" not in index] == []
