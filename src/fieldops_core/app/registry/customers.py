"""
What is done with and asked of customer records, and of what belongs to them.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import CREATE, LINK, MODIFY, RECORDS, VIEW, Use, one_of, use
from fieldops_core.customers import messages
from fieldops_core.customers import use_cases as cases
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


def records(ports: Ports) -> tuple[Use, ...]:
    create = partial(cases.create_customer, phones=ports.phones, geocoder=ports.geocoder)
    change = partial(cases.change_customer, phones=ports.phones, geocoder=ports.geocoder)
    bring = partial(cases.import_customers, phones=ports.phones, geocoder=ports.geocoder)
    convert = ((Permission.LEADS, MODIFY),)
    alike = partial(cases.find_duplicates, phones=ports.phones)
    suggest = partial(cases.suggest_addresses, addresses=ports.addresses)
    look_up = partial(cases.look_up_addresses, addresses=ports.addresses)
    edit = one_of(RECORDS, CREATE) + one_of(RECORDS, MODIFY)
    return (
        use(messages.ImportCustomers, bring, ImportView, needs=one_of(RECORDS, CREATE), changes=True),
        use(messages.CreateCustomer, create, CustomerView, needs=one_of(RECORDS, CREATE), changes=True),
        use(messages.SuggestAddresses, suggest, SuggestionsView, needs=edit, changes=False),
        use(messages.LookUpAddresses, look_up, LookupsView, needs=(), changes=True),
        use(messages.FinishLookup, cases.finish_lookup, LookupsView, needs=(), changes=True),
        use(messages.FindDuplicates, alike, DuplicatesView, needs=one_of(RECORDS, CREATE), changes=False),
        use(messages.ChangeCustomer, change, CustomerView, needs=one_of(RECORDS, MODIFY), changes=True),
        use(messages.ConvertLead, cases.convert_lead, CustomerView, needs=convert, changes=True),
        use(messages.ShowCustomer, cases.show_customer, CustomerView, needs=one_of(RECORDS, VIEW), changes=False),
        use(messages.ListCustomers, cases.list_customers, CustomersView, needs=one_of(RECORDS, VIEW), changes=False),
        use(messages.LinkParent, cases.link_parent, FamilyView, needs=LINK, changes=True),
        use(messages.UnlinkParent, cases.unlink_parent, FamilyView, needs=LINK, changes=True),
        use(messages.FindParents, cases.find_parents, ParentsView, needs=LINK, changes=False),
        use(messages.ShowFamily, cases.show_family, FamilyView, needs=one_of(RECORDS, VIEW), changes=False),
    )


def belongings() -> tuple[Use, ...]:
    """
    What belongs to a record: each kind under a permission of its own (ACC-16).
    """
    create, modify, view = (((Permission.NOTES, action),) for action in (CREATE, MODIFY, VIEW))
    open_, turn, look = (((Permission.TICKETS, action),) for action in (CREATE, MODIFY, VIEW))
    return (
        use(messages.CreateNote, cases.create_note, NoteView, needs=create, changes=True),
        use(messages.ChangeNote, cases.change_note, NoteView, needs=modify, changes=True),
        use(messages.ShowNote, cases.show_note, NoteView, needs=view, changes=False),
        use(messages.ListNotes, cases.list_notes, NotesView, needs=view, changes=False),
        use(messages.CreateTicket, cases.create_ticket, TicketView, needs=open_, changes=True),
        use(messages.ChangeTicket, cases.change_ticket, TicketView, needs=turn, changes=True),
        use(messages.CloseTicket, cases.close_ticket, TicketView, needs=turn, changes=True),
        use(messages.ReopenTicket, cases.reopen_ticket, TicketView, needs=turn, changes=True),
        use(messages.ShowTicket, cases.show_ticket, TicketView, needs=look, changes=False),
        use(messages.ListTickets, cases.list_tickets, TicketsView, needs=look, changes=False),
        use(messages.SetTags, cases.set_tags, TagsView, needs=((Permission.TAGS, MODIFY),), changes=True),
        use(messages.ShowTags, cases.show_tags, TagsView, needs=one_of(RECORDS, VIEW), changes=False),
    )


def connections() -> tuple[Use, ...]:
    see = one_of(RECORDS, VIEW)
    return (
        use(messages.LinkConnection, cases.link_connection, ConnectionView, needs=LINK, changes=True),
        use(messages.UnlinkConnection, cases.unlink_connection, ConnectionView, needs=LINK, changes=True),
        use(messages.ShowConnection, cases.show_connection, ConnectionView, needs=see, changes=False),
        use(messages.ListConnections, cases.list_connections, ConnectionsView, needs=see, changes=False),
    )


def contacts(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = (((Permission.CONTACTS, action),) for action in (CREATE, MODIFY, VIEW))
    make, change = (
        partial(cases.create_contact, phones=ports.phones),
        partial(cases.change_contact, phones=ports.phones),
    )
    return (
        use(messages.CreateContact, make, ContactView, needs=create, changes=True),
        use(messages.ChangeContact, change, ContactView, needs=modify, changes=True),
        use(messages.RemoveContact, cases.remove_contact, ContactView, needs=modify, changes=True),
        use(messages.OrderContacts, cases.order_contacts, ContactsView, needs=modify, changes=True),
        use(messages.ShowContact, cases.show_contact, ContactView, needs=view, changes=False),
        use(messages.ListContacts, cases.list_contacts, ContactsView, needs=view, changes=False),
    )


def credit(ports: Ports) -> tuple[Use, ...]:
    create, modify, view = (((Permission.CREDIT, action),) for action in (CREATE, MODIFY, VIEW))
    run = partial(cases.run_credit_check, bureaus=ports.credit)
    list_them = partial(cases.list_credit_checks, bureaus=ports.credit)
    return (
        use(messages.RunCreditCheck, run, CreditCheckView, needs=create, changes=True),
        use(messages.ApplyCreditCheck, cases.apply_credit_check, CreditCheckView, needs=modify, changes=True),
        use(messages.ShowCreditCheck, cases.show_credit_check, CreditCheckView, needs=view, changes=False),
        use(messages.ListCreditChecks, list_them, CreditChecksView, needs=view, changes=False),
    )


def regulations() -> tuple[Use, ...]:
    see, edit = one_of(RECORDS, VIEW), one_of(RECORDS, MODIFY)
    return (
        use(messages.FulfilRegulation, cases.fulfil_regulation, FulfilmentView, needs=edit, changes=True),
        use(messages.ChangeFulfilment, cases.change_fulfilment, FulfilmentView, needs=edit, changes=True),
        use(messages.RemoveFulfilment, cases.remove_fulfilment, FulfilmentView, needs=edit, changes=True),
        use(messages.ShowFulfilment, cases.show_fulfilment, FulfilmentView, needs=see, changes=False),
        use(messages.ListRegulations, cases.list_regulations, RegulationsView, needs=see, changes=False),
    )


def at_risk() -> tuple[Use, ...]:
    create, modify, view = (((Permission.AT_RISK, action),) for action in (CREATE, MODIFY, VIEW))
    return (
        use(messages.MarkAtRisk, cases.mark_at_risk, AtRiskMarkView, needs=create, changes=True),
        use(messages.ClearAtRisk, cases.clear_at_risk, AtRiskMarkView, needs=modify, changes=True),
        use(messages.ShowAtRiskMark, cases.show_at_risk_mark, AtRiskMarkView, needs=view, changes=False),
        use(messages.ListAtRiskMarks, cases.list_at_risk_marks, AtRiskMarksView, needs=view, changes=False),
    )


def files() -> tuple[Use, ...]:
    create, modify, view = (((Permission.FILES, action),) for action in (CREATE, MODIFY, VIEW))
    return (
        use(messages.AddFile, cases.add_file, FileView, needs=create, changes=True),
        use(messages.RenameFile, cases.rename_file, FileView, needs=modify, changes=True),
        use(messages.RemoveFile, cases.remove_file, FileView, needs=modify, changes=True),
        use(messages.ShowFile, cases.show_file, FileView, needs=view, changes=False),
        use(messages.FindFile, cases.find_file, FilePlace, needs=view, changes=False),
        use(messages.ListFiles, cases.list_files, FilesView, needs=view, changes=False),
    )
