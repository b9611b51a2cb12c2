"""
The appointments of a work order, stacked by date or by user (BLK-07).
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Kind
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.paging import cursor_of, one_more, paged, parts_of
from fieldops_core.kernel.time import local_date
from fieldops_core.scheduling.messages import ListWorkOrderAppointments
from fieldops_core.scheduling.model import AppointmentId, Grouping, WorkOrderId
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.use_cases.loading import may_use_visit
from fieldops_core.scheduling.use_cases.rows import rows_of
from fieldops_core.scheduling.views import AppointmentRow, RowsOf, WorkOrderAppointments


class _Place(NamedTuple):
    """
    Where an appointment stands in the list: within the group *of* its date or user. Names are short, each with its id.
    """

    of: str
    start: str
    name: str
    id: str


def list_of_work_order(question: ListWorkOrderAppointments, call: Call[Unit]) -> WorkOrderAppointments:
    """
    The order is found from what it takes alone; what a page shows is asked for that page.
    """
    order = next(iter(call.unit.work_orders.facts((question.work_order,))), None)
    if order is None:
        raise NotFound("work_order", question.work_order)
    may_use_visit(call.actor, Kind.TECH, Action.VIEW, call.unit.customers.get(order.customer), ())
    after = None if question.after is None else _place(question.after)
    every = _places(question.work_order, question.by, call)
    rest = tuple(each for each in every if after is None or each > after)
    page, last = (rest, None) if question.limit is None else paged(rest[: one_more(question.limit)], question.limit)
    found = call.unit.appointments.named([AppointmentId(UUID(each.id)) for each in page])
    states = {str(each.id): each for each in found}
    rows = rows_of(tuple(states[each.id] for each in page if each.id in states), call)
    return WorkOrderAppointments(
        by=question.by,
        count=len(every),
        groups=_groups(rows, question.by),
        next=cursor_of(*last) if last else None,
    )


def _places(id: WorkOrderId, by: Grouping, call: Call[Unit]) -> list[_Place]:
    stacked = call.unit.appointments.stacked(id)
    people = call.unit.people.find(ids={each.user for each in stacked}, active=None) if stacked else ()
    # A cursor, which is not to grow long, has the parts of a place apart by this sign.
    names = {each.id: f"{each.name.replace('|', ' ')[:40]} {each.id}" for each in people}
    return sorted(
        _Place(
            of=f"{local_date(each.start, each.zone)}" if by is Grouping.DATE else names[each.user],
            start=each.start.isoformat(),
            name=names[each.user] if by is Grouping.DATE else "",
            id=str(each.appointment),
        )
        for each in stacked
    )


def _place(cursor: str) -> _Place:
    try:
        return _Place(*parts_of(cursor))
    except (ValueError, TypeError) as error:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after") from error


def _groups(rows: Sequence[AppointmentRow], by: Grouping) -> tuple[RowsOf, ...]:
    def of(row: AppointmentRow) -> date | UUID:
        return row.start.date() if by is Grouping.DATE else row.user.id

    found = [tuple(each) for _, each in groupby(rows, key=of)]
    return tuple(
        RowsOf(
            date=each[0].start.date() if by is Grouping.DATE else None,
            user=each[0].user if by is Grouping.USER else None,
            items=each,
        )
        for each in found
    )
