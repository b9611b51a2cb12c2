"""
Holds.
"""

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from fieldops_core.scheduling.messages import ReleaseHold, ShowHold
from fieldops_core.scheduling.model import HoldId
from fieldops_core.scheduling.views import HoldView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Version
from fieldops_http.wire.scheduling import HoldTimeBody

TAG = "holds"


@operation("POST", "/holds", summary="Hold a user's time", tag=TAG, rules="BKG-04 SCH-06 ACC-26", creates=True)
def hold_time(caller: TheCaller, data: JSONBody[HoldTimeBody]) -> Response[HoldView]:
    """
    Takes a user's time for some minutes, while a visit is being arranged. Every rule of a booking is asked. Until it
    expires or is released, the time is offered to nobody; the booking that names it in `hold` consumes it.
    """
    return caller.create(data.command(), HoldView, at="holds")


@operation("GET", "/holds/{id:uuid}", summary="Show a hold", tag=TAG, rules="BKG-04 ACC-26")
def show_hold(caller: TheCaller, id: FromPath[HoldId]) -> Response[HoldView]:
    """
    To who made it, and to who may see such appointments there. A consumed or released one is not found; an expired one
    may be, for a while.
    """
    return caller.ask(ShowHold(hold=id), HoldView)


@operation("DELETE", "/holds/{id:uuid}", summary="Release a hold", tag=TAG, rules="BKG-04 ACC-26", versioned=True)
def release_hold(caller: TheCaller, id: FromPath[HoldId], version: Version = None) -> Response[HoldView]:
    """
    Frees its time. Answers the hold as it was.
    """
    return caller.execute(ReleaseHold(hold=id), HoldView, version=UNSET if version is None else version)


OPERATIONS = (hold_time, show_hold, release_hold)
