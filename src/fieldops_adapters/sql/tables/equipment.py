"""
Customer equipment, work to perform, stock, and purchase orders.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of

equipment = Table(
    "equipment",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("item_id", Id, nullable=False),
    Column("serial", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("wire_type_id", Id),
    Column("status", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("installed_on", Date),
    Column("installed_by", Id),
    Column("replaces_id", Id),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("customers", "customer_id"),
    one_of("catalog_entries", "item_id"),
    one_of("catalog_entries", "wire_type_id"),
    one_of("users", "installed_by"),
    one_of("equipment", "replaces_id"),
)

Index("equipment_of_customer", equipment.c.company_id, equipment.c.customer_id, equipment.c.id)

work_to_perform = Table(
    "work_to_perform",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("customer_id", Id, nullable=False),
    Column("items", Text, nullable=False),  # JSON: a work order has few, and nobody searches them
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    of_company(),
    one_of("work_orders", "id"),
    one_of("customers", "customer_id"),
)

stock = Table(
    "stock",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("technician_id", Id, nullable=False),
    Column("item_id", Id, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "technician_id", "item_id", name="stock_of_technician"),
    of_company(),
    one_of("users", "technician_id"),
    one_of("catalog_entries", "item_id"),
)

purchase_orders = Table(
    "purchase_orders",
    metadata,
    Column("company_id", Id, nullable=False),
    Column("id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("vendor_id", Id, nullable=False),
    Column("recipient_id", Id, nullable=False),
    Column("work_order_id", Id, nullable=False),  # no reference: it outlives a work order that is deleted
    Column("work_order_number", Integer, nullable=False),
    Column("location_id", Id, nullable=False),
    Column("lines", Text, nullable=False),  # JSON: what is ordered is read whole
    Column("status", Text, nullable=False),
    Column("ordered_at", Instant),
    Column("received_at", Instant),
    Column("created_by", Id),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", Id),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("company_id", "id"),
    UniqueConstraint("company_id", "number", name="purchase_orders_number"),
    of_company(),
    one_of("catalog_entries", "vendor_id"),
    one_of("users", "recipient_id"),
    one_of("locations", "location_id"),
)

Index(
    "purchase_orders_of_work_order",
    purchase_orders.c.company_id,
    purchase_orders.c.work_order_id,
    purchase_orders.c.number,
)
