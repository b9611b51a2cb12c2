"""
The company and its settings.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import Company, ListMode, Settings, SheetPart, WorkingHoursRule
from fieldops_core.company.views.parts import RangeView, range_view, week_view
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.hours import time_of_day


@frozen(kw_only=True)
class CreditBandView:
    """
    The credit scores from *minimum* up to the next band's, and their letter.
    """

    grade: str
    minimum: int


@frozen(kw_only=True)
class SettingsView:
    """
    The company's settings (ACC-19). *max_coverage_radius* is meters; times of day are ``HH:MM``;
    *default_working_hours* has seven days, Monday first. *credit_bands* begin with the best; while *sold_by* is empty,
    every active user may be told to have made a sale. Appointment sheets end in *sheet_footer*, by default the
    company's name, and have all parts but those that *sheet_leaves_out* names.
    """

    sales_scheduler_on_customers: bool
    work_order_required_for_tech_appointments: bool
    show_previous_appointment_travel: bool
    reschedule_tracking: bool
    parent_child_billing: bool
    address_verification: bool
    duplicate_check: bool
    credit_checks: bool
    edocs: bool
    government_regulations: bool
    lead_rep_locked: bool
    rate_breakout: bool
    default_on_site_note: str
    grid_start: str
    grid_end: str
    max_coverage_radius: float
    distance_unit: DistanceUnit
    working_hours_rule: WorkingHoursRule
    scheduling_profile: tuple[ListMode, ...] | None
    default_working_hours: tuple[tuple[RangeView, ...], ...]
    quiet_hours: RangeView
    currency: str
    credit_bands: tuple[CreditBandView, ...]
    sold_by: tuple[UUID, ...]
    sheet_footer: str
    sheet_leaves_out: tuple[SheetPart, ...]
    version: int


def settings_view(company: Company) -> SettingsView:
    settings: Settings = company.settings
    return SettingsView(
        sales_scheduler_on_customers=settings.sales_scheduler_on_customers,
        work_order_required_for_tech_appointments=settings.work_order_required_for_tech_appointments,
        show_previous_appointment_travel=settings.show_previous_appointment_travel,
        reschedule_tracking=settings.reschedule_tracking,
        parent_child_billing=settings.parent_child_billing,
        address_verification=settings.address_verification,
        duplicate_check=settings.duplicate_check,
        credit_checks=settings.credit_checks,
        edocs=settings.edocs,
        government_regulations=settings.government_regulations,
        lead_rep_locked=settings.lead_rep_locked,
        rate_breakout=settings.rate_breakout,
        default_on_site_note=settings.default_on_site_note,
        grid_start=time_of_day(settings.grid_start),
        grid_end=time_of_day(settings.grid_end),
        max_coverage_radius=settings.max_coverage_radius,
        distance_unit=settings.distance_unit,
        working_hours_rule=settings.working_hours_rule,
        scheduling_profile=settings.scheduling_profile,
        default_working_hours=week_view(settings.default_working_hours),
        quiet_hours=range_view(settings.quiet_hours),
        currency=settings.currency,
        credit_bands=tuple(CreditBandView(grade=each.grade, minimum=each.minimum) for each in settings.credit_bands),
        sold_by=settings.sold_by,
        sheet_footer=settings.sheet_footer,
        sheet_leaves_out=settings.sheet_leaves_out,
        version=company.version,
    )


@frozen(kw_only=True)
class CompanyView:
    """
    A company with the ids of its first location, its owner role and its first owner.
    """

    id: UUID
    slug: str
    name: str
    location: UUID
    owner_role: UUID
    owner: UUID
