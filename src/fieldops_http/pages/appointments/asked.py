"""
Parts of the form that are asked for while it is filled in: the best slots, and whether a time fits and how far it is.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from attrs import frozen
from litestar import get

from fieldops_core.access.model import Kind
from fieldops_core.company.model import ListMode, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import ExplainFit, FindBestSlots, MeasureTravel, ShowGrid
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import BestSlotsView, FitView, GridView, TravelView
from fieldops_core.scheduling.views.parts import DistanceView
from fieldops_http.pages.appointments import words
from fieldops_http.pages.appointments.around import zone_of
from fieldops_http.pages.appointments.draft import EMPTY, Reading
from fieldops_http.pages.frame import Answer, Here, Present, Web
from fieldops_http.pages.rendering import page, sentence

SLOTS, AHEAD = 6, 7
"""
So many suggestions, from so many days.
"""


@frozen(kw_only=True)
class Wish:
    """
    What is known of a visit by now.
    """

    kind: Kind | None
    customer: CustomerId
    type: TypeId
    sub_type: SubTypeId | None
    minutes: int | None
    mode: ListMode | None
    location: LocationId | None
    moving: AppointmentId | None
    user: UserId | None
    start: datetime | None


def wish(typed: Mapping[str, str]) -> Wish | None:
    """
    None where too little is told, or it cannot be read.
    """
    read = Reading(EMPTY | dict(typed))
    ids = {name: read.id(name) for name in ("customer", "type", "sub_type", "location", "moving", "user")}
    minutes, mode, start = read.whole("minutes"), read.choice("mode", ListMode), read.time("start")
    kind = read.choice("kind", Kind)
    if read.problems or ids["customer"] is None or ids["type"] is None:
        return None
    return Wish(
        kind=kind,
        customer=CustomerId(ids["customer"]),
        type=TypeId(ids["type"]),
        sub_type=SubTypeId(ids["sub_type"]) if ids["sub_type"] else None,
        minutes=minutes,
        mode=mode,
        location=LocationId(ids["location"]) if ids["location"] else None,
        moving=AppointmentId(ids["moving"]) if ids["moving"] else None,
        user=UserId(ids["user"]) if ids["user"] else None,
        start=start,
    )


@get("/app/{company:str}/appointments/slots", include_in_schema=False, sync_to_thread=True)
def slots(request: Web, here: Here) -> Answer:
    """
    The best slots, as suggestions (SCH-20).
    """
    return page("appointments/slots.html", words=words, **suggested(here, request.query_params))


def suggested(here: Present, typed: Mapping[str, str]) -> dict[str, Any]:
    """
    What the list of suggestions shows: the best from the day of the start that was typed, else from today.
    """
    asked = wish(typed)
    if asked is None:
        return {"found": None, "why_not": ""}
    try:
        today = _today(here, asked)
        first = max(asked.start.date(), today) if asked.start else today
        question = FindBestSlots(
            customer=asked.customer,
            type=asked.type,
            first=first,
            days=AHEAD,
            sub_type=asked.sub_type,
            minutes=asked.minutes,
            mode=asked.mode,
            location=asked.location,
            moving=asked.moving,
            limit=SLOTS,
        )
        return {"found": here.ask(question, BestSlotsView), "until": first + timedelta(AHEAD - 1), "why_not": ""}
    except (Refused, Forbidden, NotFound, InvalidValue) as error:
        return {"found": None, "why_not": sentence(error)}


def _today(here: Present, asked: Wish) -> date:
    """
    The date at the customer's location: of the day grid, of the reader's row alone.
    """
    me = UserId(here.me.id)
    return here.ask(ShowGrid(kind=asked.kind, days=1, customer=asked.customer, users=(me,)), GridView).today


@get("/app/{company:str}/appointments/fit", include_in_schema=False, sync_to_thread=True)
def fit(request: Web, here: Here) -> Answer:
    """
    Whether the chosen time fits, and if not, what would (SCH-28); the ways to it (SCH-18, SCH-19, SCH-25); where clocks
    show that time twice, which of the two it is.
    """
    typed = request.query_params
    start, zone = Reading(typed).time("start"), zone_of(here, typed)
    values = fitting(here, typed)
    twice = words.twice(start, zone) if zone else []
    return page("appointments/asked_fit.html", words=words, twice=twice, fold=typed.get("fold"), **values)


def fitting(here: Present, typed: Mapping[str, str]) -> dict[str, Any]:
    asked = wish(typed)
    if asked is None or asked.user is None or asked.start is None:
        return {"fit": None, "ways": (), "why_not": ""}
    try:
        question = ExplainFit(
            user=asked.user,
            start=asked.start,
            customer=asked.customer,
            type=asked.type,
            sub_type=asked.sub_type,
            minutes=asked.minutes,
            mode=asked.mode,
            location=asked.location,
            moving=asked.moving,
        )
        found = here.ask(question, FitView)
        return {"fit": found, "ways": _ways(here, asked, found), "why_not": ""}
    except (Refused, Forbidden, NotFound, InvalidValue) as error:
        return {"fit": None, "ways": (), "why_not": sentence(error)}


def _ways(here: Present, asked: Wish, fit: FitView) -> list[tuple[str, str]]:
    """
    Each way by where it begins, and how long it is.
    """
    if asked.user is None or fit.start is None:
        return []
    question = MeasureTravel(user=asked.user, customer=asked.customer, start=fit.start, moving=asked.moving)
    travel = here.ask(question, TravelView)
    found: dict[str, DistanceView | None] = {
        "From start": fit.distance,
        "From previous": travel.from_previous,
        "From the visit just before": travel.from_previous_booked,
    }
    return [(name, _told(name, way)) for name, way in found.items() if way is not None]


def _told(name: str, way: DistanceView) -> str:
    origin = f" ({words.ORIGINS[way['from']]})" if name == "From previous" else ""
    return words.way(way) + origin


HANDLERS = (slots, fit)
