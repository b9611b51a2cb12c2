"""
The form of an appointment, in a browser (WEB-02, WEB-09).
"""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.messages import ChangeAppointmentType, ChangeSettings, SubTypeEntry
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import CancelAppointment, EditAppointment, ListAppointments, ShowAppointment
from fieldops_core.scheduling.model import AppointmentId, CancelledBy, Status
from fieldops_core.scheduling.views import AppointmentLinesView, AppointmentView
from fieldops_http.demo.company import grants
from tests.support.browsing import Visits, assert_accessible, assert_soon
from tests.support.office import Office

WEDNESDAY = "2026-05-27"


def open_form(page: Page, office: Office, **query: object) -> None:
    """
    The form for Maria's service on Wednesday at 09:00 by Ann, unless told otherwise.
    """
    known: dict[str, object] = {
        "customer": office.maria,
        "type": office.service,
        "user": office.ann.id,
        "start": f"{WEDNESDAY}T09:00",
    }
    told = "&".join(f"{name}={value}" for name, value in (known | query).items() if value is not None)
    page.goto(f"{office.path}/appointments/new?{told}")


def booked(office: Office) -> list[AppointmentView]:
    lines = office.ask(ListAppointments(), AppointmentLinesView).items
    return [office.ask(ShowAppointment(appointment=AppointmentId(each.id)), AppointmentView) for each in lines]


def now(office: Office, visit: AppointmentView) -> AppointmentView:
    return office.ask(ShowAppointment(appointment=AppointmentId(visit.id)), AppointmentView)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def local(visit: AppointmentView) -> str:
    return f"{visit.start:%Y-%m-%dT%H:%M}"


def written(page: Page, name: str) -> Locator:
    return page.locator("#visit").get_by_role("textbox", name=name, exact=True)


def draft(page: Page) -> Locator:
    return page.locator(".ec-event.draft")


def place(page: Page, name: str, time: str) -> tuple[float, float]:
    """
    Where an hour of a user's day stands on the screen: a little after it begins.
    """
    hour = page.locator(".ec-slot time", has_text=time).first
    hour.scroll_into_view_if_needed()
    names = page.locator(".ec-body .ec-row-head .name").all_inner_texts()
    index = next(at for at, told in enumerate(names) if told.startswith(name))
    head, day = page.locator(".ec-body .ec-row-head").nth(index), page.locator(".ec-body .ec-day").nth(index)
    head.scroll_into_view_if_needed()
    across, down = hour.bounding_box(), day.bounding_box()
    assert across is not None
    assert down is not None
    return across["x"] + 8, down["y"] + down["height"] / 2


def drag(page: Page, begin: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2, steps=5)
    page.mouse.move(*end, steps=5)
    page.mouse.up()


@pytest.mark.rule("WEB-02")
def test_a_visit_is_booked_by_clicking_a_free_block(desk: Page, office: Office) -> None:
    open_form(desk, office, user=None, start=None)
    expect(desk.locator(".ec-event")).to_have_count(0)
    press(desk, "Next day")
    press(desk, "Next day")
    expect(desk.locator("#day")).to_contain_text("Wed 27 May")

    desk.mouse.click(*place(desk, "Bob Baker", "10:00"))

    expect(draft(desk)).to_have_text("Maria Nielsen")
    expect(desk.get_by_label("Who comes")).to_have_value(str(office.bob.id))
    expect(desk.get_by_label("Start", exact=True)).to_have_value(f"{WEDNESDAY}T10:00")
    expect(desk.get_by_text("It fits: Wed 27 May, 10:00 to 11:00.")).to_be_visible()
    press(desk, "Save")
    expect(desk).to_have_url(f"{office.path}?from={WEDNESDAY}")
    (made,) = booked(office)
    assert (made.user.name, local(made), made.minutes) == ("Bob Baker", f"{WEDNESDAY}T10:00", 60)
    expect(desk.locator(f".ec-event:has([data-visit='{made.id}'])")).to_be_focused()
    confirmed = desk.get_by_role("status").filter(has_text="Maria Nielsen is booked with Bob Baker")
    confirmed.get_by_role("button", name="Undo").click()
    assert_soon(desk, lambda: now(office, made).status is Status.CANCELLED)


@pytest.mark.rule("WEB-02", "SCH-17")
def test_who_does_not_cover_the_customer_is_grey_and_told_why_when_chosen(desk: Page, office: Office) -> None:
    open_form(desk, office, mode="in_coverage_area")
    expect(draft(desk)).to_be_visible()
    names = desk.locator(".ec-body .ec-row-head")
    expect(names.filter(has_text="Cal Cook, not offered for this customer")).to_have_class(re.compile("invalid"))
    expect(names.filter(has_text="Bob Baker")).not_to_have_class(re.compile("invalid"))

    desk.mouse.click(*place(desk, "Cal Cook", "10:00"))

    expect(desk.locator("#fit")).to_contain_text("Cal Cook starts")
    press(desk, "Save")
    expect(desk.get_by_label("Who comes")).to_have_accessible_description(re.compile("Cal Cook starts .* but covers"))
    assert booked(office) == []


@pytest.mark.rule("WEB-09", "WEB-02")
def test_what_is_planned_is_dragged_and_resized_on_the_forms_grid(desk: Page, office: Office) -> None:
    open_form(desk, office)
    expect(draft(desk)).to_be_visible()

    drag(desk, place(desk, "Ann Archer", "09:00"), place(desk, "Bob Baker", "13:00"))

    expect(desk.get_by_label("Start", exact=True)).to_have_value(f"{WEDNESDAY}T13:00")
    expect(desk.get_by_label("Who comes")).to_have_value(str(office.bob.id))
    box = draft(desk).bounding_box()
    assert box is not None
    edge = (box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    hour = place(desk, "Bob Baker", "15:00")[0] - place(desk, "Bob Baker", "14:00")[0]
    drag(desk, edge, (edge[0] + hour, edge[1]))
    expect(desk.get_by_label("Duration in minutes")).to_have_value("120")
    press(desk, "Save & stay")
    expect(desk.get_by_role("status").filter(has_text="Booked: Bob Baker, Wed 27 May, 13:00 to 15:00.")).to_be_visible()


@pytest.mark.rule("WEB-09")
def test_other_visits_on_the_forms_grid_are_moved_as_on_the_board(desk: Page, office: Office) -> None:
    other = office.visit(f"{WEDNESDAY}T10:00", customer=office.bakery)
    open_form(desk, office, user=office.bob.id)
    expect(desk.get_by_role("button", name="Beehive Bakery")).to_be_visible()

    drag(desk, place(desk, "Ann Archer", "10:00"), place(desk, "Ann Archer", "12:00"))

    expect(desk.get_by_text("Beehive Bakery moved.")).to_be_visible()
    assert local(now(office, other)) == f"{WEDNESDAY}T12:00"
    press(desk, "Undo")
    expect(desk.get_by_text("Undone:")).to_be_visible()
    assert local(now(office, other)) == f"{WEDNESDAY}T10:00"


@pytest.mark.rule("WEB-09")
def test_the_date_stays_in_view_while_its_day_scrolls(phone: Page, visits: Visits, office: Office) -> None:
    page = visits.open(office.dan, phone=True)
    open_form(page, office)
    expect(draft(page)).to_be_visible()

    page.locator("#grid").evaluate("grid => window.scrollTo(0, grid.getBoundingClientRect().top + scrollY + 300)")

    expect(page.locator("#day")).to_be_in_viewport()
    expect(page.locator("#day")).to_contain_text("Wed 27 May")
    expect(page.get_by_role("button", name="Next day")).to_be_in_viewport()


@pytest.mark.rule("WEB-02")
def test_a_visit_is_booked_by_keyboard_alone(desk: Page, office: Office) -> None:
    desk.goto(f"{office.path}/appointments/new")
    search = desk.get_by_role("combobox", name="Find a customer")
    expect(search).to_be_focused()
    desk.keyboard.type("nielsen")
    expect(desk.locator("#search-status")).to_have_text("1 customer found.")
    assert_accessible(desk)
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("option", name="Maria Nielsen")).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("listbox")).to_be_hidden()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(f"{office.path}/appointments/new?customer={office.maria}")
    desk.get_by_role("link", name="Maria Nielsen").press("Enter")
    expect(desk).to_have_title(re.compile("Maria Nielsen"))
    desk.go_back()
    expect(desk.get_by_label("Type", exact=True)).to_be_focused()
    desk.keyboard.type("Serv")
    expect(desk.get_by_label("Duration in minutes")).to_have_value("60")
    desk.get_by_label("Who comes").focus()
    desk.keyboard.type("Bob")
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Start", exact=True)).to_be_focused()
    desk.keyboard.type("05272026")
    desk.keyboard.press("Tab")
    desk.keyboard.type("0230PM")
    expect(desk.get_by_text("It fits: Wed 27 May, 14:30 to 15:30.")).to_be_visible()
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(f"{office.path}?from={WEDNESDAY}")
    (made,) = booked(office)
    assert (made.user.name, local(made)) == ("Bob Baker", f"{WEDNESDAY}T14:30")


@pytest.mark.rule("WEB-02")
def test_everything_that_refuses_stands_beside_its_field_and_nothing_typed_is_lost(desk: Page, office: Office) -> None:
    office.visit(f"{WEDNESDAY}T09:00", customer=office.bakery)
    open_form(desk, office, minutes=45)
    written(desk, "Notes").fill("Ring twice.\nMind the step.")
    written(desk, "Private note").fill("The dog bites.")
    desk.get_by_text("Ann Archer is already booked").wait_for()
    press(desk, "Save")

    start, minutes = desk.get_by_label("Start", exact=True), desk.get_by_label("Duration in minutes")
    taken = "Ann Archer is already booked from 09:00 to 10:00 with Beehive Bakery."
    expect(start).to_have_accessible_description(f"{taken} America/Denver time")
    expect(desk.locator("#fit")).to_contain_text("From start")
    expect(desk.get_by_text(taken)).to_have_count(1)
    expect(start).to_have_attribute("aria-invalid", "true")
    expect(minutes).to_have_attribute("aria-invalid", "true")
    expect(minutes).to_be_focused()
    expect(minutes).to_have_value("45")
    expect(written(desk, "Notes")).to_have_value("Ring twice.\nMind the step.")
    expect(written(desk, "Private note")).to_have_value("The dog bites.")
    assert len(booked(office)) == 1
    assert_accessible(desk)
    minutes.fill("60")
    desk.keyboard.press("Tab")
    desk.get_by_role("button", name=re.compile("Take .* instead")).click()
    expect(start).not_to_have_value(f"{WEDNESDAY}T09:00")
    press(desk, "Save")
    expect(desk).to_have_url(f"{office.path}?from={WEDNESDAY}")
    made = booked(office)[0]
    assert (made.notes, made.private_note) == ("Ring twice.\nMind the step.", "The dog bites.")


@pytest.mark.rule("WEB-02")
def test_what_is_missing_is_told_of_each_field_at_once(desk: Page, office: Office) -> None:
    open_form(desk, office, type=None, user=None, start=None)
    press(desk, "Save")

    expect(desk.get_by_label("Type", exact=True)).to_have_accessible_description("Choose a type.")
    expect(desk.get_by_label("Who comes")).to_have_accessible_description("Choose who comes.")
    expect(desk.get_by_label("Start", exact=True)).to_have_accessible_description(
        "Choose a day and a time. America/Denver time"
    )
    assert booked(office) == []


@pytest.mark.rule("WEB-02", "SCH-20")
def test_one_of_the_best_slots_is_chosen_and_booked(desk: Page, office: Office) -> None:
    open_form(desk, office, user=None, start=None)
    best = desk.get_by_role("list").filter(has=desk.locator("button[name=take]")).get_by_role("button").first
    expect(best).to_contain_text("min driving")
    told = best.inner_text().split("\n")[0]

    best.click()

    expect(draft(desk)).to_be_visible()
    expect(desk.locator("#fit")).to_contain_text("It fits:")
    press(desk, "Save & stay")
    expect(desk.get_by_role("status").filter(has_text="Booked:")).to_be_visible()
    (made,) = booked(office)
    assert told == f"{made.start:%a} {made.start.day} {made.start:%b} {made.start:%H:%M} · {made.user.name}"


@pytest.mark.rule("WEB-02", "SCH-19")
def test_the_way_from_the_visit_before_is_told_once_user_and_time_are_chosen(desk: Page, office: Office) -> None:
    office.do(ChangeSettings(changes={"show_previous_appointment_travel": True}), object)
    open_form(desk, office, user=None)
    expect(desk.locator("#fit")).to_be_empty()

    desk.get_by_label("Who comes").select_option(str(office.bob.id))

    expect(desk.locator("#fit")).to_contain_text("From previous")
    expect(desk.locator("#fit")).to_contain_text("(the start location)")


@pytest.mark.rule("WEB-02", "APT-21")
def test_a_type_brings_its_sub_types_and_its_duration(desk: Page, office: Office) -> None:
    sub = SubTypeEntry(name="No heat", minutes=90)
    office.do(ChangeAppointmentType(type=office.service, sub_types=(sub,)), object)
    open_form(desk, office, type=None)
    written(desk, "Notes").fill("Typed before.")

    desk.get_by_label("Type", exact=True).select_option(label="Service")
    expect(desk.get_by_label("Duration in minutes")).to_have_value("60")
    desk.get_by_label("Sub-type").focus()
    desk.get_by_label("Sub-type").select_option(label="No heat")
    expect(desk.get_by_label("Duration in minutes")).to_have_value("90")
    expect(desk.get_by_label("Sub-type")).to_be_focused()
    desk.get_by_label("Duration in minutes").fill("30")
    desk.get_by_label("Type", exact=True).select_option(label="Installation")
    expect(desk.get_by_text("Proposed: 2 h")).to_be_visible()
    expect(desk.get_by_label("Duration in minutes")).to_have_value("30")
    expect(written(desk, "Notes")).to_have_value("Typed before.")


@pytest.mark.rule("WEB-02")
def test_what_is_typed_while_the_form_is_drawn_again_stands(desk: Page, office: Office) -> None:
    open_form(desk, office)
    expect(desk.locator("#fit")).to_contain_text("It fits")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/appointments/new", hold, times=1)
    desk.get_by_label("Type", exact=True).select_option(label="Installation")
    assert_soon(desk, lambda: held)
    desk.get_by_label("Duration in minutes").fill("90")
    held[0].continue_()

    expect(desk.get_by_text("Proposed: 2 h")).to_be_visible()
    expect(desk.get_by_label("Duration in minutes")).to_have_value("90")


@pytest.mark.rule("WEB-02")
def test_a_work_order_of_the_customers_is_chosen(desk: Page, office: Office) -> None:
    order = office.work_order("Replace the panel")
    office.work_order("The bakery's", customer=office.bakery)
    open_form(desk, office, customer=None, work_order=order)

    choices = desk.get_by_label("Work order")
    expect(choices).to_have_value(str(order))
    expect(choices.get_by_role("option")).to_have_count(2)
    press(desk, "Save")
    expect(desk).to_have_url(f"{office.path}?from={WEDNESDAY}")
    (made,) = booked(office)
    assert made.work_order is not None
    assert made.work_order.id == order


@pytest.mark.rule("WEB-02")
def test_a_visit_is_edited_and_one_stays(desk: Page, office: Office) -> None:
    visit = office.visit(f"{WEDNESDAY}T09:00")
    desk.goto(f"{office.path}/appointments/{visit.id}")
    expect(desk.get_by_label("Status")).to_contain_text("Wed 27 May, 09:00 to 10:00")
    expect(draft(desk)).to_have_text("Maria Nielsen")
    assert_accessible(desk)

    desk.get_by_label("Start", exact=True).fill(f"{WEDNESDAY}T11:30")
    desk.get_by_label("Who comes").select_option(str(office.bob.id))
    written(desk, "Public note").fill("We ring.")
    press(desk, "Save & stay")

    expect(desk.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(desk.get_by_label("Status")).to_contain_text("Wed 27 May, 11:30 to 12:30")
    made = now(office, visit)
    assert (made.user.name, local(made), made.public_note) == ("Bob Baker", f"{WEDNESDAY}T11:30", "We ring.")
    press(desk, "Save")
    expect(desk).to_have_url(f"{office.path}?from={WEDNESDAY}")
    assert now(office, visit).version == made.version


@pytest.mark.rule("WEB-02")
def test_who_was_overtaken_learns_by_whom_and_keeps_what_was_typed(desk: Page, office: Office) -> None:
    visit = office.visit(f"{WEDNESDAY}T09:00")
    desk.goto(f"{office.path}/appointments/{visit.id}")
    id = AppointmentId(visit.id)
    office.do(EditAppointment(appointment=id, public_note="By Olga."), AppointmentView, version=visit.version)
    written(desk, "Notes").fill("Mine.")
    press(desk, "Save & stay")

    expect(desk.get_by_role("alert")).to_contain_text("Olga Olsen changed this appointment meanwhile (public note).")
    expect(written(desk, "Notes")).to_have_value("Mine.")
    assert now(office, visit).notes == ""
    desk.get_by_role("link", name="Load it anew").click()
    expect(written(desk, "Public note")).to_have_value("By Olga.")


@pytest.mark.rule("WEB-02", "APT-25", "APT-07")
def test_a_visit_is_cancelled_by_whom_and_why_and_reinstated_elsewhere(desk: Page, office: Office) -> None:
    visit = office.visit(f"{WEDNESDAY}T09:00")
    desk.goto(f"{office.path}/appointments/{visit.id}")
    opener = desk.get_by_role("link", name="Cancel the visit…")
    opener.click()
    dialog = desk.get_by_role("dialog", name="Cancel this visit?")
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    dialog.get_by_label("The customer").check()
    dialog.get_by_label("Reason").fill("Moved <b>away</b>")
    dialog.get_by_role("button", name="Cancel the visit").click()

    expect(desk.get_by_label("Status")).to_contain_text("Cancelled by the customer: Moved <b>away</b>")
    cancelled = now(office, visit)
    assert (cancelled.status, cancelled.cancelled_by) == (Status.CANCELLED, CancelledBy.CUSTOMER)
    office.visit(f"{WEDNESDAY}T09:00", customer=office.bakery)
    desk.get_by_role("link", name="Reinstate…").click()
    dialog = desk.get_by_role("dialog", name="Plan this visit again?")
    dialog.get_by_role("button", name="Reinstate").click()
    expect(dialog.get_by_label("Start")).to_have_accessible_description(
        "Ann Archer is already booked from 09:00 to 10:00 with Beehive Bakery."
    )
    expect(desk.get_by_text("Ann Archer is already booked")).to_have_count(1)
    assert_accessible(desk)
    dialog.get_by_label("Start").fill(f"{WEDNESDAY}T13:00")
    dialog.get_by_role("button", name="Reinstate").click()
    expect(desk.get_by_role("status").filter(has_text="Reinstated: Ann Archer, Wed 27 May, 13:00")).to_be_visible()
    assert (now(office, visit).status, local(now(office, visit))) == (Status.SCHEDULED, f"{WEDNESDAY}T13:00")


@pytest.mark.rule("WEB-02", "APT-10")
def test_of_a_cancelled_visit_only_notes_can_be_typed(desk: Page, office: Office) -> None:
    visit = office.visit(f"{WEDNESDAY}T09:00")
    office.do(CancelAppointment(appointment=AppointmentId(visit.id)), AppointmentView, version=visit.version)
    desk.goto(f"{office.path}/appointments/{visit.id}")

    for name in ("Type", "Duration in minutes", "Who comes", "Start"):
        expect(desk.locator("#visit").get_by_label(name, exact=True)).to_be_disabled()
    written(desk, "Notes").fill("Called back.")
    press(desk, "Save & stay")
    expect(desk.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert now(office, visit).notes == "Called back."


@pytest.mark.rule("WEB-02")
def test_where_nothing_can_be_changed_it_is_told_why(visits: Visits, office: Office) -> None:
    visit = office.visit(f"{WEDNESDAY}T09:00")
    role, _ = office.role(
        "Looks", grants({Permission.CUSTOMERS: (Action.VIEW,), Permission.TECH_SCHEDULER: (Action.VIEW,)})
    )
    page = visits.open(office.user("Lou Looker", roles=(role,)))
    page.goto(f"{office.path}/appointments/{visit.id}")

    expect(page.get_by_text("You do not have the permission for tech appointments here.")).to_be_visible()
    expect(written(page, "Notes")).to_be_disabled()
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Cancel the visit…")).to_have_count(0)
    assert_accessible(page)


@pytest.mark.rule("WEB-02")
def test_what_looks_like_markup_is_shown_as_text(desk: Page, office: Office) -> None:
    bold = "</textarea><script>alert(1)</script><b>x</b>"
    visit = office.visit(
        f"{WEDNESDAY}T09:00",
        notes=bold,
        on_site_notes=bold,
        public_note=bold,
        private_note=Secret(bold),
        customer=office.customer(first_name="<b>Bo</b>", last_name="&amp;"),
    )
    desk.goto(f"{office.path}/appointments/{visit.id}")

    for name in ("Notes", "On-site notes", "Public note", "Private note"):
        expect(written(desk, name)).to_have_value(bold)
    expect(desk.locator("#whom")).to_contain_text("<b>Bo</b> &amp;")
    expect(draft(desk)).to_contain_text("<b>Bo</b> &amp;")


@pytest.mark.rule("WEB-02", "APT-19")
def test_what_has_begun_is_entered_for_the_record_on_purpose_alone(desk: Page, office: Office) -> None:
    open_form(desk, office, start="2026-05-22T09:00")
    box = desk.get_by_label("It has begun already: enter it for the record")
    expect(box).to_have_count(0)
    press(desk, "Save & stay")

    expect(desk.get_by_label("Start", exact=True)).to_have_attribute("aria-invalid", "true")
    box.check()
    press(desk, "Save & stay")
    expect(desk.get_by_label("Status")).to_contain_text("Entered for the record")


@pytest.mark.rule("WEB-02")
def test_a_double_click_books_once(desk: Page, office: Office) -> None:
    open_form(desk, office)
    expect(draft(desk)).to_be_visible()
    desk.get_by_role("button", name="Save & stay").first.dblclick()

    expect(desk.get_by_role("status").filter(has_text="Booked:")).to_be_visible()
    assert len(booked(office)) == 1


@pytest.mark.rule("WEB-02", "ACC-03")
def test_who_may_not_book_here_is_told_so_beside_the_customer(visits: Visits, office: Office) -> None:
    sees = grants({Permission.CUSTOMERS: (Action.VIEW,)})
    books = grants({Permission.TECH_SCHEDULER: (Action.CREATE,)}, at=office.phoenix)
    role, _ = office.role("Books in Phoenix", sees | books)
    page = visits.open(office.user("Phil Phoenix", roles=(role,)))
    open_form(page, office)

    expect(page.locator("#whom")).to_contain_text("You do not have the permission for tech appointments here.")
    expect(page.get_by_label("Type", exact=True)).to_have_count(1)


@pytest.mark.rule("WEB-02", "ACC-18")
def test_who_may_book_nothing_gets_no_form(visits: Visits, office: Office) -> None:
    role, _ = office.role("Looks things up", grants({Permission.CUSTOMERS: (Action.VIEW,)}))
    page = visits.open(office.user("Lou Looker", roles=(role,)))
    open_form(page, office)

    expect(page.get_by_role("alert")).to_have_text("You do not have the permission for this.")
    page.goto(f"{office.path}/customers/{office.maria}")
    expect(page.get_by_role("heading", name="Maria Nielsen")).to_be_visible()
    expect(page.get_by_role("link", name="Book a visit")).to_have_count(0)


@pytest.mark.rule("WEB-02")
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_form_is_for_everybody(visits: Visits, office: Office, phone: bool) -> None:
    page = visits.open(office.dan, phone=phone)
    open_form(page, office, customer=None)
    assert_accessible(page)
    open_form(page, office)
    expect(draft(page)).to_be_visible()
    expect(page.locator("#fit")).to_contain_text("It fits")
    expect(page.locator("#suggestions")).to_contain_text("driving")
    assert_accessible(page)


@pytest.mark.rule("WEB-02")
def test_the_form_works_without_scripts(visits: Visits, office: Office) -> None:
    page = visits.open(office.dan, java_script_enabled=False)
    page.goto(f"{office.path}/appointments/new?start={WEDNESDAY}T09:00:00-06:00&user={office.bob.id}")
    page.get_by_label("Find a customer").fill("nielsen")
    press(page, "Find")
    page.get_by_role("button", name="Maria Nielsen").click()
    expect(page.get_by_label("Start", exact=True)).to_have_value(f"{WEDNESDAY}T09:00")
    page.get_by_label("Type", exact=True).select_option(label="Service")
    press(page, "Suggest times, and tell whether this one fits")
    expect(page.locator("#fit")).to_contain_text("It fits: Wed 27 May, 09:00 to 10:00.")
    page.locator("button[name=take]").first.click()
    press(page, "Save & stay")

    expect(page.get_by_role("status").filter(has_text="Booked:")).to_be_visible()
    page.get_by_role("link", name="Cancel the visit…").click()
    page.get_by_label("We do").check()
    page.get_by_role("button", name="Cancel the visit").click()
    (made,) = booked(office)
    assert made.status is Status.CANCELLED
