"""
What changes of customer records come to.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.rules import CONFIDENTIAL
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, CustomerChanged, CustomerCreated
from fieldops_core.customers.model import MASKED, Customer, CustomerId, Located, Verification, a_birthdate, an_ssn
from fieldops_core.customers.rules import NEWCOMER, RECORD, Newcomer, Record
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import made, replaced, told
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import given

MASK, NOTHING = Secret(MASKED), Secret("")
NOT_FIELDS = frozenset({"customer", "stage", "location", "despite_duplicates"})


@frozen(kw_only=True)
class Reading:
    """
    What outside help reads for a record: the telephone numbers that a command names, and the coordinates of an address.
    """

    phones: Mapping[str, Phone | None]
    located: Located | None = None


def new_customer(
    command: CreateCustomer, location: LocationId, reading: Reading, number: int, *, new_id: Callable[[], UUID]
) -> Customer:
    """
    The record as the command would have it. Coordinates that were sent outweigh those that were looked up.
    """
    if reading.phones["phone"] is None:
        raise InvalidValue("phone.required", "A record has a primary telephone number.", field="phone", rule="CUS-02")
    first = {"id": CustomerId(new_id()), "number": number, "stage": command.stage, "location": location}
    return made(Customer, first | _told(command, reading, customer=None))


def create_customer(case: Record, *, like: Newcomer | None = None, now: datetime) -> Outcome[Customer]:
    """
    *like*: what the record is compared with, where that is asked.
    """
    refuse(violations(RECORD, case) + (violations(NEWCOMER, like) if like else ()))
    return Outcome(state=case.customer, events=(CustomerCreated.of(None, case.customer, at=now),))


def changed_customer(command: ChangeCustomer, customer: Customer, reading: Reading) -> Customer:
    """
    The record as the command would have it. A changed address drops old coordinates (CUS-14).
    """
    changes = _told(command, reading, customer=customer)
    location = given(command.location, customer.location)
    return replaced(customer, {**changes, "location": location, "version": customer.version + 1})


def change_customer(customer: Customer, case: Record, *, now: datetime) -> Outcome[Customer]:
    require(RECORD, case)
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
