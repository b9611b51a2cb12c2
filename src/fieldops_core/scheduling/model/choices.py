"""
What commands and questions choose among.
"""

from enum import Enum, IntEnum, auto

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model.statuses import Status

LONGEST_RANGE = 7


MOST_SLOTS = 50


class Part(Enum):
    """
    The parts of an appointment that are changed, and asked about, apart (APT-10, APT-18).
    """

    DATE = "date"
    START = "start"
    MINUTES = "minutes"
    USER = "user"
    TYPE = "type"
    WORK_ORDER = "work_order"
    RESCHEDULING = "rescheduling"
    NOTES = "notes"


class Grouping(Enum):
    """
    How the appointments of a work order are listed.
    """

    DATE = "date"
    USER = "user"


class Verdict(Enum):
    """
    What becomes of one date of a bulk schedule.
    """

    CREATE = "create"
    SKIP = "skip"
    REFUSE = "refuse"


class Reason(IntEnum):
    """
    Why a cell of a user's time cannot be booked, in the order in which it is told.
    """

    OUTSIDE_GRID = 0
    NOT_WORKING = auto()
    ABSENT = auto()
    TAKEN = auto()
    HELD = auto()
    BUSY_ELSEWHERE = auto()
    PAST = auto()


class Keeping(Enum):
    """
    What visits keep when the time zone of their location changes: the local times, or the instants (SCH-26).
    """

    LOCAL_TIMES = "local_times"
    INSTANTS = "instants"


class Lack(Enum):
    """
    Why a user is not there for a visit that was booked with them (APT-14).
    """

    NOT_WORKING = "not_working"
    ABSENT = "absent"
    DEACTIVATED = "deactivated"


def valid_days(days: int) -> int:
    """
    Raises:
        InvalidValue: where the days of a grid are not 1 to 7 (SCH-09).
    """
    if not 1 <= days <= LONGEST_RANGE:
        sentence = f"The day grid covers 1 to {LONGEST_RANGE} days."
        raise InvalidValue("days.invalid", sentence, facts={"days": days}, field="days", rule="SCH-09")
    return days


def valid_slots(limit: int) -> int:
    """
    Raises:
        InvalidValue: where not 1 to 50 best slots are asked for (SCH-20).
    """
    if not 1 <= limit <= MOST_SLOTS:
        sentence = f"At least 1 and at most {MOST_SLOTS} slots are ranked."
        raise InvalidValue("limit.invalid", sentence, facts={"limit": limit}, field="limit", rule="SCH-20")
    return limit


@frozen(kw_only=True)
class GridChoice:
    """
    What a user last chose to see on the day grid (SCH-10). Empty means: no choice, all.

    Raises:
        InvalidValue: where the days are not 1 to 7 (SCH-09).
    """

    kind: Kind | None = None
    days: int = 1
    locations: tuple[LocationId, ...] = ()
    users: tuple[UserId, ...] = ()
    statuses: tuple[Status, ...] = ()
    pending_reassignment: bool | None = None

    def __attrs_post_init__(self) -> None:
        valid_days(self.days)
