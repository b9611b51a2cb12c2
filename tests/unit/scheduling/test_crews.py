"""
Crews: several visits of one work order and start.
"""

from datetime import date
from typing import Any

import pytest

from fieldops_core.access.model import Action, Permission
from fieldops_core.kernel.errors import Stale
from fieldops_core.scheduling.messages import CancelAppointment, MoveCrew, ShowGrid
from fieldops_core.scheduling.model import AppointmentId, Status, WorkOrderId
from fieldops_core.scheduling.views import CardView, CrewView, GridView
from fieldops_core.testing.builders import a_technician, a_work_order, an_absence, at
from tests.support.world import World, denial, refusal

WEDNESDAY = date(2026, 5, 27)
TECH = Permission.TECH_SCHEDULER


class Crew(World):
    """
    Ann, Cyd and Dan come together on Wednesday at 09:00; Dan stays for half an hour only.
    """

    def __init__(self) -> None:
        super().__init__()
        order = a_work_order(customer=self.maria.id, number=1)
        self.cyd, self.dan = (a_technician(name=name, home=self.provo.id) for name in ("Cyd", "Dan"))
        self.put(order, self.cyd, self.dan)
        self.order: WorkOrderId = order.id
        self.anns, self.cyds, self.dans = (self.visit(user.id) for user in (self.ann, self.cyd, self.dan))
        self.crew = (self.anns, self.cyds, self.dans)

    def visit(self, user: Any, start: str = "2026-05-27T09:00", **given: Any) -> AppointmentId:
        minutes = 30 if user == self.dan.id else 60
        return AppointmentId(self.book(start, user=user, minutes=minutes, work_order=self.order, **given).id)


def cards(world: World, **given: Any) -> dict[str, CardView]:
    question = ShowGrid(first=WEDNESDAY, **given)
    return {
        row.user.name: block.appointment
        for row in world.ask(question, GridView).rows
        for block in row.blocks
        if block.appointment
    }


@pytest.mark.rule("APT-23")
def test_the_grid_marks_a_crew_together() -> None:
    world = Crew()

    found = cards(world)

    assert {name: set(card.crew) for name, card in found.items()} == {
        "Ann": {world.cyds, world.dans},
        "Cyd": {world.anns, world.dans},
        "Dan": {world.anns, world.cyds},
    }


@pytest.mark.rule("APT-23")
def test_a_crew_is_marked_whoever_the_grid_shows() -> None:
    world = Crew()

    (anns,) = cards(world, users=(world.ann.id,)).values()

    assert set(anns.crew) == {world.cyds, world.dans}


@pytest.mark.rule("APT-23")
def test_another_start_work_order_or_none_and_what_has_ended_make_no_crew() -> None:
    world = Crew()
    other = a_work_order(customer=world.maria.id, number=2)
    eve, fay, gus = (a_technician(name=name, home=world.provo.id) for name in ("Eve", "Fay", "Gus"))
    world.put(other, eve, fay, gus)
    world.visit(eve.id, "2026-05-27T09:30")
    world.book("2026-05-27T09:00", user=fay.id, work_order=other.id)
    world.book("2026-05-27T09:00", user=gus.id)
    world.execute(CancelAppointment(appointment=world.dans))

    found = cards(world, statuses=tuple(Status))

    assert {name: card.crew for name, card in found.items()} == {
        "Ann": (world.cyds,),
        "Cyd": (world.anns,),
        "Dan": (),
        "Eve": (),
        "Fay": (),
        "Gus": (),
    }


@pytest.mark.rule("APT-23")
def test_a_crew_is_moved_by_one_command() -> None:
    world = Crew()

    moved = world.do(MoveCrew(appointment=world.cyds, start=at("13:00")), CrewView)

    assert [each.id for each in moved.items] == [world.cyds, world.anns, world.dans]
    assert {each.start for each in moved.items} == {at("13:00")}
    assert [each.minutes for each in moved.items] == [60, 60, 30]
    assert {world.appointment(id).period.start for id in world.crew} == {at("13:00")}
    assert {world.appointment(id).version for id in world.crew} == {2}


@pytest.mark.rule("APT-23")
def test_all_are_moved_or_none_and_what_stands_against_any_is_told() -> None:
    world = Crew()
    world.book("2026-05-27T13:30", user=world.cyd.id)
    world.put(an_absence(user=world.dan.id, first=WEDNESDAY, start=12 * 60, end=14 * 60))

    refused = refusal(world, MoveCrew(appointment=world.anns, start=at("13:00")))

    assert set(refused) == {"slot.taken", "user.absent"}
    assert refused["slot.taken"].sentence == "Cyd: Cyd is already booked from 13:30 to 14:30 with Maria Nielsen."
    assert (refused["slot.taken"].facts["member"], refused["user.absent"].facts["member"]) == (world.cyds, world.dans)
    assert {world.appointment(id).period.start for id in world.crew} == {at("09:00")}
    assert world.do(MoveCrew(appointment=world.anns, start=at("14:30")), CrewView)


@pytest.mark.rule("APT-23")
def test_one_that_is_under_way_keeps_all_and_one_that_has_ended_stays_behind() -> None:
    world = Crew()
    there = world.appointment(world.cyds)
    there = world.replace(there, status=Status.ON_SITE)
    move = MoveCrew(appointment=world.anns, start=at("13:00"))

    assert set(refusal(world, move)) == {"appointment.under_way"}
    world.replace(there, status=Status.COMPLETED)
    world.execute(move)

    starts = [world.appointment(id).period.start for id in world.crew]
    assert starts == [at("13:00"), at("09:00"), at("13:00")]
    assert set(refusal(world, MoveCrew(appointment=world.cyds, start=at("15:00")))) == {"appointment.completed"}


@pytest.mark.rule("APT-23")
def test_one_without_a_crew_is_moved_alone() -> None:
    world = World()
    alone = AppointmentId(world.book().id)

    (moved,) = world.do(MoveCrew(appointment=alone, start=at("13:00")), CrewView).items

    assert (moved.id, moved.start) == (alone, at("13:00"))


@pytest.mark.rule("APT-23", "STO-04")
def test_the_version_that_is_expected_is_that_of_the_one_that_is_named() -> None:
    world = Crew()
    world.replace(world.appointment(world.dans))

    with pytest.raises(Stale):
        world.execute(MoveCrew(appointment=world.dans, start=at("13:00")), expected_version=1)
    moved = world.do(MoveCrew(appointment=world.anns, start=at("13:00")), CrewView, expected_version=1)
    assert [each.version for each in moved.items] == [2, 2, 3]


@pytest.mark.rule("APT-23", "ACC-26")
def test_who_may_not_change_such_visits_there_moves_no_crew() -> None:
    world = Crew()
    move = MoveCrew(appointment=world.anns, start=at("13:00"))

    assert denial(world, move, by=world.actor((TECH, Action.VIEW), (TECH, Action.CREATE))) == "ACC-18"
    elsewhere = world.actor((TECH, Action.VIEW), (TECH, Action.MODIFY), at=world.phoenix.id)
    assert denial(world, move, by=elsewhere) == "ACC-03"
