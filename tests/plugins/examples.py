"""
How many examples Hypothesis tries: the environment's FIELDOPS_HYPOTHESIS names the profile (test, long, proof, bite).
"""

import os

from hypothesis import HealthCheck, settings

# A slow machine is no finding: no deadline, and no complaint that an example took long to make.
BASE = settings(
    settings.get_profile("default"),
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)

# `make test` is to be quick; `make proof` tries the same properties five times as often.
settings.register_profile("test", BASE, max_examples=10, stateful_step_count=30)
settings.register_profile("long", BASE, max_examples=100, stateful_step_count=40)
settings.register_profile("proof", BASE, max_examples=1_500, stateful_step_count=60)
# Each rule is broken in a process of its own: nothing is remembered from one to the next.
settings.register_profile("bite", BASE, max_examples=150, stateful_step_count=40, database=None)

settings.load_profile(os.environ.get("FIELDOPS_HYPOTHESIS", "test"))
