"""
Rules of the engine itself.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class Repetition:
    """
    A command that comes under an id which is known already, with the fingerprints of the *first* command and of this
    one.
    """

    id: str
    first: str
    now: str


@rule("API-03", "idempotency.key_reused", "This Idempotency-Key was already used for something else.")
def repetition_is_the_same_command(case: Repetition) -> Facts | None:
    """
    A repetition answers what the first answered; another command under its id is a mistake of the caller.
    """
    return {"key": case.id} if case.first != case.now else None


COMMAND = (repetition_is_the_same_command,)
