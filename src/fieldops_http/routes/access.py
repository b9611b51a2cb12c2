"""
Roles and tokens.
"""

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from fieldops_core.access.messages import ListRoles, ListTokens, RevokeToken
from fieldops_core.access.model import RoleId, TokenId
from fieldops_core.access.views import RolesView, RoleView, TokensView, TokenView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Version
from fieldops_http.wire.access import ChangeRoleBody, CreateRoleBody, CreateTokenBody


@operation("GET", "/roles", summary="List the roles", tag="roles", rules="ACC-01 ACC-25")
def list_roles(caller: TheCaller) -> Response[RolesView]:
    """
    Every role with its grants. The owner role holds every grant there is.
    """
    return caller.ask(ListRoles(), RolesView)


@operation("POST", "/roles", summary="Create a role", tag="roles", rules="ACC-01 ACC-02", creates=True)
def create_role(caller: TheCaller, data: JSONBody[CreateRoleBody]) -> Response[RoleView]:
    """
    A named set of grants, each for one location or for the whole company. Nobody can grant what they do not hold.
    """
    return caller.create(data.command(), RoleView, at="roles")


@operation("PATCH", "/roles/{id:uuid}", summary="Change a role", tag="roles", rules="ACC-01 ACC-02", versioned=True)
def change_role(caller: TheCaller, id: FromPath[RoleId], data: JSONBody[ChangeRoleBody]) -> Response[RoleView]:
    """
    Another name, or another set of grants. The owner role's grants cannot be changed.
    """
    return caller.execute(data.command(id), RoleView, version=data.version)


@operation("GET", "/tokens", summary="List the tokens", tag="tokens", rules="API-05 ACC-25")
def list_tokens(caller: TheCaller) -> Response[TokensView]:
    """
    Every bearer token of the company, without its secret.
    """
    return caller.ask(ListTokens(), TokensView)


@operation("POST", "/tokens", summary="Create a token", tag="tokens", rules="API-05 ACC-01", creates=True)
def create_token(caller: TheCaller, data: JSONBody[CreateTokenBody]) -> Response[TokenView]:
    """
    A bearer token for a user. `secret` holds it, in this answer alone: only its hash is kept.
    """
    return caller.create(data.command(), TokenView, at="tokens")


@operation("DELETE", "/tokens/{id:uuid}", summary="Revoke a token", tag="tokens", rules="API-05", versioned=True)
def revoke_token(caller: TheCaller, id: FromPath[TokenId], version: Version = None) -> Response[TokenView]:
    """
    The token is refused from now on. It stays on the list, with the moment of its end.
    """
    return caller.execute(RevokeToken(token=id), TokenView, version=UNSET if version is None else version)


OPERATIONS = (list_roles, create_role, change_role, list_tokens, create_token, revoke_token)
