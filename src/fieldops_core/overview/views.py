"""
What questions about a record and all that belongs to it answer.
"""

from attrs import frozen

from fieldops_core.kernel.rules import Violation


@frozen(kw_only=True)
class ActionView:
    """
    One action, by the name of its operation: whether it is open to the reader now, and, where it is not, what stands
    against it, a missing permission alone. *choices* are what there is to choose from, where that depends on the state:
    the parts that can be edited, the statuses that can be set, the kinds of appointments.
    """

    name: str
    allowed: bool
    choices: tuple[str, ...] = ()
    why_not: tuple[Violation, ...] = ()


@frozen(kw_only=True)
class ActionsView:
    """
    In the order in which a page shows its buttons.
    """

    items: tuple[ActionView, ...]
