"""
The tables as the newest migration leaves them. Columns for what is searched, sorted, joined or constrained, JSON (as
text, read in one step) for the rest. Every key and index begins with the company, so that the schema can be distributed
by it; the due index of the outbox and the short names of companies are the exceptions.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fieldops_adapters.sql.columns import Id, Ids, Instant, Key, Sealed

metadata = MetaData()


def _of_company() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["company_id"], ["companies.company_id"])


def _one_of(table: str, column: str, *, name: str | None = None) -> ForeignKeyConstraint:
    """
    The column names a row of that table, of the same company.
    """
    return ForeignKeyConstraint(["company_id", column], [f"{table}.company_id", f"{table}.id"], name=name)


companies = Table(
    "companies",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("slug", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id"),
    UniqueConstraint("slug", name="companies_slug"),
)

locations = Table(
    "locations",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("tech_minutes", Integer),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
)

appointment_types = Table(
    "appointment_types",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("sub_types", Text, nullable=False),
    Column("install", Boolean, nullable=False, server_default=text("false")),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
)

catalog_entries = Table(
    "catalog_entries",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("catalog", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("attributes", Text, nullable=False, server_default=text("'{}'")),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
)

roles = Table(
    "roles",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("grants", Text, nullable=False),
    Column("owner", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
)
Index("roles_owner", roles.c.company_id, unique=True, postgresql_where=roles.c.owner, sqlite_where=roles.c.owner)

users = Table(
    "users",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False),  # lower case; SQLite itself lowers ASCII alone
    Column("phone", Text),
    Column("language", Text, nullable=False),
    Column("zone", Text),
    Column("active", Boolean, nullable=False),
    Column("home_id", Id, nullable=False),
    Column("further", Ids, nullable=False),
    Column("reports_to", Id),
    Column("technician", Boolean, nullable=False),
    Column("sales_rep", Boolean, nullable=False),
    Column("program_types", Ids, nullable=False),
    Column("start_address", Text, nullable=False),
    Column("start_latitude", Double),
    Column("start_longitude", Double),
    Column("coverage_radius", Double, nullable=False),
    Column("hours", Text, nullable=False),
    Column("roles", Ids, nullable=False),
    Column("grants", Text, nullable=False),
    Column("external_id", Text),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "email_key", name="users_email"),
    _of_company(),
    _one_of("locations", "home_id"),
    _one_of("users", "reports_to"),
)
Index("users_external_id", users.c.company_id, users.c.external_id, unique=True)

tokens = Table(
    "tokens",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("scopes", Text),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "hash", name="tokens_hash"),
    _of_company(),
    _one_of("users", "user_id"),
)

absences = Table(
    "absences",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("user_id", Id),
    Column("location_id", Id),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("start_minute", Integer, nullable=False),
    Column("end_minute", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
    _one_of("users", "user_id"),
    _one_of("locations", "location_id"),
)
Index("absences_by_last_day", absences.c.company_id, absences.c.last_day)

customers = Table(
    "customers",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("account_type", Text),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("business_name", Text, nullable=False),
    Column("external_id", Text),
    Column("location_id", Id, nullable=False),
    Column("phone", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("point_is_estimate", Boolean, nullable=False, server_default=text("false")),
    Column("personal", Text, nullable=False, server_default=text("'{}'")),
    Column("birthdate", Sealed),
    Column("ssn", Sealed),
    Column("confirmation_number", Sealed),
    Column("receiver_number", Sealed),
    Column("abort_code", Sealed),
    Column("account_number", Text, nullable=False, server_default=text("''")),
    Column("sale", Text, nullable=False, server_default=text("'{}'")),
    Column("installation", Text, nullable=False, server_default=text("'{}'")),
    Column("lead", Text, nullable=False, server_default=text("'{}'")),
    Column("custom", Text, nullable=False, server_default=text("'{}'")),
    Column("search", Text, nullable=False, server_default=text("''")),
    Column("name_key", Key, nullable=False, server_default=text("''")),
    Column("city_key", Key, nullable=False, server_default=text("''")),
    Column("parent_id", Id),  # triggers keep families two levels deep (FAM-01)
    Column("archived_at", Instant),
    Column("archived_by", Id),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "number", name="customers_number"),
    UniqueConstraint("company_id", "external_id", name="customers_external_id"),
    _of_company(),
    _one_of("locations", "location_id"),
)
Index("customers_of_location", customers.c.company_id, customers.c.location_id, customers.c.number)
Index("customers_by_name", customers.c.company_id, customers.c.name_key, customers.c.number)
Index("customers_by_city", customers.c.company_id, customers.c.city_key, customers.c.number)
# SQLite has an FTS5 table for this, which the migration makes, and triggers that keep it.
Index(
    "customers_search",
    customers.c.company_id,
    customers.c.search,
    postgresql_using="gin",
    postgresql_ops={"search": "gin_trgm_ops"},
    postgresql_with={"gin_pending_list_limit": 1024},
).ddl_if(dialect="postgresql")

notes = Table(
    "notes",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("type_id", Id, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
    _one_of("customers", "customer_id"),
    _one_of("catalog_entries", "type_id"),
)
Index("notes_of_customer", notes.c.company_id, notes.c.customer_id, notes.c.id)

tickets = Table(
    "tickets",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("type_id", Id, nullable=False),
    Column("text", Text, nullable=False),
    Column("assignee_id", Id, nullable=False),
    Column("due", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("closed_by", Id),
    Column("closed_at", Instant),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
    _one_of("customers", "customer_id"),
    _one_of("catalog_entries", "type_id"),
    _one_of("users", "assignee_id"),
)
Index("tickets_of_customer", tickets.c.company_id, tickets.c.customer_id, tickets.c.id)

contacts = Table(
    "contacts",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("relation", Text, nullable=False),
    Column("phones", Text, nullable=False),  # E.164, separated by spaces
    Column("place", Integer, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
    _one_of("customers", "customer_id"),
)
Index("contacts_of_customer", contacts.c.company_id, contacts.c.customer_id, contacts.c.id)

taggings = Table(
    "taggings",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("tags", Ids, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
    _one_of("customers", "id"),
)

at_risk_marks = Table(
    "at_risk_marks",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("cleared_by", Id),
    Column("cleared_at", Instant),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
    _one_of("customers", "customer_id"),
)
Index("at_risk_marks_of_customer", at_risk_marks.c.company_id, at_risk_marks.c.customer_id, at_risk_marks.c.id)

files = Table(
    "files",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("store_key", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    _of_company(),
    _one_of("customers", "customer_id"),
)
Index("files_of_customer", files.c.company_id, files.c.customer_id, files.c.id)
Index("files_by_key", files.c.company_id, files.c.store_key, unique=True)
Index(
    "customers_of_parent",
    customers.c.company_id,
    customers.c.parent_id,
    customers.c.id,
    postgresql_where=customers.c.parent_id.is_not(None),
    sqlite_where=customers.c.parent_id.is_not(None),
)

# What records that may be the same share: telephone numbers, email addresses, folded addresses.
customer_keys = Table(
    "customer_keys",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("key", Text, nullable=False),
    Column("customer_id", Id, nullable=False),
    PrimaryKeyConstraint("company_id", "key", "customer_id"),
    ForeignKeyConstraint(
        ["company_id", "customer_id"],
        ["customers.company_id", "customers.id"],
        name="keys_customer",
        ondelete="CASCADE",
    ),
)
Index("customer_keys_of_customer", customer_keys.c.company_id, customer_keys.c.customer_id)

# Addresses that wait to be looked up.
lookups = Table(
    "lookups",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "customer_id"),
    ForeignKeyConstraint(
        ["company_id", "customer_id"],
        ["customers.company_id", "customers.id"],
        name="lookups_customer",
        ondelete="CASCADE",
    ),
)
Index("lookups_due", lookups.c.due_at, lookups.c.customer_id)

work_orders = Table(
    "work_orders",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "number", name="work_orders_number"),
    _of_company(),
    _one_of("customers", "customer_id"),
)
Index("work_orders_of_customer", work_orders.c.company_id, work_orders.c.customer_id, work_orders.c.number)
# The words of the index and of the query must be the same, or SQLite does not use the one for the other.
OPEN_WORK_ORDER = "work_orders.status IN ('open', 'scheduled', 'in_progress', 'paused')"
_OPEN_STATUS = text("status IN ('open', 'scheduled', 'in_progress', 'paused')")
Index(
    "work_orders_open",
    work_orders.c.company_id,
    work_orders.c.number,
    postgresql_where=_OPEN_STATUS,
    sqlite_where=_OPEN_STATUS,
)

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
    _of_company(),
    _one_of("appointment_types", "type_id"),
    _one_of("users", "user_id"),
    _one_of("customers", "customer_id"),
    _one_of("locations", "location_id"),
    _one_of("work_orders", "work_order_id", name="appointments_work_order"),
    _one_of("catalog_entries", "reschedule_reason_id", name="appointments_reschedule_reason"),
    _one_of("catalog_entries", "unable_reason_id", name="appointments_unable_reason"),
    _one_of("appointments", "double_booked_with", name="appointments_double_booked_with"),
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
    _of_company(),
    _one_of("users", "user_id"),
    _one_of("customers", "customer_id"),
    _one_of("appointment_types", "type_id"),
    _one_of("locations", "location_id"),
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
    _of_company(),
)

grid_choices = Table(
    "grid_choices",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("choice", Text, nullable=False),
    PrimaryKeyConstraint("company_id", "user_id"),
    _of_company(),
    _one_of("users", "user_id"),
)

counters = Table(
    "counters",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("value", BigInteger, nullable=False),
    PrimaryKeyConstraint("company_id", "name"),
)

answers = Table(
    "answers",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("actor_id", Id, nullable=False),  # all zeros: the system
    Column("command_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("answer", LargeBinary, nullable=False),  # sealed whole
    PrimaryKeyConstraint("company_id", "actor_id", "command_id"),
)

history = Table(
    "history",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("aggregate", Text, nullable=False),
    Column("aggregate_id", Id, nullable=False),
    Column("record_id", Id),
    Column("at", Instant, nullable=False),
    Column("actor_id", Id),
    Column("source", Text, nullable=False),
    Column("changes", Text, nullable=False),  # secrets in it are sealed
    PrimaryKeyConstraint("company_id", "id"),
)
Index("history_of_aggregate", history.c.company_id, history.c.aggregate_id, history.c.at)
Index("history_of_record", history.c.company_id, history.c.record_id, history.c.at, history.c.id)

outbox = Table(
    "outbox",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("aggregate", Text, nullable=False),
    Column("aggregate_id", Id, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("delivered_at", Instant),
    PrimaryKeyConstraint("company_id", "id"),
)
Index(
    "outbox_due",
    outbox.c.due_at,
    outbox.c.id,
    postgresql_where=outbox.c.delivered_at.is_(None),
    sqlite_where=outbox.c.delivered_at.is_(None),
)
