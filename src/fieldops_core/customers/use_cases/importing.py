"""
Records from lines of a file (CUS-26).
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TypeVar

from attrs import field, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Stage
from fieldops_core.access.rules import RecordAccess, may_use_record
from fieldops_core.company.model import Location, Setup
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import CreateCustomer, ImportCustomers, ImportLine
from fieldops_core.customers.model import AccountType, Customer
from fieldops_core.customers.ports import Geocoder, Unit
from fieldops_core.customers.rules import IMPORTING, PLACING, Importing, Placing, Record
from fieldops_core.customers.use_cases.record import may_change, read
from fieldops_core.customers.views import ImportView, LineNote
from fieldops_core.kernel.contact import US_STATES, Address, Phones, PostalCode
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import replaced
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Refused, permit, require
from fieldops_core.kernel.secret import Secret

Choice = TypeVar("Choice", bound=Enum)
Default = TypeVar("Default")

ADDRESS = ("line1", "line2", "city", "state")
PLAIN = (
    "phone",
    "work_phone",
    "cell_phone",
    "other_phone",
    "first_name",
    "last_name",
    "business_name",
    "business_contact",
    "county",
    "cross_street",
    "email",
    "language",
    "best_time",
    "spouse",
)
SECRETS = ("ssn", "birthdate", "confirmation_number", "receiver_number", "abort_code")
FIELDS = (
    *PLAIN,
    *SECRETS,
    *ADDRESS,
    "postal_code",
    "latitude",
    "longitude",
    "stage",
    "account_type",
    "external_id",
    "location",
)
"""
What a column can be mapped to.
"""


def import_customers(command: ImportCustomers, call: Call[Unit], *, phones: Phones, geocoder: Geocoder) -> ImportView:
    """
    Every line is read and decided as :func:`create_customer` would; what stands goes in together.
    """
    batch = _Batch(call=call, setup=call.unit.companies.setup(), phones=phones, geocoder=geocoder)
    known = call.unit.customers.known_external_ids([_external_id(line) for line in command.lines])
    fresh = [line for line in command.lines if _external_id(line) not in known]
    numbers = iter(call.unit.customers.next_numbers(len(fresh)) if fresh else ())
    outcomes = [outcome for line in fresh if (outcome := batch.decided(line, numbers))]
    call.keep_all(call.unit.customers, outcomes)
    return ImportView(
        created=len(outcomes),
        known=len(command.lines) - len(fresh) + batch.repeated,
        refused=tuple(batch.refused),
        mended=tuple(batch.mended),
    )


@frozen(kw_only=True)
class _Batch:
    """
    What the lines of one import share, and what was said of them.
    """

    call: Call[Unit]
    setup: Setup
    phones: Phones
    geocoder: Geocoder
    held: dict[LocationId, Location] = field(factory=dict)
    seen: set[str] = field(factory=set)
    again: list[int] = field(factory=list)
    refused: list[LineNote] = field(factory=list)
    mended: list[LineNote] = field(factory=list)

    @property
    def repeated(self) -> int:
        return len(self.again)

    def decided(self, line: ImportLine, numbers: Iterator[int]) -> Outcome[Customer] | None:
        """
        What becomes of a line; None where it is refused, or repeats the external id of a line before it.
        """
        external_id = _external_id(line)
        if external_id in self.seen:
            self.again.append(line.line)
            return None
        try:
            outcome = self._outcome(line, numbers)
        except Refused as refused:
            self.refused.extend(
                LineNote(line=line.line, field=each.field, code=each.code, sentence=each.sentence)
                for each in refused.violations
            )
            return None
        except (InvalidValue, NotFound) as invalid:
            self.refused.append(_note(line, invalid))
            return None
        self.seen.add(external_id)
        return outcome

    def _outcome(self, line: ImportLine, numbers: Iterator[int]) -> Outcome[Customer]:
        values = {name: text.strip() for name, text in line.values.items() if text.strip()}
        unknown = tuple(sorted(set(values) - set(FIELDS)))
        required = values.get("external_id", ""), values.get("phone", "")
        require(IMPORTING, Importing(external_id=required[0], phone=required[1], unknown=unknown))
        location = _location(values, self.setup)
        command = self._command(values, location, line)
        case = RecordAccess(actor=self.call.actor, stage=command.stage, action=Action.CREATE, at=location.id)
        permit((may_use_record,), case)
        require(IN_USE, self._held(location))
        reading = read(command, location, self.phones, self.geocoder)
        customer = decisions.new_customer(command, location.id, reading, next(numbers), new_id=self.call.new_id)
        may_change(None, customer, self.call.actor)
        return decisions.create_customer(Record(customer=customer), now=self.call.now)

    def _held(self, location: Location) -> Location:
        """
        A location that nobody closes until its lines are in.
        """
        if location.id not in self.held:
            self.held[location.id] = self.call.unit.locations.get(location.id, lock=Lock.SHARED)
        return self.held[location.id]

    def _command(self, values: Mapping[str, str], location: Location, line: ImportLine) -> CreateCustomer:
        texts: dict[str, object] = {name: values[name] for name in PLAIN if name in values}
        texts |= {name: Secret(values[name]) for name in SECRETS if name in values}
        bare = CreateCustomer(
            phone=values["phone"],
            stage=_choice(Stage, values.get("stage"), Stage.CUSTOMER, "stage"),
            account_type=_choice(AccountType, values.get("account_type"), None, "account_type"),
            external_id=values["external_id"],
            location=location.id,
            address=self._address(values, line),
            point=_point(values),
        )
        return replaced(bare, texts)

    def _address(self, values: Mapping[str, str], line: ImportLine) -> Address:
        state, code = values.get("state", ""), values.get("postal_code")
        if code is not None and len(code) in (3, 4) and code.isdecimal() and state.upper() in US_STATES:
            padded = code.zfill(5)
            if self.geocoder.state_of(PostalCode(padded)) == state.upper():
                sentence = f"The ZIP code {code} lost its leading zero; {padded} lies in {state.upper()}."
                self.mended.append(
                    LineNote(line=line.line, field="postal_code", code="postal_code.padded", sentence=sentence)
                )
                code = padded
        postal_code = PostalCode(code) if code else None
        return Address(**{name: values.get(name, "") for name in ADDRESS}, postal_code=postal_code)


def _external_id(line: ImportLine) -> str:
    return line.values.get("external_id", "").strip()


def _location(values: Mapping[str, str], setup: Setup) -> Location:
    """
    A location by its id or its name.
    """
    told = values.get("location")
    require(PLACING, Placing(stage=Stage.CUSTOMER, placed=told is not None))
    for location in setup.locations:
        if told in (location.name, str(location.id)):
            return location
    raise InvalidValue(
        "location.unknown", f"There is no location {told!r}.", facts={"location": told}, field="location"
    )


def _choice(kind: type[Choice], text: str | None, otherwise: Default, name: str) -> Choice | Default:
    if text is None:
        return otherwise
    try:
        return kind(text.lower())
    except ValueError:
        known = ", ".join(str(each.value) for each in kind)
        raise InvalidValue(f"{name}.unknown", f"{text!r} is none of {known}.", field=name) from None


def _point(values: Mapping[str, str]) -> Point | None:
    told = values.get("latitude"), values.get("longitude")
    if None in told:
        return None
    try:
        return Point(float(told[0] or ""), float(told[1] or ""))
    except ValueError as error:
        if isinstance(error, InvalidValue):
            raise
        sentence = f"{told[0]!r}, {told[1]!r} are no coordinates."
        raise InvalidValue("coordinates.invalid", sentence, field="latitude") from error


def _note(line: ImportLine, error: InvalidValue | NotFound) -> LineNote:
    if isinstance(error, InvalidValue):
        return LineNote(line=line.line, field=error.field, code=error.code, sentence=error.sentence)
    return LineNote(line=line.line, field=None, code="not_found", sentence=str(error))
