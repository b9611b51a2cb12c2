"""
What is asked of stock, and what happens to it.
"""

from attrs import frozen

from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import UserId


@frozen(kw_only=True)
class ListStock:
    """
    What a technician has, in the order of the items' names.
    """

    technician: UserId


class StockMoved(Event):
    pass
