"""
Requests about customer equipment, and about the work that is done with it.
"""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.work_orders.messages import (
    ChangeEquipment,
    ChosenRow,
    CreateEquipment,
    PreviewToggle,
    SetWorkToPerform,
    TickWork,
)
from fieldops_core.work_orders.model import EquipmentId, EquipmentStatus, ItemState, WorkAction
from fieldops_http.wire.values import Body, Change, keep


class CreateEquipmentBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A piece of an *item* of the catalog `equipment`, to be installed, or `installed` already: since when, a local date,
    and by whom, as far as that is known.
    """

    item: EntryId
    serial: str = ""
    place: str = ""
    wire_type: EntryId | None = None
    status: EquipmentStatus = EquipmentStatus.NOT_INSTALLED
    installed_on: date | None = None
    installed_by: UserId | None = None

    def command(self, customer: CustomerId) -> CreateEquipment:
        return CreateEquipment(
            customer=customer,
            item=self.item,
            serial=self.serial,
            place=self.place,
            wire_type=self.wire_type,
            status=self.status,
            installed_on=self.installed_on,
            installed_by=self.installed_by,
        )


class ChangeEquipmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields. By hand, `installed` becomes `replacing` or `not_installed`, and either becomes
    `installed` again; a piece that is not *active* is offered to no work.
    """

    serial: str | UnsetType = msgspec.UNSET
    place: str | UnsetType = msgspec.UNSET
    wire_type: EntryId | None | UnsetType = msgspec.UNSET
    status: EquipmentStatus | UnsetType = msgspec.UNSET
    active: bool | UnsetType = msgspec.UNSET
    installed_on: date | None | UnsetType = msgspec.UNSET
    installed_by: UserId | None | UnsetType = msgspec.UNSET

    def command(self, equipment: EquipmentId) -> ChangeEquipment:
        return ChangeEquipment(
            equipment=equipment,
            serial=keep(self.serial),
            place=keep(self.place),
            wire_type=keep(self.wire_type),
            status=keep(self.status),
            active=keep(self.active),
            installed_on=keep(self.installed_on),
            installed_by=keep(self.installed_by),
        )


class WorkRowBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The *actions* that are chosen for a piece of equipment.
    """

    equipment: EquipmentId
    actions: Annotated[tuple[WorkAction, ...], Meta(max_length=10)]

    def row(self) -> ChosenRow:
        return ChosenRow(equipment=self.equipment, actions=frozenset(self.actions))


WorkRows = Annotated[tuple[WorkRowBody, ...], Meta(max_length=5_000)]


class SetWorkToPerformBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    All rows that have actions from now on. What is done stays, whether it is sent or not. *version* is the work
    order's.
    """

    rows: WorkRows

    def command(self, work_order: WorkOrderId) -> SetWorkToPerform:
        return SetWorkToPerform(work_order=work_order, rows=tuple(each.row() for each in self.rows))


class ToggleWorkBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The *rows* as they are chosen so far, and the box that is set *on* or off: that of a piece of *equipment*, or,
    without it, the header's.
    """

    rows: WorkRows
    action: WorkAction
    on: bool
    equipment: EquipmentId | None = None

    def question(self, work_order: WorkOrderId) -> PreviewToggle:
        return PreviewToggle(
            work_order=work_order,
            rows=tuple(each.row() for each in self.rows),
            action=self.action,
            on=self.on,
            equipment=self.equipment,
        )


class TickWorkBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    How far an action is; `not_done` comes with a *note*. *serial* is that of a unit that was put in.
    """

    equipment: EquipmentId
    action: WorkAction
    state: ItemState
    note: str = ""
    serial: str = ""

    def command(self, appointment: AppointmentId) -> TickWork:
        return TickWork(
            appointment=appointment,
            equipment=self.equipment,
            action=self.action,
            state=self.state,
            note=self.note,
            serial=self.serial,
        )
