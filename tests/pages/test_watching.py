"""
What fails a test of pages by itself, and what the checks of accessibility find.
"""

import asyncio
from pathlib import Path

import pytest
from attrs import evolve
from playwright.sync_api import Page, expect

from tests.pages.conftest import Chromium
from tests.support.browsing import Visits, assert_accessible
from tests.support.databases import sqlite_storage
from tests.support.office import Office
from tools.chromium import PHONE
from tools.site import site_over

SHEET = "const sheet = text => { const made = new CSSStyleSheet(); made.replaceSync(text); return made }"


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        ("queueMicrotask(() => { throw new Error('gone wrong') })", "gone wrong"),
        ("void Promise.reject(new Error('not kept'))", "not kept"),
        ("console.error('not as it should be')", "not as it should be"),
        ("document.body.appendChild(document.createElement('script')).textContent = '1'", "Content Security Policy"),
        (
            "document.body.style.cssText = 'color: red'; document.body.setAttribute('style', 'color: red')",
            "inline style",
        ),
        ("fetch('/pages/nothing.js')", "status of 404"),
        ("fetch('https://tiles.example/1.png').catch(() => {})", "https://tiles.example/1.png"),
        ("new Image().src = 'https://tiles.example/1.png'", "https://tiles.example/1.png"),
    ],
)
def test_what_a_page_must_not_do_is_told(visits: Visits, office: Office, happens: str, told: str) -> None:
    page = visits.open()
    page.goto(f"{office.path}/login")
    page.evaluate(happens)
    visits.close()

    assert told in "\n".join(visits.faults)
    visits.faults.clear()


def test_an_answer_of_500_is_told(visits: Visits, office: Office) -> None:
    page = visits.open()
    page.route("**/login", lambda route: route.fulfill(status=500, body="Sorry"))
    page.goto(f"{office.path}/login")

    assert f"500: GET {visits.site.url}{office.path}/login" in visits.faults
    visits.faults.clear()


def test_what_is_refused_is_an_answer(stranger: Page, office: Office, visits: Visits) -> None:
    stranger.goto(f"{office.path}/login")
    assert stranger.evaluate("fetch('/v1/acme/grid').then(answer => answer.status)") == 401
    assert visits.faults == []


@pytest.mark.parametrize(
    ("worse", "told"),
    [
        ("document.querySelector('label').remove()", "critical: label"),
        ("document.documentElement.removeAttribute('lang')", "serious: html-has-lang"),
        ("document.adoptedStyleSheets = [sheet('h1 { color: #888; background: #999 }')]", "light"),
        (
            "document.adoptedStyleSheets = [sheet('@media (prefers-color-scheme: dark) { h1 { color: #333 } }')]",
            r"dark:\n\s+serious: color-contrast",
        ),
        ("document.adoptedStyleSheets = [sheet('main { min-width: 5000px }')]", "pixels wide"),
    ],
)
def test_what_keeps_people_out_is_found(stranger: Page, office: Office, worse: str, told: str) -> None:
    stranger.goto(f"{office.path}/login")
    stranger.evaluate(f"{{ {SHEET}; {worse} }}")

    with pytest.raises(AssertionError, match=told):
        assert_accessible(stranger)


def test_a_page_that_fits_a_desk_may_be_too_wide_for_a_phone(visits: Visits, office: Office) -> None:
    page = visits.open(phone=True)
    page.goto(f"{office.path}/login")
    assert page.evaluate("window.innerWidth") == PHONE["width"]
    page.evaluate("document.querySelector('h1').textContent = 'm'.repeat(60)")

    with pytest.raises(AssertionError, match="pixels wide"):
        assert_accessible(page)


def test_it_is_the_offices_monday_in_the_browser(desk: Page, office: Office) -> None:
    desk.goto(office.path)
    told = desk.evaluate("new Date().toString()")

    assert told.startswith("Mon May 25 2026 06:0")
    assert "GMT-0600" in told


def test_two_servers_over_one_database_know_the_same_sessions(visits: Visits, tmp_path: Path) -> None:
    office = Office(sqlite_storage(tmp_path / "pages.db"))
    with site_over(office.engine) as one, site_over(office.engine) as another:
        visits = evolve(visits, office=office)
        for site in (one, another):
            page = visits.open(office.dan, site=site)
            page.goto(office.path)
            expect(page).to_have_url(f"{site.url}{office.path}")
            page.context.close()


def test_other_tests_of_the_process_may_run_event_loops_of_their_own(chromium: Chromium) -> None:
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"

    with chromium.driven() as browser:
        assert browser.is_connected() and browser.version
        browser.new_context().close()
