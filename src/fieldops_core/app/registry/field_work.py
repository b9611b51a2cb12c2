"""
What is done with a visit on its day.
"""

from functools import partial

from fieldops_core.app.registry.uses import MODIFY, SCHEDULERS, Use, one_of, use
from fieldops_core.field_work import messages
from fieldops_core.field_work import use_cases as cases
from fieldops_core.scheduling import use_cases as scheduling_use_cases
from fieldops_core.scheduling.views import AppointmentView


def uses() -> tuple[Use, ...]:
    """
    What is open to every user is the assignee's own (ACC-07).
    """
    modify = one_of(SCHEDULERS, MODIFY)
    lent = cases.Scheduling(
        shown=scheduling_use_cases.shown, placed=scheduling_use_cases.placed, keep=scheduling_use_cases.keep_visit
    )
    start_travel, undo = partial(cases.start_travel, scheduling=lent), partial(cases.undo_status, scheduling=lent)
    check_in, check_out = partial(cases.check_in, scheduling=lent), partial(cases.check_out, scheduling=lent)
    set_status, reopen = partial(cases.set_status, scheduling=lent), partial(cases.reopen_appointment, scheduling=lent)
    return (
        use(messages.StartTravel, start_travel, AppointmentView, needs=None, changes=True),
        use(messages.CheckIn, check_in, AppointmentView, needs=None, changes=True),
        use(messages.CheckOut, check_out, AppointmentView, needs=None, changes=True),
        use(messages.UndoStatus, undo, AppointmentView, needs=None, changes=True),
        use(messages.SetStatus, set_status, AppointmentView, needs=modify, changes=True),
        use(messages.ReopenAppointment, reopen, AppointmentView, needs=modify, changes=True),
    )
