"""
One example for each operation, of one made-up company: every one of them runs, and succeeds, on a fresh copy of it.

The company is "acme", with an office in Provo and one in Phoenix; it is Monday, 25 May 2026. Its ids are made up,
too.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.archiving.calculations import consent_to

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def _id(number: int) -> UUID:
    return UUID(int=0x0196_E000_0000_7000_8000_000000000000 + number)


COMPANY = _id(1)
PROVO, PHOENIX = _id(11), _id(12)
OWNERS, DISPATCHERS = _id(21), _id(22)
OLIVE, DAN, TINA, TOM, SAL = _id(31), _id(32), _id(33), _id(34), _id(35)
INSTALLATION, ALARM_PANEL, CONSULTATION = _id(41), _id(42), _id(43)
BAKERY, LEAD = _id(51), _id(52)
CAFE, MILL, CLOSED = _id(53), _id(54), _id(55)
VISIT, CANCELLED_VISIT, VISIT_UNDER_WAY, VISIT_DONE = _id(61), _id(62), _id(63), _id(64)
STRANDED_VISIT, REPAIRED_VISIT, REPAIR = _id(65), _id(66), _id(67)
DENTIST = _id(71)
HELD = _id(72)
NOBODY_THERE, POSTPONED = _id(91), _id(92)
CALL_BACK, BILLING_QUESTION = _id(93), _id(94)
EARLY_RISER, PAYS_BY_CHECK = _id(95), _id(96)
REFERRAL, NEW_LEAD, THREE_YEARS, GATE_CODE, MONITORING, STANDARD_RATE = (_id(number) for number in range(121, 127))
PANEL_JOB, FINISHED_JOB = _id(101), _id(102)
ROUNDS, FIRST_ROUND, SECOND_ROUND = _id(111), _id(112), _id(113)
TOKEN = _id(81)
SERVICE_CALL, YEARLY_SERVICE, URGENT = _id(131), _id(132), _id(133)
NOTE, TICKET, CLOSED_TICKET = _id(121), _id(122), _id(123)
BAKER, NEIGHBOUR = _id(124), _id(125)
MARK, FLOOR_PLAN = _id(126), _id(127)
WATCH, SMART_HOME, CONNECTION = _id(141), _id(142), _id(143)
CREDIT_CHECK = _id(144)
ALARM_PERMIT, FULFILMENT = _id(145), _id(146)
PANEL, SIREN, VENDOR, FOUR_CORE = _id(171), _id(172), _id(173), _id(174)
NEW_PANEL, OLD_SIREN = _id(151), _id(152)
PANEL_ORDER = _id(161)
UNDELIVERED = _id(128)
SESSION, LINK_ID = _id(82), _id(83)
PASSWORD, LINK = "correct horse battery", f"{82:0>43}"

SLUG = "acme"
PROVO_CITY_HALL = {"line1": "445 W Center St", "city": "Provo", "state": "UT", "postal_code": "84601"}
NEAR_PROVO = {"latitude": 40.2338, "longitude": -111.6585}
WEEK = [*[[{"start": "08:00", "end": "12:00"}, {"start": "12:30", "end": "17:00"}]] * 5, [], []]


@frozen(kw_only=True)
class Example:
    """
    A request of one operation: its path and query parameters, its headers and its body, a file where it
    is *content*. *by* is the one user who may
    send it, where that is not who may do everything.
    """

    path: Mapping[str, Any] = NOTHING
    query: Mapping[str, Any] = NOTHING
    headers: Mapping[str, Any] = NOTHING
    body: Mapping[str, Any] | None = None
    content: bytes | None = None
    by: UUID | None = None


def _example(
    id: UUID | None = None,
    *,
    by: UUID | None = None,
    body: Mapping[str, Any] | None = None,
    headers: Mapping[str, Any] = NOTHING,
    **query: Any,
) -> Example:
    path = {"company": SLUG} | ({} if id is None else {"id": str(id)})
    # `first` is how the parameter `from` is spelled in Python.
    told = {"from" if name == "first" else name: value for name, value in query.items()}
    return Example(path=path, query=told, headers=headers, body=body, by=by)


def _in(catalog: str, id: UUID | None = None, *, body: Mapping[str, Any] | None = None, **query: Any) -> Example:
    """
    A request about a catalog.
    """
    example = _example(id, body=body, **query)
    return evolve(example, path={**example.path, "name": catalog})


_FIRST = {"If-Match": '"1"'}
UNABLE = "unable_reasons"

_SCHEDULING = {
    "book_appointment": _example(
        headers={"Idempotency-Key": "bakery-panel-2026-05-27"},
        body={
            "customer": str(BAKERY),
            "kind": "tech",
            "type": str(INSTALLATION),
            "sub_type": str(ALARM_PANEL),
            "user": str(TINA),
            "start": "2026-05-27T09:00",
            "minutes": 90,
            "mode": "in_coverage_area",
            "work_order": str(PANEL_JOB),
            "notes": "Panel in the back office.",
            "private_note": "Gate code is with the owner.",
        },
    ),
    "hold_time": _example(
        body={
            "customer": str(BAKERY),
            "type": str(INSTALLATION),
            "user": str(TOM),
            "start": "2026-05-27T11:00",
            "kind": "tech",
            "minutes": 90,
            "mode": "in_coverage_area",
            "hold_minutes": 15,
        },
    ),
    "show_hold": _example(HELD),
    "release_hold": _example(HELD, headers=_FIRST),
    "list_appointments": _example(
        first="2026-05-25", to="2026-05-31", locations=[str(PROVO)], statuses=["scheduled", "en_route"], limit=20
    ),
    "show_appointment": _example(VISIT),
    "edit_appointment": _example(VISIT, body={"version": 1, "minutes": 150, "public_note": "We bring a ladder."}),
    "move_appointment": _example(VISIT, body={"version": 1, "start": "2026-05-28T13:30:00-06:00", "user": str(TOM)}),
    "move_crew": _example(VISIT, body={"version": 1, "start": "2026-05-28T10:00"}),
    "resize_appointment": _example(VISIT, body={"version": 1, "minutes": 60}),
    "reassign_appointment": _example(VISIT, body={"version": 1, "user": str(TOM)}),
    "cancel_appointment": _example(VISIT, body={"version": 1, "by": "customer", "reason": "Moved out."}),
    "reinstate_appointment": _example(CANCELLED_VISIT, body={"version": 1, "start": "2026-05-29T10:00"}),
    "show_work": _example(VISIT),
    "list_customer_appointments": _example(BAKERY, limit=20, count=True),
    "show_grid": _example(
        first="2026-05-27", days=1, kind="tech", locations=[str(PROVO)], customer=str(BAKERY), mode="in_coverage_area"
    ),
    "listen_to_grid": _example(first="2026-05-27", days=3, seconds=0),
    "show_grid_choice": _example(),
    "choose_grid": _example(body={"kind": "tech", "days": 3, "locations": [str(PROVO)], "statuses": ["scheduled"]}),
    "find_openings": _example(
        customer=str(BAKERY), type=str(INSTALLATION), first="2026-05-27", days=3, minutes=120, mode="in_coverage_area"
    ),
    "find_best_slots": _example(
        customer=str(BAKERY), type=str(INSTALLATION), first="2026-05-27", days=3, mode="in_coverage_area", limit=5
    ),
    "explain_fit": _example(
        user=str(TINA),
        customer=str(BAKERY),
        type=str(INSTALLATION),
        start="2026-05-27T12:00",
        minutes=120,
        mode="in_coverage_area",
    ),
    "list_technicians": _example(customer=str(BAKERY), mode="in_max_coverage_area"),
    "distance_from_previous": _example(user=str(TINA), customer=str(BAKERY), start="2026-05-27T16:00"),
}

_ROUNDS = {
    "type": str(INSTALLATION),
    "first": "2026-05-27",
    "last": "2026-05-30",
    "weekdays": [2, 3, 4],
    "time": "09:00",
    "minutes": 60,
    "mode": "in_coverage_area",
    "technicians": [str(TOM)],
    "notes": "One floor a day.",
    "skip_unavailable": True,
}

_BULK = {
    "preview_bulk_schedule": _example(PANEL_JOB, body=_ROUNDS),
    "bulk_schedule": _example(PANEL_JOB, headers={"Idempotency-Key": "panel-job-rounds"}, body=_ROUNDS),
    "list_work_order_appointments": _example(PANEL_JOB, grouping="user"),
    "move_series": _example(ROUNDS, body={"version": 1, "appointment": str(FIRST_ROUND), "start": "2026-06-10T13:00"}),
    "reassign_series": _example(
        ROUNDS,
        body={"version": 1, "appointment": str(SECOND_ROUND), "user": str(TOM), "mode": "in_coverage_area"},
    ),
    "cancel_series": _example(
        ROUNDS,
        body={"version": 1, "appointment": str(FIRST_ROUND), "by": "customer", "reason": "The building is sold."},
    ),
}

_REPAIRS = {
    "find_repairs": _example(body={"users": [str(TOM)], "mode": "in_coverage_area", "days": 3, "limit": 3}),
    "repair_appointments": _example(
        body={
            "moves": [
                {"appointment": str(STRANDED_VISIT), "version": 1, "user": str(TINA), "start": "2026-06-03T10:00"},
            ],
            "mode": "in_coverage_area",
        },
    ),
    "show_repair": _example(REPAIR),
    "undo_repair": _example(REPAIR, body={"version": 1}),
}

_FIELD_WORK = {
    "start_travel": _example(VISIT, by=TINA, body={"version": 1, "coordinates": NEAR_PROVO}),
    "check_in": _example(VISIT, by=TINA, body={"version": 1}),
    "check_out": _example(
        VISIT_UNDER_WAY, by=TOM, body={"version": 1, "outcome": "follow_up", "notes": "The panel needs a new battery."}
    ),
    "undo_status": _example(VISIT_UNDER_WAY, by=TOM, body={"version": 1}),
    "set_status": _example(
        VISIT_UNDER_WAY, body={"version": 1, "status": "completed", "outcome": "done", "notes": "Told us by telephone."}
    ),
    "reopen_appointment": _example(VISIT_DONE, body={"version": 1, "reason": "The siren was not tested."}),
}

_WORK_ORDERS = {
    "show_appointment_actions": _example(VISIT),
    "show_customer_actions": _example(BAKERY),
    "show_history": _example(BAKERY, limit=20),
    "show_header": _example(BAKERY),
    "duplicate_customer": _example(BAKERY),
    "show_work_order_actions": _example(PANEL_JOB),
    "list_work_orders": _example(customer=str(BAKERY), status="open", type=str(SERVICE_CALL), limit=20),
    "list_backlog": _example(location=str(PROVO), due_until="2026-05-29", latitude=40.23, longitude=-111.66, limit=20),
    "create_work_order": _example(
        body={
            "customer": str(BAKERY),
            "template": str(YEARLY_SERVICE),
            "type": str(SERVICE_CALL),
            "technician": str(TINA),
            "due": "2026-05-29T17:00",
            "subject": "Second panel at the loading dock",
            "note": "<p>Bring the <b>long</b> ladder.</p>",
            "internal_note": "Invoice to the head office.",
            "priority": str(URGENT),
            "lines": [
                {"kind": "labor", "description": "Installation, hours", "quantity": "1.5", "unit_price": "95.00"},
                {"kind": "part", "description": "Panel", "quantity": "1", "unit_price": "240.00", "billable": False},
            ],
            "external_id": "job-4711",
        }
    ),
    "show_work_order": _example(PANEL_JOB),
    "change_work_order": _example(
        PANEL_JOB,
        body={
            "version": 1,
            "subject": "Panel in the back office, two zones",
            "technician": str(TOM),
            "due": "2026-06-01T09:00:00-06:00",
            "lines": [{"kind": "labor", "description": "Hours", "quantity": "2", "unit_price": "95.00"}],
        },
    ),
    "bulk_edit_work_orders": _example(
        body={
            "work_orders": [{"id": str(PANEL_JOB), "version": 1}, {"id": str(FINISHED_JOB), "version": 1}],
            "technician": str(TINA),
            "due": "2026-06-02T12:00",
            "priority": str(URGENT),
        }
    ),
    "complete_work_order": _example(PANEL_JOB, body={"version": 1, "upcoming": "cancel"}),
    "cancel_work_order": _example(PANEL_JOB, body={"version": 1, "upcoming": "unlink"}),
    "delete_work_order": _example(PANEL_JOB, headers=_FIRST, upcoming="unlink"),
    "link_appointment": _example(PANEL_JOB, body={"version": 1, "appointment": str(VISIT)}),
    "reopen_work_order": _example(FINISHED_JOB, body={"version": 1, "reason": "A sensor is missing."}),
}

_CHOSEN = [
    {"equipment": str(NEW_PANEL), "actions": ["install"]},
    {"equipment": str(OLD_SIREN), "actions": ["remove"]},
]

_EQUIPMENT = {
    "list_equipment": _example(BAKERY, active=True, limit=20, count=True),
    "create_equipment": _example(
        BAKERY,
        body={
            "item": str(SIREN),
            "serial": "SR-2291",
            "place": "Loading dock",
            "wire_type": str(FOUR_CORE),
            "status": "installed",
            "installed_on": "2026-05-20",
            "installed_by": str(TINA),
        },
    ),
    "show_equipment": _example(OLD_SIREN),
    "change_equipment": _example(OLD_SIREN, body={"version": 1, "status": "replacing"}),
    "show_work_to_perform": _example(PANEL_JOB),
    "set_work_to_perform": _example(PANEL_JOB, body={"version": 1, "rows": _CHOSEN}),
    "toggle_work": _example(PANEL_JOB, body={"rows": _CHOSEN, "action": "service", "on": True}),
    "show_checklist": _example(FIRST_ROUND),
    "tick_work": _example(
        FIRST_ROUND,
        by=TINA,
        body={"equipment": str(NEW_PANEL), "action": "install", "state": "done", "serial": "PX-0417"},
    ),
    "list_stock": _example(TINA),
    "preview_purchase_orders": _example(PANEL_JOB, body={"recipient": str(TINA)}),
    "generate_purchase_orders": _example(
        PANEL_JOB, body={"recipient": str(TINA), "vendors": [str(VENDOR)], "again": True}
    ),
    "list_purchase_orders": _example(work_order=str(PANEL_JOB), status="ordered", limit=20),
    "show_purchase_order": _example(PANEL_ORDER),
    "turn_purchase_order": _example(PANEL_ORDER, body={"version": 1, "status": "received"}),
}

_CUSTOMERS = {
    "list_customers": _example(search="beehive", location=str(PROVO), stage="customer", sort="name", limit=20),
    "create_customer": _example(
        headers={"Idempotency-Key": "crm-4711"},
        body={
            "phone": "801-555-0140",
            "account_type": "commercial",
            "business_name": "Canyon Books",
            "external_id": "crm-4711",
            "location": str(PROVO),
            "address": PROVO_CITY_HALL,
            "coordinates": NEAR_PROVO,
        },
    ),
    "find_duplicates": _example(
        body={"location": str(PROVO), "business_name": "Bee-Hive Bakery", "phone": "801-555-0101"},
    ),
    "show_customer": _example(BAKERY),
    "change_customer": _example(
        BAKERY,
        body={
            "version": 1,
            "phone": "+1 801 555 0177",
            "sale": {"sale_date": "2026-05-11", "sold_by": str(SAL), "contract_term": str(THREE_YEARS)},
            "installation": {"installed": True, "cellular_backup": True, "abort_code": "tulip"},
            "custom": {str(GATE_CODE): "2580"},
        },
    ),
    "suggest_addresses": _example(text="445 W Center St, Provo, UT 846", limit=3),
    "preview_customer": _example(BAKERY, body={"location": str(PHOENIX)}),
    "convert_lead": _example(
        LEAD, body={"version": 1, "location": str(PROVO), "sold_by": str(SAL), "account_type": "residential"}
    ),
    "list_monthly_rates": _example(least="20", most="60.00", line=str(MONITORING)),
}

_BELONGINGS = {
    "list_notes": _example(BAKERY, limit=20, count=True),
    "create_note": _example(BAKERY, body={"type": str(BILLING_QUESTION), "text": "Asks for one invoice a year."}),
    "show_note": _example(NOTE),
    "change_note": _example(NOTE, body={"version": 1, "text": "Deliveries before 07:00 use the back door."}),
    "list_tickets": _example(BAKERY, status="open", limit=20, count=True),
    "create_ticket": _example(
        BAKERY,
        body={
            "type": str(CALL_BACK),
            "text": "Call about the second panel.",
            "assignee": str(SAL),
            "due": "2026-05-29",
        },
    ),
    "show_ticket": _example(TICKET),
    "change_ticket": _example(TICKET, body={"version": 1, "assignee": str(DAN), "due": "2026-06-01"}),
    "close_ticket": _example(TICKET, body={"version": 1}),
    "list_contacts": _example(BAKERY),
    "create_contact": _example(
        BAKERY, body={"name": "Bea Baker", "relation": "owner's sister", "phones": ["801-555-0161", "+1 801 555 0162"]}
    ),
    "order_contacts": _example(BAKERY, body={"contacts": [str(NEIGHBOUR), str(BAKER)]}),
    "show_contact": _example(BAKER),
    "change_contact": _example(BAKER, body={"version": 1, "relation": "shift leader"}),
    "remove_contact": _example(NEIGHBOUR, headers=_FIRST),
    "show_tags": _example(BAKERY),
    "set_tags": _example(BAKERY, body={"version": 1, "tags": [str(EARLY_RISER), str(PAYS_BY_CHECK)]}),
    "list_at_risk_marks": _example(BAKERY, open=True, limit=20, count=True),
    "mark_at_risk": _example(BAKERY, body={"reason": "Moves to a building with an alarm of its own."}),
    "show_at_risk_mark": _example(MARK),
    "clear_at_risk": _example(MARK, body={"version": 1}),
    "list_connections": _example(MILL, open=True, limit=20, count=True),
    "link_connection": _example(MILL, body={"kind": "monitoring", "account_number": "PM-0417"}),
    "show_connection": _example(CONNECTION),
    "unlink_connection": _example(CONNECTION, body={"version": 1}),
    "list_credit_checks": _example(BAKERY, limit=20, count=True),
    "run_credit_check": _example(
        BAKERY,
        headers={"Idempotency-Key": "bakery-credit-2026-05-25"},
        body={"bureau": "sandbox", "previous_address": PROVO_CITY_HALL},
    ),
    "show_credit_check": _example(CREDIT_CHECK),
    "apply_credit_check": _example(CREDIT_CHECK, body={"version": 1, "confirmed": True}),
    "list_regulations": _example(BAKERY),
    "fulfil_regulation": _example(
        BAKERY, body={"regulation": str(ALARM_PERMIT), "fulfilled_on": "2026-05-18", "number": "P-2026-77"}
    ),
    "show_fulfilment": _example(FULFILMENT),
    "change_fulfilment": _example(FULFILMENT, body={"version": 1, "number": "P-2025-18", "expires_on": "2026-04-30"}),
    "remove_fulfilment": _example(FULFILMENT, headers=_FIRST),
    "list_files": _example(BAKERY, limit=20, count=True),
    "upload_file": evolve(_example(BAKERY, name="Contract.pdf"), content=b"%PDF-1.7 ..."),
    "show_file": _example(FLOOR_PLAN),
    "download_file": _example(FLOOR_PLAN),
    "rename_file": _example(FLOOR_PLAN, body={"version": 1, "name": "Floor plan, ground floor.png"}),
    "remove_file": _example(FLOOR_PLAN, headers=_FIRST),
    "reopen_ticket": _example(CLOSED_TICKET, body={"version": 1, "due": "2026-06-05"}),
}

_MESSAGING = {
    "show_appointment_sheet": evolve(_example(), path={**_example(PANEL_JOB).path, "appointment": str(FIRST_ROUND)}),
    "send_appointment_sheet": _example(
        PANEL_JOB,
        body={
            "appointment": str(FIRST_ROUND),
            "to_user": True,
            "to": ["warehouse@example.com"],
            "subject": "Your sheet for the bakery",
            "body": "Please bring the second panel.",
        },
    ),
    "list_customer_messages": _example(BAKERY, state="dead", limit=20, count=True),
    "create_message": _example(
        BAKERY,
        body={"to": "bakery@example.com", "subject": "Our visit", "body": "We will be there at nine."},
    ),
    "list_messages": _example(state="dead", limit=20, count=True),
    "show_message": _example(UNDELIVERED),
    "retry_message": _example(UNDELIVERED, body={"version": 1}),
}

_FAMILIES = {
    "show_family": _example(BAKERY),
    "find_parents": _example(MILL, search="bee bak", limit=20),
    "link_parent": _example(MILL, body={"version": 1, "parent": str(BAKERY)}),
    "unlink_parent": _example(CAFE, headers=_FIRST),
}

_ARCHIVING = {
    "preview_archive": _example(CAFE),
    "archive_customer": _example(
        CAFE, body={"version": 1, "confirmed": True, "consent": consent_to([f"customer {CAFE}"])}
    ),
    "unarchive_customer": _example(CLOSED, body={"version": 1, "confirmed": True, "children": True}),
}

_REMOVING = {
    "delete_customer": _example(CLOSED, headers=_FIRST, confirmed=True),
    "preview_merge": _example(BAKERY, other=str(MILL)),
    "merge_customers": _example(
        BAKERY,
        body={
            "version": 1,
            "other": str(MILL),
            "consent": consent_to([f"customer {BAKERY} 1", f"customer {MILL} 1"]),
        },
    ),
    "list_tombstones": _example(stage="customer", limit=20),
}

_STAFF = {
    "list_users": _example(location=str(PROVO), active=True, limit=20),
    "create_user": _example(
        body={
            "name": "Tess Tuck",
            "email": "tess@acme.example",
            "home": str(PROVO),
            "phone": "801-555-0155",
            "technician": True,
            "start_address": PROVO_CITY_HALL,
            "start_coordinates": NEAR_PROVO,
            "coverage_radius": 48_280.3,
            "weekly": WEEK,
        },
    ),
    "show_user": _example(TINA),
    "change_user": _example(TOM, body={"version": 1, "coverage_radius": 80_467.2}),
    "preview_user": _example(TINA, body={"active": False}),
    "change_working_hours": _example(TOM, body={"version": 1, "weekly": WEEK, "dated": [{"date": "2026-07-24"}]}),
    "preview_working_hours": _example(TOM, body={"weekly": WEEK, "dated": [{"date": "2026-07-24"}]}),
    "list_absences": _example(first="2026-05-18", to="2026-06-14"),
    "add_absence": _example(
        body={
            "user": str(TOM),
            "first": "2026-06-01",
            "last": "2026-06-01",
            "start": "13:00",
            "end": "15:00",
            "reason": "First-aid course",
        }
    ),
    "preview_absence": _example(body={"location": str(PROVO), "first": "2026-07-24", "last": "2026-07-24"}),
    "change_absence": _example(DENTIST, body={"version": 1, "start": "08:00", "end": "12:00"}),
    "preview_absence_change": _example(DENTIST, body={"last": "2026-06-05"}),
    "list_holidays": _example(year=2026, region="US-UT", location=str(PROVO)),
    "adopt_holidays": _example(PROVO, body={"dates": ["2026-07-04", "2026-07-24"]}),
    "preview_holidays": _example(PROVO, body={"region": "US-UT", "dates": ["2026-12-25"]}),
    "remove_absence": _example(DENTIST, headers=_FIRST),
}

_COMPANY = {
    "show_settings": _example(),
    "change_settings": _example(body={"version": 1, "grid_start": "07:00", "distance_unit": "kilometre"}),
    "preview_settings": _example(body={"working_hours_rule": "hours"}),
    "show_diagnosis": _example(),
    "list_locations": _example(),
    "create_location": _example(
        body={
            "name": "Boise",
            "zone": "America/Boise",
            "address": {"city": "Boise", "state": "ID", "postal_code": "83702"},
            "coordinates": {"latitude": 43.615, "longitude": -116.2023},
            "tech_minutes": 90,
        }
    ),
    "show_location": _example(PROVO),
    "change_location": _example(PROVO, body={"version": 1, "tech_minutes": 60}),
    "change_location_zone": _example(PROVO, body={"version": 1, "zone": "America/Chicago", "keep": "local_times"}),
    "preview_location_zone": _example(PROVO, body={"zone": "America/Boise", "keep": "instants"}),
    "list_appointment_types": _example(kind="tech", active=True),
    "create_appointment_type": _example(
        body={"kind": "tech", "name": "Service", "minutes": 60, "sub_types": [{"name": "Battery", "minutes": 30}]}
    ),
    "show_appointment_type": _example(INSTALLATION),
    "change_appointment_type": _example(INSTALLATION, body={"version": 1, "minutes": 150}),
    "list_catalog_entries": _in(UNABLE, active=True),
    "create_catalog_entry": _in("contract_terms", body={"name": "36 months", "attributes": {"months": 36}}),
    "show_catalog_entry": _in(UNABLE, NOBODY_THERE),
    "change_catalog_entry": _in(UNABLE, NOBODY_THERE, body={"version": 1, "active": False}),
}

_ACCESS = {
    "list_roles": _example(),
    "create_role": _example(
        body={
            "name": "Provo desk",
            "grants": [
                {"permission": "tech_scheduler", "action": "view", "at": str(PROVO)},
                {"permission": "tech_scheduler", "action": "create", "at": str(PROVO)},
                {"permission": "customers", "action": "view", "at": str(PROVO)},
            ],
        }
    ),
    "change_role": _example(DISPATCHERS, body={"version": 1, "name": "Dispatch"}),
    "log_in": _example(body={"email": "olive@acme.example", "password": PASSWORD}),
    "show_self": _example(),
    "list_sessions": _example(),
    "show_session": _example(SESSION, by=OLIVE),
    "end_session": _example(SESSION, by=OLIVE),
    "change_password": _example(body={"old": PASSWORD, "password": "another horse battery"}, by=OLIVE),
    "invite": _example(body={"user": str(DAN)}),
    "forgot_password": _example(body={"email": "dan@acme.example"}),
    "follow_link": _example(body={"link": LINK, "password": "another horse battery"}),
    "list_tokens": _example(),
    "create_token": _example(
        body={
            "user": str(DAN),
            "name": "night report",
            "expires_at": "2026-08-18T00:00:00Z",
            "scopes": [{"permission": "tech_scheduler", "action": "view"}],
        }
    ),
    "revoke_token": _example(TOKEN, headers=_FIRST),
}

EXAMPLES: dict[str, Example] = {
    **_SCHEDULING,
    **_BULK,
    **_REPAIRS,
    **_FIELD_WORK,
    **_WORK_ORDERS,
    **_EQUIPMENT,
    **_CUSTOMERS,
    **_BELONGINGS,
    **_MESSAGING,
    **_FAMILIES,
    **_ARCHIVING,
    **_REMOVING,
    **_STAFF,
    **_COMPANY,
    **_ACCESS,
    "health": Example(),
    "ready": Example(),
}
"""
By the id of their operation.
"""
