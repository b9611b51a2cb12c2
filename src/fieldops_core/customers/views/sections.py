"""
The sections of a record, and how much of a record its reader sees.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.model import MASKED, Customer, InstallVisit
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


def shown(customer: Customer, name: str, sight: Sight) -> str | None:
    """
    A confidential field, ``***`` for whom may not see it (ACC-14).
    """
    secret: Secret | None = getattr(customer, name)
    if secret is None:
        return None
    return secret.reveal() if name in sight.confidential else MASKED


def sale_view(customer: Customer, around: Around) -> SaleView:
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


def installation_view(customer: Customer, sight: Sight, around: Around) -> InstallationView:
    section, install = customer.installation, around.install
    return InstallationView(
        appointment=install.appointment if install else None,
        appointments=tuple(_install_view(each) for each in around.installs),
        install_date=install.date if install else None,
        technician=install.user if install else None,
        reports_to=install.reports_to if install else None,
        confirmation_number=shown(customer, "confirmation_number", sight),
        receiver_number=shown(customer, "receiver_number", sight),
        abort_code=shown(customer, "abort_code", sight),
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


def lead_view(customer: Customer, sight: Sight, around: Around) -> LeadView:
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
