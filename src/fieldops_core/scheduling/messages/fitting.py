"""
Who and when; the day grid.
"""

from datetime import date, datetime

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import ListMode, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model import (
    AppointmentId,
    GridChoice,
    HoldId,
    Status,
)


@frozen(kw_only=True)
class ListTechnicians:
    """
    Who is listed for a customer under a list mode, and who is not and why.
    """

    customer: CustomerId
    mode: ListMode | None = None


@frozen(kw_only=True)
class FindOpenings:
    """
    Every start that fits a visit of a type and duration at a customer, from a local date, for 1 to 7 days. *users*
    narrows the users; *moving* is an appointment whose own time does not block it (SCH-08), *hold* a hold of the
    actor's own that does not either.
    """

    customer: CustomerId
    type: TypeId
    first: date
    days: int = 1
    sub_type: SubTypeId | None = None
    minutes: int | None = None
    mode: ListMode | None = None
    users: tuple[UserId, ...] = ()
    location: LocationId | None = None
    moving: AppointmentId | None = None
    hold: HoldId | None = None


@frozen(kw_only=True)
class FindBestSlots(FindOpenings):
    """
    Of the starts that FindOpenings would answer, those that leave time for the drives, by how much driving they add to
    their user's day: at most *limit* of them, the best first (SCH-20).
    """

    limit: int = 20


@frozen(kw_only=True)
class ExplainFit:
    """
    Why a user and start do not fit a visit of a type and duration at a customer, and what would make them fit. It is
    asked as FindOpenings is, of one start (SCH-28).
    """

    user: UserId
    start: datetime
    customer: CustomerId
    type: TypeId
    sub_type: SubTypeId | None = None
    minutes: int | None = None
    mode: ListMode | None = None
    location: LocationId | None = None
    moving: AppointmentId | None = None
    hold: HoldId | None = None


@frozen(kw_only=True)
class ShowGrid:
    """
    The day grid of one kind from a local date (None: today), for 1 to 7 days. What is None is taken from the reader's
    saved choice, or, not *as_chosen*, is as if they had made none. *zone* None: the first location's. With *customer*,
    each row says whether its user is valid for it.
    """

    kind: Kind | None = None
    first: date | None = None
    days: int | None = None
    locations: tuple[LocationId, ...] | None = None
    users: tuple[UserId, ...] | None = None
    customer: CustomerId | None = None
    mode: ListMode | None = None
    statuses: tuple[Status, ...] | None = None
    pending_reassignment: bool | None = None
    as_chosen: bool = True
    zone: str | None = None


@frozen(kw_only=True)
class MeasureTravel:
    """
    Distance from previous for a technician who would start at an instant with a customer (SCH-19, SCH-25). *moving* is
    an appointment that would be moved there, and so is not before itself.
    """

    user: UserId
    customer: CustomerId
    start: datetime
    moving: AppointmentId | None = None


@frozen(kw_only=True)
class Diagnose:
    """
    Which settings quietly break scheduling (ACC-28).
    """


@frozen(kw_only=True)
class ChooseGrid:
    """
    Save what the actor wants to see on the day grid (SCH-10).
    """

    choice: GridChoice


@frozen(kw_only=True)
class ShowGridChoice:
    pass
