"""
What changes of customer records come to.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.access.model import Stage
from fieldops_core.access.rules import CONFIDENTIAL
from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import (
    ChangeCustomer,
    ConvertLead,
    CreateCustomer,
    CustomerChanged,
    CustomerCreated,
    CustomerLinked,
    CustomerUnlinked,
    CustomFields,
    LeadConverted,
    LeadFields,
)
from fieldops_core.customers.model import (
    MASKED,
    Customer,
    CustomerId,
    CustomValue,
    Installation,
    Lead,
    Located,
    Sale,
    Verification,
    a_birthdate,
    an_ssn,
)
from fieldops_core.customers.rules import (
    CONVERSION,
    LINKING,
    NEWCOMER,
    RECORD,
    Conversion,
    Linking,
    Newcomer,
    Record,
    Sections,
    broken,
    missing_answers,
)
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.errors import InvalidValue, below
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import made, replaced, told
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import clean
from fieldops_core.kernel.time import told_instant
from fieldops_core.kernel.unset import given

MASK, NOTHING = Secret(MASKED), Secret("")
NOTHING_CUSTOM: Mapping[EntryId, CustomValue] = MappingProxyType({})
SECTIONS = frozenset({"sale", "installation", "lead", "custom"})
NOT_FIELDS = frozenset({"customer", "stage", "location", "despite_duplicates"}) | SECTIONS
OF_THE_RECORD = frozenset({"source", "campaign"})
"""
What is sent with a customer's sale section, and kept with the record.
"""


@frozen(kw_only=True)
class Reading:
    """
    What outside help reads for a record: the telephone numbers that a command names, and the coordinates of an address;
    the *zone* of its location; and when and by whom a lead is *entered*.
    """

    phones: Mapping[str, Phone | None]
    located: Located | None = None
    zone: str = "UTC"
    entered: Lead = Lead()


def new_customer(
    command: CreateCustomer, location: LocationId, reading: Reading, number: int, *, new_id: Callable[[], UUID]
) -> Customer:
    """
    The record as the command would have it. Coordinates that were sent outweigh those that were looked up.
    """
    if reading.phones["phone"] is None:
        raise InvalidValue("phone.required", "A record has a primary telephone number.", field="phone", rule="CUS-02")
    first = {"id": CustomerId(new_id()), "number": number, "stage": command.stage, "location": location}
    lead = reading.entered if command.stage is Stage.LEAD else Lead()
    there = {"sale": Sale(), "installation": Installation(), "lead": lead}
    changes = _told(command, reading, customer=None) | _sections(command, there, reading.zone)
    return made(Customer, first | changes)


def create_customer(
    case: Record, sections: Sections, *, like: Newcomer | None = None, now: datetime
) -> Outcome[Customer]:
    """
    *like*: what the record is compared with, where that is asked.
    """
    same = violations(NEWCOMER, like) if like else ()
    refuse(violations(RECORD, case) + broken(sections) + same)
    return Outcome(state=case.customer, events=(CustomerCreated.of(None, case.customer, at=now),))


def changed_customer(command: ChangeCustomer, customer: Customer, reading: Reading) -> Customer:
    """
    The record as the command would have it. A changed address drops old coordinates (CUS-14).
    """
    there = {"sale": customer.sale, "installation": customer.installation, "lead": customer.lead}
    changes = _told(command, reading, customer=customer) | _sections(command, there, reading.zone, customer.custom)
    location = given(command.location, customer.location)
    return replaced(customer, {**changes, "location": location, "version": customer.version + 1})


def change_customer(customer: Customer, case: Record, sections: Sections, *, now: datetime) -> Outcome[Customer]:
    refuse(violations(RECORD, case) + broken(sections))
    event = CustomerChanged.of(customer, case.customer, at=now)
    return Outcome(before=customer, state=case.customer, events=(event,))


def place(customer: Customer, found: Located | None, *, verify: bool, now: datetime) -> Outcome[Customer]:
    """
    A record whose address was looked up. Coordinates that are known just so are left alone; where nothing was found,
    an estimate is better than none. *verify*: whether the company wants to know if the house was found.
    """
    changes: dict[str, object] = {"version": customer.version + 1}
    if found is not None and not customer.placed:
        changes |= {"point": found.point, "point_is_estimate": found.estimate}
    if verify:
        there = found is not None and not found.estimate
        changes["verification"] = Verification.VERIFIED if there else Verification.NOT_VERIFIED
    changed = replaced(customer, changes)
    return Outcome(before=customer, state=changed, events=(CustomerChanged.of(customer, changed, at=now),))


def link(case: Linking, parent: Customer, *, now: datetime) -> Outcome[Customer]:
    """
    Raises:
        Refused: with every rule that stands against it. The parent that it has already may stay.
    """
    customer = case.customer
    if customer.parent == parent.id:
        return Outcome(before=customer, state=customer)
    require(LINKING, case)
    changed = evolve(customer, parent=parent.id, version=customer.version + 1)
    return Outcome(before=customer, state=changed, events=(CustomerLinked.of(customer, changed, at=now),))


def unlink(customer: Customer, *, now: datetime) -> Outcome[Customer]:
    if customer.parent is None:
        return Outcome(before=customer, state=customer)
    changed = evolve(customer, parent=None, version=customer.version + 1)
    return Outcome(before=customer, state=changed, events=(CustomerUnlinked.of(customer, changed, at=now),))


def converted(command: ConvertLead, lead: Customer) -> Customer:
    """
    The lead as a customer: what it has carries over, its lead rep into the sale section.
    """
    changes = told(command, apart_from=frozenset({"customer", "location", "sold_by", "custom"}))
    sale = evolve(lead.sale, sold_by=command.sold_by, lead_rep=lead.lead.lead_rep)
    moved = {"stage": Stage.CUSTOMER, "location": command.location or lead.location, "sale": sale}
    custom = _custom(command.custom, lead.custom)
    return replaced(lead, {**changes, **moved, "custom": custom, "version": lead.version + 1})


def convert_lead(
    command: ConvertLead, lead: Customer, case: Record, sections: Sections, *, now: datetime
) -> Outcome[Customer]:
    """
    What a customer needs and the lead does not have is asked at once (CUS-18).
    """
    given = {"location": command.location, "sold_by": command.sold_by}
    incomplete = violations(RECORD, case)
    fields = [name for name, value in given.items() if value is None]
    fields += [each.field or each.code for each in (*incomplete, *missing_answers(sections))]
    require(CONVERSION, Conversion(stage=lead.stage, missing=tuple(fields)))
    refuse(broken(sections))
    return Outcome(before=lead, state=case.customer, events=(LeadConverted.of(lead, case.customer, at=now),))


def _sections(
    command: CreateCustomer | ChangeCustomer,
    there: Mapping[str, object],
    zone: str,
    custom: Mapping[EntryId, CustomValue] = NOTHING_CUSTOM,
) -> dict[str, object]:
    """
    The sections of a record with the fields that a command sends.
    """
    changes: dict[str, object] = {}
    with below("sale"):
        sale = told(command.sale)
        changes |= {name: sale.pop(name) for name in OF_THE_RECORD & sale.keys()}
        changes["sale"] = replaced(there["sale"], sale)
    with below("installation"):
        changes["installation"] = replaced(there["installation"], told(command.installation))
    with below("lead"):
        changes["lead"] = replaced(there["lead"], _lead(command.lead, zone))
    changes["custom"] = _custom(command.custom, custom)
    return changes


def _lead(fields: LeadFields, zone: str) -> dict[str, object]:
    changes = told(fields)
    if isinstance(callback := changes.get("callback_at"), datetime):
        changes["callback_at"] = told_instant(callback, zone, field="callback_at")
    return changes


def _custom(fields: CustomFields, there: Mapping[EntryId, CustomValue]) -> dict[EntryId, CustomValue]:
    """
    The values of custom fields with those that are sent; an empty text is none.
    """
    values = {**there, **fields}
    cleaned = {
        id: clean(value, field=f"custom.{id}") if isinstance(value, str) else value for id, value in values.items()
    }
    return {id: value for id, value in sorted(cleaned.items()) if value is not None and value != ""}


def _told(
    command: CreateCustomer | ChangeCustomer, reading: Reading, *, customer: Customer | None
) -> dict[str, object]:
    """
    The fields that a command sets, as the record keeps them.
    """
    changes = told(command, apart_from=NOT_FIELDS) | dict(reading.phones)
    if isinstance(email := changes.get("email"), str):
        changes["email"] = Email(email) if email else None
    for name, read in (("ssn", an_ssn), ("birthdate", a_birthdate)):
        if isinstance(secret := changes.get(name), Secret):
            changes[name] = secret if secret in (MASK, NOTHING) else read(secret.reveal())
    for name in CONFIDENTIAL:
        if changes.get(name) == MASK:
            del changes[name]
        elif changes.get(name) == NOTHING:
            changes[name] = None
    moved = customer is None or changes.get("address", customer.address) != customer.address
    if moved:
        changes["verification"] = Verification.UNKNOWN
    if changes.get("point") is None and moved:
        changes["point"] = reading.located.point if reading.located else None
        changes["point_is_estimate"] = reading.located is not None and reading.located.estimate
    elif "point" in changes:
        changes["point_is_estimate"] = False
    return changes
