"""
A stateful model of scheduling: visits are booked, moved, resized, reassigned, cancelled and reinstated, time is held,
released and passes, all in random order, against several storages at once, and compared after each step with a naive
list of intervals.

    class TestScheduling(SchedulingModel.TestCase):
        pass

    class MyModel(SchedulingModel):
        def storages(self):
            return [MemoryStorage(), MyStorage()]
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from fieldops_core.access.context import Context
from fieldops_core.access.model import EVERYTHING, Actor, Kind
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Storage
from fieldops_core.company.model import Settings
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import Period, local_day
from fieldops_core.scheduling.messages import (
    BookAppointment,
    CancelAppointment,
    HoldTime,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ReleaseHold,
    ResizeAppointment,
)
from fieldops_core.scheduling.model import AppointmentId, HoldId
from fieldops_core.scheduling.views import AppointmentView, HoldView
from fieldops_core.staff.model import WorkingHours
from fieldops_core.testing.builders import a_company, a_customer, a_location, a_technician, a_type
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.ids import CountingIds
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting

ZONE = "America/Denver"
FIRST = date(2026, 10, 31)
"""
The day before the clocks go back: three days of 48, 50 and 48 half hours.
"""
HALF_HOUR = timedelta(minutes=30)
DAYS = tuple(day for offset in range(3) if (day := local_day(ZONE, FIRST + timedelta(days=offset))))

starts = st.integers(0, sum(day.length // HALF_HOUR for day in DAYS) - 1).map(
    lambda half: DAYS[0].start + half * HALF_HOUR
)
lengths = st.integers(1, 6).map(lambda halves: 30 * halves)
people = st.integers(0, 2)


@frozen(kw_only=True)
class Interval:
    """
    What the naive list knows of a visit.
    """

    user: int
    start: datetime
    minutes: int
    cancelled: bool = False

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def in_one_day(self) -> bool:
        """
        Whether it lies in one of the local days.
        """
        return any(day.start <= self.start and self.end <= day.end for day in DAYS)

    @property
    def until_midnight(self) -> "Interval":
        """
        What of it lies in the local day of its start: what lies beyond is refused for that, whatever is there.
        """
        (day,) = (day for day in DAYS if self.start in day)
        return evolve(self, minutes=min(self.minutes, (day.end - self.start) // timedelta(minutes=1)))

    def overlaps(self, other: "Interval") -> bool:
        return self.user == other.user and self.start < other.end and other.start < self.end


class SchedulingModel(RuleBasedStateMachine):
    """
    Override :meth:`storages` to try others. Three technicians work day and night at one office; all rules but those of
    time are kept, so that what is refused can be told from the list alone.
    """

    visits: Bundle[AppointmentId] = Bundle("visits")
    holds: Bundle[HoldId] = Bundle("holds")

    def storages(self) -> Sequence[Storage]:
        """
        The storages that are compared. Each is given a company of its own.
        """
        raise TypeError("name the storages to compare")

    @initialize()
    def a_company_in_each(self) -> None:
        company = evolve(a_company(), settings=Settings(grid_start=0, grid_end=1440))
        office, visit = a_location(zone=ZONE), a_type()
        always = WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7)))
        team = [a_technician(name=name, home=office.id, hours=always) for name in ("Ann", "Bea", "Cyd")]
        customer = a_customer(location=office.id, number=1)
        self.users: list[UserId] = [user.id for user in team]
        self.customer, self.type, self.company = customer.id, visit.id, company.id
        self.naive: dict[AppointmentId, Interval] = {}
        self.held: dict[HoldId, tuple[Interval, datetime]] = {}
        self.clock = FrozenClock(datetime(2026, 10, 1, tzinfo=UTC))
        self.engines = []
        for storage in self.storages():
            with storage.writing(company.id) as unit:
                unit.companies.add(company)
                unit.locations.add(office)
                unit.appointment_types.add(visit)
                for user in team:
                    unit.users.add(user)
                unit.customers.add(customer)
            self.engines.append((storage, _engine(storage, self.clock)))

    @rule(target=visits, user=people, start=starts, minutes=lengths)
    def book(self, user: int, start: datetime, minutes: int) -> AppointmentId | MultipleResults[AppointmentId]:
        return self._book(Interval(user=user, start=start, minutes=minutes), None)

    @rule(target=visits, hold=holds)
    def book_what_is_held(self, hold: HoldId) -> AppointmentId | MultipleResults[AppointmentId]:
        if hold not in self._live:
            return multiple()
        return self._book(self.held[hold][0], hold)

    @rule(target=visits, user=people, start=starts, minutes=lengths, hold=holds)
    def book_with_a_hold(
        self, user: int, start: datetime, minutes: int, hold: HoldId
    ) -> AppointmentId | MultipleResults[AppointmentId]:
        return self._book(Interval(user=user, start=start, minutes=minutes), hold)

    @rule(target=holds, user=people, start=starts, minutes=lengths, lasting=st.integers(1, 60))
    def hold(self, user: int, start: datetime, minutes: int, lasting: int) -> HoldId | MultipleResults[HoldId]:
        wish = Interval(user=user, start=start, minutes=minutes)
        command = HoldTime(
            kind=Kind.TECH,
            customer=self.customer,
            type=self.type,
            user=self.users[user],
            start=start,
            minutes=minutes,
            hold_minutes=lasting,
        )
        answer = self._all(command, self._stands_against(wish, None))
        if not isinstance(answer, HoldView):
            return multiple()
        self.held[HoldId(answer.id)] = wish, self.clock() + timedelta(minutes=lasting)
        return HoldId(answer.id)

    @rule(hold=holds)
    def release(self, hold: HoldId) -> None:
        if hold in self._live:
            self._all(ReleaseHold(hold=hold), set())
            del self.held[hold]

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule(id=visits, start=starts)
    def move(self, id: AppointmentId, start: datetime) -> None:
        self._change(MoveAppointment(appointment=id, start=start), id, start=start)

    @rule(id=visits, minutes=lengths)
    def resize(self, id: AppointmentId, minutes: int) -> None:
        self._change(ResizeAppointment(appointment=id, minutes=minutes), id, minutes=minutes)

    @rule(id=visits, user=people)
    def reassign(self, id: AppointmentId, user: int) -> None:
        self._change(ReassignAppointment(appointment=id, user=self.users[user]), id, user=user)

    @rule(id=visits)
    def cancel(self, id: AppointmentId) -> None:
        there = self.naive[id]
        expected = {"appointment.illegal_transition"} if there.cancelled else set()
        if self._all(CancelAppointment(appointment=id), expected):
            self.naive[id] = evolve(there, cancelled=True)

    @rule(id=visits)
    def reinstate(self, id: AppointmentId) -> None:
        there = self.naive[id]
        expected = self._stands_against(there, id) if there.cancelled else {"appointment.not_ended"}
        if self._all(ReinstateAppointment(appointment=id), expected):
            self.naive[id] = evolve(there, cancelled=False)

    @rule(target=visits, id=consumes(visits), start=starts)
    def reinstate_elsewhere(self, id: AppointmentId, start: datetime) -> AppointmentId:
        there = self.naive[id]
        wish = evolve(there, start=start, cancelled=False)
        expected = self._stands_against(wish, id) if there.cancelled else {"appointment.not_ended"}
        if self._all(ReinstateAppointment(appointment=id, start=start), expected):
            self.naive[id] = wish
        return id

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        there = [visit for visit in self.naive.values() if not visit.cancelled]
        assert not [(a, b) for i, a in enumerate(there) for b in there[i + 1 :] if a.overlaps(b)]

    @invariant()
    def every_storage_holds_what_the_list_holds(self) -> None:
        expected = sorted(
            (self.users[visit.user], visit.start, visit.end) for visit in self.naive.values() if not visit.cancelled
        )
        for storage, _ in self.engines:
            with storage.reading(self.company) as unit:
                blocks = unit.times.blocks(Period(start=DAYS[0].start, end=DAYS[-1].end), occupying=True)
            assert sorted((block.user, block.start, block.end) for block in blocks) == expected

    @invariant()
    def every_storage_knows_what_is_held(self) -> None:
        expected = sorted((self.users[one.user], one.start, one.end) for one in self._live.values())
        for storage, _ in self.engines:
            with storage.reading(self.company) as unit:
                found = unit.holds.live(Period(start=DAYS[0].start, end=DAYS[-1].end), now=self.clock())
            assert sorted((hold.user, hold.period.start, hold.period.end) for hold in found) == expected

    @property
    def _live(self) -> dict[HoldId, Interval]:
        return {id: wish for id, (wish, until) in self.held.items() if until > self.clock()}

    def _book(self, wish: Interval, hold: HoldId | None) -> AppointmentId | MultipleResults[AppointmentId]:
        command = BookAppointment(
            kind=Kind.TECH,
            customer=self.customer,
            type=self.type,
            user=self.users[wish.user],
            start=wish.start,
            minutes=wish.minutes,
            hold=hold,
        )
        answer = self._both(command, wish, None, hold)
        if answer is None:
            return multiple()
        if hold is not None:
            self.held.pop(hold, None)
        return AppointmentId(answer.id)

    def _change(self, command: object, id: AppointmentId, **changes: object) -> None:
        there = self.naive[id]
        wish = evolve(there, **changes)  # type: ignore[arg-type]
        if wish == there:
            self._all(command, set())
        elif there.cancelled:
            self._all(command, {"appointment.ended"})
        else:
            self._both(command, wish, id)

    def _both(
        self, command: object, wish: Interval, id: AppointmentId | None, hold: HoldId | None = None
    ) -> AppointmentView | None:
        answer = self._all(command, self._stands_against(wish, id, hold))
        if not isinstance(answer, AppointmentView):
            return None
        self.naive[AppointmentId(answer.id)] = wish
        return answer

    def _stands_against(self, wish: Interval, id: AppointmentId | None, hold: HoldId | None = None) -> set[str]:
        others = (visit for other, visit in self.naive.items() if other != id and not visit.cancelled)
        holds = (held for other, held in self._live.items() if other != hold)
        found = {"slot.taken"} if any(wish.until_midnight.overlaps(other) for other in others) else set()
        found |= {"slot.held"} if any(wish.until_midnight.overlaps(held) for held in holds) else set()
        return found if wish.in_one_day else found | {"slot.past_end_of_day"}

    def _all(self, command: object, expected: set[str]) -> object:
        """
        Carry out a command everywhere; every storage answers the same, and as the list says.
        """
        context = Context(company=self.company, actor=Actor(user=self.users[0], grants=EVERYTHING))
        answers: list[tuple[object, set[str]]] = []
        for _, engine in self.engines:
            try:
                answers.append((engine.execute(command, context).answer, set()))
            except Refused as refused:
                answers.append((None, {each.code for each in refused.violations}))
        assert [codes for _, codes in answers] == [expected] * len(answers)
        assert all(answer == answers[0] for answer in answers)
        return answers[0][0]


def _engine(storage: Storage, clock: FrozenClock) -> FieldOps:
    ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    return FieldOps(storage=storage, clock=clock, ids=CountingIds(), ports=ports)
