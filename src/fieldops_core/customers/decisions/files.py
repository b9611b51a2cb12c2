"""
What changes of files come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.customers.messages import AddFile, FileAdded, FileRemoved, FileRenamed, RenameFile
from fieldops_core.customers.model import File, FileId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome


def add_file(command: AddFile, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime) -> Outcome[File]:
    file = File(
        id=FileId(new_id()),
        customer=command.customer,
        name=command.name,
        content=command.content,
        created_by=by,
        created_at=now,
    )
    return Outcome(state=file, events=(FileAdded.of(None, file, at=now),))


def rename_file(command: RenameFile, file: File, *, now: datetime) -> Outcome[File]:
    renamed = evolve(file, name=command.name, version=file.version + 1)
    return Outcome(before=file, state=renamed, events=(FileRenamed.of(file, renamed, at=now),))


def remove_file(file: File, *, now: datetime) -> Outcome[File]:
    return Outcome(before=file, state=file, events=(FileRemoved.of(file, file, at=now),), removed=True)
