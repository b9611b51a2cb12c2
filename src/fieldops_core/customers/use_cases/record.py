"""
The customer record: load, decide, save.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Stage
from fieldops_core.access.rules import (
    CONFIDENTIAL,
    ConfidentialAccess,
    ConfidentialChange,
    ContactAccess,
    InstallationAccess,
    RecordAccess,
    may_change_confidential,
    may_change_contact_information,
    may_see_confidential,
    may_use_installation_information,
    may_use_record,
)
from fieldops_core.access.rules import (
    RECORD as RECORD_PERMISSION,
)
from fieldops_core.company.model import Location, Setup
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import (
    ChangeCustomer,
    CreateCustomer,
    FindDuplicates,
    ListCustomers,
    ShowCustomer,
)
from fieldops_core.customers.model import (
    CONTACT_INFORMATION,
    INSTALLATION_CODES,
    Candidate,
    Customer,
    Traits,
    folded,
    traits_of,
)
from fieldops_core.customers.ports import Geocoder, Unit
from fieldops_core.customers.rules import PLACING, Newcomer, Placing, Record
from fieldops_core.customers.views import CustomersView, CustomerView, Sight, customer_view
from fieldops_core.kernel.contact import Phone, Phones
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.plain import plain
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.unset import UNSET, Unset, given

PHONES = ("phone", "work_phone", "cell_phone", "other_phone")


def create_customer(command: CreateCustomer, call: Call[Unit], *, phones: Phones, geocoder: Geocoder) -> CustomerView:
    location = call.unit.locations.get(place_of(command, call.actor), lock=Lock.SHARED)
    may_use(call.actor, command.stage, Action.CREATE, location.id)
    require(IN_USE, location)
    reading = read(command, location, phones, geocoder)
    number = call.unit.customers.next_number()
    customer = decisions.new_customer(command, location.id, reading, number, new_id=call.new_id)
    may_change(None, customer, call.actor)
    asked = call.unit.companies.setup().settings.duplicate_check and not command.despite_duplicates
    like = newcomer(traits_of(customer), call) if asked else None
    outcome = decisions.create_customer(_record(customer, call), like=like, now=call.now)
    return _view(call.keep(call.unit.customers, outcome), call)


def change_customer(command: ChangeCustomer, call: Call[Unit], *, phones: Phones, geocoder: Geocoder) -> CustomerView:
    customer = call.unit.customers.get(command.customer)
    # The answer is the record: who may not view it does not get it by changing it (ACC-12).
    for action in (Action.VIEW, Action.MODIFY):
        for at in (customer.location, given(command.location, customer.location)):
            may_use(call.actor, customer.stage, action, at)
    _expect(customer, call)
    location = _home(command, customer, call)
    changed = decisions.changed_customer(command, customer, read(command, location, phones, geocoder))
    may_change(customer, changed, call.actor)
    outcome = decisions.change_customer(customer, _record(changed, call), now=call.now)
    return _view(call.keep(call.unit.customers, outcome), call)


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
    customer = call.unit.customers.get(question.customer)
    may_use(call.actor, customer.stage, Action.VIEW, customer.location)
    return _view(customer, call)


def list_customers(question: ListCustomers, call: Call[Unit]) -> CustomersView:
    """
    What the reader may view of a page; what lies elsewhere is left out (ACC-18).
    """
    found = call.unit.customers.page(
        visible=_visible(call.actor, call.unit.companies.setup()),
        words=folded(question.search or ""),
        number=question.number,
        location=question.location,
        stage=question.stage,
        after=question.after,
        limit=one_more(question.limit),
    )
    page, last = paged(found, question.limit)
    more = str(last.number) if last else None
    return CustomersView(items=tuple(_view(each, call) for each in page), next=more)


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
        return decisions.Reading(phones=read)
    return decisions.Reading(phones=read, located=geocoder.locate(address))


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
    if before is not None and any(field in CONTACT_INFORMATION for field in changed):
        permit((may_change_contact_information,), ContactAccess(actor=actor, at=at))
    if any(field in INSTALLATION_CODES for field in changed):
        case = InstallationAccess(actor=actor, action=Action.MODIFY, at=at)
        permit((may_use_installation_information,), case)
    for field in CONFIDENTIAL.keys() & changed:
        stored = before is not None and getattr(before, field) is not None
        access = ConfidentialAccess(actor=actor, field=field, at=at)
        permit((may_change_confidential,), ConfidentialChange(access=access, stored=stored))


def _set_fields(before: Customer | None, after: Customer) -> set[str]:
    """
    The fields that differ; of a new record, those that need a permission and are not empty.
    """
    if before is not None:
        return {change.field for change in difference(before, after)}
    return {field for field in CONFIDENTIAL if getattr(after, field) is not None}


def _expect(customer: Customer, call: Call[Unit]) -> None:
    """
    Raises:
        Stale: with what was changed since the version that was read, and by whom (CUS-11).
    """
    try:
        call.expect(customer)
    except Stale as stale:
        missed = max(stale.actual - stale.expected, 0)
        entries = call.unit.history.of("customer", customer.id, limit=missed) if missed else ()
        changes = tuple(
            {"field": each.field, "old": plain(each.old), "new": plain(each.new), "by": entry.actor, "at": entry.at}
            for entry in entries
            for each in entry.changes
        )
        raise Stale(stale.kind, expected=stale.expected, actual=stale.actual, changes=changes) from stale


def _view(customer: Customer, call: Call[Unit]) -> CustomerView:
    """
    The record as the actor may see it.
    """
    actor, at = call.actor, customer.location
    seen = (
        field
        for field in CONFIDENTIAL
        if may_see_confidential(ConfidentialAccess(actor=actor, field=field, at=at)) is None
    )
    section = InstallationAccess(actor=actor, action=Action.VIEW, at=at)
    installation = customer.stage is Stage.CUSTOMER and may_use_installation_information(section) is None
    return customer_view(customer, Sight(confidential=frozenset(seen), installation=installation))


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


def _record(customer: Customer, call: Call[Unit]) -> Record:
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


def _visible(actor: Actor, setup: Setup) -> frozenset[tuple[Stage, LocationId]] | None:
    """
    The stages and locations whose records an actor may view; None where that is all.
    """
    if all(actor.holds(permission, Action.VIEW) for permission in RECORD_PERMISSION.values()):
        return None
    places = (
        RecordAccess(actor=actor, stage=stage, action=Action.VIEW, at=location.id)
        for stage in Stage
        for location in setup.locations
    )
    return frozenset((case.stage, case.at) for case in places if may_use_record(case) is None)
