"""
A customer archived, and unarchived.
"""

from collections.abc import Sequence

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor
from fieldops_core.access.rules import ArchiveAccess, RecordAccess, may_archive, may_unarchive, may_use_record
from fieldops_core.archiving import decisions
from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive, UnarchiveCustomer
from fieldops_core.archiving.ports import Unit
from fieldops_core.archiving.rules import ARCHIVING, CONSENT, UNARCHIVING, Consent, Unarchiving
from fieldops_core.archiving.use_cases.cascade import Cascade
from fieldops_core.archiving.use_cases.visits import KeepVisits
from fieldops_core.archiving.views import (
    ArchivePreview,
    ArchiveView,
    UnarchiveView,
    archive_summary,
    unarchive_summary,
)
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.customers.rules import WRITING, Write, writable
from fieldops_core.kernel.errors import NotFound, PreviewChanged
from fieldops_core.kernel.outcome import Outcome, UniformChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require, violations


def preview_archive(question: PreviewArchive, call: Call[Unit], *, keep: KeepVisits) -> ArchivePreview:
    family = call.unit.customers.family(question.customer)
    customer = _found(question.customer, family)
    _may_archive(customer, call.actor)
    cascade = Cascade.of(customer, family, call, keep=keep)
    against = violations(WRITING, Write(customer=customer, actor=call.actor))
    return cascade.view(call, against + violations(ARCHIVING, cascade.case(confirmed=True)))


def archive_customer(command: ArchiveCustomer, call: Call[Unit], *, keep: KeepVisits) -> ArchiveView:
    """
    The whole family is locked, so that nothing is booked for it and nobody joins it meanwhile; then what the preview
    listed is what there is, or it is told anew.
    """
    family = call.unit.customers.family(command.customer, lock=Lock.EXCLUSIVE)
    customer = _found(command.customer, family)
    _may_archive(customer, call.actor)
    writable(customer, call.actor)
    call.expect(customer)
    cascade = Cascade.of(customer, family, call, keep=keep, lock=Lock.EXCLUSIVE)
    require(ARCHIVING, cascade.case(confirmed=command.confirmed))
    for changed in violations(CONSENT, Consent(given=command.consent, asked=cascade.consent)):
        raise PreviewChanged(changed.code, changed.sentence, rule=changed.rule, preview=cascade.view(call))
    for plan in cascade.plans:
        plan.carry_out(call)
    archived = _kept([decisions.archive(each, call.context, now=call.now) for each in cascade.everybody], call)
    cancelled, children = len(cascade.visits.upcoming), len(cascade.children)
    return ArchiveView(
        id=customer.id,
        version=archived.version,
        archived_at=call.now,
        children=children,
        cancelled=cancelled,
        summary=archive_summary(cancelled=cancelled, children=children),
    )


def unarchive_customer(command: UnarchiveCustomer, call: Call[Unit]) -> UnarchiveView:
    family, parent = _locked(command.customer, call)
    customer = _found(command.customer, family)
    _may_view(customer, call.actor)
    permit((may_unarchive,), ArchiveAccess(actor=call.actor, at=customer.location))
    call.expect(customer)
    require(UNARCHIVING, Unarchiving(customer=customer, parent=parent, confirmed=command.confirmed))
    archived = [each for each in family if each.id != customer.id and each.archived]
    chosen = archived if command.children else []
    changed = _kept([decisions.unarchive(each, now=call.now) for each in (customer, *chosen)], call)
    return UnarchiveView(
        id=customer.id,
        version=changed.version,
        children=len(chosen),
        left=len(archived) - len(chosen),
        summary=unarchive_summary(children=len(chosen)),
    )


def _locked(id: CustomerId, call: Call[Unit]) -> tuple[tuple[Customer, ...], Customer | None]:
    """
    A customer with its sub-customers, or alone with its parent, locked in the order of their ids.
    """
    customers, parent = call.unit.customers, call.unit.customers.get(id).parent
    if parent is None:
        return customers.family(id, lock=Lock.EXCLUSIVE), None
    locks = {parent: Lock.SHARED, id: Lock.EXCLUSIVE}
    found = {each: customers.get(each, lock=locks[each]) for each in sorted(locks)}
    return (found[id],), found[parent]


def _kept(outcomes: Sequence[Outcome[Customer]], call: Call[Unit]) -> Customer:
    """
    The first one, saved with the others.
    """
    call.keep_alike(call.unit.customers, UniformChange(outcomes=tuple(outcomes)))
    return outcomes[0].state


def _found(id: CustomerId, family: Sequence[Customer]) -> Customer:
    for each in family:
        if each.id == id:
            return each
    raise NotFound("customer", id)


def _may_archive(customer: Customer, actor: Actor) -> None:
    _may_view(customer, actor)
    permit((may_archive,), ArchiveAccess(actor=actor, at=customer.location))


def _may_view(customer: Customer, actor: Actor) -> None:
    access = RecordAccess(actor=actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), access)
