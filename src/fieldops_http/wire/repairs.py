"""
Requests about repairs.
"""

from typing import Annotated

from msgspec import Meta

from fieldops_core.company.model import ListMode
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.messages import FindRepairs, RepairAppointments
from fieldops_core.scheduling.model import AppointmentId, NewSpot
from fieldops_http.wire.scheduling import Second
from fieldops_http.wire.values import Body, Start, Whole, told

Version = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class FindRepairsBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Which visits: the *appointments* that are named, or, without any, those of some *users* and *locations*, soonest
    first. How far: on their own date or one of the *days* from it. For each visit at most *limit* moves are answered.
    """

    appointments: Annotated[tuple[AppointmentId, ...], Meta(max_length=200)] = ()
    users: Annotated[tuple[UserId, ...], Meta(max_length=200)] = ()
    locations: Annotated[tuple[LocationId, ...], Meta(max_length=200)] = ()
    mode: ListMode | None = None
    days: Whole = 3
    limit: Whole = 3

    def question(self) -> FindRepairs:
        return FindRepairs(
            appointments=self.appointments,
            users=self.users,
            locations=self.locations,
            mode=self.mode,
            days=self.days,
            limit=self.limit,
        )


class NewSpotBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Where an *appointment*, as it was read at a *version*, is to go.
    """

    appointment: AppointmentId
    version: Version
    user: UserId
    start: Start
    fold: Second = 0

    def spot(self) -> NewSpot:
        return NewSpot(
            appointment=self.appointment, version=self.version, user=self.user, start=told(self.start, self.fold)
        )


class RepairAppointmentsBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    1 to 50 moves, all or none; the first ones of a preview, or others.
    """

    moves: Annotated[tuple[NewSpotBody, ...], Meta(max_length=200)]
    mode: ListMode | None = None

    def command(self) -> RepairAppointments:
        return RepairAppointments(moves=tuple(each.spot() for each in self.moves), mode=self.mode)
