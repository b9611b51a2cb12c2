"""
Imports on both databases.
"""

import pytest

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.app.messages import ImportAppointments, ImportTechnicians
from fieldops_core.customers.messages import ImportCustomers, ImportLine
from fieldops_core.customers.views import ImportView
from tests.support.world import World

CUSTOMER = {
    "phone": "(801) 555-0100",
    "account_type": "commercial",
    "business_name": "Clinic",
    "city": "Provo",
    "state": "UT",
    "location": "Provo",
}


def lines(**columns: tuple[str, ...]) -> tuple[ImportLine, ...]:
    rows = zip(*columns.values(), strict=True)
    return tuple(ImportLine(line=at, values=dict(zip(columns, row, strict=True))) for at, row in enumerate(rows, 2))


@pytest.mark.rule("CUS-26")
def test_what_is_brought_in_twice_is_there_once_and_what_no_database_takes_is_refused(storage: SqlStorage) -> None:
    world = World(storage)
    ids = ("A", "B", "a\0b", "B")
    customers = ImportCustomers(
        lines=tuple(ImportLine(line=at, values={**CUSTOMER, "external_id": id}) for at, id in enumerate(ids, 2))
    )
    technicians = ImportTechnicians(
        lines=lines(external_id=ids, name=ids, email=("a@b.cd", "b@b.cd", "c\0@b.cd", "b@b.cd"), home=("Provo",) * 4)
    )
    visits = ImportAppointments(
        lines=lines(
            external_id=ids,
            customer=("A", "B", "a\0b", "B"),
            user=("A", "b@B.cd", "c\0", "B"),
            type=(str(world.service.id),) * 4,
            start=("2026-05-27T09:00",) * 4,
        )
    )

    for command in (customers, technicians, visits):
        first, second = (world.do(command, ImportView) for _ in "12")
        assert (first.created, first.known, [note.line for note in first.refused]) == (2, 1, [4])
        assert (second.created, second.known, [note.line for note in second.refused]) == (0, 3, [4])
