"""
Many visits scheduled at once, on a work order's page, in a browser. It is Monday 25 May 2026 in Provo.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import ListMode
from fieldops_core.scheduling.messages import ListWorkOrderAppointments
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.scheduling.views import WorkOrderAppointments
from tests.support.browsing import Visits, assert_accessible, assert_soon
from tests.support.office import Office


@pytest.fixture
def order(office: Office) -> WorkOrderId:
    return office.work_order()


@pytest.fixture
def bulk(desk: Page, office: Office, order: WorkOrderId) -> Locator:
    """
    The dialog, open, with who can come.
    """
    return opened(desk, office, order)


def opened(page: Page, office: Office, order: WorkOrderId) -> Locator:
    page.goto(f"{office.path}/work_orders/{order}")
    page.get_by_role("button", name="Schedule many visits").click()
    bulk = page.get_by_role("dialog", name="Schedule many visits")
    expect(bulk.get_by_role("checkbox", name="Ann Archer")).to_be_visible()
    return bulk


def wish(bulk: Locator, *technicians: str, type: str = "Service") -> None:
    """
    Wednesday 27 to Saturday 30 May on working days, as the first example of the rules has it.
    """
    bulk.get_by_label("Type", exact=True).select_option(label=type)
    bulk.get_by_label("First day").fill("2026-05-27")
    bulk.get_by_label("Last day").fill("2026-05-30")
    for each in technicians:
        bulk.get_by_role("checkbox", name=each).check()


def made(office: Office, order: WorkOrderId) -> int:
    return office.ask(ListWorkOrderAppointments(work_order=order), WorkOrderAppointments).count


def button(bulk: Locator, name: str) -> Locator:
    return bulk.get_by_role("button", name=name, exact=True)


@pytest.mark.rule("BLK-06", "WEB-04")
def test_another_list_mode_clears_the_chosen_technicians(bulk: Locator) -> None:
    wish(bulk, "Ann Archer", "Bob Baker")
    expect(button(bulk, "Schedule 6 visits")).to_be_visible()
    bulk.get_by_label("Show technicians").select_option(label="Those who cover the area")

    expect(bulk.get_by_text("nobody is chosen any more; 2 technicians had been")).to_be_visible()
    expect(bulk.get_by_role("checkbox", name="Ann Archer")).not_to_be_checked()
    expect(bulk.get_by_role("checkbox", name="Bob Baker")).not_to_be_checked()
    expect(bulk.get_by_text("Choose a type, days and technicians")).to_be_visible()
    bulk.get_by_label("Show technicians").select_option(label="Those of the office")
    expect(bulk.get_by_text("2 technicians can be chosen.", exact=True)).to_be_visible()
    expect(bulk.get_by_role("checkbox", name="Ann Archer")).not_to_be_checked()


@pytest.mark.rule("BLK-06", "SCH-16", "SCH-18")
def test_the_technicians_of_a_list_mode_are_offered_with_their_distance(
    desk: Page, office: Office, order: WorkOrderId
) -> None:
    profile = (ListMode.IN_COVERAGE_AREA, ListMode.IN_OFFICE_LOCATION)
    office.do(ChangeSettings(changes={"scheduling_profile": profile}), object, version=2)
    bulk = opened(desk, office, order)

    modes = bulk.get_by_label("Show technicians").locator("option")
    expect(modes).to_have_text(["Those who cover the area", "Those of the office"])
    people = bulk.get_by_role("group", name="Technicians")
    expect(people.get_by_role("checkbox")).to_have_count(2)
    expect(people).to_contain_text("Ann Archer4.8 mi")
    expect(people).not_to_contain_text("Cal Cook")


@pytest.mark.rule("BLK-03", "BLK-04", "WEB-04")
def test_what_is_counted_is_scheduled(bulk: Locator, desk: Page, office: Office, order: WorkOrderId) -> None:
    wish(bulk, "Ann Archer", "Bob Baker", type="Installation")
    expect(bulk).to_contain_text("6 visits")
    expect(bulk).to_contain_text(
        "3 appointments will be created for each selected technician (6 total). Each takes 2 h."
    )
    bulk.get_by_label("Notes for each visit").fill("One floor a day")
    bulk.get_by_label("Start").select_option(label="09:30")
    button(bulk, "Schedule 6 visits").click()

    expect(bulk).to_contain_text("3 appointments were created for each selected technician")
    assert made(office, order) == 6
    button(bulk, "Done").click()
    expect(desk.get_by_role("heading", name="Wed 27 May 2026")).to_be_visible()
    expect(desk.get_by_role("link", name="09:30–11:30")).to_have_count(6)
    expect(desk.get_by_text("One floor a day")).to_have_count(6)


@pytest.mark.rule("BLK-03", "BLK-05", "BLK-10", "WEB-04")
def test_conflicts_are_listed_and_left_out_on_demand(bulk: Locator, office: Office, order: WorkOrderId) -> None:
    office.visit("2026-05-28T08:30")
    wish(bulk, "Ann Archer", "Bob Baker")
    expect(bulk).to_contain_text("5 visits, 1 conflict")
    conflict = bulk.get_by_role("listitem").filter(has_text="Thu 28 May 2026, Ann Archer")
    expect(conflict).to_contain_text("Ann Archer is already booked from 08:30 to 09:30 with Maria Nielsen.")

    expect(button(bulk, "Schedule")).to_be_disabled()
    button(bulk, "Schedule").press("Enter")
    expect(bulk.locator("#bulk-conflicts")).to_be_focused()
    assert made(office, order) == 0
    bulk.get_by_label("Leave out dates").check()
    expect(bulk).to_contain_text("5 visits, 1 left out")
    button(bulk, "Schedule 5 visits").click()

    expect(bulk).to_contain_text("5 appointments were created: Ann Archer 2, Bob Baker 3.")
    expect(conflict).to_be_visible()
    assert made(office, order) == 5


@pytest.mark.rule("BLK-03", "BLK-10", "WEB-04")
def test_where_no_visit_can_be_made_the_button_says_why(bulk: Locator, office: Office, order: WorkOrderId) -> None:
    for day in (27, 28, 29):
        office.visit(f"2026-05-{day}T08:30")
    wish(bulk, "Ann Archer")
    schedule = button(bulk, "Schedule")

    expect(bulk).to_contain_text("No visit, 3 conflicts")
    expect(schedule).to_be_disabled()
    expect(schedule).to_have_accessible_description(re.compile("While there is a conflict, nothing is scheduled"))
    bulk.get_by_label("Leave out dates").check()
    expect(bulk).to_contain_text("No visit, 3 left out")
    expect(schedule).to_be_disabled()
    expect(schedule).to_have_accessible_description(re.compile("None of the technicians can be booked on any"))
    schedule.press("Enter")
    expect(bulk.get_by_role("checkbox", name="Ann Archer")).to_be_focused()
    assert made(office, order) == 0

    bulk.get_by_role("checkbox", name="Bob Baker").check()
    expect(button(bulk, "Schedule 3 visits")).to_be_enabled()


@pytest.mark.rule("BLK-05", "WEB-04")
def test_who_comes_in_between_is_told_and_counted_anew(bulk: Locator, office: Office, order: WorkOrderId) -> None:
    wish(bulk, "Ann Archer")
    expect(button(bulk, "Schedule 3 visits")).to_be_visible()
    office.visit("2026-05-28T08:30")
    button(bulk, "Schedule 3 visits").click()

    expect(bulk).to_contain_text("Unable to create the bulk appointments.")
    expect(bulk).to_contain_text("Nothing was scheduled; this is the new count.")
    expect(bulk).to_contain_text("2 visits, 1 conflict")
    expect(bulk).to_contain_text("Thu 28 May 2026, Ann Archer")
    assert made(office, order) == 0


@pytest.mark.rule("BLK-10", "WEB-04")
def test_fewer_than_counted_are_told(bulk: Locator, office: Office, order: WorkOrderId) -> None:
    wish(bulk, "Ann Archer")
    bulk.get_by_label("Leave out dates").check()
    expect(button(bulk, "Schedule 3 visits")).to_be_visible()
    office.visit("2026-05-28T08:30")
    button(bulk, "Schedule 3 visits").click()

    expect(bulk).to_contain_text("1 visit fewer than counted")
    assert made(office, order) == 2


@pytest.mark.rule("BLK-01", "WEB-04")
@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("First day", "2026-05-24", "The start date is today or later, not Sun 24 May 2026."),
        ("Last day", "2026-05-25", "The end date is after Tue 26 May 2026, not Mon 25 May 2026."),
        ("Last day", "2028-05-27", "A bulk schedule covers at most 366 days, not 732."),
    ],
)
def test_a_refusal_stands_beside_its_field(
    bulk: Locator, office: Office, order: WorkOrderId, label: str, value: str, sentence: str
) -> None:
    wish(bulk, "Ann Archer")
    field = bulk.get_by_label(label)
    field.fill(value)

    expect(bulk).to_contain_text("No visit")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(sentence)
    button(bulk, "Schedule").press("Enter")
    expect(field).to_be_focused()
    assert made(office, order) == 0


@pytest.mark.rule("BLK-01", "WEB-04")
def test_what_is_not_chosen_is_asked_for(bulk: Locator) -> None:
    wish(bulk)
    for name in ("Mon", "Tue", "Wed", "Thu", "Fri"):
        bulk.get_by_role("checkbox", name=name, exact=True).uncheck()
    button(bulk, "Schedule").click()

    expect(bulk.get_by_role("group", name="On")).to_have_accessible_description("Choose at least one day of the week.")
    people = bulk.get_by_role("group", name="Technicians")
    expect(people).to_have_accessible_description("Choose at least one technician.")
    expect(bulk.get_by_role("checkbox", name="Mon")).to_be_focused()
    bulk.get_by_role("checkbox", name="Wed").check()
    bulk.get_by_role("checkbox", name="Bob Baker").check()
    expect(button(bulk, "Schedule 1 visit")).to_be_visible()
    expect(bulk.get_by_role("group", name="On")).to_have_accessible_description("")


@pytest.mark.rule("BLK-03")
def test_an_answer_that_comes_late_is_not_shown(bulk: Locator, desk: Page) -> None:
    held: list[Route] = []
    desk.route("**/bulk_schedule/preview", lambda route: route.continue_() if held else held.append(route))
    wish(bulk, "Ann Archer")
    expect(button(bulk, "Schedule")).to_be_visible()
    assert_soon(desk, lambda: held)
    bulk.get_by_role("checkbox", name="Bob Baker").check()
    expect(button(bulk, "Schedule 6 visits")).to_be_visible()
    with desk.expect_response("**/bulk_schedule/preview"):
        held[0].continue_()

    expect(button(bulk, "Schedule 6 visits")).to_be_visible()
    expect(bulk).to_contain_text("6 visits")


@pytest.mark.rule("WEB-04")
def test_a_server_that_is_away_is_told(bulk: Locator, desk: Page, visits: Visits) -> None:
    wish(bulk, "Ann Archer")
    expect(button(bulk, "Schedule 3 visits")).to_be_visible()
    desk.route("**/bulk_schedule", lambda route: route.abort())
    button(bulk, "Schedule 3 visits").click()

    expect(bulk).to_contain_text("The server cannot be reached. Look whether it was carried out before you try again.")
    visits.faults[:] = [each for each in visits.faults if "bulk_schedule" not in each and "ERR_FAILED" not in each]


@pytest.mark.rule("WEB-04")
@pytest.mark.parametrize("on_a_phone", [False, True], ids=["desk", "phone"])
def test_the_dialog_is_for_everybody(visits: Visits, office: Office, order: WorkOrderId, on_a_phone: bool) -> None:
    office.visit("2026-05-28T08:30")
    page = visits.open(office.dan, phone=on_a_phone)
    bulk = opened(page, office, order)
    wish(bulk, "Ann Archer", "Bob Baker")
    expect(bulk).to_contain_text("5 visits, 1 conflict")
    assert_accessible(page)
    bulk.get_by_label("First day").fill("2026-05-20")
    expect(bulk.get_by_label("First day")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)


@pytest.mark.rule("WEB-04")
def test_the_dialog_is_used_by_keyboard_and_gives_the_focus_back(
    desk: Page, office: Office, order: WorkOrderId
) -> None:
    desk.goto(f"{office.path}/work_orders/{order}")
    opener = desk.get_by_role("button", name="Schedule many visits")
    opener.focus()
    desk.keyboard.press("Enter")
    bulk = desk.get_by_role("dialog", name="Schedule many visits")
    expect(bulk.get_by_role("checkbox", name="Ann Archer")).to_be_visible()
    wish(bulk)
    bulk.get_by_role("checkbox", name="Ann Archer").focus()
    desk.keyboard.press("Space")
    expect(button(bulk, "Schedule 3 visits")).to_be_visible()
    desk.keyboard.press("Escape")

    expect(bulk).to_be_hidden()
    expect(opener).to_be_focused()
