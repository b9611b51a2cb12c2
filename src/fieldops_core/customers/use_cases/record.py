"""
The customer record: load, decide, save.
"""

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Stage
from fieldops_core.access.rules import (
    CONFIDENTIAL,
    ConfidentialAccess,
    ConfidentialChange,
    ContactAccess,
    InstallationAccess,
    LeadRepAccess,
    RecordAccess,
    SaleAccess,
    may_change_confidential,
    may_change_contact_information,
    may_give_lead_rep,
    may_use_installation_information,
    may_use_record,
    may_use_sale_information,
)
from fieldops_core.company.model import Location, Setup
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, FindDuplicates, ShowCustomer
from fieldops_core.customers.model import Candidate, Customer, CustomerId, Lead, Traits, traits_of
from fieldops_core.customers.ports import Geocoder, Unit
from fieldops_core.customers.rules import (
    PLACING,
    Newcomer,
    Placing,
    Record,
    Sections,
    may_be_told,
    of_contact,
    of_installation,
    of_sale,
    sight_of,
    writable,
)
from fieldops_core.customers.use_cases.sections import Surroundings, known, sent_sections
from fieldops_core.customers.views import CustomerView, customer_view
from fieldops_core.kernel.contact import Phone, Phones
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.history import difference, told_fields
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.plain import plain
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.unset import UNSET, Unset, given

PHONES = ("phone", "work_phone", "cell_phone", "other_phone")


def create_customer(command: CreateCustomer, call: Call[Unit], *, phones: Phones, geocoder: Geocoder) -> CustomerView:
    location = call.unit.locations.get(place_of(command, call.actor), lock=Lock.SHARED)
    may_use(call.actor, command.stage, Action.CREATE, location.id)
    require(IN_USE, location)
    reading = evolve(read(command, location, phones, geocoder), entered=entered(call))
    number = call.unit.customers.next_number()
    customer = decisions.new_customer(command, location.id, reading, number, new_id=call.new_id)
    may_change(None, customer, call.actor)
    setup = call.unit.companies.setup()
    sections = sections_of(Sections(after=customer, sent=sent_sections(command)), setup, call)
    asked = setup.settings.duplicate_check and not command.despite_duplicates
    like = newcomer(traits_of(customer), call) if asked else None
    outcome = decisions.create_customer(as_record(customer, call), sections, like=like, now=call.now)
    return shown(call.keep(call.unit.customers, outcome), setup, call)


def change_customer(command: ChangeCustomer, call: Call[Unit], *, phones: Phones, geocoder: Geocoder) -> CustomerView:
    customer = call.unit.customers.get(command.customer)
    # The answer is the record: who may not view it does not get it by changing it (ACC-12).
    for action in (Action.VIEW, Action.MODIFY):
        for at in (customer.location, given(command.location, customer.location)):
            may_use(call.actor, customer.stage, action, at)
    writable(customer, call.actor)
    expect(customer, call)
    setup = call.unit.companies.setup()
    command = _as_it_was_seen(command, customer, call)
    reading = read(command, _home(command, customer, call), phones, geocoder)
    changed = decisions.changed_customer(command, customer, reading)
    may_change(customer, changed, call.actor)
    case = Sections(after=changed, before=customer, sent=sent_sections(command))
    sections = sections_of(case, setup, call)
    outcome = decisions.change_customer(customer, as_record(changed, call), sections, now=call.now)
    return shown(call.keep(call.unit.customers, outcome), setup, call)


def _as_it_was_seen(command: ChangeCustomer, customer: Customer, call: Call[Unit]) -> ChangeCustomer:
    """
    A lead rep who was not shown is not taken away by writing back what was.
    """
    lead = customer.lead
    if command.lead.lead_rep is not None or lead.lead_rep is None:
        return command
    status = None if lead.status is None else call.unit.catalog_entries.get(lead.status)
    if status is not None and status.attributes.allows_lead_rep and sight_of(call.actor, customer).lead_rep:
        return command
    return evolve(command, lead=evolve(command.lead, lead_rep=UNSET))


def _home(command: ChangeCustomer, customer: Customer, call: Call[Unit]) -> Location:
    """
    The location of a record as it will be. Another one is in use, and stays so (CUS-19).
    """
    if command.location in (UNSET, customer.location):
        return call.unit.companies.setup().location(customer.location)
    location = call.unit.locations.get(given(command.location, customer.location), lock=Lock.SHARED)
    require(IN_USE, location)
    return location


def show_customer(question: ShowCustomer, call: Call[Unit]) -> CustomerView:
    customer = _led(question.customer, call)
    may_use(call.actor, customer.stage, Action.VIEW, customer.location)
    return shown(customer, call.unit.companies.setup(), call)


def _led(id: CustomerId, call: Call[Unit]) -> Customer:
    """
    The record of an id, or, where it was merged into another, that one (CUS-25).
    """
    for customer in call.unit.customers.named((id,)):
        return customer
    left = call.unit.tombstones.find(id)
    return call.unit.customers.get(id if left is None or left.merged_into is None else left.merged_into)


def sections_of(case: Sections, setup: Setup, call: Call[Unit]) -> Sections:
    """
    The case with what its rules have to know.
    """
    return evolve(case, known=known(case, setup, call))


def read(
    command: CreateCustomer | ChangeCustomer, location: Location, phones: Phones, geocoder: Geocoder
) -> decisions.Reading:
    """
    Telephone numbers, without ``+`` in the location's country, and the place of an address that comes without one.
    """
    read: dict[str, Phone | None] = {}
    for name in PHONES:
        text = getattr(command, name)
        if not isinstance(text, Unset):
            read[name] = phone_of(text, name, location, phones)
    address = command.address
    if isinstance(address, Unset) or isinstance(command.point, Point):
        return decisions.Reading(phones=read, zone=location.zone)
    return decisions.Reading(phones=read, zone=location.zone, located=geocoder.locate(address))


def entered(call: Call[Unit]) -> Lead:
    """
    When, and by whom, a lead is entered (CUS-08).
    """
    return Lead(entered_at=call.now, call_center_rep=call.actor.user)


def phone_of(text: str | None, field: str, location: Location, phones: Phones) -> Phone | None:
    """
    A telephone number as it is told in a field; the primary one cannot be missing.
    """
    try:
        return phones.parse(text or "", country=location.country) if text or field == "phone" else None
    except InvalidValue as invalid:
        raise InvalidValue(invalid.code, invalid.sentence, facts=invalid.facts, field=field, rule="CUS-03") from invalid


def may_change(before: Customer | None, after: Customer, actor: Actor) -> None:
    """
    Raises:
        Forbidden: where a section or a confidential field is changed that the actor may not change (ACC-13, ACC-15).
    """
    at = after.location
    changed = _set_fields(before, after)
    if before is not None and of_contact(changed, after.stage):
        permit((may_change_contact_information,), ContactAccess(actor=actor, at=at))
    if of_sale(changed, after.stage):
        permit((may_use_sale_information,), SaleAccess(actor=actor, action=Action.MODIFY, at=at))
    if of_installation(changed):
        case = InstallationAccess(actor=actor, action=Action.MODIFY, at=at)
        permit((may_use_installation_information,), case)
    if "lead.lead_rep" in changed:
        permit((may_give_lead_rep,), LeadRepAccess(actor=actor, at=at))
    for field in CONFIDENTIAL.keys() & changed:
        stored = before is not None and getattr(before, field) is not None
        access = ConfidentialAccess(actor=actor, field=field, at=at)
        permit((may_change_confidential,), ConfidentialChange(access=access, stored=stored))


def _set_fields(before: Customer | None, after: Customer) -> set[str]:
    """
    The fields that differ, those of sections by their paths; of a new record, those that are not empty.
    """
    if before is None:
        return {name for name, _ in told_fields(after)}
    return {change.field for change in difference(before, after)}


def expect(customer: Customer, call: Call[Unit]) -> None:
    """
    Raises:
        Stale: with what was changed since the version that was read, and by whom (CUS-11).
    """
    try:
        call.expect(customer)
    except Stale as stale:
        sight = sight_of(call.actor, customer)
        missed = max(stale.actual - stale.expected, 0)
        entries = call.unit.history.of("customer", customer.id, limit=missed) if missed else ()
        changes = tuple(
            {"field": each.field, "old": plain(each.old), "new": plain(each.new), "by": entry.actor, "at": entry.at}
            for entry in entries
            for each in entry.changes
            if may_be_told(each.field, customer.stage, sight)
        )
        raise Stale(stale.kind, expected=stale.expected, actual=stale.actual, changes=changes) from stale


def shown(customer: Customer, setup: Setup, call: Call[Unit]) -> CustomerView:
    """
    The record as the actor may see it.
    """
    return seen(customer, Surroundings.of((customer,), setup, call), call)


def seen(customer: Customer, around: Surroundings, call: Call[Unit]) -> CustomerView:
    return customer_view(customer, sight_of(call.actor, customer), around.around(customer, call))


def place_of(command: CreateCustomer | FindDuplicates, actor: Actor) -> LocationId:
    """
    The location of a new record.
    """
    home = actor.home if command.stage is Stage.LEAD else None
    location = command.location or home
    if location is None:
        require(PLACING, Placing(stage=command.stage, placed=False))
        raise NotFound("location", "of the actor")
    return location


def may_use(actor: Actor, stage: Stage, action: Action, at: LocationId) -> None:
    """
    Raises:
        Forbidden: where the actor may not do this with records of that stage there (ACC-12).
    """
    permit((may_use_record,), RecordAccess(actor=actor, stage=stage, action=action, at=at))


def as_record(customer: Customer, call: Call[Unit]) -> Record:
    """
    The record as its rules ask it.
    """
    external_id = customer.external_id
    taken = external_id is not None and call.unit.customers.external_id_taken(external_id, by_other_than=customer.id)
    return Record(customer=customer, external_id_taken=taken)


def newcomer(traits: Traits, call: Call[Unit]) -> Newcomer:
    """
    A new record beside those that it may be the same as. Who makes the same at the same moment is not among them.
    """
    found = call.unit.customers.alike(traits) if traits.keys else ()

    def may_see(each: Candidate) -> bool:
        case = RecordAccess(actor=call.actor, stage=each.stage, action=Action.VIEW, at=each.location)
        return may_use_record(case) is None

    return Newcomer(traits=traits, candidates=found, may_see=may_see)
