"""
What is asked of several subdomains together.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app.registry.uses import CREATE, RECORDS, VIEW, Use, one_of, use
from fieldops_core.overview import messages
from fieldops_core.overview import use_cases as cases
from fieldops_core.overview.views import ActionsView, HeaderView, HistoryView, UnsavedRecord
from fieldops_core.scheduling import use_cases as scheduling_use_cases


def uses() -> tuple[Use, ...]:
    """
    What is open to every user is the assignee's own (ACC-07).
    """
    records, orders = one_of(RECORDS, VIEW), ((Permission.WORK_ORDERS, VIEW),)
    create = ((Permission.CUSTOMERS, CREATE),)
    visits = partial(cases.show_appointment_actions, placed=scheduling_use_cases.placed)
    return (
        use(messages.PreviewDuplicate, cases.preview_duplicate, UnsavedRecord, needs=create, changes=False),
        use(messages.ShowAppointmentActions, visits, ActionsView, needs=None, changes=False),
        use(messages.ShowCustomerActions, cases.show_customer_actions, ActionsView, needs=records, changes=False),
        use(messages.ShowHeader, cases.show_header, HeaderView, needs=records, changes=False),
        use(messages.ShowHistory, cases.show_history, HistoryView, needs=records, changes=False),
        use(messages.ShowWorkOrderActions, cases.show_work_order_actions, ActionsView, needs=orders, changes=False),
    )
