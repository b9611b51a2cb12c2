"""
Who may do what, where: each rule a pure function of an actor and the facts of a resource, in this one place (ACC-18).

Rules with the code ``permission.denied`` are asked with :func:`~fieldops_core.kernel.rules.permit`, which tells nothing
of what is there.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Action, Actor, Grants, Kind, Permission, Stage, covers
from fieldops_core.kernel.errors import Facts, Forbidden
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import permit, rule

DENIED = Forbidden.code

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
RECORD = {Stage.CUSTOMER: Permission.CUSTOMERS, Stage.LEAD: Permission.LEADS}


@frozen(kw_only=True)
class CompanyWide:
    """
    Something that belongs to no location: settings, catalogs, users, roles, tokens, a double booking.
    """

    actor: Actor
    permission: Permission
    action: Action


@rule("ACC-25", DENIED, "You do not have the permission for this in the whole company.")
def held_company_wide(case: CompanyWide) -> Facts | None:
    """
    Settings, catalogs, users, roles, tokens and double booking are the whole company's: a grant at one location does
    not reach them.
    """
    return None if case.actor.holds(case.permission, case.action) else {}


@frozen(kw_only=True)
class HoursAccess:
    """
    The working hours and absences of a *user* (None: of a whole location), asked at the user's home location.
    """

    actor: Actor
    user: UserId | None
    home: LocationId


@rule("ACC-25", DENIED, "You may not change these working hours.")
def may_change_hours(case: HoursAccess) -> Facts | None:
    """
    ``working_hours`` at the home location, or one's own with ``own_working_hours``.
    """
    actor = case.actor
    own = case.user is not None and case.user == actor.user
    if own and actor.holds(Permission.OWN_WORKING_HOURS, Action.MODIFY, case.home):
        return None
    return None if actor.holds(Permission.WORKING_HOURS, Action.MODIFY, case.home) else {}


@frozen(kw_only=True)
class RecordAccess:
    """
    A customer record of a stage, at its location.
    """

    actor: Actor
    stage: Stage
    action: Action
    at: LocationId


@rule("ACC-12", DENIED, "You do not have the permission for this record.")
def may_use_record(case: RecordAccess) -> Facts | None:
    """
    ``customers`` for customers, ``leads`` for leads, at the record's location.
    """
    return None if case.actor.holds(RECORD[case.stage], case.action, case.at) else {}


@frozen(kw_only=True)
class ContactAccess:
    """
    A change of a record's personal section, at its location.
    """

    actor: Actor
    at: LocationId


@rule("ACC-13", DENIED, "You may see this record's contact information, but not change it.")
def may_change_contact_information(case: ContactAccess) -> Facts | None:
    """
    Without ``contact_information`` those fields are shown and refuse change.
    """
    return None if case.actor.holds(Permission.CONTACT_INFORMATION, Action.MODIFY, case.at) else {}


@frozen(kw_only=True)
class SaleAccess:
    """
    A record's sale section, at its location.
    """

    actor: Actor
    action: Action
    at: LocationId


@rule("ACC-13", DENIED, "You do not have the permission for this record's sale section.")
def may_use_sale_information(case: SaleAccess) -> Facts | None:
    """
    Without VIEW the section is absent from every answer; without MODIFY it refuses change.
    """
    return None if case.actor.holds(Permission.SALE_INFORMATION, case.action, case.at) else {}


@frozen(kw_only=True)
class LeadRepAccess:
    """
    The lead rep of a lead, at its location.
    """

    actor: Actor
    at: LocationId


@rule("CUS-08", DENIED, "Only a lead admin sees and gives the rep of a lead.")
def may_give_lead_rep(case: LeadRepAccess) -> Facts | None:
    """
    ``lead_admin`` at the lead's location.
    """
    return None if case.actor.holds(Permission.LEAD_ADMIN, Action.MODIFY, case.at) else {}


@frozen(kw_only=True)
class InstallationAccess:
    """
    A record's installation section, at its location.
    """

    actor: Actor
    action: Action
    at: LocationId


@rule("ACC-13", DENIED, "You do not have the permission for this record's installation section.")
def may_use_installation_information(case: InstallationAccess) -> Facts | None:
    """
    Without VIEW the section is absent from every answer; without MODIFY it refuses change.
    """
    return None if case.actor.holds(Permission.INSTALLATION_INFORMATION, case.action, case.at) else {}


@frozen(kw_only=True)
class LinkAccess:
    """
    The link of a sub-customer to its parent, at the sub-customer's location.
    """

    actor: Actor
    at: LocationId


@rule("FAM-06", DENIED, "You may not change whose sub-customer this is.")
def may_link(case: LinkAccess) -> Facts | None:
    """
    Linking and unlinking need ``sale_information`` MODIFY on the sub-customer.
    """
    return None if case.actor.holds(Permission.SALE_INFORMATION, Action.MODIFY, case.at) else {}


@frozen(kw_only=True)
class ArchiveAccess:
    """
    Archiving a customer, or undoing it, at its location. Sub-customers that come with it are covered (ARC-11).
    """

    actor: Actor
    at: LocationId


@rule("ARC-01", DENIED, "You may not archive this customer.")
def may_archive(case: ArchiveAccess) -> Facts | None:
    """
    ``archive_customer`` at the customer's location.
    """
    return None if case.actor.holds(Permission.ARCHIVE_CUSTOMER, Action.MODIFY, case.at) else {}


@rule("ACC-12", DENIED, "You may not unarchive this customer.")
def may_unarchive(case: ArchiveAccess) -> Facts | None:
    """
    ``unarchive_customer`` at the customer's location.
    """
    return None if case.actor.holds(Permission.UNARCHIVE_CUSTOMER, Action.MODIFY, case.at) else {}


CONFIDENTIAL = {
    "ssn": Permission.SSN,
    "birthdate": Permission.BIRTHDATE,
    "confirmation_number": Permission.CONFIRMATION_NUMBER,
    "receiver_number": Permission.RECEIVER_NUMBER,
    "abort_code": Permission.ABORT_CODE,
}
"""
The confidential fields, and the permission of each.
"""


@frozen(kw_only=True)
class ConfidentialAccess:
    """
    A confidential field of a record, at its location.
    """

    actor: Actor
    field: str
    at: LocationId


@rule("ACC-14", DENIED, "You may not see this confidential field.")
def may_see_confidential(case: ConfidentialAccess) -> Facts | None:
    """
    One permission for each; without it the value is ``***`` everywhere.
    """
    return None if case.actor.holds(CONFIDENTIAL[case.field], Action.VIEW, case.at) else {}


@frozen(kw_only=True)
class ConfidentialChange:
    """
    A confidential field that a command sets: whether another value is *stored*.
    """

    access: ConfidentialAccess
    stored: bool


@rule("ACC-15", DENIED, "This confidential field has a value already: only who may see it can change it.")
def may_change_confidential(case: ConfidentialChange) -> Facts | None:
    """
    Where none is stored one may be entered; a stored one is changed by who may see it.
    """
    return {} if case.stored and may_see_confidential(case.access) is not None else None


@frozen(kw_only=True)
class BelongingAccess:
    """
    What belongs to a record, such as its notes: under a *permission* of its own, asked at the record's location.
    """

    actor: Actor
    permission: Permission
    action: Action
    at: LocationId


@rule("ACC-16", DENIED, "You do not have the permission for this part of the record.")
def may_use_belonging(case: BelongingAccess) -> Facts | None:
    """
    Notes, tickets, contacts, files, tags and at-risk marks each have a permission of their own.
    """
    return None if case.actor.holds(case.permission, case.action, case.at) else {}


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
class WorkOrderAccess:
    """
    A work order, asked *at* its customer's location (ACC-22).
    """

    actor: Actor
    action: Action
    at: LocationId


@rule("ACC-09", DENIED, "You do not have the permission for work orders here.")
def may_use_work_orders(case: WorkOrderAccess) -> Facts | None:
    """
    ``work_orders``: VIEW lists, CREATE creates, MODIFY edits, completes, cancels, opens again and links, DELETE
    deletes.
    """
    return None if case.actor.holds(Permission.WORK_ORDERS, case.action, case.at) else {}


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
class Granting:
    """
    Grants that an actor gives to a user, a role or a token.
    """

    actor: Actor
    grants: Grants


@rule("ACC-01", "grants.not_held", "You cannot grant what you do not hold yourself: {missing}.", field="grants")
def grants_are_held(case: Granting) -> Facts | None:
    """
    Nobody can grant what they do not hold.
    """
    missing = sorted(
        f"{grant.permission.value} {grant.action.value}"
        for grant in case.grants
        if not covers(case.actor.grants, grant)
    )
    return {"missing": ", ".join(missing)} if missing else None


@frozen(kw_only=True)
class OwnerChange:
    """
    The active users with the owner role, as they are and as they would be.
    """

    before: frozenset[UserId]
    after: frozenset[UserId]


@rule("ACC-01", "owner.last", "The company would have no active owner left.", field="roles")
def an_owner_remains(case: OwnerChange) -> Facts | None:
    """
    The owner role cannot lose its last active member.
    """
    return {"owners": sorted(str(owner) for owner in case.before)} if case.before and not case.after else None


@frozen(kw_only=True)
class RoleChange:
    """
    A change of a role: whether it is the *owner* role, and whether the change *regrants*.
    """

    name: str
    owner: bool
    regrants: bool


@rule("ACC-01", "role.owner_fixed", "The owner role holds every grant; its grants cannot be changed.", field="grants")
def owner_role_keeps_its_grants(case: RoleChange) -> Facts | None:
    """
    The owner role always holds every grant.
    """
    return {"role": case.name} if case.owner and case.regrants else None


GRANTING = (grants_are_held,)
OWNERS = (an_owner_remains,)
ROLE = (owner_role_keeps_its_grants,)
"""
The rules of each case, as decisions ask them.
"""


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


def require_company_wide(actor: Actor, permission: Permission, action: Action) -> None:
    """
    Raises:
        Forbidden: where the actor does not hold this in the whole company.
    """
    permit((held_company_wide,), CompanyWide(actor=actor, permission=permission, action=action))
