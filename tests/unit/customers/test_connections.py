"""
Connections: a customer's account at a central station, and at a provider of interactive services.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Catalog
from fieldops_core.customers.messages import (
    ChangeCustomer,
    LinkConnection,
    ListConnections,
    SaleFields,
    ShowConnection,
    UnlinkConnection,
)
from fieldops_core.customers.model import Account, ConnectionId, ConnectionKind, Sale
from fieldops_core.customers.ports import ConnectorFailed
from fieldops_core.customers.views import ConnectionsView, ConnectionView, CustomerView
from fieldops_core.kernel.errors import Forbidden, InvalidValue, Stale
from fieldops_core.kernel.rules import Refused
from fieldops_core.testing.builders import a_catalog_entry
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

MONITORING, INTERACTIVE = ConnectionKind
RECORD, VIEW, MODIFY = (
    (Permission.CUSTOMERS, Action.VIEW),
    (Permission.SALE_INFORMATION, Action.VIEW),
    (Permission.SALE_INFORMATION, Action.MODIFY),
)
WATCH = a_catalog_entry(catalog=Catalog.MONITORING_COMPANIES, name="Watch")
OTHER = a_catalog_entry(catalog=Catalog.MONITORING_COMPANIES, name="Other")
HOME = a_catalog_entry(catalog=Catalog.INTERACTIVE_PROVIDERS, name="Home")


@pytest.fixture
def world() -> World:
    """
    Maria is monitored by one company, and has another's interactive services.
    """
    world = World()
    world.put(WATCH, OTHER, HOME)
    world.maria = world.replace(world.maria, sale=Sale(monitored_by=WATCH.id, interactive_provider=HOME.id))
    return world


def link(world: World, kind: ConnectionKind = MONITORING, number: str = "0417") -> LinkConnection:
    return LinkConnection(customer=world.maria.id, kind=kind, account_number=number)


def linked(world: World, kind: ConnectionKind = MONITORING) -> ConnectionId:
    return ConnectionId(world.do(link(world, kind), ConnectionView).id)


# --- linking ----------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-24", "CUS-17")
def test_a_connection_tells_to_whom_by_whom_and_that_nobody_was_told(world: World) -> None:
    for kind, provider in ((MONITORING, WATCH), (INTERACTIVE, HOME)):
        view = world.ask(ShowConnection(connection=linked(world, kind)), ConnectionView)

        assert (view.kind, view.provider.name, view.account_number) == (kind, provider.name, "0417")
        assert (view.open, view.by_hand, view.reference, view.linked_at) == (True, True, "", NOW)
        assert view.linked_by is not None
        assert view.linked_by.name == "Olga"


@pytest.mark.rule("CUS-24")
def test_what_the_sale_section_does_not_name_is_not_linked(world: World) -> None:
    world.replace(world.maria, sale=Sale(interactive_provider=HOME.id))

    assert refusal(world, link(world))["connection.no_provider"].facts == {"field": "who monitors it"}
    linked(world, INTERACTIVE)


@pytest.mark.rule("CUS-24")
def test_one_of_a_kind_is_linked_at_a_time(world: World) -> None:
    id = linked(world)

    facts = refusal(world, link(world, number="0418"))["connection.linked"].facts
    assert facts == {"account_number": "0417", "connection": str(id)}
    linked(world, INTERACTIVE)
    world.execute(UnlinkConnection(connection=id))
    linked(world)


@pytest.mark.rule("CUS-20")
def test_a_lead_has_no_connections(world: World) -> None:
    command = LinkConnection(customer=world.lead.id, kind=MONITORING, account_number="1")

    assert set(refusal(world, command)) == {"connection.customers_only"}
    assert world.ask(ListConnections(customer=world.lead.id, count=True), ConnectionsView).count == 0


@pytest.mark.parametrize(("number", "code"), [(" ", "text.empty"), ("1" * 101, "text.too_long")])
def test_an_account_has_a_number(world: World, number: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        world.execute(link(world, number=number))
    assert (refused.value.code, refused.value.field) == (code, "account_number")


@pytest.mark.rule("CUS-24")
def test_a_connection_is_unlinked_once(world: World) -> None:
    id = linked(world)
    with pytest.raises(Stale):
        world.execute(UnlinkConnection(connection=id), expected_version=2)

    view = world.do(UnlinkConnection(connection=id), ConnectionView, expected_version=1)

    assert (view.open, view.unlinked_at, view.version) == (False, NOW, 2)
    assert refusal(world, UnlinkConnection(connection=id))["connection.unlinked"].facts == {"unlinked_at": NOW}


@pytest.mark.rule("CUS-17", "API-04")
def test_connections_are_listed_and_counted(world: World) -> None:
    first, second = linked(world), linked(world, INTERACTIVE)
    world.execute(UnlinkConnection(connection=first))

    def told(**asked: object) -> tuple[list[object], int | None]:
        question = evolve(ListConnections(customer=world.maria.id, count=True), **asked)  # type: ignore[arg-type]
        view = world.ask(question, ConnectionsView)
        return [each.id for each in view.items], view.count

    assert told() == ([second, first], 2)
    assert told(open=True) == ([second], 1)
    assert told(limit=1, after=second) == ([first], 2)


# --- what it locks ----------------------------------------------------------------------------------


@pytest.mark.rule("CUS-04")
def test_who_monitors_is_locked_while_the_customer_is_linked_to_a_central_station(world: World) -> None:
    changes = [ChangeCustomer(customer=world.maria.id, sale=SaleFields(monitored_by=each)) for each in (OTHER.id, None)]
    id = linked(world)

    for change in changes:
        broken = refusal(world, change)["monitored_by.linked"]
        assert (broken.rule, broken.field) == ("CUS-04", "sale.monitored_by")
    same = SaleFields(monitored_by=WATCH.id, interactive_provider=None, account_number="A-7")
    world.execute(ChangeCustomer(customer=world.maria.id, sale=same))
    world.execute(UnlinkConnection(connection=id))
    for change in changes:
        world.do(change, CustomerView)


@pytest.mark.rule("CUS-04")
def test_interactive_services_lock_nothing(world: World) -> None:
    linked(world, INTERACTIVE)

    world.execute(ChangeCustomer(customer=world.maria.id, sale=SaleFields(monitored_by=OTHER.id)))


# --- who may ----------------------------------------------------------------------------------------


@pytest.mark.rule("ACC-16", "ACC-12", "ACC-13", "CUS-20")
def test_who_views_the_customer_sees_connections_and_who_changes_its_sale_section_links(world: World) -> None:
    id = linked(world)
    for question in (ShowConnection(connection=id), ListConnections(customer=world.maria.id)):
        world.ask(question, object, by=world.actor(RECORD, at=world.provo.id))
        assert hidden(world, question, by=world.actor(RECORD, at=world.phoenix.id)) == "ACC-12"

    for command in (UnlinkConnection(connection=id), link(world, INTERACTIVE)):
        assert denial(world, command, by=world.actor(VIEW, MODIFY)) == "ACC-12"
        assert denial(world, command, by=world.actor(RECORD, VIEW)) == "ACC-18"
        assert denial(world, command, by=world.actor(RECORD, MODIFY)) == "ACC-16"
        world.execute(command, by=world.actor(RECORD, VIEW, MODIFY, at=world.provo.id))


@pytest.mark.rule("CUS-16")
def test_the_history_tells_who_unlinked_it(world: World) -> None:
    id = linked(world)
    world.execute(UnlinkConnection(connection=id))

    with world.storage.reading(world.company.id) as unit:
        unlinked, made = unit.history.of("connection", id)
    assert {each.field for each in unlinked.changes} == {"unlinked_by", "unlinked_at"}
    assert {"kind", "provider", "account_number"} <= {each.field for each in made.changes}


# --- through ports ----------------------------------------------------------------------------------


class Station:
    """
    A central station that answers at once, and remembers who is linked.
    """

    by_hand = False

    def __init__(self, *, fails: bool = False) -> None:
        self.fails, self.there, self.asked = fails, dict[str, Account](), 0

    def link(self, account: Account) -> str:
        self.asked += 1
        if self.fails:
            raise ConnectorFailed("The station does not answer.")
        self.there[f"link-{account.account_number}"] = account
        return f"link-{account.account_number}"

    def unlink(self, account: Account) -> None:
        if self.fails:
            raise ConnectorFailed("The station does not answer.")
        del self.there[account.reference]


def watched(world: World, station: Station) -> World:
    world.ports = evolve(world.ports, central_stations=station)
    world.ops = world.engine()
    return world


def through(world: World, command: LinkConnection | UnlinkConnection, **circumstances: object) -> ConnectionView:
    context = world.context(None, **circumstances)
    if isinstance(command, LinkConnection):
        receipt = world.ops.link(command, context)
    else:
        receipt = world.ops.unlink(command, context)
    assert isinstance(receipt.answer, ConnectionView)
    return receipt.answer


@pytest.mark.rule("CUS-24")
def test_a_provider_is_told_of_a_link_and_of_its_end(world: World) -> None:
    station = Station()
    watched(world, station)

    view = through(world, link(world))

    assert (view.by_hand, view.reference) == (False, "link-0417")
    (account,) = station.there.values()
    assert (account.company, account.customer, account.provider) == (world.company.id, world.maria.id, "Watch")
    through(world, UnlinkConnection(connection=ConnectionId(view.id)), expected_version=1)
    assert station.there == {}


@pytest.mark.rule("CUS-24")
def test_nobody_is_asked_for_what_is_refused_or_was_answered(world: World) -> None:
    station = Station()
    watched(world, station)
    with pytest.raises(Refused):
        through(world, LinkConnection(customer=world.lead.id, kind=MONITORING, account_number="1"))
    with pytest.raises(Forbidden):
        world.ops.link(link(world), world.context(world.actor(RECORD, VIEW)))
    assert station.asked == 0

    first, again = (through(world, link(world), command_id="once") for _ in range(2))

    assert (first, station.asked) == (again, 1)


@pytest.mark.rule("CUS-24")
def test_a_provider_that_does_not_answer_links_and_unlinks_nothing(world: World) -> None:
    station = Station(fails=True)
    watched(world, station)
    with pytest.raises(ConnectorFailed):
        through(world, link(world))
    assert world.ask(ListConnections(customer=world.maria.id), ConnectionsView).items == ()

    station.fails = False
    view = through(world, link(world))
    station.fails = True
    with pytest.raises(ConnectorFailed):
        through(world, UnlinkConnection(connection=ConnectionId(view.id)))
    assert world.ask(ShowConnection(connection=ConnectionId(view.id)), ConnectionView).open


@pytest.mark.rule("CUS-24")
def test_what_cannot_be_kept_after_all_is_unlinked_again(world: World) -> None:
    station = Station()
    watched(world, station)

    class Meanwhile(Station):
        def link(self, account: Account) -> str:
            reference = super().link(account)
            world.execute(link(world, number="by another"))
            return reference

    station = Meanwhile()
    watched(world, station)
    with pytest.raises(Refused) as refused:
        through(world, link(world))

    assert {each.code for each in refused.value.violations} == {"connection.linked"}
    assert station.there == {}


@pytest.mark.rule("CUS-24")
def test_what_was_linked_by_hand_is_unlinked_by_hand(world: World) -> None:
    id = linked(world)
    watched(world, Station(fails=True))

    assert not through(world, UnlinkConnection(connection=id)).open
