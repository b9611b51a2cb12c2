"""
What the README shows is run as it stands there: its shell blocks one after the other against a served demo, its Python.
"""

import os
import re
import shutil
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path

import pytest

from fieldops_http.demo.offices import PROVO
from tests.demo.served import served

ROOT = Path(__file__).parents[2]
README = ROOT.joinpath("README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(sh|text|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"
END_OF_BLOCK = "-- end of block --"
ANY_MORE = "…"

# What depends on the day of the demo: ids, times, and who has the first opening.
ID, TIME = r"[0-9a-f]{8}-[0-9a-f-]{27}", r"\d{4}-\d\d-\d\dT\S+|\b\d\d:\d\d\b"
WHO = "|".join(each.name for each in PROVO.technicians)
VARYING = re.compile(f"{ID}|{TIME}|{WHO}")


def blocks(*kinds: str) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in BLOCK.findall(README) if kind in kinds]


def session() -> list[tuple[str, str]]:
    """
    Each shell block, with the output that is shown below it ("" for none).
    """
    found = blocks("sh", "text")
    following = [*found[1:], ("", "")]
    return [
        (text, shown if kind_after == "text" else "")
        for (kind, text), (kind_after, shown) in zip(found, following, strict=True)
        if kind == "sh"
    ]


def environment(folder: Path) -> dict[str, str]:
    """
    This one, with this Python first, and a stand-in for curl where the machine has none.
    """
    paths = [str(Path(sys.executable).parent), os.environ["PATH"]]
    if shutil.which("curl") is None:
        stand_in = folder / "bin" / "curl"
        stand_in.parent.mkdir()
        stand_in.write_text(f'#!/bin/sh\nexec {sys.executable} {Path(__file__).with_name("curl.py")} "$@"\n')
        stand_in.chmod(0o755)
        paths.insert(0, str(stand_in.parent))
    return os.environ | {"PATH": os.pathsep.join(paths)}


def matches(shown: str, output: str) -> bool:
    """
    Whether an output is what is shown, apart from what varies; a line of … stands for any number of lines.
    """
    wanted, got = ([VARYING.sub("*", line).rstrip() for line in text.splitlines()] for text in (shown, output))
    if ANY_MORE in wanted:
        wanted = wanted[: wanted.index(ANY_MORE)]
        got = got[: len(wanted)]
    return all(one == other for one, other in zip_longest(wanted, got))


@pytest.mark.parametrize("size", ["small", pytest.param("full", marks=pytest.mark.proof)])
def test_the_session_answers_what_the_readme_shows(tmp_path: Path, size: str) -> None:
    with served(tmp_path, size=size) as demo:
        script = "".join(f"{text}\necho '{END_OF_BLOCK}'\n" for text, _ in session()).replace(ADDRESS, demo.url)
        ended = subprocess.run(
            ["bash", "-eu", "-c", script],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert ended.returncode == 0, ended.stdout + ended.stderr

    outputs = ended.stdout.split(f"{END_OF_BLOCK}\n")[:-1]
    differing = [
        (text, shown, output)
        for (text, shown), output in zip(session(), outputs, strict=True)
        if not matches(shown, output)
    ]
    assert differing == []


def test_the_session_books_collides_moves_is_refused_and_cancels() -> None:
    shown = "".join(shown for _, shown in session())

    told = ["scheduled 1", "422 slot.taken", "scheduled 2", "422 technician.out_of_coverage", "cancelled 3"]
    places = [shown.index(each) for each in told]
    assert places == sorted(places)


def test_the_python_runs() -> None:
    (_, program), (_, shown) = blocks("python", "text")[-2:]

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)

    assert ended.returncode == 0, ended.stderr
    assert matches(shown, ended.stdout)
