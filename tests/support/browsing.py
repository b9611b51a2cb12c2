"""
Pages in a real Chromium: opened by whom, watched for what must not happen, looked through for those who cannot see.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, Literal

import pytest
from attrs import field, frozen
from playwright.sync_api import Browser, BrowserContext, Error, Page

from fieldops_http.sessions import PLAIN
from tests.support.office import Office, Person
from tools.chromium import DESK, PHONE, watch
from tools.site import Site

WAIT_MILLISECONDS = 15_000
"""
So long does a step of a test wait at most.
"""
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
GRAVE = ("serious", "critical")
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@frozen(repr=False)
class Visits:
    """
    Opens pages of an office in a Chromium, each in a browser of its own: with its own cookies, as one person has it.
    *faults* are what must not have happened in any of them (:func:`~tools.chromium.watch`).
    """

    chromium: Browser
    site: Site
    office: Office
    faults: list[str] = field(factory=list)
    _open: list[BrowserContext] = field(factory=list)

    def open(self, who: Person | None = None, *, phone: bool = False, site: Site | None = None, **options: Any) -> Page:
        """
        An empty page of a new browser, of somebody who is logged in, or of a stranger. Addresses begin at the site's,
        or at another *site* over the same storage; its clock begins at the office's present. *options* are those of
        Playwright's contexts, such as *timezone_id*.
        """
        url = (site or self.site).url
        known: dict[str, Any] = {"viewport": DESK, "locale": "en-US", "timezone_id": "America/Denver"}
        on_a_phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {}
        context = self.chromium.new_context(base_url=url, **(known | on_a_phone | options))
        self._open.append(context)
        context.set_default_timeout(WAIT_MILLISECONDS)
        watch(context, url, self.faults)
        context.clock.install(time=self.office.clock())
        if who is not None:
            cookie = {"name": PLAIN, "value": self.office.session(who), "url": url}
            context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])  # type: ignore[typeddict-item]
        return context.new_page()

    def drawn(self, folder: Path) -> list[str]:
        """
        What they show, kept as pictures in a folder: a line for each.
        """
        lines: list[str] = []
        for page in (page for context in self._open for page in context.pages):
            with suppress(Error):
                file = folder / f"page-{len(lines) + 1}.png"
                page.screenshot(path=file, full_page=True)
                lines.append(f"{page.url}: {file}")
        return lines

    def forgive(self, told: str) -> None:
        """
        What a test meant to happen, and pages complained of, is no fault.
        """
        self._hear()
        self.faults[:] = [each for each in self.faults if told not in each]

    def close(self) -> None:
        """
        Close all of them. What they still had to say is heard first.
        """
        self._hear()
        while self._open:
            self._open.pop().close()

    def _hear(self) -> None:
        for page in (page for context in self._open for page in context.pages):
            with suppress(Error):  # it may be on its way to another page
                page.evaluate("0")


@cache
def axe() -> str:
    """
    The checker of accessibility, as a script. Skips the test where `npm ci` did not bring it.
    """
    if not AXE.exists():
        pytest.skip("axe-core is not there: `make` brings it, with the other packages of frontend/")
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    """
    The page, or what a selector names of it, breaks no rule of WCAG 2.2 AA that a program can check, by day and by
    night; and nobody has to scroll it sideways.
    """
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = [line for violation in _violations(page, within) for line in _lines(violation)]
        assert not found, "\n".join([f"{page.url}, {scheme}:", *found])
    page.emulate_media(color_scheme="null")
    assert_no_wider_than_the_screen(page)


def assert_soon(page: Page, holds: Callable[[], object]) -> None:
    """
    What holds as soon as the page is drawn, and is no question that Playwright's ``expect`` asks: asked until it does.
    """
    last = monotonic() + WAIT_MILLISECONDS / 1000
    while not holds():
        assert monotonic() < last, "It did not come to hold."
        page.wait_for_timeout(20)


def assert_no_wider_than_the_screen(page: Page) -> None:
    """
    Nobody scrolls the whole page sideways. What is wider, as a grid is, scrolls in a frame of its own.
    """
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    # What the window says grows with what is too wide on a phone.
    screen = (page.viewport_size or DESK)["width"]
    assert wide <= screen, f"{page.url} is {wide} pixels wide on a screen of {screen}"


def _violations(page: Page, within: str | None) -> list[dict[str, Any]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    asked = "([within, options]) => axe.run(within ?? document, options).then(told => told.violations)"
    told: list[dict[str, Any]] = page.evaluate(asked, [within, options])
    return [each for each in told if each["impact"] in GRAVE]


def _lines(violation: dict[str, Any]) -> list[str]:
    """
    Which rule, where, and what helps.
    """
    head = f"{violation['impact']}: {violation['id']}: {violation['help']} ({violation['helpUrl']})"
    return [head, *(f"  {' '.join(map(str, node['target']))}: {node['failureSummary']}" for node in violation["nodes"])]
