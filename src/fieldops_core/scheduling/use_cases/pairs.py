"""
Double bookings on purpose: two visits of one user that may overlap each other, and nothing else (SCH-27).
"""

from collections.abc import Iterable, Sequence

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.rules import require_company_wide
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import Doubling


def doubling(
    named: AppointmentId | None, reason: str, call: Call[Unit], *, already: AppointmentId | None = None
) -> Doubling:
    """
    Raises:
        Forbidden: where an appointment is named and the actor may not double book.
    """
    if named is not None:
        require_company_wide(call.actor, Permission.DOUBLE_BOOK, Action.MODIFY)
    return Doubling(named=named, reason=reason, already=already)


def keep_visit(outcome: Outcome[Appointment], call: Call[Unit], asked: Doubling | None = None) -> Appointment:
    """
    Save a visit that is new or changed. Every change that may free or take time is saved by this: where the visit lies
    beside another one on purpose, both are marked, each naming the other; where it no longer does, the marks of both
    are cleared, and the storage keeps them apart again.

    Raises:
        Conflict: where another writer was first.
    """
    hold_work_orders((outcome,), call)
    before = outcome.before.double_booked_with if outcome.before else None
    named, reason = (asked.named, asked.reason) if asked else (None, "")
    if named is None and before is None:
        return call.keep(call.unit.appointments, outcome)
    there = {id: call.unit.appointments.get(id) for id in (named, before) if id not in (None, outcome.state.id)}
    partner = next((each for each in there.values() if _overlap(each, outcome.state)), None)
    stays = partner is not None and partner.id == before
    kept = call.keep(call.unit.appointments, decisions.doubled(outcome, partner, "" if stays else reason))
    if before is not None and not stays:
        call.keep(call.unit.appointments, decisions.mark(there[before], None, call.context, now=call.now))
    if partner is not None and not stays:
        call.keep(call.unit.appointments, decisions.mark(partner, kept, call.context, now=call.now))
    return kept


def keep_visits(outcomes: Sequence[Outcome[Appointment]], call: Call[Unit]) -> None:
    """
    Save many that are changed at once, as keep_visit does: where one no longer lies beside the other of its pair, the
    marks of both are cleared.

    Raises:
        Conflict: where another writer was first.
    """
    hold_work_orders(outcomes, call)
    changed = {outcome.state.id: outcome.state for outcome in outcomes}
    beside = {id for each in outcomes if each.before and (id := each.before.double_booked_with) is not None}
    others = {each.id: each for each in call.unit.appointments.named(beside - changed.keys(), lock=Lock.EXCLUSIVE)}
    kept: list[Outcome[Appointment]] = []
    for outcome in outcomes:
        before = outcome.before.double_booked_with if outcome.before else None
        partner = None if before is None else changed.get(before) or others[before]
        if partner is None or _overlap(partner, outcome.state):
            kept.append(outcome)
            continue
        kept.append(decisions.doubled(outcome, None, ""))
        if partner.id not in changed:
            kept.append(decisions.mark(partner, None, call.context, now=call.now))
    call.replace_all(call.unit.appointments, kept)


def hold_work_orders(outcomes: Iterable[Outcome[Appointment]], call: Call[Unit]) -> None:
    """
    Lock the work orders whose statuses will follow, before their visits: who ends a work order takes them in that order
    too. Those of a new link are locked as they are chosen.
    """
    ids = {
        each.state.work_order
        for each in outcomes
        if each.before is not None and each.before.status is not each.state.status and each.state.work_order is not None
    }
    if ids:
        call.unit.work_orders.facts(ids, lock=Lock.EXCLUSIVE)


def _overlap(one: Appointment, other: Appointment) -> bool:
    taken, wanted = one.occupied, other.occupied
    return one.user == other.user and taken is not None and wanted is not None and taken.overlaps(wanted)
