"""
What can be done and asked about customers, and what happens then.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import AccountType, ArchiveStatus, CustomerId, CustomValue, RecordStatus, Sort
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class SaleFields:
    """
    The fields of the sale section that are sent (CUS-04), a customer's *source* and *campaign* among them.
    """

    source: EntryId | None | Keep = UNSET
    campaign: EntryId | None | Keep = UNSET
    sale_date: date | None | Keep = UNSET
    sold_by: UserId | None | Keep = UNSET
    trainee_or_trainer: UserId | None | Keep = UNSET
    lead_rep: UserId | None | Keep = UNSET
    account_number: str | Keep = UNSET
    monitoring_number: str | Keep = UNSET
    serial_number: str | Keep = UNSET
    system_type: EntryId | None | Keep = UNSET
    monthly_rate: EntryId | None | Keep = UNSET
    a_la_carte: bool | Keep = UNSET
    monitoring_plan: EntryId | None | Keep = UNSET
    cancelled: bool | Keep = UNSET
    cancelled_on: date | None | Keep = UNSET
    cancellation_reason: EntryId | None | Keep = UNSET
    discount_affiliate: EntryId | None | Keep = UNSET
    discount_member_number: str | Keep = UNSET
    monitored_by: EntryId | None | Keep = UNSET
    interactive_provider: EntryId | None | Keep = UNSET
    contract_term: EntryId | None | Keep = UNSET
    activation_fee: EntryId | None | Keep = UNSET
    warranty_term: EntryId | None | Keep = UNSET
    dealer_number: EntryId | None | Keep = UNSET
    collections_date: date | None | Keep = UNSET


@frozen(kw_only=True)
class InstallationFields:
    """
    The fields of the installation section that are sent (CUS-07), apart from its confidential codes.
    """

    appointment: UUID | None | Keep = UNSET
    installed: bool | Keep = UNSET
    two_way_voice: bool | Keep = UNSET
    cellular_backup: bool | Keep = UNSET
    guard_response: bool | Keep = UNSET
    maintenance: bool | Keep = UNSET
    invoicing: bool | Keep = UNSET
    aarp: bool | Keep = UNSET
    tellular: bool | Keep = UNSET
    pulse: bool | Keep = UNSET
    services: tuple[EntryId, ...] | Keep = UNSET


@frozen(kw_only=True)
class LeadFields:
    """
    The fields of a lead's section that are sent (CUS-08). *callback_at* is local to the record's location where it has
    no offset.
    """

    callback_at: datetime | None | Keep = UNSET
    disposition: EntryId | None | Keep = UNSET
    call_center_comments: str | Keep = UNSET
    status: EntryId | None | Keep = UNSET
    lead_rep: UserId | None | Keep = UNSET
    comments: str | Keep = UNSET


CustomFields = Mapping[EntryId, CustomValue | None]
"""
Values of custom fields that are sent, by the ids of the fields; None empties one.
"""
NO_CUSTOM_FIELDS: CustomFields = MappingProxyType({})


@frozen(kw_only=True)
class CreateCustomer:
    """
    A new record. A customer names its location; a lead without one gets its creator's home. *phone* is read in the
    location's country where it has no ``+``. Without *point* the address is looked up. *ssn* has nine digits,
    *birthdate* is written ``1980-01-31``. *source* and *campaign* are a lead's; a customer's are in *sale*. A record
    that there may be already is made only *despite_duplicates*, where the company asks for that (CUS-13).
    """

    stage: Stage = Stage.CUSTOMER
    phone: str
    account_type: AccountType | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    external_id: str | None = None
    location: LocationId | None = None
    address: Address = Address()
    point: Point | None = None
    county: str = ""
    cross_street: str = ""
    work_phone: str | None = None
    cell_phone: str | None = None
    other_phone: str | None = None
    email: str | None = None
    language: str = ""
    best_time: str = ""
    spouse: str = ""
    business_contact: str = ""
    birthdate: Secret | None = None
    ssn: Secret | None = None
    confirmation_number: Secret | None = None
    receiver_number: Secret | None = None
    abort_code: Secret | None = None
    account_class: EntryId | None = None
    credit_score: int | None = None
    credit_tracking_number: str = ""
    source: EntryId | None = None
    campaign: EntryId | None = None
    sale: SaleFields = SaleFields()
    installation: InstallationFields = InstallationFields()
    lead: LeadFields = LeadFields()
    custom: CustomFields = NO_CUSTOM_FIELDS
    despite_duplicates: bool = False


@frozen(kw_only=True)
class ChangeCustomer:
    """
    New values for some fields. A changed address drops the old coordinates; unless new ones come with it, it is looked
    up. A confidential field that comes back as ``***`` is left alone (ACC-15). Of a section, the fields that are sent.
    Another *location* needs the permission at both, and open appointments follow (CUS-19).
    """

    customer: CustomerId
    phone: str | Keep = UNSET
    account_type: AccountType | Keep = UNSET
    first_name: str | Keep = UNSET
    last_name: str | Keep = UNSET
    business_name: str | Keep = UNSET
    external_id: str | None | Keep = UNSET
    location: LocationId | Keep = UNSET
    address: Address | Keep = UNSET
    point: Point | None | Keep = UNSET
    county: str | Keep = UNSET
    cross_street: str | Keep = UNSET
    work_phone: str | None | Keep = UNSET
    cell_phone: str | None | Keep = UNSET
    other_phone: str | None | Keep = UNSET
    email: str | None | Keep = UNSET
    language: str | Keep = UNSET
    best_time: str | Keep = UNSET
    spouse: str | Keep = UNSET
    business_contact: str | Keep = UNSET
    birthdate: Secret | None | Keep = UNSET
    ssn: Secret | None | Keep = UNSET
    confirmation_number: Secret | None | Keep = UNSET
    receiver_number: Secret | None | Keep = UNSET
    abort_code: Secret | None | Keep = UNSET
    account_class: EntryId | None | Keep = UNSET
    credit_score: int | None | Keep = UNSET
    credit_tracking_number: str | Keep = UNSET
    source: EntryId | None | Keep = UNSET
    campaign: EntryId | None | Keep = UNSET
    sale: SaleFields = SaleFields()
    installation: InstallationFields = InstallationFields()
    lead: LeadFields = LeadFields()
    custom: CustomFields = NO_CUSTOM_FIELDS


@frozen(kw_only=True)
class ConvertLead:
    """
    A lead becomes a customer of *location*, *sold_by* a user (CUS-18). What a customer cannot do without and the lead
    does not have yet comes with it. The number and the lead's appointments stay.
    """

    customer: CustomerId
    location: LocationId | None = None
    sold_by: UserId | None = None
    account_type: AccountType | Keep = UNSET
    first_name: str | Keep = UNSET
    last_name: str | Keep = UNSET
    business_name: str | Keep = UNSET
    custom: CustomFields = NO_CUSTOM_FIELDS


@frozen(kw_only=True)
class ShowCustomer:
    customer: CustomerId


@frozen(kw_only=True)
class ListCustomers:
    """
    Records, at most *limit*, those after a place that the page before named. *search*: words of a name, business name,
    telephone number, email, number or address, each of which must be found somewhere in the record, those of fewer than
    3 characters at the start of a word (CUS-15). *tag*: those that have it; *lead_status*: leads of that status;
    *status*: those at risk, or customers whose account is cancelled, as far as the reader may see that. Without *sort*
    by number, or as close as they come to the search.
    """

    search: str | None = None
    number: int | None = None
    location: LocationId | None = None
    stage: Stage | None = None
    tag: EntryId | None = None
    lead_status: EntryId | None = None
    status: RecordStatus | None = None
    sort: Sort | None = None
    after: str | None = None
    archive: ArchiveStatus = ArchiveStatus.ALL
    limit: int = 50


@frozen(kw_only=True)
class LinkParent:
    """
    Make a *customer* a sub-customer of a *parent*, in place of the one that it has.
    """

    customer: CustomerId
    parent: CustomerId


@frozen(kw_only=True)
class UnlinkParent:
    customer: CustomerId


@frozen(kw_only=True)
class ShowFamily:
    customer: CustomerId


@frozen(kw_only=True)
class FindParents:
    """
    Who may become the parent of a *customer*, in the order of their numbers: top-level customers that the reader may
    view, found by words of *search* as a list finds them (FAM-02).
    """

    customer: CustomerId
    search: str = ""
    limit: int = 50


TEXT_FIELDS = (
    "phone",
    "work_phone",
    "cell_phone",
    "other_phone",
    "first_name",
    "last_name",
    "business_name",
    "business_contact",
    "county",
    "cross_street",
    "email",
    "language",
    "best_time",
    "spouse",
)
CHOICE_FIELDS = ("account_class", "source", "campaign", "lead_status")
SECRET_FIELDS = ("ssn", "birthdate", "confirmation_number", "receiver_number", "abort_code")
ADDRESS_FIELDS = ("line1", "line2", "city", "state")
IMPORT_FIELDS = (
    "external_id",
    *TEXT_FIELDS,
    "account_type",
    "stage",
    "location",
    *CHOICE_FIELDS,
    *ADDRESS_FIELDS,
    "postal_code",
    "latitude",
    "longitude",
    *SECRET_FIELDS,
)
"""
What the lines of an import can say of a record; CHOICE_FIELDS by the name or the id of a catalog entry.
"""


@frozen(kw_only=True)
class ImportLine:
    """
    One line of a file: its number, and its texts by field.
    """

    line: int
    values: Mapping[str, str]


@frozen(kw_only=True)
class ImportCustomers:
    """
    New records from lines of a file, each of which says some IMPORT_FIELDS (*location*: a name or an id). What is known
    by its external id is left alone; a line that a rule refuses is told and the others go in; all in one transaction
    (CUS-26).
    """

    lines: tuple[ImportLine, ...]


class CustomerCreated(Event):
    pass


class CustomerChanged(Event):
    pass


class CustomerLinked(Event):
    """
    It became a sub-customer, or another's (FAM-01).
    """


class CustomerUnlinked(Event):
    """
    It is nobody's sub-customer any more (FAM-03).
    """


class LeadConverted(Event):
    pass
