"""
First answers to commands, sealed whole: they hold what their readers saw.
"""

import re
from collections.abc import Callable, Collection
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Text, bindparam, insert, select

from fieldops_adapters.sql.columns import Id, Ids, among
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.sealing import Place
from fieldops_adapters.sql.tables import answers, customers, quotations
from fieldops_adapters.sql.work import Work
from fieldops_core.app.ports import Receipt, StoredAnswer
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.secret import Secret

SYSTEM = UUID(int=0)

_FIND = select(answers.c.answer).where(
    answers.c.company_id == COMPANY,
    answers.c.actor_id == bindparam("actor", type_=Id),
    answers.c.command_id == bindparam("command_id"),
)
_ADD = insert(answers)
# Whatever ids an answer tells, of any kind: those that are records' are noted.
_QUOTE = insert(quotations).from_select(
    ["company_id", "customer_id", "actor_id", "command_id"],
    select(
        customers.c.company_id,
        customers.c.id,
        bindparam("actor", type_=Id),
        bindparam("command_id", type_=Text),
    ).where(customers.c.company_id == COMPANY, among(customers.c.id, bindparam("ids", type_=Ids))),
)
_ANY_ID = re.compile(rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class Envelope(msgspec.Struct, array_like=True, frozen=True):
    """
    What is sealed: the parts of a stored answer, the answer itself as JSON of its own, and so each of what was added,
    after the name of its type.
    """

    fingerprint: str
    answer: msgspec.Raw
    added: list[tuple[str, msgspec.Raw]]


class SqlAnswers:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def find(
        self, actor: UserId | None, command_id: str, *, answer: object, added: Collection[type] = ()
    ) -> StoredAnswer | None:
        row = self.work.row(_FIND, actor=actor or SYSTEM, command_id=command_id)
        if row is None:
            return None
        clear = self.work.sealer.open(row[0], self._place(actor, command_id))
        envelope = msgspec.json.decode(clear, type=Envelope)
        try:
            restored = _reader(answer)(envelope.answer)
        except msgspec.ValidationError:
            restored = None  # another command's answer: the fingerprint says so too
        types = {each.__name__: each for each in added}
        told = tuple(_reader(types.get(name, Any))(each) for name, each in envelope.added)
        receipt = Receipt(answer=restored, added=told)
        return StoredAnswer(fingerprint=envelope.fingerprint, receipt=receipt)

    def add(self, actor: UserId | None, command_id: str, stored: StoredAnswer, *, at: datetime) -> None:
        answer = msgspec.Raw(_json(stored.receipt.answer))
        added = [(type(each).__name__, msgspec.Raw(_json(each))) for each in stored.receipt.added]
        clear = _json(Envelope(stored.fingerprint, answer, added))
        row = {
            "actor_id": actor or SYSTEM,
            "command_id": command_id,
            "at": at,
            "answer": self.work.sealer.seal(clear, self._place(actor, command_id)),
        }
        self.work.insert(_ADD, [row])
        if ids := {*stored.records, *(UUID(each.decode()) for each in _ANY_ID.findall(clear))}:
            self.work.run(_QUOTE, actor=actor or SYSTEM, command_id=command_id, ids=sorted(ids))

    def _place(self, actor: UserId | None, command_id: str) -> Place:
        return Place(self.work.company, answers.name, actor or SYSTEM, command_id)


def _json(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=_hidden)


def _hidden(value: object) -> str:
    if isinstance(value, Secret):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} has no JSON")


@lru_cache(maxsize=256)
def _reader(kind: Any) -> Callable[[bytes | msgspec.Raw], Any]:
    return msgspec.json.Decoder(kind).decode
