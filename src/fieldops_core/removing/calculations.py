"""
What two records come to that are one.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from fieldops_core.customers.model import (
    Customer,
    Installation,
    InstallVisit,
    Lead,
    Sale,
    Tagging,
    at_path,
    installed_by,
)
from fieldops_core.customers.model.tags import TAG_LIMIT
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.records import replaced

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("address", "county", "cross_street", "point", "point_is_estimate", "verification"),
    ("credit_score", "credit_tracking_number"),
    ("source", "campaign"),
    ("sale.discount_affiliate", "sale.discount_member_number"),
)
"""
Fields that say one thing together: all of them are one record's, by whether its first is empty.
"""
ALONE = (
    "account_type",
    "external_id",
    "work_phone",
    "cell_phone",
    "other_phone",
    "email",
    "language",
    "best_time",
    "spouse",
    "business_contact",
    "birthdate",
    "ssn",
    "confirmation_number",
    "receiver_number",
    "abort_code",
    "account_class",
    *(
        f"sale.{name}"
        for name in (
            "sale_date",
            "sold_by",
            "trainee_or_trainer",
            "lead_rep",
            "account_number",
            "monitoring_number",
            "serial_number",
            "system_type",
            "monthly_rate",
            "monitoring_plan",
            "monitored_by",
            "interactive_provider",
            "contract_term",
            "activation_fee",
            "warranty_term",
            "dealer_number",
            "collections_date",
        )
    ),
    "installation.services",
    *(f"lead.{name}" for name in ("callback_at", "disposition", "call_center_comments", "lead_rep", "comments")),
)
"""
Fields that may be taken from the other record where they are empty. Names, the primary telephone number, yes or no, and
whether and why an account is cancelled are the record's own: nothing of that is empty.
"""

_UNTOLD = frozenset(
    {"number", "stage", "location", "parent", "former_numbers", "point", "point_is_estimate", "verification"}
)


@frozen(kw_only=True)
class Merger:
    """
    Two records that are to be one: *kept*, with what the *other* has; and the install appointments of both.
    """

    kept: Customer
    other: Customer
    installs: tuple[InstallVisit, ...] = ()

    @property
    def merged(self) -> Customer:
        """
        The record kept: its fields win, and those that are empty are the other's. It is one version on.
        """
        taken = dict(self._taken())
        told = {name: value for name, value in taken.items() if "." not in name}
        sections: Mapping[str, Sale | Installation | Lead] = {
            name: replaced(getattr(self.kept, name), _of_section(name, taken))
            for name in ("sale", "installation", "lead")
        }
        numbers = {*self.kept.former_numbers, self.other.number, *self.other.former_numbers}
        changes = {
            **told,
            **sections,
            "custom": {**self.other.custom, **self.kept.custom},
            "parent": self.kept.parent or self.other.parent,
            "former_numbers": tuple(sorted(numbers)),
            "version": self.kept.version + 1,
        }
        return replaced(self.kept, changes)

    @property
    def filled(self) -> tuple[str, ...]:
        """
        The fields that are taken from the other record.
        """
        found = (each.field for each in difference(self.kept, self.merged))
        return tuple(each for each in found if each != "former_numbers")

    @property
    def dropped(self) -> tuple[str, ...]:
        """
        The fields in which the other record says something else, which is dropped.
        """
        merged, other = self.merged, {each.field: each.new for each in difference(None, self.other)}
        kept = {each.field: each.new for each in difference(None, merged)}
        return tuple(field for field, value in other.items() if field not in _UNTOLD and kept.get(field) != value)

    def _taken(self) -> Iterator[tuple[str, object]]:
        for together in (*TOGETHER, *((each,) for each in ALONE)):
            if _empty(at_path(self.kept, together[0])) and not _empty(at_path(self.other, together[0])):
                yield from ((name, at_path(self.other, name)) for name in together)
        if len(self.installs) > 1 and (install := self._install()) is not None:
            yield "installation.appointment", install.appointment

    def _install(self) -> InstallVisit | None:
        """
        Its own, chosen or the only one; else the other's: among several of both nobody has to choose again.
        """
        of = {each.id: tuple(v for v in self.installs if v.customer == each.id) for each in (self.kept, self.other)}
        return installed_by(self.kept, of[self.kept.id]) or installed_by(self.other, of[self.other.id])


def united(kept: Tagging, other: Tagging) -> Tagging:
    """
    The tags of both, as many as a record has at most, its own first.
    """
    more = [each for each in other.tags if each not in kept.tags]
    return replaced(kept, {"tags": (*kept.tags, *more)[:TAG_LIMIT], "version": kept.version + 1})


def _empty(value: object) -> bool:
    return value is None or value in ("", (), Address())


def _of_section(name: str, taken: Mapping[str, object]) -> dict[str, object]:
    return {path.partition(".")[2]: value for path, value in taken.items() if path.startswith(f"{name}.")}
