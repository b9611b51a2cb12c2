"""
How one kind of message is answered, and the permissions that several kinds ask for.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.app.ports import Unit

Need = tuple[Permission, Action]
M = TypeVar("M")
A = TypeVar("A")

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
SCHEDULERS = (
    Permission.TECH_SCHEDULER,
    Permission.SALES_SCHEDULER,
    Permission.PERSONAL_APPOINTMENTS,
    Permission.PROGRAM_SCHEDULER,
)
RECORDS = (Permission.CUSTOMERS, Permission.LEADS)
REMOVALS = (Permission.DELETE_CUSTOMER, Permission.DELETE_LEAD)
LINK = ((Permission.SALE_INFORMATION, MODIFY),)
LEAD_PREVIEW = (Permission.TECH_SCHEDULER_LEADS, VIEW)


@frozen(kw_only=True)
class Use:
    """
    How one kind of message is answered. *needs* None: open to every user of the company; () : to the system alone.
    """

    message: type
    answer: type
    needs: tuple[Need, ...] | None
    changes: bool
    carry_out: Callable[[object, Call[Unit]], object]


def use(
    message: type[M],
    carry_out: Callable[[M, Call[Unit]], A],
    answer: type[A] | None = None,
    *,
    needs: tuple[Need, ...] | None,
    changes: bool,
) -> Use:
    """
    A use, whose use case is checked to take that message and to give that answer.
    """
    return Use(
        message=message,
        answer=answer or object,
        needs=needs,
        changes=changes,
        carry_out=cast("Callable[[object, Call[Unit]], object]", carry_out),
    )


def one_of(permissions: tuple[Permission, ...], action: Action) -> tuple[Need, ...]:
    """
    What is needed where any of some permissions will do.
    """
    return tuple((permission, action) for permission in permissions)
