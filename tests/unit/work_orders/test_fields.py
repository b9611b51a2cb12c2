"""
What is filled in on work orders: choices, templates, due times, notes, lines, and what is locked when.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve

from fieldops_adapters.markup.ammonia import AmmoniaSanitiser
from fieldops_core.company.messages import JobLineFields
from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, EntryId, JobLine, LineKind, WorkOrderTemplate
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.testing.builders import a_catalog_entry, a_technician, a_work_order, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.messages import ChangeWorkOrder, CreateWorkOrder, ShowWorkOrder
from fieldops_core.work_orders.model import CHANGEABLE, LOCKED, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.views import WorkOrderView
from tests.support.world import World, refusal

OPEN, SCHEDULED, IN_PROGRESS, PAUSED, COMPLETE, INVOICED, CANCELLED = WorkOrderStatus
HOURS = JobLineFields(
    kind=LineKind.LABOR, description="Hours", quantity=Decimal("1.25"), unit_price=Decimal("95.10"), billable=False
)


class Jobs(World):
    """
    With what can be chosen for work orders.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.urgent = a_catalog_entry(catalog=Catalog.PRIORITIES, name="Urgent", attributes=Attributes(place=1))
        self.warranty = a_catalog_entry(catalog=Catalog.WORK_ORDER_TYPES, name="Warranty")
        self.put(self.urgent, self.warranty)

    def wish(self, **given: Any) -> CreateWorkOrder:  # type: ignore[override]
        command = CreateWorkOrder(customer=self.maria.id, subject="Replace the panel", **self.of_work_order)
        return evolve(command, **given)

    def made(self, **given: Any) -> WorkOrderView:
        return self.do(self.wish(**given), WorkOrderView)

    def change(self, id: UUID, **given: Any) -> WorkOrderView:
        return self.do(evolve(ChangeWorkOrder(work_order=WorkOrderId(id)), **given), WorkOrderView)

    def template(self, **fields: Any) -> CatalogEntry:
        attributes = Attributes(template=WorkOrderTemplate(**fields))
        entry = a_catalog_entry(catalog=Catalog.WORK_ORDER_TEMPLATES, name="Yearly", attributes=attributes)
        self.put(entry)
        return entry


# --- choices (WOR-01, ACC-20) -------------------------------------------------------------------------


@pytest.mark.rule("WOR-01")
def test_a_work_order_is_answered_with_the_names_of_what_was_chosen() -> None:
    jobs = Jobs()

    made = jobs.made(technician=jobs.ann.id, priority=jobs.urgent.id, external_id=" J-1 ")

    told = (made.note_type, made.type, made.priority, made.technician)
    assert [(each.id, each.name) for each in told if each] == [
        (jobs.task.id, "Task"),
        (jobs.job_type.id, "Repair"),
        (jobs.urgent.id, "Urgent"),
        (jobs.ann.id, "Ann"),
    ]
    assert (made.external_id, made.due, made.note, made.internal_note, made.lines) == ("J-1", None, "", None, ())
    assert jobs.ask(ShowWorkOrder(work_order=WorkOrderId(made.id)), WorkOrderView) == made


@pytest.mark.rule("WOR-01")
def test_note_type_type_and_subject_are_asked_for_together() -> None:
    jobs = Jobs()

    found = refusal(jobs, CreateWorkOrder(customer=jobs.maria.id))

    assert {code: each.field for code, each in found.items()} == {
        "work_order.note_type_required": "note_type",
        "work_order.type_required": "type",
        "work_order.subject_required": "subject",
    }


CHOICES = {
    "note_type": (Catalog.NOTE_TYPES, "work_order.note_type_inactive"),
    "type": (Catalog.WORK_ORDER_TYPES, "work_order.type_inactive"),
    "priority": (Catalog.PRIORITIES, "work_order.priority_inactive"),
}


@pytest.mark.rule("WOR-01", "ACC-20")
@pytest.mark.parametrize("field", CHOICES)
def test_new_choices_are_of_active_entries_and_a_saved_one_is_kept(field: str) -> None:
    jobs, (catalog, code) = Jobs(), CHOICES[field]
    entry = a_catalog_entry(catalog=catalog, name="Old")
    jobs.put(entry)
    kept, other = jobs.made(**{field: entry.id}), jobs.made()
    jobs.replace(entry, active=False)

    chosen: dict[str, Any] = {field: entry.id}
    for command in (jobs.wish(**chosen), ChangeWorkOrder(work_order=WorkOrderId(other.id), **chosen)):
        broken = refusal(jobs, command)[code]
        assert (broken.field, broken.facts) == (field, {"name": "Old"})
    again = jobs.change(kept.id, subject="Another", **{field: entry.id})
    assert (again.subject, getattr(again, field).name) == ("Another", "Old")


@pytest.mark.rule("ACC-20")
@pytest.mark.parametrize("field", [*CHOICES, "template"])
def test_an_entry_is_of_its_own_catalog(field: str) -> None:
    jobs = Jobs()

    for id in (jobs.referral.id, EntryId(fresh())):
        with pytest.raises(NotFound):
            jobs.execute(jobs.wish(**{field: id}))


@pytest.mark.rule("WOR-01")
def test_the_technician_is_an_active_one_of_the_customers_location() -> None:
    jobs = Jobs()
    gone = a_technician(name="Gus", home=jobs.provo.id, active=False)
    further = a_technician(name="Fay", home=jobs.phoenix.id, further=(jobs.provo.id,))
    jobs.put(gone, further)
    made = jobs.made(technician=further.id)

    for user, code in (
        (gone, "work_order.technician_unfit"),
        (jobs.sam, "work_order.technician_unfit"),
        (jobs.bob, "work_order.technician_elsewhere"),
    ):
        for command in (
            jobs.wish(technician=user.id),
            ChangeWorkOrder(work_order=WorkOrderId(made.id), technician=user.id),
        ):
            found = refusal(jobs, command)
            assert set(found) == {code}
            assert (found[code].field, found[code].facts["name"]) == ("technician", user.name)
    with pytest.raises(NotFound):
        jobs.execute(jobs.wish(technician=UserId(fresh())))


@pytest.mark.rule("WOR-01")
def test_a_technician_who_left_keeps_the_work_order_until_somebody_takes_it() -> None:
    jobs = Jobs()
    made = jobs.made(technician=jobs.ann.id)
    jobs.replace(jobs.ann, active=False)

    again = jobs.change(made.id, subject="Another", technician=jobs.ann.id)

    assert again.technician and again.technician.name == "Ann"
    assert jobs.change(made.id, technician=None).technician is None
    back = ChangeWorkOrder(work_order=WorkOrderId(made.id), technician=jobs.ann.id)
    assert set(refusal(jobs, back)) == {"work_order.technician_unfit"}


@pytest.mark.rule("CUS-02")
def test_an_external_id_is_one_work_orders() -> None:
    jobs = Jobs()
    first, second = jobs.made(external_id="J-1"), jobs.made()

    for command in (
        jobs.wish(external_id=" J-1"),
        ChangeWorkOrder(work_order=WorkOrderId(second.id), external_id="J-1"),
    ):
        assert refusal(jobs, command)["work_order.external_id_taken"].facts == {"id": "J-1"}
    assert jobs.change(first.id, external_id="J-1", subject="Another").external_id == "J-1"
    assert jobs.change(first.id, external_id=None).external_id is None
    assert jobs.change(second.id, external_id="J-1").external_id == "J-1"


# --- templates (WOR-02) ---------------------------------------------------------------------------------


@pytest.mark.rule("WOR-02")
def test_a_template_fills_in_and_explicit_fields_win() -> None:
    jobs = Jobs()
    line = JobLine(kind=LineKind.PART, description="Filter", quantity=Decimal(2), unit_price=Money.of("9.5"))
    yearly = jobs.template(
        note_type=jobs.task.id,
        type=jobs.warranty.id,
        technician=jobs.ann.id,
        subject="Yearly service",
        note="<p>Test</p>",
        priority=jobs.urgent.id,
        lines=(line,),
    )
    bare = CreateWorkOrder(customer=jobs.maria.id, template=yearly.id)

    filled = jobs.do(bare, WorkOrderView)
    own = jobs.do(
        evolve(bare, type=jobs.job_type.id, technician=None, note="", priority=None, subject="Mine", lines=(HOURS,)),
        WorkOrderView,
    )

    assert (filled.subject, filled.note, filled.template and filled.template.name) == (
        "Yearly service",
        "<p>Test</p>",
        "Yearly",
    )
    assert filled.type and filled.technician and filled.priority
    assert (filled.type.name, filled.technician.name, filled.priority.name) == ("Warranty", "Ann", "Urgent")
    assert [(each.description, each.quantity) for each in filled.lines] == [("Filter", "2")]
    assert own.type and own.note_type
    assert (own.type.name, own.note_type.name, own.subject) == ("Repair", "Task", "Mine")
    assert (own.technician, own.priority, own.note) == (None, None, "")
    assert [each.description for each in own.lines] == ["Hours"]


@pytest.mark.rule("WOR-02", "WOR-01")
def test_what_a_template_fills_in_is_asked_as_if_it_had_been_chosen() -> None:
    jobs = Jobs()
    old = a_catalog_entry(catalog=Catalog.WORK_ORDER_TYPES, name="Old", active=False)
    jobs.put(old)
    stale = jobs.template(note_type=jobs.task.id, type=old.id, technician=jobs.bob.id, subject="Yearly")
    bare = CreateWorkOrder(customer=jobs.maria.id, template=stale.id)

    assert set(refusal(jobs, bare)) == {"work_order.type_inactive", "work_order.technician_elsewhere"}
    assert jobs.execute(evolve(bare, type=jobs.warranty.id, technician=jobs.ann.id))
    empty = jobs.template(subject="Only that")
    assert set(refusal(jobs, evolve(bare, template=empty.id))) == {
        "work_order.note_type_required",
        "work_order.type_required",
    }


@pytest.mark.rule("WOR-02")
def test_a_template_that_is_no_longer_offered_is_not_used() -> None:
    jobs = Jobs()
    yearly = jobs.template(subject="Yearly")
    jobs.replace(yearly, active=False)

    assert refusal(jobs, jobs.wish(template=yearly.id))["work_order.template_inactive"].field == "template"


# --- due times, notes, lines (WOR-01, WOR-12) -----------------------------------------------------------


@pytest.mark.rule("WOR-01")
def test_a_due_time_is_one_of_the_customers_location() -> None:
    jobs = Jobs()

    made = jobs.made(due=datetime(2026, 5, 29, 17))

    assert (made.due and made.due.isoformat(), made.zone) == ("2026-05-29T17:00:00-06:00", "America/Denver")
    there = jobs.change(made.id, due=datetime(2026, 5, 29, 12, tzinfo=UTC))
    assert there.due and there.due.isoformat() == "2026-05-29T06:00:00-06:00"
    second = jobs.change(made.id, due=datetime(2026, 11, 1, 1, 30, fold=1))
    assert second.due and second.due.isoformat() == "2026-11-01T01:30:00-07:00"
    assert jobs.change(made.id, due=None).due is None


@pytest.mark.rule("WOR-01")
@pytest.mark.parametrize(
    ("due", "code"), [(datetime(2026, 3, 8, 2, 30), "time.nonexistent"), (datetime(2200, 1, 1), "date.out_of_range")]
)
def test_a_due_time_that_is_none_is_refused(due: datetime, code: str) -> None:
    jobs = Jobs()
    id = WorkOrderId(jobs.made().id)

    for command in (jobs.wish(due=due), ChangeWorkOrder(work_order=id, due=due)):
        with pytest.raises(InvalidValue) as refused:
            jobs.execute(command)
        assert (refused.value.code, refused.value.field) == (code, "due")


@pytest.mark.rule("WOR-01")
def test_a_note_has_1_to_2040_characters_of_text_and_is_made_safe() -> None:
    jobs = Jobs()
    jobs.ports = evolve(jobs.ports, sanitiser=AmmoniaSanitiser())
    jobs.ops = jobs.engine()

    made = jobs.made(note=f"<p><b>{'é' * 2_040}</b></p><script>x</script>")

    assert made.note == f"<p><b>{'é' * 2_040}</b></p>"
    for note, code in (("<p> </p>", "text.empty"), (f"<p>{'é' * 2_041}</p>", "text.too_long")):
        for command in (jobs.wish(note=note), ChangeWorkOrder(work_order=WorkOrderId(made.id), note=note)):
            with pytest.raises(InvalidValue) as refused:
                jobs.execute(command)
            assert (refused.value.code, refused.value.field) == (code, "note")
    assert jobs.change(made.id, note="a").note == "a"
    assert jobs.change(made.id, note="").note == ""


def test_a_note_that_is_sent_back_as_it_was_answered_is_unchanged() -> None:
    jobs = Jobs()
    made = jobs.made(note="a < b")

    assert made.note == "a &lt; b"
    assert jobs.change(made.id, note=made.note).version == 1


@pytest.mark.rule("WOR-01")
def test_the_internal_note_is_a_secret_that_no_event_tells() -> None:
    jobs = Jobs()

    made = jobs.made(internal_note=Secret("Pays late."))
    changed = jobs.change(made.id, internal_note=Secret("Pays in time."))

    assert (made.internal_note, changed.internal_note) == ("Pays late.", "Pays in time.")
    told = jobs.storage.claim(10, now=NOW, lease_seconds=1)
    assert told and not any("Pays" in repr(due.event) for due in told)
    with pytest.raises(InvalidValue) as refused:
        jobs.execute(ChangeWorkOrder(work_order=WorkOrderId(made.id), internal_note=Secret("é" * 20_001)))
    assert refused.value.field == "internal_note"


@pytest.mark.rule("WOR-12")
def test_lines_are_exact_and_in_the_companys_currency() -> None:
    jobs = Jobs(currency="CAD")
    part = evolve(HOURS, kind=LineKind.PART, description="Panel", billable=True)

    made = jobs.made(lines=(HOURS, part))
    (first, second) = made.lines

    assert (first.kind, first.quantity, first.billable) == (LineKind.LABOR, "1.25", False)
    assert (first.unit_price.amount, first.unit_price.currency) == ("95.10", "CAD")
    assert (second.kind, second.description, second.billable) == (LineKind.PART, "Panel", True)
    assert [each.description for each in jobs.change(made.id, lines=(part,)).lines] == ["Panel"]
    with pytest.raises(InvalidValue) as refused:
        jobs.change(made.id, lines=(part, evolve(part, quantity=Decimal(0))))
    assert (refused.value.rule, refused.value.field) == ("WOR-12", "lines.1.quantity")


# --- locks (WOR-04) ---------------------------------------------------------------------------------------


def others(jobs: "Lockable") -> dict[str, Any]:
    """
    Another value for each field, as a command sends it.
    """
    return {
        "external_id": "J-9",
        "note_type": jobs.other_task.id,
        "type": jobs.warranty.id,
        "technician": jobs.ann.id,
        "due": datetime(2026, 6, 1, 9),
        "subject": "Something else",
        "note": "Another",
        "internal_note": Secret("Another"),
        "priority": jobs.urgent.id,
        "lines": (HOURS,),
    }


class Lockable(Jobs):
    """
    With a work order in a status.
    """

    def __init__(self, status: WorkOrderStatus) -> None:
        super().__init__()
        self.other_task = a_catalog_entry(catalog=Catalog.NOTE_TYPES, name="Other")
        self.order: WorkOrder = a_work_order(customer=self.maria.id, number=1, status=status, **self.of_work_order)
        self.put(self.other_task, self.order)


NAMED = {
    **dict.fromkeys((OPEN, SCHEDULED, IN_PROGRESS, PAUSED), frozenset[str]()),
    COMPLETE: {"type", "note_type", "lines"},
    INVOICED: CHANGEABLE - {"internal_note"},
    CANCELLED: set(CHANGEABLE),
}
"""
What the rule locks, word by word.
"""


@pytest.mark.rule("WOR-04")
@pytest.mark.parametrize("field", sorted(CHANGEABLE))
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_each_field_is_locked_or_not_in_each_status(status: WorkOrderStatus, field: str) -> None:
    jobs = Lockable(status)
    command = evolve(ChangeWorkOrder(work_order=jobs.order.id), **{field: others(jobs)[field]})

    if field in NAMED[status]:
        broken = refusal(jobs, command)["work_order.locked"]
        assert broken.facts == {"fields": field, "status": status.value}
    else:
        assert jobs.do(command, WorkOrderView).version == 2


@pytest.mark.rule("WOR-04")
def test_every_locked_field_of_a_change_is_named_and_what_stays_is_not() -> None:
    jobs = Lockable(COMPLETE)
    changes = {**others(jobs), "type": jobs.job_type.id}

    broken = refusal(jobs, evolve(ChangeWorkOrder(work_order=jobs.order.id), **changes))["work_order.locked"]

    assert broken.facts["fields"] == "lines, note_type"


@pytest.mark.rule("WOR-04")
def test_what_a_complete_one_locks_can_be_changed_again_when_it_is_open() -> None:
    assert LOCKED[COMPLETE] == {"type", "note_type", "work_to_perform", "lines"}
    assert {"work_to_perform"} <= LOCKED[INVOICED] & LOCKED[CANCELLED]
    assert all(not LOCKED[each] for each in (OPEN, SCHEDULED, IN_PROGRESS, PAUSED))


def test_a_work_order_from_before_these_fields_is_shown_and_changed() -> None:
    jobs = Jobs()
    old = a_work_order(customer=jobs.maria.id, number=1)
    jobs.put(old)

    shown = jobs.change(old.id, subject="Another")

    assert (shown.note_type, shown.type, shown.lines, shown.created_by) == (None, None, (), None)
    assert jobs.change(old.id, type=jobs.warranty.id).type


def test_fields_that_are_left_alone_stay() -> None:
    jobs = Jobs()
    made = jobs.made(technician=jobs.ann.id, note="Ring", lines=(HOURS,), due=datetime(2026, 6, 1, 9))

    again = jobs.change(made.id, technician=UNSET, subject="Another")

    assert evolve(again, subject=made.subject, version=1) == made
