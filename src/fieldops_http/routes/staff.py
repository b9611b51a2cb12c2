"""
Users, their working hours and absences.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET

from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import valid_date
from fieldops_core.staff.messages import ListAbsences, ListUsers, RemoveAbsence, ShowUser
from fieldops_core.staff.model import AbsenceId
from fieldops_core.staff.views import AbsencesView, AbsenceView, UserHoursView, UsersView, UserView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import From, Limit, To, Version
from fieldops_http.wire.staff import (
    AddAbsenceBody,
    ChangeUserBody,
    ChangeWorkingHoursBody,
    CreateUserBody,
    WorkingHoursPreview,
)


@operation("GET", "/users", summary="List users", tag="users", rules="ACC-23 ACC-25 API-04")
def list_users(
    caller: TheCaller,
    location: FromQuery[LocationId | None] = None,
    active: FromQuery[bool | None] = None,
    after: FromQuery[UserId | None] = None,
    limit: Limit = 50,
) -> Response[UsersView]:
    """
    The people of the company; with `location`, those at home there or further.
    """
    return caller.ask(ListUsers(location=location, active=active, after=after, limit=limit), UsersView)


@operation("POST", "/users", summary="Create a user", tag="users", rules="ACC-01 ACC-23", creates=True)
def create_user(caller: TheCaller, data: JSONBody[CreateUserBody]) -> Response[UserView]:
    """
    A person who works for the company: a technician, a sales rep, both, or neither.
    """
    return caller.create(data.command(), UserView, at="users")


@operation("GET", "/users/{id:uuid}", summary="Show a user", tag="users", rules="ACC-23 ACC-25")
def show_user(caller: TheCaller, id: FromPath[UserId]) -> Response[UserView]:
    """
    One user, with working hours, roles and grants.
    """
    return caller.ask(ShowUser(user=id), UserView)


@operation("PATCH", "/users/{id:uuid}", summary="Change a user", tag="users", rules="ACC-01 ACC-23", versioned=True)
def change_user(caller: TheCaller, id: FromPath[UserId], data: JSONBody[ChangeUserBody]) -> Response[UserView]:
    """
    New values for some fields. The last active owner can be neither deactivated nor deprived of the owner role.
    """
    return caller.execute(data.command(id), UserView, version=data.version)


@operation(
    "PUT",
    "/users/{id:uuid}/working_hours",
    summary="Change a user's working hours",
    tag="users",
    rules="SCH-21 ACC-25",
    versioned=True,
)
def change_working_hours(
    caller: TheCaller, id: FromPath[UserId], data: JSONBody[ChangeWorkingHoursBody]
) -> Response[UserHoursView]:
    """
    The weekly pattern and its dated exceptions, whole, local to the user's home location.
    """
    return caller.execute(data.command(id), UserHoursView, version=data.version)


@operation(
    "POST",
    "/users/{id:uuid}/working_hours/preview",
    summary="Preview a change of working hours",
    tag="users",
    rules="SCH-21 ACC-25",
)
def preview_working_hours(
    caller: TheCaller, id: FromPath[UserId], data: JSONBody[ChangeWorkingHoursBody]
) -> Response[WorkingHoursPreview]:
    """
    What the same change would answer, or what would refuse it, computed by carrying it out and rolling it back.
    """
    return Response(WorkingHoursPreview.of(caller.preview(data.command(id), version=data.version)))


@operation("GET", "/absences", summary="List absences", tag="absences", rules="SCH-22 ACC-25")
def list_absences(
    caller: TheCaller, first: From, to: To, user: FromQuery[UserId | None] = None
) -> Response[AbsencesView]:
    """
    Absences of users, and holidays of locations, that touch the dates.
    """
    first, last = valid_date(first, field="from"), valid_date(to, field="to")
    return caller.ask(ListAbsences(first=first, last=last, user=user), AbsencesView)


@operation("POST", "/absences", summary="Add an absence", tag="absences", rules="SCH-22 ACC-25", creates=True)
def add_absence(caller: TheCaller, data: JSONBody[AddAbsenceBody]) -> Response[AbsenceView]:
    """
    Of a user, or, as a holiday, of everybody at home at a location: whole dates, or a part of each.
    """
    return caller.create(data.command(), AbsenceView, at="absences")


@operation("DELETE", "/absences/{id:uuid}", summary="Remove an absence", tag="absences", rules="SCH-22", versioned=True)
def remove_absence(caller: TheCaller, id: FromPath[AbsenceId], version: Version = None) -> Response[AbsenceView]:
    """
    Answers the absence as it was.
    """
    return caller.execute(RemoveAbsence(absence=id), AbsenceView, version=UNSET if version is None else version)


OPERATIONS = (
    list_users,
    create_user,
    show_user,
    change_user,
    change_working_hours,
    preview_working_hours,
    list_absences,
    add_absence,
    remove_absence,
)
