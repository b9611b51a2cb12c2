"""
What is told of a change: its history, its events, and who reacts to them.
"""

import json
from datetime import timedelta

import pytest
from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.messages import ChangeRole, CreateRole, CreateToken, RoleCreated
from fieldops_core.access.model import SYSTEM, RoleId, TokenId
from fieldops_core.access.views import RoleView, TokenView
from fieldops_core.app.fieldops import LEASE_SECONDS, FieldOps
from fieldops_core.app.ports import Unit
from fieldops_core.customers.messages import ChangeCustomer
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.history import FieldChange, HistoryEntry
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.plain import plain
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import CancelAppointment, EditAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.staff.messages import AddAbsence, ChangeUser, RemoveAbsence
from fieldops_core.staff.model import AbsenceId
from fieldops_core.staff.views import AbsenceView
from fieldops_core.testing.builders import DAY
from tests.support.world import World, refusal

MARKER = "swordfish"


def due(world: World) -> list[Event]:
    """
    What waits to be told, oldest first.
    """
    return [each.event for each in world.storage.claim(100, now=world.clock(), lease_seconds=60)]


def history(world: World, aggregate: str, id: object) -> tuple[HistoryEntry, ...]:
    with world.storage.reading(world.company.id) as unit:
        return unit.history.of(aggregate, id)  # type: ignore[arg-type]


def a_role(world: World, name: str = "Dispatcher") -> RoleId:
    return RoleId(world.do(CreateRole(name=name), RoleView).id)


# --- history ----------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-16")
def test_history_tells_who_changed_which_fields_when_from_where_and_what_they_were() -> None:
    world = World()
    world.clock.advance(hours=1)
    change = ChangeCustomer(customer=world.maria.id, last_name="Novak", phone="+18015550177")

    world.execute(change, source=Source.WEB, by=world.owner)

    (entry,) = history(world, "customer", world.maria.id)
    assert (entry.actor, entry.source, entry.at) == (world.boss.id, Source.WEB, world.clock())
    assert (entry.aggregate, entry.aggregate_id) == ("customer", world.maria.id)
    assert entry.changes == (
        FieldChange(field="last_name", old="Nielsen", new="Novak"),
        FieldChange(field="phone", old={"number": "+18015550100"}, new={"number": "+18015550177"}),
    )


@pytest.mark.rule("CUS-16")
def test_history_comes_newest_first_and_begins_with_the_making() -> None:
    world = World()
    id = a_role(world)
    world.clock.advance(minutes=1)
    world.execute(ChangeRole(role=id, name="Clerk"))

    newest, first = history(world, "role", id)

    assert newest.changes == (FieldChange(field="name", old="Dispatcher", new="Clerk"),)
    assert first.changes == (FieldChange(field="name", old=None, new="Dispatcher"),)


@pytest.mark.rule("CUS-16")
def test_history_remembers_what_was_removed() -> None:
    world = World()
    made = world.do(AddAbsence(user=world.ann.id, first=DAY, last=DAY, reason="Dentist"), AbsenceView)
    world.clock.advance(minutes=1)
    world.execute(RemoveAbsence(absence=AbsenceId(made.id)))

    removed, _ = history(world, "absence", made.id)

    assert FieldChange(field="reason", old="Dentist", new=None) in removed.changes


def test_what_changes_nothing_is_neither_in_the_history_nor_told() -> None:
    world = World()
    id = AppointmentId(world.book().id)
    due(world)

    for command in (
        ChangeCustomer(customer=world.maria.id),
        ChangeCustomer(customer=world.maria.id, last_name=f" {world.maria.last_name} "),
        ChangeUser(user=world.ann.id, name="Ann"),
        EditAppointment(appointment=id, notes=""),
    ):
        world.execute(command)

    assert due(world) == []
    assert history(world, "customer", world.maria.id) == ()
    assert len(history(world, "appointment", id)) == 1


@pytest.mark.rule("STO-09")
def test_the_history_of_a_secret_says_that_it_changed_and_keeps_it_a_secret() -> None:
    world = World()
    id = AppointmentId(world.book(private_note=Secret(MARKER)).id)
    world.clock.advance(minutes=1)
    world.execute(EditAppointment(appointment=id, private_note=Secret(f"{MARKER} 2")))

    changed, made = history(world, "appointment", id)

    assert changed.changes == (FieldChange(field="private_note", old=Secret(MARKER), new=Secret(f"{MARKER} 2")),)
    assert MARKER not in f"{changed!r}{made!r}{plain(changed)}{plain(made)}"


@pytest.mark.rule("API-05")
def test_the_history_of_a_token_holds_neither_its_secret_nor_its_hash() -> None:
    world = World()
    command = CreateToken(user=world.ann.id, name="Desk", expires_at=world.clock() + timedelta(days=1))
    made = world.do(command, TokenView)

    with world.storage.reading(world.company.id) as unit:
        kept = unit.tokens.get(TokenId(made.id))
    told = f"{history(world, 'token', made.id)!r}{[(e.before, e.after) for e in due(world)]!r}"

    assert "Desk" in told
    assert made.secret is not None
    assert made.secret.rpartition("_")[2] not in told
    assert kept.hash not in told


# --- events -----------------------------------------------------------------------------------------


@pytest.mark.rule("EVT-01")
def test_an_event_tells_the_public_fields_before_and_after() -> None:
    world = World()
    world.execute(ChangeCustomer(customer=world.maria.id, last_name="Novak"))

    (event,) = due(world)

    assert (type(event).__name__, event.aggregate, event.aggregate_id) == (
        "CustomerChanged",
        "customer",
        world.maria.id,
    )
    assert (event.version, event.at) == (2, world.clock())
    assert event.before is not None
    assert (event.before["last_name"], event.before["version"]) == ("Nielsen", 1)
    assert (event.after["last_name"], event.after["version"]) == ("Novak", 2)
    assert {name for name in event.after if event.before[name] != event.after[name]} == {"last_name", "version"}
    assert json.loads(json.dumps(dict(event.after))) == event.after


@pytest.mark.rule("EVT-01")
def test_an_event_of_something_new_has_nothing_before() -> None:
    world = World()
    id = a_role(world)

    (event,) = due(world)

    assert (event.before, event.after["name"], event.aggregate_id) == (None, "Dispatcher", id)


@pytest.mark.rule("STO-09")
def test_no_secret_is_in_an_event() -> None:
    world = World()
    id = AppointmentId(world.book(private_note=Secret(MARKER)).id)
    world.execute(EditAppointment(appointment=id, private_note=Secret(f"{MARKER} 2"), notes="Ladder"))
    world.execute(CancelAppointment(appointment=id))

    events = due(world)

    assert [type(event).__name__ for event in events] == [
        "AppointmentBooked",
        "AppointmentEdited",
        "AppointmentCancelled",
    ]
    for event in events:
        assert "private_note" not in event.after
        assert MARKER not in f"{event!r}{dict(event.before or {})}{dict(event.after)}"


@pytest.mark.rule("EVT-01")
def test_what_is_refused_is_not_told() -> None:
    world = World()

    refusal(world, world.wish("2026-05-27T09:10"))
    world.ops.preview(world.wish(), world.context())

    assert due(world) == []


# --- reactions --------------------------------------------------------------------------------------


class Ear:
    """
    A reaction that remembers what it heard, and fails as often as it is told to.
    """

    def __init__(self, fails: int = 0) -> None:
        self.heard: list[str] = []
        self.fails = fails

    def __call__(self, event: Event, call: Call[Unit]) -> None:
        self.heard.append(str(event.after["name"]))
        if self.fails:
            self.fails -= 1
            raise RuntimeError("The line is dead.")


def listening(world: World, *ears: Ear) -> FieldOps:
    return world.engine(reactions={RoleCreated: ears})


@pytest.mark.rule("EVT-01")
def test_every_event_of_its_type_is_handed_to_a_reaction_once_and_in_order() -> None:
    world, ear = World(), Ear()
    for name in ("A", "B", "C"):
        a_role(world, name)
        world.clock.advance(seconds=1)
    world.book()
    ops = listening(world, ear)

    delivery = ops.deliver()

    assert (delivery.done, delivery.failed) == (4, ())
    assert ear.heard == ["A", "B", "C"]
    world.clock.advance(days=1)
    assert ops.deliver().done == 0
    assert ear.heard == ["A", "B", "C"]


@pytest.mark.rule("EVT-01")
def test_no_more_are_delivered_than_asked_for_and_the_oldest_first() -> None:
    world, ear = World(), Ear()
    for name in ("A", "B", "C"):
        a_role(world, name)
        world.clock.advance(seconds=1)
    ops = listening(world, ear)

    assert ops.deliver(2).done == 2
    assert ear.heard == ["A", "B"]
    assert ops.deliver(2).done == 1
    assert ear.heard == ["A", "B", "C"]


@pytest.mark.rule("EVT-01")
def test_nothing_is_told_before_it_is_saved() -> None:
    world, ear = World(), Ear()
    ops = world.engine(policies=[_fails], reactions={RoleCreated: (ear,)})

    with pytest.raises(ZeroDivisionError):
        ops.execute(CreateRole(name="A"), world.context())
    ops.deliver()

    assert ear.heard == []


def _fails(_: tuple[Event, ...], __: Call[Unit]) -> tuple[object, ...]:
    raise ZeroDivisionError


@pytest.mark.rule("EVT-02")
def test_a_reaction_that_fails_is_asked_again_when_its_lease_ends_and_others_go_on() -> None:
    world, ear = World(), Ear(fails=1)
    a_role(world, "A")
    world.clock.advance(seconds=1)
    a_role(world, "B")
    ops = listening(world, ear)

    first = ops.deliver()
    world.clock.advance(seconds=LEASE_SECONDS - 1)
    early = ops.deliver()
    world.clock.advance(seconds=1)
    late = ops.deliver()

    ((failed, error),) = first.failed
    assert (first.done, failed.event.after["name"], failed.attempt, str(error)) == (1, "A", 1, "The line is dead.")
    assert (early.done, early.failed) == (0, ())
    assert (late.done, late.failed) == (1, ())
    assert ear.heard == ["A", "B", "A"]


@pytest.mark.rule("EVT-02")
def test_the_attempts_of_an_event_are_counted() -> None:
    world, ear = World(), Ear(fails=3)
    a_role(world, "A")
    ops, attempts = listening(world, ear), []

    for _ in range(3):
        attempts += [due.attempt for due, _ in ops.deliver().failed]
        world.clock.advance(seconds=LEASE_SECONDS)

    assert attempts == [1, 2, 3]
    assert ops.deliver().done == 1


@pytest.mark.rule("EVT-02")
def test_when_one_of_several_reactions_fails_all_of_them_are_asked_again() -> None:
    world, one, other = World(), Ear(), Ear(fails=1)
    a_role(world, "A")
    ops = listening(world, one, other)

    ops.deliver()
    world.clock.advance(seconds=LEASE_SECONDS)
    ops.deliver()

    assert (one.heard, other.heard) == (["A", "A"], ["A", "A"])


def renames(event: Event, call: Call[Unit]) -> None:
    """
    A reaction that changes something, by the system's hand.
    """
    role = call.unit.roles.get(RoleId(event.aggregate_id))
    assert (call.actor, call.context.source) == (SYSTEM, Source.SYSTEM)
    changed = evolve(role, name=f"{role.name}!", version=role.version + 1)
    call.keep(call.unit.roles, Outcome(before=role, state=changed, events=()))


@pytest.mark.rule("EVT-01")
def test_what_a_reaction_changes_is_saved_and_in_the_history_as_the_systems() -> None:
    world = World()
    id = a_role(world, "A")

    world.engine(reactions={RoleCreated: (renames,)}).deliver()

    newest, _ = history(world, "role", id)
    assert (newest.actor, newest.source) == (None, Source.SYSTEM)
    assert newest.changes == (FieldChange(field="name", old="A", new="A!"),)


@pytest.mark.rule("EVT-02")
def test_what_a_reaction_changed_is_rolled_back_when_a_later_one_fails() -> None:
    world = World()
    id = a_role(world, "A")
    ops = world.engine(reactions={RoleCreated: (renames, Ear(fails=1))})

    assert len(ops.deliver().failed) == 1
    assert len(history(world, "role", id)) == 1
    world.clock.advance(seconds=LEASE_SECONDS)
    assert ops.deliver().done == 1
    assert len(history(world, "role", id)) == 2


@pytest.mark.rule("EVT-02")
def test_an_event_whose_reaction_meets_another_writer_is_due_again() -> None:
    world = World()
    a_role(world, "A")

    def meets(_: Event, __: Call[Unit]) -> None:
        raise Conflict("Somebody else was first.")

    ops = world.engine(reactions={RoleCreated: (meets,)})

    assert [type(error) for _, error in ops.deliver().failed] == [Conflict]
    world.clock.advance(seconds=LEASE_SECONDS)
    assert listening(world).deliver().done == 1


@pytest.mark.rule("EVT-01", "SEC-01")
def test_events_of_all_companies_are_delivered_each_in_its_own() -> None:
    world = World()
    other = World(storage=world.storage)
    a_role(world, "A")
    a_role(other, "B")
    seen: list[tuple[object, list[str]]] = []

    def look(event: Event, call: Call[Unit]) -> None:
        seen.append((call.context.company, [role.name for role in call.unit.roles.all()]))

    world.engine(reactions={RoleCreated: (look,)}).deliver()

    assert sorted(seen, key=str) == sorted(
        [(world.company.id, ["Owner", "A"]), (other.company.id, ["Owner", "B"])], key=str
    )
