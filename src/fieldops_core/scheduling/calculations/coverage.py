"""
Who is near enough: list modes, and how far a technician is listed.
"""

from attrs import frozen

from fieldops_core.company.model import ListMode, Settings
from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.staff.model import Person


@frozen(kw_only=True)
class Mode:
    """
    The list mode *asked* for and the one *in_force*: without coordinates of the customer the radius modes fall back to
    the location list (SCH-15).
    """

    asked: ListMode
    in_force: ListMode

    @property
    def fell_back(self) -> bool:
        return self.asked is not self.in_force


def mode_for(asked: ListMode | None, settings: Settings, customer: Point | None) -> Mode:
    """
    The mode for a customer's place; without one asked for, the profile's first, IN_OFFICE_LOCATION without a profile
    (SCH-23).
    """
    chosen = asked or (settings.modes[0] if settings.scheduling_profile else ListMode.IN_OFFICE_LOCATION)
    return Mode(asked=chosen, in_force=chosen if customer is not None else ListMode.IN_OFFICE_LOCATION)


def distance_from_start(start: Point | None, customer: Point | None) -> Distance | None:
    """
    Great-circle distance from a start location to a customer; None, never zero, where either is not known (SCH-18).
    """
    if start is None or customer is None:
        return None
    return Distance(meters=great_circle(start, customer), kind=DistanceKind.STRAIGHT_LINE)


def reach(person: Person, mode: ListMode, settings: Settings) -> float:
    """
    How many meters from the start location a technician is listed under a radius mode (SCH-13, SCH-14).
    """
    if mode is ListMode.IN_MAX_COVERAGE_AREA:
        return max(person.coverage_radius, settings.max_coverage_radius)
    return person.coverage_radius


def covers(person: Person, customer: Point | None, mode: ListMode, settings: Settings) -> bool:
    """
    Whether a customer's place lies within a user's reach under a radius mode.
    """
    distance = distance_from_start(person.start, customer)
    return distance is not None and distance.meters <= reach(person, mode, settings)
