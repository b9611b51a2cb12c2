"""
The appointment sheet: what is on it, who gets it, and what becomes of it.
"""

from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import Catalog, SheetPart
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.secret import Secret
from fieldops_core.messaging.calculations import sheet_of
from fieldops_core.messaging.messages import PreviewSheet, SendSheet
from fieldops_core.messaging.model import EquipmentLine, Section, Sheet, SheetFacts
from fieldops_core.messaging.ports import SheetFailed
from fieldops_core.messaging.views import SentView
from fieldops_core.scheduling.model import Appointment
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_customer,
    a_period,
    a_piece,
    a_work_order,
    an_appointment,
    at,
    some_work,
)
from fieldops_core.work_orders.model import WorkAction, WorkItem, WorkOrder
from tests.support.world import World, denial, hidden, refusal

MAY = ((Permission.CUSTOMERS, Action.VIEW), (Permission.MESSAGES, Action.CREATE))


class Office:
    """
    A world with a work order and its appointment on Wednesday from nine to half past ten.
    """

    def __init__(self, **visit: Any) -> None:
        self.world = world = World()
        self.order: WorkOrder = a_work_order(customer=world.maria.id, number=17, subject="Replace the panel")
        self.visit: Appointment = an_appointment(
            customer=world.maria.id,
            user=world.ann.id,
            location=world.provo.id,
            type=world.service.id,
            work_order=self.order.id,
            period=a_period("09:00", 90),
            **visit,
        )
        world.put(self.order)
        world.put(self.visit)

    def sheet(self) -> Sheet:
        question = PreviewSheet(work_order=self.order.id, appointment=self.visit.id)
        return self.world.ask(question, Sheet)

    def wish(self, **given: Any) -> SendSheet:
        return evolve(SendSheet(work_order=self.order.id, appointment=self.visit.id), **given)

    def send(self, **given: Any) -> SentView:
        return self.world.do(self.wish(**given), SentView)


def texts(sheet: Sheet) -> str:
    return repr(sheet)


def section(sheet: Sheet, heading: str) -> Section:
    return next(each for each in sheet.sections if each.heading == heading)


def told(section: Section) -> dict[str, str]:
    return {fact.label: fact.value for fact in section.facts}


@pytest.mark.rule("PDF-01")
def test_a_sheet_says_who_where_when_and_what() -> None:
    office = Office(notes="Ring twice.", public_note="Dog in the yard.", on_site_notes="Take pictures.")
    sheet = office.sheet()

    assert sheet.title == "Appointment sheet"
    assert "Work order 17" in sheet.subtitle
    assert told(section(sheet, "Appointment")) == {
        "Date": "Wednesday, May 27, 2026",
        "Time": "9:00 AM to 10:30 AM (MDT)",
        "Type": "Service",
        "Technician": "Ann",
    }
    assert told(section(sheet, "Customer")) == {
        "Customer": "Maria Nielsen (number 1)",
        "Address": "100 Center Street\nProvo, UT 84601",
        "Phone": "(801) 555-0100",
    }
    assert section(sheet, "Scope").text == "Replace the panel"
    assert section(sheet, "Public note").text == "Dog in the yard."
    assert section(sheet, "Notes").text == "Ring twice."
    assert section(sheet, "On-site notes").text == "Take pictures."
    assert section(sheet, "Notes on site").lines > 3
    assert section(sheet, "Times").blanks == ("Arrived", "Left")
    assert {"Customer", "Technician"} <= set(section(sheet, "Signatures").blanks)


def facts(**given: Any) -> SheetFacts:
    made = SheetFacts(
        company="Acme",
        location="Provo",
        work_order=a_work_order(),
        appointment=an_appointment(),
        customer=a_customer(),
        type="Service",
        technician="Ann",
    )
    return evolve(made, **given)


@pytest.mark.rule("PDF-01")
def test_equipment_is_listed_with_what_is_to_be_done() -> None:
    lines = tuple(EquipmentLine(name=f"Panel {n}", serial=f"S{n}", actions=("install", "remove")) for n in range(300))

    work = section(sheet_of(facts(equipment=lines)), "Work to perform")

    assert work.columns[:3] == ("Equipment", "Serial number", "To do")
    assert [row[:3] for row in work.rows] == [(f"Panel {n}", f"S{n}", "install, remove") for n in range(300)]
    assert all(each.heading != "Work to perform" for each in sheet_of(facts()).sections)


@pytest.mark.rule("PDF-01")
def test_a_sheet_lists_the_work_of_its_work_order_and_its_note_but_no_internal_one() -> None:
    office = Office()
    world, order = office.world, office.order
    siren = a_catalog_entry(catalog=Catalog.EQUIPMENT, name="Siren")
    piece = a_piece(customer=world.maria.id, item=siren.id, serial="S-7")
    items = tuple(WorkItem(equipment=piece.id, action=each) for each in (WorkAction.INSTALL, WorkAction.SERVICE))
    world.put(siren, piece, some_work(id=order.id, customer=world.maria.id, items=items))
    world.replace(order, note="Ring the bell twice.", internal_note=Secret("They pay late."))

    sheet = office.sheet()

    assert [row[:3] for row in section(sheet, "Work to perform").rows] == [("Siren", "S-7", "Install, Service")]
    assert section(sheet, "Scope").text == "Replace the panel\nRing the bell twice."
    assert "pay late" not in texts(sheet)


@pytest.mark.rule("PDF-01")
def test_nothing_private_and_nothing_confidential_is_on_it() -> None:
    codes = ("birthdate", "ssn", "confirmation_number", "receiver_number", "abort_code")
    marks = {name: f"MARK-{name}" for name in codes}
    customer = a_customer(
        **{name: Secret(mark) for name, mark in marks.items()},  # type: ignore[arg-type]
        credit_tracking_number="MARK-tracking",
        email=Email("mark-email@example.com"),
        spouse="MARK-spouse",
    )
    visit = an_appointment(
        private_note=Secret("MARK-private"), check_out_notes="MARK-check-out", cancellation_reason="MARK-cancelled"
    )

    said = texts(sheet_of(facts(customer=customer, appointment=visit))).lower()

    assert "mark" not in said
    assert "***" not in said


@pytest.mark.rule("PDF-01")
def test_the_window_is_told_in_the_appointments_own_zone() -> None:
    visit = an_appointment(period=a_period("23:30", 60, zone="America/Phoenix"), zone="America/Phoenix")

    said = told(section(sheet_of(facts(appointment=visit)), "Appointment"))

    assert said["Time"] == "11:30 PM to 12:30 AM (MST)"
    assert at("23:30", zone="America/Phoenix") == visit.period.start


def test_every_phone_and_a_person_behind_a_business_are_told() -> None:
    customer = a_customer(
        business_name="Nielsen Bakery",
        work_phone=Phone("+18015550101"),
        cell_phone=Phone("+442071234567"),
        other_phone=Phone("+18015550103"),
        cross_street="Main Street",
    )

    said = told(section(sheet_of(facts(customer=customer)), "Customer"))

    assert said["Contact"] == "Maria Nielsen"
    assert said["Cross street"] == "Main Street"
    assert (said["Work phone"], said["Cell phone"]) == ("(801) 555-0101", "+442071234567")


@pytest.mark.rule("ACC-11")
def test_previewing_and_sending_need_messages_create_at_the_customers_location() -> None:
    office = Office()
    world = office.world
    question = PreviewSheet(work_order=office.order.id, appointment=office.visit.id)
    here, elsewhere = world.actor(*MAY, at=world.provo.id), world.actor(*MAY, at=world.phoenix.id)
    elsewhere = evolve(elsewhere, grants=elsewhere.grants | world.actor(MAY[0]).grants)
    without = world.actor((Permission.CUSTOMERS, Action.VIEW), (Permission.MESSAGES, Action.VIEW))

    assert world.ask(question, Sheet, by=here)
    assert world.do(office.wish(to=("a@example.com",)), SentView, by=here)
    for actor in (elsewhere, without):
        hidden(world, question, by=actor)
        denial(world, office.wish(to_user=True), by=actor)


@pytest.mark.rule("ACC-12")
def test_who_may_not_view_the_record_gets_no_sheet_of_it() -> None:
    office = Office()
    actor = office.world.actor((Permission.MESSAGES, Action.CREATE))

    hidden(office.world, PreviewSheet(work_order=office.order.id, appointment=office.visit.id), by=actor)
    denial(office.world, office.wish(to=("a@example.com",)), by=actor)


def test_a_sheet_is_of_an_appointment_of_that_work_order() -> None:
    office = Office()
    other = a_work_order(customer=office.world.maria.id, number=18)
    office.world.put(other)

    with pytest.raises(NotFound):
        office.world.ask(PreviewSheet(work_order=other.id, appointment=office.visit.id), Sheet)
    with pytest.raises(NotFound):
        office.world.execute(office.wish(work_order=other.id, to_user=True))


# --- sending it (PDF-04) ------------------------------------------------------------------------------


@pytest.mark.rule("PDF-04")
def test_it_goes_to_its_user_and_to_further_addresses_a_message_for_each() -> None:
    office = Office()
    own = office.world.ann.email.address

    sent = office.send(to_user=True, to=("boss@example.com", own.upper(), "boss@example.com"))

    assert {each.to for each in sent.messages} == {"boss@example.com", own.upper()[:-11] + "example.com"}
    assert all(each.attachment == "appointment-sheet-17-2026-05-27.pdf" for each in sent.messages)
    assert {each.subject for each in sent.messages} == {"Appointment sheet: work order 17, May 27, 9:00 AM"}
    assert all("work order 17" in each.body for each in sent.messages)


@pytest.mark.rule("PDF-04")
def test_subject_and_body_can_be_ones_own() -> None:
    (message,) = Office().send(to_user=True, subject=" Tomorrow ", body="See you.\nOlga").messages

    assert (message.subject, message.body) == ("Tomorrow", "See you.\nOlga")


@pytest.mark.rule("PDF-04")
def test_without_a_recipient_it_is_refused() -> None:
    office = Office()

    assert list(refusal(office.world, office.wish())) == ["sheet.no_recipient"]
    assert office.send(to_user=True) and office.send(to=("a@example.com",))


@pytest.mark.rule("PDF-04")
def test_a_user_whose_address_is_theirs_no_more_is_refused() -> None:
    office = Office()
    world = office.world
    with world.storage.writing(world.company.id) as unit:
        unit.users.save(evolve(world.ann, active=False, version=2))

    refused = refusal(world, office.wish(to_user=True, to=("a@example.com",)))

    assert refused["sheet.user_without_address"].sentence == "Ann has no address to send it to."
    assert office.send(to=("a@example.com",))


@pytest.mark.rule("PDF-04")
def test_recipients_are_few() -> None:
    office = Office()
    many = tuple(f"a{n}@example.com" for n in range(21))

    assert list(refusal(office.world, office.wish(to=many))) == ["sheet.too_many_recipients"]
    assert len(office.send(to=many[:20]).messages) == 20


@pytest.mark.parametrize(("given", "field"), [({"to": ("nobody",)}, "to"), ({"subject": "a\nb"}, "subject")])
def test_what_is_no_address_or_no_line_is_refused(given: dict[str, Any], field: str) -> None:
    office = Office()

    with pytest.raises(InvalidValue) as refused:
        office.world.execute(office.wish(**{"to_user": True, **given}))
    assert refused.value.field == field


@pytest.mark.rule("PDF-04")
def test_what_is_sent_is_the_file_that_a_preview_showed_when_it_was_sent() -> None:
    office = Office(notes="Ring twice.")
    world = office.world
    question = PreviewSheet(work_order=office.order.id, appointment=office.visit.id)
    preview = world.ops.print_sheet(question, world.context())
    office.send(to_user=True)
    with world.storage.writing(world.company.id) as unit:
        unit.appointments.save(evolve(office.visit, notes="Ring once.", version=2))

    assert world.mail.letters == []
    assert world.ops.send_messages() == 1

    ((attachment,),) = [letter.attachments for letter in world.mail.letters]
    assert (attachment.name, attachment.media_type, attachment.content) == (
        preview.name,
        preview.media_type,
        preview.content,
    )
    assert world.ops.print_sheet(question, world.context()).content != preview.content


@pytest.mark.rule("PDF-03")
def test_a_sheet_that_cannot_be_printed_affects_nothing_else() -> None:
    office = Office()
    world = office.world
    world.printer.broken = True

    with pytest.raises(SheetFailed, match=r"^pdf generation failed$"):
        world.ops.print_sheet(PreviewSheet(work_order=office.order.id, appointment=office.visit.id), world.context())
    assert office.sheet()


# --- the company's template (PDF-01) --------------------------------------------------------------------

HEADINGS = {
    SheetPart.SCOPE: "Scope",
    SheetPart.PUBLIC_NOTE: "Public note",
    SheetPart.NOTES: "Notes",
    SheetPart.ON_SITE_NOTES: "On-site notes",
    SheetPart.EQUIPMENT: "Work to perform",
    SheetPart.NOTE_LINES: "Notes on site",
    SheetPart.TIMES: "Times",
    SheetPart.SIGNATURES: "Signatures",
}


@pytest.mark.rule("PDF-01")
@pytest.mark.parametrize("part", SheetPart, ids=lambda part: part.value)
def test_a_company_leaves_out_what_it_does_not_want_and_nothing_else(part: SheetPart) -> None:
    visit = an_appointment(notes="Ring.", public_note="Dog.", on_site_notes="Pictures.")
    whole = facts(appointment=visit, equipment=(EquipmentLine(name="Panel"),))

    full, less = sheet_of(whole), sheet_of(evolve(whole, leaves_out=frozenset({part})))

    gone = {each.heading for each in full.sections} - {each.heading for each in less.sections}
    assert gone == ({HEADINGS[part]} if part in HEADINGS else set())
    labels = set(told(section(full, "Customer"))) - set(told(section(less, "Customer")))
    assert labels == {SheetPart.ADDRESS: {"Address"}, SheetPart.PHONES: {"Phone"}}.get(part, set())


@pytest.mark.rule("PDF-01")
def test_the_template_is_the_companys_setting() -> None:
    office = Office()
    changes = {"sheet_footer": "Call the office.", "sheet_leaves_out": (SheetPart.SCOPE,)}
    assert "Provo" in office.sheet().footer
    office.world.execute(ChangeSettings(changes=changes))

    sheet = office.sheet()

    assert sheet.footer == "Call the office."
    assert "Scope" not in {each.heading for each in sheet.sections}
