"""
Government regulations.
"""

from datetime import date

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId, FulfilmentId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class FulfilRegulation:
    """
    A record has fulfilled a regulation of its state or city. Where *expires_on* is not told it follows from the months
    for which the regulation holds; None: it never does.
    """

    customer: CustomerId
    regulation: EntryId
    fulfilled_on: date
    number: str = ""
    expires_on: date | None | Keep = UNSET


@frozen(kw_only=True)
class ChangeFulfilment:
    """
    New values for some fields.
    """

    fulfilment: FulfilmentId
    fulfilled_on: date | Keep = UNSET
    number: str | Keep = UNSET
    expires_on: date | None | Keep = UNSET


@frozen(kw_only=True)
class RemoveFulfilment:
    fulfilment: FulfilmentId


@frozen(kw_only=True)
class ShowFulfilment:
    fulfilment: FulfilmentId


@frozen(kw_only=True)
class ListRegulations:
    """
    The regulations of a record's state and city, and whatever else it has fulfilled.
    """

    customer: CustomerId


class RegulationFulfilled(Event):
    pass


class FulfilmentChanged(Event):
    pass


class FulfilmentRemoved(Event):
    pass
