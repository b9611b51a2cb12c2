"""
Appointments.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.customers.model import CustomerId
from fieldops_core.scheduling.messages import ListAppointments, ListCustomerAppointments, ShowAppointment, ShowWork
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentLinesView, AppointmentsView, AppointmentView, CrewView, WorkView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import After, FromDate, Limit, LocationList, StatusList, ToDate, UserList
from fieldops_http.wire.scheduling import (
    BookAppointmentBody,
    CancelAppointmentBody,
    EditAppointmentBody,
    MoveAppointmentBody,
    MoveCrewBody,
    ReassignAppointmentBody,
    ReinstateAppointmentBody,
    ResizeAppointmentBody,
)

TAG = "appointments"


@operation(
    "POST",
    "/appointments",
    summary="Book a visit",
    tag=TAG,
    rules="APT-01 APT-02 APT-03 APT-04 APT-05 APT-19 ACC-03 ACC-04 ACC-05 ACC-08 "
    "SCH-01 SCH-02 SCH-04 SCH-06 SCH-07 SCH-27",
    creates=True,
)
def book_appointment(caller: TheCaller, data: JSONBody[BookAppointmentBody]) -> Response[AppointmentView]:
    """
    Books a user's time at a customer. What every rule says is answered at once: a taken slot, a technician who does not
    cover the customer, an inactive type. Beside a visit that is named in `double_book` it may be, on purpose.
    """
    return caller.create(data.command(), AppointmentView, at="appointments")


@operation(
    "GET", "/appointments", summary="List the company's appointments", tag=TAG, rules="APT-26 ACC-18 ACC-26 API-04"
)
def list_appointments(
    caller: TheCaller,
    first: FromDate = None,
    last: ToDate = None,
    users: UserList = None,
    locations: LocationList = None,
    statuses: StatusList = None,
    pending_reassignment: FromQuery[bool | None] = None,
    late: FromQuery[bool] = False,
    after: After = None,
    limit: Limit = 50,
) -> Response[AppointmentLinesView]:
    """
    Soonest first, those that the reader may view. `from` and `to` are local dates of each appointment's location.
    `late=true`: those alone whose start has passed and whose user is not on site.
    """
    question = ListAppointments(
        first=first,
        last=last,
        users=tuple(users or ()),
        locations=tuple(locations or ()),
        statuses=tuple(statuses or ()),
        pending_reassignment=pending_reassignment,
        late=late,
        after=after,
        limit=limit,
    )
    return caller.ask(question, AppointmentLinesView)


@operation("GET", "/appointments/{id:uuid}", summary="Show an appointment", tag=TAG, rules="APT-04 ACC-07 ACC-26")
def show_appointment(caller: TheCaller, id: FromPath[AppointmentId]) -> Response[AppointmentView]:
    """
    An appointment, whole, to whom its kind may be shown at its location, and to its assignee.
    """
    return caller.ask(ShowAppointment(appointment=id), AppointmentView)


@operation(
    "PATCH",
    "/appointments/{id:uuid}",
    summary="Edit an appointment",
    tag=TAG,
    rules="APT-05 APT-06 APT-10 APT-12 APT-17 APT-18 ACC-26 SCH-27",
    versioned=True,
)
def edit_appointment(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[EditAppointmentBody]
) -> Response[AppointmentView]:
    """
    New values for some fields. The rules that the change touches are asked; what else is no longer kept is listed in
    `unfit`.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/move",
    summary="Move an appointment",
    tag=TAG,
    rules="APT-10 APT-11 APT-18 SCH-06 SCH-27",
    versioned=True,
)
def move_appointment(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[MoveAppointmentBody]
) -> Response[AppointmentView]:
    """
    Another start, and perhaps another user, with the same duration: what a drag on the board does.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/move_crew",
    summary="Move a crew",
    tag=TAG,
    rules="APT-23 APT-10 APT-11 APT-18",
    versioned=True,
)
def move_crew(caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[MoveCrewBody]) -> Response[CrewView]:
    """
    Another start for all open appointments of the same work order and start. Each keeps its user and its duration; all
    are moved or none, and what stands against any of them is listed, its sentence begun with the user's name and the
    appointment in `member`.
    """
    return caller.execute(data.command(id), CrewView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/resize",
    summary="Resize an appointment",
    tag=TAG,
    rules="APT-10 APT-11 APT-18 SCH-04",
    versioned=True,
)
def resize_appointment(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[ResizeAppointmentBody]
) -> Response[AppointmentView]:
    """
    Another duration with the same start.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/reassign",
    summary="Reassign an appointment",
    tag=TAG,
    rules="APT-03 APT-10 APT-18 ACC-22",
    versioned=True,
)
def reassign_appointment(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[ReassignAppointmentBody]
) -> Response[AppointmentView]:
    """
    Another user at the same time.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/cancel",
    summary="Cancel an appointment",
    tag=TAG,
    rules="APT-07 ACC-26",
    versioned=True,
)
def cancel_appointment(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[CancelAppointmentBody]
) -> Response[AppointmentView]:
    """
    Frees its time.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation(
    "POST",
    "/appointments/{id:uuid}/reinstate",
    summary="Reinstate an appointment",
    tag=TAG,
    rules="APT-07 APT-10 APT-18 SCH-27",
    versioned=True,
)
def reinstate_appointment(
    caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[ReinstateAppointmentBody]
) -> Response[AppointmentView]:
    """
    Plans a cancelled visit, or one where nobody showed, again: at its old time and user, while those are free, or at
    others.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


@operation("GET", "/appointments/{id:uuid}/work", summary="Show the Work screen", tag=TAG, rules="ACC-07 APT-07")
def show_work(caller: TheCaller, id: FromPath[AppointmentId]) -> Response[WorkView]:
    """
    What the assignee, or who may see the assignee's schedule, sees of a visit.
    """
    return caller.ask(ShowWork(appointment=id), WorkView)


@operation(
    "GET",
    "/customers/{id:uuid}/appointments",
    summary="List a customer's appointments",
    tag=TAG,
    rules="APT-09 ACC-26 API-04",
)
def list_customer_appointments(
    caller: TheCaller,
    id: FromPath[CustomerId],
    after: After = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[AppointmentsView]:
    """
    Upcoming ones first, soonest first, then the rest, latest first. `count=true` counts the upcoming ones.
    """
    question = ListCustomerAppointments(customer=id, after=after, limit=limit, count=count)
    return caller.ask(question, AppointmentsView)


OPERATIONS = (
    book_appointment,
    list_appointments,
    show_appointment,
    edit_appointment,
    move_appointment,
    move_crew,
    resize_appointment,
    reassign_appointment,
    cancel_appointment,
    reinstate_appointment,
    show_work,
    list_customer_appointments,
)
