"""
What is done with and asked of roles and tokens.
"""

from functools import partial

from fieldops_core.access import messages
from fieldops_core.access import use_cases as cases
from fieldops_core.access.model import Permission
from fieldops_core.access.views import RolesView, RoleView, TokensView, TokenView
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import MODIFY, VIEW, Use, use
from fieldops_core.staff import use_cases as staff_use_cases


def uses(ports: Ports) -> tuple[Use, ...]:
    do, see = ((Permission.ROLES, MODIFY),), ((Permission.ROLES, VIEW),)
    give, list_them = ((Permission.TOKENS, MODIFY),), ((Permission.TOKENS, VIEW),)
    create_token = partial(staff_use_cases.create_token, randomness=ports.randomness)
    return (
        use(messages.CreateRole, cases.create_role, RoleView, needs=do, changes=True),
        use(messages.ChangeRole, cases.change_role, RoleView, needs=do, changes=True),
        use(messages.ListRoles, cases.list_roles, RolesView, needs=see, changes=False),
        use(messages.CreateToken, create_token, TokenView, needs=give, changes=True),
        use(messages.RevokeToken, staff_use_cases.revoke_token, TokenView, needs=give, changes=True),
        use(messages.ListTokens, staff_use_cases.list_tokens, TokensView, needs=list_them, changes=False),
    )
