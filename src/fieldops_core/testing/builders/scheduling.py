"""
Visits, and what takes a user's time.
"""

from datetime import timedelta
from typing import Unpack

from attrs import evolve

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Block,
    Hold,
    HoldId,
    Repair,
    RepairId,
    RepairMove,
    Spot,
    Status,
)
from fieldops_core.testing import fields
from fieldops_core.testing.builders.defaults import DENVER, PROVO, a_period, at, fresh, numbers
from fieldops_core.testing.clock import NOW


def an_appointment(**given: Unpack[fields.AppointmentFields]) -> Appointment:
    """
    A SCHEDULED visit from 09:00 to 10:00 on :data:`DAY`; the time agreed is its start unless it is given.
    """
    period, zone = given.get("period") or a_period(), given.get("zone", DENVER)
    appointment = Appointment(
        id=AppointmentId(fresh()),
        kind=Kind.TECH,
        type=TypeId(fresh()),
        user=UserId(fresh()),
        customer=CustomerId(fresh()),
        location=LocationId(fresh()),
        period=period,
        agreed=local(period.start, zone).replace(tzinfo=None),
        zone=zone,
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(appointment, **given)


def a_hold(**given: Unpack[fields.HoldFields]) -> Hold:
    """
    From 09:00 to 10:00 on :data:`DAY`, for the ten minutes after :data:`NOW`.
    """
    hold = Hold(
        id=HoldId(fresh()),
        user=UserId(fresh()),
        customer=CustomerId(fresh()),
        type=TypeId(fresh()),
        location=LocationId(fresh()),
        period=a_period(),
        zone=DENVER,
        expires_at=NOW + timedelta(minutes=10),
        created_by=None,
        created_at=NOW,
    )
    return evolve(hold, **given)


def a_repair(visit: Appointment, *, user: UserId) -> Repair:
    """
    That gave a visit to another user at the same time.
    """
    before, after = Spot(user=visit.user, period=visit.period), Spot(user=user, period=visit.period)
    move = RepairMove(appointment=visit.id, before=before, after=after)
    return Repair(id=RepairId(fresh()), moves=(move,), made_by=None, made_at=NOW)


def a_block(**given: Unpack[fields.BlockFields]) -> Block:
    """
    What a grid shows of a SCHEDULED visit from 09:00 to 10:00 on :data:`DAY`. It takes its time until its end, unless
    it is told otherwise.
    """
    start = given.get("start", at("09:00"))
    end = given.get("end", start + timedelta(hours=1))
    location = LocationId(fresh())
    block = Block(
        appointment=AppointmentId(fresh()),
        version=1,
        user=UserId(fresh()),
        kind=Kind.TECH,
        status=Status.SCHEDULED,
        start=start,
        end=end,
        occupied_until=end,
        zone=DENVER,
        location=location,
        type=TypeId(fresh()),
        type_name="Service",
        customer=CustomerId(fresh()),
        customer_number=next(numbers),
        customer_name="Maria Nielsen",
        customer_location=location,
        customer_point=PROVO,
        stage=Stage.CUSTOMER,
        pending_reassignment=False,
        double_booked=False,
    )
    return evolve(block, **given)
