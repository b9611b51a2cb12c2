"""
Who knows where addresses lie, and the records whose addresses wait to be looked up.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from fieldops_core.customers.model import CustomerId, Located, Suggestion
from fieldops_core.kernel.contact import Address, PostalCode


class Geocoder(Protocol):
    """
    Knows where addresses lie, at once and without asking anybody: it is asked within transactions.
    """

    def locate(self, address: Address) -> Located | None:
        """
        None where the address is not found: a record is saved all the same (CUS-14).
        """

    def state_of(self, code: PostalCode) -> str | None:
        """
        The two letters of the state in which a postal code lies; None where that is not known.
        """


class NoGeocoder:
    """
    Finds nothing: for embedders who send coordinates themselves.
    """

    def locate(self, _: Address) -> Located | None:
        return None

    def state_of(self, _: PostalCode) -> str | None:
        return None


class AddressService(Protocol):
    """
    Knows addresses better, and may have to ask somebody outside, who takes their time or fails: it is asked after the
    transaction of a change, never within it.
    """

    @property
    def looks_up(self) -> bool:
        """
        Whether it knows more than the geocoder does: without that, nothing waits to be looked up.
        """

    def look_up(self, address: Address) -> Located | None:
        """
        None where the address is not found, not even its street.

        Raises:
            AddressServiceFailed: where the service does not answer: it is asked again later.
        """

    def suggest(self, text: str, *, limit: int) -> tuple[Suggestion, ...]:
        """
        At most *limit* addresses that may be meant by what was typed so far, the likeliest first; fewer, or none, where
        a service does not answer at once.
        """


class AddressServiceFailed(Exception):
    """
    The service did not answer in time, or not with addresses.
    """


class NoAddressService:
    """
    Looks up nothing, and suggests nothing.
    """

    looks_up = False

    def look_up(self, _: Address) -> Located | None:
        return None

    def suggest(self, _: str, *, limit: int) -> tuple[Suggestion, ...]:
        return ()


class Lookups(Protocol):
    """
    The records whose addresses wait to be looked up (CUS-14).
    """

    def put(self, customers: Collection[CustomerId], *, due: datetime) -> None:
        """
        These are due then, and were not asked for yet, whatever was known of them.
        """

    def put_off(self, customer: CustomerId, *, due: datetime) -> None:
        """
        It was asked for in vain, once more, and is due again then.
        """

    def tries(self, customer: CustomerId) -> int | None:
        """
        How often it was asked for in vain; None where it does not wait.
        """

    def drop(self, customer: CustomerId) -> None:
        """
        It waits no longer, if it did.
        """
