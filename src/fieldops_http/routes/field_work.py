"""
A visit's day.
"""

from litestar import Response
from litestar.params import FromPath, JSONBody

from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.wire.changes import CheckOutView
from fieldops_http.wire.field_work import (
    CheckInBody,
    CheckOutBody,
    ReopenAppointmentBody,
    SetStatusBody,
    StartTravelBody,
    UndoStatusBody,
)

TAG = "field work"


@operation(
    "POST",
    "/appointments/{id:uuid}/on_my_way",
    summary="Say that one is on the way",
    tag=TAG,
    rules="FLD-03 FLD-13 APT-07 APT-08 ACC-07",
    versioned=True,
)
def start_travel(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[StartTravelBody]
) -> Response[AppointmentView]:
    """
    Of the assignee, who is on the way to one visit at a time.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/check_in",
    summary="Check in",
    tag=TAG,
    rules="FLD-04 FLD-13 APT-07 APT-08 ACC-07",
    versioned=True,
)
def check_in(caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[CheckInBody]) -> Response[AppointmentView]:
    """
    Of the assignee, who is on site at one visit at a time.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/check_out",
    summary="Check out",
    tag=TAG,
    rules="FLD-05 FLD-11 EQP-07 APT-07 APT-08 APT-24 ACC-07",
    versioned=True,
)
def check_out(caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[CheckOutBody]) -> Response[CheckOutView]:
    """
    Of the assignee: how the visit ended. What is left of its planned time is free from then on. `open_work` warns of
    what is not ticked off where it was `done`.
    """
    return caller.tell(data.command(id), CheckOutView.of, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/undo",
    summary="Undo a status",
    tag=TAG,
    rules="APT-07 APT-08 ACC-07",
    versioned=True,
)
def undo_status(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[UndoStatusBody]
) -> Response[AppointmentView]:
    """
    Of the assignee: from the way back to scheduled, from the site back to either. The check-in time is dropped.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/status",
    summary="Set a status in the assignee's stead",
    tag=TAG,
    rules="FLD-05 FLD-09 APT-07 APT-08 ACC-07 ACC-26",
    versioned=True,
)
def set_status(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[SetStatusBody]
) -> Response[AppointmentView]:
    """
    A dispatcher's override, marked as one with their name: any status that may follow, also late, with the time at
    which it came about.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/reopen",
    summary="Reopen a completed visit",
    tag=TAG,
    rules="APT-07 APT-10 FLD-13 ACC-26",
    versioned=True,
)
def reopen_appointment(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[ReopenAppointmentBody]
) -> Response[AppointmentView]:
    """
    It goes on, with a reason, while its planned time is free.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


OPERATIONS = (start_travel, check_in, check_out, undo_status, set_status, reopen_appointment)
