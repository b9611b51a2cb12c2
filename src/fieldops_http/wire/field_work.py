"""
Requests about a visit's day.
"""

from datetime import datetime

from fieldops_core.company.model import EntryId
from fieldops_core.field_work.messages import (
    CheckIn,
    CheckOut,
    ReopenAppointment,
    SetStatus,
    StartTravel,
    UndoStatus,
)
from fieldops_core.scheduling.model import AppointmentId, Status, VisitOutcome
from fieldops_http.wire.values import Change, Coordinates, Start, point, told


class StartTravelBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    *coordinates* are where the user is, if the device knows.
    """

    coordinates: Coordinates | None = None

    def command(self, appointment: AppointmentId) -> StartTravel:
        return StartTravel(appointment=appointment, point=point(self.coordinates))


class CheckInBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    *coordinates* are where the user is, if the device knows.
    """

    coordinates: Coordinates | None = None

    def command(self, appointment: AppointmentId) -> CheckIn:
        return CheckIn(appointment=appointment, point=point(self.coordinates))


class CheckOutBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    How the visit ended. *unable_reason* goes with `unable`; *notes* that are left out stay as they were.
    """

    outcome: VisitOutcome
    unable_reason: EntryId | None = None
    notes: str | None = None
    coordinates: Coordinates | None = None

    def command(self, appointment: AppointmentId) -> CheckOut:
        return CheckOut(
            appointment=appointment,
            outcome=self.outcome,
            unable_reason=self.unable_reason,
            notes=self.notes,
            point=point(self.coordinates),
        )


class UndoStatusBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Back *to* `scheduled` or `en_route`; left out, to what the visit was before.
    """

    to: Status | None = None
    coordinates: Coordinates | None = None

    def command(self, appointment: AppointmentId) -> UndoStatus:
        return UndoStatus(appointment=appointment, to=self.to, point=point(self.coordinates))


class SetStatusBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A status in the assignee's stead. *at* is when it came about, where that is told late. `completed` takes an
    *outcome*, and where nobody checked in, *checked_in_at* and *at*. *reason* is why a visit is reopened or cancelled.
    Of two equal local times the first is meant; tell the second with its offset.
    """

    status: Status
    at: Start | None = None
    checked_in_at: Start | None = None
    outcome: VisitOutcome | None = None
    unable_reason: EntryId | None = None
    notes: str | None = None
    reason: str = ""

    def command(self, appointment: AppointmentId) -> SetStatus:
        return SetStatus(
            appointment=appointment,
            status=self.status,
            at=_told(self.at, "at"),
            checked_in_at=_told(self.checked_in_at, "checked_in_at"),
            outcome=self.outcome,
            unable_reason=self.unable_reason,
            notes=self.notes,
            reason=self.reason,
        )


class ReopenAppointmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Why a completed visit goes on.
    """

    reason: str

    def command(self, appointment: AppointmentId) -> ReopenAppointment:
        return ReopenAppointment(appointment=appointment, reason=self.reason)


def _told(time: str | None, field: str) -> datetime | None:
    return None if time is None else told(time, field=field)
