"""
The first schema: company, access, staff, customers, scheduling, and what the engine keeps beside them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Uuid().with_variant(sa.BLOB(), "sqlite")
IDS = sa.ARRAY(sa.Uuid()).with_variant(sa.BLOB(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
BYTES = sa.LargeBinary()


def upgrade() -> None:
    for table in TABLES:
        table()
    if op.get_context().dialect.name == "postgresql":
        guard_on_postgresql()
    else:
        guard_on_sqlite()


def of_company() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id"], ["companies.company_id"])


def one_of(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["company_id", column], [f"{table}.company_id", f"{table}.id"])


def companies() -> None:
    op.create_table(
        "companies",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id"),
        sa.UniqueConstraint("slug", name="companies_slug"),
    )


def locations() -> None:
    op.create_table(
        "locations",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("tech_minutes", sa.Integer),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        of_company(),
    )


def appointment_types() -> None:
    op.create_table(
        "appointment_types",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("sub_types", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        of_company(),
    )


def roles() -> None:
    op.create_table(
        "roles",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("grants", sa.Text, nullable=False),
        sa.Column("owner", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        of_company(),
    )
    op.create_index(
        "roles_owner",
        "roles",
        ["company_id"],
        unique=True,
        postgresql_where=sa.text("owner"),
        sqlite_where=sa.text("owner"),
    )


def users() -> None:
    op.create_table(
        "users",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("email_key", sa.Text, nullable=False),
        sa.Column("phone", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("zone", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        sa.Column("further", IDS, nullable=False),
        sa.Column("reports_to", ID),
        sa.Column("technician", sa.Boolean, nullable=False),
        sa.Column("sales_rep", sa.Boolean, nullable=False),
        sa.Column("program_types", IDS, nullable=False),
        sa.Column("start_address", sa.Text, nullable=False),
        sa.Column("start_latitude", sa.Double),
        sa.Column("start_longitude", sa.Double),
        sa.Column("coverage_radius", sa.Double, nullable=False),
        sa.Column("hours", sa.Text, nullable=False),
        sa.Column("roles", IDS, nullable=False),
        sa.Column("grants", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.UniqueConstraint("company_id", "email_key", name="users_email"),
        of_company(),
        one_of("locations", "home_id"),
        one_of("users", "reports_to"),
    )


def tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.UniqueConstraint("company_id", "hash", name="tokens_hash"),
        of_company(),
        one_of("users", "user_id"),
    )


def absences() -> None:
    op.create_table(
        "absences",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID),
        sa.Column("location_id", ID),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("start_minute", sa.Integer, nullable=False),
        sa.Column("end_minute", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        of_company(),
        one_of("users", "user_id"),
        one_of("locations", "location_id"),
    )
    op.create_index("absences_by_last_day", "absences", ["company_id", "last_day"])


def customers() -> None:
    op.create_table(
        "customers",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("account_type", sa.Text),
        sa.Column("first_name", sa.Text, nullable=False),
        sa.Column("last_name", sa.Text, nullable=False),
        sa.Column("business_name", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("location_id", ID, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        sa.UniqueConstraint("company_id", "number", name="customers_number"),
        sa.UniqueConstraint("company_id", "external_id", name="customers_external_id"),
        of_company(),
        one_of("locations", "location_id"),
    )
    op.create_index("customers_of_location", "customers", ["company_id", "location_id", "number"])


def counters() -> None:
    op.create_table(
        "counters",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "name"),
    )


def appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("type_id", ID, nullable=False),
        sa.Column("sub_type_id", ID),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("location_id", ID, nullable=False),
        sa.Column("start_at", INSTANT, nullable=False),
        sa.Column("end_at", INSTANT, nullable=False),
        sa.Column("occupied_until", INSTANT),
        sa.Column("agreed", sa.DateTime, nullable=False),
        sa.Column("agreed_fold", sa.Integer, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("on_site_notes", sa.Text, nullable=False),
        sa.Column("public_note", sa.Text, nullable=False),
        sa.Column("private_note", BYTES),
        sa.Column("pending_reassignment", sa.Boolean, nullable=False),
        sa.Column("cancelled_by", sa.Text),
        sa.Column("cancellation_reason", sa.Text, nullable=False),
        sa.Column("double_booked", sa.Boolean, nullable=False),
        sa.Column("moments", sa.Text, nullable=False),
        sa.Column("created_by", ID),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_by", ID),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
        of_company(),
        one_of("appointment_types", "type_id"),
        one_of("users", "user_id"),
        one_of("customers", "customer_id"),
        one_of("locations", "location_id"),
    )
    op.create_index("appointments_of_user", "appointments", ["company_id", "user_id", "start_at"])
    op.create_index("appointments_of_customer", "appointments", ["company_id", "customer_id", "start_at"])
    op.create_index("appointments_by_start", "appointments", ["company_id", "start_at"])


def grid_choices() -> None:
    op.create_table(
        "grid_choices",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("choice", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "user_id"),
        of_company(),
        one_of("users", "user_id"),
    )


def answers() -> None:
    op.create_table(
        "answers",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=False),
        sa.Column("command_id", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("answer", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "actor_id", "command_id"),
    )


def history() -> None:
    op.create_table(
        "history",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("aggregate", sa.Text, nullable=False),
        sa.Column("aggregate_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", ID),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("company_id", "id"),
    )
    op.create_index("history_of_aggregate", "history", ["company_id", "aggregate_id", "at"])


def outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("company_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("aggregate", sa.Text, nullable=False),
        sa.Column("aggregate_id", ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("delivered_at", INSTANT),
        sa.PrimaryKeyConstraint("company_id", "id"),
    )
    op.create_index(
        "outbox_due",
        "outbox",
        ["due_at", "id"],
        postgresql_where=sa.text("delivered_at IS NULL"),
        sqlite_where=sa.text("delivered_at IS NULL"),
    )


TAKEN_ONCE = """
    ALTER TABLE appointments ADD CONSTRAINT appointments_taken
    EXCLUDE USING gist (company_id WITH =, user_id WITH =, tstzrange(start_at, occupied_until) WITH &&)
    WHERE (occupied_until IS NOT NULL AND NOT double_booked)
"""

# The roles are the cluster's: another database, perhaps one that is migrated at this moment, may have made them.
ROLE = """
    DO $$
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
            CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
"""
# The server becomes the worker where it says so, and is not the worker otherwise.
MAY_BECOME = """
    DO $$
    BEGIN
        IF NOT pg_has_role('fieldops_server', 'fieldops_worker', 'SET') THEN
            GRANT fieldops_worker TO fieldops_server WITH INHERIT FALSE, SET TRUE;
        END IF;
    END $$
"""
MAY_USE_SCHEMA = """
    DO $$
    BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO fieldops_server, fieldops_worker', current_schema());
    END $$
"""


def guard_on_postgresql() -> None:
    """
    A user's time is taken once; each company sees its own rows, whoever owns the tables; the server may read and write
    rows; its worker's role sees the outbox of all companies, and may put off what is due.
    """
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(TAKEN_ONCE)
    op.execute(ROLE.format(role="fieldops_server"))
    op.execute(ROLE.format(role="fieldops_worker"))
    op.execute(MAY_BECOME)
    op.execute(MAY_USE_SCHEMA)
    op.execute("GRANT SELECT ON fieldops_version TO fieldops_server")
    for table in (each.__name__ for each in TABLES):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO fieldops_server")
        op.execute(
            f"CREATE POLICY own_company ON {table}"
            " USING (company_id = nullif(current_setting('fieldops.company', true), '')::uuid)"
        )
    op.execute(
        "CREATE POLICY short_name ON companies FOR SELECT"
        " USING (slug = nullif(current_setting('fieldops.slug', true), ''))"
    )
    op.execute("GRANT SELECT, UPDATE (due_at, attempts) ON outbox TO fieldops_worker")
    op.execute("CREATE POLICY every_company ON outbox TO fieldops_worker USING (true)")


# No visit is longer than a week: those that began earlier need not be looked at.
TAKEN = """
    CREATE TRIGGER appointments_taken_{name} BEFORE {event} ON appointments
    WHEN NEW.occupied_until IS NOT NULL AND NOT NEW.double_booked
    BEGIN
        SELECT RAISE(ABORT, 'appointments_taken') WHERE EXISTS (
            SELECT 1 FROM appointments AS other
            WHERE other.company_id = NEW.company_id AND other.user_id = NEW.user_id AND other.id <> NEW.id
            AND other.start_at < NEW.occupied_until AND other.start_at > NEW.start_at - 8 * 86400000000
            AND other.occupied_until > NEW.start_at AND NOT other.double_booked
        );
    END
"""


def guard_on_sqlite() -> None:
    """
    A user's time is taken once.
    """
    op.execute(TAKEN.format(name="insert", event="INSERT"))
    op.execute(TAKEN.format(name="update", event="UPDATE OF user_id, start_at, occupied_until, double_booked"))


# In the order in which one refers to another.
TABLES = (
    companies,
    locations,
    appointment_types,
    roles,
    users,
    tokens,
    absences,
    customers,
    counters,
    appointments,
    grid_choices,
    answers,
    history,
    outbox,
)
