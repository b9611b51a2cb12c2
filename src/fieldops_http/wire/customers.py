"""
Requests about customers.
"""

from datetime import date
from typing import Annotated, Generic, TypedDict, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import (
    ChangeCustomer,
    ConvertLead,
    CreateCustomer,
    FindDuplicates,
    InstallationFields,
    LeadFields,
    SaleFields,
)
from fieldops_core.customers.model import INSTALLATION_CODES, AccountType, CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.records import made
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET
from fieldops_http.wire.values import (
    AddressBody,
    Body,
    Change,
    Coordinates,
    Fold,
    Start,
    Whole,
    address,
    given,
    keep,
    keep_as,
    point,
    secret,
    told,
)

Otherwise = TypeVar("Otherwise")


Custom = Annotated[
    dict[EntryId, str | int | float | bool | None],
    Meta(max_length=500, description="Values of custom fields by their ids; null empties one."),
]


class SaleBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The sale section of a customer: users and catalog entries by their ids. What is left out stays as it is.
    """

    source: EntryId | None | UnsetType = msgspec.UNSET
    campaign: EntryId | None | UnsetType = msgspec.UNSET
    sale_date: date | None | UnsetType = msgspec.UNSET
    sold_by: UserId | None | UnsetType = msgspec.UNSET
    trainee_or_trainer: UserId | None | UnsetType = msgspec.UNSET
    lead_rep: UserId | None | UnsetType = msgspec.UNSET
    account_number: str | UnsetType = msgspec.UNSET
    monitoring_number: str | UnsetType = msgspec.UNSET
    serial_number: str | UnsetType = msgspec.UNSET
    system_type: EntryId | None | UnsetType = msgspec.UNSET
    monthly_rate: EntryId | None | UnsetType = msgspec.UNSET
    a_la_carte: bool | UnsetType = msgspec.UNSET
    monitoring_plan: EntryId | None | UnsetType = msgspec.UNSET
    cancelled: bool | UnsetType = msgspec.UNSET
    cancelled_on: date | None | UnsetType = msgspec.UNSET
    cancellation_reason: EntryId | None | UnsetType = msgspec.UNSET
    discount_affiliate: EntryId | None | UnsetType = msgspec.UNSET
    discount_member_number: str | UnsetType = msgspec.UNSET
    monitored_by: EntryId | None | UnsetType = msgspec.UNSET
    interactive_provider: EntryId | None | UnsetType = msgspec.UNSET
    contract_term: EntryId | None | UnsetType = msgspec.UNSET
    activation_fee: EntryId | None | UnsetType = msgspec.UNSET
    warranty_term: EntryId | None | UnsetType = msgspec.UNSET
    dealer_number: EntryId | None | UnsetType = msgspec.UNSET
    collections_date: date | None | UnsetType = msgspec.UNSET


class InstallationBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The installation section of a customer. *appointment* chooses among several install appointments. What is left out
    stays as it is, and a confidential code that comes back as `***`.
    """

    appointment: UUID | None | UnsetType = msgspec.UNSET
    confirmation_number: str | None | UnsetType = msgspec.UNSET
    receiver_number: str | None | UnsetType = msgspec.UNSET
    abort_code: str | None | UnsetType = msgspec.UNSET
    installed: bool | UnsetType = msgspec.UNSET
    two_way_voice: bool | UnsetType = msgspec.UNSET
    cellular_backup: bool | UnsetType = msgspec.UNSET
    guard_response: bool | UnsetType = msgspec.UNSET
    maintenance: bool | UnsetType = msgspec.UNSET
    invoicing: bool | UnsetType = msgspec.UNSET
    aarp: bool | UnsetType = msgspec.UNSET
    tellular: bool | UnsetType = msgspec.UNSET
    pulse: bool | UnsetType = msgspec.UNSET
    services: Annotated[tuple[EntryId, ...], Meta(max_length=200)] | UnsetType = msgspec.UNSET


class LeadBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The section of a lead. *callback_at* is local to its location where it has no offset; of two equal local times
    *fold* 1 means the second. What is left out stays as it is.
    """

    callback_at: Start | None | UnsetType = msgspec.UNSET
    fold: Fold = 0
    disposition: EntryId | None | UnsetType = msgspec.UNSET
    call_center_comments: str | UnsetType = msgspec.UNSET
    status: EntryId | None | UnsetType = msgspec.UNSET
    lead_rep: UserId | None | UnsetType = msgspec.UNSET
    comments: str | UnsetType = msgspec.UNSET


def sale(body: SaleBody | UnsetType) -> SaleFields:
    return SaleFields() if isinstance(body, UnsetType) else made(SaleFields, given(body))


def installation(body: InstallationBody | UnsetType) -> InstallationFields:
    if isinstance(body, UnsetType):
        return InstallationFields()
    sent = {name: value for name, value in given(body).items() if name not in INSTALLATION_CODES}
    return made(InstallationFields, sent)


def lead(body: LeadBody | UnsetType) -> LeadFields:
    if isinstance(body, UnsetType):
        return LeadFields()
    sent = {name: value for name, value in given(body).items() if name != "fold"}
    if isinstance(body.callback_at, str):
        sent["callback_at"] = told(body.callback_at, body.fold, field="lead.callback_at")
    return made(LeadFields, sent)


class Codes(TypedDict, Generic[Otherwise]):
    confirmation_number: Secret | None | Otherwise
    receiver_number: Secret | None | Otherwise
    abort_code: Secret | None | Otherwise


def codes(body: InstallationBody | UnsetType, *, otherwise: Otherwise) -> Codes[Otherwise]:
    """
    The confidential codes of the installation section.
    """

    def code(name: str) -> Secret | None | Otherwise:
        text: str | None | UnsetType = getattr(body, name, msgspec.UNSET)
        return otherwise if isinstance(text, UnsetType) else secret(text, f"installation.{name}")

    return Codes(
        confirmation_number=code("confirmation_number"),
        receiver_number=code("receiver_number"),
        abort_code=code("abort_code"),
    )


class CreateCustomerBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A new record. A customer names its location; a lead without one gets its creator's home. *phone* is read in the
    location's country where it has no `+`. Without coordinates the address is looked up. *ssn* has nine digits,
    *birthdate* is written `1980-01-31`. A record that there may be already is refused, with the candidates, until
    *despite_duplicates* says that you have looked.
    """

    phone: str
    stage: Stage = Stage.CUSTOMER
    account_type: AccountType | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    external_id: str | None = None
    location: LocationId | None = None
    address: AddressBody | UnsetType = msgspec.UNSET
    coordinates: Coordinates | None = None
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
    birthdate: str | None = None
    ssn: str | None = None
    account_class: EntryId | None = None
    credit_score: Whole | None = None
    credit_tracking_number: str = ""
    source: EntryId | None = None
    campaign: EntryId | None = None
    sale: SaleBody | UnsetType = msgspec.UNSET
    installation: InstallationBody | UnsetType = msgspec.UNSET
    lead: LeadBody | UnsetType = msgspec.UNSET
    custom: Custom = {}  # noqa: RUF012  frozen, and msgspec copies it
    despite_duplicates: bool = False

    def command(self) -> CreateCustomer:
        return CreateCustomer(
            stage=self.stage,
            phone=self.phone,
            account_type=self.account_type,
            first_name=self.first_name,
            last_name=self.last_name,
            business_name=self.business_name,
            external_id=self.external_id,
            location=self.location,
            address=address(self.address),
            point=point(self.coordinates),
            county=self.county,
            cross_street=self.cross_street,
            work_phone=self.work_phone,
            cell_phone=self.cell_phone,
            other_phone=self.other_phone,
            email=self.email,
            language=self.language,
            best_time=self.best_time,
            spouse=self.spouse,
            business_contact=self.business_contact,
            birthdate=secret(self.birthdate, "birthdate"),
            ssn=secret(self.ssn, "ssn"),
            **codes(self.installation, otherwise=None),
            account_class=self.account_class,
            credit_score=self.credit_score,
            credit_tracking_number=self.credit_tracking_number,
            source=self.source,
            campaign=self.campaign,
            sale=sale(self.sale),
            installation=installation(self.installation),
            lead=lead(self.lead),
            custom=self.custom,
            despite_duplicates=self.despite_duplicates,
        )


class FindDuplicatesBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What is told of a new record so far. Names count only together with the address.
    """

    stage: Stage = Stage.CUSTOMER
    location: LocationId | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    address: AddressBody | UnsetType = msgspec.UNSET
    phone: str | None = None
    work_phone: str | None = None
    cell_phone: str | None = None
    other_phone: str | None = None
    email: str | None = None

    def question(self) -> FindDuplicates:
        return FindDuplicates(
            stage=self.stage,
            location=self.location,
            first_name=self.first_name,
            last_name=self.last_name,
            business_name=self.business_name,
            address=address(self.address),
            phone=self.phone,
            work_phone=self.work_phone,
            cell_phone=self.cell_phone,
            other_phone=self.other_phone,
            email=self.email,
        )


class ChangeCustomerBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields. A changed address drops the old coordinates; unless new ones come with it, it is looked
    up. A confidential field that comes back as `***` is left alone. Open appointments follow to another location.
    """

    phone: str | UnsetType = msgspec.UNSET
    account_type: AccountType | UnsetType = msgspec.UNSET
    first_name: str | UnsetType = msgspec.UNSET
    last_name: str | UnsetType = msgspec.UNSET
    business_name: str | UnsetType = msgspec.UNSET
    external_id: str | None | UnsetType = msgspec.UNSET
    location: LocationId | UnsetType = msgspec.UNSET
    address: AddressBody | UnsetType = msgspec.UNSET
    coordinates: Coordinates | None | UnsetType = msgspec.UNSET
    county: str | UnsetType = msgspec.UNSET
    cross_street: str | UnsetType = msgspec.UNSET
    work_phone: str | None | UnsetType = msgspec.UNSET
    cell_phone: str | None | UnsetType = msgspec.UNSET
    other_phone: str | None | UnsetType = msgspec.UNSET
    email: str | None | UnsetType = msgspec.UNSET
    language: str | UnsetType = msgspec.UNSET
    best_time: str | UnsetType = msgspec.UNSET
    spouse: str | UnsetType = msgspec.UNSET
    business_contact: str | UnsetType = msgspec.UNSET
    birthdate: str | None | UnsetType = msgspec.UNSET
    ssn: str | None | UnsetType = msgspec.UNSET
    account_class: EntryId | None | UnsetType = msgspec.UNSET
    credit_score: Whole | None | UnsetType = msgspec.UNSET
    credit_tracking_number: str | UnsetType = msgspec.UNSET
    source: EntryId | None | UnsetType = msgspec.UNSET
    campaign: EntryId | None | UnsetType = msgspec.UNSET
    sale: SaleBody | UnsetType = msgspec.UNSET
    installation: InstallationBody | UnsetType = msgspec.UNSET
    lead: LeadBody | UnsetType = msgspec.UNSET
    custom: Custom = {}  # noqa: RUF012  frozen, and msgspec copies it

    def command(self, customer: CustomerId) -> ChangeCustomer:
        return ChangeCustomer(
            customer=customer,
            phone=keep(self.phone),
            account_type=keep(self.account_type),
            first_name=keep(self.first_name),
            last_name=keep(self.last_name),
            business_name=keep(self.business_name),
            external_id=keep(self.external_id),
            location=keep(self.location),
            address=keep_as(self.address, address),
            point=keep_as(self.coordinates, point),
            county=keep(self.county),
            cross_street=keep(self.cross_street),
            work_phone=keep(self.work_phone),
            cell_phone=keep(self.cell_phone),
            other_phone=keep(self.other_phone),
            email=keep(self.email),
            language=keep(self.language),
            best_time=keep(self.best_time),
            spouse=keep(self.spouse),
            business_contact=keep(self.business_contact),
            birthdate=keep_as(self.birthdate, secret),
            ssn=keep_as(self.ssn, secret),
            **codes(self.installation, otherwise=UNSET),
            account_class=keep(self.account_class),
            credit_score=keep(self.credit_score),
            credit_tracking_number=keep(self.credit_tracking_number),
            source=keep(self.source),
            campaign=keep(self.campaign),
            sale=sale(self.sale),
            installation=installation(self.installation),
            lead=lead(self.lead),
            custom=self.custom,
        )


class ConvertLeadBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The location that the customer belongs to and who sold; and what a customer cannot do without and the lead does not
    have yet. What is still missing is told as `conversion.incomplete`.
    """

    location: LocationId | None = None
    sold_by: UserId | None = None
    account_type: AccountType | UnsetType = msgspec.UNSET
    first_name: str | UnsetType = msgspec.UNSET
    last_name: str | UnsetType = msgspec.UNSET
    business_name: str | UnsetType = msgspec.UNSET
    custom: Custom = {}  # noqa: RUF012  frozen, and msgspec copies it

    def command(self, customer: CustomerId) -> ConvertLead:
        return ConvertLead(
            customer=customer,
            location=self.location,
            sold_by=self.sold_by,
            account_type=keep(self.account_type),
            first_name=keep(self.first_name),
            last_name=keep(self.last_name),
            business_name=keep(self.business_name),
            custom=self.custom,
        )
