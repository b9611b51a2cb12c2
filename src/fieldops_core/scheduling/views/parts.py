"""
What many answers hold: references, windows, distances.
"""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import CatalogEntry
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.geo import Distance, DistanceUnit
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.model import (
    Block,
    WorkOrderFact,
)

DistanceView = TypedDict("DistanceView", {"meters": int, "text": str, "kind": str, "from": str, "minutes": int | None})
"""
A distance in meters and in the company's unit; *kind* is ``straight_line``, ``road`` or ``estimate``; *from* is
``start_location``, ``previous_completed`` or ``previous_booked``; *minutes* of driving where they are known.
"""


@frozen(kw_only=True)
class UserRef:
    id: UUID
    name: str


@frozen(kw_only=True)
class NamedRef:
    id: UUID
    name: str


@frozen(kw_only=True)
class CustomerRef:
    id: UUID
    number: int
    name: str
    stage: Stage


@frozen(kw_only=True)
class WorkOrderRef:
    id: UUID
    number: int


@frozen(kw_only=True)
class Window:
    """
    A start and an end as people of a zone tell them.
    """

    start: datetime
    end: datetime
    zone: str


def work_order_ref(work_order: WorkOrderFact | None) -> WorkOrderRef | None:
    return None if work_order is None else WorkOrderRef(id=work_order.id, number=work_order.number)


def entry_ref(entry: CatalogEntry | None) -> NamedRef | None:
    return None if entry is None else NamedRef(id=entry.id, name=entry.name)


def reader_window(period: Period, zone: str, reader_zone: str | None) -> Window | None:
    """
    A period in the reader's zone, where that is another.
    """
    if reader_zone is None or reader_zone == zone:
        return None
    return Window(start=local(period.start, reader_zone), end=local(period.end, reader_zone), zone=reader_zone)


def customer_ref(customer: Customer) -> CustomerRef:
    return CustomerRef(id=customer.id, number=customer.number, name=customer.name, stage=customer.stage)


def distance_view(distance: Distance | None, unit: DistanceUnit, origin: str) -> DistanceView | None:
    """
    A distance from an *origin*, in a company's unit; None where it is not known.
    """
    if distance is None:
        return None
    return {
        "meters": round(distance.meters),
        "text": unit.text(distance.meters),
        "kind": distance.kind.value,
        "from": origin,
        "minutes": distance.minutes,
    }


def window(period: Period, zone: str) -> Window:
    return Window(start=local(period.start, zone), end=local(period.end, zone), zone=zone)


def customer_of(block: Block) -> CustomerRef:
    return CustomerRef(id=block.customer, number=block.customer_number, name=block.customer_name, stage=block.stage)
