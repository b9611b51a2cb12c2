"""
What a form of an appointment comes to that is sent: it is carried out, or drawn again with what stands against it.
"""

from collections.abc import Callable
from uuid import UUID

from fieldops_core.archiving.messages import UnarchiveCustomer
from fieldops_core.archiving.views import UnarchiveView
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound, Stale, Unavailable
from fieldops_core.kernel.rules import Refused
from fieldops_core.overview.messages import ShowHistory
from fieldops_core.overview.views import HistoryView
from fieldops_core.scheduling.messages import ShowAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.engine import known
from fieldops_http.pages.appointments.draft import FIELDS, Problems, Reading, Typed
from fieldops_http.pages.frame import Answer, Present
from fieldops_http.pages.rendering import refused, sent_before, sentence
from fieldops_http.pages.typed import Unread
from fieldops_http.pages.wording import plain

BOOKED = (
    "A visit was booked by this form already, as it stood when it was sent before. Look for it on the board: "
    "sending the form again books a second one."
)
HIDDEN = frozenset({"version", "changed by", "changed at", "moments"})


def attempt(
    tell: Callable[[], Answer],
    draw: Callable[[int, Problems], Answer],
    *,
    again: Callable[[], Answer],
    stale: Callable[[], Answer] | None = None,
) -> Answer:
    """
    What *tell* answers, or the form *drawn* again with what stood against it; *again* where this form was sent before,
    with something else in it or of a visit that stood otherwise; *stale* where somebody was first.
    """
    try:
        return tell()
    except Unread as error:
        return draw(422, error.problems)
    except Refused as error:
        if sent_before(error):
            return again()
        past = [each.sentence for each in error.violations if each.code == "slot.past"]
        if any(each.code == "customer.archived" for each in error.violations):
            return draw(422, {"customer": [str(error)]})
        taken = [
            str(each.facts["appointment"])
            for each in error.violations
            if each.code == "slot.taken" and "appointment" in each.facts
        ]
        return draw(422, refused(error, (*FIELDS, "reason")) | {"past": past, "taken": taken})
    except InvalidValue as error:
        return draw(422, {error.field if error.field in FIELDS and error.field else "": [str(error)]})
    except Stale as error:
        return stale() if stale else draw(409, {"": [sentence(error)]})
    except (Forbidden, NotFound) as error:
        return draw(403 if isinstance(error, Forbidden) else 404, {"": [sentence(error)]})
    except Unavailable as error:
        return draw(503, {"": [sentence(error)]})


def neighbour(
    here: Present,
    asking: Callable[[Typed], object],
    form: Typed,
    problems: Problems | None,
    version: int | None = None,
) -> AppointmentView | None:
    """
    The appointment that takes the time, where the reader may book beside it on purpose (SCH-27) and nothing else stands
    against that.
    """
    if not (taken := (problems or {}).get("taken")) and not (problems and "beside" in form):
        return None
    there = taken[0] if taken else form["beside"]
    try:
        command = asking({"beside": there, "double_book_reason": "On purpose."})
        if here.preview(command, version=version).violations:
            return None
        return here.ask(ShowAppointment(appointment=AppointmentId(UUID(there))), AppointmentView)
    except (Forbidden, NotFound, Stale, InvalidValue, Unavailable, Unread):
        return None


def unarchive(here: Present, form: Typed, draw: Callable[[int, Problems, str | None], Answer]) -> Answer:
    """
    Unarchives the customer, which the button that told what that does confirms (ARC-07), and draws the form as it was
    typed.
    """
    # It is no booking yet: that has a name of its own (API-03).
    once = here.once(form.get("once", ""), "-u")
    read = Reading(form)
    customer, version = read.id("customer"), read.whole("unarchive")

    def tell() -> Answer:
        if customer is None or version is None:
            raise Unread({"customer": ["Choose a customer."]})
        command = UnarchiveCustomer(customer=CustomerId(customer), confirmed=True)
        return draw(200, {}, known(once.tell(command, version=version).answer, UnarchiveView).summary)

    def redraw(status: int, problems: Problems) -> Answer:
        return draw(status, {"": [each for told in problems.values() for each in told]}, None)

    changed = "The customer was changed meanwhile. Unarchive it once more."

    def overtaken() -> Answer:
        return redraw(409, {"": [changed]})

    return attempt(tell, redraw, again=overtaken, stale=overtaken)


def who_changed(here: Present, visit: AppointmentView, version: int) -> str:
    """
    Who changed what since a version, as far as the reader may know.
    """
    history = here.seen(ShowHistory(customer=CustomerId(visit.customer.id), limit=50), HistoryView)
    lines = [line for line in history.items if line.of == visit.id] if history else []
    since = lines[: visit.version - version]
    names = sorted({line.by.name if line.by else "The system" for line in since}) or ["Somebody"]
    parts = sorted({plain(each.field).lower() for line in since for each in line.changes} - HIDDEN)
    told = f" ({', '.join(parts)})" if parts else ""
    return f"{' and '.join(names)} changed this appointment meanwhile{told}."
