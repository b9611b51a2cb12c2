"""
Appointments and what else takes a user's time.
"""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fieldops_adapters.sql.columns import Id, Instant, Sealed
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

appointments = Table(
    "appointments",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type_id", Id, nullable=False),
    Column("sub_type_id", Id),
    Column("user_id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("location_id", Id, nullable=False),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant, nullable=False),
    Column("occupied_until", Instant),  # null where it takes no time of its user
    Column("checked_out_at", Instant),  # null where it is not completed
    Column("agreed", DateTime, nullable=False),
    Column("agreed_fold", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("on_site_notes", Text, nullable=False),
    Column("public_note", Text, nullable=False),
    Column("private_note", Sealed),
    Column("pending_reassignment", Boolean, nullable=False),
    Column("cancelled_by", Text),
    Column("cancellation_reason", Text, nullable=False),
    Column("work_order_id", Id),
    Column("former_work_order", Integer),  # the number of one that was deleted
    Column("series_id", Id),
    Column("rescheduling", Text, nullable=False, server_default=text("'no'")),
    Column("reschedule_reason_id", Id),
    Column("outcome", Text),
    Column("unable_reason_id", Id),
    Column("check_out_notes", Text, nullable=False, server_default=text("''")),
    Column("for_the_record", Boolean, nullable=False, server_default=text("false")),
    Column("double_booked", Boolean, nullable=False),
    Column("double_booked_with", Id),
    Column("double_book_reason", Text, nullable=False, server_default=text("''")),
    Column("moments", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("appointment_types", "type_id"),
    one_of("users", "user_id"),
    one_of("customers", "customer_id"),
    one_of("locations", "location_id"),
    one_of("work_orders", "work_order_id", name="appointments_work_order"),
    one_of("catalog_entries", "reschedule_reason_id", name="appointments_reschedule_reason"),
    one_of("catalog_entries", "unable_reason_id", name="appointments_unable_reason"),
    one_of("appointments", "double_booked_with", name="appointments_double_booked_with"),
)

Index("appointments_of_user", appointments.c.company_id, appointments.c.user_id, appointments.c.start_at)

Index("appointments_of_customer", appointments.c.company_id, appointments.c.customer_id, appointments.c.start_at)

Index("appointments_by_start", appointments.c.company_id, appointments.c.start_at)

Index(
    "appointments_of_work_order",
    appointments.c.company_id,
    appointments.c.work_order_id,
    appointments.c.start_at,
    postgresql_where=appointments.c.work_order_id.is_not(None),
    sqlite_where=appointments.c.work_order_id.is_not(None),
)

Index(
    "appointments_of_series",
    appointments.c.company_id,
    appointments.c.series_id,
    appointments.c.start_at,
    postgresql_where=appointments.c.series_id.is_not(None),
    sqlite_where=appointments.c.series_id.is_not(None),
)

# The words of the index and of the query must be the same, or SQLite does not use the one for the other.
UNDER_WAY = "appointments.status IN ('en_route', 'on_site')"

Index(
    "appointments_under_way",
    appointments.c.company_id,
    appointments.c.user_id,
    appointments.c.start_at,
    postgresql_where=text("status IN ('en_route', 'on_site')"),
    sqlite_where=text("status IN ('en_route', 'on_site')"),
)

Index(
    "appointments_pending",
    appointments.c.company_id,
    appointments.c.start_at,
    postgresql_where=appointments.c.pending_reassignment,
    sqlite_where=text("pending_reassignment = 1"),
)

Index(
    "appointments_awaited",
    appointments.c.company_id,
    appointments.c.start_at,
    postgresql_where=text("status IN ('scheduled', 'en_route')"),
    sqlite_where=text("status IN ('scheduled', 'en_route')"),
)

appointments.append_constraint(
    # A user's time is taken once (STO-05). SQLite keeps this promise by triggers, which the migration makes.
    ExcludeConstraint(
        (appointments.c.company_id, "="),
        (appointments.c.user_id, "="),
        (func.tstzrange(appointments.c.start_at, appointments.c.occupied_until), "&&"),
        name="appointments_taken",
        using="gist",
        where=text("occupied_until IS NOT NULL AND NOT double_booked"),
    ).ddl_if(dialect="postgresql")
)

holds = Table(
    "holds",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("type_id", Id, nullable=False),
    Column("location_id", Id, nullable=False),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant, nullable=False),
    Column("zone", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("users", "user_id"),
    one_of("customers", "customer_id"),
    one_of("appointment_types", "type_id"),
    one_of("locations", "location_id"),
)

Index("holds_of_user", holds.c.company_id, holds.c.user_id, holds.c.start_at)

repairs = Table(
    "repairs",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("moves", Text, nullable=False),
    Column("made_by", Id),
    Column("made_at", Instant, nullable=False),
    Column("undone_by", Id),
    Column("undone_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
)

grid_choices = Table(
    "grid_choices",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("choice", Text, nullable=False),
    PrimaryKeyConstraint("company_id", "user_id"),
    of_company(),
    one_of("users", "user_id"),
)
