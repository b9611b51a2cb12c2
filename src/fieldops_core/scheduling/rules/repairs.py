"""
Rules of what is repaired together, and undone together.
"""

from collections.abc import Sequence
from datetime import date, datetime

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import local_date
from fieldops_core.scheduling.model import Appointment, NewSpot, Repair, RepairMove, Spot, Status
from fieldops_core.scheduling.rules.bulk import Encounter, met


@frozen(kw_only=True)
class Wishes:
    """
    The moves that are asked for.
    """

    moves: Sequence[NewSpot]


@rule("SCH-29", "repair.named_twice", "A repair moves each visit once.", field="moves")
def each_visit_is_named_once(case: Wishes) -> Facts | None:
    """
    Of two moves of one visit nobody knows which one is meant.
    """
    ids = [each.appointment for each in case.moves]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    return {"appointments": twice} if twice else None


@frozen(kw_only=True)
class Waiting:
    """
    A visit that is to be repaired.
    """

    appointment: Appointment
    now: datetime


@rule("SCH-29", "repair.not_pending", "The visit on {date} is not pending reassignment.", field="moves")
def visit_is_pending(case: Waiting) -> Facts | None:
    """
    What is not waits for no repair: it is moved by itself.
    """
    visit = case.appointment
    if visit.pending_reassignment and visit.upcoming(case.now):
        return None
    return {"appointment": visit.id, "date": _date(visit)}


@rule("SCH-29", "repair.overlap", "Two visits would lie at {first} and {second} on {date}.", field="moves")
def repaired_visits_stay_apart(case: Encounter) -> Facts | None:
    """
    Visits give way to each other where they were; where they come to, none stands in another.
    """
    return met(case)


@rule("SCH-29", "repair.undone", "This repair was undone already.")
def repair_stands(repair: Repair) -> Facts | None:
    """
    It is undone once.
    """
    return None if repair.undone_at is None else {"undone_at": repair.undone_at}


@frozen(kw_only=True)
class Return:
    """
    A visit that is to be put back to where a repair found it.
    """

    move: RepairMove
    appointment: Appointment


@rule("SCH-29", "repair.changed_since", "The visit on {date} was changed after the repair.")
def visit_is_where_the_repair_put_it(case: Return) -> Facts | None:
    """
    What somebody has moved, resized or ended since then is not taken from them.
    """
    visit = case.appointment
    there = Spot(user=visit.user, period=visit.period) == case.move.after
    if there and visit.status is Status.SCHEDULED:
        return None
    return {"appointment": visit.id, "date": _date(visit), "status": visit.status.value}


def _date(visit: Appointment) -> date:
    return local_date(visit.period.start, visit.zone)


WISHES = (each_visit_is_named_once,)
WAITING = (visit_is_pending,)
REPAIRED = (repaired_visits_stay_apart,)
UNDOING = (repair_stands,)
RETURN = (visit_is_where_the_repair_put_it,)
