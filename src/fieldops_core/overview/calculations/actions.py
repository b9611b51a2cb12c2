"""
What may be done now, from the rules that the commands themselves ask.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from fieldops_core.access.model import Action, Actor, Kind, Permission, Stage
from fieldops_core.access.rules import (
    CONFIDENTIAL,
    VISIT,
    ArchiveAccess,
    BelongingAccess,
    ButtonAccess,
    DeleteAccess,
    MessageAccess,
    RecordAccess,
    VisitAccess,
    WorkOrderAccess,
    may_archive,
    may_delete,
    may_duplicate,
    may_press_status,
    may_unarchive,
    may_use_belonging,
    may_use_messages,
    may_use_record,
    may_use_work_orders,
)
from fieldops_core.archiving.rules import ARCHIVING, UNARCHIVING, Archiving, Unarchiving
from fieldops_core.company.model import Settings
from fieldops_core.customers.model import MASKED, Customer
from fieldops_core.customers.rules import CONVERSION, CREDIT, WRITING, Conversion, Write, may_be_told
from fieldops_core.customers.views import Sight
from fieldops_core.field_work.decisions import undone
from fieldops_core.field_work.rules import (
    BUTTONS,
    REOPENING,
    UNDOING,
    Step,
    user_is_at_one_visit,
    work_order_can_be_resumed,
)
from fieldops_core.kernel.history import HistoryEntry
from fieldops_core.kernel.plain import Plain
from fieldops_core.kernel.rules import Violation, violations
from fieldops_core.kernel.secret import Secret
from fieldops_core.overview.views import ActionView, ChangedField
from fieldops_core.removing.rules import REMOVING, Deleting
from fieldops_core.scheduling.model import (
    EDITABLE,
    TRANSITIONS,
    Appointment,
    Block,
    Condition,
    Part,
    Status,
    WorkOrderFact,
)
from fieldops_core.scheduling.rules import (
    EDITING,
    FREE,
    LIFECYCLE,
    REINSTATING,
    STAGE,
    Edit,
    Placement,
    Subject,
    Transition,
)
from fieldops_core.work_orders.calculations import count, derived, upcoming_offered
from fieldops_core.work_orders.model import CHANGEABLE, LOCKED, Visits, Way, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.rules import DELETING, Deletion, fields_are_not_locked, nobody_is_under_way
from fieldops_core.work_orders.rules import Edit as WorkOrderEdit
from fieldops_core.work_orders.rules import Transition as WorkOrderTransition
from fieldops_core.work_orders.rules import transition_is_legal as work_order_can_become

BELONGINGS = {
    "create_note": (Permission.NOTES, Action.CREATE),
    "create_ticket": (Permission.TICKETS, Action.CREATE),
    "create_contact": (Permission.CONTACTS, Action.CREATE),
    "upload_file": (Permission.FILES, Action.CREATE),
    "mark_at_risk": (Permission.AT_RISK, Action.CREATE),
    "create_equipment": (Permission.EQUIPMENT, Action.CREATE),
    "create_message": (Permission.MESSAGES, Action.CREATE),
    "set_tags": (Permission.TAGS, Action.MODIFY),
}
"""
What can be put on a record, and what each takes.
"""

QUICK = (
    "create_note",
    "create_ticket",
    "book_appointment",
    "create_work_order",
    "create_equipment",
    "create_message",
    "run_credit_check",
    "create_contact",
    "duplicate_customer",
    "archive_customer",
    "unarchive_customer",
)
"""
The quick actions of a record, in their order (CUS-21).
"""


@frozen(kw_only=True)
class OfVisit:
    """
    An appointment as its actions are asked about it: *others* are the visits that its user has under way besides, asked
    where the actor is that user; *placement* its planned time, asked where it might be taken up again, and with it its
    *work_order*.
    """

    actor: Actor
    appointment: Appointment
    customer: Customer
    name: str
    others: tuple[Block, ...] = ()
    placement: Placement | None = None
    work_order: WorkOrderFact | None = None

    def archived(self) -> tuple[Violation, ...]:
        return violations(WRITING, Write(customer=self.customer, actor=self.actor))

    def changing(self) -> tuple[Violation, ...]:
        case = VisitAccess(
            actor=self.actor,
            kind=self.appointment.kind,
            action=Action.MODIFY,
            at=self.customer.location,
            assignees=(self.appointment.user,),
        )
        return violations(VISIT, case) or self.archived()

    def pressing(self) -> tuple[Violation, ...]:
        button = ButtonAccess(actor=self.actor, assignee=self.appointment.user)
        return violations((may_press_status,), button) or self.archived()

    def edit(self, part: Part) -> tuple[Violation, ...]:
        return violations(EDITING, Edit(appointment=self.appointment, parts=frozenset({part})))

    def turn(self, after: Status, conditions: Iterable[Condition]) -> tuple[Violation, ...]:
        step = Step(
            appointment=self.appointment,
            after=after,
            conditions=frozenset(conditions),
            name=self.name,
            others=self.others,
            may_see=lambda block: block.user == self.actor.user,
            work_order=self.work_order,
        )
        asked = (user_is_at_one_visit, work_order_can_be_resumed)
        found = violations(LIFECYCLE, step.transition) or violations(asked, step)
        free = self.placement is not None and step.transition.condition in (Condition.TIME_FREE, Condition.REOPEN)
        return found + violations(FREE, self.placement) if free and self.placement else found


def appointment_actions(case: OfVisit) -> tuple[ActionView, ...]:
    """
    The buttons of its user first, then what a dispatcher may do.
    """
    visit, pressing, changing = case.appointment, case.pressing(), case.changing()
    back = Transition(before=visit.status, after=undone(visit))
    ended = Transition(before=visit.status, after=Status.SCHEDULED)
    again = Transition(before=visit.status, after=Status.ON_SITE)
    parts = tuple(sorted(part.value for part in EDITABLE[visit.status]))
    statuses = tuple(sorted(status.value for status in TRANSITIONS[visit.status]))
    return (
        offer("start_travel", pressing, case.turn(Status.EN_ROUTE, BUTTONS)),
        offer("check_in", pressing, case.turn(Status.ON_SITE, BUTTONS)),
        offer("check_out", pressing, case.turn(Status.COMPLETED, BUTTONS)),
        offer("undo_status", pressing, violations(UNDOING, back)),
        offer("edit_appointment", changing, case.edit(Part.NOTES), choices=parts),
        offer("move_appointment", changing, case.edit(Part.START)),
        offer("resize_appointment", changing, case.edit(Part.MINUTES)),
        offer("reassign_appointment", changing, case.edit(Part.USER)),
        offer("set_status", changing, (), choices=statuses),
        offer("cancel_appointment", changing, case.turn(Status.CANCELLED, Condition)),
        offer("reinstate_appointment", changing, violations(REINSTATING, ended)),
        offer(
            "reopen_appointment",
            changing,
            violations(REOPENING, again) or case.turn(Status.ON_SITE, {Condition.REOPEN}),
        ),
    )


def work_order_actions(
    actor: Actor, work_order: WorkOrder, visits: Sequence[Visits], customer: Customer, settings: Settings
) -> tuple[ActionView, ...]:
    """
    Choices of what ends it: what may become of upcoming appointments (WOR-05).
    """
    access = WorkOrderAccess(actor=actor, action=Action.MODIFY, at=customer.location)
    archived = violations(WRITING, Write(customer=customer, actor=actor))
    changing = violations((may_use_work_orders,), access) or archived

    def turn(after: WorkOrderStatus, way: Way) -> tuple[Violation, ...]:
        under_way = count(visits, {Status.EN_ROUTE, Status.ON_SITE})
        case = WorkOrderTransition(before=work_order.status, after=after, way=way, under_way=under_way)
        return violations((work_order_can_become, nobody_is_under_way), case)

    open_fields = tuple(sorted(CHANGEABLE - LOCKED[work_order.status]))
    edit = WorkOrderEdit(work_order=work_order, fields=frozenset(open_fields) or CHANGEABLE)
    work = WorkOrderEdit(work_order=work_order, fields=frozenset({"work_to_perform"}))
    offers = upcoming_offered(settings)
    offered = tuple(each.value for each in offers) if count(visits, {Status.SCHEDULED}) else ()
    access, sheets = evolve(access, action=Action.DELETE), _sheets(actor, customer)
    deletion = Deletion(work_order=work_order, under_way=count(visits, {Status.EN_ROUTE, Status.ON_SITE}))
    return (
        offer("change_work_order", changing, violations((fields_are_not_locked,), edit), choices=open_fields),
        offer("set_work_to_perform", changing, violations((fields_are_not_locked,), work)),
        offer("complete_work_order", changing, turn(WorkOrderStatus.COMPLETE, Way.HAND), choices=offered),
        offer("cancel_work_order", changing, turn(WorkOrderStatus.CANCELLED, Way.HAND), choices=offered),
        offer("reopen_work_order", changing, turn(derived(visits), Way.REASON)),
        offer(
            "delete_work_order",
            violations((may_use_work_orders,), access) or archived,
            violations(DELETING, deletion),
            choices=offered,
        ),
        offer("preview_sheet", sheets),
        offer("send_sheet", sheets, archived),
    )


def _sheets(actor: Actor, customer: Customer) -> tuple[Violation, ...]:
    """
    What keeps an actor from the appointment sheets of a customer's work orders (ACC-11).
    """
    record = RecordAccess(actor=actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    access = MessageAccess(actor=actor, action=Action.CREATE, at=customer.location)
    return violations((may_use_record,), record) or violations((may_use_messages,), access)


def customer_actions(
    actor: Actor, customer: Customer, settings: Settings, parent: Customer | None, deleting: Deleting | None = None
) -> tuple[ActionView, ...]:
    """
    What can be changed of the record, created on it, and begun from it (CUS-10, CUS-21), and, where *deleting* says
    what stands against it, whether it can be deleted.
    """
    record = RecordAccess(actor=actor, stage=customer.stage, action=Action.MODIFY, at=customer.location)
    order = WorkOrderAccess(actor=actor, action=Action.CREATE, at=customer.location)
    archived = violations(WRITING, Write(customer=customer, actor=actor))
    return (
        offer("change_customer", violations((may_use_record,), record), archived),
        *(_belonging(name, *needed, actor, customer, archived) for name, needed in BELONGINGS.items()),
        _booking(actor, customer, settings, archived),
        offer("create_work_order", violations((may_use_work_orders,), order), archived),
        _credit_check(actor, customer, settings, archived),
        _conversion(actor, customer),
        offer("duplicate_customer", violations((may_duplicate,), evolve(record, action=Action.CREATE)), archived),
        *_archiving(actor, customer, parent, archived),
        *([] if deleting is None else [_deletion(actor, customer, deleting)]),
        _merging(actor, customer, archived),
    )


def quick_actions(actions: Iterable[ActionView]) -> tuple[ActionView, ...]:
    """
    The quick actions among those of a record, as far as they are open.
    """
    by_name = {each.name: each for each in actions}
    return tuple(by_name[name] for name in QUICK if by_name[name].allowed)


def _belonging(
    name: str,
    permission: Permission,
    action: Action,
    actor: Actor,
    customer: Customer,
    archived: tuple[Violation, ...],
) -> ActionView:
    access = BelongingAccess(actor=actor, permission=permission, action=action, at=customer.location)
    return offer(name, violations((may_use_belonging,), access), archived)


def _credit_check(actor: Actor, customer: Customer, settings: Settings, archived: tuple[Violation, ...]) -> ActionView:
    access = BelongingAccess(actor=actor, permission=Permission.CREDIT, action=Action.CREATE, at=customer.location)
    off = violations(CREDIT, settings)
    return offer("run_credit_check", violations((may_use_belonging,), access), (*archived, *off))


def _conversion(actor: Actor, customer: Customer) -> ActionView:
    """
    Of a customer nobody asks for the permission: it is no lead.
    """
    lead = RecordAccess(actor=actor, stage=Stage.LEAD, action=Action.MODIFY, at=customer.location)
    denied = violations((may_use_record,), lead) if customer.stage is Stage.LEAD else ()
    return offer("convert_lead", denied, violations(CONVERSION, Conversion(stage=customer.stage)))


def _archiving(
    actor: Actor, customer: Customer, parent: Customer | None, archived: tuple[Violation, ...]
) -> Iterator[ActionView]:
    """
    Whether something under way keeps a customer from being archived, its preview tells.
    """
    access = ArchiveAccess(actor=actor, at=customer.location)
    against = archived or violations(ARCHIVING, Archiving(customer=customer, confirmed=True))
    yield offer("archive_customer", violations((may_archive,), access), against)
    back = Unarchiving(customer=customer, parent=parent, confirmed=True)
    yield offer("unarchive_customer", violations((may_unarchive,), access), violations(UNARCHIVING, back))


def _deletion(actor: Actor, customer: Customer, deleting: Deleting) -> ActionView:
    """
    Archived records can be deleted too.
    """
    access = DeleteAccess(actor=actor, stage=customer.stage, at=customer.location)
    return offer("delete_customer", violations((may_delete,), access), violations(REMOVING, deleting))


def _merging(actor: Actor, customer: Customer, archived: tuple[Violation, ...]) -> ActionView:
    """
    Which other record can be merged into it, the preview tells.
    """
    change = RecordAccess(actor=actor, stage=customer.stage, action=Action.MODIFY, at=customer.location)
    access = DeleteAccess(actor=actor, stage=customer.stage, at=customer.location)
    denied = violations((may_delete,), access) or violations((may_use_record,), change)
    return offer("merge_customers", denied, archived)


def _booking(actor: Actor, customer: Customer, settings: Settings, archived: tuple[Violation, ...]) -> ActionView:
    """
    Booking, by the kinds that it is open for.
    """
    denied: tuple[Violation, ...] = ()
    against: tuple[Violation, ...] = ()
    kinds = []
    for kind in Kind:
        case = VisitAccess(actor=actor, kind=kind, action=Action.CREATE, at=customer.location, assignees=())
        subject = Subject(kind=kind, customer=customer, settings=settings)
        if missing := violations(VISIT, case):
            denied += missing
        elif found := archived or violations(STAGE, subject):
            against += tuple(each for each in found if each not in against)
        else:
            kinds.append(kind.value)
    if kinds:
        return offer("book_appointment", (), choices=tuple(kinds))
    return offer("book_appointment", () if against else denied[:1], against)


def changed_fields(entry: HistoryEntry, stage: Stage, sight: Sight) -> tuple[ChangedField, ...]:
    """
    What an entry tells a reader of a record: nothing of a section that they may not see, and of a confidential field
    only that it changed (ACC-13, ACC-14).
    """
    of_record = entry.aggregate == "customer"
    shown = (each for each in entry.changes if not of_record or may_be_told(each.field, stage, sight))
    return tuple(
        ChangedField(field=each.field, old=_told(each.field, each.old, sight), new=_told(each.field, each.new, sight))
        for each in shown
    )


def _told(field: str, value: Plain | Secret, sight: Sight) -> Plain:
    if not isinstance(value, Secret):
        return value
    hidden = field in CONFIDENTIAL and field not in sight.confidential
    return MASKED if hidden else value.reveal()


def offer(
    name: str, denied: tuple[Violation, ...], against: tuple[Violation, ...] = (), *, choices: tuple[str, ...] = ()
) -> ActionView:
    """
    An action and what stands against it. Permission comes first and refuses alone.
    """
    why_not = denied or against
    return ActionView(name=name, allowed=not why_not, choices=() if why_not else choices, why_not=why_not)
