"""
One wording of what pages and their scripts tell.
"""

import re
from pathlib import Path

import pytest

from fieldops_core.company.model import ListMode
from fieldops_core.scheduling.model import Status
from fieldops_http.pages.wording import MODES, STATUSES

LOOKS = Path(__file__).parents[2] / "frontend/src/grid/looks.ts"


@pytest.mark.rule("WEB-01", "WEB-02")
def test_the_grid_names_statuses_as_the_pages_do() -> None:
    drawn = LOOKS.read_text(encoding="utf-8").partition('const STATUS: Record<Schemas["Status"], string> = {')[2]
    told = dict(re.findall(r'(\w+): "([^"]+)"', drawn.partition("}")[0]))

    assert told == {status.value: name for status, name in STATUSES.items()}
    assert (set(STATUSES), set(MODES)) == (set(Status), set(ListMode))
