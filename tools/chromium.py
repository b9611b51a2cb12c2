"""
The machine's own Chromium, as the tests of pages and the screenshots drive it.
"""

import os
import shutil
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Playwright, Request, Response, WebError

# The shell is the same browser without what people see around a page: tests take two thirds of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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

REFUSALS = frozenset({401, 403, 409, 412, 422, 429})
"""
Chromium calls each of them an error; to us they are answers.
"""


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


def watch(context: BrowserContext, url: str, faults: list[str]) -> None:
    """
    Note what the pages of a site at *url* must not do: an error of a script or on the console (what the
    Content-Security-Policy stops is told there), an answer of 500 or more, a request to somebody else.
    """

    def on_error(error: WebError) -> None:
        faults.append(f"error of a script: {error.error}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not _refusal(message.text):
            faults.append(f"on the console: {message.text} ({message.location['url']})")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and f"{address.scheme}://{address.netloc}" != url:
            faults.append(f"a request to somebody else: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 500:
            faults.append(f"{response.status}: {response.request.method} {response.url}")

    context.on("weberror", on_error)
    context.on("console", on_console)
    context.on("request", on_request)
    context.on("response", on_response)


def _refusal(text: str) -> bool:
    return any(f"responded with a status of {status} " in text for status in REFUSALS)
