"""
The day grid, and who could come when.
"""

from typing import Annotated

from litestar import Response
from litestar.params import FromQuery, JSONBody, QueryParameter

from fieldops_core.access.model import Kind
from fieldops_core.company.model import ListMode, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import valid_date
from fieldops_core.scheduling.messages import (
    ExplainFit,
    FindBestSlots,
    FindOpenings,
    ListTechnicians,
    MeasureTravel,
    ShowGrid,
    ShowGridChoice,
)
from fieldops_core.scheduling.model import AppointmentId, HoldId
from fieldops_core.scheduling.views import (
    BestSlotsView,
    FitView,
    GridChoiceView,
    GridView,
    OpeningsView,
    TechniciansView,
    TravelView,
)
from fieldops_http.auth import TheCaller, ZoneQuery
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import (
    Days,
    DaysChosen,
    From,
    FromToday,
    LocationList,
    Minutes,
    Slots,
    StatusList,
    UserList,
)
from fieldops_http.wire.scheduling import ChooseGridBody
from fieldops_http.wire.values import START_PATTERN, Fold, told

TAG = "day grid"

AsChosen = Annotated[
    bool,
    QueryParameter(description="Whether what is not said is as chosen last. Windows that choose for themselves: no."),
]

Start = Annotated[
    str,
    QueryParameter(
        description="A local time of the customer's location, or one with an offset.",
        schema_extra={"pattern": START_PATTERN},
    ),
]


@operation(
    "GET",
    "/grid",
    summary="Show the day grid",
    tag=TAG,
    rules="SCH-09 SCH-10 SCH-11 SCH-24 ACC-06 ACC-26 ACC-27",
)
def show_grid(
    caller: TheCaller,
    first: FromToday = None,
    days: DaysChosen = None,
    kind: FromQuery[Kind | None] = None,
    locations: LocationList = None,
    users: UserList = None,
    customer: FromQuery[CustomerId | None] = None,
    mode: FromQuery[ListMode | None] = None,
    statuses: StatusList = None,
    pending_reassignment: FromQuery[bool | None] = None,
    as_chosen: AsChosen = True,
    zone: ZoneQuery = None,
) -> Response[GridView]:
    """
    Users in rows, slots in columns, for 1 to 7 days of one zone (by default the first location's). What is not said is
    as chosen last, or, with `as_chosen=false`, as if nothing had been. With `customer`, each row says whether its user
    is valid for it, and why not. Appointments that the reader may not see are anonymous blocks.
    """
    question = ShowGrid(
        kind=kind,
        first=None if first is None else valid_date(first, field="from"),
        days=days,
        locations=None if locations is None else tuple(locations),
        users=None if users is None else tuple(users),
        customer=customer,
        mode=mode,
        statuses=None if statuses is None else tuple(statuses),
        pending_reassignment=pending_reassignment,
        as_chosen=as_chosen,
        zone=zone,
    )
    return caller.ask(question, GridView)


@operation("GET", "/grid/choice", summary="Show what was chosen last", tag=TAG, rules="SCH-10")
def show_grid_choice(caller: TheCaller) -> Response[GridChoiceView]:
    """
    What the token's user last chose to see on the day grid. Open to every user of the company.
    """
    return caller.ask(ShowGridChoice(), GridChoiceView)


@operation("PUT", "/grid/choice", summary="Choose what to see", tag=TAG, rules="SCH-10")
def choose_grid(caller: TheCaller, data: JSONBody[ChooseGridBody]) -> Response[GridChoiceView]:
    """
    Saves what the token's user wants to see on the day grid. Open to every user of the company.
    """
    return caller.execute(data.command(), GridChoiceView)


@operation("GET", "/openings", summary="Find openings", tag=TAG, rules="SCH-05 SCH-06 SCH-08 SCH-12 SCH-14 SCH-15")
def find_openings(
    caller: TheCaller,
    customer: FromQuery[CustomerId],
    type: FromQuery[TypeId],
    first: From,
    sub_type: FromQuery[SubTypeId | None] = None,
    minutes: Minutes = None,
    days: Days = 1,
    mode: FromQuery[ListMode | None] = None,
    users: UserList = None,
    location: FromQuery[LocationId | None] = None,
    moving: FromQuery[AppointmentId | None] = None,
    hold: FromQuery[HoldId | None] = None,
) -> Response[OpeningsView]:
    """
    Every start that fits a visit of a type and duration at a customer, for each user and local date. `moving` is an
    appointment whose own time does not block it, `hold` a hold of yours that does not either.
    """
    question = FindOpenings(
        customer=customer,
        type=type,
        first=valid_date(first, field="from"),
        days=days,
        sub_type=sub_type,
        minutes=minutes,
        mode=mode,
        users=tuple(users or ()),
        location=location,
        moving=moving,
        hold=hold,
    )
    return caller.ask(question, OpeningsView)


@operation("GET", "/best_slots", summary="Rank the best slots", tag=TAG, rules="SCH-08 SCH-19 SCH-20", outside=True)
def find_best_slots(
    caller: TheCaller,
    customer: FromQuery[CustomerId],
    type: FromQuery[TypeId],
    first: From,
    sub_type: FromQuery[SubTypeId | None] = None,
    minutes: Minutes = None,
    days: Days = 1,
    mode: FromQuery[ListMode | None] = None,
    users: UserList = None,
    location: FromQuery[LocationId | None] = None,
    moving: FromQuery[AppointmentId | None] = None,
    hold: FromQuery[HoldId | None] = None,
    limit: Slots = 20,
) -> Response[BestSlotsView]:
    """
    The openings that leave time to drive from the visit before and to the one after, by how much driving they add to
    their user's day. Where a place has no coordinates, that is not known: those come last.
    """
    question = FindBestSlots(
        customer=customer,
        type=type,
        first=valid_date(first, field="from"),
        days=days,
        sub_type=sub_type,
        minutes=minutes,
        mode=mode,
        users=tuple(users or ()),
        location=location,
        moving=moving,
        hold=hold,
        limit=limit,
    )
    return caller.ask(question, BestSlotsView)


@operation("GET", "/explain", summary="Explain why a start does not fit", tag=TAG, rules="SCH-28")
def explain_fit(
    caller: TheCaller,
    user: FromQuery[UserId],
    start: Start,
    customer: FromQuery[CustomerId],
    type: FromQuery[TypeId],
    fold: FromQuery[Fold] = 0,
    sub_type: FromQuery[SubTypeId | None] = None,
    minutes: Minutes = None,
    mode: FromQuery[ListMode | None] = None,
    location: FromQuery[LocationId | None] = None,
    moving: FromQuery[AppointmentId | None] = None,
    hold: FromQuery[HoldId | None] = None,
) -> Response[FitView]:
    """
    Every reason why a visit does not fit a user and start, told as a refusal tells them, and the smallest changes that
    would make it fit: another start of that day, a shorter duration, a greater radius. A start is among the openings
    exactly where there is no reason.
    """
    question = ExplainFit(
        user=user,
        start=told(start, fold),
        customer=customer,
        type=type,
        sub_type=sub_type,
        minutes=minutes,
        mode=mode,
        location=location,
        moving=moving,
        hold=hold,
    )
    return caller.ask(question, FitView)


@operation(
    "GET", "/technicians", summary="List technicians", tag=TAG, rules="SCH-12 SCH-13 SCH-14 SCH-15 SCH-16 SCH-17"
)
def list_technicians(
    caller: TheCaller, customer: FromQuery[CustomerId], mode: FromQuery[ListMode | None] = None
) -> Response[TechniciansView]:
    """
    Who is offered for a customer under a list mode, nearest first; then who is not, and why.
    """
    return caller.ask(ListTechnicians(customer=customer, mode=mode), TechniciansView)


@operation(
    "GET", "/distance_from_previous", summary="Measure the way to a visit", tag=TAG, rules="SCH-19 SCH-25", outside=True
)
def distance_from_previous(
    caller: TheCaller,
    user: FromQuery[UserId],
    customer: FromQuery[CustomerId],
    start: Start,
    fold: FromQuery[Fold] = 0,
    moving: FromQuery[AppointmentId | None] = None,
) -> Response[TravelView]:
    """
    Driving distance from the last completed visit of the day, or from the start location; beside it, from the visit
    just before the start. `moving` is an appointment that would be moved there.
    """
    question = MeasureTravel(user=user, customer=customer, start=told(start, fold), moving=moving)
    return caller.ask(question, TravelView)


OPERATIONS = (
    show_grid,
    show_grid_choice,
    choose_grid,
    find_openings,
    find_best_slots,
    explain_fit,
    list_technicians,
    distance_from_previous,
)
