"""
Customer equipment: recorded, changed by hand, listed, made inactive.
"""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.ids import UserId
from fieldops_core.testing.builders import a_catalog_entry, a_piece, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.messages import ChangeEquipment, CreateEquipment, ListEquipment, ShowEquipment
from fieldops_core.work_orders.model import BY_HAND, EquipmentId, EquipmentStatus, WorkAction
from fieldops_core.work_orders.views import EquipmentListView, EquipmentView
from tests.support.world import World, denial, hidden, refusal

VIEW, CREATE, MODIFY = ((Permission.EQUIPMENT, action) for action in (Action.VIEW, Action.CREATE, Action.MODIFY))
RECORD = (Permission.CUSTOMERS, Action.VIEW)
NOT_INSTALLED, INSTALLED, REPLACING = EquipmentStatus
TODAY = date(2026, 5, 25)


class Shop(World):
    """
    A world with a catalog of equipment.
    """

    def __init__(self) -> None:
        super().__init__()
        self.panel = a_catalog_entry(catalog=Catalog.EQUIPMENT, name="Panel")
        self.old_panel = a_catalog_entry(catalog=Catalog.EQUIPMENT, name="Old panel", active=False)
        self.wire = a_catalog_entry(catalog=Catalog.WIRE_TYPES, name="Four core")
        self.put(self.panel, self.old_panel, self.wire)

    def wish(self, **given: Any) -> CreateEquipment:  # type: ignore[override]
        return evolve(CreateEquipment(customer=self.maria.id, item=self.panel.id), **given)

    def make(self, **given: Any) -> EquipmentView:
        return self.do(self.wish(**given), EquipmentView)

    def piece(self, **given: Any) -> EquipmentId:
        piece = a_piece(customer=self.maria.id, item=self.panel.id, **given)
        self.put(piece)
        return piece.id


def change(id: EquipmentId, **given: Any) -> ChangeEquipment:
    return ChangeEquipment(equipment=id, **given)


@pytest.mark.rule("EQP-01", "CUS-21")
def test_a_piece_is_to_be_installed_until_it_is() -> None:
    shop = Shop()

    made = shop.make(serial=" PX-1 ", place="Hall", wire_type=shop.wire.id)

    assert (made.item.name, made.serial, made.place, made.active) == ("Panel", "PX-1", "Hall", True)
    assert (made.status, made.offers) == (NOT_INSTALLED, (WorkAction.INSTALL,))
    assert made.wire_type is not None
    assert made.wire_type.name == "Four core"
    assert shop.ask(ShowEquipment(equipment=EquipmentId(made.id)), EquipmentView) == made
    shop.make(customer=shop.lead.id)


@pytest.mark.rule("EQP-01", "EQP-05")
def test_a_piece_may_be_in_place_already() -> None:
    shop = Shop()

    made = shop.make(status=INSTALLED, installed_on=date(2024, 3, 11), installed_by=shop.ann.id)

    assert (made.installed_on, made.offers) == (date(2024, 3, 11), (WorkAction.SERVICE, WorkAction.REMOVE))
    assert made.installed_by is not None
    assert made.installed_by.name == "Ann"
    unknown = shop.make(status=INSTALLED)
    assert (unknown.installed_on, unknown.installed_by) == (None, None)


@pytest.mark.rule("EQP-05")
@pytest.mark.parametrize("told", [{"installed_on": TODAY}, {"installed_by": None}])
def test_what_is_not_installed_has_no_date_and_no_technician(told: dict[str, Any]) -> None:
    shop = Shop()
    given = {name: shop.ann.id if name == "installed_by" else value for name, value in told.items()}

    assert set(refusal(shop, shop.wish(**given))) == {"equipment.not_installed"}
    assert set(refusal(shop, change(shop.piece(), **given))) == {"equipment.not_installed"}
    assert shop.make(status=INSTALLED, **given)


@pytest.mark.rule("ACC-20")
def test_new_choices_are_of_active_entries_and_what_is_saved_keeps_its_own() -> None:
    shop = Shop()
    made = shop.make(wire_type=shop.wire.id)
    retired = shop.replace(shop.wire, active=False)
    shop.replace(shop.panel, active=False)

    refused = refusal(shop, shop.wish(item=shop.old_panel.id, wire_type=retired.id))

    assert refused["equipment.item_inactive"].sentence == "Old panel is no longer offered."
    assert refused["equipment.wire_type_inactive"].sentence == "The wire type Four core is no longer offered."
    changed = shop.do(change(EquipmentId(made.id), place="Attic", wire_type=retired.id), EquipmentView)
    assert (changed.place, changed.wire_type) == ("Attic", made.wire_type)
    bare = shop.piece()
    assert set(refusal(shop, change(bare, wire_type=retired.id))) == {"equipment.wire_type_inactive"}


def test_what_is_named_is_of_its_catalog_and_of_the_company() -> None:
    shop = Shop()

    for command in (
        shop.wish(item=shop.wire.id),
        shop.wish(item=EntryId(fresh())),
        shop.wish(wire_type=shop.panel.id),
        shop.wish(customer=CustomerId(fresh())),
        shop.wish(status=INSTALLED, installed_by=UserId(fresh())),
        change(shop.piece(), wire_type=shop.panel.id),
        change(shop.piece(status=INSTALLED), installed_by=UserId(fresh())),
        change(EquipmentId(fresh()), place="Attic"),
    ):
        with pytest.raises(NotFound):
            shop.execute(command)


@pytest.mark.parametrize("given", [{"serial": "x" * 101}, {"place": "x" * 201}, {"serial": "\0"}])
def test_texts_have_their_limits(given: dict[str, Any]) -> None:
    shop = Shop()
    for command in (shop.wish(**given), change(shop.piece(), **given)):
        with pytest.raises(InvalidValue) as refused:
            shop.execute(command)
        assert refused.value.field == next(iter(given))
    shop.make(serial="x" * 100, place="x" * 200)


@pytest.mark.rule("EQP-06")
@pytest.mark.parametrize("after", EquipmentStatus)
@pytest.mark.parametrize("before", [None, *EquipmentStatus])
def test_by_hand_a_status_follows_as_the_table_says(before: EquipmentStatus | None, after: EquipmentStatus) -> None:
    shop = Shop()
    command = shop.wish(status=after) if before is None else change(shop.piece(status=before), status=after)

    if before is after or after in BY_HAND[before]:
        assert shop.do(command, EquipmentView).status is after
    else:
        refused = refusal(shop, command)["equipment.illegal_status"]
        told = "new" if before is None else before.value
        assert refused.sentence == f"Equipment that is {told} is not made {after.value} by hand."


@pytest.mark.rule("EQP-06", "EQP-01")
def test_replacing_is_set_by_hand_and_taken_back() -> None:
    shop = Shop()
    id = shop.piece(status=INSTALLED, installed_on=date(2024, 3, 11), installed_by=shop.ann.id)

    due = shop.do(change(id, status=REPLACING), EquipmentView)
    back = shop.do(change(id, status=INSTALLED), EquipmentView)

    assert due.offers == tuple(WorkAction)
    assert [each.installed_on for each in (due, back)] == [date(2024, 3, 11)] * 2
    assert (back.status, back.version) == (INSTALLED, 3)


@pytest.mark.rule("EQP-05")
def test_what_becomes_installed_by_hand_was_installed_today_unless_it_is_told() -> None:
    shop = Shop()

    today = shop.do(change(shop.piece(), status=INSTALLED), EquipmentView)
    told = shop.do(change(shop.piece(), status=INSTALLED, installed_on=date(2026, 5, 1)), EquipmentView)
    again = shop.do(change(EquipmentId(told.id), status=NOT_INSTALLED), EquipmentView)

    assert (today.installed_on, told.installed_on) == (TODAY, date(2026, 5, 1))
    assert (again.installed_on, again.installed_by) == (None, None)


@pytest.mark.rule("EQP-01")
def test_a_piece_that_is_gone_stays_as_it_was_until_it_is_there_again() -> None:
    shop = Shop()
    id = shop.piece(status=INSTALLED)

    gone = shop.do(change(id, active=False), EquipmentView)

    assert (gone.active, gone.offers) == (False, ())
    assert set(refusal(shop, change(id, place="Attic"))) == {"equipment.inactive"}
    back = shop.do(change(id, active=True, place="Attic"), EquipmentView)
    assert (back.active, back.place, back.offers) == (True, "Attic", (WorkAction.SERVICE, WorkAction.REMOVE))


def test_a_change_of_nothing_saves_nothing_and_one_of_an_old_version_is_stale() -> None:
    shop = Shop()
    id = shop.piece()

    assert shop.do(change(id, place="Hall"), EquipmentView).version == 1
    assert shop.do(change(id, place="Attic"), EquipmentView, expected_version=1).version == 2
    with pytest.raises(Stale):
        shop.execute(change(id, place="Roof"), expected_version=1)


@pytest.mark.rule("CUS-20", "API-04")
def test_equipment_is_listed_newest_first_and_counted() -> None:
    shop = Shop()
    first, gone, third = (EquipmentId(shop.make(serial=each).id) for each in ("1", "2", "3"))
    shop.make(customer=shop.lead.id)
    shop.execute(change(gone, active=False))

    page = shop.ask(ListEquipment(customer=shop.maria.id, limit=2, count=True), EquipmentListView)
    rest = shop.ask(ListEquipment(customer=shop.maria.id, after=gone), EquipmentListView)
    active = shop.ask(ListEquipment(customer=shop.maria.id, active=True, count=True), EquipmentListView)
    former = shop.ask(ListEquipment(customer=shop.maria.id, active=False, count=True), EquipmentListView)

    assert ([each.id for each in page.items], page.next, page.count) == ([third, gone], str(gone), 3)
    assert ([each.id for each in rest.items], rest.next) == ([first], None)
    assert ([each.id for each in active.items], active.count) == ([third, first], 2)
    assert ([each.id for each in former.items], former.count) == ([gone], 1)


@pytest.mark.rule("CUS-16")
def test_the_history_tells_what_was_done_with_a_piece() -> None:
    shop = Shop()
    made = shop.make()
    shop.execute(change(EquipmentId(made.id), status=INSTALLED))

    with shop.storage.reading(shop.company.id) as unit:
        changed, _ = unit.history.of("customer_equipment", made.id)
        assert changed.record == shop.maria.id
    assert {each.field for each in changed.changes} == {"status", "installed_on"}


@pytest.mark.rule("ARC-06")
def test_nothing_is_put_at_an_archived_customer() -> None:
    shop = Shop()
    id = shop.piece()
    shop.replace(shop.maria, archived_at=NOW)

    for command in (shop.wish(), change(id, place="Attic")):
        assert set(refusal(shop, command)) == {"customer.archived"}
    assert shop.ask(ListEquipment(customer=shop.maria.id), EquipmentListView).items


@pytest.mark.rule("ACC-16", "ACC-12", "ACC-22", "CUS-20")
def test_each_action_needs_its_own_permission_and_sight_of_the_record() -> None:
    shop = Shop()
    id, everything = shop.piece(), (VIEW, CREATE, MODIFY)
    for command, needed in ((shop.wish(), (CREATE,)), (change(id, place="Attic"), (VIEW, MODIFY))):
        assert denial(shop, command, by=shop.actor(*everything)) == "ACC-12"
        elsewhere = shop.actor(*needed, at=shop.phoenix.id)
        both = evolve(elsewhere, grants=elsewhere.grants | shop.actor(RECORD).grants)
        assert denial(shop, command, by=both) == "ACC-16"
        for missing in needed:
            lacking = shop.actor(RECORD, *(each for each in everything if each != missing))
            assert denial(shop, command, by=lacking) in ("ACC-16", "ACC-18")
        shop.execute(command, by=shop.actor(RECORD, *needed, at=shop.provo.id))

    for question in (ShowEquipment(equipment=id), ListEquipment(customer=shop.maria.id)):
        assert hidden(shop, question, by=shop.actor(*everything)) == "ACC-12"
        assert hidden(shop, question, by=shop.actor(RECORD, CREATE, MODIFY)) == "ACC-18"
        shop.ask(question, object, by=shop.actor(RECORD, VIEW, at=shop.provo.id))
