"""
Everything that can be done and asked: the table of contents of the system, a module for each subdomain.

Each entry names a command or question, the use case that answers it, the type of its answer, and the permissions of
which an actor must hold one somewhere to be heard at all. Where, is for the use case to ask.
"""

from fieldops_core.app.ports import Ports
from fieldops_core.app.registry import (
    access,
    archiving,
    company,
    customers,
    field_work,
    login,
    messaging,
    overview,
    removing,
    scheduling,
    staff,
    work_orders,
)
from fieldops_core.app.registry.uses import Need, Use

__all__ = ["Need", "Use", "registry"]


def registry(ports: Ports) -> tuple[Use, ...]:
    """
    Every command and question, wired to its use case.
    """
    return (
        *access.uses(ports),
        *company.uses(ports),
        *staff.uses(ports),
        *login.uses(ports),
        *customers.records(ports),
        *customers.belongings(),
        *customers.connections(),
        *customers.contacts(ports),
        *customers.credit(ports),
        *customers.regulations(),
        *customers.at_risk(),
        *customers.files(),
        *scheduling.visits(ports),
        *scheduling.bulk(),
        *work_orders.orders(ports),
        *work_orders.equipment(),
        *work_orders.work_to_perform(),
        *work_orders.purchasing(),
        *field_work.uses(),
        *messaging.uses(ports),
        *overview.uses(),
        *archiving.uses(),
        *removing.uses(),
    )
