"""
What changes of customer records come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, CustomerChanged, CustomerCreated
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.customers.rules import RECORD, Record
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.unset import Keep, Unset, given


def new_customer(
    command: CreateCustomer, location: LocationId, phone: Phone, number: int, *, new_id: Callable[[], UUID]
) -> Customer:
    """
    The record as the command would have it.
    """
    return Customer(
        id=CustomerId(new_id()),
        number=number,
        stage=command.stage,
        account_type=command.account_type,
        first_name=command.first_name,
        last_name=command.last_name,
        business_name=command.business_name,
        external_id=command.external_id,
        location=location,
        phone=phone,
        address=command.address,
        point=command.point,
    )


def create_customer(case: Record, *, now: datetime) -> Outcome[Customer]:
    require(RECORD, case)
    return Outcome(state=case.customer, events=(CustomerCreated.of(None, case.customer, at=now),))


def changed_customer(command: ChangeCustomer, customer: Customer, phone: Phone | Keep) -> Customer:
    """
    The record as the command would have it. A changed address drops old coordinates (CUS-14).
    """
    address = given(command.address, customer.address)
    old_point = customer.point if address == customer.address else None
    account_type = customer.account_type if isinstance(command.account_type, Unset) else command.account_type
    return evolve(
        customer,
        phone=given(phone, customer.phone),
        account_type=account_type,
        first_name=given(command.first_name, customer.first_name),
        last_name=given(command.last_name, customer.last_name),
        business_name=given(command.business_name, customer.business_name),
        external_id=given(command.external_id, customer.external_id),
        address=address,
        point=given(command.point, old_point),
        version=customer.version + 1,
    )


def change_customer(customer: Customer, case: Record, *, now: datetime) -> Outcome[Customer]:
    require(RECORD, case)
    event = CustomerChanged.of(customer, case.customer, at=now)
    return Outcome(before=customer, state=case.customer, events=(event,))
