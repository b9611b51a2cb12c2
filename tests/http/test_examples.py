"""
The examples of the OpenAPI document, sent as they stand there (ACC-18).
"""

from collections.abc import Iterable

import httpx
import pytest
from litestar.testing import TestClient

from fieldops_core.access.model import EVERYTHING, Action, Grant, Permission
from fieldops_http.app import OPERATIONS, Api
from fieldops_http.examples import EXAMPLES, OLIVE
from fieldops_http.operations import Operation
from tests.http.example_company import PHOENIX, ExampleCompany, other_company

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
Needs = tuple[tuple[Permission, Action], ...]

TECH_VIEW = ((Permission.TECH_SCHEDULER, VIEW),)
TECH_MODIFY = ((Permission.TECH_SCHEDULER, MODIFY),)
OF_ANOTHER: Needs = ()  # status buttons belong to the assignee, whatever another holds
WORK_ORDERS_MODIFY = ((Permission.WORK_ORDERS, MODIFY),)
HOURS = ((Permission.WORKING_HOURS, MODIFY), (Permission.OWN_WORKING_HOURS, MODIFY))
HOLIDAYS = ((Permission.WORKING_HOURS, MODIFY), (Permission.USERS, VIEW))
ANY_KIND = (
    (Permission.TECH_SCHEDULER, VIEW),
    (Permission.SALES_SCHEDULER, VIEW),
    (Permission.PROGRAM_SCHEDULER, VIEW),
    (Permission.PERSONAL_APPOINTMENTS, VIEW),
)

CHANGE_ANY_KIND = tuple((permission, MODIFY) for permission, _ in ANY_KIND)

AT_A_LOCATION: dict[str, Needs] = {
    "book_appointment": ((Permission.TECH_SCHEDULER, CREATE),),
    "hold_time": ((Permission.TECH_SCHEDULER, CREATE),),
    "show_hold": TECH_VIEW,
    "release_hold": TECH_MODIFY,
    "show_appointment": TECH_VIEW,
    "edit_appointment": TECH_MODIFY,
    "move_appointment": TECH_MODIFY,
    "move_crew": TECH_MODIFY,
    "resize_appointment": TECH_MODIFY,
    "reassign_appointment": TECH_MODIFY,
    "cancel_appointment": TECH_MODIFY,
    "reinstate_appointment": TECH_MODIFY,
    "show_appointment_actions": TECH_VIEW,
    "show_customer_actions": ((Permission.CUSTOMERS, VIEW),),
    "show_history": ((Permission.CUSTOMERS, VIEW),),
    "show_header": ((Permission.CUSTOMERS, VIEW),),
    "duplicate_customer": ((Permission.CUSTOMERS, CREATE),),
    "show_work_order_actions": ((Permission.WORK_ORDERS, VIEW),),
    "show_work": ((Permission.TECH_SCHEDULE, VIEW),),
    "list_customer_appointments": ANY_KIND,
    "show_grid": TECH_VIEW,
    "find_openings": TECH_VIEW,
    "find_best_slots": TECH_VIEW,
    "explain_fit": TECH_VIEW,
    "list_technicians": TECH_VIEW,
    "distance_from_previous": TECH_VIEW,
    "preview_bulk_schedule": ((Permission.TECH_SCHEDULER, CREATE),),
    "bulk_schedule": ((Permission.TECH_SCHEDULER, CREATE),),
    "list_work_order_appointments": TECH_VIEW,
    "move_series": TECH_MODIFY,
    "reassign_series": TECH_MODIFY,
    "cancel_series": TECH_MODIFY,
    "repair_appointments": TECH_MODIFY,
    "show_repair": TECH_VIEW,
    "undo_repair": TECH_MODIFY,
    "start_travel": OF_ANOTHER,
    "check_in": OF_ANOTHER,
    "check_out": OF_ANOTHER,
    "undo_status": OF_ANOTHER,
    "set_status": TECH_MODIFY,
    "reopen_appointment": TECH_MODIFY,
    "bulk_edit_work_orders": WORK_ORDERS_MODIFY,
    "create_work_order": ((Permission.WORK_ORDERS, CREATE),),
    "show_work_order": ((Permission.WORK_ORDERS, VIEW),),
    "change_work_order": WORK_ORDERS_MODIFY,
    "complete_work_order": WORK_ORDERS_MODIFY,
    "cancel_work_order": WORK_ORDERS_MODIFY,
    "delete_work_order": ((Permission.WORK_ORDERS, Action.DELETE),),
    "link_appointment": (*WORK_ORDERS_MODIFY, *TECH_VIEW),
    "reopen_work_order": WORK_ORDERS_MODIFY,
    "list_equipment": ((Permission.EQUIPMENT, VIEW),),
    "create_equipment": ((Permission.EQUIPMENT, CREATE),),
    "show_equipment": ((Permission.EQUIPMENT, VIEW),),
    "change_equipment": ((Permission.EQUIPMENT, MODIFY),),
    "show_work_to_perform": ((Permission.WORK_ORDERS, VIEW),),
    "set_work_to_perform": WORK_ORDERS_MODIFY,
    "toggle_work": ((Permission.WORK_ORDERS, VIEW),),
    "show_checklist": ((Permission.TECH_SCHEDULE, VIEW),),
    "tick_work": WORK_ORDERS_MODIFY,
    "list_stock": ((Permission.EQUIPMENT_PO, VIEW),),
    "preview_purchase_orders": ((Permission.EQUIPMENT_PO, CREATE),),
    "generate_purchase_orders": ((Permission.EQUIPMENT_PO, CREATE),),
    "show_purchase_order": ((Permission.EQUIPMENT_PO, VIEW),),
    "turn_purchase_order": ((Permission.EQUIPMENT_PO, MODIFY),),
    "create_customer": ((Permission.CUSTOMERS, CREATE),),
    "find_duplicates": ((Permission.CUSTOMERS, CREATE),),
    "show_customer": ((Permission.CUSTOMERS, VIEW),),
    "change_customer": ((Permission.CUSTOMERS, MODIFY),),
    "list_notes": ((Permission.NOTES, VIEW),),
    "create_note": ((Permission.NOTES, CREATE),),
    "show_note": ((Permission.NOTES, VIEW),),
    "change_note": ((Permission.NOTES, MODIFY),),
    "list_tickets": ((Permission.TICKETS, VIEW),),
    "create_ticket": ((Permission.TICKETS, CREATE),),
    "show_ticket": ((Permission.TICKETS, VIEW),),
    "change_ticket": ((Permission.TICKETS, MODIFY),),
    "close_ticket": ((Permission.TICKETS, MODIFY),),
    "reopen_ticket": ((Permission.TICKETS, MODIFY),),
    "list_contacts": ((Permission.CONTACTS, VIEW),),
    "create_contact": ((Permission.CONTACTS, CREATE),),
    "order_contacts": ((Permission.CONTACTS, MODIFY),),
    "show_contact": ((Permission.CONTACTS, VIEW),),
    "change_contact": ((Permission.CONTACTS, MODIFY),),
    "remove_contact": ((Permission.CONTACTS, MODIFY),),
    "show_tags": ((Permission.CUSTOMERS, VIEW),),
    "set_tags": ((Permission.TAGS, MODIFY),),
    "list_at_risk_marks": ((Permission.AT_RISK, VIEW),),
    "mark_at_risk": ((Permission.AT_RISK, CREATE),),
    "show_at_risk_mark": ((Permission.AT_RISK, VIEW),),
    "clear_at_risk": ((Permission.AT_RISK, MODIFY),),
    "list_connections": ((Permission.CUSTOMERS, VIEW),),
    "link_connection": ((Permission.SALE_INFORMATION, MODIFY),),
    "show_connection": ((Permission.CUSTOMERS, VIEW),),
    "unlink_connection": ((Permission.SALE_INFORMATION, MODIFY),),
    "list_credit_checks": ((Permission.CREDIT, VIEW),),
    "run_credit_check": ((Permission.CREDIT, CREATE),),
    "show_credit_check": ((Permission.CREDIT, VIEW),),
    "apply_credit_check": ((Permission.CREDIT, MODIFY),),
    "list_regulations": ((Permission.CUSTOMERS, VIEW),),
    "fulfil_regulation": ((Permission.CUSTOMERS, MODIFY),),
    "show_fulfilment": ((Permission.CUSTOMERS, VIEW),),
    "change_fulfilment": ((Permission.CUSTOMERS, MODIFY),),
    "remove_fulfilment": ((Permission.CUSTOMERS, MODIFY),),
    "list_files": ((Permission.FILES, VIEW),),
    "upload_file": ((Permission.FILES, CREATE),),
    "show_file": ((Permission.FILES, VIEW),),
    "download_file": ((Permission.FILES, VIEW),),
    "rename_file": ((Permission.FILES, MODIFY),),
    "remove_file": ((Permission.FILES, MODIFY),),
    "show_appointment_sheet": ((Permission.MESSAGES, CREATE),),
    "send_appointment_sheet": ((Permission.MESSAGES, CREATE),),
    "list_customer_messages": ((Permission.MESSAGES, VIEW),),
    "create_message": ((Permission.MESSAGES, CREATE),),
    "show_message": ((Permission.MESSAGES, VIEW),),
    "retry_message": ((Permission.MESSAGES, CREATE),),
    "show_family": ((Permission.CUSTOMERS, VIEW),),
    "find_parents": ((Permission.SALE_INFORMATION, MODIFY),),
    "link_parent": ((Permission.SALE_INFORMATION, MODIFY),),
    "unlink_parent": ((Permission.SALE_INFORMATION, MODIFY),),
    "preview_archive": ((Permission.ARCHIVE_CUSTOMER, MODIFY),),
    "archive_customer": ((Permission.ARCHIVE_CUSTOMER, MODIFY),),
    "unarchive_customer": ((Permission.UNARCHIVE_CUSTOMER, MODIFY),),
    "preview_merge": ((Permission.DELETE_CUSTOMER, MODIFY),),
    "merge_customers": ((Permission.DELETE_CUSTOMER, MODIFY),),
    "delete_customer": ((Permission.DELETE_CUSTOMER, MODIFY),),
    "convert_lead": ((Permission.LEADS, MODIFY),),
    "preview_customer": ((Permission.CUSTOMERS, MODIFY),),
    "change_working_hours": HOURS,
    "preview_working_hours": HOURS,
    "add_absence": HOURS,
    "preview_absence": HOURS[:1],
    "change_absence": HOURS,
    "preview_absence_change": HOURS,
    "remove_absence": HOURS,
    "list_holidays": HOLIDAYS,
    "adopt_holidays": HOURS[:1],
    "preview_holidays": HOURS[:1],
}
"""
What may be done at one location and not at another: the permissions of which the example needs one.
"""

LISTS: dict[str, Needs] = {
    "list_backlog": ((Permission.WORK_ORDERS, VIEW),),
    "list_work_orders": ((Permission.WORK_ORDERS, VIEW),),
    "list_purchase_orders": ((Permission.EQUIPMENT_PO, VIEW),),
    "list_customers": ((Permission.CUSTOMERS, VIEW), (Permission.LEADS, VIEW)),
    "list_tombstones": ((Permission.DELETE_CUSTOMER, MODIFY), (Permission.DELETE_LEAD, MODIFY)),
    "list_appointments": ANY_KIND,
    "find_repairs": CHANGE_ANY_KIND,
    "list_messages": ((Permission.MESSAGES, VIEW),),
    "list_absences": (*HOURS, (Permission.USERS, VIEW)),
}
"""
Lists leave out what lies elsewhere.
"""

COMPANY_WIDE: dict[str, Needs] = {
    "listen_to_grid": ANY_KIND,  # of what lies elsewhere it tells whose time it takes, and when
    "list_users": ((Permission.USERS, VIEW),),
    "create_user": ((Permission.USERS, MODIFY),),
    "show_user": ((Permission.USERS, VIEW),),
    "change_user": ((Permission.USERS, MODIFY),),
    "preview_user": ((Permission.USERS, MODIFY),),
    "preview_settings": ((Permission.SETTINGS, MODIFY),),
    "show_diagnosis": ((Permission.SETTINGS, VIEW),),
    "show_settings": ((Permission.SETTINGS, VIEW),),
    "change_settings": ((Permission.SETTINGS, MODIFY),),
    "suggest_addresses": (
        (Permission.CUSTOMERS, CREATE),
        (Permission.CUSTOMERS, MODIFY),
        (Permission.LEADS, CREATE),
        (Permission.LEADS, MODIFY),
    ),
    "create_location": ((Permission.SETTINGS, MODIFY),),
    "change_location": ((Permission.SETTINGS, MODIFY),),
    "change_location_zone": ((Permission.SETTINGS, MODIFY),),
    "preview_location_zone": ((Permission.SETTINGS, MODIFY),),
    "create_appointment_type": ((Permission.CATALOGS, MODIFY),),
    "change_appointment_type": ((Permission.CATALOGS, MODIFY),),
    "create_catalog_entry": ((Permission.CATALOGS, MODIFY),),
    "change_catalog_entry": ((Permission.CATALOGS, MODIFY),),
    "invite": ((Permission.USERS, MODIFY),),
    "list_roles": ((Permission.ROLES, VIEW),),
    "create_role": ((Permission.ROLES, MODIFY),),
    "change_role": ((Permission.ROLES, MODIFY),),
    "list_tokens": ((Permission.TOKENS, VIEW),),
    "create_token": ((Permission.TOKENS, MODIFY),),
    "revoke_token": ((Permission.TOKENS, MODIFY),),
}

OPEN_TO_ALL = {
    "list_locations",
    "show_location",
    "list_appointment_types",
    "show_appointment_type",
    "list_catalog_entries",
    "show_catalog_entry",
    "list_monthly_rates",
    "show_self",
    "list_sessions",
    "show_grid_choice",
    "choose_grid",
}
"""
Open to every user of the company.
"""

OWN = {"show_session", "end_session", "change_password"}
"""
Open to every user of the company, of what is their own alone.
"""

PUBLIC = {"health", "ready", "log_in", "forgot_password", "follow_link"}

BY_ID = {operation.id: operation for operation in OPERATIONS}
GUARDED = AT_A_LOCATION | LISTS | COMPANY_WIDE


def send(client: "TestClient[Api]", operation: Operation) -> httpx.Response:
    example = EXAMPLES[operation.id]
    return client.request(
        operation.method,
        operation.address.format(**example.path),
        params=dict(example.query),
        headers=dict(example.headers),
        json=example.body,
        content=example.content,
    )


def all_but(needs: Needs) -> list[Grant]:
    return [grant for grant in EVERYTHING if (grant.permission, grant.action) not in needs]


def at_phoenix(needs: Needs) -> list[Grant]:
    return [Grant(permission, action, PHOENIX) for permission, action in needs]


def answer(company: ExampleCompany, id: str, grants: Iterable[Grant]) -> httpx.Response:
    with company.client(company.token_with(grants)) as client:
        return send(client, BY_ID[id])


def assert_denied(response: httpx.Response) -> None:
    assert response.status_code == 403, response.text
    assert response.json()["type"] == "/problems/permission.denied"


@pytest.mark.rule("ACC-18")
def test_every_operation_has_an_example_and_a_place_in_the_walk() -> None:
    assert set(BY_ID) == set(EXAMPLES) == set(GUARDED) | OPEN_TO_ALL | OWN | PUBLIC


@pytest.mark.rule("ACC-18", "API-01")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_the_example_succeeds_for_who_may_do_everything(operation: Operation, company: ExampleCompany) -> None:
    with company.sender(operation.id) as client:
        response = send(client, operation)

    assert response.status_code == operation.status, response.text


@pytest.mark.rule("ACC-18", "API-01")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)
def test_the_example_succeeds_in_a_thread_too(operation: Operation, company: ExampleCompany) -> None:
    with company.in_threads().sender(operation.id) as client:
        response = send(client, operation)

    assert response.status_code == operation.status, response.text


@pytest.mark.rule("ACC-18")
@pytest.mark.parametrize("id", GUARDED)
def test_who_lacks_the_permission_alone_is_denied(id: str, company: ExampleCompany) -> None:
    assert_denied(answer(company, id, all_but(GUARDED[id])))


@pytest.mark.rule("ACC-18", "ACC-22")
@pytest.mark.parametrize("id", AT_A_LOCATION)
def test_who_has_the_permission_elsewhere_is_denied(id: str, company: ExampleCompany) -> None:
    needs = AT_A_LOCATION[id]

    assert_denied(answer(company, id, all_but(needs) + at_phoenix(needs)))


@pytest.mark.rule("ACC-18")
@pytest.mark.parametrize("id", LISTS)
def test_a_list_leaves_out_what_lies_elsewhere(id: str, company: ExampleCompany) -> None:
    needs = LISTS[id]

    response = answer(company, id, all_but(needs) + at_phoenix(needs))

    assert response.status_code == 200
    assert response.json()["items"] == []
    assert answer(company, id, EVERYTHING).json()["items"] != []


@pytest.mark.rule("ACC-18")
@pytest.mark.parametrize("id", sorted(OPEN_TO_ALL))
def test_what_is_open_to_all_needs_no_permission(id: str, company: ExampleCompany) -> None:
    assert answer(company, id, []).status_code == 200


@pytest.mark.rule("ACC-18", "SEC-01")
@pytest.mark.parametrize("id", sorted(set(BY_ID) - PUBLIC))
def test_another_companys_user_finds_nothing(id: str, company: ExampleCompany) -> None:
    with other_company(company).client() as client:
        response = send(client, BY_ID[id])

    assert response.status_code == 404
    assert response.json()["facts"] == {"kind": "company", "id": "acme"}


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("id", sorted(id for id, each in EXAMPLES.items() if "id" in each.path))
def test_another_companys_ids_are_found_nowhere(id: str, company: ExampleCompany) -> None:
    stranger, example = other_company(company), EXAMPLES[id]
    with stranger.client() as client:
        address = BY_ID[id].address.format(**{**example.path, "company": stranger.slug})
        response = client.request(
            BY_ID[id].method,
            address,
            params=dict(example.query),
            headers=dict(example.headers),
            json=example.body,
            content=example.content,
        )

    assert response.status_code == 404
    assert "acme" not in response.text


@pytest.mark.rule("API-05")
def test_a_scope_narrows_what_a_token_may_do(company: ExampleCompany) -> None:
    with company.client() as owner:
        scopes = [{"permission": "catalogs", "action": "modify"}]
        body = {**(EXAMPLES["create_token"].body or {}), "user": str(OLIVE), "scopes": scopes}
        secret = owner.post("/v1/acme/tokens", json=body).json()["secret"]
    with company.client(secret) as narrow:
        assert send(narrow, BY_ID["create_appointment_type"]).status_code == 201
        assert_denied(send(narrow, BY_ID["change_settings"]))
