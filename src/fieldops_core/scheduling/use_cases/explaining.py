"""
Why a visit does not fit, and what would make it fit.
"""

from datetime import datetime
from math import ceil

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind
from fieldops_core.company.model import Setup
from fieldops_core.kernel.cells import CELL_MINUTES
from fieldops_core.kernel.rules import Violation, violations
from fieldops_core.kernel.time import local, local_date, moment
from fieldops_core.scheduling.calculations import (
    cells_of,
    distance_from_start,
    longest_fit,
    nearest_start,
    outside_hours,
    proposed_minutes,
    reach,
)
from fieldops_core.scheduling.decisions import asked_of
from fieldops_core.scheduling.messages import ExplainFit
from fieldops_core.scheduling.model import Part
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import (
    LENGTH,
    PAST,
    PLACE,
    TIME,
    Place,
    Placement,
    Visit,
    technician_covers_customer,
)
from fieldops_core.scheduling.use_cases.fitting import mode_view
from fieldops_core.scheduling.use_cases.loading import (
    Wish,
    may_look_at_slots,
    one_person,
    own_hold,
    placement,
    visit_of,
)
from fieldops_core.scheduling.views import ChangeView, FitView, RadiusView, UserRef, distance_view

FIT = frozenset(Part) - {Part.TYPE}
"""
What fitting is about: whom and when. Whether such a visit may be booked at all is not.
"""
OF_TIME = frozenset(rule.code for rule in (*LENGTH, *TIME, *PAST))


def explain_fit(question: ExplainFit, call: Call[Unit]) -> FitView:
    """
    Every rule that a booking would break for its user and time, and the smallest changes after which it breaks none
    (SCH-28). A start is among the openings exactly where this finds nothing.
    """
    setup = call.unit.companies.setup()
    visit = _visit(question, call, setup)
    near = _possible(visit)
    own = own_hold(question.hold, call)
    there = placement(near, call, setup, without=question.moving, hold=own.id if own else None)
    case = there if near is visit else evolve(there, visit=visit, period=None, time=None)
    place = Place(kind=visit.kind, asked=visit.location, customers=visit.customer.location)
    reasons = violations(PLACE, place) + asked_of(case, FIT)
    period, person, settings = case.period, visit.person, setup.settings
    home_zone = setup.location(person.home).zone
    return FitView(
        user=UserRef(id=person.id, name=person.name),
        start=local(period.start, visit.zone) if period else None,
        end=local(period.end, visit.zone) if period else None,
        minutes=visit.minutes,
        zone=visit.zone,
        mode=mode_view(visit.mode, settings) if visit.kind is Kind.TECH else None,
        distance=distance_view(
            distance_from_start(person.start, visit.customer.point), settings.distance_unit, "start_location"
        ),
        outside_working_hours=period is not None and outside_hours(person, home_zone, period),
        fits=not reasons,
        reasons=reasons,
        change=_change(visit, there, reasons) if reasons else None,
    )


def _visit(question: ExplainFit, call: Call[Unit], setup: Setup) -> Visit:
    unit = call.unit
    customer, type = unit.customers.get(question.customer), unit.appointment_types.get(question.type)
    may_look_at_slots(call.actor, type.kind, customer.stage, customer.location)
    wish = Wish(
        kind=type.kind,
        sub_type=question.sub_type,
        location=question.location or customer.location,
        told=question.start,
        minutes=proposed_minutes(type, question.sub_type, question.minutes),
        mode=question.mode,
    )
    person = one_person(unit.people.find(ids=(question.user,), active=None), question.user)
    return visit_of(wish, customer, person, type, setup)


def _possible(visit: Visit) -> Visit:
    """
    The visit, or, where its start or its length is none at all, one near it: as the clocks change, or of one step.
    """
    told = visit.told
    start = visit.start or moment(visit.zone, told.date(), told.hour * 60 + told.minute)
    minutes = visit.minutes if visit.minutes > 0 else visit.length.step
    return visit if (start, minutes) == (visit.start, visit.minutes) else evolve(visit, start=start, minutes=minutes)


def _change(visit: Visit, there: Placement, reasons: tuple[Violation, ...]) -> ChangeView | None:
    """
    None where no change of these makes it fit.
    """
    codes = {each.code for each in reasons}
    start, minutes, radius = None, None, None
    if codes & OF_TIME:
        start, minutes = _other_start(visit, there), _other_minutes(visit, there)
    if technician_covers_customer.code in codes:
        radius = _other_radius(visit)
    late = codes & OF_TIME and start is None and minutes is None
    if late or codes - OF_TIME - {technician_covers_customer.code}:
        return None
    return ChangeView(start=start, minutes=minutes, radius=radius)


def _other_start(visit: Visit, there: Placement) -> datetime | None:
    """
    The nearest start that fits on the local day that was asked for; a length that never fits has none.
    """
    near = there.visit.start
    if near is None or there.time is None or violations(LENGTH, visit.length):
        return None
    if visit.start is None and local_date(near, visit.zone) != visit.told.date():  # the zone skipped the whole day
        return None
    found = nearest_start(there.time, near, cells_of(visit.minutes), cells_of(visit.length.step))
    return None if found is None else local(found, visit.zone)


def _other_minutes(visit: Visit, there: Placement) -> int | None:
    """
    The longest duration that fits from the start on, no longer than asked for, but for one step.
    """
    if visit.start is None or there.time is None:
        return None
    step = cells_of(visit.length.step)
    return longest_fit(there.time, visit.start, max(visit.minutes // CELL_MINUTES, step), step) * CELL_MINUTES or None


def _other_radius(visit: Visit) -> RadiusView | None:
    distance = distance_from_start(visit.person.start, visit.customer.point)
    if distance is None:
        return None
    more = ceil(distance.meters - reach(visit.person, visit.mode.in_force, visit.settings))
    return RadiusView(more_meters=more, text=visit.settings.distance_unit.text(more), radius=ceil(distance.meters))
