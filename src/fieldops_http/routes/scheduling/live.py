"""
The day grid, live.
"""

from time import monotonic
from typing import Annotated, cast

from attrs import evolve
from litestar import Response
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import Stream

from fieldops_core.kernel.time import valid_date
from fieldops_core.scheduling.messages import ListGridChanges
from fieldops_core.scheduling.views import GridChangesView, GridChangeView
from fieldops_http.auth import TheCaller, ZoneQuery, identification
from fieldops_http.operations import operation
from fieldops_http.requests import ApiRequest
from fieldops_http.routes.parameters import Days, FromToday, LocationList, UserList
from fieldops_http.streams import Listening

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # proxies keep nothing back

Seconds = Annotated[
    int, QueryParameter(ge=0, le=3_600, description="How long the stream stays open; 0: what there is, and the end.")
]
AfterQuery = Annotated[
    str | None, QueryParameter(max_length=60, description="As Last-Event-ID, for who cannot send that.")
]
LastEventId = Annotated[
    str | None,
    HeaderParameter(
        name="Last-Event-ID",
        required=False,
        description="The `id` that was read last: the stream goes on behind it. Browsers send it by themselves.",
    ),
]


@operation(
    "GET",
    "/grid/events",
    summary="Listen to changes of the day grid",
    tag="day grid",
    rules="API-06 EVT-02 ACC-26 ACC-27",
    streams=True,
    problems=(429,),
)
def listen_to_grid(
    request: ApiRequest,
    caller: TheCaller,
    first: FromToday = None,
    days: Days = 1,
    users: UserList = None,
    locations: LocationList = None,
    zone: ZoneQuery = None,
    seconds: Seconds = 3_600,
    after: AfterQuery = None,
    last_event_id: LastEventId = None,
) -> Response[GridChangeView]:
    """
    Server-sent events, from whichever process they come, about some users (by default all) and local days: `change`
    says whose time changed on which days, and of an appointment that the reader may see, which; `reset` says that
    nobody knows what happened since the place that was asked for: ask for the whole grid anew; `end` that the reader
    may no longer read. Something is sent every 15 seconds. A stream that breaks goes on behind its last `id`.
    """
    question = ListGridChanges(
        after=last_event_id or after,
        first=None if first is None else valid_date(first, field="from"),
        days=days,
        users=None if users is None else tuple(users),
        locations=None if locations is None else tuple(locations),
        zone=zone,
    )
    # Whoever may not read this is told so as ever, before anything is sent. What is asked for once the stream is open
    # is newer than the place where it begins.
    begun = caller.ask(question, GridChangesView).content
    if question.after is None:
        question = evolve(question, after=begun.place)
    state = request.app.state
    listening = Listening(
        engine=state.engine,
        streams=state.streams,
        slot=state.streams.enter(caller.context.actor.user),
        question=question,
        context=caller.context,
        identify=identification(request, used=False),
        until=monotonic() + seconds,
    )
    stream = Stream(listening.events(), media_type="text/event-stream", headers=HEADERS)
    return cast("Response[GridChangeView]", stream)


OPERATIONS = (listen_to_grid,)
