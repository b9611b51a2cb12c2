"""
Which strategy makes which type.
"""

from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access import model as access
from fieldops_core.access.context import Context
from fieldops_core.company import model as company
from fieldops_core.customers import model as customers
from fieldops_core.kernel import cells, contact, events, geo, history, hours, money, outcome, rules, secret, time
from fieldops_core.login import model as login
from fieldops_core.messaging import model as messaging
from fieldops_core.overview import model as overview
from fieldops_core.scheduling import model as scheduling
from fieldops_core.staff import model as staff
from fieldops_core.testing.strategies import access as of_access
from fieldops_core.testing.strategies import belongings as of_belongings
from fieldops_core.testing.strategies import company as of_company
from fieldops_core.testing.strategies import connections as of_connections
from fieldops_core.testing.strategies import credit as of_credit
from fieldops_core.testing.strategies import customers as of_customers
from fieldops_core.testing.strategies import equipment as of_equipment
from fieldops_core.testing.strategies import journal, kernel
from fieldops_core.testing.strategies import login as of_login
from fieldops_core.testing.strategies import messaging as of_messaging
from fieldops_core.testing.strategies import overview as of_overview
from fieldops_core.testing.strategies import regulations as of_regulations
from fieldops_core.testing.strategies import scheduling as of_scheduling
from fieldops_core.testing.strategies import staff as of_staff
from fieldops_core.testing.strategies import work_orders as of_work_orders
from fieldops_core.work_orders import model as work_orders

BY_TYPE: Mapping[type, SearchStrategy[object]] = {
    time.Period: kernel.periods(),
    cells.Cells: kernel.cell_ranges(),
    geo.Point: kernel.points(),
    geo.Distance: kernel.distances(),
    contact.Phone: kernel.phones(),
    contact.Email: kernel.emails(),
    contact.PostalCode: kernel.postal_codes(),
    contact.Address: kernel.addresses(),
    money.Money: kernel.money(),
    secret.Secret: kernel.secrets(),
    hours.TimeRange: kernel.time_ranges(),
    hours.WeeklyHours: kernel.weekly_hours(),
    rules.Violation: kernel.violations(),
    events.Event: journal.events(),
    events.Place: journal.places(),
    events.Happened: journal.happenings(),
    history.FieldChange: journal.field_changes(),
    history.HistoryEntry: journal.history_entries(),
    outcome.Outcome: journal.outcomes(),
    outcome.UniformChange: journal.uniform_changes(),
    outcome.SetChange: journal.set_changes(),
    access.Grant: of_access.single_grants(),
    access.Role: of_access.roles(),
    access.Token: of_access.tokens(),
    access.Actor: of_access.actors(),
    Context: of_access.contexts(),
    company.CreditBand: of_company.credit_bands(),
    company.Settings: of_company.settings(),
    company.Company: of_company.companies(),
    company.Location: of_company.locations(),
    company.LocationUse: of_company.location_uses(),
    company.SubType: of_company.sub_types(access.Kind.TECH),
    company.AppointmentType: of_company.appointment_types(),
    company.RateLine: of_company.rate_lines(),
    company.JobLine: of_company.job_lines(),
    company.WorkOrderTemplate: of_company.templates(),
    company.Attributes: of_company.attributes(),
    company.CatalogEntry: of_company.catalog_entries(),
    company.Setup: of_company.setups(),
    staff.DatedHours: of_staff.dated_hours(),
    staff.WorkingHours: of_staff.working_hours(),
    staff.Person: of_staff.people(),
    staff.User: of_staff.users(),
    staff.Absence: of_staff.absences(),
    staff.Holiday: of_staff.holidays(),
    staff.Identity: of_staff.identities(),
    login.Session: of_login.sessions(),
    login.Password: of_login.passwords(),
    login.PasswordLink: of_login.password_links(),
    login.Attempts: of_login.attempts(),
    login.Credentials: of_login.credentials(),
    login.Departure: of_login.departures(),
    login.Errand: of_login.errands(),
    login.Visitor: of_login.visitors(),
    login.Letter: of_login.letters(),
    customers.Sought: of_customers.sought_texts(),
    customers.Sale: of_customers.sales(),
    customers.Installation: of_customers.installations(),
    customers.Lead: of_customers.leads(),
    customers.InstallVisit: of_customers.install_visits(),
    customers.Customer: of_customers.customers(),
    customers.CustomerPlace: of_customers.customer_places(),
    customers.Located: of_customers.places(),
    customers.Note: of_belongings.notes(),
    customers.Ticket: of_belongings.tickets(),
    customers.Contact: of_belongings.contacts(),
    customers.FileContent: of_belongings.file_contents(),
    customers.File: of_belongings.files(),
    customers.StoredBytes: of_belongings.stored_bytes(),
    customers.AtRiskMark: of_belongings.at_risk_marks(),
    customers.Connection: of_connections.connections(),
    customers.Account: of_connections.accounts(),
    customers.Linked: of_connections.links(),
    customers.CreditCheck: of_credit.credit_checks(),
    customers.CreditReport: of_credit.credit_reports(),
    customers.CreditInquiry: of_credit.credit_inquiries(),
    customers.Regulated: of_regulations.regulations(),
    customers.Fulfilment: of_regulations.fulfilments(),
    customers.Tagging: of_belongings.taggings(),
    customers.Tombstone: of_belongings.tombstones(),
    customers.Candidate: of_customers.candidates(),
    customers.Suggestion: of_customers.suggestions(),
    customers.Traits: of_customers.traits(),
    scheduling.StatusChange: of_scheduling.status_changes(),
    scheduling.Appointment: of_scheduling.appointments(),
    scheduling.WorkOrderFact: of_scheduling.work_order_facts(),
    scheduling.Around: of_scheduling.arounds(),
    scheduling.Block: of_scheduling.blocks(),
    scheduling.Hold: of_scheduling.holds(),
    scheduling.Repair: of_scheduling.repairs(),
    scheduling.RepairMove: of_scheduling.repair_moves(),
    scheduling.NewSpot: of_scheduling.new_spots(),
    scheduling.Spot: of_scheduling.spots(),
    scheduling.GridChoice: of_scheduling.grid_choices(),
    work_orders.WorkOrder: of_work_orders.work_orders(),
    work_orders.Listed: of_work_orders.listed(),
    work_orders.Shown: of_work_orders.shown(),
    work_orders.CustomerEquipment: of_equipment.equipment(),
    work_orders.WorkItem: of_equipment.work_items(),
    work_orders.WorkToPerform: of_equipment.works_to_perform(),
    work_orders.Row: of_equipment.rows(),
    work_orders.Stock: of_equipment.stock(),
    work_orders.PurchaseLine: of_equipment.purchase_lines(),
    work_orders.PurchaseOrder: of_equipment.purchase_orders(),
    work_orders.Group: of_equipment.purchase_groups(),
    overview.Wanted: of_overview.wanted(),
    messaging.Fact: of_messaging.facts(),
    messaging.Section: of_messaging.sections(),
    messaging.Sheet: of_messaging.sheets(),
    messaging.EquipmentLine: of_messaging.equipment_lines(),
    messaging.SheetFacts: of_messaging.sheet_facts(),
    messaging.Message: of_messaging.messages(),
    messaging.Attachment: of_messaging.attachments(),
    messaging.Letter: of_messaging.letters(),
}
"""
The strategy of each domain type: of the kernel's, and of every record in a subdomain's model.
"""


def register() -> None:
    """
    Teach ``hypothesis.strategies.from_type`` to make every domain type: once, in a ``conftest.py``.
    """
    for kind, strategy in BY_TYPE.items():
        st.register_type_strategy(kind, strategy)
