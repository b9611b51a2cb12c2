"""
Links carried to their users, outside of transactions.
"""

from datetime import datetime
from typing import cast

from attrs import frozen

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.app.door import Executes
from fieldops_core.app.ports import DueLink, Storage
from fieldops_core.kernel.context import Source
from fieldops_core.login.messages import FinishPosting
from fieldops_core.login.ports import Post, Undeliverable
from fieldops_core.login.use_cases import letter_of
from fieldops_core.login.views import PostedView
from fieldops_core.messaging.calculations import wait_after


@frozen(kw_only=True)
class Unposted:
    """
    A link that could not be carried to its user, and the *error*; *given_up*: it is not tried again.
    """

    due: DueLink
    error: Exception
    given_up: bool


@frozen(kw_only=True)
class Posted:
    """
    What a round of letters came to: how many links were *done* with, and those that *failed*.
    """

    done: int
    failed: tuple[Unposted, ...] = ()


@frozen
class Posting:
    """
    An engine over a storage, and who carries links.
    """

    engine: Executes
    storage: Storage
    post: Post

    def carry(self, due: DueLink, *, now: datetime) -> Unposted | None:
        """
        Carry a link to its user, and forget its secret. Where this process ends between the two, it is due again when
        its lease ends, and goes out a second time under the same id. None: there is nothing left to do.
        """
        with self.storage.reading(due.company) as unit:
            letter, attempts = (
                letter_of(due.link, due.company, unit, now=now),
                unit.password_links.get(due.link).attempts,
            )
        error: Exception | None = None
        if letter is not None:
            try:
                self.post.deliver(letter)
            except Exception as failed:  # noqa: BLE001 - whatever went wrong, the others are to be carried
                error = failed
        again = None if error is None or isinstance(error, Undeliverable) else wait_after(attempts + 1)
        context = Context(company=due.company, actor=SYSTEM, source=Source.SYSTEM)
        finished = self.engine.execute(FinishPosting(link=due.link, again=again), context).answer
        given_up = cast("PostedView", finished).due_at is None
        return None if error is None else Unposted(due=due, error=error, given_up=given_up)
