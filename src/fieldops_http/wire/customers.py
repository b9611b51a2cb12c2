"""
Requests about customers.
"""

import msgspec
from msgspec import UnsetType

from fieldops_core.access.model import Stage
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer
from fieldops_core.customers.model import AccountType, CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_http.wire.values import AddressBody, Body, Change, Coordinates, address, keep, keep_as, point


class CreateCustomerBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A new record. A customer names its location; a lead without one gets its creator's home. *phone* is read in the
    location's country where it has no `+`.
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
        )


class ChangeCustomerBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields. A changed address drops the old coordinates unless new ones come with it.
    """

    phone: str | UnsetType = msgspec.UNSET
    account_type: AccountType | UnsetType = msgspec.UNSET
    first_name: str | UnsetType = msgspec.UNSET
    last_name: str | UnsetType = msgspec.UNSET
    business_name: str | UnsetType = msgspec.UNSET
    external_id: str | None | UnsetType = msgspec.UNSET
    address: AddressBody | UnsetType = msgspec.UNSET
    coordinates: Coordinates | None | UnsetType = msgspec.UNSET

    def command(self, customer: CustomerId) -> ChangeCustomer:
        return ChangeCustomer(
            customer=customer,
            phone=keep(self.phone),
            account_type=keep(self.account_type),
            first_name=keep(self.first_name),
            last_name=keep(self.last_name),
            business_name=keep(self.business_name),
            external_id=keep(self.external_id),
            address=keep_as(self.address, address),
            point=keep_as(self.coordinates, point),
        )
