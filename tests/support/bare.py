"""
Programs run where nothing is installed but what the core needs.
"""

import subprocess
import sys
from pathlib import Path

# What may be imported besides the standard library. python-dateutil brings six along; zoneinfo asks for tzdata where
# the system has no time zones of its own.
ALLOWED = {"fieldops_core", "fieldops_adapters", "attr", "attrs", "dateutil", "six", "tzdata"}
GUARDED = f"""
import runpy, sys

class Guard:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names | {ALLOWED!r} and not top.startswith("_sysconfigdata"):
            raise ImportError(f"{{name}} is not there")

sys.meta_path.insert(0, Guard())
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def printed(program: Path) -> str:
    """
    What a program prints that has attrs and python-dateutil alone.
    """
    command = [sys.executable, "-c", GUARDED, str(program)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
