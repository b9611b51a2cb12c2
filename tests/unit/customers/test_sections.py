"""
The sections of a record: sale, installation, lead; who sees and changes them, and what they may hold.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Kind, Permission, Stage
from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, RateLine
from fieldops_core.customers.messages import (
    ChangeCustomer,
    CreateCustomer,
    InstallationFields,
    LeadFields,
    ListCustomers,
    SaleFields,
    ShowCustomer,
)
from fieldops_core.customers.model import CHOICES, CustomerId, Sale
from fieldops_core.customers.views import CustomersView, CustomerView, InstallationView, LeadView, SaleView
from fieldops_core.kernel.errors import InvalidValue, Stale
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import Status
from fieldops_core.testing.builders import (
    PROVO_ADDRESS,
    a_catalog_entry,
    a_customer,
    a_period,
    a_type,
    an_appointment,
)
from tests.support.world import World, denial, refusal

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
CLERK = ((Permission.CUSTOMERS, VIEW), (Permission.CUSTOMERS, MODIFY), (Permission.CUSTOMERS, CREATE))
LEAD_CLERK = ((Permission.LEADS, VIEW), (Permission.LEADS, MODIFY), (Permission.CONTACT_INFORMATION, MODIFY))
SALE_VIEW, SALE_MODIFY = (Permission.SALE_INFORMATION, VIEW), (Permission.SALE_INFORMATION, MODIFY)
INSTALLATION_VIEW = (Permission.INSTALLATION_INFORMATION, VIEW)
INSTALLATION_MODIFY = (Permission.INSTALLATION_INFORMATION, MODIFY)


def entry(world: World, catalog: Catalog, *, active: bool = True, **attributes: Any) -> CatalogEntry:
    """
    A new entry of a catalog.
    """
    made = a_catalog_entry(
        catalog=catalog, name=f"A {catalog.value}", active=active, attributes=Attributes(**attributes)
    )
    world.put(made)
    return made


def new(world: World, **given: Any) -> CreateCustomer:
    command = CreateCustomer(
        phone="801 555 0100",
        account_type=world.maria.account_type,
        first_name="Nora",
        last_name="Nye",
        location=world.provo.id,
        address=PROVO_ADDRESS,
    )
    return evolve(command, **given)


def sell(world: World, **sale: Any) -> ChangeCustomer:
    return ChangeCustomer(customer=world.maria.id, sale=SaleFields(**sale))


def install(world: World, **installation: Any) -> ChangeCustomer:
    return ChangeCustomer(customer=world.maria.id, installation=InstallationFields(**installation))


def call_back(world: World, **lead: Any) -> ChangeCustomer:
    return ChangeCustomer(customer=world.lead.id, lead=LeadFields(**lead))


def sold(world: World, *, by: Actor | None = None, **sale: Any) -> SaleView:
    view = world.do(sell(world, **sale), CustomerView, by=by)
    assert view.sale is not None
    return view.sale


def installed(world: World, **installation: Any) -> InstallationView:
    view = world.do(install(world, **installation), CustomerView)
    assert view.installation is not None
    return view.installation


def called(world: World, *, by: Actor | None = None, **lead: Any) -> LeadView:
    view = world.do(call_back(world, **lead), CustomerView, by=by)
    assert view.lead is not None
    return view.lead


def shown(world: World, id: CustomerId, *, by: Actor | None = None) -> CustomerView:
    return world.ask(ShowCustomer(customer=id), CustomerView, by=by)


def fields(world: World, command: object) -> dict[str, str | None]:
    """
    What refuses a command, and the path of the field that each refuses.
    """
    return {code: each.field for code, each in refusal(world, command).items()}


# --- which sections there are (ACC-13) --------------------------------------------------------------


@pytest.mark.rule("CUS-04", "CUS-07", "CUS-08")
def test_a_customer_has_sale_and_installation_and_a_lead_its_own_section() -> None:
    world = World()

    customer, lead = shown(world, world.maria.id), shown(world, world.lead.id)

    assert (customer.sale is None, customer.installation is None, customer.lead is None) == (False, False, True)
    assert (lead.sale is None, lead.installation is None, lead.lead is None) == (True, True, False)


@pytest.mark.rule("CUS-04", "CUS-08")
def test_a_section_of_the_other_stage_is_refused() -> None:
    world = World()
    on_lead = ChangeCustomer(customer=world.lead.id, sale=SaleFields(account_number="7"), abort_code=Secret("x"))
    on_customer = ChangeCustomer(
        customer=world.maria.id, source=world.referral.id, lead=LeadFields(comments="Rings twice")
    )

    assert fields(world, on_lead) == {"section.customers_only": "installation"}
    assert fields(world, on_customer) == {"section.leads_only": "lead"}
    assert (
        refusal(world, on_lead)["section.customers_only"].sentence == "A lead has no installation and no sale section."
    )


@pytest.mark.rule("ACC-13")
def test_the_sale_section_is_absent_without_view_and_refuses_without_modify() -> None:
    world = World()
    world.replace(world.maria, sale=Sale(account_number="A-7"))
    reader, writer = world.actor(*CLERK, SALE_VIEW), world.actor(*CLERK, SALE_VIEW, SALE_MODIFY)

    assert shown(world, world.maria.id, by=world.actor(*CLERK)).sale is None
    listed = world.ask(ListCustomers(), CustomersView, by=world.actor(*CLERK)).items
    assert [each.sale for each in listed] == [None]
    seen = shown(world, world.maria.id, by=reader).sale
    assert seen is not None
    assert seen.account_number == "A-7"
    assert denial(world, sell(world, account_number="A-8"), reader) == "ACC-13"
    assert sold(world, by=writer, account_number="A-8").account_number == "A-8"


@pytest.mark.rule("ACC-13", "ACC-22")
def test_sections_are_asked_at_the_location_of_the_record() -> None:
    world = World()
    here = world.actor(*CLERK)

    def with_sale(at: Any) -> Actor:
        return evolve(here, grants=here.grants | world.actor(SALE_VIEW, SALE_MODIFY, at=at).grants)

    assert denial(world, sell(world, account_number="7"), with_sale(world.phoenix.id)) == "ACC-13"
    assert sold(world, by=with_sale(world.provo.id), account_number="7").account_number == "7"


@pytest.mark.rule("ACC-13")
@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ({"sale": SaleFields(account_number="7")}, SALE_MODIFY),
        ({"sale": SaleFields(a_la_carte=True)}, SALE_MODIFY),
        ({"installation": InstallationFields(installed=True)}, INSTALLATION_MODIFY),
        ({"abort_code": Secret("tulip")}, INSTALLATION_MODIFY),
    ],
)
def test_a_new_record_with_a_section_needs_the_permission_to_change_it(
    given: dict[str, Any], needed: tuple[Permission, Action]
) -> None:
    world = World()

    assert denial(world, new(world, **given), world.actor(*CLERK)) == "ACC-13"
    assert world.do(new(world, **given), CustomerView, by=world.actor(*CLERK, needed))
    assert world.do(new(world), CustomerView, by=world.actor(*CLERK))


@pytest.mark.rule("ACC-13")
def test_writing_back_what_was_shown_is_no_change_of_a_section() -> None:
    world = World()
    world.replace(world.maria, sale=Sale(account_number="A-7", sale_date=date(2026, 5, 1)))

    same = sell(world, account_number=" A-7 ", sale_date=date(2026, 5, 1), sold_by=None)

    assert world.do(same, CustomerView, by=world.actor(*CLERK)).version == 2


@pytest.mark.rule("ACC-13")
def test_a_customers_source_belongs_to_its_sale_and_a_leads_to_its_personal_section() -> None:
    world = World()
    other = entry(world, Catalog.SOURCES, sells_customers=True)
    moved = ChangeCustomer(customer=world.lead.id, source=other.id)
    without_contact = LEAD_CLERK[:2]

    assert denial(world, sell(world, source=other.id), world.actor(*CLERK, SALE_VIEW)) == "ACC-13"
    assert sold(world, by=world.actor(*CLERK, SALE_VIEW, SALE_MODIFY), source=other.id).source == other.id
    assert shown(world, world.maria.id).source is None
    assert denial(world, moved, world.actor(*without_contact)) == "ACC-13"
    assert world.do(moved, CustomerView, by=world.actor(*LEAD_CLERK)).source == other.id


@pytest.mark.rule("CUS-11", "ACC-13")
def test_a_stale_change_tells_nothing_of_sections_that_may_not_be_seen() -> None:
    world = World()
    world.execute(sell(world, account_number="A-7"))
    world.execute(install(world, installed=True))
    world.execute(ChangeCustomer(customer=world.maria.id, spouse="Jon"))
    stale = ChangeCustomer(customer=world.maria.id, spouse="Jim")

    def told(*granted: tuple[Permission, Action]) -> set[object]:
        with pytest.raises(Stale) as caught:
            world.execute(stale, by=world.actor(*CLERK, *granted), expected_version=1)
        return {each["field"] for each in caught.value.changes}

    assert told() == {"spouse"}
    assert told(SALE_VIEW) == {"spouse", "sale.account_number"}
    assert told(INSTALLATION_VIEW) == {"spouse", "installation.installed"}


# --- the sale (CUS-04) ------------------------------------------------------------------------------


@pytest.mark.rule("CUS-04")
def test_a_change_of_a_section_keeps_the_fields_that_it_does_not_name() -> None:
    world = World()
    sold(world, account_number="A-7", sale_date=date(2026, 5, 1), discount_member_number="")

    view = sold(world, monitoring_number="M-1", sold_by=world.sam.id)

    assert (view.account_number, view.monitoring_number, view.sale_date, view.sold_by) == (
        "A-7",
        "M-1",
        date(2026, 5, 1),
        world.sam.id,
    )


@pytest.mark.rule("CUS-16")
def test_history_tells_a_section_by_the_paths_of_its_fields() -> None:
    world = World()
    sold(world, account_number="A-7")
    sold(world, account_number="A-8", sale_date=date(2026, 5, 1))

    with world.storage.reading(world.company.id) as unit:
        latest, first = unit.history.of("customer", world.maria.id)

    assert [(each.field, each.old, each.new) for each in first.changes] == [("sale.account_number", "", "A-7")]
    assert [(each.field, each.old, each.new) for each in latest.changes] == [
        ("sale.sale_date", None, "2026-05-01"),
        ("sale.account_number", "A-7", "A-8"),
    ]


SALE_CHOICES = {path.removeprefix("sale."): catalog for path, catalog in CHOICES.items() if path.startswith("sale.")}


@pytest.mark.rule("ACC-20", "CUS-04")
@pytest.mark.parametrize(("field", "catalog"), SALE_CHOICES.items(), ids=SALE_CHOICES)
def test_a_choice_is_an_active_entry_of_its_own_catalog(field: str, catalog: Catalog) -> None:
    world = World()
    cancelled: dict[str, Any] = {"cancelled": True, "cancelled_on": date(2026, 5, 1)}
    whole = cancelled if field == "cancellation_reason" else {}
    inactive = entry(world, catalog, active=False, months=12)
    elsewhere = entry(world, Catalog.ACCOUNT_CLASSES)
    offered = entry(world, catalog, months=12)

    assert fields(world, sell(world, **{field: inactive.id}, **whole)) == {"choice.inactive": f"sale.{field}"}
    assert fields(world, sell(world, **{field: elsewhere.id}, **whole)) == {"choice.unknown": f"sale.{field}"}
    assert fields(world, sell(world, **{field: UserId(world.ids())}, **whole)) == {"choice.unknown": f"sale.{field}"}
    assert getattr(sold(world, **whole, **dict[str, Any]({field: offered.id})), field) == offered.id


@pytest.mark.rule("ACC-20")
def test_a_saved_record_keeps_and_shows_an_entry_that_was_inactivated_later() -> None:
    world = World()
    plan = entry(world, Catalog.MONITORING_PLANS)
    sold(world, monitoring_plan=plan.id)
    world.replace(plan, active=False)

    assert sold(world, monitoring_plan=plan.id, account_number="A-7").monitoring_plan == plan.id
    sold(world, monitoring_plan=None)
    assert fields(world, sell(world, monitoring_plan=plan.id)) == {"choice.inactive": "sale.monitoring_plan"}


@pytest.mark.rule("CUS-04", "ACC-24")
@pytest.mark.parametrize("field", ["sold_by", "trainee_or_trainer", "lead_rep"])
def test_representatives_are_active_users_of_the_company(field: str) -> None:
    world = World()
    gone = world.replace(world.bob, active=False)

    assert fields(world, sell(world, **{field: gone.id})) == {"representative.inactive": f"sale.{field}"}
    assert fields(world, sell(world, **{field: UserId(world.ids())})) == {"representative.unknown": f"sale.{field}"}
    assert getattr(sold(world, **dict[str, Any]({field: world.sam.id})), field) == world.sam.id


@pytest.mark.rule("CUS-04", "ACC-24")
def test_a_representative_who_left_is_kept() -> None:
    world = World()
    sold(world, sold_by=world.bob.id)
    world.replace(world.bob, active=False)

    assert sold(world, sold_by=world.bob.id, account_number="A-7").sold_by == world.bob.id


@pytest.mark.rule("CUS-04", "ACC-19")
def test_who_sold_is_on_the_sold_by_list_where_there_is_one() -> None:
    world = World()
    world.company = world.replace(world.company, settings=evolve(world.company.settings, sold_by=(world.sam.id,)))

    broken = refusal(world, sell(world, sold_by=world.ann.id))["sold_by.not_listed"]

    assert (broken.field, broken.sentence) == ("sale.sold_by", "Ann is not on the company's sold-by list.")
    assert sold(world, sold_by=world.sam.id).sold_by == world.sam.id
    assert sold(world, trainee_or_trainer=world.ann.id).trainee_or_trainer == world.ann.id


@pytest.mark.rule("CUS-04")
def test_the_lead_rep_is_locked_by_a_setting() -> None:
    open_world, locked = World(), World(lead_rep_locked=True)

    assert sold(open_world, lead_rep=open_world.sam.id).lead_rep == open_world.sam.id
    assert fields(locked, sell(locked, lead_rep=locked.sam.id)) == {"lead_rep.locked": "sale.lead_rep"}
    assert sold(locked, lead_rep=None, account_number="A-7").account_number == "A-7"


@pytest.mark.rule("CUS-04")
def test_a_cancellation_has_its_flag_date_and_reason_together() -> None:
    world = World()
    whole: dict[str, Any] = {
        "cancelled": True,
        "cancelled_on": date(2026, 5, 1),
        "cancellation_reason": entry(world, Catalog.CANCELLATION_REASONS).id,
    }
    none: dict[str, Any] = {"cancelled": False, "cancelled_on": None, "cancellation_reason": None}

    for missing in whole:
        part = {name: value for name, value in whole.items() if name != missing}
        assert fields(world, sell(world, **part)) == {"cancellation.incomplete": "sale.cancelled"}
    assert sold(world, **whole).cancelled
    for kept in whole:
        part = {name: value for name, value in none.items() if name != kept}
        assert fields(world, sell(world, **part)) == {"cancellation.incomplete": "sale.cancelled"}
    assert not sold(world, **none).cancelled


@pytest.mark.rule("CUS-04")
def test_a_member_number_needs_an_active_affiliate_or_a_saved_one() -> None:
    world = World()
    numbered = sell(world, discount_member_number="42")

    assert fields(world, numbered) == {"discount.not_offered": "sale.discount_member_number"}
    affiliate = entry(world, Catalog.DISCOUNT_AFFILIATES)
    assert sold(world, discount_affiliate=affiliate.id, discount_member_number="42").discount_member_number == "42"
    world.replace(affiliate, active=False)
    assert sold(world, discount_member_number="43").discount_member_number == "43"
    assert sold(world, discount_affiliate=None, discount_member_number="").discount_member_number == ""
    assert fields(world, numbered) == {"discount.not_offered": "sale.discount_member_number"}


@pytest.mark.rule("CUS-02", "CUS-04")
def test_a_source_is_marked_and_its_campaigns_are_its_own() -> None:
    world = World()
    unmarked, other = entry(world, Catalog.SOURCES), entry(world, Catalog.SOURCES, sells_customers=True)
    spring = entry(world, Catalog.CAMPAIGNS, source=world.referral.id)

    assert fields(world, sell(world, source=unmarked.id)) == {"source.sells_nothing": "sale.source"}
    assert fields(world, sell(world, source=other.id, campaign=spring.id)) == {"campaign.other_source": "sale.campaign"}
    assert fields(world, sell(world, campaign=spring.id)) == {"campaign.other_source": "sale.campaign"}
    both = sold(world, source=world.referral.id, campaign=spring.id)
    assert (both.source, both.campaign) == (world.referral.id, spring.id)
    assert fields(world, sell(world, source=other.id)) == {"campaign.other_source": "sale.campaign"}
    assert sold(world, source=other.id, campaign=None).source == other.id


@pytest.mark.rule("CUS-04")
def test_everything_that_is_wrong_with_the_sections_is_told_together() -> None:
    world = World()
    gone = entry(world, Catalog.CONTRACT_TERMS, active=False, months=12)
    command = ChangeCustomer(
        customer=world.maria.id,
        last_name="",
        sale=SaleFields(contract_term=gone.id, sold_by=UserId(world.ids()), cancelled=True),
        installation=InstallationFields(pulse=True),
    )

    assert fields(world, command) == {
        "customer.name_required": "last_name",
        "choice.inactive": "sale.contract_term",
        "representative.unknown": "sale.sold_by",
        "cancellation.incomplete": "sale.cancelled",
        "pulse.adt_only": "installation.pulse",
    }


@pytest.mark.rule("CUS-04")
@pytest.mark.parametrize(
    ("command", "field"),
    [
        (lambda world: sell(world, sale_date=date(1899, 12, 31)), "sale.sale_date"),
        (lambda world: sell(world, collections_date=date(2200, 1, 1)), "sale.collections_date"),
        (lambda world: sell(world, account_number="x" * 101), "sale.account_number"),
        (lambda world: sell(world, serial_number="\0"), "sale.serial_number"),
        (lambda world: call_back(world, comments="x" * 100_001), "lead.comments"),
        (lambda world: call_back(world, callback_at=datetime(2026, 3, 8, 2, 30)), "lead.callback_at"),
        (lambda world: call_back(world, callback_at=datetime(1800, 3, 8, 2, 30)), "lead.callback_at"),
        (lambda world: ChangeCustomer(customer=world.maria.id, credit_score=1_000), "credit_score"),
        (lambda world: ChangeCustomer(customer=world.maria.id, credit_score=-1), "credit_score"),
    ],
)
def test_a_value_that_is_none_is_refused_by_its_path(command: Callable[[World], object], field: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as invalid:
        world.execute(command(world))

    assert invalid.value.field == field


# --- monthly rates (CUS-05) -------------------------------------------------------------------------


def a_rate(world: World, *lines: CatalogEntry, active: bool = True) -> CatalogEntry:
    """
    A monthly rate of 10 a line.
    """
    parts = tuple(RateLine(line=each.id, amount=Money(Decimal(10))) for each in lines)
    return entry(world, Catalog.MONTHLY_RATES, active=active, amount=Money(Decimal(10 * len(parts))), lines=parts)


@pytest.mark.rule("CUS-05")
def test_in_breakout_mode_a_rate_is_newly_given_only_while_its_lines_are_the_companys() -> None:
    world = World(rate_breakout=True)
    monitoring, warranty = (entry(world, Catalog.RATE_LINES) for _ in range(2))
    whole, part = a_rate(world, monitoring, warranty), a_rate(world, monitoring)

    assert fields(world, sell(world, monthly_rate=part.id)) == {"rate.mismatched": "sale.monthly_rate"}
    assert sold(world, monthly_rate=whole.id).monthly_rate == whole.id
    world.replace(warranty, active=False)
    assert sold(world, monthly_rate=whole.id, account_number="A-7").monthly_rate == whole.id
    sold(world, monthly_rate=part.id)
    assert fields(world, sell(world, monthly_rate=whole.id)) == {"rate.mismatched": "sale.monthly_rate"}
    assert sold(world, monthly_rate=None).monthly_rate is None


@pytest.mark.rule("CUS-05")
def test_in_simple_mode_any_rate_of_the_catalog_is_a_choice() -> None:
    world = World()
    entry(world, Catalog.RATE_LINES)
    plain = a_rate(world)

    view = sold(world, monthly_rate=plain.id, a_la_carte=True)

    assert (view.monthly_rate, view.a_la_carte) == (plain.id, True)


# --- installation (CUS-07) --------------------------------------------------------------------------


class Installs:
    """
    A world with a type that is marked ``install``.
    """

    def __init__(self) -> None:
        self.world = World()
        self.type = a_type(name="Install", install=True)
        self.world.put(self.type)

    def visit(self, time: str, **given: Any) -> Any:
        world = self.world
        filled: Any = {
            "type": self.type.id,
            "customer": world.maria.id,
            "user": world.ann.id,
            "location": world.provo.id,
            "period": a_period(time),
            **given,
        }
        visit = an_appointment(**filled)
        world.put(visit)
        return visit

    def section(self, **installation: Any) -> InstallationView:
        return installed(self.world, **installation)


@pytest.mark.rule("CUS-07")
def test_the_only_install_appointment_gives_the_install_date_and_technician() -> None:
    here = Installs()
    here.world.replace(here.world.ann, reports_to=here.world.boss.id)
    assert here.section(installed=True).appointments == ()
    here.visit("07:00", type=here.world.service.id)
    visit = here.visit("09:00")

    section = here.section(tellular=True)

    assert (section.appointment, section.install_date) == (visit.id, date(2026, 5, 27))
    assert (section.technician, section.reports_to) == (here.world.ann.id, here.world.boss.id)
    assert [(each.id, each.start.isoformat()) for each in section.appointments] == [
        (visit.id, "2026-05-27T09:00:00-06:00")
    ]
    assert (section.installed, section.tellular) == (True, True)


@pytest.mark.rule("CUS-07")
def test_among_several_install_appointments_one_is_chosen() -> None:
    here = Installs()
    first, second = here.visit("09:00"), here.visit("11:00", user=here.world.bob.id)

    open_choice = here.section()
    chosen = here.section(appointment=second.id)

    assert (open_choice.appointment, open_choice.install_date, open_choice.technician) == (None, None, None)
    assert [each.id for each in open_choice.appointments] == [first.id, second.id]
    assert (chosen.appointment, chosen.technician) == (second.id, here.world.bob.id)
    here.world.replace(second, status=Status.CANCELLED)
    assert here.section().appointment == first.id


@pytest.mark.rule("CUS-07")
@pytest.mark.parametrize(
    "given",
    [
        {"status": Status.CANCELLED},
        {"status": Status.NO_SHOW},
        {"kind": Kind.TECH, "type": None},
        {"customer": None},
    ],
    ids=repr,
)
def test_no_other_appointment_is_an_install_appointment(given: dict[str, Any]) -> None:
    here = Installs()
    other = a_customer(location=here.world.provo.id, number=7)
    here.world.put(other)
    meant = {"type": here.world.service.id, "customer": other.id}
    stranger = here.visit("09:00", **{name: value or meant[name] for name, value in given.items()})

    assert fields(here.world, install(here.world, appointment=stranger.id)) == {
        "install_appointment.unknown": "installation.appointment"
    }
    visit = here.visit("11:00")
    assert here.section(appointment=visit.id).appointment == visit.id


@pytest.mark.rule("CUS-07")
def test_pulse_is_a_service_of_adt() -> None:
    world = World()
    entry(world, Catalog.MONITORING_COMPANIES)
    entry(world, Catalog.MONITORING_COMPANIES, active=False, adt=True)

    assert fields(world, install(world, pulse=True)) == {"pulse.adt_only": "installation.pulse"}
    adt = entry(world, Catalog.MONITORING_COMPANIES, adt=True)
    assert installed(world, pulse=True).pulse
    world.replace(adt, active=False)
    assert installed(world, pulse=True, aarp=True).pulse


@pytest.mark.rule("CUS-07", "ACC-20")
def test_the_companys_own_services_are_chosen_from_its_catalog() -> None:
    world = World()
    drone, gone = (entry(world, Catalog.MONITORING_SERVICES) for _ in range(2))
    assert installed(world, services=(drone.id, gone.id)).services == (drone.id, gone.id)
    world.replace(gone, active=False)

    assert installed(world, services=(gone.id,)).services == (gone.id,)
    installed(world, services=())
    assert fields(world, install(world, services=(gone.id,))) == {"choice.inactive": "installation.services"}
    with pytest.raises(InvalidValue) as twice:
        world.execute(install(world, services=(drone.id, drone.id)))
    assert twice.value.field == "installation.services"


# --- leads (CUS-02, CUS-08) -------------------------------------------------------------------------


@pytest.mark.rule("CUS-08")
def test_a_lead_is_entered_by_its_creator_now() -> None:
    world = World()
    command = new(world, stage=Stage.LEAD, account_type=None, **world.of_lead)

    view = world.do(command, CustomerView)

    assert view.lead is not None
    assert view.lead.entered_at == world.clock()
    assert (view.lead.call_center_rep, view.lead.status) == (world.boss.id, world.new_lead.id)
    assert world.do(new(world), CustomerView).lead is None


@pytest.mark.rule("CUS-02", "CUS-08")
def test_a_lead_has_a_source_and_a_status() -> None:
    world = World()
    command = new(world, stage=Stage.LEAD)

    assert fields(world, command) == {"lead.source_required": "source", "lead.status_required": "lead.status"}
    id = CustomerId(world.do(evolve(command, **world.of_lead), CustomerView).id)
    emptied = ChangeCustomer(customer=id, source=None, lead=LeadFields(status=None))
    assert fields(world, emptied) == {"lead.source_required": "source", "lead.status_required": "lead.status"}


@pytest.mark.rule("CUS-08")
def test_a_lead_of_before_is_changed_without_what_it_never_had() -> None:
    world = World()

    assert called(world, comments="Rings twice").comments == "Rings twice"


@pytest.mark.rule("CUS-08")
def test_a_callback_is_told_in_the_time_of_the_location() -> None:
    world = World()

    local = called(world, callback_at=datetime(2026, 5, 27, 9)).callback_at
    instant = called(world, callback_at=datetime(2026, 5, 27, 9, tzinfo=UTC)).callback_at

    assert local is not None
    assert instant is not None
    assert (local.isoformat(), instant.isoformat()) == ("2026-05-27T09:00:00-06:00", "2026-05-27T03:00:00-06:00")
    assert called(world, callback_at=None).callback_at is None


@pytest.mark.rule("CUS-08")
def test_a_lead_rep_is_given_by_a_lead_admin_in_a_status_so_marked() -> None:
    world = World()
    marked = entry(world, Catalog.LEAD_STATUSES, allows_lead_rep=True)
    admin = world.actor(*LEAD_CLERK, (Permission.LEAD_ADMIN, MODIFY))
    given = call_back(world, lead_rep=world.sam.id, status=marked.id)

    assert fields(world, call_back(world, lead_rep=world.sam.id, status=world.new_lead.id)) == {
        "lead_rep.status": "lead.lead_rep"
    }
    assert denial(world, given, world.actor(*LEAD_CLERK)) == "CUS-08"
    assert called(world, by=admin, lead_rep=world.sam.id, status=marked.id).lead_rep == world.sam.id
    hidden = shown(world, world.lead.id, by=world.actor(*LEAD_CLERK)).lead
    assert hidden is not None
    assert hidden.lead_rep is None
    assert called(world, by=admin, status=world.new_lead.id).lead_rep is None


@pytest.mark.rule("CUS-08")
def test_writing_back_a_lead_rep_who_was_not_shown_takes_nobody_away() -> None:
    world = World()
    marked = entry(world, Catalog.LEAD_STATUSES, allows_lead_rep=True)
    called(world, status=marked.id, lead_rep=world.sam.id)

    called(world, by=world.actor(*LEAD_CLERK), lead_rep=None, comments="Rings twice")
    called(world, status=world.new_lead.id)
    called(world, lead_rep=None)

    assert called(world, status=marked.id).lead_rep == world.sam.id
    assert called(world, lead_rep=None).lead_rep is None


@pytest.mark.rule("CUS-08", "ACC-20")
@pytest.mark.parametrize("field", ["status", "disposition"])
def test_status_and_disposition_are_active_entries(field: str) -> None:
    world = World()
    catalog = CHOICES[f"lead.{field}"]
    inactive, offered = entry(world, catalog, active=False), entry(world, catalog)

    assert fields(world, call_back(world, **{field: inactive.id})) == {"choice.inactive": f"lead.{field}"}
    assert getattr(called(world, **dict[str, Any]({field: offered.id})), field) == offered.id


# --- personal (CUS-02) ------------------------------------------------------------------------------


@pytest.mark.rule("CUS-02")
def test_a_credit_score_is_told_with_its_letter() -> None:
    from fieldops_core.company.model import CreditBand

    world = World(credit_bands=(CreditBand(grade="A", minimum=700), CreditBand(grade="B", minimum=600)))

    def graded(score: int | None) -> tuple[int | None, str | None]:
        command = ChangeCustomer(customer=world.maria.id, credit_score=score, credit_tracking_number="T-1")
        view = world.do(command, CustomerView)
        return view.credit_score, view.credit_grade

    assert [graded(score) for score in (700, 699, 599, None)] == [(700, "A"), (699, "B"), (599, None), (None, None)]


@pytest.mark.rule("CUS-02", "ACC-13")
@pytest.mark.parametrize("field", ["credit_score", "credit_tracking_number", "account_class"])
def test_credit_and_class_belong_to_the_personal_section(field: str) -> None:
    world = World()
    given: dict[str, Any] = {
        "credit_score": 700,
        "credit_tracking_number": "T-1",
        "account_class": entry(world, Catalog.ACCOUNT_CLASSES).id,
    }
    command = evolve(ChangeCustomer(customer=world.maria.id), **{field: given[field]})
    clerk = world.actor(*CLERK, (Permission.CONTACT_INFORMATION, MODIFY))

    assert denial(world, command, world.actor(*CLERK)) == "ACC-13"
    assert getattr(world.do(command, CustomerView, by=clerk), field) == given[field]
