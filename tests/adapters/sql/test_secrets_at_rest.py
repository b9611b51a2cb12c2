"""
A secret that is kept is nowhere to be read: not in a table, not in the outbox, not in history, not in a stored answer.
"""

from base64 import b64encode
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import Engine, bindparam, text

from fieldops_adapters.sql.columns import Id
from fieldops_adapters.sql.sealing import BrokenSeal
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.app.ports import Receipt, StoredAnswer
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.history import HistoryEntry, difference
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import AppointmentBooked, AppointmentEdited
from fieldops_core.scheduling.model import Appointment
from fieldops_core.testing.builders import fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import World, founded
from tests.support.databases import SEALER, sqlite_storage

MARKER = "Xyzzy-plugh-4711"
FORMS = [form for clear in (MARKER.encode(), MARKER[::-1].encode()) for form in (clear, clear.hex().encode())]
FORMS += [b64encode(MARKER.encode()[cut:])[:12] for cut in range(3)]


def plant(world: World) -> Appointment:
    """
    Keep the marker wherever a private note leaves a trace.
    """
    visit = world.visit(private_note=Secret(MARKER))
    changed = evolve(visit, private_note=Secret(MARKER + "!"), version=2)
    with world.writing() as unit:
        unit.appointments.add(visit)
        unit.appointments.save(changed)
        unit.history.add([told(None, visit), told(visit, changed)])
        events = [AppointmentBooked.of(None, visit, at=NOW), AppointmentEdited.of(visit, changed, at=NOW)]
        unit.outbox.add(events, ids=[fresh(), fresh()])
        receipt = Receipt(answer={"private_note": MARKER}, added=({"private_note": MARKER},))
        unit.answers.add(world.ann.id, "book", StoredAnswer(fingerprint=MARKER, receipt=receipt), at=NOW)
    return changed


def told(before: Appointment | None, after: Appointment) -> HistoryEntry:
    return HistoryEntry(
        id=fresh(),
        aggregate="appointment",
        aggregate_id=after.id,
        at=NOW,
        actor=None,
        source=Source.SYSTEM,
        changes=difference(before, after),
    )


@pytest.mark.rule("STO-06", "STO-09")
def test_a_private_note_is_nowhere_in_the_sqlite_file_nor_beside_it(tmp_path: Path) -> None:
    storage = sqlite_storage(tmp_path / "fieldops.db")
    world = founded(storage)

    plant(world)

    files = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert b"appointment" in files["fieldops.db-wal"]
    assert [name for name, content in files.items() if any(form in content for form in FORMS)] == []
    storage.close()


@pytest.mark.rule("STO-06", "STO-09")
def test_a_private_note_is_nowhere_in_the_tables_of_postgresql(server: Engine, superuser: Engine) -> None:
    plant(founded(SqlStorage(server, SEALER)))

    with superuser.connect() as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        dump = {
            name: "\n".join(connection.execute(text(f'SELECT each::text FROM "{name}" AS each')).scalars())
            for name in names
        }
    assert all(dump[name] for name in ("appointments", "history", "outbox", "answers"))
    assert [name for name, rows in dump.items() if any(form.decode() in rows for form in FORMS)] == []


def test_its_reader_still_reads_it(world: World) -> None:
    changed = plant(world)

    with world.reading() as unit:
        visit = unit.appointments.get(changed.id)
        entries = unit.history.of("appointment", changed.id)
        answer = unit.answers.find(world.ann.id, "book", answer=dict)

    assert visit.private_note is not None
    assert visit.private_note.reveal() == MARKER + "!"
    notes = {
        (change.old, change.new) for entry in entries for change in entry.changes if change.field == "private_note"
    }
    assert notes == {(None, Secret(MARKER)), (Secret(MARKER), Secret(MARKER + "!"))}
    assert answer is not None
    assert answer.receipt.answer == answer.receipt.added[0] == {"private_note": MARKER}


@pytest.mark.rule("STO-06")
def test_a_note_copied_to_another_visit_does_not_open(world: World) -> None:
    visit = plant(world)
    other = world.visit(user=world.ben.id)
    world.keep(other)

    with world.writing() as unit:
        work = unit.appointments.work  # type: ignore[attr-defined]
        copied = text(
            "UPDATE appointments SET private_note ="
            " (SELECT private_note FROM appointments WHERE company_id = :company AND id = :one)"
            " WHERE company_id = :company AND id = :other"
        )
        ids = [bindparam(name, type_=Id) for name in ("company", "one", "other")]
        values = {"company": world.company.id, "one": visit.id, "other": other.id}
        assert work.connection.execute(copied.bindparams(*ids), values).rowcount == 1

    with world.reading() as unit, pytest.raises(BrokenSeal):
        unit.appointments.get(other.id)
