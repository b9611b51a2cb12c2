import subprocess
import sys
from pathlib import Path

EMBEDDED = Path(__file__).parents[2] / "examples" / "embedded.py"
# What may be imported besides the standard library. python-dateutil brings six along; zoneinfo asks for tzdata where
# the system has no time zones of its own.
ALLOWED = {"fieldops_core", "fieldops_adapters", "attr", "attrs", "dateutil", "six", "tzdata"}
GUARD = f"""
import runpy, sys

class Guard:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names | {ALLOWED!r} and not top.startswith("_sysconfigdata"):
            raise ImportError(f"{{name}} is not there")

sys.meta_path.insert(0, Guard())
runpy.run_path({str(EMBEDDED)!r}, run_name="__main__")
"""


def test_the_embedded_engine_needs_nothing_but_attrs_and_dateutil() -> None:
    ended = subprocess.run([sys.executable, "-c", GUARD], capture_output=True, text=True, timeout=60)

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == [
        "30 starts are open; booked: 06:00",
        "slot.taken: Ann is already booked from 06:00 to 07:30 with Bakery.",
    ]


def test_the_embedded_engine_is_shown_in_less_than_sixty_lines() -> None:
    assert len(EMBEDDED.read_text("utf-8").splitlines()) < 60
