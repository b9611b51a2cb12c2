"""
The form of an appointment: shown, drawn again as its fields are filled in, sent.

Without scripts each of its buttons sends it to the address that it was shown at; *do* says which was pressed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, QueryParameter

from fieldops_core.kernel.errors import Forbidden
from fieldops_core.scheduling.messages import BookAppointment, CancelAppointment, ShowAppointment
from fieldops_core.scheduling.model import AppointmentId, CancelledBy, Status
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.engine import known
from fieldops_http.pages.appointments import words
from fieldops_http.pages.appointments.around import around, zone_of
from fieldops_http.pages.appointments.asked import fitting, suggested
from fieldops_http.pages.appointments.draft import (
    CHOSEN,
    EMPTY,
    FIELDS,
    Problems,
    Reading,
    Typed,
    booking,
    editing,
    reinstating,
    shown,
    stands,
)
from fieldops_http.pages.appointments.sending import BOOKED, attempt, neighbour, unarchive, who_changed
from fieldops_http.pages.frame import Answer, Here, Present, Web, read
from fieldops_http.pages.merging import marked, touched
from fieldops_http.pages.rendering import SENT, see_other
from fieldops_http.pages.typed import Unread, version_of

FORM_LIMIT = 2_000_000
"""
On-site notes are long, and a form sends them in up to nine bytes a character.
"""
DONE = {
    "booked": "Booked: {name}, {window}.",
    "saved": "Saved.",
    "cancelled": "Cancelled. Its time is free again.",
    "reinstated": "Reinstated: {name}, {window}.",
}
NO_SAVING = frozenset({"draw", "find", "slots"})
SAID = frozenset({"by", "reason", *FIELDS, "mode"})
Done = Annotated[str | None, QueryParameter(name="done", required=False)]
Dialog = Annotated[str | None, QueryParameter(name="ask", required=False)]


@get("/app/{company:str}/appointments/new", include_in_schema=False, sync_to_thread=True)
def new(request: Web, here: Here) -> Answer:
    """
    An empty form, or one that begins with what the address says: customer, work_order, user, start, type, minutes.

    Raises:
        Forbidden: where they may book nothing.
    """
    if not here.hears(BookAppointment):
        raise Forbidden("You do not have the permission for this.", rule="ACC-18")
    return _new(here, EMPTY | _fields(request.query_params))


@post(
    "/app/{company:str}/appointments/new",
    include_in_schema=False,
    status_code=200,
    request_max_body_size=FORM_LIMIT,
)
async def book(request: Web, here: Here) -> Answer:
    """
    Books it, or draws the form again with all that stands against it.
    """
    form = await read(request)
    here = here.sending(request, form.get("csrf_token"))
    if "HX-Request" not in request.headers and (address := _begun(here, form)):
        return see_other(address)
    return await sync_to_thread(_book, here, form)


def _begun(here: Present, form: Typed) -> str | None:
    """
    Where a customer was just chosen, or another one is to be, and nothing was written yet: the address of the form that
    begins so. One comes back to it, and loads it anew, without sending anything again.
    """
    typed = {name: text for name, text in _fields(form).items() if text and name != "search"}
    if not typed.keys() <= set(CHOSEN) or form.keys() & {"take", "beside", "unarchive"}:
        return None
    if form.get("do") == "other":
        typed = {name: text for name, text in typed.items() if name not in ("customer", "work_order")}
    elif "do" in form or "customer" not in typed:
        return None
    return f"/app/{here.company}/appointments/new?{urlencode(typed)}"


def _book(here: Present, form: Typed) -> Answer:
    typed = EMPTY | _taken(form, _fields(form))

    def draw(status: int = 200, problems: Problems | None = None, notice: str | None = None) -> Answer:
        beside = neighbour(here, lambda there: booking(typed | there), form, problems)
        return _new(here, typed, status=status, problems=problems, notice=notice, beside=beside)

    if "unarchive" in form:
        return unarchive(here, form, draw)
    # A customer that was found is a button, too, and then nothing else is pressed.
    if "beside" not in form and (form.get("do", "draw") in NO_SAVING or "take" in form):
        return _new(here, typed, asked=form.get("do", ""))
    if form.get("do") == "other":
        return _new(here, typed | {"customer": "", "work_order": "", "search": ""})

    def tell() -> Answer:
        command = booking(typed | _named(form), zone=zone_of(here, typed))
        told = known(here.once(form.get("once", "")).tell(command).answer, AppointmentView)
        return _after(here, form, told, "booked")

    return attempt(tell, draw, again=lambda: draw(409, {"": [BOOKED]}))


def _new(
    here: Present,
    typed: Typed,
    *,
    status: int = 200,
    problems: Problems | None = None,
    notice: str | None = None,
    beside: AppointmentView | None = None,
    asked: str = "",
) -> Answer:
    found: Problems = {}
    kept = typed
    told, typed = around(here, typed, found)
    return here.page(
        "appointments/new.html",
        status=status,
        dirty=status != 200,
        problems=found | (problems or {}),
        notice=notice,
        kept=kept | {"customer": typed["customer"]},
        typed=typed,
        around=told,
        visit=None,
        beside=beside,
        **_common(here, typed, asked),
    )


@get("/app/{company:str}/appointments/{id:uuid}", include_in_schema=False, sync_to_thread=True)
def show(here: Here, id: FromPath[AppointmentId], done: Done = None, ask: Dialog = None) -> Answer:
    """
    An appointment, to be looked at and changed.
    """
    visit = _visit(here, id)
    notice = DONE.get(done or "", "").format(name=visit.user.name, window=words.window(visit.start, visit.end))
    return _edit(here, visit, shown(visit), notice=notice or None, dialog=ask)


@post(
    "/app/{company:str}/appointments/{id:uuid}",
    include_in_schema=False,
    status_code=200,
    request_max_body_size=FORM_LIMIT,
)
async def save(request: Web, here: Here, id: FromPath[AppointmentId]) -> Answer:
    """
    Saves what was changed, or draws the form again with all that stands against it.
    """
    form = await read(request)
    here = here.sending(request, form.get("csrf_token"))
    return await sync_to_thread(_save, here, id, form)


def _save(here: Present, id: AppointmentId, form: Typed) -> Answer:
    visit = _visit(here, id)
    fields = _taken(form, _fields(form))
    version = version_of(form.get("version", ""))

    def draw(status: int = 200, problems: Problems | None = None, notice: str | None = None) -> Answer:
        typed, asked = shown(visit) | fields, form.get("do", "")
        beside = neighbour(here, lambda there: editing(fields | there, visit), form, problems, version)
        return _edit(
            here,
            visit,
            typed,
            status=status,
            problems=problems,
            version=version,
            was=form.get("was"),
            asked=asked,
            notice=notice,
            beside=beside,
        )

    def merged(now: AppointmentView, told: Problems) -> Answer:
        # What nobody typed in this form is as it stands now, and the next attempt is meant for that.
        mine = {name: fields[name] for name in touched(fields, form.get("was", "")) & fields.keys()}
        return _edit(here, now, shown(now) | mine, status=409, problems=told)

    def stale() -> Answer:
        now = _visit(here, id)
        return merged(now, {"stale": [who_changed(here, now, version)]})

    def again() -> Answer:
        return _after(here, form, visit, "saved") if stands(fields, visit) else merged(visit, {"": [SENT]})

    if "unarchive" in form:
        return unarchive(here, form | {"customer": str(visit.customer.id)}, draw)
    if form.get("do") in NO_SAVING or "take" in form:
        return draw()

    def tell() -> Answer:
        told = here.once(form.get("once", "")).tell(editing(fields | _named(form), visit), version=version)
        return _after(here, form, known(told.answer, AppointmentView), "saved")

    return attempt(tell, draw, again=again, stale=stale)


@post("/app/{company:str}/appointments/{id:uuid}/cancel", include_in_schema=False, status_code=200)
async def cancel(request: Web, here: Here, id: FromPath[AppointmentId]) -> Answer:
    """
    Cancels it: by whom, and perhaps why.
    """
    form = await read(request)
    here = here.sending(request, form.get("csrf_token"))

    def tell(_: AppointmentView) -> tuple[object, str]:
        read = Reading(form)
        by = read.needed("by", read.choice("by", CancelledBy))
        if by is None:
            raise Unread(read.problems)
        return CancelAppointment(appointment=id, by=by, reason=form.get("reason", "")), "cancelled"

    return await sync_to_thread(_end, here, id, form, "cancel", tell)


@post("/app/{company:str}/appointments/{id:uuid}/reinstate", include_in_schema=False, status_code=200)
async def reinstate(request: Web, here: Here, id: FromPath[AppointmentId]) -> Answer:
    """
    Plans it again: at its old time and user, or at others.
    """
    form = await read(request)
    here = here.sending(request, form.get("csrf_token"))

    def tell(visit: AppointmentView) -> tuple[object, str]:
        return reinstating(form, visit), "reinstated"

    return await sync_to_thread(_end, here, id, form, "reinstate", tell)


def _end(
    here: Present,
    id: AppointmentId,
    form: Typed,
    dialog: str,
    command: Callable[[AppointmentView], tuple[object, str]],
) -> Answer:
    """
    A command of a dialog: where it is refused, the dialog stands open again.
    """
    visit = _visit(here, id)
    version = version_of(form.get("version", ""))

    def tell() -> Answer:
        told, done = command(visit)
        here.once(form.get("once", "")).tell(told, version=version)
        return see_other(f"{_of(here, id)}?done={done}")

    def draw(status: int, problems: Problems) -> Answer:
        said = {name: text for name, text in form.items() if name in SAID}
        return _edit(here, visit, shown(visit), status=status, problems=problems, dialog=dialog, said=said)

    def again() -> Answer:
        if dialog == "reinstate" and visit.status is not Status.CANCELLED and stands(_fields(form), visit):
            return see_other(f"{_of(here, id)}?done=reinstated")
        return draw(409, {"": [SENT]})

    return attempt(tell, draw, again=again, stale=lambda: draw(409, {"stale": [who_changed(here, visit, version)]}))


def _edit(
    here: Present,
    visit: AppointmentView,
    typed: Typed,
    *,
    status: int = 200,
    problems: Problems | None = None,
    version: int | None = None,
    was: str | None = None,
    asked: str = "",
    **values: Any,
) -> Answer:
    found: Problems = {}
    kept = typed
    told, typed = around(here, typed, found, visit)
    shown_by_default: dict[str, Any] = {"notice": None, "dialog": None, "said": {}, "beside": None}
    # What refuses a dialog is said there, and not once more in the form behind it.
    of_form, of_dialog = problems or {}, dict[str, list[str]]()
    if values.get("dialog"):
        of_form, of_dialog = (
            {name: told for name, told in of_form.items() if name in ("", "stale", "customer")},
            of_form,
        )
    return here.page(
        "appointments/edit.html",
        status=status,
        dirty=status != 200,
        problems=found | of_form,
        own=of_dialog,
        again=words.twice(Reading(typed | values.get("said", {})).time("start"), visit.zone),
        kept=kept,
        typed=typed,
        around=told,
        visit=visit,
        version=visit.version if version is None else version,
        was=was or marked(shown(visit)),
        **shown_by_default | values,
        **_common(here, typed | {"moving": str(visit.id)}, asked, visit.id),
    )


def _common(here: Present, typed: Mapping[str, str], asked: str, visit: UUID | None = None) -> dict[str, Any]:
    """
    What both forms need besides. Suggestions are asked for by the page's script, without one by a button.
    """
    by_button = asked == "slots"
    return {
        "words": words,
        "once": uuid4().hex,
        "board": _board(here, Reading(typed).time("start"), visit),
        "suggested": suggested(here, typed) if by_button else None,
        "fitting": fitting(here, typed) if by_button else None,
    }


def _named(form: Typed) -> Typed:
    return {"beside": form["beside"]} if "beside" in form else {}


def _visit(here: Present, id: AppointmentId) -> AppointmentView:
    return here.ask(ShowAppointment(appointment=id), AppointmentView)


def _after(here: Present, form: Typed, visit: AppointmentView, done: str) -> Answer:
    """
    Save & stay leads to the appointment, Save to the board on its day.
    """
    if form.get("do") == "stay":
        return see_other(f"{_of(here, visit.id)}?done={done}")
    return see_other(f"{_board(here, visit.start, visit.id)}&done={done}")


def _board(here: Present, time: datetime | None, visit: UUID | None = None) -> str:
    """
    The board, on a day, and there at a visit.
    """
    day = f"?from={time:%Y-%m-%d}" if time else ""
    return f"/app/{here.company}{day}" + (f"&visit={visit}" if day and visit else "")


def _of(here: Present, id: UUID) -> str:
    return f"/app/{here.company}/appointments/{id}"


def _fields(form: Mapping[str, str]) -> Typed:
    return {name: form[name] for name in FIELDS if name in form}


def _taken(form: Typed, fields: Typed) -> Typed:
    """
    What was typed, with the user and start of the suggestion whose button was pressed.
    """
    user, start, fold = [*form.get("take", "").split(" "), "", ""][:3]
    return fields | {"user": user, "start": start, "fold": fold} if start else fields


HANDLERS = (new, book, show, save, cancel, reinstate)
