"""
What the form of an appointment offers beside a refusal (WEB-09, SCH-27).
"""

import re

import pytest
from playwright.sync_api import Page, expect

from fieldops_core.access.model import Action, Permission
from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive
from fieldops_core.archiving.views import ArchivePreview, ArchiveView
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.customers.messages import LinkParent, ShowCustomer
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import CustomerView
from fieldops_core.scheduling.messages import CancelAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.demo.company import DISPATCHING, LOOKING_UP, grants
from tests.pages.test_appointment_form import WEDNESDAY, booked, now, open_form, press, written
from tests.support.browsing import Visits, assert_accessible
from tests.support.office import Office, Person


def archive(office: Office, customer: CustomerId) -> None:
    preview = office.ask(PreviewArchive(customer=customer), ArchivePreview)
    command = ArchiveCustomer(customer=customer, consent=preview.consent, confirmed=True)
    office.do(command, ArchiveView, version=customer_now(office, customer).version)


def customer_now(office: Office, customer: CustomerId) -> CustomerView:
    return office.ask(ShowCustomer(customer=customer), CustomerView)


def dispatcher_who(office: Office, permission: Permission) -> Person:
    """
    A dispatcher with a permission that Dan does not have.
    """
    role, _ = office.role("Senior", grants(DISPATCHING | LOOKING_UP | {permission: (Action.MODIFY,)}))
    return office.user("Sue Senior", roles=(role,))


@pytest.fixture
def senior(visits: Visits, office: Office) -> Page:
    """
    A page of a dispatcher's, who may unarchive.
    """
    return visits.open(dispatcher_who(office, Permission.UNARCHIVE_CUSTOMER))


@pytest.mark.rule("WEB-09", "ARC-06", "ARC-07")
@pytest.mark.parametrize("scripts", [True, False])
def test_who_may_unarchives_on_the_form_and_books_what_was_typed(visits: Visits, office: Office, scripts: bool) -> None:
    page = visits.open(dispatcher_who(office, Permission.UNARCHIVE_CUSTOMER), java_script_enabled=scripts)
    open_form(page, office, minutes=90)
    written(page, "Notes").fill("Ring twice.\nNo <dog>.")
    archive(office, office.maria)
    press(page, "Save & stay")

    expect(page.locator("#whom")).to_contain_text("The customer is archived: nothing of it can be changed.")
    expect(page.get_by_role("alert")).to_have_count(0)
    button = page.get_by_role("button", name="Unarchive", exact=True)
    expect(button).to_have_accessible_description(re.compile("What was cancelled stays cancelled"))
    if scripts:
        assert_accessible(page)
    button.click()
    expect(page.get_by_role("status").filter(has_text="Unarchived.")).to_be_visible()
    expect(button).to_have_count(0)
    expect(written(page, "Notes")).to_have_value("Ring twice.\nNo <dog>.")
    press(page, "Save & stay")
    expect(page.get_by_role("status").filter(has_text="Booked: Ann Archer, Wed 27 May, 09:00")).to_be_visible()
    (made,) = booked(office)
    assert (made.minutes, made.notes, made.user.id) == (90, "Ring twice.\nNo <dog>.", office.ann.id)


@pytest.mark.rule("WEB-09", "ARC-06")
def test_who_may_not_unarchive_reads_the_sentence_alone(desk: Page, office: Office) -> None:
    visit = office.visit()
    archive(office, office.maria)
    for address in (f"new?customer={office.maria}", str(visit.id)):
        desk.goto(f"{office.path}/appointments/{address}")

        expect(desk.locator("main")).to_contain_text("Ask somebody who may unarchive it.")
        expect(desk.get_by_role("button", name="Unarchive", exact=True)).to_have_count(0)
        expect(desk.get_by_role("button", name="Save", exact=True)).to_have_count(0)


@pytest.mark.rule("WEB-09", "ARC-06")
def test_what_was_typed_for_an_archived_customer_is_kept_for_another(desk: Page, office: Office) -> None:
    open_form(desk, office)
    written(desk, "Notes").fill("Ring twice.")
    archive(office, office.maria)
    press(desk, "Save & stay")
    press(desk, "Another customer…")
    desk.get_by_label("Find a customer").fill("bakery")
    desk.get_by_role("option", name="Beehive Bakery").click()

    expect(written(desk, "Notes")).to_have_value("Ring twice.")
    expect(desk.get_by_label("Who comes")).to_have_value(str(office.ann.id))


@pytest.mark.rule("ARC-06", "WEB-09")
def test_who_may_not_unarchive_cannot_by_a_form_of_their_own(desk: Page, office: Office) -> None:
    archive(office, office.maria)
    open_form(desk, office)
    desk.evaluate(
        """version => {
            const form = document.querySelector("#visit");
            form.append(Object.assign(document.createElement("input"), { name: "unarchive", value: version }));
            HTMLFormElement.prototype.submit.call(form);
        }""",
        customer_now(office, office.maria).version,
    )

    expect(desk.get_by_role("alert")).to_contain_text("You do not have the permission for this.")
    assert customer_now(office, office.maria).archived_at is not None


@pytest.mark.rule("WEB-09", "ARC-06", "APT-15")
def test_what_was_changed_of_a_visit_outlives_the_unarchiving(senior: Page, office: Office) -> None:
    visit = office.visit()
    office.do(CancelAppointment(appointment=AppointmentId(visit.id)), AppointmentView, version=visit.version)
    senior.goto(f"{office.path}/appointments/{visit.id}")
    written(senior, "Notes").fill("Called back.")
    archive(office, office.maria)
    press(senior, "Save & stay")
    expect(written(senior, "Notes")).to_be_disabled()
    assert_accessible(senior)
    senior.get_by_role("button", name="Unarchive", exact=True).click()

    expect(senior.get_by_role("status").filter(has_text="stays cancelled")).to_be_visible()
    expect(written(senior, "Notes")).to_have_value("Called back.")
    press(senior, "Save & stay")
    expect(senior.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert now(office, visit).notes == "Called back."


@pytest.mark.rule("WEB-09", "ARC-08")
def test_below_an_archived_parent_the_form_says_what_comes_first(senior: Page, office: Office) -> None:
    office.do(ChangeSettings(changes={"parent_child_billing": True}), object)
    family = LinkParent(customer=office.maria, parent=office.bakery)
    office.do(family, object, version=customer_now(office, office.maria).version)
    archive(office, office.bakery)
    open_form(senior, office)

    expect(senior.locator("#whom")).to_contain_text("unarchive that one first")
    expect(senior.get_by_role("button", name="Unarchive", exact=True)).to_have_count(0)


REASON, BESIDE = "Why two visits at once", "Book it all the same, beside Beehive Bakery"


@pytest.mark.rule("SCH-27", "SCH-06")
@pytest.mark.parametrize("scripts", [True, False])
def test_who_may_books_beside_another_visit_for_a_reason(visits: Visits, office: Office, scripts: bool) -> None:
    other = office.visit(customer=office.bakery)
    page = visits.open(dispatcher_who(office, Permission.DOUBLE_BOOK), java_script_enabled=scripts)
    open_form(page, office)
    expect(page.get_by_label(REASON)).to_have_count(0)
    press(page, "Save")
    expect(page.get_by_label("Start", exact=True)).to_have_accessible_description(re.compile("Ann Archer is already"))
    if scripts:
        assert_accessible(page)
    press(page, BESIDE)
    expect(page.get_by_label(REASON)).to_have_accessible_description(re.compile("Say why Ann Archer"))
    assert len(booked(office)) == 1
    page.get_by_label(REASON).fill("She teaches Bob.")
    press(page, BESIDE)

    expect(page).to_have_url(re.compile(rf"{office.path}\?from={WEDNESDAY}"))
    (made,) = (each for each in booked(office) if each.id != other.id)
    assert (made.double_booked_with, made.double_book_reason) == (other.id, "She teaches Bob.")
    assert now(office, other).double_booked_with == made.id


@pytest.mark.rule("SCH-27")
def test_a_reason_alone_books_nothing_twice(visits: Visits, office: Office) -> None:
    office.visit(customer=office.bakery)
    page = visits.open(dispatcher_who(office, Permission.DOUBLE_BOOK))
    open_form(page, office)
    press(page, "Save")
    page.get_by_label(REASON).fill("She teaches Bob.")
    press(page, "Save")

    expect(page.get_by_label(REASON)).to_have_value("She teaches Bob.")
    page.get_by_label("Start", exact=True).fill(f"{WEDNESDAY}T13:00")
    press(page, "Save")
    expect(page).to_have_url(re.compile(rf"{office.path}\?from={WEDNESDAY}"))
    assert [each.double_booked for each in booked(office)] == [False, False]


@pytest.mark.rule("SCH-27")
def test_who_may_not_double_book_is_refused_alone(desk: Page, office: Office) -> None:
    office.visit(customer=office.bakery)
    open_form(desk, office)
    press(desk, "Save")

    expect(desk.get_by_label("Start", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(desk.get_by_label(REASON)).to_have_count(0)
    expect(desk.get_by_role("button", name=BESIDE)).to_have_count(0)


@pytest.mark.rule("SCH-27")
def test_a_visit_is_moved_beside_another_one_but_not_beside_two(visits: Visits, office: Office) -> None:
    other, third = office.visit(customer=office.bakery), office.visit(f"{WEDNESDAY}T11:00")
    page = visits.open(dispatcher_who(office, Permission.DOUBLE_BOOK))
    page.goto(f"{office.path}/appointments/{third.id}")
    page.get_by_label("Start", exact=True).fill(f"{WEDNESDAY}T09:30")
    press(page, "Save & stay")
    page.get_by_label(REASON).fill("She teaches Bob.")
    press(page, "Save it all the same, beside Beehive Bakery")

    expect(page).to_have_url(re.compile(rf"{office.path}\?from={WEDNESDAY}"))
    assert now(office, third).double_booked_with == other.id
    open_form(page, office)
    press(page, "Save")
    expect(page.get_by_label("Start", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label(REASON)).to_have_count(0)
