"""
Another program keeps visits in a table of its own, and has fieldops_core say which of them may be.
"""

import json
import sqlite3
from collections.abc import Iterator

from fieldops_adapters.memory import MemoryStorage, ScannedAppointments
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.kernel import errors, ids, plain, repository, rules
from fieldops_core.scheduling.messages import BookAppointment, ListCustomerAppointments
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.testing.builders import at
from fieldops_core.testing.trial import Trial

TABLE = "CREATE TABLE visits (firm, visit, technician, begins, ends, busy, revision, rest, PRIMARY KEY (firm, visit))"
READ = "SELECT rest FROM visits WHERE firm = ?"
WRITE = """REPLACE INTO visits SELECT :firm, :visit, :technician, :begins, :ends, :busy, :revision, :rest WHERE :over IS
  (SELECT revision FROM visits WHERE firm = :firm AND visit = :visit) AND NOT EXISTS (SELECT 1 FROM visits WHERE firm =
  :firm AND technician = :technician AND visit <> :visit AND busy AND :busy AND begins < :ends AND ends > :begins)"""


class Visits(ScannedAppointments):
    def __init__(self, connection: sqlite3.Connection, company: ids.CompanyId) -> None:
        self._connection, self._firm = connection, str(company)

    def __iter__(self) -> Iterator[Appointment]:
        for (rest,) in self._connection.execute(READ, (self._firm,)):
            yield plain.restored(Appointment, json.loads(rest))

    def get(self, id: AppointmentId, *, lock: repository.Lock = repository.Lock.NONE) -> Appointment:
        for (rest,) in self._connection.execute(f"{READ} AND visit = ?", (self._firm, str(id))):
            return plain.restored(Appointment, json.loads(rest))
        raise errors.NotFound("appointment", id)

    def put(self, state: Appointment, *, over: int | None) -> None:
        time, busy = state.occupied or state.period, state.occupied is not None and not state.double_booked
        row = {"firm": self._firm, "visit": str(state.id), "technician": str(state.user), "busy": busy}
        row |= {"begins": time.start.timestamp(), "ends": time.end.timestamp(), "rest": json.dumps(plain.stored(state))}
        if self._connection.execute(WRITE, row | {"revision": state.version, "over": over}).rowcount != 1:
            raise errors.Conflict(f"Visit {state.id} is not at version {over}, or its time is taken.")

    def drop(self, id: AppointmentId) -> None:
        self._connection.execute("DELETE FROM visits WHERE firm = ? AND visit = ?", (self._firm, str(id)))


if __name__ == "__main__":
    connection = sqlite3.connect(":memory:").execute(TABLE).connection
    here = Trial(storage=MemoryStorage.beside(lambda: connection, appointments=Visits))
    ops = FieldOps(storage=here.storage, clock=here.clock, ids=here.ids, ports=here.ports)
    maria, ann, service, nine = here.maria.id, here.ann.id, here.service, at("09:00")
    wish = BookAppointment(customer=maria, kind=service.kind, type=service.id, user=ann, start=nine)
    ops.execute(wish, here.context)
    try:
        ops.execute(wish, here.context)
    except rules.Refused as refused:
        print(refused)
    print(json.dumps(plain.plain(ops.ask(ListCustomerAppointments(customer=maria), here.context)), indent=2))
