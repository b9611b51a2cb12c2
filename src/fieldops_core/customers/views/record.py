"""
What questions about customers answer.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.views import AddressView, address_view
from fieldops_core.customers.model import MASKED, AccountType, Customer
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.secret import Secret


@frozen(kw_only=True)
class InstallationView:
    """
    The installation section, as far as it exists; confidential codes are ``***`` for whom may not see them.
    """

    confirmation_number: str | None
    receiver_number: str | None
    abort_code: str | None


@frozen(kw_only=True)
class CustomerView:
    """
    A record as its reader may see it: confidential fields are ``***`` without their permission (ACC-14), and
    *installation* is None for whom may not see that section. *coordinates_are_estimate*: only the postal code was
    found. *parent* is whose sub-customer it is. It is read-only from *archived_at* (UTC) on.
    """

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
    county: str
    cross_street: str
    coordinates: Point | None
    coordinates_are_estimate: bool
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
    installation: InstallationView | None
    parent: UUID | None
    archived_at: datetime | None
    version: int


@frozen(kw_only=True)
class Sight:
    """
    What a reader sees of a record: its confidential fields by name, and whether its *installation* section.
    """

    confidential: frozenset[str]
    installation: bool


def customer_view(customer: Customer, sight: Sight) -> CustomerView:
    def shown(name: str, secret: Secret | None) -> str | None:
        if secret is None:
            return None
        return secret.reveal() if name in sight.confidential else MASKED

    installation = InstallationView(
        confirmation_number=shown("confirmation_number", customer.confirmation_number),
        receiver_number=shown("receiver_number", customer.receiver_number),
        abort_code=shown("abort_code", customer.abort_code),
    )
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
        county=customer.county,
        cross_street=customer.cross_street,
        coordinates=customer.point,
        coordinates_are_estimate=customer.point_is_estimate,
        work_phone=_number(customer.work_phone),
        cell_phone=_number(customer.cell_phone),
        other_phone=_number(customer.other_phone),
        email=customer.email.address if customer.email else None,
        language=customer.language,
        best_time=customer.best_time,
        spouse=customer.spouse,
        business_contact=customer.business_contact,
        birthdate=shown("birthdate", customer.birthdate),
        ssn=shown("ssn", customer.ssn),
        installation=installation if sight.installation else None,
        parent=customer.parent,
        archived_at=customer.archived_at,
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


@frozen(kw_only=True)
class FamilyMember:
    """
    A customer as its family is told of it. Number and name are None for whom may not view it.
    """

    id: UUID
    number: int | None
    name: str | None
    archived: bool


@frozen(kw_only=True)
class FamilyView:
    """
    A customer's *parent*, or its *children*, how many there are, and what is said of it: *text* beside its name,
    *accounting* over its bills (FAM-07). The version is the customer's.
    """

    id: UUID
    version: int
    parent: FamilyMember | None
    children: tuple[FamilyMember, ...]
    children_count: int
    text: str
    accounting: str


@frozen(kw_only=True)
class ParentsView:
    """
    Who may become a customer's parent; nobody where *violations* say why it can have none.
    """

    items: tuple[FamilyMember, ...]
    violations: tuple[Violation, ...]


SOMEBODY = "another customer"


def family_view(
    customer: Customer, parent: Customer | None, children: Sequence[Customer], may_see: Callable[[Customer], bool]
) -> FamilyView:
    count = len(children)
    name = parent.name if parent and may_see(parent) else SOMEBODY
    text = "1 sub-customer" if count == 1 else f"{count} sub-customers" if count else ""
    received = "payments are received on the Parent Customer."
    return FamilyView(
        id=customer.id,
        version=customer.version,
        parent=None if parent is None else family_member(parent, may_see),
        children=tuple(family_member(each, may_see) for each in children),
        children_count=count,
        text=f"Sub-customer of {name}" if parent else text,
        accounting=f"This is a sub-customer of {name} — {received}" if parent else "",
    )


def family_member(customer: Customer, may_see: Callable[[Customer], bool]) -> FamilyMember:
    seen = may_see(customer)
    return FamilyMember(
        id=customer.id,
        number=customer.number if seen else None,
        name=customer.name if seen else None,
        archived=customer.archived,
    )


@frozen(kw_only=True)
class LineNote:
    """
    What is said of one line of an import: that it was refused, or what was mended in it.
    """

    line: int
    field: str | None
    code: str
    sentence: str


@frozen(kw_only=True)
class ImportView:
    """
    What an import came to: how many records were *created*, how many were *known* already by their external id, the
    lines that were *refused*, and those that were *mended*.
    """

    created: int
    known: int
    refused: tuple[LineNote, ...] = ()
    mended: tuple[LineNote, ...] = ()
