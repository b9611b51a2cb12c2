"""
Names of values as all pages say them. What draws the grid (frontend/src/grid/looks.ts) says the same.
"""

from decimal import Decimal

from fieldops_core.company.model import ListMode
from fieldops_core.company.views import MoneyView
from fieldops_core.scheduling.model import Status

STATUSES = {
    Status.SCHEDULED: "Scheduled",
    Status.EN_ROUTE: "On the way",
    Status.ON_SITE: "On site",
    Status.COMPLETED: "Completed",
    Status.CANCELLED: "Cancelled",
    Status.NO_SHOW: "No show",
}
MODES = {
    ListMode.IN_OFFICE_LOCATION: "Those of the office",
    ListMode.IN_COVERAGE_AREA: "Those who cover the area",
    ListMode.IN_MAX_COVERAGE_AREA: "Those within the company's reach",
}


def plain(name: str) -> str:
    """
    The name of a value as it is read: "in_coverage_area" is "In coverage area".
    """
    return name.replace("_", " ").capitalize()


def money(told: MoneyView) -> str:
    """
    As "5,180.00 USD".
    """
    return f"{Decimal(told.amount):,} {told.currency}"
