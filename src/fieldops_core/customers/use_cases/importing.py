"""
Records from lines of a file (CUS-26).
"""

from collections.abc import Iterator

from attrs import evolve, field, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Stage
from fieldops_core.access.rules import RecordAccess, may_use_record
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId, Location, Setup
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import (
    IMPORT_FIELDS,
    SECRET_FIELDS,
    TEXT_FIELDS,
    CreateCustomer,
    ImportCustomers,
    LeadFields,
    SaleFields,
)
from fieldops_core.customers.model import CHOICES, AccountType, Customer
from fieldops_core.customers.ports import Geocoder, Unit
from fieldops_core.customers.rules import IMPORTING, PLACING, Importing, Known, Placing, Record, Sections
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
from fieldops_core.customers.use_cases.record import entered, may_change, read
from fieldops_core.customers.use_cases.sections import sent_sections
from fieldops_core.customers.views import ImportView
from fieldops_core.kernel.contact import Phones
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import made
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.secret import Secret

FIELDS = frozenset(IMPORT_FIELDS)
_PATHS = {"lead_status": "lead.status"}


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
    catalogs: dict[Catalog, tuple[CatalogEntry, ...]] = field(factory=dict)

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
        reading = evolve(read(command, location, self.phones, self.geocoder), entered=entered(self.call))
        customer = decisions.new_customer(command, location.id, reading, next(self.numbers), new_id=self.call.new_id)
        may_change(None, customer, self.call.actor)
        sections = Sections(after=customer, sent=sent_sections(command), known=self._known(customer))
        return decisions.create_customer(Record(customer=customer), sections, now=self.call.now)

    def _known(self, customer: Customer) -> Known:
        """
        The entries that a line names. Required custom fields are asked of who enters a record by hand.
        """
        entries = {each.id: each for catalog in self.catalogs.values() for each in catalog}
        return Known(settings=self.setup.settings, entries=entries)

    def _entry(self, values: Values, name: str) -> EntryId | None:
        """
        The entry that a line names, by its id or its name.
        """
        told, catalog = values.get(name), CHOICES[_PATHS.get(name, name)]
        if told is None:
            return None
        if catalog not in self.catalogs:
            self.catalogs[catalog] = self.call.unit.catalog_entries.all(catalog)
        for entry in self.catalogs[catalog]:
            if told in (entry.name, str(entry.id)):
                return entry.id
        sentence = f"There is no {name.replace('_', ' ')} {told!r}."
        raise InvalidValue(f"{name}.unknown", sentence, facts={name: told}, field=name, rule="CUS-26")

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
            "account_class": self._entry(values, "account_class"),
        }
        said |= self._of_stage(values, said["stage"] is Stage.LEAD)
        said |= {name: values[name] for name in TEXT_FIELDS if name in values}
        said |= {name: Secret(values[name]) for name in SECRET_FIELDS if name in values}
        return made(CreateCustomer, said)

    def _of_stage(self, values: Values, lead: bool) -> dict[str, object]:
        """
        A lead has a source of its own; a customer's is in the sale section.
        """
        source = {name: self._entry(values, name) for name in ("source", "campaign") if name in values}
        status = {"status": self._entry(values, "lead_status")} if "lead_status" in values else {}
        sections = {"lead": made(LeadFields, status)}
        return {**source, **sections} if lead else {"sale": made(SaleFields, source), **sections}
