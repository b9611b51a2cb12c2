"""
What changes of customer records, and of what belongs to them, come to.
"""

from fieldops_core.customers.decisions.at_risk import (
    clear_at_risk,
    mark_at_risk,
)
from fieldops_core.customers.decisions.connections import (
    link_connection,
    unlink_connection,
)
from fieldops_core.customers.decisions.contacts import (
    change_contact,
    create_contact,
    order_contacts,
    remove_contact,
)
from fieldops_core.customers.decisions.credit import (
    apply_credit_check,
    run_credit_check,
    score,
    supersede,
)
from fieldops_core.customers.decisions.files import (
    add_file,
    remove_file,
    rename_file,
)
from fieldops_core.customers.decisions.notes import (
    change_note,
    change_ticket,
    close_ticket,
    create_note,
    create_ticket,
    reopen_ticket,
)
from fieldops_core.customers.decisions.record import (
    MASK,
    NOT_FIELDS,
    NOTHING,
    Reading,
    change_customer,
    changed_customer,
    convert_lead,
    converted,
    create_customer,
    link,
    new_customer,
    place,
    unlink,
)
from fieldops_core.customers.decisions.regulations import (
    change_fulfilment,
    fulfil_regulation,
    remove_fulfilment,
)
from fieldops_core.customers.decisions.tags import (
    set_tags,
)

__all__ = [
    "MASK",
    "NOTHING",
    "NOT_FIELDS",
    "Reading",
    "add_file",
    "apply_credit_check",
    "change_contact",
    "change_customer",
    "change_fulfilment",
    "change_note",
    "change_ticket",
    "changed_customer",
    "clear_at_risk",
    "close_ticket",
    "convert_lead",
    "converted",
    "create_contact",
    "create_customer",
    "create_note",
    "create_ticket",
    "fulfil_regulation",
    "link",
    "link_connection",
    "mark_at_risk",
    "new_customer",
    "order_contacts",
    "place",
    "remove_contact",
    "remove_file",
    "remove_fulfilment",
    "rename_file",
    "reopen_ticket",
    "run_credit_check",
    "score",
    "set_tags",
    "supersede",
    "unlink",
    "unlink_connection",
]
