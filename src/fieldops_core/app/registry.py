"""
Everything that can be done and asked: the table of contents of the system.

Each entry names a command or question, the use case that answers it, the type of its answer, and the permissions of
which an actor must hold one somewhere to be heard at all. Where, is for the use case to ask.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from attrs import frozen

from fieldops_core.access import messages as access
from fieldops_core.access import use_cases as access_use_cases
from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.views import RolesView, RoleView, TokensView, TokenView
from fieldops_core.app import importing
from fieldops_core.app import messages as app
from fieldops_core.app.ports import Ports, Unit
from fieldops_core.archiving import messages as archiving
from fieldops_core.archiving import use_cases as archiving_use_cases
from fieldops_core.archiving.views import ArchivePreview, ArchiveView, UnarchiveView
from fieldops_core.company import messages as company
from fieldops_core.company import use_cases as company_use_cases
from fieldops_core.company.views import (
    AppointmentTypesView,
    AppointmentTypeView,
    CatalogEntriesView,
    CatalogEntryView,
    CompanyView,
    LocationsView,
    LocationView,
    MonthlyRatesView,
    SettingsView,
)
from fieldops_core.customers import messages as customers
from fieldops_core.customers import use_cases as customers_use_cases
from fieldops_core.customers.views import (
    AtRiskMarksView,
    AtRiskMarkView,
    ConnectionsView,
    ConnectionView,
    ContactsView,
    ContactView,
    CreditChecksView,
    CreditCheckView,
    CustomersView,
    CustomerView,
    DuplicatesView,
    FamilyView,
    FilePlace,
    FilesView,
    FileView,
    FulfilmentView,
    ImportView,
    LookupsView,
    NotesView,
    NoteView,
    ParentsView,
    RegulationsView,
    SuggestionsView,
    TagsView,
    TicketsView,
    TicketView,
)
from fieldops_core.field_work import messages as field_work
from fieldops_core.field_work import use_cases as field_work_use_cases
from fieldops_core.login import messages as login
from fieldops_core.login import use_cases as login_use_cases
from fieldops_core.login.views import (
    AttemptView,
    LinkView,
    OpenedView,
    PasswordView,
    PostedView,
    SelfView,
    SessionsView,
    SessionView,
)
from fieldops_core.messaging import messages as messaging
from fieldops_core.messaging import use_cases as messaging_use_cases
from fieldops_core.messaging.model import Sheet
from fieldops_core.messaging.views import MessagesView, MessageView, SentView
from fieldops_core.overview import messages as overview
from fieldops_core.overview import use_cases as overview_use_cases
from fieldops_core.overview.views import ActionsView, HeaderView, HistoryView, UnsavedRecord
from fieldops_core.removing import messages as removing
from fieldops_core.removing import use_cases as removing_use_cases
from fieldops_core.removing.views import MergePreview, MergeView, TombstonesView, TombstoneView
from fieldops_core.scheduling import messages as scheduling
from fieldops_core.scheduling import use_cases as scheduling_use_cases
from fieldops_core.scheduling.views import (
    AppointmentLinesView,
    AppointmentsView,
    AppointmentView,
    BestSlotsView,
    BulkPreview,
    BulkView,
    CrewView,
    DiagnosisView,
    FitView,
    GridChangesView,
    GridChoiceView,
    GridView,
    HoldView,
    OpeningsView,
    RecomputedView,
    RepairsView,
    RepairView,
    SeriesView,
    TechniciansView,
    TravelView,
    WorkOrderAppointments,
    WorkView,
    ZoneChangeView,
)
from fieldops_core.staff import messages as staff
from fieldops_core.staff import use_cases as staff_use_cases
from fieldops_core.staff.views import (
    AbsencesView,
    AbsenceView,
    AdoptionView,
    HolidaysView,
    UserHoursView,
    UsersView,
    UserView,
)
from fieldops_core.work_orders import messages as work_orders
from fieldops_core.work_orders import use_cases as work_orders_use_cases
from fieldops_core.work_orders.views import (
    BacklogView,
    BulkEditView,
    ChecklistView,
    EquipmentListView,
    EquipmentView,
    GeneratedView,
    PurchaseOrdersView,
    PurchaseOrderView,
    PurchasePreview,
    StockView,
    WorkOrdersView,
    WorkOrderView,
    WorkTableView,
)

Need = tuple[Permission, Action]
M = TypeVar("M")
A = TypeVar("A")

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
SCHEDULERS = (
    Permission.TECH_SCHEDULER,
    Permission.SALES_SCHEDULER,
    Permission.PERSONAL_APPOINTMENTS,
    Permission.PROGRAM_SCHEDULER,
)
RECORDS = (Permission.CUSTOMERS, Permission.LEADS)
REMOVALS = (Permission.DELETE_CUSTOMER, Permission.DELETE_LEAD)
LINK = ((Permission.SALE_INFORMATION, MODIFY),)
LEAD_PREVIEW = (Permission.TECH_SCHEDULER_LEADS, VIEW)


@frozen(kw_only=True)
class Use:
    """
    How one kind of message is answered. *needs* None: open to every user of the company; () : to the system alone.
    """

    message: type
    answer: type
    needs: tuple[Need, ...] | None
    changes: bool
    carry_out: Callable[[object, Call[Unit]], object]


def _use(
    message: type[M],
    carry_out: Callable[[M, Call[Unit]], A],
    answer: type[A] | None = None,
    *,
    needs: tuple[Need, ...] | None,
    changes: bool,
) -> Use:
    return Use(
        message=message,
        answer=answer or object,
        needs=needs,
        changes=changes,
        carry_out=cast("Callable[[object, Call[Unit]], object]", carry_out),
    )


def registry(ports: Ports) -> tuple[Use, ...]:
    """
    Every command and question, wired to its use case.
    """
    return (
        *_access(ports),
        *_company(ports),
        *_staff(ports),
        *_login(ports),
        *_customers(ports),
        *_belongings(),
        *_connections(),
        *_contacts(ports),
        *_credit(ports),
        *_regulations(),
        *_at_risk(),
        *_files(),
        *_scheduling(ports),
        *_bulk(),
        *_work_orders(ports),
        *_equipment(),
        *_work_to_perform(),
        *_purchasing(),
        *_field_work(),
        *_messaging(ports),
        *_overview(),
        *_archiving(),
        *_removing(),
    )


def _any(permissions: tuple[Permission, ...], action: Action) -> tuple[Need, ...]:
    return tuple((permission, action) for permission in permissions)


def _access(ports: Ports) -> tuple[Use, ...]:
    do, see = ((Permission.ROLES, MODIFY),), ((Permission.ROLES, VIEW),)
    give, list_them = ((Permission.TOKENS, MODIFY),), ((Permission.TOKENS, VIEW),)
    create_token = partial(staff_use_cases.create_token, randomness=ports.randomness)
    return (
        _use(access.CreateRole, access_use_cases.create_role, RoleView, needs=do, changes=True),
        _use(access.ChangeRole, access_use_cases.change_role, RoleView, needs=do, changes=True),
        _use(access.ListRoles, access_use_cases.list_roles, RolesView, needs=see, changes=False),
        _use(access.CreateToken, create_token, TokenView, needs=give, changes=True),
        _use(access.RevokeToken, staff_use_cases.revoke_token, TokenView, needs=give, changes=True),
        _use(access.ListTokens, staff_use_cases.list_tokens, TokensView, needs=list_them, changes=False),
    )


def _company(ports: Ports) -> tuple[Use, ...]:
    do, see = ((Permission.SETTINGS, MODIFY),), ((Permission.SETTINGS, VIEW),)
    edit = ((Permission.CATALOGS, MODIFY),)
    cases = company_use_cases
    create_entry = partial(cases.create_entry, sanitiser=ports.sanitiser)
    change_entry = partial(cases.change_entry, sanitiser=ports.sanitiser)
    return (
        _use(company.ChangeSettings, cases.change_settings, SettingsView, needs=do, changes=True),
        _use(company.ShowSettings, cases.show_settings, SettingsView, needs=see, changes=False),
        _use(company.CreateLocation, cases.create_location, LocationView, needs=do, changes=True),
        _use(company.ChangeLocation, cases.change_location, LocationView, needs=do, changes=True),
        _use(company.ShowLocation, cases.show_location, LocationView, needs=None, changes=False),
        _use(company.ListLocations, cases.list_locations, LocationsView, needs=None, changes=False),
        _use(company.CreateAppointmentType, cases.create_type, AppointmentTypeView, needs=edit, changes=True),
        _use(company.ChangeAppointmentType, cases.change_type, AppointmentTypeView, needs=edit, changes=True),
        _use(company.ShowAppointmentType, cases.show_type, AppointmentTypeView, needs=None, changes=False),
        _use(company.ListAppointmentTypes, cases.list_types, AppointmentTypesView, needs=None, changes=False),
        _use(company.CreateCatalogEntry, create_entry, CatalogEntryView, needs=edit, changes=True),
        _use(company.ChangeCatalogEntry, change_entry, CatalogEntryView, needs=edit, changes=True),
        _use(company.ShowCatalogEntry, cases.show_entry, CatalogEntryView, needs=None, changes=False),
        _use(company.ListCatalogEntries, cases.list_entries, CatalogEntriesView, needs=None, changes=False),
        _use(company.ListMonthlyRates, cases.list_monthly_rates, MonthlyRatesView, needs=None, changes=False),
    )


def _staff(ports: Ports) -> tuple[Use, ...]:
    do, see = ((Permission.USERS, MODIFY),), ((Permission.USERS, VIEW),)
    hours = _any((Permission.WORKING_HOURS, Permission.OWN_WORKING_HOURS), MODIFY)
    cases = staff_use_cases
    bring = partial(importing.import_technicians, phones=ports.phones, geocoder=ports.geocoder)
    create, change = partial(cases.create_user, phones=ports.phones), partial(cases.change_user, phones=ports.phones)
    adopt = partial(cases.adopt_holidays, calendar=ports.holidays)
    holidays = partial(cases.list_holidays, calendar=ports.holidays)
    return (
        _use(company.FoundCompany, cases.found_company, CompanyView, needs=(), changes=True),
        _use(app.ImportTechnicians, bring, ImportView, needs=do, changes=True),
        _use(staff.CreateUser, create, UserView, needs=do, changes=True),
        _use(staff.ChangeUser, change, UserView, needs=do, changes=True),
        _use(staff.ShowUser, cases.show_user, UserView, needs=see, changes=False),
        _use(staff.ListUsers, cases.list_users, UsersView, needs=see, changes=False),
        _use(staff.ChangeWorkingHours, cases.change_working_hours, UserHoursView, needs=hours, changes=True),
        _use(staff.AddAbsence, cases.add_absence, AbsenceView, needs=hours, changes=True),
        _use(staff.ChangeAbsence, cases.change_absence, AbsenceView, needs=hours, changes=True),
        _use(staff.RemoveAbsence, cases.remove_absence, AbsenceView, needs=hours, changes=True),
        _use(staff.AdoptHolidays, adopt, AdoptionView, needs=hours, changes=True),
        _use(staff.ListHolidays, holidays, HolidaysView, needs=(*hours, *see), changes=False),
        _use(staff.ListAbsences, cases.list_absences, AbsencesView, needs=(*hours, *see), changes=False),
    )


def _login(ports: Ports) -> tuple[Use, ...]:
    """
    What is the system's own is asked for at the door (:mod:`fieldops_core.app.door`).
    """
    cases, send = login_use_cases, ((Permission.USERS, MODIFY),)
    opening = partial(cases.open_session, randomness=ports.randomness)
    making = partial(cases.make_link, randomness=ports.randomness, posted=ports.post is not None)
    return (
        _use(login.CountAttempt, cases.count_attempt, AttemptView, needs=(), changes=True),
        _use(login.OpenSession, opening, OpenedView, needs=(), changes=True),
        _use(login.SetPassword, cases.set_password, PasswordView, needs=(), changes=True),
        _use(login.Invite, making, LinkView, needs=send, changes=True),
        _use(login.ResetPassword, making, LinkView, needs=(), changes=True),
        _use(login.FinishPosting, cases.finish_posting, PostedView, needs=(), changes=True),
        _use(login.EndSession, cases.end_session, SessionView, needs=None, changes=True),
        _use(login.ShowSession, cases.show_session, SessionView, needs=None, changes=False),
        _use(login.ListSessions, cases.list_sessions, SessionsView, needs=None, changes=False),
        _use(login.ShowSelf, cases.show_self, SelfView, needs=None, changes=False),
    )


def _customers(ports: Ports) -> tuple[Use, ...]:
    cases = customers_use_cases
    create = partial(cases.create_customer, phones=ports.phones, geocoder=ports.geocoder)
    change = partial(cases.change_customer, phones=ports.phones, geocoder=ports.geocoder)
    bring = partial(cases.import_customers, phones=ports.phones, geocoder=ports.geocoder)
    convert = ((Permission.LEADS, MODIFY),)
    alike = partial(cases.find_duplicates, phones=ports.phones)
    suggest = partial(cases.suggest_addresses, addresses=ports.addresses)
    look_up = partial(cases.look_up_addresses, addresses=ports.addresses)
    edit = _any(RECORDS, CREATE) + _any(RECORDS, MODIFY)
    return (
        _use(customers.ImportCustomers, bring, ImportView, needs=_any(RECORDS, CREATE), changes=True),
        _use(customers.CreateCustomer, create, CustomerView, needs=_any(RECORDS, CREATE), changes=True),
        _use(customers.SuggestAddresses, suggest, SuggestionsView, needs=edit, changes=False),
        _use(customers.LookUpAddresses, look_up, LookupsView, needs=(), changes=True),
        _use(customers.FinishLookup, cases.finish_lookup, LookupsView, needs=(), changes=True),
        _use(customers.FindDuplicates, alike, DuplicatesView, needs=_any(RECORDS, CREATE), changes=False),
        _use(customers.ChangeCustomer, change, CustomerView, needs=_any(RECORDS, MODIFY), changes=True),
        _use(customers.ConvertLead, cases.convert_lead, CustomerView, needs=convert, changes=True),
        _use(customers.ShowCustomer, cases.show_customer, CustomerView, needs=_any(RECORDS, VIEW), changes=False),
        _use(customers.ListCustomers, cases.list_customers, CustomersView, needs=_any(RECORDS, VIEW), changes=False),
        _use(customers.LinkParent, cases.link_parent, FamilyView, needs=LINK, changes=True),
        _use(customers.UnlinkParent, cases.unlink_parent, FamilyView, needs=LINK, changes=True),
        _use(customers.FindParents, cases.find_parents, ParentsView, needs=LINK, changes=False),
        _use(customers.ShowFamily, cases.show_family, FamilyView, needs=_any(RECORDS, VIEW), changes=False),
    )


def _belongings() -> tuple[Use, ...]:
    """
    What belongs to a record: each kind under a permission of its own (ACC-16).
    """
    messages, cases = customers, customers_use_cases
    create, modify, view = (((Permission.NOTES, action),) for action in (CREATE, MODIFY, VIEW))
    open_, turn, look = (((Permission.TICKETS, action),) for action in (CREATE, MODIFY, VIEW))
    return (
        _use(messages.CreateNote, cases.create_note, NoteView, needs=create, changes=True),
        _use(messages.ChangeNote, cases.change_note, NoteView, needs=modify, changes=True),
        _use(messages.ShowNote, cases.show_note, NoteView, needs=view, changes=False),
        _use(messages.ListNotes, cases.list_notes, NotesView, needs=view, changes=False),
        _use(messages.CreateTicket, cases.create_ticket, TicketView, needs=open_, changes=True),
        _use(messages.ChangeTicket, cases.change_ticket, TicketView, needs=turn, changes=True),
        _use(messages.CloseTicket, cases.close_ticket, TicketView, needs=turn, changes=True),
        _use(messages.ReopenTicket, cases.reopen_ticket, TicketView, needs=turn, changes=True),
        _use(messages.ShowTicket, cases.show_ticket, TicketView, needs=look, changes=False),
        _use(messages.ListTickets, cases.list_tickets, TicketsView, needs=look, changes=False),
        _use(messages.SetTags, cases.set_tags, TagsView, needs=((Permission.TAGS, MODIFY),), changes=True),
        _use(messages.ShowTags, cases.show_tags, TagsView, needs=_any(RECORDS, VIEW), changes=False),
    )


def _connections() -> tuple[Use, ...]:
    see, messages, cases = _any(RECORDS, VIEW), customers, customers_use_cases
    return (
        _use(messages.LinkConnection, cases.link_connection, ConnectionView, needs=LINK, changes=True),
        _use(messages.UnlinkConnection, cases.unlink_connection, ConnectionView, needs=LINK, changes=True),
        _use(messages.ShowConnection, cases.show_connection, ConnectionView, needs=see, changes=False),
        _use(messages.ListConnections, cases.list_connections, ConnectionsView, needs=see, changes=False),
    )


def _contacts(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = (((Permission.CONTACTS, action),) for action in (CREATE, MODIFY, VIEW))
    messages, cases = customers, customers_use_cases
    make, change = (
        partial(cases.create_contact, phones=ports.phones),
        partial(cases.change_contact, phones=ports.phones),
    )
    return (
        _use(messages.CreateContact, make, ContactView, needs=create, changes=True),
        _use(messages.ChangeContact, change, ContactView, needs=modify, changes=True),
        _use(messages.RemoveContact, cases.remove_contact, ContactView, needs=modify, changes=True),
        _use(messages.OrderContacts, cases.order_contacts, ContactsView, needs=modify, changes=True),
        _use(messages.ShowContact, cases.show_contact, ContactView, needs=view, changes=False),
        _use(messages.ListContacts, cases.list_contacts, ContactsView, needs=view, changes=False),
    )


def _credit(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = (((Permission.CREDIT, action),) for action in (CREATE, MODIFY, VIEW))
    messages, cases = customers, customers_use_cases
    run = partial(cases.run_credit_check, bureaus=ports.credit)
    list_them = partial(cases.list_credit_checks, bureaus=ports.credit)
    return (
        _use(messages.RunCreditCheck, run, CreditCheckView, needs=create, changes=True),
        _use(messages.ApplyCreditCheck, cases.apply_credit_check, CreditCheckView, needs=modify, changes=True),
        _use(messages.ShowCreditCheck, cases.show_credit_check, CreditCheckView, needs=view, changes=False),
        _use(messages.ListCreditChecks, list_them, CreditChecksView, needs=view, changes=False),
    )


def _regulations() -> tuple[Use, ...]:
    see, edit, messages, cases = _any(RECORDS, VIEW), _any(RECORDS, MODIFY), customers, customers_use_cases
    return (
        _use(messages.FulfilRegulation, cases.fulfil_regulation, FulfilmentView, needs=edit, changes=True),
        _use(messages.ChangeFulfilment, cases.change_fulfilment, FulfilmentView, needs=edit, changes=True),
        _use(messages.RemoveFulfilment, cases.remove_fulfilment, FulfilmentView, needs=edit, changes=True),
        _use(messages.ShowFulfilment, cases.show_fulfilment, FulfilmentView, needs=see, changes=False),
        _use(messages.ListRegulations, cases.list_regulations, RegulationsView, needs=see, changes=False),
    )


def _at_risk() -> tuple[Use, ...]:
    create, modify, view = (((Permission.AT_RISK, action),) for action in (CREATE, MODIFY, VIEW))
    messages, cases = customers, customers_use_cases
    return (
        _use(messages.MarkAtRisk, cases.mark_at_risk, AtRiskMarkView, needs=create, changes=True),
        _use(messages.ClearAtRisk, cases.clear_at_risk, AtRiskMarkView, needs=modify, changes=True),
        _use(messages.ShowAtRiskMark, cases.show_at_risk_mark, AtRiskMarkView, needs=view, changes=False),
        _use(messages.ListAtRiskMarks, cases.list_at_risk_marks, AtRiskMarksView, needs=view, changes=False),
    )


def _files() -> tuple[Use, ...]:
    create, modify, view = (((Permission.FILES, action),) for action in (CREATE, MODIFY, VIEW))
    messages, cases = customers, customers_use_cases
    return (
        _use(messages.AddFile, cases.add_file, FileView, needs=create, changes=True),
        _use(messages.RenameFile, cases.rename_file, FileView, needs=modify, changes=True),
        _use(messages.RemoveFile, cases.remove_file, FileView, needs=modify, changes=True),
        _use(messages.ShowFile, cases.show_file, FileView, needs=view, changes=False),
        _use(messages.FindFile, cases.find_file, FilePlace, needs=view, changes=False),
        _use(messages.ListFiles, cases.list_files, FilesView, needs=view, changes=False),
    )


def _scheduling(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = _any(SCHEDULERS, CREATE), _any(SCHEDULERS, MODIFY), _any(SCHEDULERS, VIEW)
    preview, messages, cases = (*view, LEAD_PREVIEW), scheduling, scheduling_use_cases
    inspect, settle = ((Permission.SETTINGS, VIEW),), ((Permission.SETTINGS, MODIFY),)
    travel = partial(cases.measure_travel, routing=ports.routing)
    best = partial(cases.find_best_slots, routing=ports.routing)
    return (
        _use(app.ImportAppointments, importing.import_appointments, ImportView, needs=create, changes=True),
        _use(messages.BookAppointment, cases.book_appointment, AppointmentView, needs=create, changes=True),
        _use(messages.EditAppointment, cases.edit_appointment, AppointmentView, needs=modify, changes=True),
        _use(messages.MoveAppointment, cases.move_appointment, AppointmentView, needs=modify, changes=True),
        _use(messages.MoveCrew, cases.move_crew, CrewView, needs=modify, changes=True),
        _use(messages.ResizeAppointment, cases.resize_appointment, AppointmentView, needs=modify, changes=True),
        _use(messages.ReassignAppointment, cases.reassign_appointment, AppointmentView, needs=modify, changes=True),
        _use(messages.CancelAppointment, cases.cancel_appointment, AppointmentView, needs=modify, changes=True),
        _use(messages.ReinstateAppointment, cases.reinstate_appointment, AppointmentView, needs=modify, changes=True),
        _use(messages.HoldTime, cases.hold_time, HoldView, needs=create, changes=True),
        _use(messages.ReleaseHold, cases.release_hold, HoldView, needs=(*create, *modify), changes=True),
        _use(messages.ShowHold, cases.show_hold, HoldView, needs=(*create, *view), changes=False),
        _use(messages.ShowAppointment, cases.show_appointment, AppointmentView, needs=view, changes=False),
        _use(messages.ShowWork, cases.show_work, WorkView, needs=None, changes=False),
        _use(messages.ListCustomerAppointments, cases.list_of_customer, AppointmentsView, needs=view, changes=False),
        _use(messages.ListAppointments, cases.list_appointments, AppointmentLinesView, needs=view, changes=False),
        _use(messages.ListTechnicians, cases.list_technicians, TechniciansView, needs=preview, changes=False),
        _use(messages.FindOpenings, cases.find_openings, OpeningsView, needs=preview, changes=False),
        _use(messages.FindBestSlots, best, BestSlotsView, needs=preview, changes=False),
        _use(messages.ExplainFit, cases.explain_fit, FitView, needs=preview, changes=False),
        _use(messages.ListGridChanges, cases.list_grid_changes, GridChangesView, needs=view, changes=False),
        _use(messages.ShowGrid, cases.show_grid, GridView, needs=preview, changes=False),
        _use(messages.MeasureTravel, travel, TravelView, needs=preview, changes=False),
        _use(messages.Diagnose, cases.diagnose, DiagnosisView, needs=inspect, changes=False),
        _use(messages.ChangeLocationZone, cases.change_location_zone, ZoneChangeView, needs=settle, changes=True),
        _use(messages.RecomputeInstants, cases.recompute_instants, RecomputedView, needs=(), changes=True),
        _use(messages.ChooseGrid, cases.choose_grid, GridChoiceView, needs=None, changes=True),
        _use(messages.ShowGridChoice, cases.show_grid_choice, GridChoiceView, needs=None, changes=False),
    )


def _bulk() -> tuple[Use, ...]:
    create, modify = ((Permission.TECH_SCHEDULER, CREATE),), _any(SCHEDULERS, MODIFY)
    view, messages, cases = ((Permission.TECH_SCHEDULER, VIEW),), scheduling, scheduling_use_cases
    grouped = cases.list_of_work_order
    return (
        _use(messages.PreviewBulkSchedule, cases.preview_bulk_schedule, BulkPreview, needs=create, changes=False),
        _use(messages.BulkSchedule, cases.bulk_schedule, BulkView, needs=create, changes=True),
        _use(messages.ListWorkOrderAppointments, grouped, WorkOrderAppointments, needs=view, changes=False),
        _use(messages.MoveSeries, cases.move_series, SeriesView, needs=modify, changes=True),
        _use(messages.ReassignSeries, cases.reassign_series, SeriesView, needs=modify, changes=True),
        _use(messages.CancelSeries, cases.cancel_series, SeriesView, needs=modify, changes=True),
        _use(messages.FindRepairs, cases.find_repairs, RepairsView, needs=modify, changes=False),
        _use(messages.RepairAppointments, cases.repair_appointments, RepairView, needs=modify, changes=True),
        _use(messages.UndoRepair, cases.undo_repair, RepairView, needs=modify, changes=True),
        _use(messages.ShowRepair, cases.show_repair, RepairView, needs=_any(SCHEDULERS, VIEW), changes=False),
    )


def _overview() -> tuple[Use, ...]:
    """
    What is open to every user is the assignee's own (ACC-07).
    """
    records, orders = _any(RECORDS, VIEW), ((Permission.WORK_ORDERS, VIEW),)
    create = ((Permission.CUSTOMERS, CREATE),)
    visits = partial(overview_use_cases.show_appointment_actions, placed=scheduling_use_cases.placed)
    cases = overview_use_cases
    return (
        _use(overview.PreviewDuplicate, cases.preview_duplicate, UnsavedRecord, needs=create, changes=False),
        _use(overview.ShowAppointmentActions, visits, ActionsView, needs=None, changes=False),
        _use(overview.ShowCustomerActions, cases.show_customer_actions, ActionsView, needs=records, changes=False),
        _use(overview.ShowHeader, cases.show_header, HeaderView, needs=records, changes=False),
        _use(overview.ShowHistory, cases.show_history, HistoryView, needs=records, changes=False),
        _use(overview.ShowWorkOrderActions, cases.show_work_order_actions, ActionsView, needs=orders, changes=False),
    )


def _work_orders(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = (((Permission.WORK_ORDERS, action),) for action in (CREATE, MODIFY, VIEW))
    delete = ((Permission.WORK_ORDERS, Action.DELETE),)
    messages, cases, keep = work_orders, work_orders_use_cases, scheduling_use_cases.keep_visits
    completing, cancelling = partial(cases.complete_work_order, keep=keep), partial(cases.cancel_work_order, keep=keep)
    deleting = partial(cases.delete_work_order, keep=keep)
    lent = cases.Scheduling(shown=scheduling_use_cases.shown, keep=scheduling_use_cases.keep_visit)
    editing = partial(cases.bulk_edit_work_orders, keep=keep)
    creating = partial(cases.create_work_order, sanitiser=ports.sanitiser)
    changing = partial(cases.change_work_order, sanitiser=ports.sanitiser)
    linking = partial(cases.link_appointment, scheduling=lent)
    return (
        _use(messages.CreateWorkOrder, creating, WorkOrderView, needs=create, changes=True),
        _use(messages.ChangeWorkOrder, changing, WorkOrderView, needs=modify, changes=True),
        _use(messages.CompleteWorkOrder, completing, WorkOrderView, needs=modify, changes=True),
        _use(messages.CancelWorkOrder, cancelling, WorkOrderView, needs=modify, changes=True),
        _use(messages.DeleteWorkOrder, deleting, WorkOrderView, needs=delete, changes=True),
        _use(messages.LinkAppointment, linking, AppointmentView, needs=modify, changes=True),
        _use(messages.BulkEditWorkOrders, editing, BulkEditView, needs=modify, changes=True),
        _use(messages.ReopenWorkOrder, cases.reopen_work_order, WorkOrderView, needs=modify, changes=True),
        _use(messages.ShowWorkOrder, cases.show_work_order, WorkOrderView, needs=view, changes=False),
        _use(messages.ListBacklog, cases.list_backlog, BacklogView, needs=view, changes=False),
        _use(messages.ListWorkOrders, cases.list_work_orders, WorkOrdersView, needs=view, changes=False),
    )


def _equipment() -> tuple[Use, ...]:
    create, modify, view = (((Permission.EQUIPMENT, action),) for action in (CREATE, MODIFY, VIEW))
    messages, cases = work_orders, work_orders_use_cases
    return (
        _use(messages.CreateEquipment, cases.create_equipment, EquipmentView, needs=create, changes=True),
        _use(messages.ChangeEquipment, cases.change_equipment, EquipmentView, needs=modify, changes=True),
        _use(messages.ShowEquipment, cases.show_equipment, EquipmentView, needs=view, changes=False),
        _use(messages.ListEquipment, cases.list_equipment, EquipmentListView, needs=view, changes=False),
        _use(messages.ListStock, cases.list_stock, StockView, needs=None, changes=False),
    )


def _work_to_perform() -> tuple[Use, ...]:
    """
    What is open to every user is the assignee's own (ACC-07).
    """
    modify, view = (((Permission.WORK_ORDERS, action),) for action in (MODIFY, VIEW))
    messages, cases = work_orders, work_orders_use_cases
    return (
        _use(messages.SetWorkToPerform, cases.set_work_to_perform, WorkTableView, needs=modify, changes=True),
        _use(messages.ShowWorkToPerform, cases.show_work_to_perform, WorkTableView, needs=view, changes=False),
        _use(messages.PreviewToggle, cases.toggle_work, WorkTableView, needs=view, changes=False),
        _use(messages.TickWork, cases.tick_work, ChecklistView, needs=None, changes=True),
        _use(messages.ShowChecklist, cases.show_checklist, ChecklistView, needs=None, changes=False),
    )


def _purchasing() -> tuple[Use, ...]:
    create, modify, view = (((Permission.EQUIPMENT_PO, action),) for action in (CREATE, MODIFY, VIEW))
    messages, cases = work_orders, work_orders_use_cases
    preview, generate = cases.preview_purchase_orders, cases.generate_purchase_orders
    return (
        _use(messages.PreviewPurchaseOrders, preview, PurchasePreview, needs=create, changes=False),
        _use(messages.GeneratePurchaseOrders, generate, GeneratedView, needs=create, changes=True),
        _use(messages.TurnPurchaseOrder, cases.turn_purchase_order, PurchaseOrderView, needs=modify, changes=True),
        _use(messages.ShowPurchaseOrder, cases.show_purchase_order, PurchaseOrderView, needs=view, changes=False),
        _use(messages.ListPurchaseOrders, cases.list_purchase_orders, PurchaseOrdersView, needs=view, changes=False),
    )


def _field_work() -> tuple[Use, ...]:
    """
    What is open to every user is the assignee's own (ACC-07).
    """
    modify, messages, cases = _any(SCHEDULERS, MODIFY), field_work, field_work_use_cases
    lent = cases.Scheduling(
        shown=scheduling_use_cases.shown, placed=scheduling_use_cases.placed, keep=scheduling_use_cases.keep_visit
    )
    start_travel, undo = partial(cases.start_travel, scheduling=lent), partial(cases.undo_status, scheduling=lent)
    check_in, check_out = partial(cases.check_in, scheduling=lent), partial(cases.check_out, scheduling=lent)
    set_status, reopen = partial(cases.set_status, scheduling=lent), partial(cases.reopen_appointment, scheduling=lent)
    return (
        _use(messages.StartTravel, start_travel, AppointmentView, needs=None, changes=True),
        _use(messages.CheckIn, check_in, AppointmentView, needs=None, changes=True),
        _use(messages.CheckOut, check_out, AppointmentView, needs=None, changes=True),
        _use(messages.UndoStatus, undo, AppointmentView, needs=None, changes=True),
        _use(messages.SetStatus, set_status, AppointmentView, needs=modify, changes=True),
        _use(messages.ReopenAppointment, reopen, AppointmentView, needs=modify, changes=True),
    )


def _messaging(ports: Ports) -> tuple[Use, ...]:
    create, view = ((Permission.MESSAGES, CREATE),), ((Permission.MESSAGES, VIEW),)
    messages, cases = messaging, messaging_use_cases
    preview = partial(cases.preview_sheet, sanitiser=ports.sanitiser)
    send = partial(cases.send_sheet, sanitiser=ports.sanitiser)
    return (
        _use(messages.PreviewSheet, preview, Sheet, needs=create, changes=False),
        _use(messages.SendSheet, send, SentView, needs=create, changes=True),
        _use(messages.CreateMessage, cases.create_message, MessageView, needs=create, changes=True),
        _use(messages.RetryMessage, cases.retry_message, MessageView, needs=create, changes=True),
        _use(messages.FinishSending, cases.finish_sending, MessageView, needs=(), changes=True),
        _use(messages.ShowMessage, cases.show_message, MessageView, needs=view, changes=False),
        _use(messages.ListMessages, cases.list_messages, MessagesView, needs=view, changes=False),
    )


def _archiving() -> tuple[Use, ...]:
    do, undo = ((Permission.ARCHIVE_CUSTOMER, MODIFY),), ((Permission.UNARCHIVE_CUSTOMER, MODIFY),)
    messages, cases = archiving, archiving_use_cases
    look = partial(cases.preview_archive, keep=scheduling_use_cases.keep_visits)
    archive = partial(cases.archive_customer, keep=scheduling_use_cases.keep_visits)
    return (
        _use(messages.PreviewArchive, look, ArchivePreview, needs=do, changes=False),
        _use(messages.ArchiveCustomer, archive, ArchiveView, needs=do, changes=True),
        _use(messages.UnarchiveCustomer, cases.unarchive_customer, UnarchiveView, needs=undo, changes=True),
    )


def _removing() -> tuple[Use, ...]:
    do, messages, cases = _any(REMOVALS, MODIFY), removing, removing_use_cases
    merge = partial(cases.merge_customers, relocate=scheduling_use_cases.relocate)
    return (
        _use(messages.PreviewMerge, cases.preview_merge, MergePreview, needs=do, changes=False),
        _use(messages.MergeCustomers, merge, MergeView, needs=do, changes=True),
        _use(messages.DeleteCustomer, cases.delete_customer, TombstoneView, needs=do, changes=True),
        _use(messages.ListTombstones, cases.list_tombstones, TombstonesView, needs=do, changes=False),
    )
