from collections.abc import Iterator

import pytest

from tests.support.databases import close_idle


@pytest.fixture(autouse=True)
def connections() -> Iterator[None]:
    """
    None of a race is left open.
    """
    yield
    close_idle()
