"""
Rules of time: the slots of a day, and a user who is there, at work and free.
"""

from fieldops_core.company.model import (
    WorkingHoursRule,
)
from fieldops_core.kernel.cells import Cells, epoch, span
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import day_in_words, local
from fieldops_core.scheduling.calculations import cells_of
from fieldops_core.scheduling.model import Block, Reason
from fieldops_core.scheduling.rules.cases import Length, Placement, Record


@rule("SCH-02", "time.nonexistent", "On {date} the clocks skip {time} in {zone}.", field="start")
def local_time_exists(case: Placement) -> Facts | None:
    """
    A local time that a clock change skips is refused.
    """
    visit = case.visit
    if visit.start is not None:
        return None
    told = visit.told
    return {"date": told.date(), "time": f"{told:%H:%M}", "zone": visit.zone}


@rule(
    "SCH-04",
    "duration.step",
    "A {kind} appointment lasts a multiple of {step} minutes, at least {step}.",
    field="minutes",
)
def duration_is_in_steps(length: Length) -> Facts | None:
    """
    TECH and SALES: 30 minutes and multiples; PROGRAM: 15.
    """
    if length.minutes >= length.step and length.minutes % length.step == 0:
        return None
    return {"kind": length.kind.value, "minutes": length.minutes, "step": length.step}


LENGTH = (duration_is_in_steps,)


@rule("SCH-04", "start.step", "A {kind} appointment starts on a step of {step} minutes, not at {time}.", field="start")
def start_is_on_a_step(case: Placement) -> Facts | None:
    """
    Steps are counted from the first instant of the location's local day.
    """
    visit = case.visit
    if visit.start is None or case.time is None:
        return None
    day = case.time.frame.days[0]
    elapsed = epoch(visit.start) - epoch(case.time.frame.cells.instant(day.first))
    if elapsed % (visit.length.step * 60) == 0 and visit.start.microsecond == 0:
        return None
    return {"kind": visit.kind.value, "step": visit.length.step, "time": f"{local(visit.start, visit.zone):%H:%M}"}


@rule("SCH-05", "slot.before_start_of_day", "The day grid begins at {grid_start}; {time} is before.", field="start")
def visit_begins_in_the_grid(case: Placement) -> Facts | None:
    """
    The start lies at or after the beginning of the day grid.
    """
    if case.time is None or case.period is None:
        return None
    frame = case.time.frame
    if Reason.OUTSIDE_GRID not in case.reasons() or frame.cells.cell(case.period.start) >= frame.days[0].grid_first:
        return None
    return {**_grid(case), "time": f"{local(case.period.start, case.visit.zone):%H:%M}"}


@rule(
    "SCH-05", "slot.past_end_of_day", "The day grid ends at {grid_end}; the visit would end at {time}.", field="minutes"
)
def visit_ends_in_the_grid(case: Placement) -> Facts | None:
    """
    The end lies at or before the end of the day grid; no visit crosses local midnight (SCH-02).
    """
    if case.time is None or case.period is None:
        return None
    frame = case.time.frame
    end = frame.cells.cell(case.period.start) + cells_of(case.visit.minutes)
    if Reason.OUTSIDE_GRID not in case.reasons() or end <= frame.days[0].grid_end:
        return None
    return {**_grid(case), "time": f"{local(case.period.end, case.visit.zone):%H:%M}"}


def _grid(case: Placement) -> dict[str, object]:
    settings = case.visit.settings
    return {
        "grid_start": f"{settings.grid_start // 60:02d}:{settings.grid_start % 60:02d}",
        "grid_end": f"{settings.grid_end // 60:02d}:{settings.grid_end % 60:02d}",
    }


@rule("SCH-08", "slot.past", "{time} on {date} is over.", field="start")
def start_is_to_come(case: Placement) -> Facts | None:
    """
    A start before now is not offered; it is asked only where the start changes.
    """
    if Reason.PAST not in case.reasons() or case.period is None:
        return None
    start = local(case.period.start, case.visit.zone)
    return {"time": f"{start:%H:%M}", "date": start.date(), "start": start}


@rule("SCH-07", "user.not_working", "{user} does not work {when}.", field="start")
def user_works_then(case: Placement) -> Facts | None:
    """
    Under DAY the visit starts on a working day of its user; under HOURS it lies inside the working hours.
    """
    if Reason.NOT_WORKING not in case.reasons() or case.period is None:
        return None
    start, end = (local(edge, case.visit.zone) for edge in (case.period.start, case.period.end))
    by_day = case.visit.settings.working_hours_rule is WorkingHoursRule.DAY
    when = "" if by_day else f"from {start:%H:%M} to {end:%H:%M} "
    when += f"on {day_in_words(start)}"
    return {"user": case.visit.person.name, "when": when, "start": start, "end": end}


@rule("SCH-22", "user.absent", "{user} is absent from {from_time} to {to_time} on {date}.", field="start")
def user_is_there(case: Placement) -> Facts | None:
    """
    Nothing overlaps an absence, under DAY and HOURS alike.
    """
    return _overlap(case, Reason.ABSENT)


def _overlap(case: Placement, reason: Reason) -> dict[str, object] | None:
    """
    From when until when a reason stands against the visit; None where it does not.
    """
    if reason not in case.reasons() or case.period is None or case.time is None:
        return None
    frame = case.time.frame
    first = frame.cells.cell(case.period.start)
    hit = case.time.against[reason] & span(first, cells_of(case.visit.minutes))
    start = frame.cells.instant((hit & -hit).bit_length() - 1)
    end = frame.cells.instant(hit.bit_length())
    told = [local(edge, case.visit.zone) for edge in (start, end)]
    return {
        "user": case.visit.person.name,
        "from_time": f"{told[0]:%H:%M}",
        "to_time": f"{told[1]:%H:%M}",
        "date": told[0].date(),
        "start": told[0],
        "end": told[1],
    }


@rule("SCH-06", "slot.taken", "{user} is already booked from {from_time} to {to_time}{whom}.", field="start")
def user_is_free(case: Placement) -> Facts | None:
    """
    A user is in one place at a time; the refusal names what is there, as far as the reader may see it.
    """
    if Reason.TAKEN not in case.reasons() or case.period is None:
        return None
    cells = Cells.covering(case.period)
    there = next(each for each in case.blocks if _stands_in(each, cells))
    start, end = (local(edge, case.visit.zone) for edge in (there.start, there.occupied_until or there.end))
    facts: dict[str, object] = {
        "user": case.visit.person.name,
        "from_time": f"{start:%H:%M}",
        "to_time": f"{end:%H:%M}",
        "start": start,
        "end": end,
        "whom": "",
    }
    if case.may_see(there):
        seen = {"appointment": there.appointment, "customer": there.customer_name, "type": there.type_name}
        facts |= {**seen, "whom": f" with {there.customer_name}"}
    return facts


def _stands_in(block: Block, cells: Cells) -> bool:
    return block.occupied is not None and cells.touched(epoch(block.start), epoch(block.occupied.end)) != 0


@rule("SCH-06", "slot.held", "{user}'s time is held from {from_time} to {to_time} on {date}.", field="start")
def users_time_is_not_held(case: Placement) -> Facts | None:
    """
    A hold takes time until it expires; whose it is, and for whom, is not told.
    """
    return _overlap(case, Reason.HELD)


@rule(
    "SCH-27",
    "double_booking.reason_required",
    "Say why {user} is to be in two places at once.",
    field="double_book_reason",
)
def double_booking_has_a_reason(case: Placement) -> Facts | None:
    """
    An override names the appointment that may be overlapped, and why.
    """
    unexplained = case.doubling.named is not None and not case.doubling.reason.strip()
    return {"user": case.visit.person.name} if unexplained else None


@rule(
    "SCH-27",
    "double_booking.not_named",
    "A reason alone double books nobody: name the appointment that may be overlapped.",
    field="double_book",
)
def reason_goes_with_a_double_booking(case: Placement) -> Facts | None:
    """
    As above, from the other side.
    """
    return {} if case.doubling.named is None and case.doubling.reason.strip() else None


SLOT = (start_is_on_a_step, visit_begins_in_the_grid, visit_ends_in_the_grid)
FREE = (user_is_free, users_time_is_not_held, double_booking_has_a_reason, reason_goes_with_a_double_booking)
TIME = (local_time_exists, *SLOT, user_works_then, user_is_there, *FREE)
PAST = (start_is_to_come,)


@rule(
    "APT-19",
    "appointment.not_begun",
    "{time} on {date} is still to come: only what has begun is entered for the record.",
    field="for_the_record",
)
def recorded_visit_has_begun(case: Record) -> Facts | None:
    """
    A start before now: just what an ordinary booking is refused for.
    """
    placed = case.placement
    if placed.period is None or Reason.PAST in placed.reasons():
        return None
    start = local(placed.period.start, placed.visit.zone)
    return {"time": f"{start:%H:%M}", "date": start.date(), "start": start}


@rule("APT-19", "appointment.staff_only", "Only staff enter what has begun already.", field="for_the_record")
def staff_enters_the_record(case: Record) -> Facts | None:
    """
    Public booking and customers' links may not.
    """
    return {} if case.source is Source.LINK else None


RECORD = (recorded_visit_has_begun, staff_enters_the_record)
