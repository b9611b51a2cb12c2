"""
What questions about customers answer.
"""

from fieldops_core.customers.views.at_risk import (
    AtRiskMarksView,
    AtRiskMarkView,
    at_risk_mark_view,
)
from fieldops_core.customers.views.connections import (
    ConnectionsView,
    ConnectionView,
    connection_view,
)
from fieldops_core.customers.views.contacts import (
    ContactsView,
    ContactView,
    contact_view,
    contacts_view,
)
from fieldops_core.customers.views.credit import (
    CreditChecksView,
    CreditCheckView,
    credit_check_view,
)
from fieldops_core.customers.views.duplicates import DuplicatesView, DuplicateView
from fieldops_core.customers.views.families import FamilyMember, FamilyView, ParentsView, family_member, family_view
from fieldops_core.customers.views.files import (
    FilePlace,
    FilesView,
    FileView,
    file_view,
)
from fieldops_core.customers.views.imports import ImportView, LineNote
from fieldops_core.customers.views.lookups import LookupsView, SuggestionsView, SuggestionView, suggestion_view
from fieldops_core.customers.views.names import (
    NamedView,
    Names,
)
from fieldops_core.customers.views.notes import (
    NotesView,
    NoteView,
    TicketsView,
    TicketView,
    note_view,
    ticket_view,
)
from fieldops_core.customers.views.record import CustomersView, CustomerView, customer_view
from fieldops_core.customers.views.regulations import (
    FulfilmentView,
    RegulationsView,
    RegulationView,
    fulfilment_view,
    regulation_view,
)
from fieldops_core.customers.views.sections import (
    Around,
    InstallAppointmentView,
    InstallationView,
    LeadView,
    SaleView,
    Sight,
)
from fieldops_core.customers.views.tags import (
    TagsView,
    TagView,
    tags_view,
)

__all__ = [
    "Around",
    "AtRiskMarkView",
    "AtRiskMarksView",
    "ConnectionView",
    "ConnectionsView",
    "ContactView",
    "ContactsView",
    "CreditCheckView",
    "CreditChecksView",
    "CustomerView",
    "CustomersView",
    "DuplicateView",
    "DuplicatesView",
    "FamilyMember",
    "FamilyView",
    "FilePlace",
    "FileView",
    "FilesView",
    "FulfilmentView",
    "ImportView",
    "InstallAppointmentView",
    "InstallationView",
    "LeadView",
    "LineNote",
    "LookupsView",
    "NamedView",
    "Names",
    "NoteView",
    "NotesView",
    "ParentsView",
    "RegulationView",
    "RegulationsView",
    "SaleView",
    "Sight",
    "SuggestionView",
    "SuggestionsView",
    "TagView",
    "TagsView",
    "TicketView",
    "TicketsView",
    "at_risk_mark_view",
    "connection_view",
    "contact_view",
    "contacts_view",
    "credit_check_view",
    "customer_view",
    "family_member",
    "family_view",
    "file_view",
    "fulfilment_view",
    "note_view",
    "regulation_view",
    "suggestion_view",
    "tags_view",
    "ticket_view",
]
