"""
Rules of companies and their catalogs.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class Founding:
    """
    A company in the making: its short name, and whether another company has it.
    """

    slug: str
    taken: bool


@rule("API-01", "company.slug_taken", "There is a company with the short name {slug} already.", field="slug")
def slug_is_free(case: Founding) -> Facts | None:
    """
    Addresses begin with the company's short name, so that no two share one.
    """
    return {"slug": case.slug} if case.taken else None


@frozen(kw_only=True)
class TypeSent:
    """
    An appointment type as it is sent: its *minutes*, and the ids of sub-types that it does not have.
    """

    minutes: int | None
    strangers: tuple[str, ...] = ()


@rule("ACC-20", "type.duration_required", "An appointment type needs a duration.", field="minutes")
def type_has_a_duration(case: TypeSent) -> Facts | None:
    """
    An appointment type without a duration is refused on save.
    """
    return {} if case.minutes is None else None


@rule("APT-02", "sub_type.unknown", "This appointment type has no such sub-type: {ids}.", field="sub_types")
def sub_types_are_its_own(case: TypeSent) -> Facts | None:
    """
    A sub-type belongs to its type, and moves to no other.
    """
    return {"ids": ", ".join(case.strangers)} if case.strangers else None


FOUNDING = (slug_is_free,)
TYPE = (type_has_a_duration, sub_types_are_its_own)
