"""
The day grid: users, and for each what occupies the slots of some local days.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind, Permission
from fieldops_core.access.rules import SCHEDULER
from fieldops_core.company.model import SLOT_MINUTES, Setup
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.cells import Mask, span
from fieldops_core.kernel.errors import Forbidden
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import Violation, violations
from fieldops_core.kernel.time import Period, local, local_date
from fieldops_core.scheduling.calculations import (
    Frame,
    FrameDay,
    Mode,
    absent_periods,
    by_owner,
    cells_of,
    distance_from_start,
    mode_for,
    not_working,
    outside_hours,
    working_periods,
)
from fieldops_core.scheduling.messages import ChooseGrid, ShowGrid, ShowGridChoice
from fieldops_core.scheduling.model import OCCUPYING, AppointmentId, Block, GridChoice, Hold, Status, expected_starts
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import WHOM, Choice
from fieldops_core.scheduling.use_cases.crews import Crews, crews_among, others
from fieldops_core.scheduling.use_cases.fitting import NOBODY, days_frame, mode_view, offered
from fieldops_core.scheduling.use_cases.loading import SLACK, may_look_at_slots, one_person, visibility
from fieldops_core.scheduling.views import (
    BlockView,
    CardView,
    CustomerRef,
    GridChoiceView,
    GridDay,
    GridRow,
    GridView,
    Stretch,
    UserRef,
    distance_view,
    grid_choice_view,
)
from fieldops_core.staff.model import Absence, Person

ONE_DAY = timedelta(days=1)


def choose_grid(command: ChooseGrid, call: Call[Unit]) -> GridChoiceView:
    if call.actor.user is None:
        raise Forbidden("Only users have a day grid of their own.")
    setup, users = call.unit.companies.setup(), command.choice.users
    for location in command.choice.locations:
        setup.location(location)
    people = call.unit.people.find(ids=users, active=None) if users else ()
    for user in users:
        one_person(people, user)
    call.unit.grid_choices.put(call.actor.user, command.choice)
    return grid_choice_view(command.choice)


def show_grid_choice(_: ShowGridChoice, call: Call[Unit]) -> GridChoiceView:
    return grid_choice_view(_choice(call))


def show_grid(question: ShowGrid, call: Call[Unit]) -> GridView:
    """
    Eight queries whatever the numbers of users, days and visits: the choice, the company, the customer, users,
    absences, holds, blocks, crews.
    """
    choice = _choice(call) if question.as_chosen else GridChoice()
    unit, setup = call.unit, call.unit.companies.setup()
    customer = unit.customers.get(question.customer) if question.customer else None
    kind = question.kind or choice.kind or _first_kind(call.actor)
    _may_see_grid(call.actor, kind, customer)
    locations = _locations(question, choice, customer, setup)
    zone = question.zone or setup.location(locations[0]).zone
    today = local_date(call.now, zone)
    first = question.first or today
    days = choice.days if question.days is None else question.days
    within = days_frame(zone, first, days, setup.settings)
    mode = mode_for(question.mode, setup.settings, customer.point) if customer else None
    if mode:
        offered(kind, mode, setup.settings)
    users = choice.users if question.users is None else question.users
    people = unit.people.find(ids=users or None, kind=None if users else kind, active=None)
    blocks = _blocks(call, within, people)
    drawing = _Drawing(
        within=within,
        setup=setup,
        kind=kind,
        customer=customer,
        mode=mode,
        shown=_filter(question, choice),
        may_see=visibility(call.actor),
        absences=by_owner(_absences(call, within, people)),
        holds=_holds(call, within, people),
        crews=crews_among(chain.from_iterable(blocks.values()), within.cells.period, call),
        now=call.now,
    )
    listed = (each for each in people if users or any(each.of(location) for location in locations))
    rows = tuple(
        drawing.row(person, blocks.get(person.id, ()))
        for person in listed
        if person.can_be_assigned(kind) or any(each.occupied_until for each in blocks.get(person.id, ()))
    )
    nobody = customer is not None and not any(row.valid for row in rows)
    return GridView(
        zone=zone,
        kind=kind,
        days=tuple(_day(within, day, kind) for day in within.days),
        previous=first - ONE_DAY * days,
        next=first + ONE_DAY * days,
        today=today,
        mode=mode_view(mode, setup.settings) if mode and kind is Kind.TECH else None,
        rows=rows,
        message=NOBODY if nobody else None,
    )


@frozen(kw_only=True)
class _Drawing:
    """
    What all rows of one grid share.
    """

    within: Frame
    setup: Setup
    kind: Kind
    customer: Customer | None
    mode: Mode | None
    shown: Callable[[Block], bool]
    may_see: Callable[[Block], bool]
    absences: Mapping[UUID, tuple[Absence, ...]]
    holds: Mapping[UserId, list[Hold]]
    crews: Crews
    now: datetime

    def row(self, person: Person, blocks: Collection[Block]) -> GridRow:
        home_zone = self.setup.location(person.home).zone
        cells = self.within.cells
        distance = distance_from_start(person.start, self.customer.point) if self.customer else None
        why_not = self._why_not(person)
        working = working_periods(person.hours, home_zone, cells) if self.within.days else ()
        absent = absent_periods(person, home_zone, cells, self.absences) if self.within.days else ()
        off = not_working(person.hours, home_zone, self.within, False)
        late = expected_starts(blocks, self.now)
        return GridRow(
            user=UserRef(id=person.id, name=person.name),
            home=person.home,
            active=person.active,
            zone=None if home_zone == self.within.zone else home_zone,
            distance=distance_view(distance, self.setup.settings.distance_unit, "start_location"),
            working=tuple([self._stretch(period) for period in working]),
            absent=tuple([self._stretch(period) for period in absent]),
            held=tuple([self._stretch(each.period) for each in self.holds.get(person.id, ())]),
            blocks=tuple([view for block in blocks if (view := self._block(block, person, home_zone, off, late))]),
            valid=not why_not if self.customer else None,
            why_not=why_not,
        )

    def _why_not(self, person: Person) -> tuple[Violation, ...]:
        if self.customer is None or self.mode is None:
            return ()
        choice = Choice(
            kind=self.kind, customer=self.customer, person=person, mode=self.mode, settings=self.setup.settings
        )
        return violations(WHOM, choice)

    def _block(
        self, block: Block, person: Person, home_zone: str, off: Mask, late: Mapping[AppointmentId, datetime]
    ) -> BlockView | None:
        """
        The whole card, or somebody's time without a word about whose; what takes no time and may not be seen is left
        out. *off* are the cells in which the user does not work, *late* the expected starts of late visits.
        """
        start, end = local(block.start, self.within.zone), local(block.end, self.within.zone)
        if not self.may_see(block):
            return BlockView(start=start, end=end, appointment=None) if block.occupied_until else None
        if not self.shown(block):
            return None
        there = self.within.between(block.start, block.end)
        if there is None:
            outside = outside_hours(person, home_zone, Period(start=block.start, end=block.end))
        else:
            outside = there & off != 0
        expected = late.get(block.appointment)
        late_start = local(expected, self.within.zone) if expected else None
        card = _card(block, others(block, self.crews), outside=outside, expected=late_start)
        return BlockView(start=start, end=end, appointment=card)

    def _stretch(self, period: Period) -> Stretch:
        zone = self.within.zone
        return Stretch(start=local(period.start, zone), end=local(period.end, zone))


def _card(block: Block, crew: tuple[AppointmentId, ...], *, outside: bool, expected: datetime | None) -> CardView:
    return CardView(
        id=block.appointment,
        version=block.version,
        kind=block.kind,
        status=block.status,
        type=block.type_name,
        customer=CustomerRef(
            id=block.customer, number=block.customer_number, name=block.customer_name, stage=block.stage
        ),
        minutes=block.minutes,
        location=block.location,
        pending_reassignment=block.pending_reassignment,
        double_booked=block.double_booked,
        work_order=block.work_order,
        series=block.series,
        crew=crew,
        outside_working_hours=outside,
        expected_start=expected,
    )


def _day(within: Frame, day: FrameDay, kind: Kind) -> GridDay:
    """
    A local date with the starts of its slots between the limits of the grid (SCH-02).
    """
    step = cells_of(SLOT_MINUTES[kind])
    return GridDay(date=day.date, slots=within.told(within.starts(step, step) & span(day.first, day.end - day.first)))


def _choice(call: Call[Unit]) -> GridChoice:
    saved = call.unit.grid_choices.of(call.actor.user) if call.actor.user else None
    return saved or GridChoice()


def _first_kind(actor: Actor) -> Kind:
    kinds = [kind for kind in Kind if sees_kind(actor, kind)]
    return kinds[0] if kinds else Kind.TECH


def sees_kind(actor: Actor, kind: Kind) -> bool:
    """
    Whether an actor sees appointments of a kind anywhere.
    """
    personal = kind is Kind.SALES and actor.holds_somewhere(Permission.PERSONAL_APPOINTMENTS, Action.VIEW)
    return personal or actor.holds_somewhere(SCHEDULER[kind], Action.VIEW)


def _may_see_grid(actor: Actor, kind: Kind, customer: Customer | None) -> None:
    """
    For a customer, as free times are seen (ACC-06); without one, with the kind's VIEW anywhere: what lies elsewhere is
    shown without a word (ACC-27).
    """
    if customer is not None:
        may_look_at_slots(actor, kind, customer.stage, customer.location)
    elif not sees_kind(actor, kind):
        raise Forbidden(f"You may not see {kind.value} appointments.", rule="ACC-26")


def _locations(
    question: ShowGrid, choice: GridChoice, customer: Customer | None, setup: Setup
) -> tuple[LocationId, ...]:
    """
    Those asked for, else those last chosen, else the customer's and then all others.
    """
    asked = choice.locations if question.locations is None else question.locations
    if asked:
        return tuple(setup.location(each).id for each in asked)
    active = [location.id for location in setup.locations if location.active]
    others = active or [location.id for location in setup.locations]
    if customer is None:
        return tuple(others)
    return customer.location, *(each for each in others if each != customer.location)


def _filter(question: ShowGrid, choice: GridChoice) -> Callable[[Block], bool]:
    """
    Which blocks are drawn: those that take time, unless statuses are named (SCH-10).
    """
    statuses: Collection[Status] = choice.statuses if question.statuses is None else question.statuses
    wanted = frozenset(statuses or OCCUPYING)
    asked = question.pending_reassignment
    pending = choice.pending_reassignment if asked is None else asked

    def shown(block: Block) -> bool:
        return block.status in wanted and (pending is None or block.pending_reassignment is pending)

    return shown


def _absences(call: Call[Unit], within: Frame, people: tuple[Person, ...]) -> tuple[Absence, ...]:
    if not within.days or not people:
        return ()
    first, last = within.days[0].date - SLACK, within.days[-1].date + SLACK
    return call.unit.absences.between(first, last, users=[person.id for person in people])


def _holds(call: Call[Unit], within: Frame, people: tuple[Person, ...]) -> dict[UserId, list[Hold]]:
    found: dict[UserId, list[Hold]] = {}
    if within.days and people:
        users = [person.id for person in people]
        for hold in call.unit.holds.live(within.cells.period, users=users, now=call.now):
            found.setdefault(hold.user, []).append(hold)
    return found


def _blocks(call: Call[Unit], within: Frame, people: tuple[Person, ...]) -> dict[UserId, list[Block]]:
    found: dict[UserId, list[Block]] = {}
    if within.days and people:
        for block in call.unit.times.blocks(within.cells.period, users=[person.id for person in people]):
            found.setdefault(block.user, []).append(block)
    return found
