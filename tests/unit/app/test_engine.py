"""
The engine: commands whole or not at all, conflicts, previews, policies, and what it knows.
"""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import attrs
import pytest
from attrs import evolve, frozen

import fieldops_core
from fieldops_adapters.memory import MemoryStorage
from fieldops_core.access.context import Call
from fieldops_core.access.messages import CreateRole, ListRoles, RoleCreated
from fieldops_core.access.model import SYSTEM, Action, Actor, Permission, Role, RoleId
from fieldops_core.access.views import RolesView, RoleView
from fieldops_core.app.policies import Policy
from fieldops_core.app.ports import Due, DueLink, DueLookup, DueMessage, Storage, Unit
from fieldops_core.app.registry import Use, registry
from fieldops_core.company.messages import (
    AttributeFields,
    ChangeSettings,
    JobLineFields,
    LineAmount,
    ListAppointmentTypes,
    ListCatalogEntries,
    ListLocations,
    ListMonthlyRates,
    ShowAppointmentType,
    ShowCatalogEntry,
    ShowLocation,
    SubTypeEntry,
    TemplateFields,
)
from fieldops_core.customers.messages import (
    ChangeCustomer,
    ImportLine,
    InstallationFields,
    LeadFields,
    SaleFields,
    ShowCustomer,
)
from fieldops_core.customers.views import CustomerView
from fieldops_core.field_work.messages import CheckIn, CheckOut, StartTravel, UndoStatus
from fieldops_core.kernel.errors import Conflict, Forbidden, InvalidValue, NotFound, Stale, Unavailable
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import Refused
from fieldops_core.login.messages import EndSession, ListSessions, ShowSelf, ShowSession
from fieldops_core.overview.messages import ShowAppointmentActions
from fieldops_core.scheduling.messages import (
    AppointmentBooked,
    ChooseGrid,
    EditAppointment,
    ListAppointments,
    ShowGridChoice,
    ShowWork,
)
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import AddAbsence, ChangeUser, ChangeWorkingHours, CreateUser
from fieldops_core.staff.views import UserHoursView
from fieldops_core.testing.builders import DAY
from fieldops_core.work_orders.messages import ChosenRow, ListStock, ShowChecklist, TickWork
from tests.support.world import World


class Contended:
    """
    A storage in which another writer is first the next *times* times: as a unit of work begins, or as it ends. What
    happened *meanwhile* is done before a unit of work begins again.
    """

    def __init__(
        self, storage: Storage, times: int, *, at_the_end: bool, meanwhile: Callable[[], object] = lambda: None
    ) -> None:
        self._storage, self._at_the_end, self._meanwhile = storage, at_the_end, meanwhile
        self.left, self.begun = times, 0

    @contextmanager
    def writing(self, company: CompanyId) -> Iterator[Unit]:
        self.begun += 1
        if self.begun > 1:
            self._meanwhile()
        with self._storage.writing(company) as unit:
            if not self._at_the_end:
                self._meet()
            yield unit
            if self._at_the_end:
                self._meet()

    def _meet(self) -> None:
        if self.left:
            self.left -= 1
            raise Conflict("Somebody else was first.")

    @contextmanager
    def reading(self, company: CompanyId) -> Iterator[Unit]:
        with self._storage.reading(company) as unit:
            yield unit

    def company_named(self, slug: str) -> CompanyId | None:
        return self._storage.company_named(slug)

    def claim(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[Due, ...]:
        return self._storage.claim(limit, now=now, lease_seconds=lease_seconds)

    def claim_lookups(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLookup, ...]:
        return self._storage.claim_lookups(limit, now=now, lease_seconds=lease_seconds)

    def claim_messages(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueMessage, ...]:
        return self._storage.claim_messages(limit, now=now, lease_seconds=lease_seconds)

    def claim_links(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLink, ...]:
        return self._storage.claim_links(limit, now=now, lease_seconds=lease_seconds)

    def forget_logins(self, *, now: datetime) -> int:
        return self._storage.forget_logins(now=now)

    def ready(self) -> None:
        self._storage.ready()


def roles(world: World) -> list[str]:
    return [role.name for role in world.ask(ListRoles(), RolesView).items]


def due(world: World) -> list[Event]:
    return [each.event for each in world.storage.claim(100, now=world.clock(), lease_seconds=60)]


# --- what the engine knows --------------------------------------------------------------------------

VALUES = {
    *(SubTypeEntry, AttributeFields, LineAmount, JobLineFields, TemplateFields),
    *(SaleFields, InstallationFields, LeadFields, ImportLine, ChosenRow),
}
"""
The classes of messages modules that are parts of messages.
"""


def every_message() -> list[type]:
    """
    The commands and questions that the messages modules of the subdomains hold.
    """
    modules = [each.name for each in pkgutil.walk_packages(fieldops_core.__path__, "fieldops_core.")]
    return [
        value
        for name in modules
        if name.endswith(".messages")
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, type) and value.__module__.startswith(name)
        if attrs.has(value) and not issubclass(value, Event)
    ]


def uses(world: World) -> tuple[Use, ...]:
    return registry(world.ports)


def test_every_command_and_question_is_registered_exactly_once() -> None:
    registered = Counter(use.message for use in uses(World()))

    assert registered == Counter(message for message in every_message() if message not in VALUES)


def test_what_asks_is_a_question_and_what_does_is_a_command() -> None:
    asking = ("Show", "List", "Find", "Measure", "Preview", "Explain", "Diagnose", "Suggest")

    for use in uses(World()):
        assert use.changes is not use.message.__name__.startswith(asking)


@pytest.mark.rule("ACC-18")
def test_what_is_open_to_every_user_is_listed_by_name() -> None:
    assert {use.message for use in uses(World()) if use.needs is None} == {
        ShowLocation,
        ListLocations,
        ShowAppointmentType,
        ListAppointmentTypes,
        ShowCatalogEntry,
        ListCatalogEntries,
        ListMonthlyRates,
        ShowSelf,  # oneself, and one's own sessions
        ShowSession,
        ListSessions,
        EndSession,
        ShowWork,  # of the assignee; anybody else's is asked by ACC-07
        ShowAppointmentActions,  # likewise
        StartTravel,  # and these are the assignee's alone
        CheckIn,
        CheckOut,
        UndoStatus,
        TickWork,  # or of who may edit the work order
        ShowChecklist,  # as ShowWork
        ListStock,  # one's own, or by ACC-11
        ChooseGrid,  # one's own
        ShowGridChoice,
    }


@pytest.mark.rule("ACC-18")
def test_a_message_is_heard_from_who_may_say_it_somewhere() -> None:
    world = World()
    here = world.actor((Permission.TECH_SCHEDULER, Action.VIEW), at=world.provo.id)

    assert world.ops.hears(ShowGridChoice, world.actor())
    assert world.ops.hears(ListAppointments, here)
    assert not world.ops.hears(EditAppointment, here)
    assert world.ops.hears(EditAppointment, SYSTEM)


@pytest.mark.rule("ACC-18")
def test_every_other_message_is_refused_to_a_user_who_holds_nothing_before_anything_is_looked_up() -> None:
    world = World()
    nobody = world.context(world.actor())

    for use in (use for use in uses(world) if use.needs is not None):
        message: object = object.__new__(use.message)  # whatever it says
        assert not world.ops.hears(use.message, nobody.actor)
        with pytest.raises(Forbidden) as denied:
            (world.ops.execute if use.changes else world.ops.ask)(message, nobody)
        assert (denied.value.code, denied.value.rule) == ("permission.denied", "ACC-18")


@pytest.mark.parametrize("message", [None, "CreateRole", object(), CreateRole, SubTypeEntry(name="A"), RoleView])
def test_what_is_no_message_is_an_error_of_the_program(message: object) -> None:
    world = World()
    context = world.context()

    for answer in (world.ops.execute, world.ops.ask, world.ops.preview):
        with pytest.raises(TypeError):
            answer(message, context)


def test_a_question_is_not_carried_out_and_a_command_not_asked() -> None:
    world = World()

    with pytest.raises(TypeError, match="ListRoles is no command"):
        world.execute(ListRoles())
    with pytest.raises(TypeError, match="ListRoles is no command"):
        world.ops.preview(ListRoles(), world.context())
    with pytest.raises(TypeError, match="CreateRole is no question"):
        world.ask(CreateRole(name="A"), object)
    assert roles(world) == ["Owner"]


def test_the_answer_of_each_use_is_of_the_type_that_the_registry_promises() -> None:
    world = World()
    promised = {use.message: use.answer for use in uses(world)}

    for command in (CreateRole(name="A"), world.wish(), ChangeSettings(changes={})):
        assert isinstance(world.execute(command).answer, promised[type(command)])


# --- conflicts (STO-05) -----------------------------------------------------------------------------


@pytest.mark.rule("STO-05")
@pytest.mark.parametrize("at_the_end", [False, True])
@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_command_that_meets_others_is_run_again_and_done_once(times: int, *, at_the_end: bool) -> None:
    world = World()
    storage = Contended(world.storage, times, at_the_end=at_the_end)

    world.engine(storage=storage).execute(CreateRole(name="A"), world.context())

    assert (roles(world), storage.begun, len(due(world))) == (["Owner", "A"], times + 1, 1)


@pytest.mark.rule("STO-05")
@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_command_that_meets_others_three_times_is_given_up_and_changes_nothing(*, at_the_end: bool) -> None:
    world = World()
    storage = Contended(world.storage, 3, at_the_end=at_the_end)
    ops, context = world.engine(storage=storage), world.context(command_id="a")

    with pytest.raises(Unavailable):
        ops.execute(CreateRole(name="A"), context)

    assert (roles(world), storage.begun, due(world)) == (["Owner"], 3, [])
    ops.execute(CreateRole(name="B"), context)
    assert roles(world) == ["Owner", "B"]


@pytest.mark.rule("STO-05")
@pytest.mark.parametrize("times", [2, 3])
def test_a_preview_too_is_tried_three_times(times: int) -> None:
    world = World()
    ops = world.engine(storage=Contended(world.storage, times, at_the_end=False))

    if times < 3:
        assert ops.preview(CreateRole(name="A"), world.context()).receipt is not None
    else:
        with pytest.raises(Unavailable):
            ops.preview(CreateRole(name="A"), world.context())


@pytest.mark.rule("STO-05")
def test_what_a_command_finds_when_it_is_run_again_decides() -> None:
    world = World()
    storage = Contended(world.storage, 1, at_the_end=True, meanwhile=world.book)

    with pytest.raises(Refused) as refused:
        world.engine(storage=storage).execute(world.wish(), world.context())

    assert [each.code for each in refused.value.violations] == ["slot.taken"]


# --- whole or not at all ----------------------------------------------------------------------------


def fails(_: tuple[Event, ...], __: Call[Unit]) -> tuple[object, ...]:
    raise ZeroDivisionError


@pytest.mark.rule("EVT-01")
def test_a_command_that_fails_halfway_leaves_nothing_behind() -> None:
    world = World()

    with pytest.raises(ZeroDivisionError):
        world.engine(policies=[fails]).execute(CreateRole(name="A"), world.context(command_id="a"))

    assert (roles(world), due(world)) == (["Owner"], [])
    with world.storage.reading(world.company.id) as unit:
        assert unit.answers.find(world.boss.id, "a", answer=RoleView) is None


def test_a_command_that_is_refused_leaves_nothing_behind() -> None:
    world = World()

    for command, by, error in (
        (CreateRole(name=""), world.owner, InvalidValue),
        (CreateRole(name="A"), world.actor(), Forbidden),
        (ChangeUser(user=UserId(world.ids()), name="A"), world.owner, NotFound),
        (world.wish("2026-05-27T09:10"), world.owner, Refused),
    ):
        with pytest.raises(error):
            world.execute(command, by=by)

    assert due(world) == []


@pytest.mark.rule("STO-04")
def test_a_command_for_another_version_is_stale_before_its_rules_are_asked_and_after_permission_is() -> None:
    world = World()
    command = ChangeCustomer(customer=world.maria.id, last_name="")
    world.execute(ChangeCustomer(customer=world.maria.id, last_name="A"))

    with pytest.raises(Stale):
        world.execute(command, expected_version=1)
    with pytest.raises(Refused):
        world.execute(command, expected_version=2)
    with pytest.raises(Forbidden):
        world.execute(command, by=world.actor((Permission.CUSTOMERS, Action.VIEW)), expected_version=1)


@pytest.mark.rule("STO-04")
@pytest.mark.parametrize("version", [0, 2, -1, 10**400])
def test_no_version_but_the_newest_is_the_one_that_was_meant(version: int) -> None:
    world = World()

    with pytest.raises(Stale) as stale:
        world.execute(ChangeUser(user=world.ann.id, name="A"), expected_version=version)

    assert (stale.value.kind, stale.value.expected, stale.value.actual) == ("user", version, 1)


# --- previews ---------------------------------------------------------------------------------------


def test_a_preview_answers_what_the_command_would_and_changes_nothing() -> None:
    world = World()

    preview = world.ops.preview(CreateRole(name="A"), world.context())

    assert preview.violations == ()
    assert preview.receipt is not None
    assert isinstance(preview.receipt.answer, RoleView)
    assert preview.receipt.answer.name == "A"
    assert (roles(world), due(world)) == (["Owner"], [])
    with world.storage.reading(world.company.id) as unit:
        assert unit.history.of("role", preview.receipt.answer.id) == ()


def test_a_preview_of_working_hours_leaves_them_as_they_are() -> None:
    world = World()
    none = ChangeWorkingHours(user=world.ann.id, weekly=WeeklyHours())

    preview = world.ops.preview(none, world.context())

    assert preview.receipt is not None
    assert isinstance(preview.receipt.answer, UserHoursView)
    assert preview.receipt.answer.working_hours.weekly == ((),) * 7
    assert world.book().user.id == world.ann.id


def test_a_preview_answers_every_rule_that_would_refuse_the_command() -> None:
    world = World()
    command = world.wish("2026-05-27T05:10", minutes=45)
    with pytest.raises(Refused) as refused:
        world.execute(command)

    preview = world.ops.preview(command, world.context())

    assert preview.receipt is None
    assert preview.violations == refused.value.violations
    assert len(preview.violations) > 1


def test_a_preview_raises_what_is_no_rule() -> None:
    world = World()

    with pytest.raises(Forbidden):
        world.ops.preview(CreateRole(name="A"), world.context(world.actor()))
    with pytest.raises(NotFound):
        world.ops.preview(ChangeUser(user=World().ann.id, name="A"), world.context())


def test_a_preview_sees_what_policies_add() -> None:
    world = World()
    ops = world.engine(policies=[lambda events, _: (len(events),)])

    preview = ops.preview(CreateRole(name="A"), world.context())

    assert preview.receipt is not None
    assert preview.receipt.added == (1,)


# --- policies ---------------------------------------------------------------------------------------


@frozen
class Noticed:
    """
    What a policy saw: the kinds of events, and the names of the roles as they were saved.
    """

    events: tuple[str, ...]
    roles: tuple[str, ...]


def notice(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    return (Noticed(tuple(type(each).__name__ for each in events), tuple(each.name for each in call.unit.roles.all())),)


def test_a_policy_is_asked_once_for_a_command_sees_what_it_saved_and_adds_to_its_receipt() -> None:
    world = World()

    receipt = world.engine(policies=[notice, notice]).execute(CreateRole(name="A"), world.context())

    assert receipt.added == (Noticed(("RoleCreated",), ("Owner", "A")),) * 2
    assert isinstance(receipt.answer, RoleView)


def test_a_policy_is_asked_once_with_all_events_of_the_command() -> None:
    world = World()
    id = AppointmentId(world.book().id)

    receipt = world.engine(policies=[notice]).execute(
        EditAppointment(appointment=id, minutes=90, notes="Ladder"), world.context()
    )

    (noticed,) = receipt.added
    assert isinstance(noticed, Noticed)
    assert noticed.events == ("AppointmentResized", "AppointmentEdited")


def also_a_clerk(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
    """
    Makes a second role after each.
    """
    made = [each for each in events if isinstance(each, RoleCreated)]
    for _ in made:
        role = Role(id=RoleId(call.new_id()), name="Clerk")
        call.keep(call.unit.roles, Outcome(state=role, events=(RoleCreated.of(None, role, at=call.now),)))
    return tuple(str(each.aggregate_id) for each in made)


@pytest.mark.rule("EVT-01")
def test_what_a_policy_changes_is_saved_told_and_in_the_history_with_the_command() -> None:
    world = World()

    world.engine(policies=[also_a_clerk]).execute(CreateRole(name="A"), world.context())

    assert roles(world) == ["Owner", "A", "Clerk"]
    assert [event.after["name"] for event in due(world)] == ["A", "Clerk"]
    clerk = world.ask(ListRoles(), RolesView).items[-1]
    with world.storage.reading(world.company.id) as unit:
        (entry,) = unit.history.of("role", clerk.id)
    assert entry.actor == world.boss.id


def test_what_a_policy_changes_is_rolled_back_with_the_command() -> None:
    world = World()
    policies: list[Policy] = [also_a_clerk, fails]

    with pytest.raises(ZeroDivisionError):
        world.engine(policies=policies).execute(CreateRole(name="A"), world.context())

    assert roles(world) == ["Owner"]


@pytest.mark.rule("API-03")
def test_a_repetition_answers_what_policies_added_and_asks_them_nothing() -> None:
    world = World()
    ops = world.engine(policies=[also_a_clerk])

    first, again = (ops.execute(CreateRole(name="A"), world.context(command_id="a")) for _ in range(2))

    assert first == again
    assert len(first.added) == 1
    assert roles(world) == ["Owner", "A", "Clerk"]


# --- circumstances ----------------------------------------------------------------------------------


def test_the_system_may_do_everything_and_is_named_as_nobody() -> None:
    world = World()
    system = Actor(user=None, grants=world.owner.grants)

    made = world.do(AddAbsence(user=world.ann.id, first=DAY, last=DAY), object, by=system)

    assert made
    with world.storage.reading(world.company.id) as unit:
        (absence,) = unit.absences.between(DAY, DAY)
        (entry,) = unit.history.of("absence", absence.id)
    assert entry.actor is None


def test_a_company_that_is_not_there_has_nothing() -> None:
    world = World()
    nowhere = evolve(world.context(), company=CompanyId(world.ids()))

    with pytest.raises(NotFound):
        world.ops.ask(ShowCustomer(customer=world.maria.id), nowhere)
    with pytest.raises(NotFound):
        world.ops.execute(CreateUser(name="A", email="a@example.com", home=world.provo.id), nowhere)


@pytest.mark.rule("APT-22")
def test_what_was_answered_is_seen_by_the_next_question() -> None:
    world = World(storage=MemoryStorage())
    world.execute(ChangeCustomer(customer=world.maria.id, last_name="Novak"))

    assert world.ask(ShowCustomer(customer=world.maria.id), CustomerView).last_name == "Novak"


def test_the_events_of_a_booking_are_told_at_the_instant_of_the_command() -> None:
    world = World()
    booked = world.book()

    (event,) = due(world)

    assert isinstance(booked, AppointmentView)
    assert (type(event), event.aggregate, event.aggregate_id) == (AppointmentBooked, "appointment", booked.id)
    assert (event.version, event.at) == (1, world.clock())
