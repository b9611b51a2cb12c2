"""
What was typed into the form of an appointment, and the commands that it means.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import TypeVar
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import EntryId, ListMode, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.time import repeated
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.scheduling.messages import BookAppointment, EditAppointment, ReinstateAppointment
from fieldops_core.scheduling.model import AppointmentId, Rescheduling, WorkOrderId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.pages.appointments.words import local_text
from fieldops_http.pages.typed import Unread, of_lines
from fieldops_http.wire.values import Fold, told

Typed = dict[str, str]
Problems = dict[str, list[str]]
T = TypeVar("T")
E = TypeVar("E", bound=Enum)

CHOSEN = ("customer", "work_order", "kind", "location", "type", "sub_type", "minutes", "mode", "user", "start", "fold")
WRITTEN = ("notes", "on_site_notes", "public_note", "private_note")
FIELDS = (
    *CHOSEN,
    *WRITTEN,
    "rescheduling",
    "reschedule_reason",
    "for_the_record",
    "proposed",
    "search",
    "double_book_reason",
)
EMPTY = dict.fromkeys((name for name in FIELDS if name != "on_site_notes"), "")
"""
A form in which nothing was typed. On-site notes that are not there become the company's own (APT-01).
"""
MISSING = {
    "by": "Say who cancels.",
    "customer": "Choose a customer.",
    "type": "Choose a type.",
    "user": "Choose who comes.",
    "start": "Choose a day and a time.",
    "minutes": "Say how many minutes it takes.",
}
TWICE = "The clocks are put back that night and show this time twice: choose which of the two."
LONGEST = 1_000_000


@frozen
class Reading:
    """
    Reads texts as values. What cannot be read is told by field, all at once.
    """

    typed: Mapping[str, str]
    problems: Problems = field(factory=dict)

    def text(self, name: str) -> str:
        return of_lines(self.typed.get(name, ""))

    def id(self, name: str) -> UUID | None:
        return self._read(name, UUID, "Choose one of the list.")

    def whole(self, name: str) -> int | None:
        return self._read(name, _whole, "Say a whole number of minutes, such as 60.")

    def choice(self, name: str, of: type[E]) -> E | None:
        return self._read(name, of, "Choose one of the list.")

    def time(self, name: str) -> datetime | None:
        """
        With *fold*, which tells the second of two equal local times.
        """
        fold: Fold = 1 if self.typed.get("fold") == "1" else 0
        return self._read(name, lambda text: told(text, fold), "Say a day and a time.")

    def clear(self, name: str, zone: str | None) -> datetime | None:
        """
        The same: of two equal local times of a zone it must be said which.
        """
        time = self.time(name)
        unsaid = self.typed.get("fold", "") not in ("0", "1")
        if time and zone and time.tzinfo is None and unsaid and repeated(time, zone):
            self.problems[name] = [TWICE]
        return time

    def needed(self, name: str, value: T | None) -> T | None:
        if value is None and name not in self.problems:
            self.problems[name] = [MISSING[name]]
        return value

    def _read(self, name: str, read: Callable[[str], T], sentence: str) -> T | None:
        text = self.typed.get(name, "").strip()
        try:
            return read(text) if text else None
        except InvalidValue as error:
            self.problems[name] = [str(error)]
        except ValueError:
            self.problems[name] = [sentence]
        return None


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) > LONGEST:
        raise ValueError(text)
    return number


def booking(typed: Mapping[str, str], *, zone: str | None = None) -> BookAppointment:
    """
    *zone* is the one in which its start is told, where that is known.

    Raises:
        Unread: where something is missing, or cannot be read.
    """
    read = Reading(typed)
    customer, type, user = (read.needed(name, read.id(name)) for name in ("customer", "type", "user"))
    start = read.needed("start", read.clear("start", zone))
    sub_type, location, work_order = (read.id(name) for name in ("sub_type", "location", "work_order"))
    kind, mode, minutes = read.choice("kind", Kind), read.choice("mode", ListMode), read.whole("minutes")
    beside = _beside(read)
    if read.problems or customer is None or type is None or user is None or start is None:
        raise Unread(read.problems)
    return BookAppointment(
        customer=CustomerId(customer),
        type=TypeId(type),
        user=UserId(user),
        start=start,
        kind=kind,
        sub_type=SubTypeId(sub_type) if sub_type else None,
        minutes=minutes,
        mode=mode,
        location=LocationId(location) if location else None,
        work_order=WorkOrderId(work_order) if work_order else None,
        notes=read.text("notes"),
        on_site_notes=read.text("on_site_notes") if "on_site_notes" in typed else None,
        public_note=read.text("public_note"),
        private_note=_secret(read.text("private_note")),
        for_the_record=bool(typed.get("for_the_record")),
        double_book=beside,
        double_book_reason=read.text("double_book_reason") if beside else "",
    )


def shown(visit: AppointmentView) -> Typed:
    """
    An appointment as the form shows it.
    """
    values: dict[str, object] = {
        "customer": visit.customer.id,
        "work_order": visit.work_order.id if visit.work_order else "",
        "kind": visit.kind.value,
        "location": visit.location.id,
        "type": visit.type.id,
        "sub_type": visit.sub_type.id if visit.sub_type else "",
        "minutes": visit.minutes,
        "user": visit.user.id,
        "start": local_text(visit.start),
        "fold": visit.start.fold,
        "rescheduling": visit.rescheduling.value if visit.rescheduling else "",
        "reschedule_reason": visit.reschedule_reason.id if visit.reschedule_reason else "",
        **{name: getattr(visit, name) or "" for name in WRITTEN},
    }
    return dict.fromkeys(FIELDS, "") | {name: str(value) for name, value in values.items()}


def editing(typed: Mapping[str, str], visit: AppointmentView) -> EditAppointment:
    """
    What differs from the appointment as it is. A field that is not in the form is kept.

    Raises:
        Unread: where something is missing, or cannot be read.
    """
    read, before = Reading(typed), Reading(shown(visit))

    beside = _beside(read)

    def changed(name: str, value: Callable[[str], T]) -> T | Keep:
        same = name not in typed or read.text(name) == before.text(name)
        return UNSET if same else value(name)

    def start() -> datetime | Keep:
        same = "start" not in typed or _untouched(typed, visit)
        return UNSET if same else read.needed("start", read.clear("start", visit.zone)) or visit.start

    def id(name: str) -> UUID | None:
        return read.id(name)

    def needed_id(name: str) -> UUID:
        return read.needed(name, read.id(name)) or UUID(int=0)

    edit = EditAppointment(
        appointment=AppointmentId(visit.id),
        type=changed("type", lambda name: TypeId(needed_id(name))),
        sub_type=changed("sub_type", lambda name: SubTypeId(found) if (found := id(name)) else None),
        user=changed("user", lambda name: UserId(needed_id(name))),
        start=start(),
        minutes=changed("minutes", lambda name: read.needed(name, read.whole(name)) or visit.minutes),
        mode=read.choice("mode", ListMode),
        work_order=changed("work_order", lambda name: WorkOrderId(found) if (found := id(name)) else None),
        rescheduling=changed("rescheduling", lambda name: read.choice(name, Rescheduling) or Rescheduling.NO),
        reschedule_reason=changed("reschedule_reason", lambda name: EntryId(found) if (found := id(name)) else None),
        notes=changed("notes", read.text),
        on_site_notes=changed("on_site_notes", read.text),
        public_note=changed("public_note", read.text),
        private_note=changed("private_note", lambda name: _secret(read.text(name))),
        double_book=beside,
        double_book_reason=read.text("double_book_reason") if beside else "",
    )
    if read.problems:
        raise Unread(read.problems)
    return edit


def stands(typed: Mapping[str, str], visit: AppointmentView) -> bool:
    """
    Whether the appointment is as a form says: saving that would change nothing.
    """
    asked = {name: text for name, text in typed.items() if name != "mode"}
    return editing(asked, visit) == editing({}, visit)


def reinstating(typed: Mapping[str, str], visit: AppointmentView) -> ReinstateAppointment:
    """
    Where an appointment is planned anew.

    Raises:
        Unread: where something is missing, or cannot be read.
    """
    read = Reading(typed)
    same = _untouched(typed, visit)
    user = read.needed("user", read.id("user"))
    start = read.needed("start", read.time("start") if same else read.clear("start", visit.zone))
    minutes = read.needed("minutes", read.whole("minutes"))
    if read.problems or user is None or start is None or minutes is None:
        raise Unread(read.problems)
    return ReinstateAppointment(
        appointment=AppointmentId(visit.id),
        user=UserId(user),
        start=UNSET if same else start,
        minutes=minutes,
    )


def _untouched(typed: Mapping[str, str], visit: AppointmentView) -> bool:
    """
    Whether the start is the old one, the same of two where clocks show it twice.
    """
    before = shown(visit)
    return (typed.get("start", ""), typed.get("fold") or before["fold"]) == (before["start"], before["fold"])


def _beside(read: Reading) -> AppointmentId | None:
    """
    The appointment beside which it is put on purpose (SCH-27): only where the button that says so was pressed.
    """
    found = read.id("beside")
    return AppointmentId(found) if found else None


def _secret(text: str) -> Secret | None:
    return Secret(text) if text else None
