"""
Within another program's transaction: that program alone commits it, or rolls it back.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from attrs import frozen
from sqlalchemy import Connection, Engine, create_engine, event, func, select, text, update
from sqlalchemy.engine import make_url

from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.errors import NotReady
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.savepoints import SavepointStorage
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tables import outbox
from fieldops_core.access.context import Call, Context
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.policies import Policy
from fieldops_core.app.ports import Unit
from fieldops_core.kernel.errors import Conflict, Unavailable
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import AppointmentBooked, BookAppointment, ListCustomerAppointments
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentsView, AppointmentView
from fieldops_core.testing.builders import a_period, an_appointment, at
from fieldops_core.testing.trial import Trial
from tests.support.databases import SEALER

ZONE = "Asia/Tokyo"
SESSION = text(
    "SELECT current_setting('fieldops.company', true), coalesce(current_setting('fieldops.slug', true), ''),"
    " current_setting('TimeZone'), current_setting('role')"
)
DUE = select(func.count()).select_from(outbox).where(outbox.c.company_id == COMPANY, outbox.c.delivered_at.is_(None))


@pytest.fixture
def here(engine: Engine) -> Trial:
    """
    A company that was founded before.
    """
    return Trial(storage=SqlStorage(engine, SEALER))


@pytest.fixture(params=["as ours", "as it comes"])
def program(request: pytest.FixtureRequest, url: str) -> Iterator[Engine]:
    """
    The other program's engine, made as ours are, or as SQLAlchemy makes them. It has a table of its own.
    """
    engine = connect(url) if request.param == "as ours" else _as_it_comes(url)
    owner = request.getfixturevalue("superuser") if engine.dialect.name == "postgresql" else engine
    with owner.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS orders"))
        connection.execute(text("CREATE TABLE orders (title TEXT)"))
        if engine.dialect.name == "postgresql":
            connection.execute(text("GRANT ALL ON orders TO PUBLIC"))
    yield engine
    engine.dispose()


@pytest.fixture
def nothing_due(request: pytest.FixtureRequest, program: Engine) -> None:
    """
    What other tests left in the outbox of all is delivered.
    """
    owner = request.getfixturevalue("superuser") if program.dialect.name == "postgresql" else program
    with owner.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.delivered_at.is_(None)).values(delivered_at=outbox.c.at))


def _as_it_comes(url: str) -> Engine:
    sqlite = make_url(url).get_backend_name() == "sqlite"
    return create_engine(url, connect_args={} if sqlite else {"options": f"-c timezone={ZONE}"})


@frozen
class Desk:
    """
    What the other program has of fieldops in one transaction.
    """

    connection: Connection
    here: Trial
    policies: tuple[Policy, ...] = ()

    @property
    def ops(self) -> FieldOps:
        here, storage = self.here, SavepointStorage(self.connection, SEALER)
        return FieldOps(storage=storage, clock=here.clock, ids=here.ids, ports=here.ports, policies=self.policies)

    @property
    def context(self) -> Context:
        return self.here.context

    def book(self, time: str = "09:00") -> AppointmentView:
        answer = self.ops.execute(self.wish(time), self.context).answer
        assert isinstance(answer, AppointmentView)
        return answer

    def wish(self, time: str = "09:00") -> BookAppointment:
        here, service = self.here, self.here.service
        return BookAppointment(
            customer=here.maria.id, type=service.id, kind=service.kind, user=here.ann.id, start=at(time)
        )

    def order(self, title: str) -> None:
        self.connection.execute(text("INSERT INTO orders VALUES (:title)"), {"title": title})

    def visits(self) -> int:
        found = self.ops.ask(ListCustomerAppointments(customer=self.here.maria.id), self.context)
        assert isinstance(found, AppointmentsView)
        return len(found.items)


def kept(program: Engine, here: Trial) -> tuple[list[str], int, int, int]:
    """
    What there is for everybody: orders, visits, entries of their history, events that are due.
    """
    with program.connect() as connection:
        orders = list(connection.execute(text("SELECT title FROM orders ORDER BY title")).scalars())
    with SqlStorage(program, SEALER).reading(here.company.id) as unit:
        blocks = unit.times.blocks(a_period("00:00", 24 * 60))
        entries = [entry for block in blocks for entry in unit.history.of("appointment", block.appointment)]
        due = unit.outbox.work.number(DUE)
    return orders, len(blocks), len(entries), due


@pytest.mark.rule("OPS-03")
def test_all_is_there_when_the_program_commits(program: Engine, here: Trial) -> None:
    with program.begin() as connection:
        desk = Desk(connection, here)
        desk.order("before")
        desk.book()
        desk.order("after")

    assert kept(program, here) == (["after", "before"], 1, 1, 1)


@pytest.mark.rule("OPS-03")
def test_nothing_is_there_when_the_program_rolls_back(program: Engine, here: Trial) -> None:
    with program.connect() as connection, connection.begin() as transaction:
        desk = Desk(connection, here)
        desk.book()
        desk.order("after")
        assert desk.visits() == 1
        transaction.rollback()

    assert kept(program, here) == ([], 0, 0, 0)


@pytest.mark.rule("OPS-03")
def test_nothing_is_there_before_the_program_commits(program: Engine, here: Trial) -> None:
    with program.connect() as connection, connection.begin() as transaction:
        Desk(connection, here).book()

        with here.storage.reading(here.company.id) as unit:
            assert unit.times.blocks(a_period()) == ()

        transaction.commit()
    assert kept(program, here)[1] == 1


@pytest.mark.rule("OPS-03")
def test_a_refusal_leaves_what_was_done_before(program: Engine, here: Trial) -> None:
    with program.begin() as connection:
        desk = Desk(connection, here)
        desk.order("before")
        desk.book()

        with pytest.raises(Refused, match="already booked from 09:00 to 10:00"):
            desk.book("09:30")

        desk.order("after")
        desk.book("10:00")

    assert kept(program, here) == (["after", "before"], 2, 2, 2)


@pytest.mark.rule("OPS-03")
def test_a_preview_leaves_nothing_but_what_was_done_before(program: Engine, here: Trial) -> None:
    with program.begin() as connection:
        desk = Desk(connection, here)
        desk.order("before")

        shown = desk.ops.preview(desk.wish(), desk.context)
        assert shown.receipt is not None
        assert desk.visits() == 0

        desk.book("09:30")
        refused = desk.ops.preview(desk.wish(), desk.context)
        assert [each.code for each in refused.violations] == ["slot.taken"]

    assert kept(program, here) == (["before"], 1, 1, 1)


@pytest.mark.rule("OPS-03")
def test_what_is_run_again_is_there_once(program: Engine, here: Trial) -> None:
    with program.begin() as connection:
        desk = Desk(connection, here, (conflicting(2),))
        desk.order("before")
        desk.book()

    assert kept(program, here) == (["before"], 1, 1, 1)


@pytest.mark.rule("OPS-03")
def test_what_meets_others_three_times_leaves_what_was_done_before(program: Engine, here: Trial) -> None:
    with program.begin() as connection:
        desk = Desk(connection, here, (conflicting(3),))
        desk.order("before")

        with pytest.raises(Unavailable):
            desk.book()

        desk.order("after")

    assert kept(program, here) == (["after", "before"], 0, 0, 0)


def conflicting(times: int) -> Policy:
    """
    A policy that meets another writer so many times, after the visit was saved.
    """
    left = iter(range(times))

    def meet(events: tuple[Event, ...], call: Call[Unit]) -> tuple[object, ...]:
        if any(isinstance(each, AppointmentBooked) for each in events) and next(left, None) is not None:
            raise Conflict("another writer was first")
        return ()

    return meet


@pytest.mark.rule("OPS-03", "STO-05")
def test_who_was_first_meanwhile_is_found_by_the_second_try(server: Engine, here_on_server: Trial) -> None:
    here = here_on_server
    visit = an_appointment(
        user=here.ann.id, customer=here.maria.id, type=here.service.id, location=here.provo.id, period=a_period("09:30")
    )

    def be_first() -> None:
        with here.storage.writing(here.company.id) as unit:
            unit.appointments.add(visit)

    with server.begin() as connection:
        once_before(connection, "INSERT INTO appointments", be_first)

        with pytest.raises(Refused, match="already booked from 09:30 to 10:30"):
            Desk(connection, here).book()

        assert Desk(connection, here).book("11:00")


@pytest.fixture
def here_on_server(server: Engine) -> Trial:
    return Trial(storage=SqlStorage(server, SEALER))


def once_before(connection: Connection, statement: str, act: Callable[[], None]) -> None:
    """
    Do something when a statement is about to be sent for the first time.
    """
    acts = [act]

    def look(_: Connection, __: object, sent: str, *rest: Any) -> None:
        if sent.startswith(statement) and acts:
            acts.pop()()

    event.listen(connection, "before_cursor_execute", look)


def refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.book("03:00")


WORK: dict[str, Callable[[Desk], object]] = {
    "a command": Desk.book,
    "a refusal": refused,
    "a preview": lambda desk: desk.ops.preview(desk.wish(), desk.context),
    "a question": Desk.visits,
    "a name": lambda desk: SavepointStorage(desk.connection, SEALER).company_named(desk.here.company.slug),
    "a name that nobody has": lambda desk: SavepointStorage(desk.connection, SEALER).company_named("nobody"),
    "a delivery": lambda desk: desk.ops.deliver(),
}


@pytest.mark.rule("OPS-03", "SEC-01")
@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("company", ["", "018c0000-0000-7000-8000-000000000000"])
def test_the_session_is_afterwards_what_it_was_before(
    server: Engine, here_on_server: Trial, work: str, company: str
) -> None:
    with server.begin() as connection:
        connection.execute(text("SELECT set_config('fieldops.company', :company, true)"), {"company": company})
        connection.execute(text(f"SET LOCAL TimeZone = '{ZONE}'"))

        WORK[work](Desk(connection, here_on_server))

        assert tuple(connection.execute(SESSION).one()) == (company, "", ZONE, "none")


@pytest.mark.rule("OPS-03")
def test_instants_are_told_in_utc_whatever_the_session_says(program: Engine, here: Trial) -> None:
    with program.begin() as connection:
        desk = Desk(connection, here)
        id = AppointmentId(desk.book().id)

        with SavepointStorage(connection, SEALER).reading(here.company.id) as unit:
            assert unit.appointments.get(id).created_at.utcoffset() == timedelta(0)


@pytest.mark.rule("OPS-03")
@pytest.mark.usefixtures("nothing_due")
def test_what_was_done_in_the_same_transaction_is_delivered(program: Engine, here: Trial) -> None:
    with program.begin() as connection:
        desk = Desk(connection, here)
        desk.book()

        while desk.ops.deliver().done:
            pass

    assert kept(program, here) == ([], 1, 1, 0)


def test_the_program_is_told_to_begin_a_transaction_first(program: Engine, here: Trial) -> None:
    with program.connect() as connection, pytest.raises(RuntimeError, match="Begin one first"):
        Desk(connection, here).book()


def test_tables_that_are_there_are_ready(program: Engine) -> None:
    with program.begin() as connection:
        SavepointStorage(connection, SEALER).ready()


def test_tables_that_are_not_there_are_told() -> None:
    with create_engine("sqlite://").begin() as connection, pytest.raises(NotReady, match="Migrate it first"):
        SavepointStorage(connection, SEALER).ready()


def test_a_connection_of_an_unknown_driver_is_refused() -> None:
    other = SimpleNamespace(dialect=SimpleNamespace(name="postgresql", driver="pg8000"))

    with pytest.raises(ValueError, match=r"postgresql\+pg8000"):
        SavepointStorage(cast("Connection", other), SEALER)
