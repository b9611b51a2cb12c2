"""
What happened. Events go to the outbox in the transaction of the change, and from there to whoever reacts.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Protocol, Self
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.plain import Plain, public


class Aggregate(Protocol):
    """
    State that is kept under an id and counted in versions, from 1.
    """

    @property
    def id(self) -> UUID: ...
    @property
    def version(self) -> int: ...


@frozen(kw_only=True)
class Event:
    """
    A change of one aggregate at one instant, with its public fields *before* (None: it is new) and *after*, as plain
    values. Secrets are never among them.
    """

    aggregate: str
    aggregate_id: UUID
    version: int
    at: datetime
    before: Mapping[str, Plain] | None
    after: Mapping[str, Plain]
    names: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls) -> None:
        cls.names[cls.__name__] = cls

    @classmethod
    def of(cls, before: Aggregate | None, after: Aggregate, *, at: datetime) -> Self:
        return cls(
            aggregate=aggregate_name(after),
            aggregate_id=after.id,
            version=after.version,
            at=at,
            before=None if before is None else public(before),
            after=public(after),
        )


@frozen(order=True)
class Place:
    """
    The place of an event in the order in which readers meet them: what is committed later comes later, whenever it
    began. *position* is its transaction's, *id* tells events of one transaction apart.
    """

    position: int
    id: UUID

    def __str__(self) -> str:
        return f"{self.position}.{self.id.hex}"

    @classmethod
    def of(cls, text: str) -> "Place | None":
        """
        The place that was told so; None where that is none.
        """
        match = re.fullmatch(r"([0-9]{1,18})\.([0-9a-f]{32})", text)
        return cls(int(match[1]), UUID(match[2])) if match else None


NOWHERE = Place(0, UUID(int=0))
"""
The place before the first event.
"""


@frozen(kw_only=True)
class Happened:
    """
    An event that was committed, and its place.
    """

    place: Place
    event: Event


def aggregate_name(state: object) -> str:
    """
    ``appointment_type`` of an ``AppointmentType``.
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(state).__name__).lower()
