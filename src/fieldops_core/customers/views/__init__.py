"""
What questions about customers answer.
"""

from fieldops_core.customers.views.record import (
    CustomersView,
    CustomerView,
    ImportView,
    InstallationView,
    LineNote,
    Sight,
    customer_view,
)

__all__ = [
    "CustomerView",
    "CustomersView",
    "ImportView",
    "InstallationView",
    "LineNote",
    "Sight",
    "customer_view",
]
