"""
The baseline of the archiving benchmark: the same archive by psycopg alone, as somebody writes it who writes it by hand.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from attrs import frozen
from psycopg.types.json import Jsonb

LOCK_CUSTOMERS = """
    SELECT id FROM customers
    WHERE company_id = %(company)s AND (id = %(parent)s OR parent_id = %(parent)s) AND archived_at IS NULL
    ORDER BY id FOR NO KEY UPDATE
"""
LOCK_VISITS = """
    SELECT id FROM appointments
    WHERE company_id = %(company)s AND customer_id = ANY (%(customers)s)
    AND status = 'scheduled' AND end_at > %(now)s AND NOT double_booked AND NOT pending_reassignment
    ORDER BY id FOR NO KEY UPDATE
"""
INSTANT = "replace(to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '.000000', '') || '+00:00'"
VISITS_HISTORY = """
    INSERT INTO history (company_id, id, aggregate, aggregate_id, record_id, at, actor_id, source, changes)
    SELECT company_id, gen_random_uuid(), 'appointment', id, customer_id, %(now)s, %(actor)s, 'api',
        jsonb_build_array(
            jsonb_build_array('status', status, 'cancelled', false, false),
            jsonb_build_array('cancelled_by', cancelled_by, 'company', false, false),
            jsonb_build_array('cancellation_reason', cancellation_reason, %(reason)s::text, false, false),
            jsonb_build_array('moments', moments::jsonb, moments::jsonb || %(moment)s, false, false)
        )::text
    FROM appointments WHERE company_id = %(company)s AND id = ANY (%(visits)s)
"""
VISITS_EVENTS = f"""
    INSERT INTO outbox (
        company_id, id, aggregate, aggregate_id, version, name, at, payload, due_at, attempts
    )
    SELECT company_id, gen_random_uuid(), 'appointment', id, version + 1, 'AppointmentCancelled', %(now)s,
        jsonb_build_array(told, told || jsonb_build_object(
            'status', 'cancelled', 'cancelled_by', 'company', 'cancellation_reason', %(reason)s::text,
            'moments', told -> 'moments' || %(moment)s, 'changed_by', %(actor)s, 'changed_at', %(told_now)s::text,
            'version', version + 1
        ))::text,
        %(now)s, 0
    FROM (
        SELECT company_id, id, version, jsonb_build_object(
            'id', id, 'kind', kind, 'type', type_id, 'sub_type', sub_type_id, 'user', user_id,
            'customer', customer_id, 'location', location_id,
            'period', jsonb_build_object('start', {INSTANT.format("start_at")}, 'end', {INSTANT.format("end_at")}),
            'agreed', replace(to_char(agreed, 'YYYY-MM-DD"T"HH24:MI:SS.US'), '.000000', ''),
            'zone', zone, 'status', status, 'notes', notes, 'on_site_notes', on_site_notes,
            'public_note', public_note, 'private_note', NULL, 'pending_reassignment', pending_reassignment,
            'cancelled_by', cancelled_by, 'cancellation_reason', cancellation_reason, 'work_order', work_order_id,
            'former_work_order', former_work_order,
            'series', series_id, 'rescheduling', rescheduling, 'reschedule_reason', reschedule_reason_id,
            'outcome', outcome, 'unable_reason', unable_reason_id, 'check_out_notes', check_out_notes,
            'for_the_record', for_the_record, 'double_booked', double_booked,
            'double_booked_with', double_booked_with, 'double_book_reason', double_book_reason,
            'moments', moments::jsonb, 'created_by', created_by, 'created_at', {INSTANT.format("created_at")},
            'changed_by', changed_by, 'changed_at', {INSTANT.format("changed_at")}, 'version', version
        ) AS told
        FROM appointments WHERE company_id = %(company)s AND id = ANY (%(visits)s) OFFSET 0
    ) AS there
"""
VISITS = """
    UPDATE appointments SET status = 'cancelled', occupied_until = NULL, cancelled_by = 'company',
        cancellation_reason = %(reason)s, moments = (moments::jsonb || %(moment)s)::text, changed_by = %(actor)s,
        changed_at = %(now)s, version = version + 1
    WHERE company_id = %(company)s AND id = ANY (%(visits)s)
"""
CUSTOMERS_HISTORY = """
    INSERT INTO history (company_id, id, aggregate, aggregate_id, record_id, at, actor_id, source, changes)
    SELECT company_id, gen_random_uuid(), 'customer', id, id, %(now)s, %(actor)s, 'api',
        jsonb_build_array(
            jsonb_build_array('archived_at', NULL, %(told_now)s::text, false, false),
            jsonb_build_array('archived_by', NULL, %(actor)s, false, false)
        )::text
    FROM customers WHERE company_id = %(company)s AND id = ANY (%(customers)s)
"""
CUSTOMERS_EVENTS = """
    INSERT INTO outbox (
        company_id, id, aggregate, aggregate_id, version, name, at, payload, due_at, attempts
    )
    SELECT company_id, gen_random_uuid(), 'customer', id, version + 1, 'CustomerArchived', %(now)s,
        jsonb_build_array(told, told || jsonb_build_object(
            'archived_at', %(told_now)s::text, 'archived_by', %(actor)s, 'version', version + 1
        ))::text,
        %(now)s, 0
    FROM (
        SELECT company_id, id, version, personal::jsonb || jsonb_build_object(
            'id', id, 'number', number, 'stage', stage, 'account_type', account_type, 'first_name', first_name,
            'last_name', last_name, 'business_name', business_name, 'external_id', external_id,
            'location', location_id, 'phone', jsonb_build_object('number', phone), 'address', address::jsonb,
            'point', jsonb_build_object('latitude', latitude, 'longitude', longitude),
            'point_is_estimate', point_is_estimate, 'birthdate', NULL, 'ssn', NULL, 'confirmation_number', NULL,
            'receiver_number', NULL, 'abort_code', NULL, 'parent', parent_id, 'archived_at', archived_at,
            'archived_by', archived_by, 'version', version
        ) AS told
        FROM customers WHERE company_id = %(company)s AND id = ANY (%(customers)s) OFFSET 0
    ) AS there
"""
CUSTOMERS = """
    UPDATE customers SET archived_at = %(now)s, archived_by = %(actor)s, version = version + 1
    WHERE company_id = %(company)s AND id = ANY (%(customers)s)
"""


@frozen(kw_only=True)
class Archive:
    """
    Whom to archive, by whom, when and for which reason.
    """

    company: UUID
    parent: UUID
    actor: UUID
    now: datetime
    reason: str


def archive(connection: "psycopg.Connection[Any]", wish: Archive) -> int:
    """
    How many appointments were cancelled.
    """
    told_now = wish.now.isoformat()
    moment = {"status": "cancelled", "at": told_now, "by": str(wish.actor), "source": "api", "point": None}
    values: dict[str, Any] = {
        "company": wish.company,
        "parent": wish.parent,
        "actor": wish.actor,
        "now": wish.now,
        "told_now": told_now,
        "reason": wish.reason,
        "moment": Jsonb([{**moment, "override": False, "reason": ""}]),
    }
    values["customers"] = [row[0] for row in connection.execute(LOCK_CUSTOMERS, values)]
    values["visits"] = [row[0] for row in connection.execute(LOCK_VISITS, values)]
    for statement in (VISITS_HISTORY, VISITS_EVENTS, VISITS, CUSTOMERS_HISTORY, CUSTOMERS_EVENTS, CUSTOMERS):
        connection.execute(statement.encode(), values)
    connection.commit()
    return len(values["visits"])
