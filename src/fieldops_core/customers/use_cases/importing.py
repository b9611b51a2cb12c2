"""
Records from lines of a file (CUS-26).
"""

from collections.abc import Iterator

from attrs import field, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Stage
from fieldops_core.access.rules import RecordAccess, may_use_record
from fieldops_core.company.model import Location, Setup
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import (
    IMPORT_FIELDS,
    SECRET_FIELDS,
    TEXT_FIELDS,
    CreateCustomer,
    ImportCustomers,
)
from fieldops_core.customers.model import AccountType, Customer
from fieldops_core.customers.ports import Geocoder, Unit
from fieldops_core.customers.rules import IMPORTING, PLACING, Importing, Placing, Record
from fieldops_core.customers.use_cases.lines import (
    Lines,
    Mends,
    Values,
    address_of,
    choice_of,
    external_id,
    location_of,
    point_of,
    said,
)
from fieldops_core.customers.use_cases.record import may_change, read
from fieldops_core.customers.views import ImportView
from fieldops_core.kernel.contact import Phones
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import made
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.secret import Secret

FIELDS = frozenset(IMPORT_FIELDS)


def import_customers(command: ImportCustomers, call: Call[Unit], *, phones: Phones, geocoder: Geocoder) -> ImportView:
    """
    Every line is read and decided as :func:`create_customer` would; what stands goes in together.
    """
    customers = call.unit.customers
    lines = Lines(known=customers.known_external_ids(said(command.lines, "external_id")))
    fresh = sum(external_id(line) not in lines.known for line in command.lines)
    batch = _Batch(
        call=call,
        setup=call.unit.companies.setup(),
        phones=phones,
        geocoder=geocoder,
        numbers=iter(customers.next_numbers(fresh) if fresh else ()),
    )
    outcomes = [outcome for line in command.lines if (outcome := lines.read(line, batch.decided))]
    call.keep_all(customers, outcomes)
    return lines.view(created=len(outcomes))


@frozen(kw_only=True)
class _Batch:
    """
    What the lines of one import share.
    """

    call: Call[Unit]
    setup: Setup
    phones: Phones
    geocoder: Geocoder
    numbers: Iterator[int]
    held: dict[LocationId, Location] = field(factory=dict)

    def decided(self, values: Values, mends: Mends) -> Outcome[Customer]:
        """
        What becomes of a line.
        """
        require(IMPORTING, Importing.of(values, FIELDS))
        require(PLACING, Placing(stage=Stage.CUSTOMER, placed="location" in values))
        location = location_of(values["location"], self.setup)
        command = self._command(values, location, mends)
        case = RecordAccess(actor=self.call.actor, stage=command.stage, action=Action.CREATE, at=location.id)
        permit((may_use_record,), case)
        require(IN_USE, self._held(location))
        reading = read(command, location, self.phones, self.geocoder)
        customer = decisions.new_customer(command, location.id, reading, next(self.numbers), new_id=self.call.new_id)
        may_change(None, customer, self.call.actor)
        return decisions.create_customer(Record(customer=customer), now=self.call.now)

    def _held(self, location: Location) -> Location:
        """
        A location that nobody closes until its lines are in.
        """
        if location.id not in self.held:
            self.held[location.id] = self.call.unit.locations.get(location.id, lock=Lock.SHARED)
        return self.held[location.id]

    def _command(self, values: Values, location: Location, mends: Mends) -> CreateCustomer:
        said: dict[str, object] = {
            "stage": choice_of(values, "stage", Stage, Stage.CUSTOMER),
            "account_type": choice_of(values, "account_type", AccountType, None),
            "external_id": values["external_id"],
            "location": location.id,
            "address": address_of(values, self.geocoder, mends),
            "point": point_of(values),
        }
        said |= {name: values[name] for name in TEXT_FIELDS if name in values}
        said |= {name: Secret(values[name]) for name in SECRET_FIELDS if name in values}
        return made(CreateCustomer, said)
