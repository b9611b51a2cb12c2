"""
Customers, and what is left of them.
"""

from typing import Unpack

from attrs import evolve

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import AccountType, Customer, CustomerId, Tombstone
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.ids import LocationId
from fieldops_core.testing import fields
from fieldops_core.testing.builders.defaults import PROVO, PROVO_ADDRESS, fresh, numbers
from fieldops_core.testing.clock import NOW


def a_customer(**given: Unpack[fields.CustomerFields]) -> Customer:
    customer = Customer(
        id=CustomerId(fresh()),
        number=next(numbers),
        stage=Stage.CUSTOMER,
        account_type=AccountType.RESIDENTIAL,
        first_name="Maria",
        last_name="Nielsen",
        location=LocationId(fresh()),
        phone=Phone("+18015550100"),
        address=PROVO_ADDRESS,
        point=PROVO,
    )
    return evolve(customer, **given)


def a_tombstone(**given: Unpack[fields.TombstoneFields]) -> Tombstone:
    """
    What is left of a customer that the system deleted.
    """
    tombstone = Tombstone(
        id=CustomerId(fresh()), number=900, stage=Stage.CUSTOMER, location=LocationId(fresh()), by=None, at=NOW
    )
    return evolve(tombstone, **given)
