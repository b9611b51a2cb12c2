"""
What the builders take: the fields of each record, all optional.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from fieldops_core.access.model import Grants, Kind, RoleId, Stage, TokenId
from fieldops_core.company.model import Attributes, Catalog, EntryId, JobLine, Settings, SubType, SubTypeId, TypeId
from fieldops_core.customers.model import (
    AccountType,
    AtRiskMarkId,
    ConnectionId,
    ConnectionKind,
    ContactId,
    CreditCheckId,
    CreditReport,
    CustomerId,
    CustomValue,
    FileContent,
    FileId,
    FulfilmentId,
    Installation,
    Lead,
    NoteId,
    Sale,
    TicketId,
    TicketStatus,
    Verification,
)
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.time import Period
from fieldops_core.messaging.model import Channel, MessageId, MessageState, Sheet
from fieldops_core.scheduling.model import (
    AppointmentId,
    CancelledBy,
    HoldId,
    Rescheduling,
    SeriesId,
    Status,
    StatusChange,
    VisitOutcome,
    WorkOrderId,
)
from fieldops_core.staff.model import AbsenceId, WorkingHours
from fieldops_core.work_orders.model import (
    EquipmentId,
    EquipmentStatus,
    PurchaseLine,
    PurchaseOrderId,
    PurchaseStatus,
    StockId,
    WorkItem,
    WorkOrderStatus,
)


class CompanyFields(TypedDict, total=False):
    id: CompanyId
    slug: str
    name: str
    settings: Settings
    version: int


class LocationFields(TypedDict, total=False):
    id: LocationId
    name: str
    zone: str
    address: Address
    point: Point | None
    tech_minutes: int | None
    active: bool
    version: int


class SubTypeFields(TypedDict, total=False):
    id: SubTypeId
    name: str
    minutes: int | None
    active: bool


class TypeFields(TypedDict, total=False):
    id: TypeId
    kind: Kind
    name: str
    minutes: int
    active: bool
    sub_types: tuple[SubType, ...]
    install: bool
    version: int


class CatalogEntryFields(TypedDict, total=False):
    id: EntryId
    catalog: Catalog
    name: str
    active: bool
    attributes: Attributes
    version: int


class RoleFields(TypedDict, total=False):
    id: RoleId
    name: str
    grants: Grants
    owner: bool
    version: int


class TokenFields(TypedDict, total=False):
    id: TokenId
    user: UserId
    name: str
    hash: str
    scopes: Grants | None
    expires_at: datetime
    revoked_at: datetime | None
    version: int


class UserFields(TypedDict, total=False):
    id: UserId
    name: str
    email: Email
    phone: Phone | None
    language: str
    zone: str | None
    active: bool
    home: LocationId
    further: tuple[LocationId, ...]
    reports_to: UserId | None
    technician: bool
    sales_rep: bool
    program_types: tuple[TypeId, ...]
    start_address: Address
    start: Point | None
    coverage_radius: float
    hours: WorkingHours
    roles: tuple[RoleId, ...]
    grants: Grants
    external_id: str | None
    version: int


class AbsenceFields(TypedDict, total=False):
    id: AbsenceId
    user: UserId | None
    location: LocationId | None
    first: date
    last: date
    start: int
    end: int
    reason: str
    version: int


class CustomerFields(TypedDict, total=False):
    id: CustomerId
    number: int
    stage: Stage
    account_type: AccountType | None
    first_name: str
    last_name: str
    business_name: str
    external_id: str | None
    location: LocationId
    phone: Phone
    address: Address
    county: str
    cross_street: str
    point: Point | None
    point_is_estimate: bool
    verification: Verification
    work_phone: Phone | None
    cell_phone: Phone | None
    other_phone: Phone | None
    email: Email | None
    language: str
    best_time: str
    spouse: str
    business_contact: str
    birthdate: Secret | None
    ssn: Secret | None
    confirmation_number: Secret | None
    receiver_number: Secret | None
    abort_code: Secret | None
    account_class: EntryId | None
    credit_score: int | None
    credit_tracking_number: str
    source: EntryId | None
    campaign: EntryId | None
    sale: Sale
    installation: Installation
    lead: Lead
    custom: Mapping[EntryId, CustomValue]
    parent: CustomerId | None
    archived_at: datetime | None
    archived_by: UserId | None
    former_numbers: tuple[int, ...]
    version: int


class NoteFields(TypedDict, total=False):
    id: NoteId
    customer: CustomerId
    type: EntryId
    text: str
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class TicketFields(TypedDict, total=False):
    id: TicketId
    customer: CustomerId
    type: EntryId
    text: str
    assignee: UserId
    due: date
    status: TicketStatus
    closed_by: UserId | None
    closed_at: datetime | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class ContactFields(TypedDict, total=False):
    id: ContactId
    customer: CustomerId
    name: str
    relation: str
    phones: tuple[Phone, ...]
    place: int
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class AtRiskMarkFields(TypedDict, total=False):
    id: AtRiskMarkId
    customer: CustomerId
    reason: str
    created_by: UserId | None
    created_at: datetime
    cleared_by: UserId | None
    cleared_at: datetime | None
    version: int


class ConnectionFields(TypedDict, total=False):
    id: ConnectionId
    customer: CustomerId
    kind: ConnectionKind
    provider: EntryId
    account_number: str
    reference: str
    by_hand: bool
    linked_by: UserId | None
    linked_at: datetime
    unlinked_by: UserId | None
    unlinked_at: datetime | None
    version: int


class CreditCheckFields(TypedDict, total=False):
    id: CreditCheckId
    customer: CustomerId
    bureau: str
    report: CreditReport
    run_by: UserId | None
    run_at: datetime
    active: bool
    applied_by: UserId | None
    applied_at: datetime | None
    version: int


class FulfilmentFields(TypedDict, total=False):
    id: FulfilmentId
    customer: CustomerId
    regulation: EntryId
    number: str
    fulfilled_on: date
    expires_on: date | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class TombstoneFields(TypedDict, total=False):
    id: CustomerId
    number: int
    stage: Stage
    location: LocationId
    by: UserId | None
    at: datetime
    merged_into: CustomerId | None
    version: int


class MessageFields(TypedDict, total=False):
    id: MessageId
    customer: CustomerId
    channel: Channel
    to: Email
    subject: str
    body: str
    appointment: AppointmentId | None
    sheet: Sheet | None
    state: MessageState
    attempts: int
    last_error: str
    due_at: datetime | None
    sent_at: datetime | None
    created_by: UserId | None
    created_at: datetime
    version: int


class FileFields(TypedDict, total=False):
    id: FileId
    customer: CustomerId
    name: str
    content: FileContent
    created_by: UserId | None
    created_at: datetime
    version: int


class WorkOrderFields(TypedDict, total=False):
    id: WorkOrderId
    number: int
    customer: CustomerId
    external_id: str | None
    template: EntryId | None
    note_type: EntryId | None
    type: EntryId | None
    technician: UserId | None
    due: datetime | None
    subject: str
    note: str
    internal_note: Secret | None
    priority: EntryId | None
    lines: tuple[JobLine, ...]
    status: WorkOrderStatus
    reason: str
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class EquipmentFields(TypedDict, total=False):
    id: EquipmentId
    customer: CustomerId
    item: EntryId
    serial: str
    place: str
    wire_type: EntryId | None
    status: EquipmentStatus
    active: bool
    installed_on: date | None
    installed_by: UserId | None
    replaces: EquipmentId | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class WorkToPerformFields(TypedDict, total=False):
    id: WorkOrderId
    customer: CustomerId
    items: tuple[WorkItem, ...]
    version: int


class PurchaseOrderFields(TypedDict, total=False):
    id: PurchaseOrderId
    number: int
    vendor: EntryId
    recipient: UserId
    work_order: WorkOrderId
    work_order_number: int
    location: LocationId
    lines: tuple[PurchaseLine, ...]
    status: PurchaseStatus
    ordered_at: datetime | None
    received_at: datetime | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class StockFields(TypedDict, total=False):
    id: StockId
    technician: UserId
    item: EntryId
    quantity: int
    version: int


class AppointmentFields(TypedDict, total=False):
    id: AppointmentId
    kind: Kind
    type: TypeId
    sub_type: SubTypeId | None
    user: UserId
    customer: CustomerId
    location: LocationId
    period: Period
    agreed: datetime
    zone: str
    status: Status
    notes: str
    on_site_notes: str
    public_note: str
    private_note: Secret | None
    pending_reassignment: bool
    cancelled_by: CancelledBy | None
    cancellation_reason: str
    work_order: WorkOrderId | None
    former_work_order: int | None
    series: SeriesId | None
    rescheduling: Rescheduling
    reschedule_reason: EntryId | None
    outcome: VisitOutcome | None
    unable_reason: EntryId | None
    check_out_notes: str
    for_the_record: bool
    double_booked: bool
    double_booked_with: AppointmentId | None
    double_book_reason: str
    moments: tuple[StatusChange, ...]
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class HoldFields(TypedDict, total=False):
    id: HoldId
    user: UserId
    customer: CustomerId
    type: TypeId
    location: LocationId
    period: Period
    zone: str
    expires_at: datetime
    created_by: UserId | None
    created_at: datetime
    version: int


class BlockFields(TypedDict, total=False):
    appointment: AppointmentId
    version: int
    user: UserId
    kind: Kind
    status: Status
    start: datetime
    end: datetime
    occupied_until: datetime | None
    zone: str
    location: LocationId
    type: TypeId
    type_name: str
    customer: CustomerId
    customer_number: int
    customer_name: str
    customer_location: LocationId
    customer_point: Point | None
    stage: Stage
    pending_reassignment: bool
    double_booked: bool
    checked_out_at: datetime | None
    work_order: WorkOrderId | None
    series: SeriesId | None
