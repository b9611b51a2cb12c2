"""
Ids ascend, from whatever thread, and no two are the same, whatever process makes them.
"""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from time import time_ns
from uuid import RFC_4122, UUID

import pytest

from fieldops_adapters.system import ids as system_ids
from fieldops_adapters.system.ids import Uuid7Ids


def test_ids_are_plain_uuids_of_version_7() -> None:
    id = Uuid7Ids()()

    assert type(id) is UUID
    assert id.version == 7


def test_an_id_tells_the_millisecond_in_which_it_was_made_however_many_are_made() -> None:
    ids = Uuid7Ids()
    began = time_ns() // 1_000_000
    made = [ids() for _ in range(20_000)]
    ended = time_ns() // 1_000_000

    told = [id.int >> 80 for id in made]
    assert began <= told[0] <= told[-1] <= ended
    assert {id.variant for id in made} == {RFC_4122}


def test_a_clock_that_is_set_back_does_not_set_ids_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = Uuid7Ids()
    before = ids()
    monkeypatch.setattr(system_ids, "time_ns", lambda: 1_000_000_000)

    assert before < ids() < ids()


def test_each_id_is_above_the_one_before() -> None:
    ids, others = Uuid7Ids(), Uuid7Ids()

    made = [make() for _ in range(2_000) for make in (ids, others)]

    assert all(one < other for one, other in pairwise(made))


def test_ids_of_several_threads_differ_and_ascend_in_each() -> None:
    ids = Uuid7Ids()
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda _: [ids() for _ in range(500)], range(8)))

    assert len({id for run in runs for id in run}) == 4_000
    assert all(one < other for run in runs for one, other in pairwise(run))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_ids_made_after_a_fork_differ_from_the_parents() -> None:
    ids = Uuid7Ids()
    ids()
    context = multiprocessing.get_context("fork")
    made = context.SimpleQueue()

    def make() -> None:
        made.put([ids() for _ in range(100)])

    children = [context.Process(target=make) for _ in range(2)]
    for child in children:
        child.start()
    runs = [[ids() for _ in range(100)], *(made.get() for _ in children)]
    for child in children:
        child.join(30)

    assert len({id for run in runs for id in run}) == 300
