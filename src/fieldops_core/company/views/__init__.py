"""
What questions about the company answer.
"""

from fieldops_core.company.views.catalogs import (
    AttributesView,
    CatalogEntriesView,
    CatalogEntryView,
    catalog_entry_view,
)
from fieldops_core.company.views.companies import CompanyView, CreditBandView, SettingsView, settings_view
from fieldops_core.company.views.locations import LocationsView, LocationView, location_view
from fieldops_core.company.views.parts import (
    AddressView,
    MoneyView,
    RangeView,
    address_view,
    money_view,
    range_view,
    week_view,
)
from fieldops_core.company.views.rates import (
    MonthlyRatesView,
    MonthlyRateView,
    RateLineView,
    monthly_rates_view,
    rate_lines_view,
)
from fieldops_core.company.views.templates import JobLineView, TemplateView, job_lines_view
from fieldops_core.company.views.types import (
    AppointmentTypesView,
    AppointmentTypeView,
    SubTypeView,
    appointment_type_view,
)

__all__ = [
    "AddressView",
    "AppointmentTypeView",
    "AppointmentTypesView",
    "AttributesView",
    "CatalogEntriesView",
    "CatalogEntryView",
    "CompanyView",
    "CreditBandView",
    "JobLineView",
    "LocationView",
    "LocationsView",
    "MoneyView",
    "MonthlyRateView",
    "MonthlyRatesView",
    "RangeView",
    "RateLineView",
    "SettingsView",
    "SubTypeView",
    "TemplateView",
    "address_view",
    "appointment_type_view",
    "catalog_entry_view",
    "job_lines_view",
    "location_view",
    "money_view",
    "monthly_rates_view",
    "range_view",
    "rate_lines_view",
    "settings_view",
    "week_view",
]
