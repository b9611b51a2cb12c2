"""
Rules of the model: what is booked and held, moved, resized and reassigned, cancelled and reinstated.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple, rule

from fieldops_core.access.model import Kind
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.messages import (
    BookAppointment,
    BulkSchedule,
    CancelAppointment,
    HoldTime,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ReleaseHold,
    ResizeAppointment,
)
from fieldops_core.scheduling.model import OPEN, TRANSITIONS, AppointmentId, HoldId, Status
from fieldops_core.scheduling.views import AppointmentView, BulkView, HoldView
from fieldops_core.testing.stateful import counting
from fieldops_core.testing.stateful.choosing import (
    anywhere,
    apart_from,
    beginnings,
    dates,
    halves,
    lengths,
    mostly,
    paired,
    people,
    reasons,
    some_pair,
    some_visit,
    starts,
    time_of_day,
    visits_in,
)
from fieldops_core.testing.stateful.comparing import Comparison
from fieldops_core.testing.stateful.naive import DATES, ENDED, NONE, ONE_DAY, ZONE, Override, Visit, at

standing = visits_in(*(status for status in Status if status not in ENDED))


class Planning(Comparison):
    """
    Each rule tells the naive list what it asks of the storages.
    """

    holds: Bundle[HoldId] = Bundle("holds")

    @initialize(now=beginnings, plans=st.lists(st.tuples(people, anywhere, lengths), min_size=3, max_size=12))
    def a_company_with_some_visits(self, now: datetime, plans: list[tuple[int, datetime, int]]) -> None:
        self.a_company_in_each(now)
        for user, start, minutes in plans:
            self._book(Visit(user=user, start=start, minutes=minutes))

    @rule(user=people, start=starts, minutes=lengths)
    def book(self, user: int, start: datetime, minutes: int) -> None:
        self._book(Visit(user=user, start=start, minutes=minutes))

    @rule(hold=holds)
    def book_what_is_held(self, hold: HoldId) -> None:
        if hold in self.naive.live:
            self._book(self.naive.held[hold][0], hold=hold)

    @rule(user=people, start=starts, minutes=lengths, hold=holds)
    def book_with_a_hold(self, user: int, start: datetime, minutes: int, hold: HoldId) -> None:
        self._book(Visit(user=user, start=start, minutes=minutes), hold=hold)

    @some_visit
    @rule(there=standing | paired, apart=halves, minutes=lengths, reason=reasons, named=mostly)
    def book_beside(self, there: AppointmentId, apart: int, minutes: int, reason: str, named: bool) -> None:
        """
        On purpose over another visit, or near it; naming it, or not although there is a reason.
        """
        beside = self.naive.visits[there]
        visit = Visit(user=beside.user, start=apart_from(beside.start, apart), minutes=minutes)
        self._book(visit, override=Override(named=there if named else None, reason=reason))

    @some_pair
    @rule(there=paired)
    def book_beside_one_of_a_pair(self, there: AppointmentId) -> None:
        """
        Where it is on its own: nobody else is in the way, and still it is doubled with no third.
        """
        visit = self.naive.visits[there]
        spans = [Visit(user=visit.user, start=start, minutes=30) for start in visit.half_hours]
        pair = self.naive.visits[visit.beside] if visit.beside else visit
        alone = next((span for span in spans if span.overlaps(visit) and not span.overlaps(pair)), None)
        if alone is not None:
            self._book(alone, override=Override(named=there, reason="One trip."))
            self.happened(counting.NO_THIRD)

    @rule(target=holds, user=people, start=starts, minutes=lengths, lasting=st.integers(1, 60))
    def hold(self, user: int, start: datetime, minutes: int, lasting: int) -> HoldId | MultipleResults[HoldId]:
        wish = Visit(user=user, start=start, minutes=minutes)
        command = HoldTime(
            kind=Kind.TECH,
            customer=self.customer,
            type=self.type,
            user=self.users[user],
            start=start,
            minutes=minutes,
            hold_minutes=lasting,
        )
        answer = self.answer(HoldView, command, self.naive.against(wish))
        if answer is None:
            return multiple()
        self.naive.held[HoldId(answer.id)] = wish, self.clock() + timedelta(minutes=lasting)
        return HoldId(answer.id)

    @rule(hold=holds)
    def release(self, hold: HoldId) -> None:
        if hold in self.naive.live:
            self.carry_out(ReleaseHold(hold=hold), set())
            del self.naive.held[hold]

    @some_visit
    @rule(id=visits_in(Status.SCHEDULED), start=starts)
    def move(self, id: AppointmentId, start: datetime) -> None:
        self._change(MoveAppointment(appointment=id, start=start), id, start=start)

    @some_visit
    @rule(id=visits_in(Status.SCHEDULED), there=standing | paired, reason=reasons)
    def move_beside(self, id: AppointmentId, there: AppointmentId, reason: str) -> None:
        beside = self.naive.visits[there]
        command = MoveAppointment(
            appointment=id,
            start=beside.start,
            user=self.users[beside.user],
            double_book=there,
            double_book_reason=reason,
        )
        override = Override(named=there, reason=reason)
        self._change(command, id, override, start=beside.start, user=beside.user)

    @some_visit
    @rule(id=visits_in(Status.SCHEDULED, Status.ON_SITE), minutes=lengths)
    def resize(self, id: AppointmentId, minutes: int) -> None:
        self._change(ResizeAppointment(appointment=id, minutes=minutes), id, minutes=minutes)

    @some_visit
    @rule(id=visits_in(Status.SCHEDULED), user=people)
    def reassign(self, id: AppointmentId, user: int) -> None:
        self._change(ReassignAppointment(appointment=id, user=self.users[user]), id, user=user)

    @some_visit
    @rule(id=visits_in(*OPEN))
    def cancel(self, id: AppointmentId) -> None:
        there = self.naive.visits[id]
        can = Status.CANCELLED in TRANSITIONS[there.status]
        if self.carry_out(CancelAppointment(appointment=id), set() if can else {"appointment.illegal_transition"}):
            self.put(id, there.became(Status.CANCELLED, self.clock()))

    @some_visit
    @rule(id=visits_in(*ENDED))
    def reinstate(self, id: AppointmentId) -> None:
        self._reinstate(ReinstateAppointment(appointment=id), id)

    @some_visit
    @rule(id=visits_in(*ENDED), start=starts, user=people)
    def reinstate_elsewhere(self, id: AppointmentId, start: datetime, user: int) -> None:
        command = ReinstateAppointment(appointment=id, start=start, user=self.users[user])
        self._reinstate(command, id, start=start, user=user)

    @some_visit
    @rule(id=visits_in(*ENDED), there=standing | paired, reason=reasons)
    def reinstate_beside(self, id: AppointmentId, there: AppointmentId, reason: str) -> None:
        beside = self.naive.visits[there]
        command = ReinstateAppointment(
            appointment=id,
            start=beside.start,
            user=self.users[beside.user],
            double_book=there,
            double_book_reason=reason,
        )
        override = Override(named=there, reason=reason)
        self._reinstate(command, id, override, start=beside.start, user=beside.user)

    @rule(
        first=dates,
        days=st.integers(1, len(DATES)),
        half=time_of_day,
        minutes=lengths,
        users=st.sets(people, min_size=1),
        skip=st.booleans(),
    )
    def bulk_schedule(self, first: date, days: int, half: int, minutes: int, users: set[int], skip: bool) -> None:
        there = DATES[DATES.index(first) :][:days]
        command = BulkSchedule(
            work_order=self.an_open_work_order(),
            type=self.type,
            first=first,
            last=there[-1],
            weekdays=frozenset(range(7)),
            technicians=tuple(self.users[user] for user in sorted(users)),
            time=time(half // 2, half % 2 * 30),
            minutes=minutes,
            skip_unavailable=skip,
        )
        wishes = [Visit(user=user, start=at(day, half), minutes=minutes) for user in sorted(users) for day in there]
        self._bulk_schedule(command, wishes)

    def _book(self, wish: Visit, *, hold: HoldId | None = None, override: Override = NONE) -> None:
        command = BookAppointment(
            kind=Kind.TECH,
            customer=self.customer,
            type=self.type,
            user=self.users[wish.user],
            start=wish.start,
            minutes=wish.minutes,
            hold=hold,
            double_book=override.named,
            double_book_reason=override.reason,
        )
        answer = self.answer(AppointmentView, command, self.naive.against(wish, hold=hold, override=override))
        if answer is None:
            return
        self.put(AppointmentId(answer.id), wish, override.named)
        if hold in self.naive.live:
            self.happened(counting.CONSUMED)
            del self.naive.held[hold]

    def _change(self, command: object, id: AppointmentId, override: Override = NONE, **changes: object) -> None:
        """
        Another time or user. A wish for what is there already is granted, and changes nothing.
        """
        there = self.naive.visits[id]
        wish = evolve(there, **changes)  # type: ignore[arg-type]
        if wish.plan == there.plan:
            self.carry_out(command, set())
            return
        past = wish.start != there.start and there.end > self.clock()
        expected = _not_editable(there, wish) or self.naive.against(wish, id, override=override, past=past)
        if self.carry_out(command, expected):
            self.put(id, evolve(wish, pending=False), override.named)

    def _reinstate(self, command: object, id: AppointmentId, override: Override = NONE, **changes: object) -> None:
        there = self.naive.visits[id]
        wish = evolve(there, **changes)  # type: ignore[arg-type]
        past = wish.start != there.start and there.end > self.clock()
        if there.status not in ENDED:
            expected = {"appointment.not_ended"}
        elif wish.plan == there.plan:
            expected = self.naive.in_the_way(wish, id, override=override)
        else:
            expected = self.naive.against(wish, id, override=override, past=past)
        if self.carry_out(command, expected):
            self.put(id, wish.became(Status.SCHEDULED, self.clock()), override.named)

    def _bulk_schedule(self, command: BulkSchedule, wishes: Sequence[Visit]) -> None:
        today, against = local(self.clock(), ZONE).date(), [self.naive.against(wish, past=False) for wish in wishes]
        expected = {"bulk.start_past"} if command.first < today else set()
        expected |= {"bulk.end_too_early"} if command.last <= max(today, command.first - ONE_DAY) else set()
        if not expected and command.skip_unavailable:
            expected = {"bulk.nothing_left"} if all(against) else set()
        elif not expected:
            expected = set().union(*against)
        answer = self.answer(BulkView, command, expected | ({"bulk.not_created"} if expected else set()))
        if answer is None:
            return
        left = [wish for wish, codes in zip(wishes, against, strict=True) if not codes]
        made = [AppointmentId(each.id) for series in answer.series for each in series.appointments]
        for id, wish in zip(made, left, strict=True):
            self.put(id, wish)
        self.happened(*(counting.LEFT_OUT for _ in wishes[len(left) :]))


def _not_editable(there: Visit, wish: Visit) -> set[str]:
    """
    The code for which the status of a visit keeps it from being planned so (APT-10).
    """
    others_user, another_day = wish.user != there.user, wish.date != there.date
    match there.status:
        case Status.EN_ROUTE if others_user or another_day:
            return {"appointment.under_way"}
        case Status.ON_SITE if others_user or wish.start != there.start:
            return {"appointment.under_way"}
        case Status.COMPLETED:
            return {"appointment.completed"}
        case Status.CANCELLED | Status.NO_SHOW:
            return {"appointment.ended"}
    return set()
