"""
Who may do what with records, their sections, and what belongs to them.
"""

from attrs import frozen

from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.kernel.errors import Facts, Forbidden
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import rule

DENIED = Forbidden.code

RECORD = {Stage.CUSTOMER: Permission.CUSTOMERS, Stage.LEAD: Permission.LEADS}


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


@rule("CUS-21", DENIED, "You may not create a record like this one.")
def may_duplicate(case: RecordAccess) -> Facts | None:
    """
    ``customers`` at the record's location; what a lead is the pattern of is a lead, and takes ``leads`` too.
    """
    needed = {Permission.CUSTOMERS, RECORD[case.stage]}
    return None if all(case.actor.holds(each, case.action, case.at) for each in needed) else {}


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


REMOVE = {Stage.CUSTOMER: Permission.DELETE_CUSTOMER, Stage.LEAD: Permission.DELETE_LEAD}


@frozen(kw_only=True)
class DeleteAccess:
    """
    Deleting a record of a stage, at its location, or what merging it into another takes; and what is left of a record
    that was deleted there.
    """

    actor: Actor
    stage: Stage
    at: LocationId


@rule("ACC-12", DENIED, "You may not delete this record.")
def may_delete(case: DeleteAccess) -> Facts | None:
    """
    ``delete_customer`` for customers, ``delete_lead`` for leads, at the record's location.
    """
    return None if case.actor.holds(REMOVE[case.stage], Action.MODIFY, case.at) else {}


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
class PurchaseAccess:
    """
    A purchase order, asked *at* the location of the work order's customer (ACC-22).
    """

    actor: Actor
    action: Action
    at: LocationId


@rule("ACC-11", DENIED, "You do not have the permission for purchase orders here.")
def may_use_purchase_orders(case: PurchaseAccess) -> Facts | None:
    """
    ``equipment_po``: VIEW lists, CREATE generates, MODIFY orders, receives and cancels.
    """
    return None if case.actor.holds(Permission.EQUIPMENT_PO, case.action, case.at) else {}


@frozen(kw_only=True)
class StockAccess:
    """
    What a *technician* has, whose home location that is.
    """

    actor: Actor
    technician: UserId
    home: LocationId


@rule("ACC-11", DENIED, "You do not have the permission to see what this technician has.")
def may_see_stock(case: StockAccess) -> Facts | None:
    """
    One's own always; another's with ``equipment_po`` VIEW at their home location.
    """
    own = case.technician == case.actor.user
    return None if own or case.actor.holds(Permission.EQUIPMENT_PO, Action.VIEW, case.home) else {}
