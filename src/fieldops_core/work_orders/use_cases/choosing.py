"""
What commands fill in on work orders, looked up and made what is kept.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.company.decisions import priced
from fieldops_core.company.messages import JobLineFields
from fieldops_core.company.model import NOTE_LIMIT, CatalogEntry, EntryId, Setup
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.records import told
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rich_text import Sanitiser, sanitised
from fieldops_core.kernel.time import told_instant
from fieldops_core.staff.model import User
from fieldops_core.work_orders.model import CATALOGS, WorkOrder
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.rules import Choices

Values = Mapping[str, object]
"""
Some fields of a work order, by name.
"""


@frozen(kw_only=True)
class Chosen:
    """
    The entries, by field, and the technician that some values name.
    """

    setup: Setup
    entries: Mapping[str, CatalogEntry]
    technician: User | None

    def choices(self, before: WorkOrder | None, customer: Customer, *, external_id: str | None = None) -> Choices:
        """
        What of it is new to a work order: it keeps what it has.
        """
        kept = {name: getattr(before, name, None) for name in (*CATALOGS, "technician")}
        user = self.technician
        return Choices(
            location=self.setup.location(customer.location),
            entries={name: entry for name, entry in self.entries.items() if entry.id != kept[name]},
            technician=None if user is None or user.id == kept["technician"] else user,
            external_id=external_id,
        )

    def kept(self, values: Values, customer: Customer, sanitiser: Sanitiser, *, note: str = "") -> Values:
        """
        The values as they are kept: the due time as an instant, the note as safe HTML (one that is sent back as it is,
        *note*, is), prices in the company's currency.

        Raises:
            InvalidValue: naming the field, where one cannot be.
        """
        made = dict(values)
        if isinstance(due := values.get("due"), datetime):
            made["due"] = told_instant(due, self.setup.location(customer.location).zone, field="due", rule="WOR-01")
        if isinstance(typed := values.get("note"), str) and typed != note:
            made["note"] = sanitised(typed, sanitiser, field="note", limit=NOTE_LIMIT)
        if "lines" in values:
            made["lines"] = priced(cast("tuple[JobLineFields, ...]", values["lines"]), self.setup.settings.currency)
        return made


def choose(values: Values, call: Call[Unit]) -> Chosen:
    """
    The technician is locked: before work orders, as who books takes users first.

    Raises:
        NotFound: where the company, or the catalog, has none of that id.
    """
    technician = cast("UserId | None", values.get("technician"))
    user = None if technician is None else call.unit.users.get(technician, lock=Lock.SHARED)
    ids = {name: cast("EntryId", values[name]) for name in CATALOGS if values.get(name) is not None}
    there = {each.id: each for each in call.unit.catalog_entries.named(ids.values())} if ids else {}
    for name, id in ids.items():
        if id not in there or there[id].catalog is not CATALOGS[name]:
            raise NotFound(name, id)
    entries = {name: there[id] for name, id in ids.items()}
    return Chosen(setup=call.unit.companies.setup(), entries=entries, technician=user)


def filled_by(template: EntryId | None, call: Call[Unit]) -> Values:
    """
    What a template fills in (WOR-02): whatever it has, as it is kept.
    """
    if template is None:
        return {}
    found = call.unit.catalog_entries.get(template).attributes.template
    return {name: value for name, value in told(found).items() if value} if found else {}
