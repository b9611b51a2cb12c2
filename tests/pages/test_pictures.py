"""
The command that draws the pages.
"""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages.conftest import Chromium
from tools.chromium import DESK, PHONE


@pytest.mark.proof
@pytest.mark.timeout(180)
def test_every_page_is_drawn_in_light_in_dark_and_on_a_phone(chromium: Chromium, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.screenshots", "--out", str(tmp_path), "password"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150)

    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert {file.name: width(file) for file in tmp_path.iterdir()} == {
        "password-light.png": DESK["width"],
        "password-dark.png": DESK["width"],
        "password-phone.png": PHONE["width"],
    }
    assert tmp_path.joinpath("password-light.png").read_bytes() != tmp_path.joinpath("password-dark.png").read_bytes()


def width(picture: Path) -> int:
    """
    Of a PNG, in pixels, as its header says it.
    """
    return int(struct.unpack(">I", picture.read_bytes()[16:20])[0])
