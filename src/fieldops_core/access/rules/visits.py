"""
Who may do what with appointments, and with users' time.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Action, Actor, Kind, Permission, Stage
from fieldops_core.access.rules.records import DENIED
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import rule

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


@frozen(kw_only=True)
class VisitAccess:
    """
    An appointment of a *kind*, asked *at* its customer's location (ACC-22); *assignees* are the users it is, or is to
    be, assigned to.
    """

    actor: Actor
    kind: Kind
    action: Action
    at: LocationId
    assignees: tuple[UserId, ...]


@rule("ACC-03", DENIED, "You do not have the permission for tech appointments here.")
def may_use_tech_scheduler(case: VisitAccess) -> Facts | None:
    """
    Tech appointments are seen, made and changed with ``tech_scheduler``.
    """
    if case.kind is not Kind.TECH or case.actor.holds(Permission.TECH_SCHEDULER, case.action, case.at):
        return None
    return {}


@rule("ACC-04", DENIED, "You do not have the permission for sales appointments here.")
def may_use_sales_scheduler(case: VisitAccess) -> Facts | None:
    """
    Sales appointments are seen, made and changed with ``sales_scheduler``, one's own also with
    ``personal_appointments``.
    """
    if case.kind is not Kind.SALES:
        return None
    either = (Permission.SALES_SCHEDULER, Permission.PERSONAL_APPOINTMENTS)
    return None if any(case.actor.holds(permission, case.action, case.at) for permission in either) else {}


@rule("ACC-05", DENIED, "You can see, create and change only sales appointments of your own.")
def personal_appointments_are_ones_own(case: VisitAccess) -> Facts | None:
    """
    Without ``sales_scheduler`` a user assigns nobody but themselves, and touches nobody else's appointment.
    """
    if case.kind is not Kind.SALES or case.actor.holds(Permission.SALES_SCHEDULER, case.action, case.at):
        return None
    return None if all(assignee == case.actor.user for assignee in case.assignees) else {}


@rule("ACC-21", DENIED, "You do not have the permission for program appointments here.")
def may_use_program_scheduler(case: VisitAccess) -> Facts | None:
    """
    ``program_scheduler`` does for PROGRAM what ``tech_scheduler`` does for TECH.
    """
    if case.kind is not Kind.PROGRAM or case.actor.holds(Permission.PROGRAM_SCHEDULER, case.action, case.at):
        return None
    return {}


VISIT = (
    may_use_tech_scheduler,
    may_use_sales_scheduler,
    personal_appointments_are_ones_own,
    may_use_program_scheduler,
)


@frozen(kw_only=True)
class HoldAccess:
    """
    A hold of a user's time: who made it, and the *visit* that it is for.
    """

    maker: UserId | None
    visit: VisitAccess


@rule("ACC-26", DENIED, "This hold is another's, and you do not have the permission for such appointments here.")
def may_use_hold(case: HoldAccess) -> Facts | None:
    """
    One's own always; another's as the appointment that it is for.
    """
    own = case.maker is not None and case.maker == case.visit.actor.user
    return None if own or _may_use(case.visit) else {}


@frozen(kw_only=True)
class SlotAccess:
    """
    A look at free times for a record of a *stage*, at its location.
    """

    actor: Actor
    kind: Kind
    stage: Stage
    at: LocationId


@rule("ACC-06", DENIED, "You may not look at free times for this record.")
def may_see_slots(case: SlotAccess) -> Facts | None:
    """
    The kind's scheduler VIEW; for tech visits of leads, where nothing can be saved, ``tech_scheduler_leads``; for sales
    visits ``personal_appointments`` does too.
    """
    permissions = [SCHEDULER[case.kind]]
    if case.kind is Kind.TECH and case.stage is Stage.LEAD:
        permissions = [Permission.TECH_SCHEDULER_LEADS]
    if case.kind is Kind.SALES:
        permissions.append(Permission.PERSONAL_APPOINTMENTS)
    return None if any(case.actor.holds(each, Action.VIEW, case.at) for each in permissions) else {}


@frozen(kw_only=True)
class WorkAccess:
    """
    The Work screen of an appointment of a *kind*: its *assignee*, and their home location.
    """

    actor: Actor
    kind: Kind
    assignee: UserId
    home: LocationId


@rule("ACC-07", DENIED, "Only the assigned user, or who may see their schedule, can open this.")
def may_open_work(case: WorkAccess) -> Facts | None:
    """
    One's own always; another's with the kind's schedule permission at the assignee's home location.
    """
    own = case.assignee == case.actor.user
    return None if own or case.actor.holds(SCHEDULE[case.kind], Action.VIEW, case.home) else {}


@frozen(kw_only=True)
class ButtonAccess:
    """
    The status buttons of an appointment: its *assignee*.
    """

    actor: Actor
    assignee: UserId


@rule("ACC-07", DENIED, "Only the assigned user sets the status of a visit.")
def may_press_status(case: ButtonAccess) -> Facts | None:
    """
    Status buttons belong to the assignee; who may modify appointments of that kind overrides (FLD-09).
    """
    return None if case.assignee == case.actor.user else {}


@frozen(kw_only=True)
class ChecklistAccess:
    """
    The checklist on the Work screen of an appointment: its *assignee*, and its customer's location.
    """

    actor: Actor
    assignee: UserId
    at: LocationId


@rule("ACC-07", DENIED, "Only the assigned user ticks off the work of a visit.")
def may_use_checklist(case: ChecklistAccess) -> Facts | None:
    """
    The assignee, and in their stead who may edit work orders there (ACC-09).
    """
    own = case.assignee == case.actor.user
    return None if own or case.actor.holds(Permission.WORK_ORDERS, Action.MODIFY, case.at) else {}


def creatable(actor: Actor, at: LocationId) -> tuple[Kind, ...]:
    """
    The kinds of appointments that an actor can create at a location (ACC-08).
    """
    return tuple(kind for kind in Kind if _can_create(actor, kind, at))


def _can_create(actor: Actor, kind: Kind, at: LocationId) -> bool:
    return _may_use(VisitAccess(actor=actor, kind=kind, action=Action.CREATE, at=at, assignees=()))


def kinds_seen(actor: Actor, at: LocationId) -> tuple[frozenset[Kind], bool]:
    """
    The kinds of appointments that an actor sees at a location, whoever is assigned; and whether, beside them, their own
    sales appointments (ACC-26).
    """

    def seen(kind: Kind, assignee: UserId) -> bool:
        return _may_use(VisitAccess(actor=actor, kind=kind, action=Action.VIEW, at=at, assignees=(assignee,)))

    kinds = frozenset(kind for kind in Kind if seen(kind, _ANYBODY))
    own = actor.user is not None and Kind.SALES not in kinds and seen(Kind.SALES, actor.user)
    return kinds, own


def _may_use(case: VisitAccess) -> bool:
    return all(each(case) is None for each in VISIT)


_ANYBODY = UserId(UUID(int=0))
