"""
What an appointment sheet says, and when a message is tried again.
"""

from collections.abc import Container, Iterator
from datetime import datetime, timedelta

from fieldops_core.company.model import SheetPart
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.contact import Address, Phone
from fieldops_core.kernel.time import local
from fieldops_core.messaging.model import EquipmentLine, Fact, Section, Sheet, SheetFacts
from fieldops_core.scheduling.model import Appointment

NOTE_LINES = 5
FIRST_WAIT, LONGER, MOST_ATTEMPTS = timedelta(minutes=1), 3, 8
"""
What is sent in vain is tried again after a minute, then after three times as long each time, and, after eighteen hours
or so, no more.
"""


def wait_after(attempts: int) -> timedelta | None:
    """
    How long after so many tries in vain the next one is; None: it was the last.
    """
    return None if attempts >= MOST_ATTEMPTS else FIRST_WAIT * LONGER ** (attempts - 1)


def sheet_of(facts: SheetFacts) -> Sheet:
    """
    The sheet of an appointment by its company's template (PDF-01). Nothing private and nothing confidential is on it:
    no private note, no code, no birthdate.
    """
    order, visit = facts.work_order, facts.appointment
    return Sheet(
        name=f"appointment-sheet-{order.number}-{local(visit.period.start, visit.zone):%Y-%m-%d}.pdf",
        title="Appointment sheet",
        subtitle=f"{facts.company} · Work order {order.number}",
        sections=tuple(_sections(facts)),
        footer=facts.footer or f"{facts.company} · {facts.location} · Work order {order.number}",
    )


def _sections(facts: SheetFacts) -> Iterator[Section]:
    visit = facts.appointment
    who = tuple(_who(facts.customer, facts.leaves_out))
    yield Section(heading="Appointment", facts=(*_when(visit), *_told(Type=facts.type, Technician=facts.technician)))
    yield Section(heading="Customer", facts=who)
    yield from (section for part, section in _parts(facts) if part not in facts.leaves_out)


def _parts(facts: SheetFacts) -> Iterator[tuple[SheetPart, Section]]:
    visit = facts.appointment
    texts = (
        (SheetPart.SCOPE, "Scope", "\n".join(filter(None, (facts.work_order.subject, facts.note)))),
        (SheetPart.PUBLIC_NOTE, "Public note", visit.public_note),
        (SheetPart.NOTES, "Notes", visit.notes),
        (SheetPart.ON_SITE_NOTES, "On-site notes", visit.on_site_notes),
    )
    yield from ((part, Section(heading=heading, text=text)) for part, heading, text in texts if text)
    if facts.equipment:
        yield SheetPart.EQUIPMENT, _work_to_perform(facts.equipment)
    yield SheetPart.NOTE_LINES, Section(heading="Notes on site", lines=NOTE_LINES)
    yield SheetPart.TIMES, Section(heading="Times", blanks=("Arrived", "Left"))
    yield SheetPart.SIGNATURES, Section(heading="Signatures", blanks=("Customer", "Technician"))


def _when(visit: Appointment) -> Iterator[Fact]:
    start, end = (local(edge, visit.zone) for edge in (visit.period.start, visit.period.end))
    yield Fact("Date", f"{start:%A, %B} {start.day}, {start.year}")
    yield Fact("Time", f"{clock(start)} to {clock(end)} ({start.tzname()})")


def clock(time: datetime) -> str:
    """
    ``9:00 AM``.
    """
    return f"{time.hour % 12 or 12}:{time:%M} {'AM' if time.hour < 12 else 'PM'}"


def _who(customer: Customer, leaves_out: Container[SheetPart]) -> Iterator[Fact]:
    person = f"{customer.first_name} {customer.last_name}".strip()
    yield Fact("Customer", f"{customer.name} (number {customer.number})")
    yield from _told(Contact=customer.business_contact or (person if person != customer.name else ""))
    if SheetPart.ADDRESS not in leaves_out:
        yield from _told(Address=_lines(customer.address), Cross_street=customer.cross_street)
    if SheetPart.PHONES not in leaves_out:
        yield from _phones(customer)


def _phones(customer: Customer) -> Iterator[Fact]:
    phones = {
        "Phone": customer.phone,
        "Work phone": customer.work_phone,
        "Cell phone": customer.cell_phone,
        "Other phone": customer.other_phone,
    }
    yield from (Fact(label, dialled(phone)) for label, phone in phones.items() if phone)


def _told(**values: str) -> Iterator[Fact]:
    yield from (Fact(label.replace("_", " "), value) for label, value in values.items() if value)


def _lines(address: Address) -> str:
    code = address.postal_code.code if address.postal_code else ""
    town = " ".join(filter(None, (f"{address.city}," if address.city and address.state else address.city,)))
    return "\n".join(filter(None, (address.line1, address.line2, " ".join(filter(None, (town, address.state, code))))))


def dialled(phone: Phone) -> str:
    """
    As it is dialled in North America; others as they are.
    """
    number = phone.number
    if number.startswith("+1") and len(number) == len("+18015550100"):
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number


def _work_to_perform(lines: tuple[EquipmentLine, ...]) -> Section:
    rows = tuple((line.name, line.serial, ", ".join(line.actions), "") for line in lines)
    return Section(heading="Work to perform", columns=("Equipment", "Serial number", "To do", "Done"), rows=rows)
