"""
Two records made one: preview and run make the same merge.
"""

from collections.abc import Iterable
from typing import Protocol

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor
from fieldops_core.access.rules import RecordAccess, may_use_record
from fieldops_core.archiving.calculations import consent_to
from fieldops_core.archiving.rules import Consent
from fieldops_core.customers.decisions import supersede
from fieldops_core.customers.model import MASKED, ConnectionKind, Customer, CustomerId
from fieldops_core.customers.rules import WRITING, Write, may_be_told, sight_of, writable
from fieldops_core.kernel.errors import PreviewChanged
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.outcome import SetChange, UniformChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Violation, permit, require, violations
from fieldops_core.kernel.secret import Secret
from fieldops_core.removing import decisions
from fieldops_core.removing.calculations import Merger
from fieldops_core.removing.messages import MergeCustomers, PreviewMerge
from fieldops_core.removing.ports import Handover, Unit
from fieldops_core.removing.rules import CONSENT, MERGING, Merging
from fieldops_core.removing.use_cases.deleting import found, may_remove
from fieldops_core.removing.views import MergedField, MergePreview, MergeView
from fieldops_core.scheduling import decisions as scheduling
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import UnfitView, customer_ref


class Relocate(Protocol):
    """
    What scheduling lends: how the open visits of a customer follow to its location, and which no longer fit.
    """

    def __call__(
        self, before: Customer, after: Customer, call: Call[Unit], /, *, only: frozenset[AppointmentId]
    ) -> UnfitView: ...


@frozen(kw_only=True)
class _Merge:
    """
    Two records with what goes over from the one to the other.
    """

    merger: Merger
    children: tuple[Customer, ...]
    visits: tuple[AppointmentId, ...]
    case: Merging

    @classmethod
    def of(cls, kept: CustomerId, other: CustomerId, call: Call[Unit], *, lock: Lock) -> "_Merge":
        """
        Both are locked in the order of their ids, then the sub-customers.
        """
        customers = call.unit.customers
        both = customers.named({kept, other}, lock=lock)
        mine, theirs = found(kept, both), found(other, both)
        for each in (mine, theirs):
            _may_merge(each, call.actor)
        family = customers.family(other, lock=lock)
        children = tuple(each for each in family if each.parent == other)
        visits = call.unit.appointments.ids_of(other, lock=lock)
        return cls(
            merger=Merger(kept=mine, other=theirs, installs=call.unit.install_visits.of({kept, other})),
            children=children,
            visits=visits,
            case=Merging(
                kept=mine,
                other=theirs,
                children=len(customers.children(kept)),
                other_children=len(children),
                connected=_connected(kept, other, call),
            ),
        )

    @property
    def consent(self) -> str:
        return consent_to(f"customer {each.id} {each.version}" for each in (self.merger.kept, self.merger.other))

    def view(self, actor: Actor) -> MergePreview:
        merger = self.merger
        writes = (Write(customer=each, actor=actor) for each in (merger.kept, merger.other))
        archived: Iterable[Violation] = (found for each in writes for found in violations(WRITING, each))
        return MergePreview(
            kept=customer_ref(merger.kept),
            other=customer_ref(merger.other),
            filled=self._fields(merger.filled, actor),
            dropped=self._fields(merger.dropped, actor),
            appointments=len(self.visits),
            sub_customers=len(self.children),
            violations=(*{each.code: each for each in archived}.values(), *violations(MERGING, self.case)),
            consent=self.consent,
        )

    def _fields(self, names: Iterable[str], actor: Actor) -> tuple[MergedField, ...]:
        """
        Of each the values of both, as far as the reader may see that section of both.
        """
        kept = {each.field: each.new for each in difference(None, self.merger.merged)}
        other = {each.field: each.new for each in difference(None, self.merger.other)}
        sights = [sight_of(actor, each) for each in (self.merger.kept, self.merger.other)]
        stage = self.merger.kept.stage
        seen = (name for name in names if all(may_be_told(name, stage, sight) for sight in sights))
        return tuple(MergedField(field=name, kept=_told(kept.get(name)), other=_told(other.get(name))) for name in seen)


def preview_merge(question: PreviewMerge, call: Call[Unit]) -> MergePreview:
    return _Merge.of(question.customer, question.other, call, lock=Lock.NONE).view(call.actor)


def merge_customers(command: MergeCustomers, call: Call[Unit], *, relocate: Relocate) -> MergeView:
    """
    Appointments change as a set, by the example of one; what else belongs to the other record goes over as it is. The
    other record goes before the one kept takes what is unique of it.
    """
    merge = _Merge.of(command.customer, command.other, call, lock=Lock.EXCLUSIVE)
    kept, other = merge.merger.kept, merge.merger.other
    for each in (kept, other):
        writable(each, call.actor)
    call.expect(kept)
    require(MERGING, merge.case)
    for changed in violations(CONSENT, Consent(given=command.consent, asked=merge.consent)):
        raise PreviewChanged(changed.code, changed.sentence, rule=changed.rule, preview=merge.view(call.actor))
    _hand_over(merge, call)
    call.unit.removals.drop(other.id)
    call.keep(call.unit.tombstones, decisions.merge_away(merge.merger, call.context, now=call.now))
    merged = call.keep(call.unit.customers, decisions.merge(merge.merger, now=call.now))
    unfit = relocate(other, merged, call, only=frozenset(merge.visits)) if merge.visits else UnfitView()
    return MergeView(
        id=merged.id,
        version=merged.version,
        number=merged.number,
        former_numbers=merged.former_numbers,
        appointments=len(merge.visits),
        sub_customers=len(merge.children),
        unfit=unfit,
    )


def _hand_over(merge: _Merge, call: Call[Unit]) -> None:
    unit, kept, other = call.unit, merge.merger.kept, merge.merger.other
    if merge.visits:
        example = scheduling.hand_over(unit.appointments.get(merge.visits[0]), kept.id, call.context, now=call.now)
        change = SetChange(ids=merge.visits, example=example, actor=call.actor.user, source=call.context.source)
        unit.sets.change_appointments(change)
    tags = unit.taggings.get(kept.id, lock=Lock.EXCLUSIVE)
    call.keep(unit.taggings, decisions.unite(tags, unit.taggings.get(other.id), now=call.now))
    adopted = tuple(decisions.adopt(each, kept, now=call.now) for each in merge.children)
    call.keep_alike(unit.customers, UniformChange(outcomes=adopted))
    _one_active_check(kept, other, call)
    handover = Handover(source=other.id, target=kept.id, at=call.now, actor=call.actor.user, by=call.context.source)
    unit.removals.hand_over(handover)


def _one_active_check(kept: Customer, other: Customer, call: Call[Unit]) -> None:
    """
    The kept record's credit check stays the active one, where both have one.
    """
    checks = call.unit.credit_checks
    if checks.of(kept.id, open=True, limit=1):
        for former in checks.of(other.id, open=True, limit=1):
            call.keep(checks, supersede(former, now=call.now))


def _connected(kept: CustomerId, other: CustomerId, call: Call[Unit]) -> tuple[ConnectionKind, ...]:
    standing = call.unit.connections.standing
    return tuple(kind for kind in ConnectionKind if all(standing(each, kind) for each in (kept, other)))


def _may_merge(customer: Customer, actor: Actor) -> None:
    """
    Raises:
        Forbidden: where the actor may not view, change and delete it.
    """
    may_remove(customer, actor)
    access = RecordAccess(actor=actor, stage=customer.stage, action=Action.MODIFY, at=customer.location)
    permit((may_use_record,), access)


def _told(value: object) -> object:
    return MASKED if isinstance(value, Secret) else value
