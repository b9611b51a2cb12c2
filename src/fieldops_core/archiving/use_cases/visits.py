"""
What scheduling loses when customers are archived: their upcoming appointments, of every kind, and what is held for
them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Protocol

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind
from fieldops_core.access.rules import VISIT, VisitAccess
from fieldops_core.archiving.ports import Unit
from fieldops_core.archiving.views import AffectedVisit
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome, SetChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.time import local
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.messages import CancelAppointment
from fieldops_core.scheduling.model import Appointment, CancelledBy, Status
from fieldops_core.scheduling.ports import Engaged
from fieldops_core.scheduling.views import UserRef

REASON = "The customer was archived."

KeepVisits = Callable[[Sequence[Outcome[Appointment]], Call[Unit]], None]
"""
How scheduling saves visits that may be doubled with others.
"""


class Plan(Protocol):
    """
    What archiving does in one subdomain: what is consented to, and how that is carried out, in a number of statements
    that does not grow with what there is.
    """

    def terms(self) -> Iterator[str]: ...

    def carry_out(self, call: Call[Unit]) -> None: ...


class Fate(Enum):
    """
    What becomes of an open appointment: it is cancelled; left as it is, because it is over; or awaited, because it is
    under way.
    """

    CANCELLED = "cancelled"
    LEFT = "left"
    AWAITED = "awaited"


Lines = Mapping[tuple[CustomerId, Fate], tuple[AffectedVisit, ...]]


@frozen(kw_only=True)
class VisitsPlan:
    """
    The open appointments of some *customers*, by id, as they are *now*. *may_see*: those that the actor may look into.
    """

    customers: tuple[CustomerId, ...]
    engaged: tuple[Engaged, ...]
    now: datetime
    may_see: Callable[[Engaged], bool]
    keep: KeepVisits

    @classmethod
    def of(cls, customers: Sequence[Customer], call: Call[Unit], *, lock: Lock, keep: KeepVisits) -> "VisitsPlan":
        ids = tuple(each.id for each in customers)
        return cls(
            customers=ids,
            engaged=call.unit.appointments.open_of(ids, lock=lock),
            now=call.now,
            may_see=_visibility(call.actor, {each.id: each.location for each in customers}),
            keep=keep,
        )

    @cached_property
    def upcoming(self) -> tuple[Engaged, ...]:
        return tuple(each for each in self.engaged if self.fate(each) is Fate.CANCELLED)

    @cached_property
    def under_way(self) -> tuple[Engaged, ...]:
        return tuple(each for each in self.engaged if self.fate(each) is Fate.AWAITED)

    @cached_property
    def counts(self) -> Counter[CustomerId]:
        """
        How many of each customer are upcoming.
        """
        return Counter(each.customer for each in self.upcoming)

    def fate(self, visit: Engaged) -> Fate:
        if visit.status is not Status.SCHEDULED:
            return Fate.AWAITED
        return Fate.CANCELLED if visit.end > self.now else Fate.LEFT

    def terms(self) -> Iterator[str]:
        return (f"appointment {each.appointment} {each.version}" for each in self.upcoming)

    def carry_out(self, call: Call[Unit]) -> None:
        """
        Those that change alike change as a set: all but the doubled ones, of whom the other one changes too.
        """
        alone = [each for each in self.upcoming if not each.double_booked]
        for pending in (False, True):
            self._cancel_alike([each for each in alone if each.pending_reassignment is pending], call)
        if doubled := [each.appointment for each in self.upcoming if each.double_booked]:
            states = call.unit.appointments.named(doubled, lock=Lock.EXCLUSIVE)
            self.keep([_cancelled(each, call) for each in states], call)
        held = call.unit.holds.of_customers(self.customers)
        call.remove_all(call.unit.holds, [decisions.release(each, now=call.now) for each in held])

    def lines(self, call: Call[Unit]) -> Lines:
        """
        Those that the actor may see, told.
        """
        seen = [each for each in self.engaged if self.may_see(each)]
        if not seen:
            return {}
        names = {each.id: each.name for each in call.unit.people.find(ids={each.user for each in seen}, active=None)}
        types = {each.id: each.name for each in call.unit.appointment_types.all()}
        found: dict[tuple[CustomerId, Fate], list[AffectedVisit]] = {}
        for each in sorted(seen, key=lambda each: (each.start, each.appointment)):
            line = _line(each, types[each.type], names[each.user])
            found.setdefault((each.customer, self.fate(each)), []).append(line)
        return {key: tuple(some) for key, some in found.items()}

    def _cancel_alike(self, visits: Sequence[Engaged], call: Call[Unit]) -> None:
        if not visits:
            return
        example = _cancelled(call.unit.appointments.get(visits[0].appointment), call)
        ids = tuple(each.appointment for each in visits)
        change = SetChange(ids=ids, example=example, actor=call.actor.user, source=call.context.source)
        call.unit.sets.change_appointments(change)


def _cancelled(visit: Appointment, call: Call[Unit]) -> Outcome[Appointment]:
    command = CancelAppointment(appointment=visit.id, by=CancelledBy.COMPANY, reason=REASON)
    return decisions.cancel(command, visit, call.context, now=call.now)


def _visibility(actor: Actor, places: Mapping[CustomerId, LocationId]) -> Callable[[Engaged], bool]:
    """
    Which appointments an actor may look into; each combination is asked once.
    """
    known: dict[tuple[Kind, LocationId, bool], bool] = {}

    def may_see(visit: Engaged) -> bool:
        at, own = places[visit.customer], visit.user == actor.user
        key = (visit.kind, at, own)
        if key not in known:
            case = VisitAccess(actor=actor, kind=visit.kind, action=Action.VIEW, at=at, assignees=(visit.user,))
            known[key] = all(each(case) is None for each in VISIT)
        return known[key]

    return may_see


def _line(visit: Engaged, type: str, user: str) -> AffectedVisit:
    return AffectedVisit(
        id=visit.appointment,
        version=visit.version,
        kind=visit.kind,
        status=visit.status,
        type=type,
        user=UserRef(id=visit.user, name=user),
        start=local(visit.start, visit.zone),
        end=local(visit.end, visit.zone),
        zone=visit.zone,
    )
