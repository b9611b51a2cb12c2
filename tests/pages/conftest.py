"""
Pages in a real Chromium.

    def test_a_dispatcher_sees_the_visits_of_a_day(desk: Page, office: Office) -> None:
        office.visit("2026-05-27T09:00", user=office.bob.id)

        desk.goto(f"{office.path}?from=2026-05-27")

        expect(desk.get_by_role("button", name="Maria Nielsen")).to_be_visible()
        assert_accessible(desk)

One Chromium and one server serve all tests of a process; each test has a company and a browser of its own. A test fails
also by what the pages did beside: see :class:`~tests.support.browsing.Visits`.
"""

import asyncio
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import frozen
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.browsing import WAIT_MILLISECONDS, Visits
from tests.support.office import Office
from tools.chromium import NoChromium, launched, program
from tools.site import Site, site_over

TIMEOUT_SECONDS = 120

expect.set_options(timeout=WAIT_MILLISECONDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(TIMEOUT_SECONDS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """
    Of a test that failed, what its pages showed is kept.
    """
    report = yield
    told = getattr(item, "funcargs", {})
    if report.when == "call" and report.failed and "visits" in told:
        report.sections.append(("Pages", "\n".join(told["visits"].drawn(told["tmp_path"]))))
    return report


@frozen
class Chromium:
    """
    A Chromium, and the event loop that Playwright drives it with. The loop is marked as running all the time, and then
    no other test of the process could run one of its own: it is marked only while it is *driven*.
    """

    browser: Browser
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def driven(self) -> Iterator[Browser]:
        asyncio._set_running_loop(self.loop)
        try:
            yield self.browser
        finally:
            asyncio._set_running_loop(None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    try:
        program()
    except NoChromium as reason:
        pytest.skip(str(reason))
    with sync_playwright() as playwright:
        chromium = Chromium(launched(playwright), asyncio.get_running_loop())
        asyncio._set_running_loop(None)
        yield chromium
        asyncio._set_running_loop(chromium.loop)
        chromium.browser.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with site_over(Office().engine) as site:
        yield site


@pytest.fixture
def office() -> Office:
    """
    A fresh company, kept in memory.
    """
    return Office()


@pytest.fixture
def visits(chromium: Chromium, site: Site, office: Office, tmp_path: Path) -> Iterator[Visits]:
    """
    Opens pages: for further people, phones, zones. In *tmp_path* is kept what they showed when a test failed.
    """
    site.serve(office.engine)
    with chromium.driven() as browser:
        visits = Visits(browser, site, office)
        yield visits
        visits.close()
    assert not visits.faults, "\n".join(visits.faults)


@pytest.fixture
def desk(visits: Visits, office: Office) -> Page:
    """
    A page of the dispatcher's, who is logged in.
    """
    return visits.open(office.dan)


@pytest.fixture
def phone(visits: Visits, office: Office) -> Page:
    """
    A page on the phone of Ann, a technician, who is logged in.
    """
    return visits.open(office.ann, phone=True)


@pytest.fixture
def stranger(visits: Visits) -> Page:
    """
    A page of somebody who is not logged in.
    """
    return visits.open()
