"""
Who may see, book and change visits, and where that is asked.
"""

from collections.abc import Callable

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Kind, Permission
from fieldops_core.access.rules import creatable
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import ListMode
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.messages import (
    BookAppointment,
    CancelAppointment,
    EditAppointment,
    FindOpenings,
    ListCustomerAppointments,
    ListTechnicians,
    MeasureTravel,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
    ShowAppointment,
    ShowGrid,
    ShowWork,
)
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import (
    AppointmentsView,
    AppointmentView,
    BlockView,
    GridView,
    OpeningsView,
    TechniciansView,
    TravelView,
    WorkView,
)
from fieldops_core.staff.messages import ChangeUser
from fieldops_core.testing.builders import DAY, a_customer, a_technician, a_user, at
from tests.support.world import PHOENIX, World, denial, hidden, refusal

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
SCHEDULER = {
    Kind.TECH: Permission.TECH_SCHEDULER,
    Kind.SALES: Permission.SALES_SCHEDULER,
    Kind.PROGRAM: Permission.PROGRAM_SCHEDULER,
}
SCHEDULE = {
    Kind.TECH: Permission.TECH_SCHEDULE,
    Kind.SALES: Permission.SALES_SCHEDULE,
    Kind.PROGRAM: Permission.PROGRAM_SCHEDULE,
}
ASKED_BY = {Kind.TECH: "ACC-03", Kind.SALES: "ACC-04", Kind.PROGRAM: "ACC-21"}
PERSONAL = Permission.PERSONAL_APPOINTMENTS
BY_KIND = [
    pytest.param(Kind.TECH, marks=pytest.mark.rule("ACC-03")),
    pytest.param(Kind.SALES, marks=pytest.mark.rule("ACC-04")),
    pytest.param(Kind.PROGRAM, marks=pytest.mark.rule("ACC-21")),
]


def a_visit(world: World, kind: Kind, start: str = "2026-05-27T09:00", **given: object) -> BookAppointment:
    """
    A visit of a kind as it is usually booked: TECH and PROGRAM with Maria, SALES with the lead.
    """
    usual: dict[Kind, dict[str, object]] = {
        Kind.TECH: {},
        Kind.SALES: {"customer": world.lead.id, "type": world.sales_call.id, "user": world.sam.id},
        Kind.PROGRAM: {"type": world.lesson.id, "user": world.pia.id, "minutes": 45},
    }
    return world.wish(start, kind=kind, **{**usual[kind], **given})


def booked(world: World, kind: Kind, start: str = "2026-05-27T09:00", **given: object) -> AppointmentId:
    return AppointmentId(world.do(a_visit(world, kind, start, **given), AppointmentView).id)


def holder(world: World, permission: Permission, *actions: Action, at: LocationId | None = None) -> Actor:
    """
    Olga's deputy: somebody to whom no visit is assigned.
    """
    return world.actor(*((permission, action) for action in actions), at=at, user=world.boss.id)


def personal(world: World, *actions: Action, at: LocationId | None = None) -> Actor:
    """
    Sam, with personal appointments and nothing else.
    """
    return world.actor(*((PERSONAL, action) for action in actions), at=at, user=world.sam.id)


def with_rita(world: World) -> UserId:
    """
    Another sales rep.
    """
    rita = a_user(name="Rita", home=world.provo.id, sales_rep=True)
    world.put(rita)
    return rita.id


# --- booking (ACC-03, ACC-04, ACC-21) ---------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.rule("ACC-02")
def test_the_create_of_a_scheduler_books_visits_of_its_kind(kind: Kind) -> None:
    world = World()

    booked = world.do(a_visit(world, kind), AppointmentView, by=holder(world, SCHEDULER[kind], CREATE))

    assert booked.kind is kind


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_other_permission_together_books_no_visit_of_a_kind(kind: Kind) -> None:
    world = World(sales_scheduler_on_customers=True)
    others = [
        (permission, action)
        for permission in Permission
        if permission not in (SCHEDULER[kind], PERSONAL)
        for action in permission.actions
    ]
    but_create = [(SCHEDULER[kind], VIEW), (SCHEDULER[kind], MODIFY)]

    actor = world.actor(*others, *but_create, user=world.boss.id)

    assert denial(world, a_visit(world, kind), actor) == ASKED_BY[kind]


@pytest.mark.parametrize("kind", BY_KIND)
@pytest.mark.rule("ACC-22")
def test_booking_is_asked_at_the_location_of_the_record(kind: Kind) -> None:
    world = World()
    here, elsewhere = (holder(world, SCHEDULER[kind], CREATE, at=place) for place in (world.provo.id, world.phoenix.id))

    assert denial(world, a_visit(world, kind), elsewhere) == ASKED_BY[kind]
    assert world.do(a_visit(world, kind), AppointmentView, by=here)


@pytest.mark.rule("ACC-22")
def test_a_program_elsewhere_is_asked_at_the_location_of_its_customer() -> None:
    world = World()
    wish = a_visit(world, Kind.PROGRAM, location=world.phoenix.id)
    here, there = (
        holder(world, Permission.PROGRAM_SCHEDULER, CREATE, at=place) for place in (world.provo.id, world.phoenix.id)
    )

    assert denial(world, wish, there) == "ACC-21"
    assert world.do(wish, AppointmentView, by=here).location.id == world.phoenix.id


@pytest.mark.rule("ACC-22")
def test_a_technician_of_another_location_is_assigned_without_a_permission_there() -> None:
    world = World()
    far = a_technician(name="Fay", home=world.phoenix.id)
    world.put(far)
    dispatcher = holder(world, Permission.TECH_SCHEDULER, VIEW, CREATE, MODIFY, at=world.provo.id)

    made = world.book(by=dispatcher, user=far.id, mode=ListMode.IN_COVERAGE_AREA)
    other = world.book("2026-05-27T11:00", by=dispatcher)
    handed = world.do(
        ReassignAppointment(appointment=AppointmentId(other.id), user=far.id, mode=ListMode.IN_COVERAGE_AREA),
        AppointmentView,
        by=dispatcher,
    )

    assert (made.user.id, handed.user.id) == (far.id, far.id)


@pytest.mark.rule("ACC-03", "ACC-06")
def test_no_permission_makes_a_tech_visit_on_a_lead() -> None:
    world = World()

    assert "appointment.tech_on_lead" in refusal(world, world.wish(customer=world.lead.id))


@pytest.mark.rule("ACC-21")
def test_a_program_visit_is_made_on_a_lead_and_on_a_customer() -> None:
    world = World()
    teacher = holder(world, Permission.PROGRAM_SCHEDULER, CREATE)

    for start, customer in (("2026-05-27T09:00", world.lead), ("2026-05-27T10:00", world.maria)):
        wish = a_visit(world, Kind.PROGRAM, start, customer=customer.id)
        assert world.do(wish, AppointmentView, by=teacher).customer.id == customer.id


# --- sales visits on customers (ACC-04, ACC-26) -----------------------------------------------------


@pytest.mark.rule("ACC-04")
def test_a_sales_visit_on_a_customer_is_made_only_where_the_setting_is_on() -> None:
    for setting in (False, True):
        world = World(sales_scheduler_on_customers=setting)
        wish = a_visit(world, Kind.SALES, customer=world.maria.id)
        if setting:
            assert world.do(wish, AppointmentView, by=holder(world, Permission.SALES_SCHEDULER, CREATE))
        else:
            assert set(refusal(world, wish)) == {"appointment.sales_on_customer"}


@pytest.mark.rule("ACC-04")
@pytest.mark.parametrize("setting", [False, True])
def test_the_setting_does_not_touch_sales_visits_on_leads(*, setting: bool) -> None:
    world = World(sales_scheduler_on_customers=setting)

    assert world.do(a_visit(world, Kind.SALES), AppointmentView).customer.id == world.lead.id


@pytest.mark.rule("ACC-04", "ACC-26")
def test_where_the_setting_was_switched_off_the_sales_visits_on_customers_stay_visible_and_workable() -> None:
    world = World(sales_scheduler_on_customers=True)
    id = booked(world, Kind.SALES, customer=world.maria.id)
    world.execute(ChangeSettings(changes={"sales_scheduler_on_customers": False}))
    rep = holder(world, Permission.SALES_SCHEDULER, VIEW, CREATE, MODIFY)

    assert "appointment.sales_on_customer" in refusal(
        world, a_visit(world, Kind.SALES, "2026-05-27T13:00", customer=world.maria.id), by=rep
    )
    assert world.ask(ShowAppointment(appointment=id), AppointmentView, by=rep).id == id
    for command in (
        MoveAppointment(appointment=id, start=at("11:00")),
        ResizeAppointment(appointment=id, minutes=90),
        EditAppointment(appointment=id, notes="Brings samples"),
        CancelAppointment(appointment=id),
        ReinstateAppointment(appointment=id),
    ):
        assert world.do(command, AppointmentView, by=rep).id == id


# --- seeing and changing (ACC-26) -------------------------------------------------------------------

Change = Callable[[AppointmentId], object]
CHANGES: dict[str, Change] = {
    "edit": lambda id: EditAppointment(appointment=id, notes="Bring a ladder"),
    "move": lambda id: MoveAppointment(appointment=id, start=at("11:00")),
    "resize": lambda id: ResizeAppointment(appointment=id, minutes=120),
    "cancel": lambda id: CancelAppointment(appointment=id),
    "an edit that changes nothing": lambda id: EditAppointment(appointment=id),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("kind", BY_KIND)
@pytest.mark.rule("ACC-26")
def test_a_change_needs_the_modify_of_its_kind(kind: Kind, change: Change) -> None:
    world = World()
    id = booked(world, kind)
    others = [(scheduler, MODIFY) for scheduler in SCHEDULER.values() if scheduler is not SCHEDULER[kind]]

    reader = world.actor((SCHEDULER[kind], VIEW), (SCHEDULER[kind], CREATE), *others, user=world.boss.id)

    assert denial(world, change(id), reader) == ASKED_BY[kind]
    assert world.do(change(id), AppointmentView, by=holder(world, SCHEDULER[kind], VIEW, MODIFY)).id == id


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("kind", BY_KIND)
@pytest.mark.rule("ACC-22")
def test_a_change_is_asked_at_the_location_of_the_record(kind: Kind, change: Change) -> None:
    world = World()
    id = booked(world, kind)

    elsewhere = holder(world, SCHEDULER[kind], VIEW, MODIFY, at=world.phoenix.id)

    assert denial(world, change(id), elsewhere) == ASKED_BY[kind]


@pytest.mark.parametrize("kind", BY_KIND)
@pytest.mark.rule("ACC-26")
def test_reinstating_needs_the_modify_of_its_kind(kind: Kind) -> None:
    world = World()
    id = booked(world, kind)
    world.execute(CancelAppointment(appointment=id))
    command = ReinstateAppointment(appointment=id)
    others = [(scheduler, MODIFY) for scheduler in SCHEDULER.values() if scheduler is not SCHEDULER[kind]]

    assert denial(world, command, holder(world, SCHEDULER[kind], VIEW, CREATE)) == "ACC-18"
    assert denial(world, command, world.actor((SCHEDULER[kind], VIEW), *others, user=world.boss.id)) == ASKED_BY[kind]
    assert world.do(command, AppointmentView, by=holder(world, SCHEDULER[kind], VIEW, MODIFY)).id == id


@pytest.mark.parametrize("kind", BY_KIND)
@pytest.mark.rule("ACC-26")
def test_a_visit_is_shown_to_whom_its_kind_may_be_seen_there(kind: Kind) -> None:
    world = World()
    question = ShowAppointment(appointment=booked(world, kind))
    others = [(scheduler, VIEW) for scheduler in SCHEDULER.values() if scheduler is not SCHEDULER[kind]]

    assert hidden(world, question, world.actor(*others, user=world.boss.id)) == ASKED_BY[kind]
    assert hidden(world, question, holder(world, SCHEDULER[kind], VIEW, at=world.phoenix.id)) == ASKED_BY[kind]
    reader = holder(world, SCHEDULER[kind], VIEW, at=world.provo.id)
    assert world.ask(question, AppointmentView, by=reader).kind is kind


def with_all_kinds(world: World) -> dict[Kind, AppointmentId]:
    """
    A visit of each kind at Maria's.
    """
    starts = {Kind.TECH: "2026-05-27T09:00", Kind.SALES: "2026-05-27T10:00", Kind.PROGRAM: "2026-05-27T11:00"}
    return {kind: booked(world, kind, start, customer=world.maria.id) for kind, start in starts.items()}


def listed(world: World, by: Actor) -> tuple[set[AppointmentId], int | None]:
    view = world.ask(ListCustomerAppointments(customer=world.maria.id, count=True), AppointmentsView, by=by)
    return {AppointmentId(item.id) for item in view.items}, view.upcoming


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.rule("ACC-26")
def test_the_list_and_its_count_hold_the_kinds_that_the_reader_may_see(kind: Kind) -> None:
    world = World(sales_scheduler_on_customers=True)
    ids = with_all_kinds(world)

    assert listed(world, holder(world, SCHEDULER[kind], VIEW, at=world.provo.id)) == ({ids[kind]}, 1)
    assert listed(world, world.owner) == (set(ids.values()), 3)


@pytest.mark.rule("ACC-26")
def test_the_list_is_closed_to_whom_no_kind_may_be_seen_there() -> None:
    world = World()
    question = ListCustomerAppointments(customer=world.maria.id)

    elsewhere = world.actor(*((scheduler, VIEW) for scheduler in SCHEDULER.values()), at=world.phoenix.id)
    creator = world.actor(*((scheduler, CREATE) for scheduler in SCHEDULER.values()))
    leads = world.actor((Permission.TECH_SCHEDULER_LEADS, VIEW), (Permission.TECH_SCHEDULE, VIEW))

    assert hidden(world, question, elsewhere) == "ACC-26"
    assert hidden(world, question, creator) == "ACC-18"
    assert hidden(world, question, leads) == "ACC-18"


# --- personal appointments (ACC-05) -----------------------------------------------------------------


@pytest.mark.rule("ACC-05")
def test_with_personal_appointments_one_books_oneself_and_nobody_else() -> None:
    world = World()
    rita = with_rita(world)
    sam = personal(world, VIEW, CREATE, MODIFY)

    assert world.do(a_visit(world, Kind.SALES), AppointmentView, by=sam).user.id == world.sam.id
    assert denial(world, a_visit(world, Kind.SALES, "2026-05-27T13:00", user=rita), sam) == "ACC-05"


@pytest.mark.rule("ACC-05")
def test_personal_appointments_are_sales_visits_only() -> None:
    world = World()
    ann = world.actor(*((PERSONAL, action) for action in (VIEW, CREATE, MODIFY)), user=world.ann.id)
    pia = world.actor(*((PERSONAL, action) for action in (VIEW, CREATE, MODIFY)), user=world.pia.id)

    assert denial(world, a_visit(world, Kind.TECH), ann) == "ACC-03"
    assert denial(world, a_visit(world, Kind.PROGRAM), pia) == "ACC-21"


@pytest.mark.rule("ACC-05", "ACC-22")
def test_personal_appointments_are_asked_at_the_location_of_the_record() -> None:
    world = World()

    assert denial(world, a_visit(world, Kind.SALES), personal(world, CREATE, at=world.phoenix.id)) == "ACC-04"
    assert world.do(a_visit(world, Kind.SALES), AppointmentView, by=personal(world, CREATE, at=world.provo.id))


@pytest.mark.rule("ACC-05", "ACC-04")
def test_a_personal_appointment_on_a_customer_needs_the_setting_too() -> None:
    for setting in (False, True):
        world = World(sales_scheduler_on_customers=setting)
        wish, sam = a_visit(world, Kind.SALES, customer=world.maria.id), personal(world, CREATE)
        if setting:
            assert world.do(wish, AppointmentView, by=sam)
        else:
            assert set(refusal(world, wish, by=sam)) == {"appointment.sales_on_customer"}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.rule("ACC-05")
def test_ones_own_sales_visit_is_changed_and_anothers_is_not(change: Change) -> None:
    world = World()
    rita = with_rita(world)
    own, hers = booked(world, Kind.SALES), booked(world, Kind.SALES, user=rita)
    sam = personal(world, VIEW, MODIFY)

    assert denial(world, change(hers), sam) == "ACC-05"
    assert world.do(change(own), AppointmentView, by=sam).id == own


@pytest.mark.rule("ACC-05")
def test_with_personal_appointments_one_neither_hands_a_visit_away_nor_takes_one() -> None:
    world = World()
    rita = with_rita(world)
    own, hers = booked(world, Kind.SALES), booked(world, Kind.SALES, "2026-05-27T11:00", user=rita)
    sam, rep = personal(world, VIEW, CREATE, MODIFY), holder(world, Permission.SALES_SCHEDULER, VIEW, MODIFY)

    assert denial(world, ReassignAppointment(appointment=own, user=rita), sam) == "ACC-05"
    assert denial(world, MoveAppointment(appointment=own, start=at("13:00"), user=rita), sam) == "ACC-05"
    assert denial(world, EditAppointment(appointment=own, user=rita), sam) == "ACC-05"
    assert denial(world, ReassignAppointment(appointment=hers, user=world.sam.id), sam) == "ACC-05"
    assert world.do(ReassignAppointment(appointment=own, user=rita), AppointmentView, by=rep).user.id == rita


@pytest.mark.rule("ACC-05")
def test_a_cancelled_visit_of_ones_own_is_not_reinstated_for_somebody_else() -> None:
    world = World()
    rita, own = with_rita(world), booked(world, Kind.SALES)
    sam = personal(world, VIEW, MODIFY)
    world.execute(CancelAppointment(appointment=own), by=sam)

    assert denial(world, ReinstateAppointment(appointment=own, user=rita), sam) == "ACC-05"
    assert world.do(ReinstateAppointment(appointment=own), AppointmentView, by=sam).user.id == world.sam.id


@pytest.mark.rule("ACC-05", "ACC-26")
def test_with_personal_appointments_one_sees_ones_own_sales_visits_only() -> None:
    world = World(sales_scheduler_on_customers=True)
    rita = with_rita(world)
    own = booked(world, Kind.SALES, customer=world.maria.id)
    hers = booked(world, Kind.SALES, customer=world.maria.id, user=rita)
    booked(world, Kind.TECH)
    sam = personal(world, VIEW)

    assert listed(world, sam) == ({own}, 1)
    assert world.ask(ShowAppointment(appointment=own), AppointmentView, by=sam).id == own
    assert hidden(world, ShowAppointment(appointment=hers), sam) == "ACC-05"
    assert denial(world, CHANGES["edit"](own), sam) == "ACC-18"


@pytest.mark.rule("ACC-05", "ACC-26")
def test_who_sees_all_sales_visits_sees_their_own_among_them_once() -> None:
    world = World(sales_scheduler_on_customers=True)
    rita = with_rita(world)
    own = booked(world, Kind.SALES, customer=world.maria.id)
    hers = booked(world, Kind.SALES, customer=world.maria.id, user=rita)

    both = world.actor((Permission.SALES_SCHEDULER, VIEW), (PERSONAL, VIEW), user=world.sam.id)

    assert listed(world, both) == ({own, hers}, 2)


# --- which kind (ACC-08) ----------------------------------------------------------------------------


@pytest.mark.rule("ACC-08")
@pytest.mark.parametrize("kind", Kind)
def test_who_can_create_one_kind_is_not_asked_which(kind: Kind) -> None:
    world = World()
    actor = holder(world, SCHEDULER[kind], CREATE, at=world.provo.id)
    customer = world.lead if kind is Kind.SALES else world.maria

    unsaid = evolve(a_visit(world, kind, customer=customer.id), kind=None)

    assert world.do(unsaid, AppointmentView, by=actor).kind is kind


@pytest.mark.rule("ACC-08")
def test_who_can_create_several_kinds_must_say_which() -> None:
    world = World()
    both = world.actor((Permission.TECH_SCHEDULER, CREATE), (PERSONAL, CREATE), user=world.sam.id)

    broken = refusal(world, world.wish(kind=None), by=both)

    assert list(broken) == ["appointment.kind_required"]
    assert broken["appointment.kind_required"].facts == {"kinds": "tech, sales"}
    assert broken["appointment.kind_required"].field == "kind"
    assert world.do(world.wish(), AppointmentView, by=both).kind is Kind.TECH


@pytest.mark.rule("ACC-08")
def test_only_the_kinds_that_can_be_created_at_the_records_location_count() -> None:
    world = World()
    here = world.actor((Permission.TECH_SCHEDULER, CREATE), at=world.provo.id, user=world.sam.id)
    there = world.actor((Permission.SALES_SCHEDULER, CREATE), at=world.phoenix.id)
    actor = Actor(user=here.user, home=here.home, grants=here.grants | there.grants)

    assert creatable(actor, world.provo.id) == (Kind.TECH,)
    assert creatable(actor, world.phoenix.id) == (Kind.SALES,)
    assert world.do(world.wish(kind=None), AppointmentView, by=actor).kind is Kind.TECH


@pytest.mark.rule("ACC-08")
def test_viewing_and_changing_make_no_kind_one_that_can_be_created() -> None:
    world = World()
    actor = world.actor(
        (Permission.TECH_SCHEDULER, CREATE),
        (Permission.SALES_SCHEDULER, VIEW),
        (Permission.PROGRAM_SCHEDULER, MODIFY),
        (Permission.TECH_SCHEDULER_LEADS, VIEW),
    )

    assert creatable(actor, world.provo.id) == (Kind.TECH,)


@pytest.mark.rule("ACC-08")
def test_who_can_create_no_kind_there_is_denied() -> None:
    world = World()
    elsewhere = holder(world, Permission.TECH_SCHEDULER, CREATE, at=world.phoenix.id)

    assert denial(world, world.wish(kind=None), elsewhere) == "ACC-26"


# --- free times, and the preview for leads (ACC-06) -------------------------------------------------


def looks(world: World, customer: CustomerId, kind: Kind = Kind.TECH) -> list[object]:
    """
    Every question that shows free times for a record.
    """
    type = {Kind.TECH: world.service, Kind.SALES: world.sales_call, Kind.PROGRAM: world.lesson}[kind]
    questions: list[object] = [
        ShowGrid(kind=kind, first=DAY, customer=customer),
        FindOpenings(customer=customer, type=type.id, first=DAY),
    ]
    if kind is Kind.TECH:
        questions += [
            ListTechnicians(customer=customer),
            MeasureTravel(customer=customer, user=world.ann.id, start=at("09:00")),
        ]
    return questions


@pytest.mark.rule("ACC-06")
def test_the_free_times_for_a_lead_are_seen_with_tech_scheduler_leads_at_its_location_alone() -> None:
    world = World()
    previewer = holder(world, Permission.TECH_SCHEDULER_LEADS, VIEW, at=world.provo.id)
    elsewhere = holder(world, Permission.TECH_SCHEDULER_LEADS, VIEW, at=world.phoenix.id)
    dispatcher = holder(world, Permission.TECH_SCHEDULER, VIEW, CREATE, MODIFY)

    grid, openings, technicians, travel = looks(world, world.lead.id)

    assert world.ask(grid, GridView, by=previewer).rows
    assert any(day.starts for each in world.ask(openings, OpeningsView, by=previewer).items for day in each.days)
    assert world.ask(technicians, TechniciansView, by=previewer).items
    assert world.ask(travel, TravelView, by=previewer).from_previous is not None
    for question in looks(world, world.lead.id):
        assert hidden(world, question, elsewhere) == "ACC-06"
        assert hidden(world, question, dispatcher) == "ACC-06"


@pytest.mark.rule("ACC-06")
def test_tech_scheduler_leads_shows_free_times_of_leads_and_tech_visits_alone() -> None:
    world = World()
    previewer = holder(world, Permission.TECH_SCHEDULER_LEADS, VIEW)

    for question in looks(world, world.maria.id):
        assert hidden(world, question, previewer) == "ACC-06"
    for kind in (Kind.SALES, Kind.PROGRAM):
        for question in looks(world, world.lead.id, kind):
            assert hidden(world, question, previewer) == "ACC-06"
    assert hidden(world, ShowGrid(kind=Kind.TECH, first=DAY), previewer) == "ACC-26"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.rule("ACC-06")
def test_free_times_for_a_customer_are_seen_with_the_view_of_the_kind_at_its_location(kind: Kind) -> None:
    world = World()

    for question in looks(world, world.maria.id, kind):
        assert world.ask(question, object, by=holder(world, SCHEDULER[kind], VIEW, at=world.provo.id))
        assert hidden(world, question, holder(world, SCHEDULER[kind], VIEW, at=world.phoenix.id)) == "ACC-06"
        others = [(scheduler, VIEW) for scheduler in SCHEDULER.values() if scheduler is not SCHEDULER[kind]]
        assert hidden(world, question, world.actor(*others)) == "ACC-06"


@pytest.mark.rule("ACC-06", "ACC-05")
def test_free_times_for_sales_visits_are_seen_with_personal_appointments_too() -> None:
    world = World()

    for question in looks(world, world.lead.id, Kind.SALES):
        assert world.ask(question, object, by=personal(world, VIEW))
        assert hidden(world, question, personal(world, VIEW, at=world.phoenix.id)) == "ACC-06"
    for question in looks(world, world.maria.id, Kind.TECH):
        assert hidden(world, question, personal(world, VIEW)) == "ACC-06"


@pytest.mark.rule("ACC-06")
def test_nothing_can_be_saved_from_the_preview() -> None:
    world = World()
    previewer = holder(world, Permission.TECH_SCHEDULER_LEADS, VIEW)
    wish = world.wish(customer=world.lead.id)

    assert denial(world, wish, previewer) == "ACC-18"
    dispatcher = world.actor(
        (Permission.TECH_SCHEDULER_LEADS, VIEW),
        *((Permission.TECH_SCHEDULER, action) for action in (VIEW, CREATE, MODIFY)),
    )
    assert "appointment.tech_on_lead" in refusal(world, wish, by=dispatcher)


# --- what a grid tells whom (ACC-27) ----------------------------------------------------------------


def blocks(world: World, question: ShowGrid, by: Actor) -> dict[str, tuple[BlockView, ...]]:
    """
    The blocks of a grid by the names of users.
    """
    return {row.user.name: row.blocks for row in world.ask(question, GridView, by=by).rows}


def with_a_visit_elsewhere(world: World) -> tuple[AppointmentId, AppointmentId]:
    """
    Bob's visit at a customer of Phoenix, and Ann's at Maria's.
    """
    paul = a_customer(location=world.phoenix.id, first_name="Paul", point=PHOENIX, number=3)
    world.put(paul)
    return booked(world, Kind.TECH, customer=paul.id, user=world.bob.id), booked(world, Kind.TECH)


@pytest.mark.rule("ACC-27", "ACC-26", "ACC-03")
def test_a_grid_shows_an_appointment_elsewhere_as_time_and_nothing_more() -> None:
    world = World()
    _, anns = with_a_visit_elsewhere(world)
    reader = holder(world, Permission.TECH_SCHEDULER, VIEW, at=world.provo.id)

    shown = blocks(world, ShowGrid(kind=Kind.TECH, first=DAY), reader)

    (card,) = shown["Ann"]
    assert card.appointment is not None
    assert card.appointment.id == anns
    (block,) = shown["Bob"]
    nine, ten = (at(time, zone="America/Phoenix") for time in ("09:00", "10:00"))
    assert block == BlockView(start=nine, end=ten, appointment=None)


@pytest.mark.rule("ACC-22", "ACC-27")
def test_a_program_elsewhere_is_seen_where_its_customer_is() -> None:
    world = World()
    booked(world, Kind.PROGRAM, location=world.phoenix.id)

    def seen(place: LocationId) -> bool:
        reader = holder(world, Permission.PROGRAM_SCHEDULER, VIEW, at=place)
        (block,) = blocks(world, ShowGrid(kind=Kind.PROGRAM, first=DAY), reader)["Pia"]
        return block.appointment is not None

    assert (seen(world.provo.id), seen(world.phoenix.id)) == (True, False)


@pytest.mark.rule("ACC-27", "ACC-26")
def test_a_grid_shows_an_appointment_of_a_kind_that_one_may_not_see_as_time_and_nothing_more() -> None:
    world = World()
    both = a_user(name="Toni", home=world.provo.id, technician=True, sales_rep=True)
    world.put(both)
    booked(world, Kind.SALES, user=both.id)

    reader = holder(world, Permission.TECH_SCHEDULER, VIEW)

    (block,) = blocks(world, ShowGrid(kind=Kind.TECH, first=DAY), reader)["Toni"]
    assert (block.start, block.end, block.appointment) == (at("09:00"), at("10:00"), None)
    seller = world.actor((Permission.TECH_SCHEDULER, VIEW), (Permission.SALES_SCHEDULER, VIEW), user=world.boss.id)
    (block,) = blocks(world, ShowGrid(kind=Kind.TECH, first=DAY), seller)["Toni"]
    assert block.appointment is not None


@pytest.mark.rule("ACC-05", "ACC-27")
def test_with_personal_appointments_the_grid_shows_ones_own_cards_and_blocks_of_others() -> None:
    world = World()
    rita = with_rita(world)
    own = booked(world, Kind.SALES)
    booked(world, Kind.SALES, user=rita)

    shown = blocks(world, ShowGrid(kind=Kind.SALES, first=DAY), personal(world, VIEW))

    (card,), (block,) = shown["Sam"], shown["Rita"]
    assert card.appointment is not None
    assert card.appointment.id == own
    assert block.appointment is None


@pytest.mark.rule("ACC-27", "ACC-06")
def test_the_preview_for_a_lead_shows_all_that_is_booked_as_time_and_nothing_more() -> None:
    world = World()
    with_a_visit_elsewhere(world)
    previewer = holder(world, Permission.TECH_SCHEDULER_LEADS, VIEW)

    shown = blocks(world, ShowGrid(kind=Kind.TECH, first=DAY, customer=world.lead.id), previewer)

    assert [block.appointment for row in shown.values() for block in row] == [None, None]


@pytest.mark.rule("ACC-27")
def test_a_cancelled_appointment_that_one_may_not_see_is_no_block() -> None:
    world = World()
    bobs, _ = with_a_visit_elsewhere(world)
    world.execute(CancelAppointment(appointment=bobs))
    reader = holder(world, Permission.TECH_SCHEDULER, VIEW, at=world.provo.id)

    assert blocks(world, ShowGrid(kind=Kind.TECH, first=DAY), reader)["Bob"] == ()


@pytest.mark.rule("ACC-26")
@pytest.mark.parametrize("kind", Kind)
def test_a_grid_is_drawn_for_whom_the_kind_may_be_seen_anywhere(kind: Kind) -> None:
    world = World()
    question = ShowGrid(kind=kind, first=DAY)
    others = [(scheduler, VIEW) for scheduler in SCHEDULER.values() if scheduler is not SCHEDULER[kind]]

    assert world.ask(question, GridView, by=holder(world, SCHEDULER[kind], VIEW, at=world.phoenix.id)).rows
    assert hidden(world, question, world.actor(*others)) == "ACC-26"


@pytest.mark.rule("ACC-27")
def test_a_refusal_names_what_stands_there_only_to_whom_it_may_be_shown() -> None:
    world = World()
    both = a_technician(name="Toni", home=world.provo.id, sales_rep=True)
    world.put(both)
    id = booked(world, Kind.SALES, user=both.id)

    blind = refusal(world, world.wish(user=both.id), by=holder(world, Permission.TECH_SCHEDULER, VIEW, CREATE))
    seeing = refusal(world, world.wish(user=both.id))

    assert "Leo" not in blind["slot.taken"].sentence
    assert {"appointment", "customer", "type"}.isdisjoint(blind["slot.taken"].facts)
    assert "Leo" in seeing["slot.taken"].sentence
    assert seeing["slot.taken"].facts["appointment"] == id


# --- the Work screen (ACC-07) -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.rule("ACC-07")
def test_the_assignee_opens_their_own_work_without_any_permission(kind: Kind) -> None:
    world = World()
    id = booked(world, kind)
    user = world.appointment(id).user

    assert world.ask(ShowWork(appointment=id), WorkView, by=world.actor(user=user)).appointment.id == id


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.rule("ACC-07", "ACC-22")
def test_anybody_else_opens_work_with_the_schedule_of_its_kind_at_the_assignees_home(kind: Kind) -> None:
    world = World()
    question = ShowWork(appointment=booked(world, kind))

    here = holder(world, SCHEDULE[kind], VIEW, at=world.provo.id)
    assert world.ask(question, WorkView, by=here).appointment.kind is kind
    assert hidden(world, question, holder(world, SCHEDULE[kind], VIEW, at=world.phoenix.id)) == "ACC-07"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.rule("ACC-07")
def test_all_other_permissions_together_open_no_work(kind: Kind) -> None:
    world = World()
    others = [
        (permission, action)
        for permission in Permission
        if permission is not SCHEDULE[kind]
        for action in permission.actions
    ]

    question = ShowWork(appointment=booked(world, kind))

    assert hidden(world, question, world.actor(*others, user=world.boss.id)) == "ACC-07"


@pytest.mark.rule("ACC-22", "ACC-07")
def test_work_is_asked_at_the_assignees_home_and_not_at_the_customers_location() -> None:
    world = World()
    fay = a_technician(name="Fay", home=world.phoenix.id, further=(world.provo.id,))
    world.put(fay)
    question = ShowWork(appointment=booked(world, Kind.TECH, user=fay.id))

    assert hidden(world, question, holder(world, Permission.TECH_SCHEDULE, VIEW, at=world.provo.id)) == "ACC-07"
    assert world.ask(question, WorkView, by=holder(world, Permission.TECH_SCHEDULE, VIEW, at=world.phoenix.id))


@pytest.mark.rule("ACC-07")
def test_a_visit_that_was_handed_on_is_no_longer_ones_own() -> None:
    world = World()
    eve = a_technician(name="Eve", home=world.provo.id)
    world.put(eve)
    id = booked(world, Kind.TECH)
    world.execute(ReassignAppointment(appointment=id, user=eve.id))

    assert hidden(world, ShowWork(appointment=id), world.actor(user=world.ann.id)) == "ACC-07"
    assert world.ask(ShowWork(appointment=id), WorkView, by=world.actor(user=eve.id)).appointment.id == id


@pytest.mark.rule("ACC-27", "ACC-07")
def test_the_assignee_sees_the_customer_on_work_without_a_permission_for_customers() -> None:
    world = World()

    work = world.ask(ShowWork(appointment=booked(world, Kind.TECH)), WorkView, by=world.actor(user=world.ann.id))

    assert (work.appointment.customer.id, work.appointment.customer.name) == (world.maria.id, "Maria Nielsen")


@pytest.mark.rule("ACC-22")
def test_a_schedule_permission_is_asked_at_the_new_home_when_the_assignee_moves() -> None:
    world = World()
    question = ShowWork(appointment=booked(world, Kind.TECH))
    provo = holder(world, Permission.TECH_SCHEDULE, VIEW, at=world.provo.id)

    world.execute(ChangeUser(user=world.ann.id, home=world.phoenix.id))

    assert hidden(world, question, provo) == "ACC-07"


def test_a_visit_that_is_not_there_is_not_found() -> None:
    world = World()

    with pytest.raises(NotFound):
        world.ask(ShowWork(appointment=AppointmentId(world.ids())), WorkView)
    with pytest.raises(NotFound):
        world.ask(ShowAppointment(appointment=AppointmentId(world.ids())), AppointmentView)
