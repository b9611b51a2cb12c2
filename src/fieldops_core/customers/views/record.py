"""
What questions about customers answer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.views import AddressView, address_view
from fieldops_core.customers.model import MASKED, AccountType, Customer, CustomValue, InstallVisit, Verification
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.time import local


@frozen(kw_only=True)
class SaleView:
    """
    The sale section of a customer (CUS-04). Ids are those of users and of catalog entries. *months_remaining* of the
    contract are counted from the install date, else from the sale date (CUS-22).
    """

    source: UUID | None
    campaign: UUID | None
    sale_date: date | None
    sold_by: UUID | None
    trainee_or_trainer: UUID | None
    lead_rep: UUID | None
    call_center_rep: UUID | None
    account_number: str
    monitoring_number: str
    serial_number: str
    system_type: UUID | None
    monthly_rate: UUID | None
    a_la_carte: bool
    monitoring_plan: UUID | None
    cancelled: bool
    cancelled_on: date | None
    cancellation_reason: UUID | None
    discount_affiliate: UUID | None
    discount_member_number: str
    monitored_by: UUID | None
    interactive_provider: UUID | None
    contract_term: UUID | None
    months_remaining: int | None
    activation_fee: UUID | None
    warranty_term: UUID | None
    dealer_number: UUID | None
    collections_date: date | None


@frozen(kw_only=True)
class InstallAppointmentView:
    """
    An appointment whose type is marked `install`: its *date* is local to its *zone*.
    """

    id: UUID
    start: datetime
    zone: str
    date: date
    technician: UUID


@frozen(kw_only=True)
class InstallationView:
    """
    The installation section of a customer (CUS-07); confidential codes are ``***`` for whom may not see them.
    *appointment* is the one chosen among the *appointments* whose type is marked `install`, or the only one; its date
    and technician are the install date and technician, and *reports_to* is whom the technician reports to. *services*
    are the company's own.
    """

    appointment: UUID | None
    appointments: tuple[InstallAppointmentView, ...]
    install_date: date | None
    technician: UUID | None
    reports_to: UUID | None
    confirmation_number: str | None
    receiver_number: str | None
    abort_code: str | None
    installed: bool
    two_way_voice: bool
    cellular_backup: bool
    guard_response: bool
    maintenance: bool
    invoicing: bool
    aarp: bool
    tellular: bool
    pulse: bool
    services: tuple[UUID, ...]


@frozen(kw_only=True)
class LeadView:
    """
    The section of a lead (CUS-08); times are told in its *zone*. *lead_rep* is null where its status has none, and for
    whom is no lead admin.
    """

    entered_at: datetime | None
    call_center_rep: UUID | None
    callback_at: datetime | None
    zone: str
    disposition: UUID | None
    call_center_comments: str
    status: UUID | None
    lead_rep: UUID | None
    comments: str


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


@frozen(kw_only=True)
class Sight:
    """
    What a reader sees of a record: its confidential fields by name, and whether its *sale* and *installation* sections
    and its *lead_rep*.
    """

    confidential: frozenset[str]
    sale: bool
    installation: bool
    lead_rep: bool


@frozen(kw_only=True)
class Around:
    """
    What stands around a record: its location's *zone*, the letter of its credit score, the months that remain of its
    contract, whether its lead status has a lead rep, its install appointments, and the one that is its *install*.
    """

    zone: str
    credit_grade: str | None = None
    months_remaining: int | None = None
    has_lead_rep: bool = False
    installs: tuple[InstallVisit, ...] = ()
    install: InstallVisit | None = None


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
        birthdate=_shown(customer, "birthdate", sight),
        ssn=_shown(customer, "ssn", sight),
        account_class=customer.account_class,
        credit_score=customer.credit_score,
        credit_grade=around.credit_grade,
        credit_tracking_number=customer.credit_tracking_number,
        source=customer.source if lead else None,
        campaign=customer.campaign if lead else None,
        sale=_sale(customer, around) if sight.sale and not lead else None,
        installation=_installation(customer, sight, around) if sight.installation and not lead else None,
        lead=_lead(customer, sight, around) if lead else None,
        custom={str(id): value for id, value in customer.custom.items()},
        version=customer.version,
    )


def _shown(customer: Customer, name: str, sight: Sight) -> str | None:
    secret: Secret | None = getattr(customer, name)
    if secret is None:
        return None
    return secret.reveal() if name in sight.confidential else MASKED


def _sale(customer: Customer, around: Around) -> SaleView:
    sale = customer.sale
    return SaleView(
        source=customer.source,
        campaign=customer.campaign,
        call_center_rep=customer.lead.call_center_rep,
        months_remaining=around.months_remaining,
        sale_date=sale.sale_date,
        sold_by=sale.sold_by,
        trainee_or_trainer=sale.trainee_or_trainer,
        lead_rep=sale.lead_rep,
        account_number=sale.account_number,
        monitoring_number=sale.monitoring_number,
        serial_number=sale.serial_number,
        system_type=sale.system_type,
        monthly_rate=sale.monthly_rate,
        a_la_carte=sale.a_la_carte,
        monitoring_plan=sale.monitoring_plan,
        cancelled=sale.cancelled,
        cancelled_on=sale.cancelled_on,
        cancellation_reason=sale.cancellation_reason,
        discount_affiliate=sale.discount_affiliate,
        discount_member_number=sale.discount_member_number,
        monitored_by=sale.monitored_by,
        interactive_provider=sale.interactive_provider,
        contract_term=sale.contract_term,
        activation_fee=sale.activation_fee,
        warranty_term=sale.warranty_term,
        dealer_number=sale.dealer_number,
        collections_date=sale.collections_date,
    )


def _installation(customer: Customer, sight: Sight, around: Around) -> InstallationView:
    section, install = customer.installation, around.install
    return InstallationView(
        appointment=install.appointment if install else None,
        appointments=tuple(_install_view(each) for each in around.installs),
        install_date=install.date if install else None,
        technician=install.user if install else None,
        reports_to=install.reports_to if install else None,
        confirmation_number=_shown(customer, "confirmation_number", sight),
        receiver_number=_shown(customer, "receiver_number", sight),
        abort_code=_shown(customer, "abort_code", sight),
        installed=section.installed,
        two_way_voice=section.two_way_voice,
        cellular_backup=section.cellular_backup,
        guard_response=section.guard_response,
        maintenance=section.maintenance,
        invoicing=section.invoicing,
        aarp=section.aarp,
        tellular=section.tellular,
        pulse=section.pulse,
        services=section.services,
    )


def _install_view(visit: InstallVisit) -> InstallAppointmentView:
    start = local(visit.start, visit.zone)
    return InstallAppointmentView(
        id=visit.appointment, start=start, zone=visit.zone, date=start.date(), technician=visit.user
    )


def _lead(customer: Customer, sight: Sight, around: Around) -> LeadView:
    lead = customer.lead
    return LeadView(
        entered_at=_local(lead.entered_at, around.zone),
        call_center_rep=lead.call_center_rep,
        callback_at=_local(lead.callback_at, around.zone),
        zone=around.zone,
        disposition=lead.disposition,
        call_center_comments=lead.call_center_comments,
        status=lead.status,
        lead_rep=lead.lead_rep if sight.lead_rep and around.has_lead_rep else None,
        comments=lead.comments,
    )


def _local(instant: datetime | None, zone: str) -> datetime | None:
    return None if instant is None else local(instant, zone)


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
    customer: Customer,
    parent: Customer | None,
    children: Sequence[Customer],
    may_see: Callable[[Customer], bool],
    *,
    count: int | None = None,
) -> FamilyView:
    """
    *count*: how many sub-customers there are, where *children* are only the first of them.
    """
    count = len(children) if count is None else count
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
