"""
The customer record as its reader may see it.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.views import AddressView, address_view
from fieldops_core.customers.model import AccountType, Customer, CustomValue, Verification
from fieldops_core.customers.views.sections import (
    Around,
    InstallationView,
    LeadView,
    SaleView,
    Sight,
    installation_view,
    lead_view,
    sale_view,
    shown,
)
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.geo import Point


@frozen(kw_only=True)
class CustomerView:
    """
    A record as its reader may see it: confidential fields are ``***`` without their permission (ACC-14). *sale* and
    *installation* are sections of customers, null for whom may not see them; *lead* is a lead's, as are *source* and
    *campaign*, which a customer has in its sale section. *custom* holds the values of custom fields by their ids.
    *coordinates_are_estimate*: only the postal code or the street was found. *address_verification* is asked where the
    company's setting of that name is on. *parent* is whose sub-customer it is;
    *former_numbers* are those of records that were merged into it. It is read-only from *archived_at* (UTC) on.
    """

    id: UUID
    number: int
    former_numbers: tuple[int, ...]
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
    county: str
    cross_street: str
    coordinates: Point | None
    coordinates_are_estimate: bool
    address_verification: Verification
    work_phone: str | None
    cell_phone: str | None
    other_phone: str | None
    email: str | None
    language: str
    best_time: str
    spouse: str
    business_contact: str
    birthdate: str | None
    ssn: str | None
    account_class: UUID | None
    credit_score: int | None
    credit_grade: str | None
    credit_tracking_number: str
    source: UUID | None
    campaign: UUID | None
    sale: SaleView | None
    installation: InstallationView | None
    parent: UUID | None
    archived_at: datetime | None
    lead: LeadView | None
    custom: Mapping[str, CustomValue]
    version: int


def customer_view(customer: Customer, sight: Sight, around: Around) -> CustomerView:
    lead = customer.stage is Stage.LEAD
    return CustomerView(
        id=customer.id,
        number=customer.number,
        former_numbers=customer.former_numbers,
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
        county=customer.county,
        cross_street=customer.cross_street,
        coordinates=customer.point,
        coordinates_are_estimate=customer.point_is_estimate,
        address_verification=customer.verification,
        work_phone=_number(customer.work_phone),
        cell_phone=_number(customer.cell_phone),
        other_phone=_number(customer.other_phone),
        email=customer.email.address if customer.email else None,
        language=customer.language,
        best_time=customer.best_time,
        spouse=customer.spouse,
        business_contact=customer.business_contact,
        parent=customer.parent,
        archived_at=customer.archived_at,
        birthdate=shown(customer, "birthdate", sight),
        ssn=shown(customer, "ssn", sight),
        account_class=customer.account_class,
        credit_score=customer.credit_score,
        credit_grade=around.credit_grade,
        credit_tracking_number=customer.credit_tracking_number,
        source=customer.source if lead else None,
        campaign=customer.campaign if lead else None,
        sale=sale_view(customer, around) if sight.sale and not lead else None,
        installation=installation_view(customer, sight, around) if sight.installation and not lead else None,
        lead=lead_view(customer, sight, around) if lead else None,
        custom={str(id): value for id, value in customer.custom.items()},
        version=customer.version,
    )


def _number(phone: Phone | None) -> str | None:
    return phone.number if phone else None


@frozen(kw_only=True)
class CustomersView:
    """
    A page of records; *next* is what to ask after, None on the last. *more_matched*: more records match the search than
    the 1,000 that were ranked; further words narrow it.
    """

    items: tuple[CustomerView, ...]
    next: str | None
    more_matched: bool = False
