"""
Rules of the model: working hours and absences change, and time passes.
"""

from collections.abc import Callable
from datetime import date

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from fieldops_core.app.ports import Receipt
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import StrandedView
from fieldops_core.staff.messages import AddAbsence, ChangeWorkingHours, RemoveAbsence
from fieldops_core.staff.model import AbsenceId
from fieldops_core.staff.views import AbsenceView
from fieldops_core.testing.stateful.choosing import dates, people, shifts
from fieldops_core.testing.stateful.comparing import Comparison
from fieldops_core.testing.stateful.naive import ALL_DAY, DATES, Shift, at

MOST_ABSENCES = 4


class Staffing(Comparison):
    """
    Each change strands what it puts outside, and nothing brings that back but a move or an end (APT-14).
    """

    @rule(user=people, date=dates, shift=st.none() | st.just(ALL_DAY) | shifts)
    def change_hours(self, user: int, date: date, shift: Shift | None) -> None:
        hours = {**self.naive.hours, (user, date): shift}
        week: list[tuple[TimeRange, ...]] = [(TimeRange(0, 1440),)] * 7
        for each in DATES:
            told = hours[user, each]
            week[each.weekday()] = (TimeRange(30 * told[0], 30 * told[1]),) if told else ()
        command = ChangeWorkingHours(user=self.users[user], weekly=WeeklyHours(tuple(week)))
        self._change_staff(command, lambda _: self.naive.hours.update(hours))

    @rule(by_day=st.booleans())
    def change_the_rule_of_hours(self, by_day: bool) -> None:
        rule = WorkingHoursRule.DAY if by_day else WorkingHoursRule.HOURS
        command = ChangeSettings(changes={"working_hours_rule": rule})
        self._change_staff(command, lambda _: setattr(self.naive, "by_day", by_day))

    @precondition(lambda model: len(model.naive.absences) < MOST_ABSENCES)
    @rule(user=st.none() | people, date=dates, shift=st.just(ALL_DAY) | shifts)
    def add_absence(self, user: int | None, date: date, shift: Shift) -> None:
        """
        Of a user, or a holiday of all.
        """
        first, last = shift

        def added(receipt: Receipt) -> None:
            assert isinstance(receipt.answer, AbsenceView)
            period = Period(start=at(date, first), end=at(date, last))
            self.naive.absences[AbsenceId(receipt.answer.id)] = user, period

        command = AddAbsence(
            user=None if user is None else self.users[user],
            location=self.office if user is None else None,
            first=date,
            last=date,
            start=30 * first,
            end=30 * last,
        )
        self._change_staff(command, added)

    @precondition(lambda model: bool(model.naive.absences))
    @rule(which=st.integers(0, MOST_ABSENCES - 1))
    def remove_absence(self, which: int) -> None:
        there = [*self.naive.absences]
        id = there[which % len(there)]
        self._change_staff(RemoveAbsence(absence=id), lambda _: self.naive.absences.pop(id))

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @precondition(lambda model: model.clock() < at(DATES[-1], 0))
    @rule()
    def time_passes_until_a_visit_begins_or_ends(self) -> None:
        edges = (edge for visit in self.naive.visits.values() for edge in (visit.start, visit.end))
        self.clock.set(min((edge for edge in edges if edge > self.clock()), default=self.clock()))

    def _change_staff(self, command: object, carried_out: Callable[[Receipt], object]) -> None:
        before = self.naive.upcoming()
        receipt = self.carry_out(command, set())
        assert receipt is not None
        carried_out(receipt)
        lacking = {id: lacks - before[id] for id, lacks in self.naive.upcoming().items() if lacks - before[id]}
        told = [line for each in receipt.added if isinstance(each, StrandedView) for line in each.appointments]
        assert {AppointmentId(line.id): frozenset(line.why) for line in told} == lacking
        for id in lacking:
            self.put(id, evolve(self.naive.visits[id], pending=True))
