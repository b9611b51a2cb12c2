"""
Companies, their settings, locations and catalogs.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Kind
from fieldops_core.company.model import (
    SLOT_MINUTES,
    AppointmentType,
    Attributes,
    Catalog,
    CatalogEntry,
    Company,
    CreditBand,
    EntryId,
    FieldType,
    JobLine,
    LineKind,
    ListMode,
    Location,
    LocationUse,
    RateLine,
    Requirement,
    Settings,
    Setup,
    SheetPart,
    SubType,
    SubTypeId,
    TypeId,
    WorkingHoursRule,
    WorkOrderTemplate,
)
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.records import made
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import (
    addresses,
    ids,
    names,
    points,
    texts,
    time_ranges,
    weekly_hours,
    zones,
)

SLUG = r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?"


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    start, end = sorted(draw(st.lists(st.integers(0, 48), min_size=2, max_size=2, unique=True)))
    modes = st.lists(st.sampled_from(ListMode), min_size=1, unique=True).map(tuple)
    flags = {name: draw(st.booleans()) for name in FLAGS}
    return Settings(
        **flags,
        default_on_site_note=draw(texts()),
        grid_start=start * 30,
        grid_end=end * 30,
        max_coverage_radius=draw(radii()),
        distance_unit=draw(st.sampled_from(DistanceUnit)),
        working_hours_rule=draw(st.sampled_from(WorkingHoursRule)),
        scheduling_profile=draw(st.none() | modes),
        default_working_hours=draw(weekly_hours()),
        quiet_hours=draw(time_ranges()),
        currency=draw(st.sampled_from(["USD", "CAD", "EUR"])),
        credit_bands=draw(st.lists(credit_bands(), max_size=3, unique_by=(_grade, _minimum)).map(tuple)),
        sheet_footer=draw(texts()),
        sheet_leaves_out=draw(st.lists(st.sampled_from(SheetPart), max_size=3, unique=True).map(tuple)),
        sold_by=draw(st.lists(ids().map(UserId), max_size=3, unique=True).map(tuple)),
    )


def credit_bands() -> SearchStrategy[CreditBand]:
    return st.builds(CreditBand, grade=st.sampled_from(["A", "B", "C", "D", "E", "F"]), minimum=st.integers(0, 850))


def _grade(band: CreditBand) -> str:
    return band.grade


def _minimum(band: CreditBand) -> int:
    return band.minimum


FLAGS = (
    "sales_scheduler_on_customers",
    "work_order_required_for_tech_appointments",
    "show_previous_appointment_travel",
    "reschedule_tracking",
    "parent_child_billing",
    "address_verification",
    "duplicate_check",
    "credit_checks",
    "edocs",
    "government_regulations",
    "lead_rep_locked",
    "rate_breakout",
)


def radii() -> SearchStrategy[float]:
    """
    Meters, up to half the way around the Earth.
    """
    return st.floats(0, 20_040_000)


def companies() -> SearchStrategy[Company]:
    slugs = st.from_regex(SLUG, fullmatch=True)
    return st.builds(
        Company, id=ids().map(CompanyId), slug=slugs, name=names(), settings=settings(), version=versions()
    )


def location_uses() -> SearchStrategy[LocationUse]:
    counts = st.integers(0, 10_000)
    return st.builds(LocationUse, open_appointments=counts, customers=counts, users=counts)


def locations() -> SearchStrategy[Location]:
    return st.builds(
        Location,
        id=ids().map(LocationId),
        name=names(),
        zone=zones(),
        address=addresses(),
        point=st.none() | points(),
        tech_minutes=st.none() | durations(Kind.TECH),
        active=st.booleans(),
        version=versions(),
    )


def durations(kind: Kind) -> SearchStrategy[int]:
    """
    Minutes in whole slots of a kind, up to a day.
    """
    slot = SLOT_MINUTES[kind]
    return st.integers(1, 24 * 60 // slot).map(lambda slots: slots * slot)


def sub_types(kind: Kind) -> SearchStrategy[SubType]:
    minutes = st.none() | durations(kind)
    return st.builds(SubType, id=ids().map(SubTypeId), name=names(), minutes=minutes, active=st.booleans())


@st.composite
def appointment_types(draw: st.DrawFn, *, kind: Kind | None = None) -> AppointmentType:
    """
    Of one kind, or, with None, of any.
    """
    kind = kind or draw(st.sampled_from(Kind))
    return AppointmentType(
        id=TypeId(draw(ids())),
        kind=kind,
        name=draw(names()),
        minutes=draw(durations(kind)),
        active=draw(st.booleans()),
        sub_types=tuple(draw(st.lists(sub_types(kind), max_size=3, unique_by=lambda sub: sub.id))),
        install=draw(st.booleans()),
        version=draw(versions()),
    )


def rate_lines() -> SearchStrategy[RateLine]:
    return st.builds(RateLine, line=ids().map(EntryId), amount=amounts())


def job_lines() -> SearchStrategy[JobLine]:
    return st.builds(
        JobLine,
        kind=st.sampled_from(LineKind),
        description=names(),
        quantity=st.decimals("0.01", 1_000, places=2),
        unit_price=amounts(),
        billable=st.booleans(),
    )


def templates() -> SearchStrategy[WorkOrderTemplate]:
    entries = st.none() | ids().map(EntryId)
    return st.builds(
        WorkOrderTemplate,
        note_type=entries,
        type=entries,
        technician=st.none() | ids().map(UserId),
        subject=texts().map(lambda text: text[:255]),
        note=texts(),
        priority=entries,
        lines=st.lists(job_lines(), max_size=3).map(tuple),
    )


def amounts() -> SearchStrategy[Money]:
    return st.builds(Money, st.decimals(0, 100_000, places=2), st.sampled_from(["USD", "CAD", "EUR"]))


@st.composite
def attributes(draw: st.DrawFn, catalog: Catalog | None = None) -> Attributes:
    """
    Those that entries of a catalog may have; of None, of any.
    """
    known = (catalog or draw(st.sampled_from(Catalog))).attributes
    drawn = {name: draw(_ATTRIBUTES[name]) for name in sorted(known)}
    low, high = drawn.get("minimum"), drawn.get("maximum")
    if isinstance(low, float) and isinstance(high, float):
        drawn |= {"minimum": min(low, high), "maximum": max(low, high)}
    return made(Attributes, drawn)


_FLAG: SearchStrategy[object] = st.booleans()
_SOME_NAMES: SearchStrategy[object] = st.lists(names(), max_size=3, unique=True).map(tuple)
_ATTRIBUTES: dict[str, SearchStrategy[object]] = {
    "source": ids(),
    **dict.fromkeys(("sells_leads", "sells_customers", "allows_lead_rep", "adt", "required", "collection"), _FLAG),
    **dict.fromkeys(("receivers", "choices"), _SOME_NAMES),
    "months": st.integers(1, 1_200),
    "amount": amounts(),
    **dict.fromkeys(("cost", "charge"), st.none() | amounts()),
    "vendor": st.none() | ids(),
    "lines": st.lists(rate_lines(), max_size=3, unique_by=lambda each: each.line).map(tuple),
    "requirement": st.sampled_from(Requirement),
    "state": st.sampled_from(["UT", "ON"]),
    "city": st.sampled_from(["", "Provo"]),
    "type": st.sampled_from(FieldType),
    **dict.fromkeys(("minimum", "maximum"), st.none() | st.floats(allow_nan=False, allow_infinity=False)),
    "longest": st.none() | st.integers(1, 10_000),
    "place": st.integers(1, 1_000),
    "template": templates(),
}


@st.composite
def catalog_entries(draw: st.DrawFn) -> CatalogEntry:
    catalog = draw(st.sampled_from(Catalog))
    return CatalogEntry(
        id=EntryId(draw(ids())),
        catalog=catalog,
        name=draw(names()),
        active=draw(st.booleans()),
        attributes=draw(attributes(catalog)),
        version=draw(versions()),
    )


def setups() -> SearchStrategy[Setup]:
    those = st.lists(locations(), min_size=1, max_size=3, unique_by=lambda location: location.id)
    in_order = those.map(lambda found: tuple(sorted(found, key=lambda location: location.id)))
    return st.builds(Setup, company=companies(), locations=in_order)
