"""
Roles: load, decide, save. (Tokens belong to users: see :mod:`fieldops_core.staff.use_cases`.)
"""

from fieldops_core.access import decisions
from fieldops_core.access.context import Call
from fieldops_core.access.messages import ChangeRole, CreateRole, ListRoles
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.ports import Unit
from fieldops_core.access.rules import require_company_wide
from fieldops_core.access.views import RolesView, RoleView, role_view


def create_role(command: CreateRole, call: Call[Unit]) -> RoleView:
    require_company_wide(call.actor, Permission.ROLES, Action.MODIFY)
    outcome = decisions.create_role(command, call.actor, new_id=call.new_id, now=call.now)
    return role_view(call.keep(call.unit.roles, outcome))


def change_role(command: ChangeRole, call: Call[Unit]) -> RoleView:
    require_company_wide(call.actor, Permission.ROLES, Action.MODIFY)
    role = call.unit.roles.get(command.role)
    call.expect(role)
    return role_view(call.keep(call.unit.roles, decisions.change_role(command, role, call.actor, now=call.now)))


def list_roles(_: ListRoles, call: Call[Unit]) -> RolesView:
    require_company_wide(call.actor, Permission.ROLES, Action.VIEW)
    return RolesView(items=tuple(role_view(role) for role in call.unit.roles.all()))
