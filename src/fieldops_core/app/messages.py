"""
What can be done that spans subdomains.
"""

from attrs import frozen

from fieldops_core.customers.messages import ADDRESS_FIELDS, ImportLine

TECHNICIAN_FIELDS = (
    "external_id",
    "email",
    "name",
    "first_name",
    "last_name",
    "phone",
    "home",
    "further",
    "technician",
    "sales_rep",
    "roles",
    "language",
    "zone",
    *ADDRESS_FIELDS,
    "postal_code",
    "latitude",
    "longitude",
    "radius",
)
"""
What the lines of an import can say of a user. *further* and *roles* name several, with ``;`` between them; *radius* is
in the company's miles or kilometres.
"""

APPOINTMENT_FIELDS = (
    "external_id",
    "customer",
    "customer_number",
    "user",
    "type",
    "sub_type",
    "kind",
    "start",
    "date",
    "time",
    "minutes",
    "mode",
    "location",
    "notes",
    "on_site_notes",
    "public_note",
    "private_note",
)
"""
What the lines of an import can say of an appointment. *customer* is a record's external id, *customer_number* its
number; *user* an external id or an email address; *start* a local time, or *date* and *time* together; *mode* the list
mode that the technician is chosen under.
"""


@frozen(kw_only=True)
class ImportTechnicians:
    """
    New users from lines of a file, each of which says some TECHNICIAN_FIELDS; who is not said to be none is a
    technician. What is known by its external id is left alone; a line that a rule refuses is told and the others go in;
    all in one transaction (CUS-26).
    """

    lines: tuple[ImportLine, ...]


@frozen(kw_only=True)
class ImportAppointments:
    """
    New appointments from lines of a file, each of which says some APPOINTMENT_FIELDS; likewise.

    An external id is kept as the id of the command that booked the visit: brought in again it is known, wherever the
    visit has been moved to since, and whatever the line says by then.
    """

    lines: tuple[ImportLine, ...]
