"""
Who and when: technicians, openings, best slots, explanations, drives; what quietly breaks them.
"""

from datetime import date, datetime
from enum import Enum
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import ListMode
from fieldops_core.kernel.rules import Violation
from fieldops_core.scheduling.views.parts import CustomerRef, DistanceView, UserRef


@frozen(kw_only=True)
class ModeView:
    """
    The list mode asked for, the one in force (another where the customer has no coordinates: *fell_back*), and those
    that the company offers, the first one first.
    """

    asked: ListMode
    in_force: ListMode
    fell_back: bool
    offered: tuple[ListMode, ...]


@frozen(kw_only=True)
class TechnicianView:
    """
    An eligible user with the distance from start, and, where the list mode leaves them out, why.
    """

    user: UserRef
    home: UUID
    distance: DistanceView | None
    valid: bool
    why_not: tuple[Violation, ...]


@frozen(kw_only=True)
class TechniciansView:
    """
    The technicians of a customer and list mode, valid ones first, nearest first. *message* says so where none is valid.
    """

    mode: ModeView
    items: tuple[TechnicianView, ...]
    message: str | None


@frozen(kw_only=True)
class DayOpenings:
    date: date
    starts: tuple[datetime, ...]


@frozen(kw_only=True)
class UserOpenings:
    user: UserRef
    distance: DistanceView | None
    days: tuple[DayOpenings, ...]


@frozen(kw_only=True)
class OpeningsView:
    """
    Every start that fits, for each user and local day of the location. *mode* is None for kinds without coverage.
    """

    kind: Kind
    minutes: int
    zone: str
    mode: ModeView | None
    items: tuple[UserOpenings, ...]
    message: str | None


@frozen(kw_only=True)
class AddedView:
    """
    How many more minutes and meters a user would drive that day, less than none where roads allow it; *kind* is
    ``road``, or ``estimate`` where any of the drives is one.
    """

    minutes: int
    meters: int
    text: str
    kind: str


class Unknown(Enum):
    """
    A place without coordinates: no drive from it or to it is known.
    """

    CUSTOMER = "customer"
    START_LOCATION = "start_location"
    PREVIOUS = "previous"
    NEXT = "next"


@frozen(kw_only=True)
class SlotView:
    """
    A user and a start, and what speaks for them: the driving *added* to the day, None where a place is *unknown*; the
    drive *from_previous* (the visit before, or the start location); the *distance* from the start location and whether
    it lies in the user's own coverage radius; and whether the visit lies outside the working hours.
    """

    user: UserRef
    start: datetime
    end: datetime
    added: AddedView | None
    from_previous: DistanceView | None
    distance: DistanceView | None
    in_coverage_radius: bool | None
    outside_working_hours: bool
    unknown: tuple[Unknown, ...]


@frozen(kw_only=True)
class BestSlotsView:
    """
    Starts that fit and leave time for the drives, the one that adds the least driving first; those of which that is not
    known come last. *message* says so where there are none.
    """

    kind: Kind
    minutes: int
    zone: str
    mode: ModeView | None
    items: tuple[SlotView, ...]
    message: str | None


@frozen(kw_only=True)
class RadiusView:
    """
    How many more meters a technician would have to cover, as *text* too, and the *radius* in meters that this makes.
    """

    more_meters: int
    text: str
    radius: int


@frozen(kw_only=True)
class ChangeView:
    """
    The smallest changes that would make a visit fit: the nearest *start* of that day, or, instead of it, the longest
    duration in *minutes* at the start asked for; and, in any case where it is there, a greater *radius*.
    """

    start: datetime | None
    minutes: int | None
    radius: RadiusView | None


@frozen(kw_only=True)
class FitView:
    """
    Whether a visit fits a user and start: where there are no *reasons* against it, told as a refusal tells them.
    *start* and *end* are None where there is no such time. *change* is None where it fits, and where no change of
    start, duration or radius would make it fit.
    """

    user: UserRef
    start: datetime | None
    end: datetime | None
    minutes: int
    zone: str
    mode: ModeView | None
    distance: DistanceView | None
    outside_working_hours: bool
    fits: bool
    reasons: tuple[Violation, ...]
    change: ChangeView | None


@frozen(kw_only=True)
class FindingView:
    """
    A setting that quietly breaks scheduling: *code* for programs, *sentence* for people, and the *mend*. *id* and
    *name* are of the user, type or location that it is about; of customers, *count* says how many there are, and
    *customers* lists the first of those that the reader may see.
    """

    code: str
    sentence: str
    mend: str
    id: UUID | None = None
    name: str | None = None
    count: int = 1
    customers: tuple[CustomerRef, ...] = ()


@frozen(kw_only=True)
class DiagnosisView:
    """
    Everything that was found; nothing where all is well.
    """

    items: tuple[FindingView, ...]
    next: str | None = None


@frozen(kw_only=True)
class TravelView:
    """
    The driving distance from the last completed visit of the day, or from the start location; beside it, from the open
    or completed visit just before the start. None where it is not known or not shown.
    """

    from_previous: DistanceView | None
    from_previous_booked: DistanceView | None
