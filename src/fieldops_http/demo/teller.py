"""
Gives the demo's commands to the engine.
"""

from typing import TypeVar

from attrs import frozen

from fieldops_core.access.context import Context
from fieldops_core.access.model import Actor
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import CompanyId

A = TypeVar("A")


@frozen
class Teller:
    """
    An engine and the company that its commands are for.
    """

    fieldops: FieldOps
    company: CompanyId

    def do(
        self, command: object, answer: type[A], by: Actor, *, version: int | None = None, source: Source = Source.WEB
    ) -> A:
        """
        Carry out a command on somebody's behalf; its answer, of the type expected.

        Raises:
            Refused, Forbidden: a rule stands against it; then the demo does not know the rules.
        """
        context = Context(company=self.company, actor=by, source=source, expected_version=version)
        return _known(self.fieldops.execute(command, context).answer, answer)

    def ask(self, question: object, answer: type[A], by: Actor) -> A:
        context = Context(company=self.company, actor=by, source=Source.WEB)
        return _known(self.fieldops.ask(question, context), answer)


def _known(answer: object, kind: type[A]) -> A:
    if not isinstance(answer, kind):
        raise TypeError(f"{kind.__name__} was promised, not {type(answer).__name__}")
    return answer
