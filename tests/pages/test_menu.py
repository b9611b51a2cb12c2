"""
What each role is offered leads somewhere.
"""

import re

import pytest
from litestar.testing import TestClient
from playwright.sync_api import expect

from fieldops_core.access.model import Action, Permission
from fieldops_http.app import create_app
from fieldops_http.demo.company import DISPATCHING, LOOKING_UP, SELLING, VISITING, Held, grants
from fieldops_http.sessions import PLAIN
from tests.pages.test_board import look, slot, visit
from tests.support.browsing import Visits, assert_accessible
from tests.support.office import Office, Person

SEEING: Held = {Permission.TECH_SCHEDULER: (Action.VIEW,), Permission.CUSTOMERS: (Action.VIEW,)}
PREVIEWING: Held = {Permission.TECH_SCHEDULER_LEADS: (Action.VIEW,)}
ROLES: dict[str, tuple[Held, list[str]]] = {
    "technician": (VISITING, []),
    "salesperson": (SELLING, ["Board", "Book a visit"]),
    "dispatcher": (DISPATCHING | LOOKING_UP, ["Board", "Book a visit", "Work orders", "Users"]),
    "looker": (LOOKING_UP, ["Users"]),
    "reader": (SEEING, ["Board"]),
    "caller": (PREVIEWING, []),
}


def who_holds(office: Office, held: Held) -> Person:
    office._roles["Own"] = office.role("Own", grants(held))
    return office.user("Lou Looker", role="Own")


@pytest.mark.rule("ACC-18", "WEB-07")
@pytest.mark.parametrize("role", ROLES)
def test_what_the_menu_offers_answers(office: Office, role: str) -> None:
    held, offered = ROLES[role]
    with TestClient(create_app(office.engine), raise_server_exceptions=False) as client:
        client.cookies.set(PLAIN, office.session(who_holds(office, held)))
        home = client.get(office.path).text
        top = home.split('<header class="top">')[1].split("</header>")[0]
        menu = top.split('<nav aria-label="Pages">')[1].split("</nav>")[0]
        links = re.findall(r'<a href="([^"]+)"', home.split("<main")[1].split("<noscript>")[0] + top)

        assert re.findall(r">([^<]+)</a>", menu) == offered
        for link in dict.fromkeys(links):
            page = client.get(link)
            assert (page.status_code, "<h1" in page.text or link == "/docs") == (200, True), link
        if "Board" in offered:
            assert client.get("/v1/acme/grid").status_code == 200
        else:
            assert "Welcome, Lou Looker" in home


@pytest.mark.rule("WEB-01", "ACC-18")
def test_a_board_leads_to_nothing_that_its_reader_may_not_see(visits: Visits, office: Office) -> None:
    office.visit("2026-05-27T09:00", work_order=office.work_order())
    page = visits.open(who_holds(office, SEEING))
    look(page, office)

    expect(page.locator("#backlog")).to_have_count(0)
    expect(page.get_by_role("button", name="Backlog")).to_have_count(0)
    expect(page.locator("#grid").get_by_role("link")).to_have_count(0)
    page.mouse.click(*slot(page, "Bob Baker", 11))
    visit(page).click()
    card = page.get_by_role("dialog", name="Maria Nielsen")
    expect(card.get_by_role("link")).to_have_text(["+18015550101", re.compile("Customer"), "Open"])
    assert_accessible(page)
