"""
What a page shows stays true: while it is being asked for, when others change it, when the way to the server breaks.
"""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from fieldops_core.scheduling.messages import MoveAppointment, ResizeAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import ChangeUser
from tests.pages.test_appointment_form import draft, open_form, written
from tests.pages.test_board import look, visit
from tests.support.browsing import Visits, assert_soon
from tests.support.office import Office

GRID = re.compile(r"/grid\?")
STREAM = "**/grid/events*"


def hand_over(office: Office, made: AppointmentView) -> None:
    """
    Somebody gives a visit to Bob.
    """
    move = MoveAppointment(appointment=AppointmentId(made.id), start=made.start, user=office.bob.id)
    office.do(move, AppointmentView, by=office.olga.actor)


def turn_away(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        hidden,
    )


def count_streams(page: Page) -> None:
    """
    Lets a page count its streams: how many stand, in ``streams``.
    """
    page.add_init_script(
        "window.streams = 0; const Made = EventSource; window.EventSource = class extends Made {"
        " constructor(...told) { super(...told); window.streams++; }"
        " close() { if (this.readyState !== Made.CLOSED) window.streams--; super.close(); } };"
    )


@pytest.mark.rule("WEB-01", "API-06")
@pytest.mark.parametrize("rows", [False, True], ids=["all", "some-rows"])
def test_what_changes_while_the_grid_is_asked_for_is_not_lost(desk: Page, office: Office, rows: bool) -> None:
    made = office.visit("2026-05-27T09:00")
    seen: list[str] = []

    def while_it_is_asked_for(route: Route) -> None:
        """
        The answer comes when it is true no more.
        """
        seen.append(route.request.url)
        first = len(seen) == 1
        old = route.fetch()
        if first:
            minutes = ResizeAppointment(appointment=AppointmentId(made.id), minutes=90)
            office.do(minutes, AppointmentView, by=office.olga.actor)
            desk.wait_for_timeout(300)
        route.fulfill(response=old)

    if rows:
        look(desk, office)
        desk.route(GRID, while_it_is_asked_for)
        hand_over(office, made)
    else:
        desk.route(GRID, while_it_is_asked_for)
        look(desk, office)

    expect(visit(desk)).to_have_accessible_name(re.compile("09:00 to 10:30"))
    assert len(seen) > 1


@pytest.mark.rule("WEB-01", "API-06")
def test_what_changes_before_a_slow_stream_begins_is_not_lost(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")

    def slow(route: Route) -> None:
        expect(visit(desk)).to_have_accessible_name(re.compile("Ann Archer"))
        hand_over(office, made)
        route.continue_()

    desk.route(STREAM, slow, times=1)
    look(desk, office)

    expect(visit(desk)).to_have_accessible_name(re.compile("Bob Baker"))


@pytest.mark.rule("WEB-01", "SCH-10")
def test_two_windows_of_one_person_show_what_each_has_chosen(visits: Visits, office: Office) -> None:
    late = office.visit("2026-05-29T09:00")
    week, day = visits.open(office.dan), visits.open(office.dan)
    day.goto(f"{office.path}?from=2026-05-27")
    week.goto(f"{office.path}?from=2026-05-27")
    week.get_by_label("How many days").select_option("5")
    week.get_by_role("button", name="List").click()
    listed = week.locator("#list article")
    expect(listed.filter(has_text="Maria Nielsen").get_by_role("heading")).to_contain_text("Ann Archer")
    day.reload()
    day.get_by_label("How many days").select_option("1")
    expect(day.locator("#day")).to_have_text("Wed 27 May")

    hand_over(office, late)

    expect(listed.filter(has_text="Maria Nielsen").get_by_role("heading")).to_contain_text("Bob Baker")
    expect(day.locator(".ec-event.visit")).to_have_count(0)


@pytest.mark.rule("WEB-01", "API-06")
@pytest.mark.parametrize("at", ["board", "form"])
def test_a_page_nobody_looks_at_holds_no_stream_and_is_true_when_one_comes_back(
    desk: Page, office: Office, at: str
) -> None:
    made = office.visit("2026-05-27T12:00")
    count_streams(desk)
    if at == "board":
        look(desk, office)
    else:
        open_form(desk, office)
        expect(visit(desk)).to_be_visible()
    assert_soon(desk, lambda: desk.evaluate("streams") == 1)
    turn_away(desk, hidden=True)
    assert desk.evaluate("streams") == 0
    hand_over(office, made)
    turn_away(desk, hidden=False)

    expect(visit(desk)).to_have_accessible_name(re.compile("Bob Baker"))
    assert desk.evaluate("streams") == 1


@pytest.mark.rule("WEB-01", "API-06")
def test_a_board_that_is_cut_off_says_since_when_and_comes_back_by_itself(
    desk: Page, visits: Visits, office: Office
) -> None:
    made = office.visit("2026-05-27T09:00")
    cut = True
    look(desk, office)

    def gateway(route: Route) -> None:
        if cut:
            route.fulfill(status=502)
        else:
            route.continue_()

    desk.route(re.compile(r"/grid(/events)?\?"), gateway)
    hand_over(office, made)
    told = desk.get_by_role("status").filter(has_text="Not up to date since")
    expect(told).to_be_visible()
    for _ in range(3):
        desk.clock.fast_forward("00:31")
    expect(told).to_be_visible()
    expect(desk.get_by_role("alert")).to_have_count(0)
    cut = False

    def stands() -> bool:
        desk.clock.fast_forward("00:31")
        return told.count() == 0

    assert_soon(desk, stands)
    expect(visit(desk)).to_have_accessible_name(re.compile("Bob Baker"))
    visits.forgive("502")


@pytest.mark.rule("WEB-01", "ACC-26")
def test_who_may_not_see_the_board_any_more_sees_nothing_of_it_and_is_told_once(
    desk: Page, visits: Visits, office: Office
) -> None:
    made = office.visit("2026-05-27T09:00")
    office.work_order("Replace the panel")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    look(desk, office)
    expect(desk.locator("#backlog-items")).to_contain_text("Maria Nielsen")
    office.do(ChangeUser(user=office.dan.id, roles=(), grants=frozenset()), object)
    hand_over(office, made)
    desk.clock.fast_forward("00:35")  # a stream that is refused tells nothing

    told = desk.get_by_role("status").filter(has_text="You do not have the permission for this.")
    expect(told).to_be_visible()
    expect(desk.locator("main")).not_to_contain_text(re.compile("Maria|Bob Baker,"))
    expect(desk.get_by_role("alert")).to_have_count(0)
    asked.clear()
    for _ in range(4):
        desk.clock.fast_forward("00:31")
    desk.wait_for_timeout(50)
    assert asked == []
    visits.forgive("403")


@pytest.mark.rule("WEB-02", "WEB-09")
def test_the_forms_grid_outlives_a_date_half_typed_and_an_answer_that_failed(
    desk: Page, visits: Visits, office: Office
) -> None:
    open_form(desk, office)
    expect(draft(desk)).to_be_visible()
    for year in ("0002", "0202"):
        desk.get_by_label("Start", exact=True).fill(f"{year}-05-28T09:00")
    expect(desk.locator("#day")).to_contain_text("Wed 27 May")
    desk.get_by_label("Start", exact=True).fill("2026-05-28T09:00")
    expect(desk.locator("#day")).to_contain_text("Thu 28 May")
    desk.route(GRID, lambda route: route.abort(), times=1)
    desk.get_by_role("button", name="Next day").click()
    desk.clock.fast_forward("00:05")

    expect(desk.locator("#day")).to_contain_text("Fri 29 May")
    expect(desk.locator("#day")).to_contain_text("time")
    visits.forgive("ERR_FAILED")


@pytest.mark.proof
@pytest.mark.rule("WEB-02", "SCH-02")
def test_of_two_equal_times_the_one_chosen_while_the_form_is_drawn_again_stands(desk: Page, office: Office) -> None:
    open_form(desk, office, start="2026-11-01T01:30")
    first, second = (desk.get_by_role("radio", name=name) for name in ("First 01:30", "Second 01:30"))
    expect(first).to_be_checked()
    expect(desk.locator("#fit")).not_to_be_empty()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/appointments/new", hold, times=1)
    desk.get_by_label("Type", exact=True).select_option(label="Installation")
    assert_soon(desk, lambda: held)
    second.check()
    held[0].continue_()

    expect(desk.get_by_text("Proposed: 2 h")).to_be_visible()
    expect(second).to_be_checked()
    expect(first).to_have_value("0")


@pytest.mark.proof
@pytest.mark.rule("WEB-02")
def test_what_is_found_for_who_has_left_the_field_is_not_shown(desk: Page, office: Office) -> None:
    desk.goto(f"{office.path}/appointments/new")
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    desk.route("**/customers?*", hold)
    search = desk.get_by_role("combobox", name="Find a customer")
    search.fill("Mar")
    assert_soon(desk, lambda: asked)
    with desk.expect_event("requestfailed"):
        search.blur()
    expect(desk.get_by_role("listbox")).to_be_hidden()


@pytest.mark.proof
@pytest.mark.rule("WEB-02")
def test_an_address_of_a_form_that_names_no_day_shows_today_and_each_press_leads_a_day_on(
    desk: Page, office: Office
) -> None:
    open_form(desk, office, user=None, start=None, date="2026-02-31")
    desk.get_by_role("button", name="Next day").dblclick()
    expect(desk.locator("#day")).to_contain_text("Wed 27 May")


@pytest.mark.rule("WEB-02")
def test_who_writes_a_note_is_not_taken_to_the_grid_by_anothers_change(visits: Visits, office: Office) -> None:
    made = office.visit("2026-05-27T12:00")
    page = visits.open(office.dan, phone=True)
    open_form(page, office)
    expect(draft(page)).to_be_attached()
    written(page, "Private note").scroll_into_view_if_needed()
    written(page, "Private note").focus()
    stood = page.evaluate("scrollY")
    assert stood > 500

    with page.expect_response(GRID):
        hand_over(office, made)
    page.wait_for_timeout(200)

    assert page.evaluate("scrollY") == stood
