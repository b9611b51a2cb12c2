"""
What has to happen in a run of the model for it to have proved something.
"""

from fieldops_core.scheduling.model import TRANSITIONS, Status

COMMANDS = (
    "BookAppointment",
    "HoldTime",
    "MoveAppointment",
    "ResizeAppointment",
    "ReassignAppointment",
    "CancelAppointment",
    "ReinstateAppointment",
    "BulkSchedule",
    "StartTravel",
    "CheckIn",
    "CheckOut",
    "UndoStatus",
    "ReopenAppointment",
    "SetStatus",
)
"""
Each of these is accepted, and refused.
"""
ACCEPTED = ("ReleaseHold", "ChangeWorkingHours", "ChangeSettings", "AddAbsence", "RemoveAbsence")
CODES = (
    "slot.taken",
    "slot.held",
    "slot.past",
    "slot.past_end_of_day",
    "user.not_working",
    "user.absent",
    "user.under_way",
    "double_booking.reason_required",
    "double_booking.not_named",
    "appointment.under_way",
    "appointment.completed",
    "appointment.ended",
    "appointment.not_ended",
    "appointment.not_undone",
    "appointment.not_completed",
    "appointment.reason_required",
    "status.times_required",
    "status.times_reversed",
    "status.time_ahead",
    "bulk.start_past",
    "bulk.end_too_early",
    "bulk.not_created",
    "bulk.nothing_left",
)
PAIRED, PARTED, NO_THIRD = "a pair is made", "a pair parts", "a third is asked for beside one of a pair"
STRANDED, SETTLED = "a visit is pending reassignment", "a visit is no longer pending"
CONSUMED, LEFT_OUT = "a hold is consumed", "a bulk schedule leaves a date out"


def transition(before: Status, after: Status) -> str:
    return f"{before.value} → {after.value}"


def no_transition(before: Status, after: Status) -> str:
    return f"{before.value} ↛ {after.value}"


def accepted(command: str) -> str:
    return f"{command} accepted"


def refused(command: str) -> str:
    return f"{command} refused"


TABLE = {
    (before, after): (transition if after in TRANSITIONS[before] else no_transition)(before, after)
    for before in Status
    for after in Status
}
"""
What is to happen of each two statuses: that one follows the other, or that it is refused.
"""
MUST_HAPPEN = (
    *TABLE.values(),
    *(accepted(command) for command in COMMANDS + ACCEPTED),
    *(refused(command) for command in COMMANDS),
    *CODES,
    *(PAIRED, PARTED, NO_THIRD, STRANDED, SETTLED, CONSUMED, LEFT_OUT),
)
