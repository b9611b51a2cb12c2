"""
Every rule of placing, changing and ending a visit.
"""

from collections.abc import Callable
from datetime import datetime

from attrs import frozen

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import (
    SLOT_MINUTES,
    AppointmentType,
    ListMode,
    Settings,
    SubType,
    SubTypeId,
    WorkingHoursRule,
)
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.cells import Cells, epoch
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.calculations import Mode, UserTime, cells_of, distance_from_start, reach
from fieldops_core.scheduling.model import EDITABLE, OPEN, TRANSITIONS, Appointment, Block, Part, Reason, Status
from fieldops_core.staff.model import Person


@frozen(kw_only=True)
class Choice:
    """
    The choice of a user for a customer, under a list mode. *type* is None while none is chosen.
    """

    kind: Kind
    type: AppointmentType | None = None
    customer: Customer
    person: Person
    mode: Mode
    settings: Settings

    @property
    def by_radius(self) -> bool:
        """
        Whether distance decides.
        """
        return self.kind is Kind.TECH and self.mode.in_force is not ListMode.IN_OFFICE_LOCATION


@frozen(kw_only=True)
class Offer:
    """
    The list mode that somebody asks for.
    """

    kind: Kind
    asked: ListMode
    settings: Settings


@frozen(kw_only=True)
class Length:
    """
    How long a visit of a kind is to be.
    """

    kind: Kind
    minutes: int

    @property
    def step(self) -> int:
        return SLOT_MINUTES[self.kind]


@frozen(kw_only=True)
class Visit:
    """
    What is to be placed: a customer, a type, a user, a local start and a length, where and under which list mode.
    *start* is None where a clock change skips the local time that was *told*.
    """

    kind: Kind
    type: AppointmentType
    sub_type: SubTypeId | None
    customer: Customer
    person: Person
    location: LocationId
    zone: str
    told: datetime
    start: datetime | None
    minutes: int
    mode: Mode
    settings: Settings

    @property
    def chosen_sub_type(self) -> SubType | None:
        return self.type.sub_type(self.sub_type) if self.sub_type is not None else None

    @property
    def choice(self) -> Choice:
        return Choice(
            kind=self.kind,
            type=self.type,
            customer=self.customer,
            person=self.person,
            mode=self.mode,
            settings=self.settings,
        )

    @property
    def offer(self) -> Offer:
        return Offer(kind=self.kind, asked=self.mode.asked, settings=self.settings)

    @property
    def length(self) -> Length:
        return Length(kind=self.kind, minutes=self.minutes)


@frozen(kw_only=True)
class Placement:
    """
    The case of the rules of time: a visit with its user's time in the frame of its local day, without the appointment
    that is being moved, and the blocks that stand there.
    """

    visit: Visit
    period: Period | None
    time: UserTime | None
    blocks: tuple[Block, ...] = ()
    may_see: Callable[[Block], bool] = lambda _: False

    def reasons(self) -> tuple[Reason, ...]:
        """
        What stands against the visit; nothing is known where its length or start is impossible.
        """
        if self.period is None or self.time is None:
            return ()
        first = self.time.frame.cells.cell(self.period.start)
        return self.time.reasons(first, cells_of(self.visit.minutes))


# --- what is chosen ----------------------------------------------------------------------------


@rule("APT-02", "type.kind_mismatch", "{type} is not a type of {kind} appointments.", field="type")
def type_is_of_the_kind(visit: Visit) -> Facts | None:
    """
    Kind and type agree.
    """
    return None if visit.type.kind is visit.kind else {"type": visit.type.name, "kind": visit.kind.value}


@rule("APT-02", "type.inactive", "{type} is no longer offered.", field="type")
def type_is_active(visit: Visit) -> Facts | None:
    """
    New choices are active entries; a saved appointment keeps an entry that was inactivated later.
    """
    return None if visit.type.active else {"type": visit.type.name}


@rule("APT-02", "sub_type.not_of_type", "{type} has no such sub-type.", field="sub_type")
def sub_type_is_of_the_type(visit: Visit) -> Facts | None:
    """
    The sub-type belongs to the type.
    """
    if visit.sub_type is None or visit.chosen_sub_type is not None:
        return None
    return {"type": visit.type.name, "sub_type": visit.sub_type}


@rule("APT-02", "sub_type.inactive", "{sub_type} is no longer offered.", field="sub_type")
def sub_type_is_active(visit: Visit) -> Facts | None:
    """
    As for the type.
    """
    chosen = visit.chosen_sub_type
    return None if chosen is None or chosen.active else {"sub_type": chosen.name}


CATALOG = (type_is_of_the_kind, type_is_active, sub_type_is_of_the_type, sub_type_is_active)


@rule(
    "APT-04", "appointment.tech_on_lead", "{customer} is a lead; tech appointments are for customers.", field="customer"
)
def tech_visits_are_for_customers(visit: Visit) -> Facts | None:
    """
    Tech appointments are refused on leads.
    """
    on_lead = visit.kind is Kind.TECH and visit.customer.stage is Stage.LEAD
    return {"customer": visit.customer.name} if on_lead else None


@rule(
    "ACC-04",
    "appointment.sales_on_customer",
    "{customer} is a customer; this company makes sales appointments on leads only.",
    field="customer",
)
def sales_visits_of_customers_are_switched_on(visit: Visit) -> Facts | None:
    """
    Sales appointments on customers need the setting ``sales_scheduler_on_customers``; on leads it changes nothing.
    """
    on_customer = visit.kind is Kind.SALES and visit.customer.stage is Stage.CUSTOMER
    allowed = visit.settings.sales_scheduler_on_customers
    return {"customer": visit.customer.name} if on_customer and not allowed else None


STAGE = (tech_visits_are_for_customers, sales_visits_of_customers_are_switched_on)


# --- whom ---------------------------------------------------------------------------------------


@rule("APT-03", "user.not_eligible", "{user} cannot be assigned {type} appointments.", field="user")
def user_is_eligible(choice: Choice) -> Facts | None:
    """
    TECH an active technician, SALES an active sales rep, PROGRAM an active user whom the type lists.
    """
    if choice.person.can_be_assigned(choice.kind, choice.type.id if choice.type else None):
        return None
    told = choice.type.name if choice.type and choice.kind is Kind.PROGRAM else choice.kind.value
    return {"user": choice.person.name, "type": told, "active": choice.person.active}


@rule("SCH-23", "list_mode.not_offered", "This company does not offer the list {mode}.", field="mode")
def mode_is_offered(offer: Offer) -> Facts | None:
    """
    A list mode that the scheduling profile leaves out is refused.
    """
    if offer.kind is not Kind.TECH or offer.asked in offer.settings.modes:
        return None
    offered = [mode.value for mode in offer.settings.modes]
    return {"mode": offer.asked.value.replace("_", " "), "offered": offered}


OFFER = (mode_is_offered,)


@rule(
    "SCH-12",
    "technician.other_location",
    "{user} does not belong to the customer's location.",
    field="user",
)
def technician_is_of_the_location(choice: Choice) -> Facts | None:
    """
    IN_OFFICE_LOCATION lists the technicians of the customer's location, home or further.
    """
    office = choice.kind is Kind.TECH and choice.mode.in_force is ListMode.IN_OFFICE_LOCATION
    if not office or choice.person.of(choice.customer.location):
        return None
    return {"user": choice.person.name, "location": choice.customer.location}


@rule(
    "SCH-15",
    "technician.no_start_location",
    "{user} has no start location, so no distance can be told.",
    field="user",
)
def technician_has_a_start_location(choice: Choice) -> Facts | None:
    """
    A technician without a start location is in neither radius mode.
    """
    return {"user": choice.person.name} if choice.by_radius and choice.person.start is None else None


@rule(
    "SCH-17",
    "technician.out_of_coverage",
    "{user} starts {distance_text} from {customer}, but covers {limit_text}.",
    field="user",
)
def technician_covers_customer(choice: Choice) -> Facts | None:
    """
    Under the radius modes the distance from start is at most the technician's radius (SCH-13), or the greater of that
    and the company's (SCH-14).
    """
    distance = distance_from_start(choice.person.start, choice.customer.point)
    limit = reach(choice.person, choice.mode.in_force, choice.settings)
    if not choice.by_radius or distance is None or distance.meters <= limit:
        return None
    unit = choice.settings.distance_unit
    return {
        "user": choice.person.name,
        "customer": choice.customer.name,
        "distance_meters": round(distance.meters),
        "limit_meters": round(limit),
        "distance_text": unit.text(distance.meters),
        "limit_text": unit.text(limit),
    }


COVERAGE = (technician_is_of_the_location, technician_has_a_start_location, technician_covers_customer)
WHOM = (user_is_eligible, *COVERAGE)


# --- when ---------------------------------------------------------------------------------------


@rule("SCH-02", "time.nonexistent", "On {date} the clocks skip {time} in {zone}.", field="start")
def local_time_exists(case: Placement) -> Facts | None:
    """
    A local time that a clock change skips is refused.
    """
    visit = case.visit
    if visit.start is not None:
        return None
    told = visit.told
    return {"date": f"{told:%Y-%m-%d}", "time": f"{told:%H:%M}", "zone": visit.zone}


@rule(
    "SCH-04",
    "duration.step",
    "A {kind} appointment lasts a multiple of {step} minutes, at least {step}.",
    field="minutes",
)
def duration_is_in_steps(length: Length) -> Facts | None:
    """
    TECH and SALES: 30 minutes and multiples; PROGRAM: 15.
    """
    if length.minutes >= length.step and length.minutes % length.step == 0:
        return None
    return {"kind": length.kind.value, "minutes": length.minutes, "step": length.step}


LENGTH = (duration_is_in_steps,)


@rule("SCH-04", "start.step", "A {kind} appointment starts on a step of {step} minutes, not at {time}.", field="start")
def start_is_on_a_step(case: Placement) -> Facts | None:
    """
    Steps are counted from the first instant of the location's local day.
    """
    visit = case.visit
    if visit.start is None or case.time is None:
        return None
    day = case.time.frame.days[0]
    elapsed = epoch(visit.start) - epoch(case.time.frame.cells.instant(day.first))
    if elapsed % (visit.length.step * 60) == 0 and visit.start.microsecond == 0:
        return None
    return {"kind": visit.kind.value, "step": visit.length.step, "time": f"{local(visit.start, visit.zone):%H:%M}"}


@rule("SCH-05", "slot.before_start_of_day", "The day grid begins at {grid_start}; {time} is before.", field="start")
def visit_begins_in_the_grid(case: Placement) -> Facts | None:
    """
    The start lies at or after the beginning of the day grid.
    """
    if case.time is None or case.period is None:
        return None
    frame = case.time.frame
    if Reason.OUTSIDE_GRID not in case.reasons() or frame.cells.cell(case.period.start) >= frame.days[0].grid_first:
        return None
    return {**_grid(case), "time": f"{local(case.period.start, case.visit.zone):%H:%M}"}


@rule(
    "SCH-05", "slot.past_end_of_day", "The day grid ends at {grid_end}; the visit would end at {time}.", field="minutes"
)
def visit_ends_in_the_grid(case: Placement) -> Facts | None:
    """
    The end lies at or before the end of the day grid; no visit crosses local midnight (SCH-02).
    """
    if case.time is None or case.period is None:
        return None
    frame = case.time.frame
    end = frame.cells.cell(case.period.start) + cells_of(case.visit.minutes)
    if Reason.OUTSIDE_GRID not in case.reasons() or end <= frame.days[0].grid_end:
        return None
    return {**_grid(case), "time": f"{local(case.period.end, case.visit.zone):%H:%M}"}


def _grid(case: Placement) -> dict[str, object]:
    settings = case.visit.settings
    return {
        "grid_start": f"{settings.grid_start // 60:02d}:{settings.grid_start % 60:02d}",
        "grid_end": f"{settings.grid_end // 60:02d}:{settings.grid_end % 60:02d}",
    }


@rule("SCH-08", "slot.past", "{time} on {date} is over.", field="start")
def start_is_to_come(case: Placement) -> Facts | None:
    """
    A start before now is not offered; it is asked only where the start changes.
    """
    if Reason.PAST not in case.reasons() or case.period is None:
        return None
    start = local(case.period.start, case.visit.zone)
    return {"time": f"{start:%H:%M}", "date": f"{start:%Y-%m-%d}", "start": start}


@rule("SCH-07", "user.not_working", "{user} does not work {when}.", field="start")
def user_works_then(case: Placement) -> Facts | None:
    """
    Under DAY the visit starts on a working day of its user; under HOURS it lies inside the working hours.
    """
    if Reason.NOT_WORKING not in case.reasons() or case.period is None:
        return None
    start, end = (local(edge, case.visit.zone) for edge in (case.period.start, case.period.end))
    by_day = case.visit.settings.working_hours_rule is WorkingHoursRule.DAY
    when = f"on {start:%Y-%m-%d}" if by_day else f"from {start:%H:%M} to {end:%H:%M} on {start:%Y-%m-%d}"
    return {"user": case.visit.person.name, "when": when, "start": start, "end": end}


@rule("SCH-22", "user.absent", "{user} is absent from {from_time} to {to_time} on {date}.", field="start")
def user_is_there(case: Placement) -> Facts | None:
    """
    Nothing overlaps an absence, under DAY and HOURS alike.
    """
    if Reason.ABSENT not in case.reasons() or case.period is None or case.time is None:
        return None
    frame = case.time.frame
    first = frame.cells.cell(case.period.start)
    asked = ((1 << cells_of(case.visit.minutes)) - 1) << max(first, 0)
    hit = case.time.against[Reason.ABSENT] & asked
    start = frame.cells.instant((hit & -hit).bit_length() - 1)
    end = frame.cells.instant(hit.bit_length())
    told = [local(edge, case.visit.zone) for edge in (start, end)]
    return {
        "user": case.visit.person.name,
        "from_time": f"{told[0]:%H:%M}",
        "to_time": f"{told[1]:%H:%M}",
        "date": f"{told[0]:%Y-%m-%d}",
        "start": told[0],
        "end": told[1],
    }


@rule("SCH-06", "slot.taken", "{user} is already booked from {from_time} to {to_time}{whom}.", field="start")
def user_is_free(case: Placement) -> Facts | None:
    """
    A user is in one place at a time; the refusal names what is there, as far as the reader may see it.
    """
    if Reason.TAKEN not in case.reasons() or case.period is None:
        return None
    cells = Cells.covering(case.period)
    there = next(each for each in case.blocks if _stands_in(each, cells))
    start, end = (local(edge, case.visit.zone) for edge in (there.start, there.occupied_until or there.end))
    facts: dict[str, object] = {
        "user": case.visit.person.name,
        "from_time": f"{start:%H:%M}",
        "to_time": f"{end:%H:%M}",
        "start": start,
        "end": end,
        "whom": "",
    }
    if case.may_see(there):
        seen = {"appointment": there.appointment, "customer": there.customer_name, "type": there.type_name}
        facts |= {**seen, "whom": f" with {there.customer_name}"}
    return facts


def _stands_in(block: Block, cells: Cells) -> bool:
    return block.occupied is not None and cells.touched(epoch(block.start), epoch(block.occupied.end)) != 0


SLOT = (start_is_on_a_step, visit_begins_in_the_grid, visit_ends_in_the_grid)
TIME = (local_time_exists, *SLOT, user_works_then, user_is_there, user_is_free)
PAST = (start_is_to_come,)


# --- the lifecycle --------------------------------------------------------------------------------


@frozen(kw_only=True)
class Edit:
    """
    A change of some parts of an appointment.
    """

    appointment: Appointment
    parts: frozenset[Part]

    def forbidden(self) -> list[str]:
        """
        The parts that its status does not let change.
        """
        return sorted(part.value for part in self.parts - EDITABLE[self.appointment.status])


@rule("APT-10", "appointment.under_way", "The visit is under way ({status}): {parts} cannot be changed now.")
def open_visit_lets_this_change(edit: Edit) -> Facts | None:
    """
    EN_ROUTE: everything but user and date; ON_SITE: duration, type and notes.
    """
    status, parts = edit.appointment.status, edit.forbidden()
    return {"status": status.value, "parts": ", ".join(parts)} if parts and status in OPEN else None


@rule("APT-10", "appointment.completed", "The visit is completed: nothing can be changed until it is reopened.")
def completed_visit_stays(edit: Edit) -> Facts | None:
    """
    COMPLETED: nothing until reopened.
    """
    status, parts = edit.appointment.status, edit.forbidden()
    return {"status": status.value, "parts": ", ".join(parts)} if parts and status is Status.COMPLETED else None


@rule(
    "APT-10", "appointment.ended", "The visit has ended ({status}): {parts} cannot be changed unless it is reinstated."
)
def ended_visit_keeps_all_but_notes(edit: Edit) -> Facts | None:
    """
    CANCELLED and NO_SHOW: notes; time and user together with the return to SCHEDULED.
    """
    status, parts = edit.appointment.status, edit.forbidden()
    ended = status in (Status.CANCELLED, Status.NO_SHOW)
    return {"status": status.value, "parts": ", ".join(parts)} if parts and ended else None


EDITING = (open_visit_lets_this_change, completed_visit_stays, ended_visit_keeps_all_but_notes)


@frozen(kw_only=True)
class Transition:
    """
    A change of status.
    """

    before: Status
    after: Status


@rule("APT-07", "appointment.illegal_transition", "A visit that is {before} cannot become {after}.", field="status")
def transition_is_legal(case: Transition) -> Facts | None:
    """
    The table of transitions is the whole truth.
    """
    if case.after in TRANSITIONS[case.before]:
        return None
    return {"before": case.before.value, "after": case.after.value}


LIFECYCLE = (transition_is_legal,)


@rule(
    "APT-07",
    "appointment.not_ended",
    "Only a cancelled visit, or one where nobody showed, is reinstated, not one that is {before}.",
    field="status",
)
def reinstated_visit_has_ended(case: Transition) -> Facts | None:
    """
    The way back from EN_ROUTE and ON_SITE is an undo of the assignee, not a reinstatement.
    """
    return None if case.before in (Status.CANCELLED, Status.NO_SHOW) else {"before": case.before.value}


REINSTATING = (reinstated_visit_has_ended,)


@frozen(kw_only=True)
class Creation:
    """
    A new appointment without its kind said: the kinds that the actor can create there.
    """

    kinds: tuple[Kind, ...]


@rule("ACC-08", "appointment.kind_required", "Say which kind of appointment this is: {kinds}.", field="kind")
def kind_is_said_or_clear(case: Creation) -> Facts | None:
    """
    Who can create one kind only gets it without being asked; who can create several must say which.
    """
    return {"kinds": ", ".join(kind.value for kind in case.kinds)} if len(case.kinds) > 1 else None


CREATION = (kind_is_said_or_clear,)
