"""
Any sequence of bookings, moves, resizes, cancellations and reinstatements, some of them on purpose beside another
visit: who overlaps whom is exactly what the marks say (SCH-27).
"""

from datetime import datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, RuleBasedStateMachine, initialize, invariant, multiple, rule

from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    EditAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
)
from fieldops_core.scheduling.model import OCCUPYING, Appointment, AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.testing.builders import at
from tests.support.world import World

starts = st.integers(0, 7).map(lambda half: at("09:00") + half * timedelta(minutes=30))
lengths = st.sampled_from([30, 60, 90])
users = st.sampled_from(["ann", "sam"])
CODES = {"slot.taken", "appointment.illegal_transition", "appointment.not_ended", "appointment.ended"}


class DoubleBookings(RuleBasedStateMachine):
    visits: Bundle[AppointmentId] = Bundle("visits")

    @initialize()
    def two_technicians(self) -> None:
        self.world = World()
        self.world.replace(self.world.sam, technician=True)
        self.ids: list[AppointmentId] = []

    @rule(target=visits, user=users, start=starts, minutes=lengths)
    def book(self, user: str, start: datetime, minutes: int) -> AppointmentId | MultipleResults[AppointmentId]:
        return self._book(user, start, minutes, None)

    @rule(target=visits, user=users, start=starts, minutes=lengths, there=visits)
    def book_beside(
        self, user: str, start: datetime, minutes: int, there: AppointmentId
    ) -> AppointmentId | MultipleResults[AppointmentId]:
        return self._book(user, start, minutes, there)

    @rule(id=visits, start=starts)
    def move(self, id: AppointmentId, start: datetime) -> None:
        self._do(EditAppointment(appointment=id, start=start))

    @rule(id=visits, start=starts, there=visits)
    def move_beside(self, id: AppointmentId, start: datetime, there: AppointmentId) -> None:
        self._do(EditAppointment(appointment=id, start=start, double_book=there, double_book_reason="On purpose."))

    @rule(id=visits, minutes=lengths)
    def resize(self, id: AppointmentId, minutes: int) -> None:
        self._do(ResizeAppointment(appointment=id, minutes=minutes))

    @rule(id=visits, user=users)
    def reassign(self, id: AppointmentId, user: str) -> None:
        self._do(ReassignAppointment(appointment=id, user=getattr(self.world, user).id))

    @rule(id=visits)
    def cancel(self, id: AppointmentId) -> None:
        self._do(CancelAppointment(appointment=id))

    @rule(id=visits, there=st.none() | visits)
    def reinstate(self, id: AppointmentId, there: AppointmentId | None) -> None:
        reason = "On purpose." if there else ""
        self._do(ReinstateAppointment(appointment=id, double_book=there, double_book_reason=reason))

    @invariant()
    def who_overlaps_whom_is_what_the_marks_say(self) -> None:
        there = [self.world.appointment(id) for id in getattr(self, "ids", ())]
        overlapping = {frozenset({a.id, b.id}) for a, b in combinations(there, 2) if overlap(a, b)}
        marked = {frozenset({each.id, each.double_booked_with}) for each in there if each.double_booked_with}
        assert overlapping == marked
        for each in there:
            told = (each.double_booked, each.double_booked_with is not None, each.double_book_reason != "")
            assert len(set(told)) == 1, "the three marks go together"

    def _book(
        self, user: str, start: datetime, minutes: int, there: AppointmentId | None
    ) -> AppointmentId | MultipleResults[AppointmentId]:
        wish = self.world.wish(
            start,
            user=getattr(self.world, user).id,
            minutes=minutes,
            double_book=there,
            double_book_reason="On purpose." if there else "",
        )
        answer = self._do(wish)
        if not isinstance(answer, AppointmentView):
            return multiple()
        self.ids.append(AppointmentId(answer.id))
        return self.ids[-1]

    def _do(self, command: object) -> object:
        try:
            return self.world.execute(command).answer
        except Refused as refused:
            assert {each.code for each in refused.violations} <= CODES
            return None


def overlap(one: Appointment, other: Appointment) -> bool:
    return (
        one.user == other.user
        and {one.status, other.status} <= OCCUPYING
        and max(one.period.start, other.period.start) < min(one.period.end, other.period.end)
    )


TestDoubleBookings = pytest.mark.rule("SCH-27")(DoubleBookings.TestCase)
