"""
What the form of an appointment offers to choose from, for what is chosen already.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.messages import (
    ListAppointmentTypes,
    ListCatalogEntries,
    ListLocations,
    ShowLocation,
    ShowSettings,
)
from fieldops_core.company.model import Catalog, ListMode
from fieldops_core.company.views import (
    AppointmentTypesView,
    AppointmentTypeView,
    CatalogEntriesView,
    CatalogEntryView,
    LocationsView,
    LocationView,
    SettingsView,
    SubTypeView,
)
from fieldops_core.customers.messages import ListCustomers, ShowCustomer
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import CustomersView, CustomerView
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.rules import Refused, Violation
from fieldops_core.kernel.time import local
from fieldops_core.overview.messages import ShowAppointmentActions, ShowCustomerActions, ShowHeader
from fieldops_core.overview.views import ActionsView, ActionView, HeaderView
from fieldops_core.scheduling.messages import ListTechnicians, ShowAppointment, ShowGrid
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.scheduling.views import AppointmentView, GridView, ModeView, TechniciansView
from fieldops_core.work_orders.messages import ListWorkOrders, ShowWorkOrder
from fieldops_core.work_orders.views import WorkOrdersView, WorkOrderView
from fieldops_http.pages.appointments import words
from fieldops_http.pages.appointments.draft import Problems, Reading, Typed
from fieldops_http.pages.customers import WARNINGS
from fieldops_http.pages.frame import Present

FOUND = 8
"""
So many customers are shown to choose from.
"""
MOST = 200
"""
So many open work orders, the newest ones, are there to choose from.
"""
PARTS = frozenset({"date", "start", "minutes", "user", "type", "work_order", "rescheduling", "notes"})


@frozen(kw_only=True)
class Comer:
    """
    Who may come: where they are not listed for the customer, *why_not*.
    """

    id: UUID
    name: str
    distance: str
    valid: bool
    why_not: str


@frozen(kw_only=True)
class Around:
    """
    Nothing of it is there before a customer is chosen, but those that were *found*. *whose* it is, is known then; their
    record, *customer*, to who may see it. Of an appointment that is there, the parts that can be edited, the *actions*
    that are open, and, where nothing can be edited, why it is *fixed*.
    Where clocks show the start *twice*, what there is to choose from.
    Where that is for an archived customer, *unarchive* tells who may unarchive it whether it can be.
    """

    found: tuple[CustomerView, ...] = ()
    whose: CustomerId | None = None
    customer: CustomerView | None = None
    place: LocationView | None = None
    header: HeaderView | None = None
    kinds: tuple[str, ...] = ()
    kind: Kind | None = None
    locations: tuple[LocationView, ...] = ()
    types: tuple[AppointmentTypeView, ...] = ()
    type: AppointmentTypeView | None = None
    sub_types: tuple[SubTypeView, ...] = ()
    work_orders: tuple[tuple[str, str], ...] | None = None
    mode: ModeView | None = None
    comers: tuple[Comer, ...] = ()
    nobody: str | None = None
    reasons: tuple[CatalogEntryView, ...] = ()
    editable: frozenset[str] = PARTS
    actions: frozenset[str] = frozenset()
    fixed: tuple[str, ...] = ()
    unarchive: ActionView | None = None
    twice: Sequence[tuple[str, str]] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        tabs = self.header.tabs if self.header else ()
        return tuple(WARNINGS[each.tab] for each in tabs if each.warning and each.tab in WARNINGS)


def around(
    here: Present, typed: Typed, problems: Problems, visit: AppointmentView | None = None
) -> tuple[Around, Typed]:
    """
    What there is to choose from, and what was typed, filled in where it follows from what was chosen. *problems* get
    what stands against that.
    """
    typed = dict(typed)
    told = _standing(here, visit) if visit else _chosen(here, typed, problems)
    if told is None:
        return Around(found=_found(here, typed)), typed | {"customer": ""}
    typed["customer"] = str(told.whose)
    told = _what(here, told, typed, visit)
    typed = _filled(here, told, typed, new=visit is None)
    told = _whom(here, told, typed, problems, visit)
    twice = words.twice(Reading(typed).time("start"), told.place.zone) if told.place else []
    return evolve(told, work_orders=_work_orders(here, told, visit), twice=twice), typed


def zone_of(here: Present, typed: Mapping[str, str]) -> str | None:
    """
    The zone in which a start is told: of the appointment that is moved, of the location that was chosen, or of the
    customer's. None where the reader may not know.
    """
    read = Reading(typed)
    moving, location, customer = (read.id(name) for name in ("moving", "location", "customer"))
    try:
        if moving:
            return here.ask(ShowAppointment(appointment=AppointmentId(moving)), AppointmentView).zone
        if location is None and customer:
            location = here.ask(ShowCustomer(customer=CustomerId(customer)), CustomerView).location
        return here.ask(ShowLocation(location=LocationId(location)), LocationView).zone if location else None
    except (Forbidden, NotFound):
        return None


def _customer_of(here: Present, typed: Typed, problems: Problems) -> str:
    id = Reading(typed, problems).id("work_order")
    try:
        return str(here.ask(ShowWorkOrder(work_order=WorkOrderId(id)), WorkOrderView).customer.id) if id else ""
    except (Forbidden, NotFound):
        problems["work_order"] = ["There is no such work order, or none that you may see."]
        return ""


def _chosen(here: Present, typed: Typed, problems: Problems) -> Around | None:
    """
    Of the customer that was chosen, or whose work order was. None before that.
    """
    if typed["work_order"] and not typed["customer"]:
        typed["customer"] = _customer_of(here, typed, problems)
    id = Reading(typed, problems).id("customer")
    customer = _record(here, CustomerId(id)) if id else None
    if id and customer is None:
        problems["customer"] = ["There is no such customer, or none that you may see."]
    if customer is None:
        return None
    return _bookable(here, _at(here, CustomerId(customer.id), customer, customer.location), customer, typed, problems)


def _standing(here: Present, visit: AppointmentView) -> Around:
    """
    Of the visit's own customer, whatever a form says. Who sees the visit need not see the customer's record (ACC-12).
    """
    id = CustomerId(visit.customer.id)
    return _editable(here, _at(here, id, _record(here, id), visit.location.id), visit)


def _at(here: Present, whose: CustomerId, customer: CustomerView | None, location: UUID) -> Around:
    header = here.seen(ShowHeader(customer=whose), HeaderView) if customer else None
    place = here.ask(ShowLocation(location=LocationId(location)), LocationView)
    return Around(whose=whose, customer=customer, place=place, header=header)


def _record(here: Present, id: CustomerId) -> CustomerView | None:
    try:
        return here.ask(ShowCustomer(customer=id), CustomerView)
    except (Forbidden, NotFound):
        return None


def _found(here: Present, typed: Typed) -> tuple[CustomerView, ...]:
    words = typed["search"].strip()
    try:
        return here.ask(ListCustomers(search=words, limit=FOUND), CustomersView).items if words else ()
    except (Forbidden, InvalidValue):
        return ()


def _bookable(here: Present, told: Around, customer: CustomerView, typed: Typed, problems: Problems) -> Around:
    """
    The kinds that the reader can create there; beside the customer, why they cannot.
    """
    found = here.ask(ShowCustomerActions(customer=CustomerId(customer.id)), ActionsView).items
    booking = next(each for each in found if each.name == "book_appointment")
    if not booking.allowed:
        told = _fixed(here, told, booking.why_not)
        problems.setdefault("customer", list(told.fixed))
    chosen = typed["kind"] if typed["kind"] in booking.choices else next(iter(booking.choices), None)
    return evolve(
        told,
        kinds=booking.choices,
        kind=Kind(chosen) if chosen else None,
        editable=frozenset() if customer.archived_at else PARTS,
    )


def _editable(here: Present, told: Around, visit: AppointmentView) -> Around:
    found = here.ask(ShowAppointmentActions(appointment=AppointmentId(visit.id)), ActionsView).items
    editable = next(each for each in found if each.name == "edit_appointment")
    return evolve(
        _fixed(here, told, editable.why_not),
        kind=visit.kind,
        editable=frozenset(editable.choices) if editable.allowed else frozenset(),
        actions=frozenset(each.name for each in found if each.allowed),
    )


def _fixed(here: Present, told: Around, why_not: tuple[Violation, ...]) -> Around:
    """
    What stands against it; for whom may unarchive the archived customer, what stands against that, too (ARC-08).
    """
    back = None
    if told.customer and any(each.facts.get("may_unarchive") for each in why_not):
        found = here.ask(ShowCustomerActions(customer=CustomerId(told.customer.id)), ActionsView).items
        back = next(each for each in found if each.name == "unarchive_customer")
    against = (*why_not, *(back.why_not if back else ()))
    return evolve(told, fixed=tuple(each.sentence for each in against), unarchive=back)


def _what(here: Present, told: Around, typed: Typed, visit: AppointmentView | None) -> Around:
    """
    The types of the kind, the sub-types of the type; those that are no longer offered only where they are chosen.
    """
    if told.kind is None:
        return told
    all = here.ask(ListAppointmentTypes(kind=told.kind), AppointmentTypesView).items
    kept = {visit.type.id, visit.sub_type and visit.sub_type.id} if visit else set()
    types = tuple(each for each in all if each.active or each.id in kept)
    type = next((each for each in types if str(each.id) == typed["type"]), None)
    subs = tuple(each for each in type.sub_types if each.active or each.id in kept) if type else ()
    places = here.ask(ListLocations(), LocationsView).items if told.kind is Kind.PROGRAM and not visit else ()
    asked = ListCatalogEntries(catalog=Catalog.RESCHEDULE_REASONS, active=True)
    reasons = here.ask(asked, CatalogEntriesView).items if visit and visit.rescheduling else ()
    active = tuple(each for each in places if each.active)
    place = next((each for each in active if str(each.id) == typed["location"]), told.place)
    return evolve(told, types=types, type=type, sub_types=subs, locations=active, place=place, reasons=reasons)


def _filled(here: Present, told: Around, typed: Typed, *, new: bool) -> Typed:
    """
    What follows from the choices: the proposed duration (APT-21), unless another one was typed.
    """
    filled = {"kind": told.kind.value if told.kind else "", "type": str(told.type.id) if told.type else ""}
    sub_type = next((each for each in told.sub_types if str(each.id) == typed["sub_type"]), None)
    filled["sub_type"] = str(sub_type.id) if sub_type else ""
    if told.type:
        proposed = str((sub_type.minutes if sub_type else None) or told.type.minutes)
        untouched = typed["minutes"] in ("", typed["proposed"])
        filled["proposed"] = proposed
        filled["minutes"] = proposed if untouched else typed["minutes"]
    if told.kind is Kind.TECH and new and "on_site_notes" not in typed:
        settings = here.seen(ShowSettings(), SettingsView)
        filled["on_site_notes"] = settings.default_on_site_note if settings else ""
    if told.place and (start := Reading(typed).time("start")) and start.tzinfo:
        at = local(start, told.place.zone)
        filled |= {"start": words.local_text(at), "fold": f"{at.fold}"}
    return typed | filled


def _whom(here: Present, told: Around, typed: Typed, problems: Problems, visit: AppointmentView | None) -> Around:
    if told.whose is None or told.kind is None:
        return told
    try:
        found = _comers(here, told, told.whose, typed, problems)
    except (Forbidden, Refused) as error:
        found = evolve(told, nobody=str(error))
    if visit and all(each.id != visit.user.id for each in found.comers):
        own = Comer(id=visit.user.id, name=visit.user.name, distance="", valid=True, why_not="")
        found = evolve(found, comers=(own, *found.comers))
    return found


def _comers(here: Present, told: Around, customer: CustomerId, typed: Typed, problems: Problems) -> Around:
    """
    Technicians as the list mode offers them (SCH-12 to SCH-17); of other kinds, who can be assigned such visits.
    """
    if told.kind is not Kind.TECH:
        everywhere = tuple(LocationId(each.id) for each in here.ask(ListLocations(), LocationsView).items)
        grid = here.ask(ShowGrid(kind=told.kind, days=1, customer=customer, locations=everywhere, users=()), GridView)
        rows = [(each.user, each.distance, bool(each.valid), each.why_not) for each in grid.rows if each.active]
        shown = evolve(told, nobody=grid.message)
    else:
        listed = _technicians(here, customer, typed, problems)
        rows = [(each.user, each.distance, each.valid, each.why_not) for each in listed.items]
        shown = evolve(told, mode=listed.mode, nobody=listed.message)
    return evolve(
        shown,
        comers=tuple(
            Comer(
                id=user.id,
                name=user.name,
                distance=distance["text"] if distance else "",
                valid=valid,
                why_not=" ".join(each.sentence for each in why_not),
            )
            for user, distance, valid, why_not in rows
        ),
    )


def _technicians(here: Present, customer: CustomerId, typed: Typed, problems: Problems) -> TechniciansView:
    try:
        mode = Reading(typed, problems).choice("mode", ListMode)
        return here.ask(ListTechnicians(customer=customer, mode=mode), TechniciansView)
    except Refused as error:
        problems["mode"] = [each.sentence for each in error.violations]
        return here.ask(ListTechnicians(customer=customer), TechniciansView)


def _work_orders(here: Present, told: Around, visit: AppointmentView | None) -> tuple[tuple[str, str], ...] | None:
    """
    The open work orders of the customer, as pairs of id and text; None where the reader sees none, or none can be.
    """
    if told.kind is not Kind.TECH or told.whose is None:
        return None
    own = visit.work_order if visit else None
    asked = ListWorkOrders(customer=told.whose, open=True, limit=MOST)
    found = here.seen(asked, WorkOrdersView)
    if found is None:
        return ((str(own.id), f"#{own.number}"),) if own else None
    pairs = tuple((str(each.id), f"#{each.number} {each.subject}") for each in found.items)
    missing = own is not None and all(str(own.id) != id for id, _ in pairs)
    return ((str(own.id), f"#{own.number}"), *pairs) if own and missing else pairs
