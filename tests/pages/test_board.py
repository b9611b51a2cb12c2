"""
The board, as dispatchers use it.
"""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from attrs import evolve
from playwright.sync_api import Locator, Page, expect

from fieldops_core.access.model import Kind
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.customers.model import AccountType
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    ChooseGrid,
    MoveAppointment,
    ShowAppointment,
    ShowGridChoice,
)
from fieldops_core.scheduling.model import AppointmentId, CancelledBy, GridChoice, Status
from fieldops_core.scheduling.views import AppointmentView, GridChoiceView
from fieldops_core.staff.messages import AddAbsence
from tests.support.browsing import Visits, assert_accessible, assert_soon
from tests.support.databases import sqlite_storage
from tests.support.office import Office
from tools.site import site_over

DAY = "2026-05-27"


def look(page: Page, office: Office, query: str = f"?from={DAY}") -> None:
    page.goto(f"{office.path}{query}")
    expect(page.locator(".ec-event:visible, #list article:visible").first).to_be_visible()


def visit(page: Page, name: str = "Maria Nielsen") -> Locator:
    return page.locator(".ec-event.visit").filter(has_text=name).first


def shown_width(text: Locator) -> float:
    """
    How much of a text is in sight, in pixels: not what is cut off.
    """
    box = text.bounding_box()
    return 0 if box is None else box["width"]


def stands_at(page: Page, who: str, hour: float) -> bool:
    """
    Whether Maria's visit is drawn in a user's row, from an hour of the first day on.
    """
    x, y = slot(page, who, hour)
    box = visit(page).bounding_box()
    return box is not None and abs(box["x"] + 2 - x) < 5 and box["y"] < y < box["y"] + box["height"]


def slot(page: Page, who: str, hour: float) -> tuple[float, float]:
    """
    Where a user's row and an hour of the first day cross.
    """
    head = page.locator(".ec-row-head").filter(has_text=who).bounding_box()
    first = page.locator(".ec-body .ec-day").first.bounding_box()
    assert head and first
    return first["x"] + (hour - 6) * 60 + 2, head["y"] + head["height"] / 2


def drag(page: Page, what: Locator, to: tuple[float, float], *, grip: float = 4) -> None:
    box = None
    while box is None:  # it may just be drawn anew
        box = what.bounding_box()
    page.mouse.move(box["x"] + grip, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(to[0] + 20, to[1] - 3, steps=6)
    page.mouse.move(*to, steps=4)
    page.mouse.up()


def now(office: Office, made: AppointmentView) -> AppointmentView:
    return office.ask(ShowAppointment(appointment=AppointmentId(made.id)), AppointmentView)


@pytest.mark.rule("WEB-01")
def test_a_dispatcher_sees_who_does_what_when(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    look(desk, office)

    expect(desk.get_by_role("heading", name="Board")).to_be_attached()
    expect(desk.locator("#day")).to_have_text("Wed 27 May")
    for name in ("Ann Archer", "Bob Baker", "Cal Cook"):
        expect(desk.locator(".ec-row-head").filter(has_text=name)).to_be_visible()
    told = visit(desk)
    expect(told).to_have_role("button")
    expect(told).to_have_accessible_name(re.compile("Maria Nielsen.*09:00 to 10:00.*Ann Archer.*Service.*Scheduled"))
    expect(desk.locator(".ec-bg-event.working").first).to_be_visible()
    assert_accessible(desk)
    for layout in ("Rows", "Columns"):
        desk.get_by_role("button", name=layout).click()
        assert_soon(desk, lambda: shown_width(visit(desk).get_by_text("Maria Nielsen", exact=True)) > 30)


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("APT-11")
def test_a_visit_is_dragged_to_another_user_and_time(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    drag(desk, visit(desk), slot(desk, "Bob Baker", 13))

    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("Bob Baker, Wed 27 May, 13:00 to 14:00")
    moved = now(office, made)
    assert (moved.user.name, f"{moved.start:%H:%M}", moved.version) == ("Bob Baker", "13:00", 2)
    expect(visit(desk)).to_have_accessible_name(re.compile("13:00 to 14:00, Bob Baker"))
    assert_soon(desk, lambda: stands_at(desk, "Bob Baker", 13))


@pytest.mark.rule("WEB-01")
def test_an_edge_is_dragged_to_make_it_longer(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    box = visit(desk).bounding_box()
    assert box
    _, y = slot(desk, "Ann Archer", 9)
    visit(desk).hover()
    drag(desk, visit(desk), (slot(desk, "Ann Archer", 11)[0] - 6, y), grip=box["width"] - 2)

    expect(desk.get_by_role("status").filter(has_text="now takes 120 minutes")).to_be_visible()
    assert now(office, made).minutes == 120


@pytest.mark.rule("WEB-01")
def test_a_refused_edge_snaps_back(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    office.visit("2026-05-27T10:00", customer=office.bakery)
    look(desk, office)
    box = visit(desk).bounding_box()
    assert box
    visit(desk).hover()
    x, y = slot(desk, "Ann Archer", 11)
    drag(desk, visit(desk), (x - 6, y), grip=box["width"] - 2)

    expect(desk.get_by_role("alert")).to_contain_text("is already booked from 10:00 to 11:00 with Beehive Bakery")
    assert_soon(desk, lambda: visit(desk).bounding_box() == box)
    assert now(office, made).version == 1


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-28")
def test_a_refused_drop_snaps_back_and_says_what_would_fit(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    office.visit("2026-05-27T13:00", user=office.bob.id, customer=office.bakery)
    look(desk, office)
    drag(desk, visit(desk), slot(desk, "Bob Baker", 13))

    refusal = desk.get_by_role("alert")
    expect(refusal).to_contain_text("Bob Baker is already booked from 13:00 to 14:00 with Beehive Bakery.")
    expect(visit(desk)).to_have_accessible_name(re.compile("09:00 to 10:00, Ann Archer"))
    assert_soon(desk, lambda: stands_at(desk, "Ann Archer", 9))
    assert now(office, made).version == 1
    assert_accessible(desk)
    refusal.get_by_role("button", name=re.compile("12:00 instead|14:00 instead")).click()
    expect(desk.get_by_role("status").filter(has_text="changed")).to_contain_text("Bob Baker")
    assert now(office, made).user.name == "Bob Baker"


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-17")
def test_who_may_not_go_there_is_grey_while_one_drags(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    box = visit(desk).bounding_box()
    assert box
    desk.mouse.move(box["x"] + 4, box["y"] + 10)
    desk.mouse.down()
    desk.mouse.move(*slot(desk, "Cal Cook", 13), steps=6)
    row = desk.locator(".ec-row-head").filter(has_text="Cal Cook")
    expect(row).to_have_class(re.compile("invalid"))
    expect(desk.locator(".ec-row-head").filter(has_text="Bob Baker")).not_to_have_class(re.compile("invalid"))
    expect(desk.locator(".ec-row-head").filter(has_text="Bob Baker")).to_contain_text(" mi")
    desk.mouse.up()

    expect(desk.get_by_role("alert")).to_contain_text("Cal Cook")
    assert now(office, made).version == 1
    expect(row).not_to_have_class(re.compile("invalid"))


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-17")
def test_a_sales_visit_may_go_to_sales_reps(desk: Page, office: Office) -> None:
    office.technician("Ron Reps", sales_rep=True, coverage_radius=0)
    sue = office.technician("Sue Sells", sales_rep=True)
    talk = office.type("Talk", minutes=60, kind=Kind.SALES)
    office.do(ChangeSettings(changes={"sales_scheduler_on_customers": True}), object)
    office.visit("2026-05-27T09:00", kind=Kind.SALES, type=talk, user=sue.id)
    look(desk, office)
    box = visit(desk).bounding_box()
    assert box
    desk.mouse.move(box["x"] + 4, box["y"] + 10)
    desk.mouse.down()
    desk.mouse.move(*slot(desk, "Ron Reps", 13), steps=6)

    head = desk.locator(".ec-row-head")
    expect(head.filter(has_text="Bob Baker")).to_have_class(re.compile("invalid"))
    expect(head.filter(has_text="Ron Reps")).not_to_have_class(re.compile("invalid"))
    desk.mouse.up()
    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("Ron Reps")


@pytest.mark.rule("SCH-23")
def test_a_drag_carries_the_list_mode_of_the_board(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    office.do(ChangeSettings(changes={"max_coverage_radius": 1_000_000}), object)
    look(desk, office)
    desk.get_by_text("Filters").click()
    mode = desk.get_by_label("Technicians to choose from")
    expect(mode).to_have_value("in_office_location")
    assert_accessible(desk)
    mode.select_option("Those within the company's reach")
    desk.keyboard.press("Escape")
    with desk.expect_response(re.compile("mode=in_max_coverage_area")):
        drag(desk, visit(desk), slot(desk, "Cal Cook", 13))

    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("Cal Cook")
    assert now(office, made).user.name == "Cal Cook"
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("status").filter(has_text="Undone")).to_contain_text("Ann Archer")
    desk.reload()
    desk.get_by_text("Filters").click()
    expect(mode).to_have_value("in_max_coverage_area")


@pytest.mark.rule("WEB-01")
def test_what_is_dropped_where_it_was_stays(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    drag(desk, visit(desk), slot(desk, "Ann Archer", 9))
    drag(desk, visit(desk), slot(desk, "Ann Archer", 11))
    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("11:00 to 12:00")
    assert now(office, made).version == 2


@pytest.mark.rule("WEB-10")
def test_a_move_is_undone(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    drag(desk, visit(desk), slot(desk, "Bob Baker", 13))
    desk.get_by_role("button", name="Undo").click()

    expect(desk.get_by_role("status").filter(has_text="Undone")).to_contain_text("Ann Archer")
    back = now(office, made)
    assert (back.user.name, f"{back.start:%H:%M}", back.version) == ("Ann Archer", "09:00", 3)
    expect(visit(desk)).to_have_accessible_name(re.compile("09:00 to 10:00, Ann Archer"))


@pytest.mark.rule("WEB-10")
def test_what_somebody_changed_in_between_is_not_undone(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    drag(desk, visit(desk), slot(desk, "Bob Baker", 13))
    expect(desk.get_by_role("button", name="Undo")).to_be_visible()
    moved = now(office, made)
    later = MoveAppointment(appointment=AppointmentId(made.id), start=moved.start.replace(hour=15))
    office.do(later, AppointmentView, by=office.dan.actor, version=moved.version)
    desk.get_by_role("button", name="Undo").click()

    expect(desk.get_by_role("alert")).to_contain_text("This visit has been changed since. It was not undone.")
    assert f"{now(office, made).start:%H:%M}" == "15:00"
    expect(visit(desk)).to_have_accessible_name(re.compile("15:00 to 16:00"))


@pytest.mark.rule("WEB-10")
def test_a_cancelled_visit_is_brought_back(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    visit(desk).click()
    desk.get_by_role("button", name="Cancel the visit…").click()
    assert_accessible(desk)
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("The customer").check()
    dialog.get_by_label("Reason").fill("They are away.")
    dialog.get_by_role("button", name="Cancel the visit").click()
    expect(dialog).to_have_count(0)
    expect(desk.locator(".ec-row-head").get_by_text("Ann Archer")).to_be_focused()
    expect(desk.get_by_role("status").filter(has_text="is cancelled")).to_be_visible()
    assert now(office, made).cancellation_reason == "They are away."

    desk.keyboard.press("Control+z")
    expect(desk.get_by_role("status").filter(has_text="Undone")).to_be_visible()
    assert now(office, made).status.value == "scheduled"


@pytest.mark.rule("WEB-10")
def test_a_visit_that_was_planned_again_is_what_it_was(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    cancel = CancelAppointment(appointment=AppointmentId(made.id), by=CancelledBy.CUSTOMER, reason="They are away.")
    office.do(cancel, AppointmentView, version=1)
    shown = GridChoice(statuses=(Status.SCHEDULED, Status.CANCELLED))
    office.do(ChooseGrid(choice=shown), GridChoiceView, by=office.dan.actor)
    look(desk, office)
    visit(desk).click()
    expect(desk.get_by_role("dialog").locator("dd").filter(has_text="Cancelled since")).to_have_text(
        "Cancelled since Mon 25 May, 06:00"
    )
    desk.get_by_role("button", name="Plan it again").click()
    expect(desk.get_by_role("status").filter(has_text="is planned again")).to_be_visible()
    assert now(office, made).status.value == "scheduled"

    desk.keyboard.press("Control+z")
    expect(desk.get_by_role("status").filter(has_text="Undone")).to_contain_text("Maria Nielsen's visit: Cancelled.")
    back = now(office, made)
    assert (back.cancelled_by, back.cancellation_reason) == (CancelledBy.CUSTOMER, "They are away.")
    expect(visit(desk)).to_have_class(re.compile("cancelled"))


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("API-06")
def test_two_dispatchers_see_each_others_changes(visits: Visits, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    one, other = visits.open(office.dan), visits.open(office.olga)
    look(one, office)
    look(other, office)
    drag(one, visit(one), slot(one, "Bob Baker", 13))
    expect(visit(other)).to_have_accessible_name(re.compile("13:00 to 14:00, Bob Baker"))
    drag(other, visit(other), slot(other, "Bob Baker", 15))
    expect(visit(one)).to_have_accessible_name(re.compile("15:00 to 16:00, Bob Baker"))


@pytest.mark.rule("API-06")
def test_a_change_appears_on_another_server_too(visits: Visits, tmp_path: Path) -> None:
    office = Office(sqlite_storage(tmp_path / "board.db"))
    office.visit("2026-05-27T09:00")
    with site_over(office.engine) as one, site_over(office.engine) as another:
        visits = evolve(visits, office=office)
        here, there = visits.open(office.dan, site=one), visits.open(office.olga, site=another)
        look(here, office)
        look(there, office)
        drag(here, visit(here), slot(here, "Bob Baker", 13))
        expect(visit(there)).to_have_accessible_name(re.compile("13:00 to 14:00, Bob Baker"))
        visits.close()


@pytest.mark.rule("WEB-01")
def test_a_visit_is_moved_by_keyboard_alone(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    office.visit("2026-05-27T10:00", user=office.bob.id, customer=office.bakery)
    look(desk, office)
    visit(desk, "Beehive Bakery").focus()
    desk.keyboard.press("ArrowUp")
    expect(visit(desk)).to_be_focused()
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Maria Nielsen")
    assert_accessible(desk)
    dialog.get_by_role("button", name="Move…").focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("combobox", name="User", exact=True).select_option("Bob Baker")
    desk.get_by_label("Start").fill("2026-05-27T15:00")
    desk.get_by_role("button", name="Move").press("Enter")

    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("15:00 to 16:00")
    assert now(office, made).user.name == "Bob Baker"
    expect(visit(desk)).to_be_focused()


@pytest.mark.rule("WEB-01")
def test_the_arrows_reach_a_row_that_is_not_drawn(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    for number in range(40):
        office.technician(f"Tech{number} Nobody")
    far = office.technician("Zoe Zimmer")
    office.visit("2026-05-27T09:00", user=far.id, customer=office.bakery)
    look(desk, office)
    expect(visit(desk, "Beehive Bakery")).not_to_be_attached()
    visit(desk).focus()
    desk.keyboard.press("ArrowDown")

    expect(visit(desk, "Beehive Bakery")).to_be_focused()
    expect(visit(desk, "Beehive Bakery")).to_be_in_viewport()
    desk.get_by_role("combobox", name="Find a user or customer").fill("Nobody Here")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Nobody on this board is called nobody here.")).to_be_visible()
    desk.get_by_role("combobox", name="Find a user or customer").fill("Ann Archer")
    desk.keyboard.press("Enter")
    name = desk.get_by_role("link", name="Ann Archer")
    expect(name).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(visit(desk)).to_be_focused()
    desk.keyboard.press("ArrowLeft")
    expect(name).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("link", name="Bob Baker")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(visit(desk)).to_be_focused()


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-10")
def test_what_one_chose_to_see_is_there_the_next_time(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    look(desk, office)
    desk.get_by_text("Filters").click()
    desk.get_by_role("checkbox", name="Bob Baker").check()
    expect(desk.locator(".ec-row-head")).to_have_count(1)
    desk.get_by_label("How many days").select_option("3")
    expect(desk.locator("#day")).to_have_text("Wed 27 May to Fri 29 May")
    desk.get_by_role("button", name="List").click()
    expect(desk.get_by_role("heading", name="Bob Baker")).to_be_visible()

    def kept() -> bool:
        choice = office.ask(ShowGridChoice(), GridChoiceView, by=office.dan.actor)
        return (choice.users, choice.days) == ((office.bob.id,), 3)

    assert_soon(desk, kept)
    desk.goto(f"{office.path}?from={DAY}")
    expect(desk.get_by_role("heading", name="Bob Baker")).to_be_visible()
    expect(desk.get_by_role("heading", name="Ann Archer")).not_to_be_attached()
    desk.get_by_text("Filters").click()
    desk.get_by_role("button", name="Show everything").click()
    expect(desk.get_by_role("heading", name="Ann Archer")).to_be_visible()


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("APT-26")
def test_late_visits_stand_out(desk: Page, office: Office) -> None:
    office.visit("2026-05-25T08:00")
    office.visit("2026-05-25T12:00", user=office.bob.id, customer=office.bakery)
    look(desk, office, "")
    expect(desk.locator(".ec-event.late")).to_have_count(0)
    office.clock.set(office.clock().replace(hour=15))
    desk.clock.fast_forward("03:00:00")

    expect(visit(desk)).to_have_class(re.compile("late"))
    expect(visit(desk)).to_have_accessible_name(re.compile("Late"))
    expect(visit(desk, "Beehive Bakery")).not_to_have_class(re.compile("late"))
    desk.get_by_role("button", name="1 late").click()
    expect(visit(desk)).to_be_focused()


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("APT-14")
def test_a_visit_that_no_longer_fits_stands_out(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    office.do(AddAbsence(user=office.ann.id, first=date(2026, 5, 27), last=date(2026, 5, 27)), object)
    look(desk, office)
    expect(visit(desk)).to_have_class(re.compile("pending"))
    visit(desk).click()
    card = desk.get_by_role("dialog")
    expect(card.get_by_text("Ann Archer is absent")).to_be_visible()
    expect(card.get_by_role("link", name="+18015550101")).to_have_attribute("href", "tel:+18015550101")
    expect(card).to_contain_text("Provo")
    expect(desk.locator(".ec-bg-event.absent").first).to_be_visible()
    expect(desk.get_by_role("button", name="1 without a fitting time")).to_be_visible()
    assert_accessible(desk)


@pytest.mark.rule("WEB-01")
@pytest.mark.parametrize("told", ["2026-02-31", "9999-99-99", "0001-01-01", "<b>"])
def test_an_address_that_names_no_day_shows_today(desk: Page, office: Office, told: str) -> None:
    desk.goto(f"{office.path}?from={told}")

    expect(desk.get_by_role("button", name="Today")).to_have_attribute("aria-current", "date")


@pytest.mark.rule("WEB-01")
def test_users_stand_in_columns_too(desk: Page, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    look(desk, office)
    desk.get_by_role("button", name="Columns").click()
    expect(visit(desk)).to_be_visible()
    head = desk.locator(".ec-col-head").filter(has_text="Bob Baker").bounding_box()
    box = visit(desk).bounding_box()
    assert head and box
    drag(desk, visit(desk), (head["x"] + head["width"] / 2, box["y"] + box["height"] / 2))
    expect(desk.get_by_role("status").filter(has_text="moved")).to_contain_text("Bob Baker")
    assert now(office, made).user.name == "Bob Baker"
    assert_accessible(desk)


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("WOR-13")
def test_work_that_waits_is_dragged_onto_a_free_time(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00", customer=office.bakery)
    office.work_order("Replace the panel")
    look(desk, office)
    expect(desk.locator("#backlog-total")).to_have_text("1")
    x, y = slot(desk, "Bob Baker", 10)
    card = desk.locator("#backlog li").filter(has_text="Replace the panel")
    grid = desk.locator("#grid").bounding_box()
    assert grid
    card.drag_to(desk.locator("#grid"), target_position={"x": x - grid["x"], "y": y - grid["y"]})
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Wed 27 May at 10:00 with Bob Baker")
    dialog.get_by_label("Type of visit").select_option(label="Service")
    expect(dialog).to_contain_text("Wed 27 May at 10:00 with Bob Baker")
    assert_accessible(desk)
    dialog.get_by_role("button", name="Book", exact=True).click()

    expect(desk.get_by_role("status").filter(has_text="is booked with Bob Baker")).to_be_visible()
    expect(visit(desk)).to_have_accessible_name(re.compile("10:00 to 11:00, Bob Baker"))
    expect(desk.locator("#backlog-total")).to_have_text("0")
    desk.keyboard.press("Control+z")
    expect(desk.get_by_role("status").filter(has_text="Undone")).to_contain_text("Maria Nielsen's visit: Cancelled.")
    expect(desk.locator("#backlog-total")).to_have_text("1")


@pytest.mark.rule("WEB-01")
@pytest.mark.rule("SCH-20")
def test_work_that_waits_is_booked_without_dragging(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00", customer=office.bakery)
    office.work_order("Replace the panel", due=datetime(2026, 5, 22, 17))
    look(desk, office)
    expect(desk.locator("#backlog")).to_contain_text("Due Fri 22 May, 3 days over")
    desk.locator("#backlog").get_by_role("button", name="Maria Nielsen").press("Enter")
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_have_text("Choose a type: then the best times are offered.")
    offered = dialog.get_by_role("listitem").get_by_role("button")
    expect(offered).to_have_count(0)
    dialog.get_by_label("Type of visit").select_option(label="Service")
    best = offered.first
    best.press("Enter")
    expect(best).to_have_attribute("aria-pressed", "true")
    dialog.get_by_label("Type of visit").select_option(label="Installation")
    expect(dialog.get_by_role("status")).to_have_text("Choose one of the best times:")
    expect(dialog.get_by_role("button", name="Book", exact=True)).to_be_disabled()
    expect(best).to_be_visible()
    found = [re.match(r"(.+) (\d\d):\d\d · (.+)", each) for each in offered.all_inner_texts()]
    halves = [(each[3], each[1], each[2] < "12") for each in found if each]
    assert len(set(halves)) == len(found) > 1, "one start of each user's half day"
    best.press("Enter")
    dialog.get_by_role("button", name="Book", exact=True).press("Enter")
    expect(desk.get_by_role("status").filter(has_text="Maria Nielsen is booked")).to_be_visible()


@pytest.mark.rule("WEB-01")
def test_what_looks_like_html_is_shown_as_text(desk: Page, office: Office) -> None:
    evil = "<img src=x onerror=alert(1)><b>Bob</b>"
    bobby = office.customer(business_name=evil, account_type=AccountType.COMMERCIAL)
    office.visit("2026-05-27T09:00", customer=bobby, notes=evil)
    office.work_order(evil, customer=bobby)
    look(desk, office)
    expect(desk.get_by_role("button", name=evil)).to_have_count(2)
    visit(desk, evil).click()
    expect(desk.get_by_role("dialog").locator("dd").filter(has_text=evil)).to_be_visible()
    assert desk.locator("main img").count() == 0


@pytest.mark.rule("WEB-02")
def test_a_click_on_a_free_time_books_there(desk: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00", customer=office.bakery)
    look(desk, office)
    desk.get_by_text("Filters").click()
    desk.mouse.click(*slot(desk, "Bob Baker", 11))
    expect(desk.get_by_role("checkbox", name="Bob Baker")).not_to_be_visible()
    desk.mouse.click(*slot(desk, "Bob Baker", 11))
    desk.get_by_role("combobox", name="Customer").fill("Niel")
    desk.get_by_role("option", name=re.compile("Maria Nielsen")).click()
    desk.get_by_label("Type", exact=True).select_option("Service")
    expect(desk.get_by_label("Start")).to_have_value("2026-05-27T11:00")
    expect(desk.get_by_label("Who comes")).to_have_value(str(office.bob.id))
    desk.get_by_role("button", name="Save", exact=True).first.click()

    expect(desk).to_have_url(re.compile(f"{office.path}.*{DAY}"))
    expect(visit(desk)).to_have_accessible_name(re.compile("11:00 to 12:00, Bob Baker"))


@pytest.mark.rule("WEB-01")
def test_on_a_phone_the_day_is_a_list(visits: Visits, office: Office) -> None:
    office.visit("2026-05-27T09:00")
    day = date(2026, 5, 27)
    office.do(AddAbsence(user=office.ann.id, first=day, last=day, start=13 * 60, end=15 * 60), object)
    office.do(AddAbsence(user=office.bob.id, first=day, last=day), object)
    page = visits.open(office.dan, phone=True)
    look(page, office)
    expect(page.get_by_role("button", name=re.compile("09:00 to 10:00 Maria Nielsen"))).to_be_visible()
    expect(page.get_by_role("heading", name="Ann Archer")).to_contain_text("08:00 to 17:00, away 13:00 to 15:00")
    expect(page.get_by_role("heading", name="Bob Baker")).to_contain_text("away")
    expect(page.get_by_role("heading", name="Bob Baker")).not_to_contain_text("08:00")
    assert_accessible(page)
    page.get_by_text("Filters").click()
    expect(page.get_by_role("checkbox", name="Bob Baker")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="Bob Baker")).not_to_be_visible()
    page.get_by_role("button", name="Rows").click()
    expect(visit(page)).to_be_visible()
    assert_accessible(page)


@pytest.mark.rule("WEB-01")
def test_in_the_list_one_finds_a_visit_and_stays_there(visits: Visits, office: Office) -> None:
    office.visit("2026-05-25T08:00")
    made = office.visit("2026-05-25T12:00", user=office.bob.id, customer=office.bakery)
    office.clock.advance(hours=3)
    page = visits.open(office.dan, phone=True)
    look(page, office, "")
    line = page.locator("#list button")
    page.get_by_role("button", name="1 late").click()
    expect(line.filter(has_text="Maria Nielsen")).to_be_focused()
    find = page.get_by_role("combobox", name="Find a user or customer")
    find.fill("Beehive")
    find.press("Enter")
    expect(line.filter(has_text="Beehive Bakery")).to_be_focused()
    find.fill("Cal Cook")
    find.press("Enter")
    expect(page.get_by_role("heading", name="Cal Cook")).to_be_focused()

    line.filter(has_text="Beehive Bakery").focus()
    page.clock.fast_forward("04:30:00")
    expect(page.get_by_role("button", name="2 late")).to_be_visible()
    expect(line.filter(has_text="Beehive Bakery")).to_be_focused()
    to = MoveAppointment(appointment=AppointmentId(made.id), user=office.ann.id, start=made.start)
    office.do(to, AppointmentView)
    expect(page.get_by_role("article").filter(has_text="Ann Archer").get_by_role("button")).to_have_count(2)
    expect(line.filter(has_text="Beehive Bakery")).to_be_focused()


@pytest.mark.rule("ACC-26")
def test_who_sees_no_grid_is_told_so(phone: Page, office: Office) -> None:
    office.visit("2026-05-27T09:00", user=office.bob.id)
    phone.goto(office.path)
    expect(phone.get_by_role("heading", name="Welcome, Ann Archer")).to_be_visible()
    expect(phone.get_by_role("main").get_by_role("link", name="Change your password")).to_be_visible()
    expect(phone.get_by_text("Maria Nielsen")).not_to_be_attached()
    expect(phone.get_by_role("navigation").get_by_role("link")).to_have_count(0)
    assert_accessible(phone)
    phone.goto(f"{office.path}/appointments/new")
    expect(phone.get_by_text("You do not have the permission for this.")).to_be_visible()


@pytest.mark.rule("WEB-01")
def test_a_stale_board_says_so_and_shows_what_is(desk: Page, visits: Visits, office: Office) -> None:
    made = office.visit("2026-05-27T09:00")
    desk.route("**/grid/events*", lambda route: route.abort())
    look(desk, office)
    cancel = CancelAppointment(appointment=AppointmentId(made.id), by=CancelledBy.COMPANY, reason="")
    visit(desk).click()
    desk.get_by_role("button", name="Move…").click()
    desk.get_by_label("Start").fill("2026-05-27T15:00")
    office.do(cancel, AppointmentView, by=office.olga.actor, version=1)
    desk.get_by_role("button", name="Move").click()
    expect(desk.get_by_role("alert")).to_contain_text("Somebody else has just changed this visit.")
    expect(desk.locator(".ec-event.visit")).to_have_count(0)
    visits.forgive("ERR_FAILED")
