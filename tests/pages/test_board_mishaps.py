"""
The board when something comes between: another zone, another dispatcher, the night, a server that is away.
"""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, Route, expect

from fieldops_core.company.messages import ChangeSettings
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.scheduling.messages import MoveAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from tests.pages.test_board import drag, look, now, slot, visit
from tests.support.browsing import Visits, assert_accessible, assert_soon
from tests.support.office import PHOENIX, Office

pytestmark = pytest.mark.proof

MOVED = re.compile("13:00 to 14:00, Cal Cook")


def hold(page: Page) -> None:
    """
    From here on its clock stands: messages stay, however long the rest takes.
    """
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 60)


@pytest.fixture
def moe(office: Office) -> CustomerId:
    """
    A customer in Phoenix, whose clocks show an hour less than Provo's in summer.
    """
    return office.customer(first_name="Moe", last_name="Mesa", location=office.phoenix, point=PHOENIX)


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-24")
@pytest.mark.parametrize("browser_zone", ["America/Denver", "Asia/Tokyo", "America/Santiago"])
def test_what_is_moved_in_another_zone_is_told_as_the_grid_tells_it(
    visits: Visits, office: Office, moe: CustomerId, browser_zone: str
) -> None:
    made = office.visit("2026-05-27T09:00", user=office.cal.id, customer=moe)
    desk = visits.open(office.dan, timezone_id=browser_zone)
    look(desk, office)
    desk.route("**/grid?*users=*", lambda route: route.abort())
    drag(desk, visit(desk, "Moe Mesa"), slot(desk, "Cal Cook", 13))

    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("Wed 27 May, 13:00 to 14:00")
    expect(visit(desk, "Moe Mesa")).to_have_accessible_name(MOVED)
    assert f"{now(office, made).start:%H:%M %Z}" == "12:00 MST"
    desk.unroute_all()
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("status").filter(has_text="Undone")).to_contain_text("10:00 to 11:00")
    visits.forgive("ERR_FAILED")


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-24")
def test_a_visit_is_moved_by_hand_to_a_day_on_which_the_clocks_have_changed(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    visit(desk).click()
    desk.get_by_role("button", name="Move…").click()
    desk.get_by_label("Start").fill("2026-11-04T09:00")
    desk.get_by_role("button", name="Move", exact=True).click()

    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("Wed 4 Nov, 09:00 to 10:00")
    assert f"{now(office, made).start:%m-%d %H:%M}" == "11-04 09:00"


@pytest.mark.rule("SCH-02", "WEB-01")
def test_of_times_that_the_clocks_skip_none_is_taken_and_of_two_equal_ones_which_is_asked(
    desk: Page, office: Office
) -> None:
    office.do(ChangeSettings(changes={"grid_start": 0, "grid_end": 24 * 60}), object)
    nights = WeeklyHours.every("00:00", "24:00", weekdays=range(7))
    nia, nat = (office.technician(name, weekly=nights) for name in ("Nia Night", "Nat Night"))
    made = office.visit("2026-11-01T04:00", user=nia.id)
    look(desk, office, "?from=2026-11-01")
    moved = desk.get_by_role("status").filter(has_text="moved")

    visit(desk).click()
    desk.get_by_role("button", name="Move…").click()
    desk.get_by_label("Start").fill("2027-03-14T02:30")
    desk.get_by_role("button", name="Move", exact=True).click()
    told = desk.get_by_role("alert").filter(has_text="On Sun 14 Mar 2027 the clocks skip 02:30 in America/Denver.")
    expect(told).to_be_visible()
    assert now(office, made).version == 1
    desk.get_by_label("Start").fill("2026-11-01T01:30")
    expect(desk.get_by_role("radio", name="First 01:30 (MDT)")).to_be_checked()
    desk.get_by_role("radio", name="Second 01:30 (MST)").check()
    assert_accessible(desk)
    desk.get_by_role("button", name="Move", exact=True).click()
    expect(moved).to_contain_text("01:30 to 02:30")
    assert now(office, made).start.isoformat() == "2026-11-01T01:30:00-07:00"
    expect(visit(desk)).to_be_focused()

    drag(desk, visit(desk), slot(desk, "Nat Night", 7.5))
    expect(moved).to_contain_text("Nat Night")
    assert (now(office, made).user.id, f"{now(office, made).start:%z}") == (nat.id, "-0700")
    drag(desk, visit(desk), slot(desk, "Nat Night", 7))
    expect(moved).to_contain_text("01:00 to 01:00")  # an hour later
    assert now(office, made).start.isoformat() == "2026-11-01T01:00:00-06:00"


@pytest.mark.rule("WEB-10")
def test_each_confirmation_undoes_what_it_confirms(desk: Page, office: Office) -> None:
    first = office.visit("2026-05-27T09:00")
    second = office.visit("2026-05-27T09:00", user=office.bob.id, customer=office.bakery)
    look(desk, office)
    hold(desk)
    drag(desk, visit(desk), slot(desk, "Ann Archer", 13))
    told = desk.locator(".toast").filter(has_text="Maria Nielsen moved.")
    expect(told).to_be_visible()
    drag(desk, visit(desk, "Beehive Bakery"), slot(desk, "Bob Baker", 14))
    expect(desk.locator(".toast").filter(has_text="Beehive Bakery moved.")).to_be_visible()
    told.get_by_role("button", name="Undo").click()

    expect(desk.locator(".toast").filter(has_text="Undone: Maria Nielsen")).to_be_visible()
    assert (now(office, first).start.hour, now(office, second).start.hour) == (9, 14)
    desk.keyboard.press("Control+z")
    expect(desk.locator(".toast").filter(has_text="Undone: Beehive Bakery")).to_be_visible()
    assert now(office, second).start.hour == 9


@pytest.mark.rule("WEB-10")
def test_three_messages_stand_at_most_and_none_goes_from_under_the_focus(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    look(desk, office)
    told = desk.locator(".toast")
    hold(desk)
    for _ in range(5):
        desk.keyboard.press("Control+z")
    expect(told).to_have_count(3)
    find = desk.get_by_role("combobox", name="Find a user or customer")
    find.focus()
    told.get_by_role("button", name="Dismiss").first.focus()
    desk.clock.fast_forward("01:00")

    expect(told).to_have_count(1)
    expect(told.get_by_role("button", name="Dismiss")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(told).to_have_count(0)
    expect(find).to_be_focused()


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("STO-04")
def test_what_another_moves_while_it_is_dragged_is_not_moved_unseen(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    with desk.expect_response("**/grid/events*"):
        look(desk, office)
    box, to = visit(desk).bounding_box(), slot(desk, "Bob Baker", 13)
    assert box
    desk.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2)
    desk.mouse.down()
    desk.mouse.move(to[0] + 20, to[1] - 3, steps=6)
    with desk.expect_response(re.compile(r"/grid\?.*users=")):
        moved = MoveAppointment(appointment=AppointmentId(made.id), start=datetime(2026, 5, 27, 10))
        office.do(moved, AppointmentView)
    desk.mouse.move(*to, steps=4)
    desk.mouse.up()

    expect(desk.get_by_role("alert")).to_contain_text("Somebody else has just changed this visit.")
    assert (now(office, made).user.name, now(office, made).start.hour) == ("Ann Archer", 10)
    expect(visit(desk)).to_have_accessible_name(re.compile("10:00 to 11:00, Ann Archer"))


@pytest.mark.rule("WEB-01", "WEB-10")
def test_what_is_dragged_again_before_the_first_answer_goes_there_afterwards(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    held: list[Route] = []
    desk.route("**/move", lambda route: route.continue_() if held else held.append(route))
    drag(desk, visit(desk), slot(desk, "Bob Baker", 13))
    expect(visit(desk)).to_have_accessible_name(re.compile("13:00 to 14:00, Bob Baker"))
    drag(desk, visit(desk), slot(desk, "Ann Archer", 15))
    expect(visit(desk)).to_have_accessible_name(re.compile("15:00 to 16:00, Ann Archer"))
    assert now(office, made).version == 1
    held[0].continue_()

    expect(desk.locator(".toast").filter(has_text="15:00 to 16:00")).to_be_visible()
    assert (now(office, made).user.name, now(office, made).start.hour, now(office, made).version) == (
        "Ann Archer",
        15,
        3,
    )
    expect(desk.get_by_role("alert")).to_have_count(0)
    desk.keyboard.press("Control+z")
    expect(desk.locator(".toast").filter(has_text="Undone: ")).to_contain_text("Bob Baker again, Wed 27 May, 13:00")


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-28")
def test_what_would_fit_closes_the_dialog_in_which_it_was_refused(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    office.visit("2026-05-27T13:00", user=office.bob.id, customer=office.bakery)
    look(desk, office)
    visit(desk).click()
    desk.get_by_role("button", name="Move…").click()
    desk.get_by_role("combobox", name="User", exact=True).select_option("Bob Baker")
    desk.get_by_label("Start").fill("2026-05-27T13:00")
    desk.get_by_role("button", name="Move", exact=True).dblclick()
    expect(desk.get_by_role("alert")).to_contain_text("Bob Baker is already booked")
    desk.get_by_role("button", name=re.compile("12:00 instead|14:00 instead")).click()

    expect(desk.get_by_role("status").filter(has_text="changed")).to_contain_text("Bob Baker")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(visit(desk)).to_be_focused()
    assert (now(office, made).user.name, now(office, made).version) == ("Bob Baker", 2)


@pytest.mark.rule("WEB-01")
def test_today_is_another_day_after_midnight(visits: Visits, office: Office) -> None:
    office.visit("2026-05-25T09:00")
    office.visit("2026-05-26T09:00", customer=office.bakery)
    office.clock.advance(hours=17, minutes=50)
    desk = visits.open(office.dan)
    look(desk, office, "")
    expect(desk.locator("#day")).to_have_text("Mon 25 May")
    office.clock.advance(minutes=20)
    desk.get_by_role("button", name="Today").click()

    expect(desk.locator("#day")).to_have_text("Tue 26 May")
    expect(visit(desk, "Beehive Bakery")).to_be_visible()


@pytest.mark.rule("WEB-01")
def test_a_board_of_today_goes_on_at_midnight_when_nobody_uses_it(visits: Visits, office: Office) -> None:
    office.visit("2026-05-25T09:00")
    office.visit("2026-05-26T09:00", customer=office.bakery)
    office.clock.advance(hours=17, minutes=59)
    desk = visits.open(office.dan)
    look(desk, office, "")
    day, today = desk.locator("#day"), desk.get_by_role("button", name="Today")
    expect(today).to_have_attribute("aria-current", "date")
    grip = visit(desk).bounding_box()
    assert grip
    desk.mouse.move(grip["x"] + 4, grip["y"] + grip["height"] / 2)
    desk.mouse.down()
    desk.mouse.move(*slot(desk, "Bob Baker", 13), steps=6)
    office.clock.advance(minutes=11)
    desk.clock.fast_forward("11:00")

    expect(desk.get_by_role("status").filter(has_text="It is Tue 26 May by now.")).to_be_visible()
    expect(day).to_have_text("Mon 25 May")
    expect(today).not_to_have_attribute("aria-current", "date")
    desk.keyboard.press("Escape")
    desk.mouse.move(grip["x"] + 4, grip["y"] + grip["height"] / 2, steps=6)
    desk.mouse.up()
    desk.clock.fast_forward("02:00")
    expect(day).to_have_text("Mon 25 May")
    desk.clock.fast_forward("05:00")
    expect(day).to_have_text("Tue 26 May")
    expect(visit(desk, "Beehive Bakery")).to_be_visible()
    expect(today).to_have_attribute("aria-current", "date")
    expect(desk.get_by_text("by now")).to_have_count(0)


@pytest.mark.rule("WEB-01")
def test_from_an_address_without_a_day_one_comes_to_today(desk: Page, office: Office) -> None:
    office.visit("2026-05-25T09:00")
    desk.goto(f"{office.path}?from=someday")
    expect(desk.locator("#day")).to_have_text("Mon 25 May")


@pytest.mark.rule("WEB-01")
def test_a_board_that_cannot_be_asked_for_says_so(desk: Page, office: Office, visits: Visits) -> None:
    desk.route("**/grid/choice", lambda route: route.abort())
    desk.goto(office.path)
    told = desk.get_by_role("alert")
    expect(told).to_contain_text("The server cannot be reached.")
    for name in ("Later", "List"):
        desk.get_by_role("button", name=name).click()
    expect(told).to_have_count(1)
    desk.unroute_all()
    told.get_by_role("button", name="Try again").click()

    expect(desk.get_by_role("heading", name="Ann Archer")).to_be_visible()
    expect(told).to_have_count(0)
    visits.forgive("ERR_FAILED")


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("API-06")
def test_a_stream_that_was_refused_is_asked_for_again(desk: Page, office: Office, visits: Visits) -> None:
    made = office.visit("2026-05-27T09:00")
    asked: list[str] = []

    def once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
        else:
            route.fulfill(status=502)

    desk.route("**/grid/events*", once)
    look(desk, office)
    desk.clock.fast_forward("00:06")
    assert_soon(desk, lambda: len(asked) == 2)
    move = MoveAppointment(appointment=AppointmentId(made.id), start=made.start, user=office.bob.id)
    office.do(move, AppointmentView)

    expect(visit(desk)).to_have_accessible_name(re.compile("Bob Baker"))
    assert len(asked) == 2
    visits.forgive("502")


@pytest.mark.rule("WEB-01")
def test_whose_session_ends_comes_back_to_the_same_day(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    look(desk, office)
    desk.context.clear_cookies()
    desk.get_by_role("button", name="Later").click()
    expect(desk.get_by_label("Password")).to_be_visible()
    expect(desk.locator("input[name=next]")).to_have_value(f"{office.path}?from=2026-05-27")


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("WOR-13")
def test_the_backlog_is_that_of_the_location_chosen_last(desk: Page, office: Office, moe: CustomerId) -> None:
    office.visit("2026-05-27T09:00")
    office.work_order("Replace the panel")
    office.work_order("Mend the siren", customer=moe)
    look(desk, office)
    items = desk.locator("#backlog-items")
    expect(items.locator("li")).to_have_count(2)
    held: list[Route] = []
    old: list[str] = []

    def hold(route: Route) -> None:
        if held:
            return route.continue_()
        held.append(route)
        old.append(route.fetch().text())
        return None

    desk.route("**/backlog?*", hold)
    desk.get_by_label("Location", exact=True).select_option("Provo")
    desk.get_by_label("Location", exact=True).select_option("Phoenix")
    expect(items.locator("li")).to_have_count(1)
    assert_soon(desk, lambda: old)
    with desk.expect_response("**/backlog?*"):
        held[0].fulfill(body=old[0], content_type="application/json")
    desk.wait_for_timeout(100)
    expect(items).to_have_text(re.compile("Mend the siren"))
