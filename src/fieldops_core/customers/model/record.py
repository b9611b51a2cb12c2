"""
The record of a customer or lead.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.customers.model.parts import (
    AccountType,
    CustomerId,
    CustomValue,
    Installation,
    Lead,
    Sale,
    Verification,
    _lasting,
)
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.plain import PARTS
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import filled, tidy
from fieldops_core.kernel.time import local_date


class ArchiveStatus(Enum):
    """
    Which records a list holds (CUS-15).
    """

    ALL = "all"
    ARCHIVED = "archived"
    ACTIVE = "active"

    @property
    def archived(self) -> bool | None:
        """
        Whether those are archived; None where it does not matter.
        """
        return None if self is ArchiveStatus.ALL else self is ArchiveStatus.ARCHIVED


CONTACT_INFORMATION = (
    "account_type",
    "first_name",
    "last_name",
    "business_name",
    "external_id",
    "phone",
    "address",
    "county",
    "cross_street",
    "point",
    "work_phone",
    "cell_phone",
    "other_phone",
    "email",
    "language",
    "best_time",
    "spouse",
    "business_contact",
    "birthdate",
    "ssn",
    "account_class",
    "credit_score",
    "credit_tracking_number",
)

"""
The fields of the record's personal section, which only ``contact_information`` lets change (ACC-13).
"""

CHOICES: Mapping[str, Catalog] = MappingProxyType(
    {
        "account_class": Catalog.ACCOUNT_CLASSES,
        "source": Catalog.SOURCES,
        "campaign": Catalog.CAMPAIGNS,
        "sale.system_type": Catalog.SYSTEM_TYPES,
        "sale.monthly_rate": Catalog.MONTHLY_RATES,
        "sale.monitoring_plan": Catalog.MONITORING_PLANS,
        "sale.cancellation_reason": Catalog.CANCELLATION_REASONS,
        "sale.discount_affiliate": Catalog.DISCOUNT_AFFILIATES,
        "sale.monitored_by": Catalog.MONITORING_COMPANIES,
        "sale.interactive_provider": Catalog.INTERACTIVE_PROVIDERS,
        "sale.contract_term": Catalog.CONTRACT_TERMS,
        "sale.activation_fee": Catalog.ACTIVATION_FEES,
        "sale.warranty_term": Catalog.WARRANTY_TERMS,
        "sale.dealer_number": Catalog.DEALER_NUMBERS,
        "lead.status": Catalog.LEAD_STATUSES,
        "lead.disposition": Catalog.LEAD_DISPOSITIONS,
    }
)

"""
The fields of a record that hold an entry of a catalog.
"""

REPRESENTATIVES = ("sale.sold_by", "sale.trainee_or_trainer", "sale.lead_rep", "lead.lead_rep")

"""
The fields of a record that hold a user.
"""


def at_path(record: object, path: str) -> object:
    """
    The value of a field, or of one of a section: ``sale.sold_by``.
    """
    for name in path.split("."):
        record = getattr(record, name)
    return record


@frozen(kw_only=True)
class Customer:
    """
    An account record, with the stage LEAD or CUSTOMER and a number per company that is never reused (CUS-01). *point*
    is where its address lies, None while nobody knows; *point_is_estimate* says that it is only somewhere near, in its
    postal code or street. *source* and *campaign* belong to the personal section of a lead, and to the sale section of
    a customer;
    *custom* holds the values of the company's custom fields, by their ids. *parent* is the customer that its billing
    rolls up to (FAM-01). *former_numbers* are those of records that were merged into it (CUS-25). It is read-only from
    *archived_at* on (ARC-06).
    """

    id: CustomerId
    number: int
    stage: Stage
    account_type: AccountType | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    external_id: str | None = None
    location: LocationId
    phone: Phone
    address: Address = Address()
    county: str = ""
    cross_street: str = ""
    point: Point | None = None
    point_is_estimate: bool = False
    verification: Verification = Verification.UNKNOWN
    work_phone: Phone | None = None
    cell_phone: Phone | None = None
    other_phone: Phone | None = None
    email: Email | None = None
    language: str = ""
    best_time: str = ""
    spouse: str = ""
    business_contact: str = ""
    birthdate: Secret | None = None
    ssn: Secret | None = None
    confirmation_number: Secret | None = None
    receiver_number: Secret | None = None
    abort_code: Secret | None = None
    parent: CustomerId | None = None
    archived_at: datetime | None = None
    archived_by: UserId | None = None
    account_class: EntryId | None = None
    credit_score: int | None = None
    credit_tracking_number: str = ""
    source: EntryId | None = None
    campaign: EntryId | None = None
    sale: Sale = field(default=Sale(), metadata=PARTS)
    installation: Installation = field(default=Installation(), metadata=PARTS)
    lead: Lead = field(default=Lead(), metadata=PARTS)
    custom: Mapping[EntryId, CustomValue] = field(
        default=MappingProxyType({}), converter=_lasting, hash=False, metadata=PARTS
    )
    former_numbers: tuple[int, ...] = ()
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, first_name=200, last_name=200, business_name=200, business_contact=200, credit_tracking_number=100)
        if self.credit_score is not None and not 0 <= self.credit_score <= 999:
            sentence = "A credit score is a number from 0 to 999."
            raise InvalidValue("credit_score.invalid", sentence, field="credit_score", rule="CUS-02")
        tidy(self, county=100, cross_street=200, language=35, best_time=200, spouse=200)
        if self.external_id is not None:
            object.__setattr__(self, "external_id", filled(self.external_id, field="external_id"))

    @property
    def placed(self) -> bool:
        """
        Whether it is known just where its address lies.
        """
        return self.point is not None and not self.point_is_estimate

    @property
    def name(self) -> str:
        """
        How lists and sentences call the customer: its business name, else its person's.
        """
        return self.business_name or f"{self.first_name} {self.last_name}".strip()

    @property
    def archived(self) -> bool:
        return self.archived_at is not None


@frozen(kw_only=True)
class InstallVisit:
    """
    An appointment of a *customer* whose type is marked ``install``, and that was neither cancelled nor missed: when it
    starts, in which zone, whose it is, and whom that user reports to.
    """

    appointment: UUID
    customer: CustomerId
    start: datetime
    zone: str
    user: UserId
    reports_to: UserId | None = None

    @property
    def date(self) -> date:
        """
        The local date of the install.
        """
        return local_date(self.start, self.zone)


def installed_by(customer: Customer, visits: tuple[InstallVisit, ...]) -> InstallVisit | None:
    """
    The install appointment of a record: the one chosen, else the only one there is (CUS-07).
    """
    chosen = next((each for each in visits if each.appointment == customer.installation.appointment), None)
    return chosen or (visits[0] if len(visits) == 1 else None)
