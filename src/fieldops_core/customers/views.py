"""
What questions about customers answer.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.views import AddressView, address_view
from fieldops_core.customers.model import AccountType, Customer
from fieldops_core.kernel.geo import Point


@frozen(kw_only=True)
class CustomerView:
    id: UUID
    number: int
    stage: Stage
    account_type: AccountType | None
    name: str
    first_name: str
    last_name: str
    business_name: str
    external_id: str | None
    location: UUID
    phone: str
    address: AddressView
    coordinates: Point | None
    version: int


def customer_view(customer: Customer) -> CustomerView:
    return CustomerView(
        id=customer.id,
        number=customer.number,
        stage=customer.stage,
        account_type=customer.account_type,
        name=customer.name,
        first_name=customer.first_name,
        last_name=customer.last_name,
        business_name=customer.business_name,
        external_id=customer.external_id,
        location=customer.location,
        phone=customer.phone.number,
        address=address_view(customer.address),
        coordinates=customer.point,
        version=customer.version,
    )


@frozen(kw_only=True)
class CustomersView:
    """
    A page of records; *next* is what to ask after, None on the last.
    """

    items: tuple[CustomerView, ...]
    next: str | None
