"""
Requests about families.
"""

from fieldops_core.customers.messages import LinkParent
from fieldops_core.customers.model import CustomerId
from fieldops_http.wire.values import Change


class LinkParentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The customer that this one's billing rolls up to.
    """

    parent: CustomerId

    def command(self, customer: CustomerId) -> LinkParent:
        return LinkParent(customer=customer, parent=self.parent)
