"""
Roles: load, decide, save. (Tokens belong to users: see :mod:`fieldops_core.staff.use_cases`.)
"""

from fieldops_core.access import decisions
from fieldops_core.access.context import Call
from fieldops_core.access.messages import ChangeRole, CreateRole, ListRoles
from fieldops_core.access.model import Action, Grants, Permission
from fieldops_core.access.ports import Unit
from fieldops_core.access.rules import require_company_wide
from fieldops_core.access.views import RolesView, RoleView, role_view
from fieldops_core.kernel.unset import given


def create_role(command: CreateRole, call: Call[Unit]) -> RoleView:
    require_company_wide(call.actor, Permission.ROLES, Action.MODIFY)
    _places_are_the_companys(command.grants, call)
    outcome = decisions.create_role(command, call.actor, new_id=call.new_id, now=call.now)
    return role_view(call.keep(call.unit.roles, outcome))


def change_role(command: ChangeRole, call: Call[Unit]) -> RoleView:
    require_company_wide(call.actor, Permission.ROLES, Action.MODIFY)
    role = call.unit.roles.get(command.role)
    call.expect(role)
    _places_are_the_companys(given(command.grants, role.grants), call)
    return role_view(call.keep(call.unit.roles, decisions.change_role(command, role, call.actor, now=call.now)))


def list_roles(_: ListRoles, call: Call[Unit]) -> RolesView:
    require_company_wide(call.actor, Permission.ROLES, Action.VIEW)
    return RolesView(items=tuple(role_view(role) for role in call.unit.roles.all()))


def _places_are_the_companys(grants: Grants, call: Call[Unit]) -> None:
    """
    Raises:
        NotFound: where something is granted at a location that the company does not have.
    """
    for place in {grant.at for grant in grants if grant.at is not None}:
        call.unit.locations.get(place)
