"""
What is done with and asked of the company's settings, locations, appointment types and catalogs.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import MODIFY, VIEW, Use, use
from fieldops_core.company import messages
from fieldops_core.company import use_cases as cases
from fieldops_core.company.views import (
    AppointmentTypesView,
    AppointmentTypeView,
    CatalogEntriesView,
    CatalogEntryView,
    LocationsView,
    LocationView,
    MonthlyRatesView,
    SettingsView,
)


def uses(ports: Ports) -> tuple[Use, ...]:
    do, see = ((Permission.SETTINGS, MODIFY),), ((Permission.SETTINGS, VIEW),)
    edit = ((Permission.CATALOGS, MODIFY),)
    create_entry = partial(cases.create_entry, sanitiser=ports.sanitiser)
    change_entry = partial(cases.change_entry, sanitiser=ports.sanitiser)
    return (
        use(messages.ChangeSettings, cases.change_settings, SettingsView, needs=do, changes=True),
        use(messages.ShowSettings, cases.show_settings, SettingsView, needs=see, changes=False),
        use(messages.CreateLocation, cases.create_location, LocationView, needs=do, changes=True),
        use(messages.ChangeLocation, cases.change_location, LocationView, needs=do, changes=True),
        use(messages.ShowLocation, cases.show_location, LocationView, needs=None, changes=False),
        use(messages.ListLocations, cases.list_locations, LocationsView, needs=None, changes=False),
        use(messages.CreateAppointmentType, cases.create_type, AppointmentTypeView, needs=edit, changes=True),
        use(messages.ChangeAppointmentType, cases.change_type, AppointmentTypeView, needs=edit, changes=True),
        use(messages.ShowAppointmentType, cases.show_type, AppointmentTypeView, needs=None, changes=False),
        use(messages.ListAppointmentTypes, cases.list_types, AppointmentTypesView, needs=None, changes=False),
        use(messages.CreateCatalogEntry, create_entry, CatalogEntryView, needs=edit, changes=True),
        use(messages.ChangeCatalogEntry, change_entry, CatalogEntryView, needs=edit, changes=True),
        use(messages.ShowCatalogEntry, cases.show_entry, CatalogEntryView, needs=None, changes=False),
        use(messages.ListCatalogEntries, cases.list_entries, CatalogEntriesView, needs=None, changes=False),
        use(messages.ListMonthlyRates, cases.list_monthly_rates, MonthlyRatesView, needs=None, changes=False),
    )
