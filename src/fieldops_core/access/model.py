"""
Permissions, grants, roles, tokens, and the facts that permission is a question of.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.plain import INTERNAL
from fieldops_core.kernel.text import a_name

RoleId = NewType("RoleId", UUID)
TokenId = NewType("TokenId", UUID)


class Kind(Enum):
    """
    The kind of an appointment.
    """

    TECH = "tech"
    SALES = "sales"
    PROGRAM = "program"


class Stage(Enum):
    """
    The stage of a customer record.
    """

    LEAD = "lead"
    CUSTOMER = "customer"


class Action(Enum):
    """
    What a grant allows to do with what its permission names.
    """

    VIEW = "view"
    CREATE = "create"
    MODIFY = "modify"
    DELETE = "delete"


_VIEW = frozenset({Action.VIEW})
_MODIFY = frozenset({Action.MODIFY})
_VIEW_CREATE = frozenset({Action.VIEW, Action.CREATE})
_VIEW_MODIFY = frozenset({Action.VIEW, Action.MODIFY})
_ALL = frozenset({Action.VIEW, Action.CREATE, Action.MODIFY})


class Permission(Enum):
    """
    What can be granted, and with which actions (ACC-02, 09, 11 to 14, 16, 25).
    """

    TECH_SCHEDULER = "tech_scheduler"
    SALES_SCHEDULER = "sales_scheduler"
    PERSONAL_APPOINTMENTS = "personal_appointments"
    PROGRAM_SCHEDULER = "program_scheduler"
    TECH_SCHEDULER_LEADS = "tech_scheduler_leads"
    TECH_SCHEDULE = "tech_schedule"
    SALES_SCHEDULE = "sales_schedule"
    PROGRAM_SCHEDULE = "program_schedule"
    WORK_ORDERS = "work_orders"
    CUSTOMERS = "customers"
    LEADS = "leads"
    NOTES = "notes"
    TICKETS = "tickets"
    CONTACTS = "contacts"
    TAGS = "tags"
    AT_RISK = "at_risk"
    EQUIPMENT = "equipment"
    EQUIPMENT_PO = "equipment_po"
    FILES = "files"
    CREDIT = "credit"
    MESSAGES = "messages"
    ARCHIVE_CUSTOMER = "archive_customer"
    UNARCHIVE_CUSTOMER = "unarchive_customer"
    DELETE_CUSTOMER = "delete_customer"
    DELETE_LEAD = "delete_lead"
    CONTACT_INFORMATION = "contact_information"
    SALE_INFORMATION = "sale_information"
    INSTALLATION_INFORMATION = "installation_information"
    LEAD_ADMIN = "lead_admin"
    SSN = "ssn"
    BIRTHDATE = "birthdate"
    CONFIRMATION_NUMBER = "confirmation_number"
    RECEIVER_NUMBER = "receiver_number"
    ABORT_CODE = "abort_code"
    SETTINGS = "settings"
    CATALOGS = "catalogs"
    USERS = "users"
    ROLES = "roles"
    TOKENS = "tokens"
    WORKING_HOURS = "working_hours"
    OWN_WORKING_HOURS = "own_working_hours"
    DOUBLE_BOOK = "double_book"

    @property
    def actions(self) -> frozenset[Action]:
        return _ACTIONS.get(self, _ALL)


_ACTIONS = {
    Permission.TECH_SCHEDULER_LEADS: _VIEW,
    Permission.WORK_ORDERS: frozenset(Action),
    Permission.TECH_SCHEDULE: _VIEW,
    Permission.SALES_SCHEDULE: _VIEW,
    Permission.PROGRAM_SCHEDULE: _VIEW,
    Permission.TAGS: _MODIFY,
    Permission.MESSAGES: _VIEW_CREATE,
    Permission.ARCHIVE_CUSTOMER: _MODIFY,
    Permission.UNARCHIVE_CUSTOMER: _MODIFY,
    Permission.DELETE_CUSTOMER: _MODIFY,
    Permission.DELETE_LEAD: _MODIFY,
    Permission.CONTACT_INFORMATION: _MODIFY,
    Permission.SALE_INFORMATION: _VIEW_MODIFY,
    Permission.INSTALLATION_INFORMATION: _VIEW_MODIFY,
    Permission.LEAD_ADMIN: _MODIFY,
    Permission.SSN: _VIEW,
    Permission.BIRTHDATE: _VIEW,
    Permission.CONFIRMATION_NUMBER: _VIEW,
    Permission.RECEIVER_NUMBER: _VIEW,
    Permission.ABORT_CODE: _VIEW,
    Permission.SETTINGS: _VIEW_MODIFY,
    Permission.CATALOGS: _VIEW_MODIFY,
    Permission.USERS: _VIEW_MODIFY,
    Permission.ROLES: _VIEW_MODIFY,
    Permission.TOKENS: _VIEW_MODIFY,
    Permission.WORKING_HOURS: _MODIFY,
    Permission.OWN_WORKING_HOURS: _MODIFY,
    Permission.DOUBLE_BOOK: _MODIFY,
}


@frozen(order=False, cache_hash=True)
class Grant:
    """
    A permission for one action, *at* one location, or, with None, in the whole company (ACC-01).

    Raises:
        InvalidValue: where the permission does not know the action (ACC-02).
    """

    permission: Permission
    action: Action
    at: LocationId | None = None

    def __attrs_post_init__(self) -> None:
        if self.action not in self.permission.actions:
            sentence = f"{self.permission.value} cannot be granted for {self.action.value}."
            facts = {"permission": self.permission.value, "action": self.action.value}
            raise InvalidValue("grant.invalid", sentence, facts=facts, field="grants", rule="ACC-02")


@lru_cache(maxsize=4096)
def _grant(permission: Permission, action: Action, at: LocationId | None) -> Grant:
    """
    One to look up. There are few, and each is asked for again and again.
    """
    return Grant(permission, action, at)


Grants = frozenset[Grant]
EVERYTHING: Grants = frozenset(Grant(permission, action) for permission in Permission for action in permission.actions)


@frozen(kw_only=True)
class Role:
    """
    A named set of grants. The *owner* role of a company holds every grant there is, whatever it lists.
    """

    id: RoleId
    name: str = field(converter=a_name)
    grants: Grants = frozenset()
    owner: bool = False
    version: int = 1

    @property
    def effective(self) -> Grants:
        return EVERYTHING if self.owner else self.grants


@frozen(kw_only=True)
class Token:
    """
    A bearer token of a user: only the hash (SHA-256, hex) of its secret is kept. It allows what its user may do,
    narrowed to *scopes* where there are any, until it expires or is revoked.
    """

    id: TokenId
    user: UserId
    name: str = field(converter=a_name)
    hash: str = field(metadata=INTERNAL)
    scopes: Grants | None = None
    expires_at: datetime
    revoked_at: datetime | None = None
    version: int = 1

    def valid(self, now: datetime) -> bool:
        """
        Neither revoked nor expired at an instant.
        """
        return self.revoked_at is None and now < self.expires_at


@frozen(kw_only=True)
class Actor:
    """
    On whose behalf something is done: a user, or, without one, the system itself; and what they hold.
    """

    user: UserId | None
    home: LocationId | None = None
    zone: str | None = None
    grants: Grants = frozenset()

    def holds(self, permission: Permission, action: Action, at: LocationId | None = None) -> bool:
        """
        Whether the actor holds a permission at a location, or, with None, in the whole company.
        """
        grants = self.grants
        return _grant(permission, action, None) in grants or (
            at is not None and _grant(permission, action, at) in grants
        )

    def holds_somewhere(self, permission: Permission, action: Action) -> bool:
        """
        Whether the actor holds a permission anywhere.
        """
        return any(grant.permission is permission and grant.action is action for grant in self.grants)


SYSTEM = Actor(user=None, grants=EVERYTHING)


def covers(held: Grants, grant: Grant) -> bool:
    """
    Whether a set of grants includes a grant, or the same for the whole company.
    """
    return grant in held or _grant(grant.permission, grant.action, None) in held


def narrowed(grants: Grants, scopes: Grants | None) -> Grants:
    """
    What is left of grants within a token's scopes.
    """
    if scopes is None:
        return grants
    return frozenset(g for g in grants if covers(scopes, g)) | frozenset(s for s in scopes if covers(grants, s))


def effective(direct: Grants, roles: Iterable[Role]) -> Grants:
    """
    What a user holds: directly and through roles (ACC-01).
    """
    return direct.union(*(role.effective for role in roles))
