"""
The fields of customers, and of what is left of them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import AccountType, CustomerId, CustomValue, Installation, Lead, Sale, Verification
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret


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


class TombstoneFields(TypedDict, total=False):
    id: CustomerId
    number: int
    stage: Stage
    location: LocationId
    by: UserId | None
    at: datetime
    merged_into: CustomerId | None
    version: int
