"""
Parameters that several operations take.
"""

from datetime import date
from typing import Annotated

from litestar.params import QueryParameter

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.messaging.model import MessageState
from fieldops_core.scheduling.model import Status

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="At most so many on a page.")]
PerPage = Annotated[int | None, QueryParameter(ge=1, le=200, description="At most so many; all, if it is not said.")]
Slots = Annotated[int, QueryParameter(ge=1, le=50, description="At most so many, the best of them.")]
After = Annotated[str | None, QueryParameter(max_length=200, description="`next` of the page before.")]
From = Annotated[date, QueryParameter(name="from", description="The first local date.")]
FromToday = Annotated[date | None, QueryParameter(name="from", description="The first local date; today by default.")]
FromDate = Annotated[date | None, QueryParameter(name="from", description="The first local date.")]
ToDate = Annotated[date | None, QueryParameter(name="to", description="The last local date.")]
To = Annotated[date, QueryParameter(description="The last local date.")]
Year = Annotated[int, QueryParameter(ge=1, le=9_999, description="The year.")]
Days = Annotated[int, QueryParameter(ge=-1_000_000, le=1_000_000, description="How many days, 1 to 7.")]
DaysChosen = Annotated[
    int | None,
    QueryParameter(ge=-1_000_000, le=1_000_000, description="How many days, 1 to 7; by default as chosen last."),
]
Minutes = Annotated[
    int | None,
    QueryParameter(ge=-1_000_000, le=1_000_000, description="The duration; by default what the type proposes."),
]
Search = Annotated[str | None, QueryParameter(max_length=200, description="Words that must all be found.")]
AfterRecord = Annotated[str | None, QueryParameter(max_length=1_000, description="`next` of the page before.")]
FileName = Annotated[str, QueryParameter(name="name", max_length=200, description="What the file is called.")]
StateAsked = Annotated[
    MessageState | None, QueryParameter(name="state", description="Only the messages that are so far.")
]
Typed = Annotated[str, QueryParameter(max_length=200, description="What was typed so far.")]
Number = Annotated[int | None, QueryParameter(ge=1, le=2**31 - 1, description="Only the record of this number.")]
AfterNumber = Annotated[int | None, QueryParameter(ge=0, le=2**31 - 1, description="`next` of the page before.")]
Version = Annotated[
    int | None,
    QueryParameter(ge=1, le=2**31 - 1, description="The version that this is meant for, unless If-Match says it."),
]
AmountAsked = Annotated[str | None, QueryParameter(max_length=40, description="A total, such as `39.95`.")]
Latitude = Annotated[float | None, QueryParameter(ge=-90, le=90, description="Degrees, with `longitude`.")]
Longitude = Annotated[float | None, QueryParameter(ge=-180, le=180, description="Degrees, with `latitude`.")]
UserList = Annotated[list[UserId] | None, QueryParameter(max_items=200, description="Only these users; repeat it.")]
LocationList = Annotated[list[LocationId] | None, QueryParameter(max_items=200, description="Only these; repeat it.")]
StatusList = Annotated[list[Status] | None, QueryParameter(max_items=20, description="Only these; repeat it.")]


def point_asked(latitude: float | None, longitude: float | None) -> Point | None:
    """
    The point that two parameters name, None where both are missing.

    Raises:
        InvalidValue: where one is missing.
    """
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        raise InvalidValue("point.incomplete", "A point has a latitude and a longitude.", field=missing)
    return Point(latitude, longitude)
