"""
Rules of the model: a visit's day, as its user tells it and as a dispatcher does.
"""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from fieldops_core.field_work.messages import (
    CheckIn,
    CheckOut,
    ReopenAppointment,
    SetStatus,
    StartTravel,
    UndoStatus,
)
from fieldops_core.scheduling.model import TRANSITIONS, AppointmentId, Condition, Status, VisitOutcome
from fieldops_core.testing.stateful import counting
from fieldops_core.testing.stateful.choosing import followers, reasons, some_visit, visits_in
from fieldops_core.testing.stateful.comparing import Comparison

BUTTONS = frozenset({Condition.ALWAYS, Condition.TIME_FREE})
PRESSED = frozenset(Condition) - {Condition.OVERRIDE}
OVERRIDES = frozenset(Condition)
ILLEGAL = "appointment.illegal_transition"
ages = st.none() | st.integers(0, 240) | st.integers(-10, 60)
"""
How many minutes ago; negative: in that many.
"""
stays = st.integers(0, 240)


class Working(Comparison):
    """
    What the buttons and the overrides may do is read from the table of transitions; what they come to, from the list.
    """

    @some_visit
    @rule(id=visits_in(Status.SCHEDULED))
    def set_out(self, id: AppointmentId) -> None:
        self._press(StartTravel(appointment=id), id, Status.EN_ROUTE)

    @some_visit
    @rule(id=visits_in(Status.EN_ROUTE, Status.SCHEDULED, Status.NO_SHOW))
    def check_in(self, id: AppointmentId) -> None:
        self._press(CheckIn(appointment=id), id, Status.ON_SITE)

    @some_visit
    @rule(id=visits_in(Status.ON_SITE, Status.NO_SHOW))
    def check_out(self, id: AppointmentId) -> None:
        self._press(CheckOut(appointment=id, outcome=VisitOutcome.DONE), id, Status.COMPLETED)

    @some_visit
    @rule(id=visits_in(Status.EN_ROUTE, Status.ON_SITE), to=st.sampled_from([None, Status.SCHEDULED, Status.EN_ROUTE]))
    def undo(self, id: AppointmentId, to: Status | None) -> None:
        there = self.naive.visits[id]
        travelled = there.status is Status.ON_SITE and there.set_out
        after = to or (Status.EN_ROUTE if travelled else Status.SCHEDULED)
        leads_back = TRANSITIONS[there.status].get(after) is Condition.UNDO
        expected = self._against(id, after) if leads_back else {"appointment.not_undone"}
        self._turn(UndoStatus(appointment=id, to=to), id, after, expected)

    @some_visit
    @rule(id=visits_in(Status.COMPLETED), reason=reasons)
    def reopen(self, id: AppointmentId, reason: str) -> None:
        expected = {"appointment.not_completed"}
        if self.naive.visits[id].status is Status.COMPLETED:
            expected = self._against(id, Status.ON_SITE) | (set() if reason else {"appointment.reason_required"})
        self._turn(ReopenAppointment(appointment=id, reason=reason), id, Status.ON_SITE, expected)

    @some_visit
    @rule(step=followers, age=ages, stay=stays)
    def override_the_status(self, step: tuple[AppointmentId, Status], age: int | None, stay: int) -> None:
        self._override(*step, age, stay)

    @some_visit
    @rule(id=visits_in(Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE, Status.NO_SHOW), age=ages, stay=stays)
    def complete_in_their_stead(self, id: AppointmentId, age: int | None, stay: int) -> None:
        self._override(id, Status.COMPLETED, age, stay)

    @some_visit
    @rule(id=visits_in(Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE), age=ages)
    def nobody_showed(self, id: AppointmentId, age: int | None) -> None:
        self._override(id, Status.NO_SHOW, age, 0)

    @some_visit
    @rule(id=visits_in(*Status))
    def nothing_else_may_follow(self, id: AppointmentId) -> None:
        before = self.naive.visits[id].status
        for after in (each for each in Status if each not in TRANSITIONS[before]):
            self.carry_out(SetStatus(appointment=id, status=after), {ILLEGAL})
            self.happened(counting.no_transition(before, after))

    def _override(self, id: AppointmentId, status: Status, age: int | None, stay: int) -> None:
        """
        Told late by some minutes, or as of now. Of a visit that ended without a check-in, when that was, too.
        """
        there, ends = self.naive.visits[id], status is Status.COMPLETED
        at = None if age is None else self.clock() - timedelta(minutes=age)
        began = at - timedelta(minutes=stay) if at and ends and there.arrived is None else None
        command = SetStatus(
            appointment=id,
            status=status,
            at=at,
            checked_in_at=began,
            outcome=VisitOutcome.DONE if ends else None,
            reason="They called.",
        )
        expected = self._against(id, status, OVERRIDES)
        if ILLEGAL not in expected:
            expected |= self._against_times(id, status, at, began)
        self._turn(command, id, status, expected, at=at, began=began)

    def _press(self, command: object, id: AppointmentId, after: Status) -> None:
        self._turn(command, id, after, self._against(id, after, BUTTONS))

    def _against(self, id: AppointmentId, after: Status, conditions: frozenset[Condition] = PRESSED) -> set[str]:
        """
        The codes for which a visit does not come to a status: by a command that acts under some conditions.
        """
        there = self.naive.visits[id]
        condition = TRANSITIONS[there.status].get(after)
        if condition not in conditions:
            return {ILLEGAL}
        overriding = Condition.OVERRIDE in conditions
        found = {"user.under_way"} if not overriding and self.naive.under_way(id, after) else set()
        takes_time_again = condition in (Condition.TIME_FREE, Condition.REOPEN)
        return found | (self.naive.in_the_way(there, id) if takes_time_again else set())

    def _against_times(self, id: AppointmentId, after: Status, at: datetime | None, began: datetime | None) -> set[str]:
        arrived, ends, now = self.naive.visits[id].arrived, after is Status.COMPLETED, self.clock()
        found = {"status.times_required"} if ends and arrived is None and at is None else set()
        found |= {"status.time_ahead"} if any(time > now for time in (at, began) if time) else set()
        return found | ({"status.times_reversed"} if ends and arrived and (at or now) < arrived else set())

    def _turn(
        self,
        command: object,
        id: AppointmentId,
        after: Status,
        expected: set[str],
        *,
        at: datetime | None = None,
        began: datetime | None = None,
    ) -> None:
        there = self.naive.visits[id]
        if self.carry_out(command, expected, by=there.user):
            self.put(id, there.became(after, at or self.clock(), began))
