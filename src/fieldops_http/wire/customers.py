"""
Requests about customers.
"""

import msgspec
from msgspec import UnsetType

from fieldops_core.access.model import Stage
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, FindDuplicates
from fieldops_core.customers.model import AccountType, CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_http.wire.values import AddressBody, Body, Change, Coordinates, address, keep, keep_as, point, secret


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
    confirmation_number: str | None = None
    receiver_number: str | None = None
    abort_code: str | None = None
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
            confirmation_number=secret(self.confirmation_number, "confirmation_number"),
            receiver_number=secret(self.receiver_number, "receiver_number"),
            abort_code=secret(self.abort_code, "abort_code"),
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
    confirmation_number: str | None | UnsetType = msgspec.UNSET
    receiver_number: str | None | UnsetType = msgspec.UNSET
    abort_code: str | None | UnsetType = msgspec.UNSET

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
            confirmation_number=keep_as(self.confirmation_number, secret),
            receiver_number=keep_as(self.receiver_number, secret),
            abort_code=keep_as(self.abort_code, secret),
        )
