"""
The machine's own Chromium, as the tests of pages and the screenshots drive it.
"""

import os
import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
NAMED = "FIELDOPS_CHROMIUM"
FLAGS = (
    # It shows our own pages alone, and runs as root where containers do.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    # It asks nobody else for anything.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # Letters look the same on every machine.
    "--font-render-hinting=none",
)

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 780}


class NoChromium(Exception):
    """
    There is none on this machine. The message says the mend.
    """


def program() -> str:
    """
    Where Chromium is: what FIELDOPS_CHROMIUM names, or the first that the PATH knows.

    Raises:
        NoChromium: it is nowhere.
    """
    asked = os.environ.get(NAMED)
    for name in (asked,) if asked else NAMES:
        if found := shutil.which(name):
            return found
    raise NoChromium(f"There is no Chromium here: install the package chromium, or name one in {NAMED}.")


def launched(playwright: Playwright) -> Browser:
    """
    A new Chromium, without a window.

    Raises:
        NoChromium: there is none.
    """
    return playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
