"""
The clock tells instants, and chance makes secrets.
"""

import re
from datetime import UTC, datetime, timedelta

from fieldops_adapters.system.clock import SystemClock
from fieldops_adapters.system.randomness import SystemRandomness


def test_the_clock_tells_the_present_in_utc() -> None:
    now = SystemClock()()

    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_secrets_have_256_bits_and_differ() -> None:
    made = [SystemRandomness()() for _ in range(100)]

    assert len(set(made)) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", each) for each in made)
