"""
Files: their bytes in the store of files, their rows in the storage.

Bytes are written before the row that names them and read outside of transactions, so that no database waits for a
store. A row whose command ended has its bytes. Bytes without a row, of a process that died between the two or of a file
that was removed, are swept.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol, cast

from attrs import frozen

from fieldops_core.access.context import Context
from fieldops_core.app.ports import Ports, Receipt, Storage
from fieldops_core.customers.calculations import described
from fieldops_core.customers.messages import AddFile, FindFile
from fieldops_core.customers.model import CustomerId, FileId
from fieldops_core.customers.views import FilePlace, FileView
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.rules import Violation, refuse

SWEEP_AFTER = timedelta(days=1)
"""
How old bytes without a row are before they are swept: older than any upload that is under way.
"""
BATCH = 500


@frozen(kw_only=True)
class Download:
    """
    A file, whole.
    """

    name: str
    media_type: str
    content: bytes


class Tried(Protocol):
    @property
    def violations(self) -> tuple[Violation, ...]: ...


class Engine(Protocol):
    """
    What filing needs of :class:`~fieldops_core.app.fieldops.FieldOps`.
    """

    def execute(self, command: object, context: Context) -> Receipt: ...

    def preview(self, command: object, context: Context) -> Tried: ...

    def ask(self, question: object, context: Context) -> object: ...


@frozen
class Filing:
    """
    Uploads, downloads and sweeps: an engine over a storage, and the outside help of *ports*.
    """

    engine: Engine
    storage: Storage
    ports: Ports

    def upload(self, customer: CustomerId, name: str, content: bytes, context: Context) -> Receipt:
        """
        Keep a file on a record; the receipt's answer is its view. The command is tried first: who may not add it
        fills no store. Under a command id that was answered already nothing is kept anew.

        Raises:
            Refused, Forbidden, NotFound, InvalidValue, Unavailable: as the engine's ``execute``.
            FilesFailed: where its bytes cannot be kept.
        """
        key = self.ports.randomness()
        command = AddFile(customer=customer, name=name, content=described(content, name=name, key=key))
        if not self._answered(context):
            refuse(self.engine.preview(command, context).violations)
            self.ports.files.put(context.company, key, content)
        try:
            return self.engine.execute(command, context)
        finally:
            # What cannot be asked or removed now is swept later.
            with suppress(Exception):
                self._drop_unnamed(context.company, [key])

    def download(self, file: FileId, context: Context) -> Download:
        """
        Raises:
            Forbidden, NotFound: as the engine's ``ask``; NotFound too where its bytes are lost.
            FilesFailed: where they cannot be read.
        """
        place = cast("FilePlace", self.engine.ask(FindFile(file=file), context))
        content = self.ports.files.get(context.company, place.key)
        if content is None:
            raise NotFound("file_content", file)
        return Download(name=place.name, media_type=place.media_type, content=content)

    def sweep(self, *, now: datetime) -> int:
        """
        Remove bytes that have been kept for a day and that no row names; answers how many files that were. Bytes of
        companies that the storage does not hold are another database's, and are left alone.

        Raises:
            FilesFailed: where the store does not answer.
        """
        swept = 0
        for company, kept in groupby(self.ports.files.stored(), key=lambda each: each.company):
            keys = [each.key for each in kept if each.at < now - SWEEP_AFTER]
            for start in range(0, len(keys), BATCH):
                swept += self._drop_unnamed(company, keys[start : start + BATCH])
        return swept

    def _answered(self, context: Context) -> bool:
        if context.command_id is None:
            return False
        with self.storage.reading(context.company) as unit:
            return unit.answers.find(context.actor.user, context.command_id, answer=FileView) is not None

    def _drop_unnamed(self, company: CompanyId, keys: list[str]) -> int:
        with self.storage.reading(company) as unit:
            try:
                unit.companies.setup()
            except NotFound:
                return 0
            named = unit.files.named(keys)
        unnamed = [key for key in keys if key not in named]
        for key in unnamed:
            self.ports.files.remove(company, key)
        return len(unnamed)
