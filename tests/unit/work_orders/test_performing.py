"""
Work to perform: chosen in a table, ticked off on site, followed by equipment and stock.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.company.model import Catalog
from fieldops_core.field_work.messages import CheckIn, CheckOut
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.scheduling.model import AppointmentId, VisitOutcome, WorkOrderId
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_catalog_entry, a_piece, a_work_order, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.calculations import box_is_on, choose, drop, toggled, work_counts
from fieldops_core.work_orders.messages import (
    ChangeEquipment,
    ChosenRow,
    DeleteWorkOrder,
    ListStock,
    ListWorkOrders,
    PreviewToggle,
    SetWorkToPerform,
    ShowChecklist,
    ShowEquipment,
    ShowWorkToPerform,
    TickWork,
)
from fieldops_core.work_orders.model import (
    EXCLUDED,
    EquipmentId,
    EquipmentStatus,
    ItemState,
    Row,
    Upcoming,
    WorkAction,
    WorkOrderStatus,
)
from fieldops_core.work_orders.views import (
    ChecklistView,
    EquipmentView,
    OpenWorkView,
    StockView,
    WorkOrdersView,
    WorkTableView,
)
from tests.support.world import World, denial, hidden, refusal

INSTALL, SERVICE, REMOVE = WorkAction
NOT_INSTALLED, INSTALLED, REPLACING = EquipmentStatus
OPEN, DONE, NOT_DONE = ItemState
TODAY = date(2026, 5, 25)
ORDERS_MODIFY, ORDERS_VIEW = (Permission.WORK_ORDERS, Action.MODIFY), (Permission.WORK_ORDERS, Action.VIEW)


class Site(World):
    """
    A work order of Maria's, with a visit of Ann's, and equipment of one item.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__()
        self.panel = a_catalog_entry(catalog=Catalog.EQUIPMENT, name="Panel")
        self.order = a_work_order(customer=self.maria.id, number=1, **given)
        self.put(self.panel, self.order)

    def piece(self, status: EquipmentStatus = NOT_INSTALLED, **given: Any) -> EquipmentId:
        piece = a_piece(**{"customer": self.maria.id, "item": self.panel.id, "status": status, **given})
        self.put(piece)
        return piece.id

    def visit(self) -> AppointmentId:
        return AppointmentId(self.book(work_order=self.order.id).id)

    def set(self, rows: dict[EquipmentId, Iterable[WorkAction]], **how: Any) -> WorkTableView:
        return self.do(self.setting(rows), WorkTableView, **how)

    def setting(self, rows: dict[EquipmentId, Iterable[WorkAction]]) -> SetWorkToPerform:
        return SetWorkToPerform(work_order=self.order.id, rows=sent(rows))

    def toggle(
        self, rows: dict[EquipmentId, Iterable[WorkAction]], action: WorkAction, *, on: bool = True, **given: Any
    ) -> WorkTableView:
        question = PreviewToggle(work_order=self.order.id, rows=sent(rows), action=action, on=on, **given)
        return self.ask(question, WorkTableView)

    def table(self) -> WorkTableView:
        return self.ask(ShowWorkToPerform(work_order=self.order.id), WorkTableView)

    def equipment(self, id: EquipmentId) -> EquipmentView:
        return self.ask(ShowEquipment(equipment=id), EquipmentView)

    def stock(self) -> dict[str, tuple[int, bool]]:
        view = self.ask(ListStock(technician=self.ann.id), StockView)
        return {each.item.name: (each.quantity, each.short) for each in view.items}

    @property
    def assignee(self) -> Actor:
        return self.actor(user=self.ann.id)

    def tick(self, visit: AppointmentId, piece: EquipmentId, action: WorkAction, **given: Any) -> ChecklistView:
        return self.do(tick(visit, piece, action, **given), ChecklistView, by=self.assignee)


def sent(rows: dict[EquipmentId, Iterable[WorkAction]]) -> tuple[ChosenRow, ...]:
    return tuple(ChosenRow(equipment=id, actions=frozenset(actions)) for id, actions in rows.items())


def tick(visit: AppointmentId, piece: EquipmentId, action: WorkAction, **given: Any) -> TickWork:
    return evolve(TickWork(appointment=visit, equipment=piece, action=action, state=DONE), **given)


def chosen(table: WorkTableView) -> dict[object, set[WorkAction]]:
    return {each.equipment.id: set(each.actions) for each in table.rows}


def boxes(table: WorkTableView) -> set[WorkAction]:
    return {each.action for each in table.headers if each.on}


# --- choosing (EQP-01 to EQP-04) --------------------------------------------------------------------


@pytest.mark.rule("EQP-01")
@pytest.mark.parametrize(
    ("status", "offers"),
    [(NOT_INSTALLED, {INSTALL}), (INSTALLED, {SERVICE, REMOVE}), (REPLACING, {INSTALL, SERVICE, REMOVE})],
)
def test_a_status_offers_its_actions_and_no_others(status: EquipmentStatus, offers: set[WorkAction]) -> None:
    site = Site()
    id = site.piece(status)

    (row,) = site.table().rows

    assert set(row.offers) == offers
    for action in WorkAction:
        if action in offers:
            assert chosen(site.toggle({}, action, equipment=id)) == {id: {action}}
            assert chosen(site.set({id: {action}})) == {id: {action}}
        else:
            refused = refusal(site, site.setting({id: {action}}))["work.not_offered"]
            assert refused.sentence == f"This cannot be done there now: {action.value} of Panel SN-1."
            assert chosen(site.toggle({}, action))[id] == set()


@pytest.mark.rule("EQP-01")
def test_only_active_equipment_of_this_customer_is_offered() -> None:
    site = Site()
    mine, gone, theirs = site.piece(), site.piece(active=False), site.piece(customer=site.lead.id)

    assert [each.equipment.id for each in site.table().rows] == [mine]
    for stranger in (gone, theirs, EquipmentId(fresh())):
        assert set(refusal(site, site.setting({stranger: {INSTALL}}))) == {"work.equipment_unknown"}


@pytest.mark.rule("EQP-01")
def test_a_piece_has_one_row() -> None:
    site = Site()
    row = ChosenRow(equipment=site.piece(), actions=frozenset({INSTALL}))

    with pytest.raises(InvalidValue) as refused:
        site.execute(SetWorkToPerform(work_order=site.order.id, rows=(row, row)))
    assert refused.value.code == "work.equipment_twice"


@pytest.mark.rule("EQP-02")
def test_install_and_service_go_together_and_remove_stands_alone() -> None:
    site = Site()
    id = site.piece(REPLACING)

    assert chosen(site.set({id: {INSTALL, SERVICE}})) == {id: {INSTALL, SERVICE}}
    for beside in ({INSTALL}, {SERVICE}, {INSTALL, SERVICE}):
        refused = refusal(site, site.setting({id: {REMOVE, *beside}}))
        assert set(refused) == {"work.remove_alone"}
        assert refused["work.remove_alone"].sentence.endswith(": Panel SN-1.")
        assert chosen(site.toggle({id: beside}, REMOVE, equipment=id)) == {id: {REMOVE}}
    for side in (INSTALL, SERVICE):
        assert chosen(site.toggle({id: {REMOVE}}, side, equipment=id)) == {id: {side}}


@pytest.mark.rule("EQP-02")
def test_an_action_once_saved_stays_valid_when_the_equipment_changes() -> None:
    site = Site()
    new, old = site.piece(), site.piece(INSTALLED)
    site.set({new: {INSTALL}, old: {REMOVE}})
    site.execute(ChangeEquipment(equipment=new, status=INSTALLED))
    site.execute(ChangeEquipment(equipment=old, active=False))

    assert chosen(site.table()) == {new: {INSTALL}, old: {REMOVE}}
    again = site.set({new: {INSTALL, SERVICE}, old: {REMOVE}})
    assert chosen(again) == {new: {INSTALL, SERVICE}, old: {REMOVE}}
    assert chosen(site.set({new: {SERVICE}})) == {new: {SERVICE}, old: set()}
    assert set(refusal(site, site.setting({new: {INSTALL}}))) == {"work.not_offered"}
    assert set(refusal(site, site.setting({old: {REMOVE}}))) == {"work.equipment_unknown"}


@pytest.mark.rule("EQP-03")
def test_a_header_box_sets_its_action_on_every_eligible_row_and_clears_it_from_every_row() -> None:
    site = Site()
    new, old, due = site.piece(), site.piece(INSTALLED), site.piece(REPLACING)

    on = site.toggle({}, INSTALL)
    off = site.toggle({new: {INSTALL}, due: {INSTALL, SERVICE}}, INSTALL, on=False)

    assert (chosen(on), boxes(on)) == ({new: {INSTALL}, old: set(), due: {INSTALL}}, {INSTALL})
    assert [each.eligible for each in on.headers] == [2, 2, 2]
    assert (chosen(off), boxes(off)) == ({new: set(), old: set(), due: {SERVICE}}, set())
    assert chosen(site.table())[new] == set()  # nothing was saved


@pytest.mark.rule("EQP-03")
def test_service_all_and_remove_all_clear_each_other_and_install_all_neither() -> None:
    site = Site()
    new, old = site.piece(), site.piece(INSTALLED)

    service = site.toggle({}, SERVICE)
    remove = site.toggle({new: {INSTALL}, old: {SERVICE}}, REMOVE)
    install = site.toggle({old: {REMOVE}}, INSTALL)

    assert boxes(service) == {SERVICE}
    assert (chosen(remove), boxes(remove)) == ({new: {INSTALL}, old: {REMOVE}}, {INSTALL, REMOVE})
    assert (chosen(install), boxes(install)) == ({new: {INSTALL}, old: {REMOVE}}, {INSTALL, REMOVE})
    due = site.piece(REPLACING)
    assert chosen(site.toggle({due: {REMOVE}}, INSTALL))[due] == {INSTALL}


@pytest.mark.rule("EQP-03")
def test_a_box_that_no_row_can_have_shows_off() -> None:
    site = Site()

    assert boxes(site.toggle({}, REMOVE)) == set()
    assert [each.eligible for each in site.table().headers] == [0, 0, 0]


@pytest.mark.rule("EQP-04")
def test_counts_by_action_are_derived() -> None:
    site = Site()
    first, second, third = site.piece(), site.piece(REPLACING), site.piece(INSTALLED)

    table = site.set({first: {INSTALL}, second: {INSTALL, SERVICE}})

    assert [(each.action, each.count) for each in table.counts] == [(INSTALL, 2), (SERVICE, 1)]
    assert table.summary == "Install: 2, Service: 1"
    assert site.toggle({third: {REMOVE}}, INSTALL, on=False).summary == "Remove: 1"
    assert work_counts([]) == ()


@pytest.mark.rule("WOR-06", "EQP-04")
def test_the_list_tells_how_many_have_which_action() -> None:
    site = Site()
    other = a_work_order(customer=site.maria.id, number=2)
    site.put(other)
    site.set({site.piece(): {INSTALL}, site.piece(REPLACING): {INSTALL, SERVICE}})

    newest, oldest = site.ask(ListWorkOrders(customer=site.maria.id), WorkOrdersView).items

    assert (newest.work, newest.counts) == ("", ())
    assert oldest.work == "Install: 2, Service: 1"
    assert [(each.action, each.count) for each in oldest.counts] == [(INSTALL, 2), (SERVICE, 1)]


# --- the oracle: boxes of a page, as somebody would write them ---------------------------------------


@frozen
class Plain:
    """
    The three boxes of a row, and which of them can be clicked.
    """

    on: tuple[bool, bool, bool]
    can: tuple[bool, bool, bool]
    done: tuple[bool, bool, bool]

    @classmethod
    def of(cls, row: Row) -> "Plain":
        done = tuple(each in row.done for each in WorkAction)
        gone = (done[2], done[2], done[0] or done[1])
        can = tuple(each in row.offers and not gone[at] for at, each in enumerate(WorkAction))
        return cls(tuple(each in row.chosen for each in WorkAction), can, done)  # type: ignore[arg-type]


def naive(rows: list[Plain], box: int, *, on: bool) -> list[list[bool]]:
    found = [list(each.on) for each in rows]
    for row, boxes_on in zip(rows, found, strict=True):
        if not on:
            if not row.done[box]:
                boxes_on[box] = False
            continue
        if box in (1, 2) and not row.done[3 - box]:
            boxes_on[3 - box] = False
        if not row.can[box]:
            continue
        if box == 2:
            boxes_on[0] = boxes_on[1] = False
        else:
            boxes_on[2] = False
        boxes_on[box] = True
    return found


@pytest.mark.rule("EQP-03", "EQP-02", "EQP-01")
@given(st.lists(strategies.rows(), max_size=5), st.lists(st.tuples(st.sampled_from(WorkAction), st.booleans())))
def test_header_boxes_do_what_a_naive_page_does(rows: list[Row], clicks: list[tuple[WorkAction, bool]]) -> None:
    now = tuple(rows)
    for action, on in clicks:
        box = list(WorkAction).index(action)
        expected = naive([Plain.of(each) for each in now], box, on=on)
        now = toggled(now, action, on=on)
        assert [[each in row.chosen for each in WorkAction] for row in now] == expected
        plain = [Plain.of(each) for each in now]
        shown = [row.on[box] for row in plain if row.can[box]]
        assert box_is_on(now, action) is (bool(shown) and all(shown))
        assert all(row.chosen <= row.offers and row.done <= row.chosen for row in now)
        assert not any(REMOVE in row.chosen and len(row.chosen) > 1 for row in now)


@pytest.mark.rule("EQP-02")
@given(strategies.rows(), st.sampled_from(WorkAction))
def test_choosing_either_side_drops_the_other(row: Row, action: WorkAction) -> None:
    if row.eligible(action):
        after = choose(row, action)
        assert after.chosen == {each for each in row.chosen if each not in EXCLUDED[action]} | {action}
        assert row.done <= after.chosen
    assert drop(row, action).chosen == (row.chosen if action in row.done else row.chosen - {action})


# --- a change of the work order ---------------------------------------------------------------------


@pytest.mark.rule("EQP-01", "STO-04", "CUS-16")
def test_choosing_work_is_a_change_of_the_work_order() -> None:
    site = Site()
    id = site.piece()

    table = site.set({id: {INSTALL}}, expected_version=1)

    assert table.version == 2
    assert site.set({id: {INSTALL}}).version == 2  # nothing changed
    with pytest.raises(Stale):
        site.set({}, expected_version=1)
    assert site.set({}, expected_version=2).version == 3
    with site.storage.reading(site.company.id) as unit:
        order = unit.work_orders.get(site.order.id)
        assert (order.changed_by, order.changed_at, order.version) == (site.boss.id, NOW, 3)
        cleared, made = unit.history.of("work_to_perform", order.id)
        assert made.record == site.maria.id
    assert {each.field for each in cleared.changes} == {"items"}


@pytest.mark.rule("WOR-04")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_the_work_of_a_closed_work_order_is_locked(status: WorkOrderStatus) -> None:
    site = Site(status=status)
    command = site.setting({site.piece(): {INSTALL}})

    if status in (WorkOrderStatus.COMPLETE, WorkOrderStatus.INVOICED, WorkOrderStatus.CANCELLED):
        refused = refusal(site, command)["work_order.locked"]
        assert refused.facts["fields"] == "work_to_perform"
    else:
        assert site.do(command, WorkTableView).version == 2


@pytest.mark.rule("WOR-09")
def test_the_work_of_a_deleted_work_order_is_gone_with_it() -> None:
    site = Site()
    id = site.piece()
    site.set({id: {INSTALL}})

    site.execute(DeleteWorkOrder(work_order=site.order.id, upcoming=Upcoming.UNLINK))

    with site.storage.reading(site.company.id) as unit:
        assert unit.work_to_perform.named((site.order.id,)) == ()
        gone, _ = unit.history.of("work_to_perform", site.order.id)
    assert [each.new for each in gone.changes if each.field == "items"] == [None]


@pytest.mark.rule("ACC-09", "ACC-22")
def test_work_is_seen_and_chosen_by_who_may_edit_work_orders_there() -> None:
    site = Site()
    show, set_ = ShowWorkToPerform(work_order=site.order.id), site.setting({site.piece(): {INSTALL}})
    toggle = PreviewToggle(work_order=site.order.id, rows=(), action=INSTALL, on=True)

    for question in (show, toggle):
        assert hidden(site, question, by=site.actor(ORDERS_MODIFY)) == "ACC-18"
        assert hidden(site, question, by=site.actor(ORDERS_VIEW, at=site.phoenix.id)) == "ACC-09"
        site.ask(question, WorkTableView, by=site.actor(ORDERS_VIEW, at=site.provo.id))
    assert denial(site, set_, by=site.actor(ORDERS_VIEW)) == "ACC-18"
    assert denial(site, set_, by=site.actor(ORDERS_MODIFY)) == "ACC-09"
    site.do(set_, WorkTableView, by=site.actor(ORDERS_VIEW, ORDERS_MODIFY, at=site.provo.id))


# --- the checklist (EQP-05 to EQP-07) ---------------------------------------------------------------


@pytest.mark.rule("EQP-07", "EQP-05", "PUR-03")
def test_an_install_that_is_done_puts_the_piece_in_place_and_takes_one_from_the_stock() -> None:
    site = Site()
    id, visit = site.piece(serial=""), site.visit()
    site.set({id: {INSTALL}})

    before = site.ask(ShowChecklist(appointment=visit), ChecklistView, by=site.assignee)
    after = site.tick(visit, id, INSTALL, serial="PX-7", note="Beside the meter.")

    assert (before.open, before.items[0].state, before.items[0].by) == (1, OPEN, None)
    (item,) = after.items
    assert (after.open, item.state, item.note, item.at) == (0, DONE, "Beside the meter.", NOW)
    assert item.by is not None
    assert item.by.name == "Ann"
    piece = site.equipment(id)
    assert (piece.status, piece.serial, piece.installed_on) == (INSTALLED, "PX-7", TODAY)
    assert piece.installed_by is not None
    assert piece.installed_by.name == "Ann"
    assert site.stock() == {"Panel": (-1, True)}


@pytest.mark.rule("PUR-03")
def test_each_install_takes_one_more_and_nothing_else_does() -> None:
    site = Site()
    first, second, third, visit = site.piece(), site.piece(), site.piece(INSTALLED), site.visit()
    site.set({first: {INSTALL}, second: {INSTALL}, third: {SERVICE}})

    site.tick(visit, first, INSTALL)
    site.tick(visit, third, SERVICE)
    site.tick(visit, second, INSTALL, state=NOT_DONE, note="No time.")
    assert site.stock() == {"Panel": (-1, True)}
    site.tick(visit, second, INSTALL)
    assert site.stock() == {"Panel": (-2, True)}


@pytest.mark.rule("EQP-05")
def test_a_removed_piece_is_inactive_and_a_serviced_one_as_it_was() -> None:
    site = Site()
    old, kept, visit = site.piece(INSTALLED), site.piece(INSTALLED), site.visit()
    site.set({old: {REMOVE}, kept: {SERVICE}})

    site.tick(visit, old, REMOVE)
    before = site.equipment(kept)
    site.tick(visit, kept, SERVICE)

    assert (site.equipment(old).active, site.equipment(old).status) == (False, INSTALLED)
    assert site.equipment(kept) == before


@pytest.mark.rule("EQP-06")
def test_a_unit_that_was_to_be_replaced_is_followed_by_another() -> None:
    site = Site()
    old, visit = site.piece(REPLACING, serial="OLD", installed_on=date(2020, 1, 2)), site.visit()
    site.set({old: {INSTALL, SERVICE}})

    for serial in ("", "OLD", " "):
        wish = tick(visit, old, INSTALL, serial=serial)
        assert set(refusal(site, wish, by=site.assignee)) == {"checklist.serial_required"}
    site.tick(visit, old, INSTALL, serial="NEW")

    gone = site.equipment(old)
    (row,) = (each for each in site.table().rows if each.equipment.active)
    there = site.equipment(EquipmentId(row.equipment.id))
    assert (gone.active, gone.status, gone.serial, gone.installed_on) == (False, INSTALLED, "OLD", date(2020, 1, 2))
    assert (there.status, there.serial, there.installed_on, there.replaces) == (INSTALLED, "NEW", TODAY, old)
    assert (there.item, there.place, there.version) == (gone.item, gone.place, 1)
    assert site.stock() == {"Panel": (-1, True)}
    site.tick(visit, old, SERVICE)  # what was saved stays valid


@pytest.mark.rule("EQP-06")
def test_a_unit_without_a_serial_number_is_replaced_by_one_without() -> None:
    site = Site()
    old, visit = site.piece(REPLACING, serial=""), site.visit()
    site.set({old: {INSTALL}})

    site.tick(visit, old, INSTALL)

    assert not site.equipment(old).active


@pytest.mark.rule("EQP-07")
def test_what_is_not_done_has_a_note_and_may_be_done_later() -> None:
    site = Site()
    id, visit = site.piece(), site.visit()
    site.set({id: {INSTALL}})

    for note in ("", "  "):
        wish = tick(visit, id, INSTALL, state=NOT_DONE, note=note)
        assert set(refusal(site, wish, by=site.assignee)) == {"checklist.note_required"}
    told = site.tick(visit, id, INSTALL, state=NOT_DONE, note="No panel left.")
    assert (told.items[0].state, told.open, site.equipment(id).status) == (NOT_DONE, 0, NOT_INSTALLED)
    assert site.tick(visit, id, INSTALL, state=OPEN).open == 1
    assert site.tick(visit, id, INSTALL).items[0].state is DONE


@pytest.mark.rule("EQP-07")
@pytest.mark.parametrize("state", ItemState)
def test_what_is_done_stays_done_also_in_the_table(state: ItemState) -> None:
    site = Site()
    id, visit = site.piece(), site.visit()
    site.set({id: {INSTALL}})
    site.tick(visit, id, INSTALL)

    again = tick(visit, id, INSTALL, state=state, note="Again.")
    assert set(refusal(site, again, by=site.assignee)) == {"checklist.done"}
    assert site.stock() == {"Panel": (-1, True)}
    assert chosen(site.set({})) == {id: {INSTALL}}
    assert chosen(site.toggle({}, INSTALL, on=False)) == {id: {INSTALL}}
    (row,) = site.table().rows
    assert (row.done, row.offers) == ((INSTALL,), (INSTALL, SERVICE))
    assert set(refusal(site, site.setting({id: {REMOVE}}))) == {"work.remove_alone"}
    assert chosen(site.set({id: {SERVICE}})) == {id: {INSTALL, SERVICE}}
    kept = site.ask(ShowChecklist(appointment=visit), ChecklistView, by=site.assignee)
    assert [each.state for each in kept.items] == [DONE, OPEN]


@pytest.mark.rule("EQP-07")
def test_what_is_not_on_the_checklist_is_not_ticked_off() -> None:
    site = Site()
    id, theirs, visit = site.piece(INSTALLED), site.piece(customer=site.lead.id), site.visit()
    site.set({id: {SERVICE}})

    assert set(refusal(site, tick(visit, id, REMOVE), by=site.assignee)) == {"checklist.not_listed"}
    for other in (theirs, EquipmentId(fresh())):
        with pytest.raises(NotFound):
            site.execute(tick(visit, other, SERVICE), by=site.assignee)
    bare = AppointmentId(site.book("2026-05-28T09:00").id)
    with pytest.raises(NotFound):
        site.execute(tick(bare, id, SERVICE), by=site.assignee)
    assert site.ask(ShowChecklist(appointment=bare), ChecklistView).items == ()


@pytest.mark.rule("EQP-05")
def test_what_is_gone_is_not_installed() -> None:
    site = Site()
    id, visit = site.piece(), site.visit()
    site.set({id: {INSTALL}})
    site.execute(ChangeEquipment(equipment=id, active=False))

    assert set(refusal(site, tick(visit, id, INSTALL), by=site.assignee)) == {"checklist.equipment_gone"}
    assert site.tick(visit, id, INSTALL, state=NOT_DONE, note="Gone.").open == 0


@pytest.mark.rule("WOR-04")
def test_the_checklist_of_a_complete_work_order_is_locked() -> None:
    site = Site()
    id, visit = site.piece(), site.visit()
    site.set({id: {INSTALL}})
    with site.storage.reading(site.company.id) as unit:
        order = unit.work_orders.get(site.order.id)
    site.replace(order, status=WorkOrderStatus.COMPLETE)

    assert set(refusal(site, tick(visit, id, INSTALL), by=site.assignee)) == {"work_order.locked"}


@pytest.mark.rule("ACC-07", "ACC-09")
def test_the_assignee_ticks_and_who_may_edit_work_orders_there_in_their_stead() -> None:
    site = Site()
    id, other, visit = site.piece(), site.piece(), site.visit()
    site.set({id: {INSTALL}, other: {INSTALL}})
    wish = tick(visit, id, INSTALL)

    everything = [each for each in Permission if each is not Permission.WORK_ORDERS]
    stranger = site.actor(*((each, Action.MODIFY) for each in everything if Action.MODIFY in each.actions))
    stranger = evolve(stranger, user=site.sam.id)
    elsewhere = site.actor(ORDERS_MODIFY, at=site.phoenix.id, user=site.sam.id)
    for actor in (stranger, elsewhere):
        assert denial(site, wish, by=actor) == "ACC-07"
    ticked = site.do(wish, ChecklistView, by=site.actor(ORDERS_MODIFY, at=site.provo.id, user=site.sam.id))

    assert ticked.items[0].by is not None
    assert ticked.items[0].by.name == "Sam"
    installed = site.equipment(id).installed_by
    assert installed is not None
    assert installed.name == "Ann"  # whose visit it is
    site.execute(tick(visit, other, INSTALL), by=site.assignee)
    assert hidden(site, ShowChecklist(appointment=visit), by=stranger) == "ACC-07"
    watcher = site.actor((Permission.TECH_SCHEDULE, Action.VIEW), at=site.provo.id, user=site.sam.id)
    assert site.ask(ShowChecklist(appointment=visit), ChecklistView, by=watcher).number == 1


@pytest.mark.rule("ARC-06")
def test_nothing_is_done_at_an_archived_customer() -> None:
    site = Site()
    id, visit = site.piece(), site.visit()
    site.set({id: {INSTALL}})
    site.replace(site.maria, archived_at=NOW)

    assert set(refusal(site, tick(visit, id, INSTALL), by=site.assignee)) == {"customer.archived"}
    assert set(refusal(site, site.setting({}))) == {"customer.archived"}


@pytest.mark.rule("EQP-07")
@pytest.mark.parametrize("outcome", [VisitOutcome.DONE, VisitOutcome.FOLLOW_UP])
def test_a_check_out_done_warns_of_what_is_open(outcome: VisitOutcome) -> None:
    site = Site()
    first, second, visit = site.piece(), site.piece(), site.visit()
    site.set({first: {INSTALL}, second: {INSTALL}})
    site.tick(visit, first, INSTALL, state=NOT_DONE, note="Tomorrow.")
    site.execute(CheckIn(appointment=visit), by=site.assignee)

    receipt = site.execute(CheckOut(appointment=visit, outcome=outcome), by=site.assignee)

    warnings = [each for each in receipt.added if isinstance(each, OpenWorkView)]
    if outcome is VisitOutcome.DONE:
        ((warning,),) = (each.work_orders for each in warnings)
        assert (warning.work_order, warning.open) == (site.order.id, 1)
        assert warning.sentence == "1 of the actions of work order 1 is still open."
    else:
        assert warnings == []


@pytest.mark.rule("EQP-07")
def test_a_check_out_warns_of_nothing_where_all_is_said() -> None:
    site = Site()
    id, visit = site.piece(), site.visit()
    site.set({id: {INSTALL}})
    site.tick(visit, id, INSTALL)
    site.execute(CheckIn(appointment=visit), by=site.assignee)

    receipt = site.execute(CheckOut(appointment=visit, outcome=VisitOutcome.DONE), by=site.assignee)

    assert not any(isinstance(each, OpenWorkView) for each in receipt.added)


@pytest.mark.rule("PUR-03", "ACC-11")
def test_stock_is_seen_by_its_technician_and_by_who_sees_purchase_orders_there() -> None:
    site = Site()
    question, see = ListStock(technician=site.ann.id), (Permission.EQUIPMENT_PO, Action.VIEW)

    assert site.ask(question, StockView, by=site.assignee).items == ()
    site.ask(question, StockView, by=site.actor(see, at=site.provo.id, user=site.sam.id))
    for actor in (site.actor(user=site.sam.id), site.actor(see, at=site.phoenix.id, user=site.sam.id)):
        assert hidden(site, question, by=actor) == "ACC-11"


def test_the_table_of_no_work_order_is_not_found() -> None:
    site = Site()

    with pytest.raises(NotFound):
        site.ask(ShowWorkToPerform(work_order=WorkOrderId(fresh())), WorkTableView)
