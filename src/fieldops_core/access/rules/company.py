"""
What concerns the whole company: its set-up, and who may do what.
"""

from attrs import frozen

from fieldops_core.access.model import Action, Actor, Grants, Permission, covers
from fieldops_core.access.rules.records import DENIED
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import permit, rule


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


def require_company_wide(actor: Actor, permission: Permission, action: Action) -> None:
    """
    Raises:
        Forbidden: where the actor does not hold this in the whole company.
    """
    permit((held_company_wide,), CompanyWide(actor=actor, permission=permission, action=action))
