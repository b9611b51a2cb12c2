"""
Users and appointments from lines of a file (CUS-26). Each line is an ordinary command, carried out as if it came alone:
all of its rules are asked, of the lines before it too. The command of a line that is refused has changed nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind, Role
from fieldops_core.app.fingerprint import fingerprint
from fieldops_core.app.messages import (
    APPOINTMENT_FIELDS,
    TECHNICIAN_FIELDS,
    ImportAppointments,
    ImportTechnicians,
)
from fieldops_core.app.ports import Receipt, StoredAnswer, Unit
from fieldops_core.company.model import AppointmentType, ListMode, Setup, SubTypeId
from fieldops_core.customers.messages import ImportLine
from fieldops_core.customers.model import CustomerId, Sort
from fieldops_core.customers.ports import Geocoder, Selection
from fieldops_core.customers.rules import LINE, Importing
from fieldops_core.customers.use_cases.lines import (
    Lines,
    Mends,
    Values,
    address_of,
    choice_of,
    location_of,
    number_of,
    point_of,
    said,
)
from fieldops_core.customers.views import ImportView
from fieldops_core.kernel.contact import Address, Phones
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import filled
from fieldops_core.scheduling.messages import BookAppointment
from fieldops_core.scheduling.use_cases import book_appointment
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import CreateUser
from fieldops_core.staff.use_cases import create_user
from fieldops_core.staff.views import UserView

YES, NO = frozenset({"yes", "y", "true", "t", "1", "x"}), frozenset({"no", "n", "false", "f", "0"})


def import_technicians(
    command: ImportTechnicians, call: Call[Unit], *, phones: Phones, geocoder: Geocoder
) -> ImportView:
    setup, roles = call.unit.companies.setup(), call.unit.roles.all()

    def made(values: Values, mends: Mends) -> UserView:
        require(LINE, Importing.of(values, TECHNICIAN_FIELDS))
        return create_user(_technician(values, setup, roles, address_of(values, geocoder, mends)), call, phones=phones)

    lines = Lines(known=call.unit.users.known_external_ids(said(command.lines, "external_id")))
    return lines.view(created=sum(lines.read(line, made) is not None for line in command.lines))


def import_appointments(command: ImportAppointments, call: Call[Unit]) -> ImportView:
    people, setup = _People.of(command.lines, call), call.unit.companies.setup()
    types = call.unit.appointment_types.all()
    # In the order of their ids, as whoever locks several does; each booking locks its own once more.
    call.unit.people.locked(sorted(set(people.users.values())))

    def booked(values: Values, _: Mends) -> AppointmentView:
        require(LINE, Importing.of(values, APPOINTMENT_FIELDS))
        id = filled(values["external_id"], field="external_id")
        booking = _booking(values, people, types, setup)
        view = book_appointment(booking, call)
        stored = StoredAnswer(fingerprint=fingerprint(booking), receipt=Receipt(answer=view))
        call.unit.answers.add(None, _command_id(id), stored, at=call.now)
        return view

    lines = Lines(known={id for id in said(command.lines, "external_id") if _answer(id, call) is not None})
    return lines.view(created=sum(lines.read(line, booked) is not None for line in command.lines))


def _technician(values: Values, setup: Setup, roles: Sequence[Role], address: Address) -> CreateUser:
    return CreateUser(
        name=values.get("name") or f"{values.get('first_name', '')} {values.get('last_name', '')}",
        email=values.get("email", ""),
        external_id=values["external_id"],
        home=_home(values, setup),
        further=tuple(location_of(each, setup, name="further").id for each in _several(values, "further")),
        phone=values.get("phone"),
        technician=_yes(values, "technician", otherwise=True),
        sales_rep=_yes(values, "sales_rep", otherwise=False),
        roles=tuple(_named("roles", each, roles).id for each in _several(values, "roles")),
        language=values.get("language", "en"),
        zone=values.get("zone"),
        start_address=address,
        start=point_of(values),
        coverage_radius=number_of(values, "radius", float, 0.0) * setup.settings.distance_unit.meters,
    )


def _booking(values: Values, people: "_People", types: Sequence[AppointmentType], setup: Setup) -> BookAppointment:
    type, location = _type(values, types), values.get("location")
    return BookAppointment(
        customer=people.customer(values),
        user=people.user(values),
        kind=type.kind,
        type=type.id,
        sub_type=_sub_type(values, type),
        start=_start(values),
        minutes=number_of(values, "minutes", int, None),
        mode=choice_of(values, "mode", ListMode, None),
        location=location_of(location, setup).id if location else None,
        notes=values.get("notes", ""),
        on_site_notes=values.get("on_site_notes"),
        public_note=values.get("public_note", ""),
        private_note=Secret(values["private_note"]) if "private_note" in values else None,
    )


def _command_id(external_id: str) -> str:
    return f"import appointment {external_id}"


def _answer(external_id: str, call: Call[Unit]) -> StoredAnswer | None:
    """
    What brought in an appointment: whoever imports, it is known in the company.
    """
    return call.unit.answers.find(None, _command_id(external_id), answer=AppointmentView)


@frozen(kw_only=True)
class _People:
    """
    Whom the lines of an import name: customers by external id and by number, users by external id and by email.
    """

    by_external_id: Mapping[str, CustomerId]
    by_number: Mapping[str, CustomerId]
    users: Mapping[str, UserId]

    @classmethod
    def of(cls, lines: Sequence[ImportLine], call: Call[Unit]) -> "_People":
        unit, users = call.unit, said(lines, "user")
        numbers = [text for text in said(lines, "customer_number") if text.isascii() and text.isdecimal()]
        return cls(
            by_external_id=unit.customers.known_external_ids(said(lines, "customer")),
            by_number={text: found for text in numbers if (found := _numbered(int(text), call))},
            users={**unit.users.known_external_ids(users), **unit.users.known_emails(users)},
        )

    def customer(self, values: Values) -> CustomerId:
        if "customer" in values:
            return _there("customer", values["customer"], self.by_external_id, "external id ")
        return _there("customer_number", values.get("customer_number", ""), self.by_number, "number ")

    def user(self, values: Values) -> UserId:
        return _there("user", values.get("user", ""), self.users, "external id or email address ")


def _numbered(number: int, call: Call[Unit]) -> CustomerId | None:
    page = call.unit.customers.page(Selection(number=number), sort=Sort.NUMBER, after=None, limit=1)
    return page[0].id if page else None


T = TypeVar("T")


def _there(name: str, told: str, known: Mapping[str, T], by: str) -> T:
    found = known.get(told)
    if found is None:
        what = name.partition("_")[0]
        sentence = f"There is no {what} with the {by}{told!r}." if told else f"The line names no {what}."
        raise InvalidValue(f"{what}.unknown", sentence, field=name)
    return found


class _Named(Protocol):
    """
    What has an id and a name.
    """

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def _named(field: str, told: str, items: Iterable[N]) -> N:
    """
    The one of a name, whatever the case of its letters, or of an id.
    """
    found = [each for each in items if told.casefold() == each.name.casefold() or told == str(each.id)]
    if len(found) != 1:
        what, several = field.removesuffix("s").replace("_", "-"), f"{len(found)} have the name"
        sentence = f"{several} {told!r}: name one by its id." if found else f"There is no {what} {told!r}."
        raise InvalidValue(f"{field.removesuffix('s')}.unknown", sentence, field=field)
    return found[0]


def _type(values: Values, types: Sequence[AppointmentType]) -> AppointmentType:
    """
    Of a name that several had in their time, the active one is meant.
    """
    kind = choice_of(values, "kind", Kind, None)
    fitting = [each for each in types if kind in (None, each.kind)]
    told = values.get("type", "")
    if not told:
        raise InvalidValue("type.unknown", "The line names no type.", field="type")
    active = [each for each in fitting if each.active]
    try:
        return _named("type", told, active)
    except InvalidValue:
        return _named("type", told, fitting)


def _sub_type(values: Values, type: AppointmentType) -> SubTypeId | None:
    return _named("sub_type", values["sub_type"], type.sub_types).id if "sub_type" in values else None


def _start(values: Values) -> datetime:
    told = values.get("start") or f"{values.get('date', '')}T{values.get('time', '')}"
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        sentence = f"{told!r} is no start. It is written 2026-05-27T09:00, or as a date and a time."
        raise InvalidValue("start.invalid", sentence, field="start" if "start" in values else "date") from None


def _home(values: Values, setup: Setup) -> LocationId:
    if "home" in values:
        return location_of(values["home"], setup, name="home").id
    if len(setup.locations) == 1:
        return setup.locations[0].id
    raise InvalidValue("user.home_required", "A user has a home location.", field="home")


def _several(values: Values, name: str) -> list[str]:
    return [each.strip() for each in values.get(name, "").split(";") if each.strip()]


def _yes(values: Values, name: str, *, otherwise: bool) -> bool:
    told = values.get(name, "").lower()
    if told and told not in YES | NO:
        raise InvalidValue(f"{name}.invalid", f"{values[name]!r} is neither yes nor no.", field=name)
    return told in YES if told else otherwise
