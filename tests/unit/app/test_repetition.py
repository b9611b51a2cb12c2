"""
Commands that come twice under one id (API-03).
"""

from datetime import timedelta

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.messages import CreateRole, CreateToken
from fieldops_core.access.model import Action, Actor, Grant, Permission
from fieldops_core.access.views import RoleView, TokenView
from fieldops_core.app.fingerprint import fingerprint
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.customers.messages import ChangeCustomer
from fieldops_core.kernel.errors import Forbidden, InvalidValue
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import BookAppointment, EditAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import ChangeUser
from fieldops_core.testing.builders import DAY, fresh
from tests.support.world import World, refusal

KEY = "a1b2"


def answers(world: World, actor: Actor) -> bool:
    """
    Whether something is kept under the key.
    """
    with world.storage.reading(world.company.id) as unit:
        return unit.answers.find(actor.user, KEY, answer=object) is not None


def roles(world: World) -> int:
    with world.storage.reading(world.company.id) as unit:
        return len(unit.roles.all())


@pytest.mark.rule("API-03")
def test_a_repetition_answers_what_the_first_answered_and_does_nothing_twice() -> None:
    world = World()
    command = CreateRole(name="Dispatcher")

    first = world.execute(command, command_id=KEY)
    world.clock.advance(days=1)
    again = world.execute(command, command_id=KEY)

    assert again == first
    assert roles(world) == 2
    with world.storage.reading(world.company.id) as unit:
        assert isinstance(first.answer, RoleView)
        assert len(unit.history.of("role", first.answer.id)) == 1
    assert len(world.storage.claim(10, now=world.clock(), lease_seconds=60)) == 1


@pytest.mark.rule("API-03")
def test_a_repetition_answers_the_first_answer_though_all_has_changed_since() -> None:
    world = World()
    wish = world.wish()
    first = world.execute(wish, command_id=KEY)
    assert isinstance(first.answer, AppointmentView)
    world.execute(EditAppointment(appointment=AppointmentId(first.answer.id), notes="Changed"))

    assert world.execute(wish, command_id=KEY) == first


@pytest.mark.rule("API-03")
def test_a_repetition_answers_a_secret_that_is_told_once_to_whom_it_was_told() -> None:
    world = World()
    command = CreateToken(user=world.ann.id, name="Desk", expires_at=world.clock() + timedelta(days=1))

    first, again = (world.do(command, TokenView, command_id=KEY) for _ in range(2))

    assert first.secret
    assert again == first


@pytest.mark.rule("API-03")
def test_another_command_under_the_same_id_is_refused_and_changes_nothing() -> None:
    world = World()
    world.execute(CreateRole(name="Dispatcher"), command_id=KEY)

    for other in (CreateRole(name="Clerk"), world.wish(), ChangeUser(user=world.ann.id, name="Dispatcher")):
        broken = refusal(world, other, command_id=KEY)
        assert list(broken) == ["idempotency.key_reused"]
        assert broken["idempotency.key_reused"].facts == {"key": KEY}
    assert roles(world) == 2


@pytest.mark.rule("API-03")
def test_without_an_id_a_command_is_carried_out_each_time() -> None:
    world = World()

    first, second = (world.do(CreateRole(name="Dispatcher"), RoleView) for _ in range(2))

    assert first.id != second.id


@pytest.mark.rule("API-03")
def test_another_id_is_another_command() -> None:
    world = World()

    first, second = (world.do(CreateRole(name="Dispatcher"), RoleView, command_id=key) for key in ("a", "b"))

    assert first.id != second.id


@pytest.mark.rule("API-03")
def test_the_same_id_of_another_actor_is_another_command() -> None:
    world = World()
    ann = evolve(world.owner, user=world.ann.id)
    system = evolve(world.owner, user=None)

    made = [
        world.do(CreateRole(name="Dispatcher"), RoleView, by=by, command_id=KEY) for by in (world.owner, ann, system)
    ]

    assert len({each.id for each in made}) == 3
    assert world.do(CreateRole(name="Dispatcher"), RoleView, by=ann, command_id=KEY) == made[1]


@pytest.mark.rule("API-03", "SEC-01")
def test_the_same_id_in_another_company_is_another_command() -> None:
    world = World()
    other = World(storage=world.storage)

    mine, theirs = (each.do(CreateRole(name="Dispatcher"), RoleView, command_id=KEY) for each in (world, other))

    assert mine.id != theirs.id


@pytest.mark.rule("API-03")
def test_a_refused_attempt_keeps_nothing_so_that_the_mended_command_goes_through() -> None:
    world = World()
    off_the_step = world.wish("2026-05-27T09:10")
    refusal(world, off_the_step, command_id=KEY)
    assert not answers(world, world.owner)

    made = world.do(world.wish(), AppointmentView, command_id=KEY)

    assert world.do(world.wish(), AppointmentView, command_id=KEY) == made
    assert "idempotency.key_reused" in refusal(world, off_the_step, command_id=KEY)


@pytest.mark.rule("API-03")
def test_neither_an_impossible_value_nor_a_missing_permission_keeps_an_answer() -> None:
    world = World()

    with pytest.raises(InvalidValue):
        world.execute(CreateRole(name=""), command_id=KEY)
    with pytest.raises(Forbidden):
        world.execute(CreateRole(name="Clerk"), by=world.actor(), command_id=KEY)

    assert not answers(world, world.owner)
    assert not answers(world, world.actor())


@pytest.mark.rule("API-03")
def test_a_preview_keeps_no_answer_and_is_no_repetition() -> None:
    world = World()
    context = world.context(command_id=KEY)
    world.ops.preview(CreateRole(name="Clerk"), context)

    made = world.ops.execute(CreateRole(name="Dispatcher"), context)

    assert isinstance(made.answer, RoleView)
    assert made.answer.name == "Dispatcher"
    assert world.ops.preview(CreateRole(name="Clerk"), context).receipt is not None


# --- what tells commands apart ----------------------------------------------------------------------


@frozen
class Note:
    text: str
    secret: Secret | None = None


@pytest.mark.rule("API-03")
def test_a_field_that_is_left_alone_is_not_one_that_is_set_to_the_word_for_it() -> None:
    alone, said = ChangeCustomer(customer=fresh()), ChangeCustomer(customer=fresh(), first_name="unset")  # type: ignore[arg-type]

    assert fingerprint(evolve(alone, customer=said.customer)) != fingerprint(said)


@frozen
class Memo:
    text: str
    secret: Secret | None = None


@pytest.mark.rule("API-03")
def test_commands_of_two_kinds_with_the_same_fields_differ() -> None:
    assert fingerprint(Note("A")) != fingerprint(Memo("A"))
    assert fingerprint(Note("A")) == fingerprint(Note("A"))


@pytest.mark.rule("API-03")
@given(st.text(), st.text())
def test_two_secrets_differ_where_their_texts_do(one: str, other: str) -> None:
    prints = [fingerprint(Note("", Secret(text))) for text in (one, other)]

    assert (prints[0] == prints[1]) is (one == other)
    assert fingerprint(Note("", None)) not in prints


@pytest.mark.rule("API-03")
def test_the_order_of_a_set_and_of_a_mapping_tells_nothing() -> None:
    grants = [Grant(permission, Action.VIEW) for permission in (Permission.LEADS, Permission.USERS, Permission.ROLES)]
    changes: dict[str, object] = {
        "edocs": True,
        "quiet_hours": TimeRange(0, 60),
        "default_working_hours": WeeklyHours(),
    }

    one, other = (CreateRole(name="A", grants=frozenset(each)) for each in (grants, grants[::-1]))
    assert fingerprint(one) == fingerprint(other)
    backwards = dict(reversed(changes.items()))
    assert fingerprint(ChangeSettings(changes=changes)) == fingerprint(ChangeSettings(changes=backwards))


@pytest.mark.rule("API-03")
def test_the_first_and_the_second_of_two_equal_local_times_differ() -> None:
    world = World()
    wish: BookAppointment = world.wish(f"{DAY}T01:30")

    assert fingerprint(wish) != fingerprint(evolve(wish, start=wish.start.replace(fold=1)))


def test_text_that_no_encoding_takes_has_a_fingerprint() -> None:
    assert fingerprint(Note("\ud800", Secret("\udfff")))
