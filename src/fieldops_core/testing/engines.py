"""
Engines on several storages, of which the same is asked, and which answer the same.
"""

from collections.abc import Sequence

from fieldops_core.access.context import Context
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Receipt, Storage
from fieldops_core.kernel.errors import PreviewChanged
from fieldops_core.kernel.ids import Ids
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import Clock
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting


def an_engine(storage: Storage, *, clock: Clock, ids: Ids) -> FieldOps:
    """
    One that asks nobody outside.
    """
    ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    return FieldOps(storage=storage, clock=clock, ids=ids, ports=ports)


def carried_out(
    engines: Sequence[tuple[Storage, FieldOps]], command: object, context: Context, expected: set[str]
) -> Receipt | None:
    """
    What every engine answers to a command, the same, with the *expected* codes of refusal; None where it is refused.
    """
    answers = [_answered(engine, command, context) for _, engine in engines]
    assert [codes for _, codes in answers] == [expected] * len(answers), (command, expected)
    assert all(answer == answers[0] for answer in answers)
    return answers[0][0]


def _answered(engine: FieldOps, command: object, context: Context) -> tuple[Receipt | None, set[str]]:
    try:
        return engine.execute(command, context), set()
    except Refused as refused:
        return None, {each.code for each in refused.violations}
    except PreviewChanged as changed:
        return None, {changed.code}
