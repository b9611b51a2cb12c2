"""
What was ever changed (CUS-16).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind, Permission
from fieldops_core.access.rules import (
    BelongingAccess,
    RecordAccess,
    WorkOrderAccess,
    kinds_seen,
    may_use_belonging,
    may_use_record,
    may_use_work_orders,
)
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import sight_of
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.history import HistoryEntry, HistoryPlace
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.paging import cursor_of, one_more, paged, parts_of
from fieldops_core.kernel.rules import permit
from fieldops_core.overview.calculations import changed_fields
from fieldops_core.overview.messages import ShowHistory
from fieldops_core.overview.views import HistoryLine, HistoryView
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import UserRef
from fieldops_core.work_orders.ports import Unit

KINDS = {
    "note": Permission.NOTES,
    "ticket": Permission.TICKETS,
    "contact": Permission.CONTACTS,
    "file": Permission.FILES,
    "at_risk_mark": Permission.AT_RISK,
    "credit_check": Permission.CREDIT,
    "fulfilment": None,  # who may view the record sees those
    "connection": None,  # likewise
    "customer_equipment": Permission.EQUIPMENT,
    "message": Permission.MESSAGES,
    "tagging": None,  # who may view the record sees its tags
}
"""
What belongs to a record, and the permission to view it.
"""


def show_history(question: ShowHistory, call: Call[Unit]) -> HistoryView:
    """
    Of the record what its sections show the reader, of what belongs to it what they may see of that.
    """
    customer = call.unit.customers.get(question.customer)
    access = RecordAccess(actor=call.actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), access)
    found = call.unit.history.of_record(
        customer.id,
        aggregates=_kinds(customer, call),
        after=_place(question.after) if question.after is not None else None,
        limit=one_more(question.limit),
    )
    page, last = paged(found, question.limit)
    more = cursor_of(last.at.isoformat(), str(last.id)) if last else None
    return HistoryView(items=_lines(_seen(page, customer, call), customer, call), next=more)


def _kinds(customer: Customer, call: Call[Unit]) -> set[str]:
    """
    The kinds of things at the record's location that the reader may see.
    """
    actor, at = call.actor, customer.location
    kinds, own_sales = kinds_seen(actor, at)
    found = {"customer"}
    if kinds or own_sales:
        found.add("appointment")
    found |= {name for name, permission in KINDS.items() if _may_view(permission, actor, at)}
    if may_use_work_orders(WorkOrderAccess(actor=actor, action=Action.VIEW, at=at)) is None:
        found |= {"work_order", "work_to_perform"}
    return found


def _may_view(permission: Permission | None, actor: Actor, at: LocationId) -> bool:
    if permission is None:
        return True
    return may_use_belonging(BelongingAccess(actor=actor, permission=permission, action=Action.VIEW, at=at)) is None


def _seen(page: Sequence[HistoryEntry], customer: Customer, call: Call[Unit]) -> list[HistoryEntry]:
    """
    Without what was changed of appointments of a kind that the reader may not see; an entry does not tell it.
    """
    kinds, own_sales = kinds_seen(call.actor, customer.location)
    ids = {AppointmentId(each.aggregate_id) for each in page if each.aggregate == "appointment"}
    if not ids or kinds == set(Kind):
        return list(page)
    seen = {
        each.id
        for each in call.unit.appointments.named(ids)
        if each.kind in kinds or (own_sales and each.kind is Kind.SALES and each.user == call.actor.user)
    }
    return [each for each in page if each.aggregate != "appointment" or each.aggregate_id in seen]


def _lines(entries: Sequence[HistoryEntry], customer: Customer, call: Call[Unit]) -> tuple[HistoryLine, ...]:
    ids = {each.actor for each in entries if each.actor is not None}
    people = call.unit.people.find(ids=ids, active=None) if ids else ()
    names: dict[UserId, str] = {person.id: person.name for person in people}
    sight = sight_of(call.actor, customer)
    lines = (
        HistoryLine(
            id=each.id,
            at=each.at,
            by=UserRef(id=each.actor, name=names[each.actor]) if each.actor is not None else None,
            source=each.source,
            kind=each.aggregate,
            of=each.aggregate_id,
            changes=changed_fields(each, customer.stage, sight),
        )
        for each in entries
    )
    return tuple(line for line in lines if line.changes)


def _place(cursor: str) -> HistoryPlace:
    try:
        at, id = parts_of(cursor)
        place = HistoryPlace(datetime.fromisoformat(at), UUID(id))
    except ValueError as error:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after") from error
    if place.at.tzinfo is None:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after")
    return place
