"""
What stays in sight of a record: who it is, how it stands, its tabs and what they count (CUS-09, CUS-20).
"""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import EVERYTHING, Action, Actor, Kind, Permission, Stage
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import Catalog
from fieldops_core.customers.messages import CreateCustomer
from fieldops_core.customers.model import CustomerId, Installation, Sale
from fieldops_core.customers.rules import sight_of
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.time import day_in_words
from fieldops_core.overview.calculations import TABS, HeaderFacts, Reader, header_view
from fieldops_core.overview.calculations.actions import QUICK
from fieldops_core.overview.calculations.tabs import WARNED
from fieldops_core.overview.messages import ShowHeader
from fieldops_core.overview.model import Counted, Tab
from fieldops_core.overview.views import HeaderView
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_contact,
    a_customer,
    a_file,
    a_note,
    a_period,
    a_ticket,
    a_type,
    a_work_order,
    an_appointment,
    an_at_risk_mark,
)
from tests.support.world import World, hidden

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
RECORD = ((Permission.CUSTOMERS, VIEW),)
LEAD = ((Permission.LEADS, VIEW),)


class House(World):
    """
    Maria has one of everything that a tab counts.
    """

    def __init__(self) -> None:
        super().__init__()
        type = a_catalog_entry()
        maria = self.maria.id
        self.put(
            type,
            a_note(customer=maria, type=type.id),
            a_ticket(customer=maria, type=type.id, assignee=self.ann.id),
            a_work_order(customer=maria, number=1),
            a_file(customer=maria),
            a_contact(customer=maria),
            an_at_risk_mark(customer=maria),
        )
        self.visit()

    def visit(self, time: str = "09:00", **given: Any) -> None:
        filled = {"user": self.ann.id, "customer": self.maria.id, "type": self.service.id, "location": self.provo.id}
        self.put(an_appointment(period=a_period(time), **filled | given))

    def header(self, by: Actor | None = None, of: CustomerId | None = None) -> HeaderView:
        return self.ask(ShowHeader(customer=of or self.maria.id), HeaderView, by=by)

    def seen_with(self, *held: tuple[Permission, Action], of: CustomerId | None = None) -> HeaderView:
        return self.header(self.actor(*(RECORD if of is None else LEAD), *held), of)

    def without(self, *missing: Permission) -> Actor:
        return evolve(self.owner, grants=frozenset(each for each in EVERYTHING if each.permission not in missing))


@pytest.fixture
def world() -> House:
    return House()


def counts(header: HeaderView) -> dict[Tab, int | None]:
    return {each.tab: each.count for each in header.tabs}


ALWAYS = {Tab.HOME: None, Tab.CONNECTIONS: 0, Tab.HISTORY: None}


@pytest.mark.rule("CUS-20")
class TestTabs:
    def test_they_are_told_in_order_each_with_its_count(self, world: House) -> None:
        assert list(counts(world.header()).items()) == [
            (Tab.HOME, None),
            (Tab.TAGS, None),
            (Tab.NOTES_AND_TICKETS, 2),
            (Tab.CONNECTIONS, 0),
            (Tab.APPOINTMENTS, 1),
            (Tab.WORK_ORDERS, 1),
            (Tab.EQUIPMENT, 0),
            (Tab.FILES, 1),
            (Tab.MESSAGES, 0),
            (Tab.CONTACTS, 1),
            (Tab.AT_RISK, 1),
            (Tab.HISTORY, None),
        ]

    def test_the_plan_of_tabs_is_in_their_order_and_has_each_once(self) -> None:
        order = [plan.tab for plan in TABS]

        assert order == [tab for tab in Tab if tab in order]
        told = [counted for plan in TABS for counted in plan.counts]
        assert len(told) == len(set(told))
        assert set(told) == set(Counted) - {Counted.SUB_CUSTOMERS, *WARNED}

    @pytest.mark.rule("ACC-16")
    def test_without_any_permission_of_its_own_only_what_is_always_there_is_listed(self, world: House) -> None:
        assert counts(world.seen_with()) == ALWAYS

    @pytest.mark.rule("ACC-16")
    @pytest.mark.parametrize(
        ("held", "tab", "count"),
        [
            ((Permission.TAGS, MODIFY), Tab.TAGS, None),
            ((Permission.NOTES, VIEW), Tab.NOTES_AND_TICKETS, 1),
            ((Permission.TICKETS, VIEW), Tab.NOTES_AND_TICKETS, 1),
            ((Permission.TECH_SCHEDULER, VIEW), Tab.APPOINTMENTS, 1),
            ((Permission.SALES_SCHEDULER, VIEW), Tab.APPOINTMENTS, 0),
            ((Permission.PROGRAM_SCHEDULER, VIEW), Tab.APPOINTMENTS, 0),
            ((Permission.PERSONAL_APPOINTMENTS, VIEW), Tab.APPOINTMENTS, 0),
            ((Permission.WORK_ORDERS, VIEW), Tab.WORK_ORDERS, 1),
            ((Permission.EQUIPMENT, VIEW), Tab.EQUIPMENT, 0),
            ((Permission.MESSAGES, VIEW), Tab.MESSAGES, 0),
            ((Permission.FILES, VIEW), Tab.FILES, 1),
            ((Permission.CONTACTS, VIEW), Tab.CONTACTS, 1),
            ((Permission.AT_RISK, VIEW), Tab.AT_RISK, 1),
        ],
    )
    def test_each_comes_with_its_permission_and_counts_what_that_shows(
        self, world: House, held: tuple[Permission, Action], tab: Tab, count: int | None
    ) -> None:
        assert counts(world.seen_with(held)) == {**ALWAYS, tab: count}

    @pytest.mark.rule("ACC-22")
    def test_a_permission_elsewhere_shows_no_tab(self, world: House) -> None:
        at_home = world.actor(*RECORD)
        elsewhere = world.actor((Permission.FILES, VIEW), at=world.phoenix.id)

        assert Tab.FILES not in counts(world.header(evolve(at_home, grants=at_home.grants | elsewhere.grants)))

    @pytest.mark.rule("ACC-06")
    def test_of_a_lead_who_may_look_at_technicians_free_times_sees_the_appointments(self, world: House) -> None:
        preview = (Permission.TECH_SCHEDULER_LEADS, VIEW)

        assert counts(world.seen_with(preview, of=world.lead.id))[Tab.APPOINTMENTS] == 0
        assert Tab.APPOINTMENTS not in counts(world.seen_with(preview))

    @pytest.mark.rule("ACC-05", "ACC-26")
    def test_of_sales_appointments_ones_own_are_counted(self, world: House) -> None:
        sales: dict[str, Any] = {"kind": Kind.SALES, "type": world.sales_call.id}
        world.visit("10:00", user=world.sam.id, **sales)
        world.visit("13:00", user=world.boss.id, **sales)
        own = world.actor(*RECORD, (Permission.PERSONAL_APPOINTMENTS, VIEW), user=world.sam.id)

        assert counts(world.header(own))[Tab.APPOINTMENTS] == 1
        assert counts(world.header())[Tab.APPOINTMENTS] == 3

    def test_what_has_ended_is_not_counted(self, world: House) -> None:
        world.clock.advance(minutes=3 * 24 * 60)

        assert counts(world.header())[Tab.APPOINTMENTS] == 0

    def test_a_tab_has_its_warning(self, world: House) -> None:
        reader = Reader(actor=world.owner, customer=world.maria, settings=world.company.settings)
        facts = HeaderFacts(
            setup=setup(world),
            today=world.clock().date(),
            sight=sight_of(world.owner, world.maria),
            counts=dict.fromkeys(Counted, 0),
        )

        told = header_view(reader, facts, (), warnings={Tab.FILES, Tab.EDOCS})

        assert [each.tab for each in told.tabs if each.warning] == [Tab.FILES]

    @pytest.mark.rule("CUS-24")
    def test_a_reader_is_warned_of_what_they_may_see(self, world: House) -> None:
        assert warned(world.header()) == {Tab.WORK_ORDERS}
        world.clock.advance(minutes=30 * 24 * 60)

        assert warned(world.header()) == {Tab.NOTES_AND_TICKETS, Tab.APPOINTMENTS, Tab.WORK_ORDERS}
        assert warned(world.seen_with((Permission.TICKETS, VIEW))) == {Tab.NOTES_AND_TICKETS}
        assert warned(world.seen_with((Permission.SALES_SCHEDULER, VIEW))) == set()
        assert warned(world.seen_with((Permission.NOTES, VIEW))) == set(), "of tickets, in the tab that they share"

    @pytest.mark.rule("CUS-20")
    def test_credit_is_a_tab_where_the_company_has_credit_checks(self, world: House) -> None:
        assert Tab.CREDIT not in counts(world.header())
        world.execute(ChangeSettings(changes={"credit_checks": True}), by=world.owner)

        assert counts(world.header())[Tab.CREDIT] == 0
        assert Tab.CREDIT not in counts(world.seen_with())

    @pytest.mark.rule("CUS-20")
    def test_connections_are_of_customers_alone(self, world: House) -> None:
        assert Tab.CONNECTIONS not in counts(world.seen_with(of=world.lead.id))


def warned(header: HeaderView) -> set[Tab]:
    return {each.tab for each in header.tabs if each.warning}


def setup(world: World) -> Any:
    with world.storage.reading(world.company.id) as unit:
        return unit.companies.setup()


@pytest.mark.rule("CUS-09")
class TestIdentity:
    def test_it_tells_who_created_the_record_and_when(self, world: House) -> None:
        command = CreateCustomer(
            stage=Stage.CUSTOMER,
            account_type=world.maria.account_type,
            first_name="Nora",
            last_name="New",
            phone="+18015550199",
            address=Address(city="Orem", state="UT"),
            location=world.provo.id,
        )
        made = world.do(command, CustomerView)
        at = world.clock()
        world.clock.advance(minutes=5)

        header = world.header(of=CustomerId(made.id))

        assert header.created is not None
        assert (header.created.at, header.created.by and header.created.by.name) == (at, "Olga")
        assert (header.number, header.name, header.city, header.state) == (made.number, "Nora New", "Orem", "UT")
        assert header.location and header.location.name == "Provo"

    def test_of_a_record_that_was_brought_in_nobody_is_said_to_have_created_it(self, world: House) -> None:
        assert world.header().created is None

    def test_of_a_lead_neither_location_nor_what_is_customers_is_told(self, world: House) -> None:
        header = world.header(of=world.lead.id)

        assert (header.location, header.statuses, header.sale, header.install) == (None, (), None, None)

    def test_who_may_not_view_the_record_is_denied(self, world: House) -> None:
        assert hidden(world, ShowHeader(customer=world.maria.id), world.actor(*LEAD)) == "ACC-12"


@pytest.mark.rule("CUS-09", "ACC-13")
class TestBadges:
    @pytest.fixture
    def sold(self, world: House) -> House:
        install = a_type(name="Install", install=True)
        company = a_catalog_entry(catalog=Catalog.MONITORING_COMPANIES, name="Brinks")
        world.put(install, company)
        world.visit("15:00", type=install.id)
        sale = Sale(sale_date=world.clock().date(), sold_by=world.sam.id, monitored_by=company.id)
        world.maria = world.replace(world.maria, sale=sale, installation=Installation(installed=True))
        return world

    def test_the_sale_and_the_install_are_told_with_their_dates_and_people(self, sold: House) -> None:
        header = sold.header()

        assert header.sale and header.sale.rep
        assert (header.sale.date, header.sale.rep.name) == (sold.clock().date(), "Sam")
        assert header.install and header.install.technician.name == "Ann"
        assert header.install.date == sold.clock().date() + timedelta(days=2)

    @pytest.mark.parametrize(
        ("missing", "sale", "install"),
        [(Permission.SALE_INFORMATION, False, True), (Permission.INSTALLATION_INFORMATION, True, False)],
    )
    def test_each_is_told_only_with_view_of_its_section(
        self, sold: House, missing: Permission, sale: bool, install: bool
    ) -> None:
        header = sold.header(sold.without(missing))

        assert (header.sale is not None, header.install is not None) == (sale, install)
        categories = {each.category.value for each in header.statuses}
        assert ("monitoring" in categories, "installation" in categories) == (sale, install)
        assert "Sam" not in str(header) or sale
        assert "Brinks" not in str(header) or sale

    def test_a_customer_has_one_box_for_each_category(self, sold: House) -> None:
        assert [(each.category.value, each.status, each.text) for each in sold.header().statuses] == [
            ("account", "active", "Active"),
            ("monitoring", "monitored", "Monitored by Brinks"),
            ("installation", "installed", "Installed"),
        ]

    def test_the_boxes_follow_the_record(self, world: House) -> None:
        today = world.clock().date()
        world.maria = world.replace(world.maria, sale=Sale(cancelled=True, collections_date=today))

        assert [each.text for each in world.header().statuses] == [
            "Cancelled",
            "Not monitored",
            "Not installed",
            f"In collections since {day_in_words(today)}",
        ]
        world.replace(world.maria, sale=Sale(collections_date=today + timedelta(days=1)), archived_at=world.clock())
        assert [each.text for each in world.header().statuses] == ["Archived", "Not monitored", "Not installed"]
        unsold = world.header(world.without(Permission.SALE_INFORMATION))
        assert [each.text for each in unsold.statuses] == ["Archived", "Not installed"]

    def test_where_nothing_is_known_there_is_no_badge(self, world: House) -> None:
        assert (world.header().sale, world.header().install) == (None, None)


@pytest.mark.rule("CUS-09", "FAM-05", "FAM-07")
class TestFamily:
    def test_a_sub_customer_tells_its_parent(self, world: House) -> None:
        child = a_customer(location=world.provo.id, parent=world.maria.id, number=11)
        world.put(child)

        header = world.header(of=child.id)

        assert header.parent and (header.parent.name, header.children_count) == (world.maria.name, 0)
        assert header.family_text == f"Sub-customer of {world.maria.name}"

    def test_a_parent_tells_how_many_children_it_has_and_names_the_first(self, world: House) -> None:
        for number in range(100, 152):
            at = world.phoenix if number == 100 else world.provo
            world.put(a_customer(location=at.id, parent=world.maria.id, number=number, first_name=f"N{number}"))
        here = world.header(world.actor(*RECORD, at=world.provo.id))

        header = world.header()

        assert (header.children_count, header.family_text) == (52, "52 sub-customers")
        assert [each.number for each in header.children] == list(range(100, 150))
        assert [each.number for each in here.children][:2] == [None, 101]

    def test_without_family_there_is_nothing_to_tell(self, world: House) -> None:
        header = world.header()

        assert (header.parent, header.children, header.children_count, header.family_text) == (None, (), 0, "")


def quick(header: HeaderView) -> list[str]:
    assert all(each.allowed and not each.why_not for each in header.quick_actions)
    return [each.name for each in header.quick_actions]


@pytest.mark.rule("CUS-10", "CUS-21")
class TestQuickActions:
    def test_who_may_do_everything_is_offered_all_that_the_state_allows(self, world: House) -> None:
        world.execute(ChangeSettings(changes={"credit_checks": True}), by=world.owner)

        assert quick(world.header()) == [name for name in QUICK if name != "unarchive_customer"]

    def test_credit_is_run_where_the_company_has_credit_checks(self, world: House) -> None:
        assert "run_credit_check" not in quick(world.header())

    @pytest.mark.parametrize(
        ("held", "name"),
        [
            ((Permission.NOTES, CREATE), "create_note"),
            ((Permission.TICKETS, CREATE), "create_ticket"),
            ((Permission.TECH_SCHEDULER, CREATE), "book_appointment"),
            ((Permission.WORK_ORDERS, CREATE), "create_work_order"),
            ((Permission.EQUIPMENT, CREATE), "create_equipment"),
            ((Permission.MESSAGES, CREATE), "create_message"),
            ((Permission.CONTACTS, CREATE), "create_contact"),
            ((Permission.CUSTOMERS, CREATE), "duplicate_customer"),
            ((Permission.ARCHIVE_CUSTOMER, MODIFY), "archive_customer"),
        ],
    )
    def test_each_comes_with_its_permission(self, world: House, held: tuple[Permission, Action], name: str) -> None:
        assert quick(world.seen_with()) == []
        assert quick(world.seen_with(held)) == [name]

    def test_an_archived_record_offers_unarchiving_alone(self, world: House) -> None:
        world.replace(world.maria, archived_at=world.clock())

        assert quick(world.header()) == ["unarchive_customer"]
        assert quick(world.header(world.without(Permission.UNARCHIVE_CUSTOMER))) == []

    @pytest.mark.rule("ARC-08")
    def test_below_an_archived_parent_there_is_no_unarchiving(self, world: House) -> None:
        parent = world.replace(world.maria, archived_at=world.clock())
        child = a_customer(location=world.provo.id, parent=parent.id, number=11, archived_at=world.clock())
        world.put(child)

        assert quick(world.header(of=child.id)) == []

    @pytest.mark.rule("ARC-01")
    def test_a_lead_is_not_archived(self, world: House) -> None:
        assert "archive_customer" not in quick(world.header(of=world.lead.id))
