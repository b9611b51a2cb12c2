"""
What the board shows of a day, and that one stays where one looks.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from fieldops_core.scheduling.messages import ChooseGrid, ShowGridChoice
from fieldops_core.scheduling.model import GridChoice, Status
from fieldops_core.scheduling.views import GridChoiceView
from tests.pages.test_board import look, visit
from tests.support.browsing import Visits, assert_accessible, assert_soon
from tests.support.office import Office

MAIN = ".ec-main"


def assert_scrolled(page: Page, side: str, pixels: int) -> None:
    assert_soon(page, lambda: page.locator(MAIN).evaluate(f"main => main.scroll{side}") == pixels)


def overlap(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    assert a and b
    return a["y"] + a["height"] > b["y"] + 2 and b["y"] + b["height"] > a["y"] + 2


@pytest.mark.rule("WEB-01")
def test_one_stays_where_one_looks(desk: Page, office: Office) -> None:
    for number in range(40):
        office.technician(f"Tech{number} Nobody")
    far = office.technician("Zoe Zimmer")
    made = office.visit("2026-05-28T13:00", user=far.id)
    office.visit("2026-05-27T13:00", customer=office.bakery)
    look(desk, office)
    day = desk.locator("#day")
    for layout, side in (("Rows", "Top"), ("Columns", "Left")):
        desk.get_by_role("button", name=layout).click()
        desk.locator(MAIN).evaluate(f"main => main.scroll{side} = 800")
        desk.get_by_role("button", name="Later").click()
        expect(day).to_have_text("Thu 28 May")
        assert_scrolled(desk, side, 800)
        desk.go_back()
        expect(day).to_have_text("Wed 27 May")
        assert_scrolled(desk, side, 800)
    desk.goto(f"{office.path}/users")
    desk.go_back()
    expect(day).to_have_text("Wed 27 May")
    assert_scrolled(desk, "Left", 800)

    desk.goto(f"{office.path}?visit={made.id}")
    expect(visit(desk)).to_be_focused()
    expect(visit(desk)).to_be_in_viewport()
    expect(desk).to_have_url(re.compile(r"\?from=2026-05-28$"))


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("APT-26")
def test_who_is_busy_looks_busy_under_every_filter(visits: Visits, office: Office) -> None:
    office.visit("2026-05-25T08:00", minutes=120)
    office.visit("2026-05-25T12:00", user=office.bob.id, customer=office.bakery)
    chosen = GridChoice(statuses=(Status.CANCELLED,))
    office.do(ChooseGrid(choice=chosen), GridChoiceView, by=office.dan.actor)
    office.clock.advance(hours=3)
    desk = visits.open(office.dan)
    look(desk, office, "")

    busy = desk.locator(".ec-event.busy")
    expect(busy).to_have_count(2)
    expect(busy.last).to_have_accessible_name(re.compile("^Bob Baker, Mon 25 May, 12:00 to 13:00: Busy$"))
    expect(desk.locator("#grid").get_by_text("Beehive Bakery")).not_to_be_attached()
    assert_accessible(desk)
    desk.get_by_role("button", name="List").click()
    expect(desk.locator("#list li")).to_have_text(["08:00 to 10:00, busy", "12:00 to 13:00, busy"])
    desk.get_by_role("button", name="Rows").click()
    desk.get_by_role("button", name="1 late").click()
    expect(visit(desk)).to_be_focused()
    expect(busy).to_have_count(1)
    assert office.ask(ShowGridChoice(), GridChoiceView, by=office.dan.actor).statuses == (Status.CANCELLED,)


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("APT-26")
def test_a_board_tells_what_is_late_and_when_it_would_be(visits: Visits, office: Office) -> None:
    office.visit("2026-05-25T08:00", minutes=120)
    office.clock.advance(hours=3)
    desk = visits.open(office.dan, viewport={"width": 1920, "height": 900})
    held: list[Route] = []
    desk.route(re.compile(r"/grid\?"), lambda route: route.continue_() if held else held.append(route))
    desk.goto(office.path)
    expect(desk.get_by_role("status").filter(has_text="Loading…")).to_be_visible()
    assert_soon(desk, lambda: held)
    held[0].continue_()
    late = visit(desk)
    expect(late.get_by_text("Late", exact=True)).to_be_visible()
    expect(desk.get_by_text("Loading…")).not_to_be_attached()
    assert not overlap(late.locator("strong"), late.get_by_text("Late", exact=True))
    assert desk.evaluate("localStorage.getItem('fieldops.board.layout')") is None
    width = desk.locator(MAIN).evaluate("main => [main.scrollWidth, main.clientWidth]")
    assert width[0] <= width[1] and width[1] > 1500

    box = late.bounding_box()
    assert box
    desk.mouse.move(box["x"] + 4, box["y"] + 10)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 184, box["y"] + 14, steps=6)
    expect(desk.locator(".ec-preview .when")).to_have_text("10:00–12:00")
    desk.keyboard.press("Escape")
    desk.mouse.up()
