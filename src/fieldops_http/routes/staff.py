"""
Users, their working hours and absences.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET

from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import valid_date
from fieldops_core.staff.messages import ListAbsences, ListHolidays, ListUsers, RemoveAbsence, ShowUser
from fieldops_core.staff.model import AbsenceId
from fieldops_core.staff.views import AbsencesView, AbsenceView, HolidaysView, UsersView, UserView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import From, Limit, To, Version, Year
from fieldops_http.wire.changes import (
    AbsenceChangeView,
    AbsencePreview,
    AdoptionChangeView,
    AdoptionPreview,
    UserChangeView,
    UserPreview,
    WorkingHoursChangeView,
    WorkingHoursPreview,
)
from fieldops_http.wire.staff import (
    AddAbsenceBody,
    AdoptHolidaysBody,
    ChangeAbsenceBody,
    ChangeUserBody,
    ChangeWorkingHoursBody,
    CreateUserBody,
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


@operation(
    "PATCH",
    "/users/{id:uuid}",
    summary="Change a user",
    tag="users",
    rules="ACC-01 ACC-23 ACC-24 APT-14",
    versioned=True,
)
def change_user(caller: TheCaller, id: FromPath[UserId], data: JSONBody[ChangeUserBody]) -> Response[UserChangeView]:
    """
    New values for some fields. The last active owner can be neither deactivated nor deprived of the owner role. Visits
    that a deactivation, or another home location, puts outside are `stranded`: they become pending reassignment. Those
    that another radius or start location leaves `out_of_coverage` are told, and left as they are.
    """
    return caller.tell(data.command(id), UserChangeView.of, version=data.version)


@operation("POST", "/users/{id:uuid}/preview", summary="Preview a change of a user", tag="users", rules="ACC-24 APT-14")
def preview_user(caller: TheCaller, id: FromPath[UserId], data: JSONBody[ChangeUserBody]) -> Response[UserPreview]:
    """
    What the same change would answer, or what would refuse it, computed by carrying it out and rolling it back.
    """
    return Response(UserPreview.of(caller.preview(data.command(id), version=data.version)))


@operation(
    "PUT",
    "/users/{id:uuid}/working_hours",
    summary="Change a user's working hours",
    tag="users",
    rules="SCH-21 ACC-25 APT-14",
    versioned=True,
)
def change_working_hours(
    caller: TheCaller, id: FromPath[UserId], data: JSONBody[ChangeWorkingHoursBody]
) -> Response[WorkingHoursChangeView]:
    """
    The weekly pattern and its dated exceptions, whole, local to the user's home location. Visits that the change puts
    outside are `stranded`: they become pending reassignment.
    """
    return caller.tell(data.command(id), WorkingHoursChangeView.of, version=data.version)


@operation(
    "POST",
    "/users/{id:uuid}/working_hours/preview",
    summary="Preview a change of working hours",
    tag="users",
    rules="SCH-21 ACC-25 APT-14",
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


@operation("POST", "/absences", summary="Add an absence", tag="absences", rules="SCH-22 ACC-25 APT-14", creates=True)
def add_absence(caller: TheCaller, data: JSONBody[AddAbsenceBody]) -> Response[AbsenceChangeView]:
    """
    Of a user, or, as a holiday, of everybody at home at a location: whole dates, or a part of each. Visits that it puts
    outside are `stranded`: they become pending reassignment.
    """
    return caller.made(caller.tell(data.command(), AbsenceChangeView.of), at="absences")


@operation("POST", "/absences/preview", summary="Preview an absence", tag="absences", rules="SCH-22 ACC-25 APT-14")
def preview_absence(caller: TheCaller, data: JSONBody[AddAbsenceBody]) -> Response[AbsencePreview]:
    """
    What the same absence would answer, computed by adding it and rolling it back.
    """
    return Response(AbsencePreview.of(caller.preview(data.command())))


@operation(
    "PATCH",
    "/absences/{id:uuid}",
    summary="Change an absence",
    tag="absences",
    rules="SCH-22 ACC-25 APT-14",
    versioned=True,
)
def change_absence(
    caller: TheCaller, id: FromPath[AbsenceId], data: JSONBody[ChangeAbsenceBody]
) -> Response[AbsenceChangeView]:
    """
    Other dates, times or reason. Visits that the change puts outside are `stranded`.
    """
    return caller.tell(data.command(id), AbsenceChangeView.of, version=data.version)


@operation(
    "POST",
    "/absences/{id:uuid}/preview",
    summary="Preview a change of an absence",
    tag="absences",
    rules="SCH-22 ACC-25 APT-14",
)
def preview_absence_change(
    caller: TheCaller, id: FromPath[AbsenceId], data: JSONBody[ChangeAbsenceBody]
) -> Response[AbsencePreview]:
    """
    What the same change would answer, computed by carrying it out and rolling it back.
    """
    return Response(AbsencePreview.of(caller.preview(data.command(id), version=data.version)))


@operation("DELETE", "/absences/{id:uuid}", summary="Remove an absence", tag="absences", rules="SCH-22", versioned=True)
def remove_absence(caller: TheCaller, id: FromPath[AbsenceId], version: Version = None) -> Response[AbsenceView]:
    """
    Answers the absence as it was. Visits that are pending reassignment stay so, until they are moved or end.
    """
    return caller.execute(RemoveAbsence(absence=id), AbsenceView, version=UNSET if version is None else version)


@operation("GET", "/holidays", summary="List public holidays", tag="absences", rules="SCH-22 ACC-25")
def list_holidays(
    caller: TheCaller,
    year: Year,
    region: FromQuery[str | None] = None,
    location: FromQuery[LocationId | None] = None,
) -> Response[HolidaysView]:
    """
    What a calendar knows of a region (ISO 3166: `US-UT`), by default that of the location's address. With `location`,
    each says whether the location has it already.
    """
    return caller.ask(ListHolidays(year=year, region=region, location=location), HolidaysView)


@operation(
    "POST",
    "/locations/{id:uuid}/holidays",
    summary="Adopt public holidays",
    tag="absences",
    rules="SCH-22 ACC-25 APT-14",
)
def adopt_holidays(
    caller: TheCaller, id: FromPath[LocationId], data: JSONBody[AdoptHolidaysBody]
) -> Response[AdoptionChangeView]:
    """
    Makes the chosen ones holidays of the location: absences of everybody at home there. Dates that it has already are
    left as they are. Visits that they put outside are `stranded`.
    """
    return caller.tell(data.command(id), AdoptionChangeView.of)


@operation(
    "POST",
    "/locations/{id:uuid}/holidays/preview",
    summary="Preview adopting public holidays",
    tag="absences",
    rules="SCH-22 ACC-25 APT-14",
)
def preview_holidays(
    caller: TheCaller, id: FromPath[LocationId], data: JSONBody[AdoptHolidaysBody]
) -> Response[AdoptionPreview]:
    """
    What the same adoption would answer, computed by carrying it out and rolling it back.
    """
    return Response(AdoptionPreview.of(caller.preview(data.command(id))))


OPERATIONS = (
    list_users,
    create_user,
    show_user,
    change_user,
    preview_user,
    change_working_hours,
    preview_working_hours,
    list_absences,
    add_absence,
    preview_absence,
    change_absence,
    preview_absence_change,
    remove_absence,
    list_holidays,
    adopt_holidays,
    preview_holidays,
)
