"""
Visits repaired, and put back.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.messages import (
    AppointmentMoved,
    AppointmentReassigned,
    AppointmentsRepaired,
    AppointmentStranded,
    RepairUndone,
)
from fieldops_core.scheduling.model import Appointment, Repair, RepairId, RepairMove, Spot


def repair(
    outcomes: Sequence[Outcome[Appointment]], context: Context, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Repair]:
    """
    What was moved together, to be put back together.
    """
    state = Repair(
        id=RepairId(new_id()),
        moves=tuple(_move(each.before or each.state, each.state) for each in outcomes),
        made_by=context.actor.user,
        made_at=now,
    )
    return Outcome(state=state, events=(AppointmentsRepaired.of(None, state, at=now),))


def _move(before: Appointment, after: Appointment) -> RepairMove:
    return RepairMove(
        appointment=after.id,
        before=Spot(user=before.user, period=before.period),
        after=Spot(user=after.user, period=after.period),
    )


def undo_repair(repair: Repair, context: Context, *, now: datetime) -> Outcome[Repair]:
    undone = evolve(repair, undone_by=context.actor.user, undone_at=now, version=repair.version + 1)
    return Outcome(before=repair, state=undone, events=(RepairUndone.of(repair, undone, at=now),))


def put_back(appointment: Appointment, to: Spot, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    A visit to where a repair found it, pending reassignment as it was. Nothing is asked: that was
    done for many at once.
    """
    changed = evolve(
        appointment,
        user=to.user,
        period=to.period,
        agreed=local(to.period.start, appointment.zone).replace(tzinfo=None),
        pending_reassignment=True,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    moved, reassigned = changed.period != appointment.period, changed.user != appointment.user
    kinds: tuple[type[Event], ...] = (
        (AppointmentMoved,) * moved + (AppointmentReassigned,) * reassigned + (AppointmentStranded,)
    )
    events = tuple(kind.of(appointment, changed, at=now) for kind in kinds)
    return Outcome(before=appointment, state=changed, events=events)
