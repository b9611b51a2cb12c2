"""
Requests about appointments and the day grid.
"""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.access.model import Kind
from fieldops_core.company.model import EntryId, ListMode, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.unset import Keep
from fieldops_core.scheduling.messages import (
    BookAppointment,
    CancelAppointment,
    ChooseGrid,
    EditAppointment,
    HoldTime,
    MoveAppointment,
    MoveCrew,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
)
from fieldops_core.scheduling.model import (
    AppointmentId,
    CancelledBy,
    GridChoice,
    HoldId,
    Rescheduling,
    Status,
    WorkOrderId,
)
from fieldops_http.wire.values import Body, Change, Fold, Start, Whole, keep, keep_as, secret, told

Second = Annotated[Fold, Meta(description="1 for the second of two equal local times, when clocks go back.")]


def _told(start: Start | UnsetType, fold: Fold) -> datetime | Keep:
    return keep_as(start, lambda text: told(text, fold))


class BookAppointmentBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A new visit. *kind* may be left out by who can create one kind only; *minutes*, for the duration that the type
    proposes; *mode*, for the company's first list mode. *location* is for PROGRAM; other visits take the customer's.
    *hold* is one that you made: it does not stand in the way, and is consumed. *double_book* is an appointment of the
    user's that this one may overlap, on purpose, for a *double_book_reason*. *for_the_record*: it has begun already.
    """

    customer: CustomerId
    type: TypeId
    user: UserId
    start: Start
    fold: Second = 0
    kind: Kind | None = None
    sub_type: SubTypeId | None = None
    minutes: Whole | None = None
    mode: ListMode | None = None
    location: LocationId | None = None
    work_order: WorkOrderId | None = None
    notes: str = ""
    on_site_notes: str | None = None
    public_note: str = ""
    private_note: str | None = None
    hold: HoldId | None = None
    double_book: AppointmentId | None = None
    double_book_reason: str = ""
    for_the_record: bool = False

    def command(self) -> BookAppointment:
        return BookAppointment(
            customer=self.customer,
            type=self.type,
            user=self.user,
            start=told(self.start, self.fold),
            kind=self.kind,
            sub_type=self.sub_type,
            minutes=self.minutes,
            mode=self.mode,
            location=self.location,
            work_order=self.work_order,
            notes=self.notes,
            on_site_notes=self.on_site_notes,
            public_note=self.public_note,
            private_note=secret(self.private_note),
            hold=self.hold,
            double_book=self.double_book,
            double_book_reason=self.double_book_reason,
            for_the_record=self.for_the_record,
        )


class HoldTimeBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The time of a visit that is still being arranged: what is chosen is chosen as for a booking. *hold_minutes* is how
    long it is held, 1 to 60.
    """

    customer: CustomerId
    type: TypeId
    user: UserId
    start: Start
    fold: Second = 0
    kind: Kind | None = None
    sub_type: SubTypeId | None = None
    minutes: Whole | None = None
    mode: ListMode | None = None
    location: LocationId | None = None
    hold_minutes: Whole = 10

    def command(self) -> HoldTime:
        return HoldTime(
            customer=self.customer,
            type=self.type,
            user=self.user,
            start=told(self.start, self.fold),
            kind=self.kind,
            sub_type=self.sub_type,
            minutes=self.minutes,
            mode=self.mode,
            location=self.location,
            hold_minutes=self.hold_minutes,
        )


class EditAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields. Kind and customer never change. A work order is exchanged, not cleared. *rescheduling*
    `no` drops its reason.
    """

    type: TypeId | UnsetType = msgspec.UNSET
    sub_type: SubTypeId | None | UnsetType = msgspec.UNSET
    user: UserId | UnsetType = msgspec.UNSET
    start: Start | UnsetType = msgspec.UNSET
    fold: Second = 0
    minutes: Whole | UnsetType = msgspec.UNSET
    mode: ListMode | None = None
    work_order: WorkOrderId | None | UnsetType = msgspec.UNSET
    rescheduling: Rescheduling | UnsetType = msgspec.UNSET
    reschedule_reason: EntryId | None | UnsetType = msgspec.UNSET
    notes: str | UnsetType = msgspec.UNSET
    on_site_notes: str | UnsetType = msgspec.UNSET
    public_note: str | UnsetType = msgspec.UNSET
    private_note: str | None | UnsetType = msgspec.UNSET
    double_book: AppointmentId | None = None
    double_book_reason: str = ""

    def command(self, appointment: AppointmentId) -> EditAppointment:
        return EditAppointment(
            appointment=appointment,
            type=keep(self.type),
            sub_type=keep(self.sub_type),
            user=keep(self.user),
            start=_told(self.start, self.fold),
            minutes=keep(self.minutes),
            mode=self.mode,
            work_order=keep(self.work_order),
            rescheduling=keep(self.rescheduling),
            reschedule_reason=keep(self.reschedule_reason),
            notes=keep(self.notes),
            on_site_notes=keep(self.on_site_notes),
            public_note=keep(self.public_note),
            private_note=keep_as(self.private_note, secret),
            double_book=self.double_book,
            double_book_reason=self.double_book_reason,
        )


class MoveAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Another start, and perhaps another user, with the same duration.
    """

    start: Start
    fold: Second = 0
    user: UserId | UnsetType = msgspec.UNSET
    mode: ListMode | None = None
    double_book: AppointmentId | None = None
    double_book_reason: str = ""

    def command(self, appointment: AppointmentId) -> MoveAppointment:
        return MoveAppointment(
            appointment=appointment,
            start=told(self.start, self.fold),
            user=keep(self.user),
            mode=self.mode,
            double_book=self.double_book,
            double_book_reason=self.double_book_reason,
        )


class MoveCrewBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Another start for a whole crew. *version* is that of the appointment that is named.
    """

    start: Start
    fold: Second = 0
    mode: ListMode | None = None

    def command(self, appointment: AppointmentId) -> MoveCrew:
        return MoveCrew(appointment=appointment, start=told(self.start, self.fold), mode=self.mode)


class ResizeAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Another duration with the same start.
    """

    minutes: Whole

    def command(self, appointment: AppointmentId) -> ResizeAppointment:
        return ResizeAppointment(appointment=appointment, minutes=self.minutes)


class ReassignAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Another user at the same time.
    """

    user: UserId
    mode: ListMode | None = None

    def command(self, appointment: AppointmentId) -> ReassignAppointment:
        return ReassignAppointment(appointment=appointment, user=self.user, mode=self.mode)


class CancelAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    On whose wish a visit is cancelled, and why.
    """

    by: CancelledBy = CancelledBy.COMPANY
    reason: str = ""

    def command(self, appointment: AppointmentId) -> CancelAppointment:
        return CancelAppointment(appointment=appointment, by=self.by, reason=self.reason)


class ReinstateAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Where a visit is planned anew: what is left out stays as it was.
    """

    start: Start | UnsetType = msgspec.UNSET
    fold: Second = 0
    user: UserId | UnsetType = msgspec.UNSET
    minutes: Whole | UnsetType = msgspec.UNSET
    mode: ListMode | None = None
    double_book: AppointmentId | None = None
    double_book_reason: str = ""

    def command(self, appointment: AppointmentId) -> ReinstateAppointment:
        return ReinstateAppointment(
            appointment=appointment,
            start=_told(self.start, self.fold),
            user=keep(self.user),
            minutes=keep(self.minutes),
            mode=self.mode,
            double_book=self.double_book,
            double_book_reason=self.double_book_reason,
        )


class ChooseGridBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What a user wants to see on the day grid; empty lists mean all.
    """

    kind: Kind | None = None
    days: Whole = 1
    locations: Annotated[tuple[LocationId, ...], Meta(max_length=1_000)] = ()
    users: Annotated[tuple[UserId, ...], Meta(max_length=1_000)] = ()
    statuses: tuple[Status, ...] = ()
    pending_reassignment: bool | None = None

    def command(self) -> ChooseGrid:
        return ChooseGrid(
            choice=GridChoice(
                kind=self.kind,
                days=self.days,
                locations=self.locations,
                users=self.users,
                statuses=self.statuses,
                pending_reassignment=self.pending_reassignment,
            )
        )
