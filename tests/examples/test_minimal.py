from pathlib import Path

from tests.support.bare import printed

MINIMAL = Path(__file__).parents[2] / "examples" / "minimal.py"


def test_the_minimal_example_needs_nothing_but_attrs_and_dateutil() -> None:
    assert printed(MINIMAL).splitlines() == [
        "30 starts are open; booked: 06:00",
        "slot.taken: Ann is already booked from 06:00 to 07:30 with Bakery.",
    ]


def test_the_minimal_example_takes_less_than_sixty_lines() -> None:
    assert len(MINIMAL.read_text("utf-8").splitlines()) < 60
