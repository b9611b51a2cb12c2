"""
The catalog of appointment types: nothing is ever deleted from it.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.messages import (
    ChangeAppointmentType,
    CreateAppointmentType,
    ListAppointmentTypes,
    ShowAppointmentType,
    SubTypeEntry,
)
from fieldops_core.company.model import SubTypeId, TypeId
from fieldops_core.company.views import AppointmentTypesView, AppointmentTypeView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.scheduling.messages import EditAppointment, ShowAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from tests.support.world import World, denial, refusal

MODIFY = (Permission.CATALOGS, Action.MODIFY)


def new(**given: object) -> CreateAppointmentType:
    command = CreateAppointmentType(kind=Kind.TECH, name="Repair", minutes=90)
    return evolve(command, **given)  # type: ignore[arg-type]


def change(world: World, **given: object) -> ChangeAppointmentType:
    return evolve(ChangeAppointmentType(type=world.service.id), **given)  # type: ignore[arg-type]


def kept(world: World) -> SubTypeEntry:
    """
    The sub-type of the service, sent as it is.
    """
    return SubTypeEntry(id=world.routine.id, name=world.routine.name, minutes=world.routine.minutes)


# --- who may (ACC-25) -------------------------------------------------------------------------------


@pytest.mark.rule("ACC-25")
def test_types_are_made_and_changed_with_catalogs_modify_in_the_whole_company() -> None:
    world = World()

    for command in (new(), change(world, name="Repair")):
        assert denial(world, command, world.actor((Permission.CATALOGS, Action.VIEW))) == "ACC-18"
        assert denial(world, command, world.actor(MODIFY, at=world.provo.id)) == "ACC-25"
        assert world.do(command, AppointmentTypeView, by=world.actor(MODIFY)).name == "Repair"


@pytest.mark.rule("ACC-18")
def test_every_user_sees_the_types_of_the_company() -> None:
    world = World()

    view = world.ask(ListAppointmentTypes(), AppointmentTypesView, by=world.actor())

    assert [each.name for each in view.items] == ["Service", "Sales call", "Lesson"]
    shown = world.ask(ShowAppointmentType(type=world.service.id), AppointmentTypeView, by=world.actor())
    assert shown == view.items[0]


# --- durations (ACC-20, APT-21) ---------------------------------------------------------------------


@pytest.mark.rule("ACC-20")
def test_a_type_without_a_duration_is_refused_on_save() -> None:
    world = World()

    for command in (new(minutes=None), change(world, minutes=None)):
        broken = refusal(world, command)["type.duration_required"]
        assert (broken.rule, broken.field) == ("ACC-20", "minutes")
    assert world.do(new(), AppointmentTypeView).minutes == 90


@pytest.mark.rule("APT-21", "SCH-04")
@pytest.mark.parametrize(
    ("kind", "minutes"),
    [(Kind.TECH, 30), (Kind.SALES, 30), (Kind.PROGRAM, 15), (Kind.PROGRAM, 45), (Kind.TECH, 24 * 60)],
)
def test_a_duration_is_a_multiple_of_the_kinds_slot(kind: Kind, minutes: int) -> None:
    world = World()
    sub = SubTypeEntry(name="Fine", minutes=minutes)

    made = world.do(new(kind=kind, minutes=minutes, sub_types=(sub,)), AppointmentTypeView)

    assert (made.kind, made.minutes, made.sub_types[0].minutes) == (kind, minutes, minutes)


@pytest.mark.rule("APT-21")
@pytest.mark.parametrize(
    ("kind", "minutes"),
    [
        (Kind.TECH, 45),
        (Kind.SALES, 15),
        (Kind.PROGRAM, 10),
        (Kind.TECH, 0),
        (Kind.TECH, -30),
        (Kind.PROGRAM, 24 * 60 + 15),
        (Kind.TECH, 10**400 * 30),
    ],
)
def test_a_duration_off_the_kinds_slot_is_refused_of_a_type_and_of_a_sub_type(kind: Kind, minutes: int) -> None:
    world = World()

    for command in (
        new(kind=kind, minutes=minutes),
        new(kind=kind, minutes=30, sub_types=(SubTypeEntry(name="Fine", minutes=minutes),)),
    ):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field, refused.value.rule) == ("duration.step", "minutes", "APT-21")


@pytest.mark.rule("APT-21")
def test_a_changed_duration_is_asked_likewise() -> None:
    world = World()

    with pytest.raises(InvalidValue):
        world.execute(change(world, minutes=45))
    assert world.do(change(world, minutes=150), AppointmentTypeView).minutes == 150


# --- sub-types (ACC-20, APT-02) ---------------------------------------------------------------------


@pytest.mark.rule("ACC-20")
def test_a_sub_type_that_is_left_out_is_made_inactive_and_never_deleted() -> None:
    world = World()

    changed = world.do(change(world, sub_types=(SubTypeEntry(name="Urgent", minutes=30),)), AppointmentTypeView)

    assert [(each.name, each.active) for each in changed.sub_types] == [("Urgent", True), ("Routine", False)]
    assert changed.sub_types[1].id == world.routine.id


@pytest.mark.rule("ACC-20")
def test_a_sub_type_is_changed_by_its_id_and_one_without_is_new() -> None:
    world = World()

    changed = world.do(
        change(world, sub_types=(evolve(kept(world), name="Yearly"), SubTypeEntry(name="Urgent"))), AppointmentTypeView
    )

    yearly, urgent = changed.sub_types
    assert (yearly.id, yearly.name, yearly.minutes, yearly.active) == (world.routine.id, "Yearly", 60, True)
    assert (urgent.name, urgent.minutes) == ("Urgent", None)
    assert urgent.id != yearly.id


@pytest.mark.rule("ACC-20")
def test_a_sub_type_that_was_made_inactive_comes_back_when_it_is_sent() -> None:
    world = World()
    world.execute(change(world, sub_types=()))

    changed = world.do(change(world, sub_types=(kept(world),)), AppointmentTypeView)

    assert [(each.id, each.active) for each in changed.sub_types] == [(world.routine.id, True)]


def test_a_change_that_says_nothing_of_sub_types_keeps_them() -> None:
    world = World()

    changed = world.do(change(world, name="Repair"), AppointmentTypeView)

    assert [(each.id, each.name, each.active) for each in changed.sub_types] == [(world.routine.id, "Routine", True)]


@pytest.mark.rule("APT-02")
def test_a_sub_type_belongs_to_its_type_and_moves_to_no_other() -> None:
    world = World()
    stranger = SubTypeEntry(id=SubTypeId(world.ids()), name="Mine")
    other = world.do(new(), AppointmentTypeView)

    for command in (
        new(sub_types=(stranger,)),
        change(world, sub_types=(kept(world), stranger)),
        ChangeAppointmentType(type=TypeId(other.id), sub_types=(kept(world),)),
    ):
        broken = refusal(world, command)["sub_type.unknown"]
        assert (broken.rule, broken.field) == ("APT-02", "sub_types")


@pytest.mark.rule("APT-02")
def test_a_sub_type_is_sent_once() -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(change(world, sub_types=(kept(world), kept(world))))

    assert (refused.value.code, refused.value.field) == ("sub_type.twice", "sub_types")


# --- inactive entries (ACC-20, APT-02) --------------------------------------------------------------


@pytest.mark.rule("ACC-20", "APT-02")
def test_an_entry_that_was_inactivated_stays_on_what_was_saved_and_is_offered_to_nothing_new() -> None:
    world = World()
    id = AppointmentId(world.book(sub_type=world.routine.id).id)

    changed = world.do(change(world, active=False, sub_types=()), AppointmentTypeView)

    assert changed.active is False
    shown = world.ask(ShowAppointment(appointment=id), AppointmentView)
    assert shown.sub_type is not None
    assert (shown.type.name, shown.sub_type.name) == ("Service", "Routine")
    assert world.do(EditAppointment(appointment=id, notes="Gate code 7"), AppointmentView).notes == "Gate code 7"
    assert "type.inactive" in refusal(world, world.wish("2026-05-27T11:00"))
    world.execute(change(world, active=True))
    assert "sub_type.inactive" in refusal(world, world.wish("2026-05-27T11:00", sub_type=world.routine.id))
    assert world.book("2026-05-27T11:00").minutes == 60


@pytest.mark.rule("ACC-20")
def test_types_are_listed_by_kind_and_by_whether_they_are_active() -> None:
    world = World()
    world.execute(change(world, active=False))

    def names(**asked: object) -> list[str]:
        question = evolve(ListAppointmentTypes(), **asked)  # type: ignore[arg-type]
        return [each.name for each in world.ask(question, AppointmentTypesView).items]

    assert names(active=True) == ["Sales call", "Lesson"]
    assert names(active=False) == ["Service"]
    assert names(kind=Kind.TECH) == ["Service"]
    assert names(kind=Kind.TECH, active=True) == []


# --- values, versions, companies --------------------------------------------------------------------


@pytest.mark.parametrize(("name", "code"), [(" ", "text.empty"), ("x" * 201, "text.too_long"), ("\0", "text.invalid")])
def test_types_and_sub_types_have_names(name: str, code: str) -> None:
    world = World()

    for command in (new(name=name), change(world, name=name), change(world, sub_types=(SubTypeEntry(name=name),))):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == (code, "name")


@pytest.mark.rule("STO-04")
def test_a_type_is_changed_at_the_version_that_was_read() -> None:
    world = World()
    world.execute(change(world, name="A"), expected_version=1)

    with pytest.raises(Stale):
        world.execute(change(world, name="B"), expected_version=1)


@pytest.mark.rule("SEC-01")
def test_a_type_of_another_company_is_not_there() -> None:
    world, other = World(), World()

    with pytest.raises(NotFound):
        world.execute(change(other, name="Mine"))
    with pytest.raises(NotFound):
        world.ask(ShowAppointmentType(type=other.service.id), AppointmentTypeView)
