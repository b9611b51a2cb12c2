"""
The published strategies know every domain type, and what they make is one.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fieldops_core
from fieldops_core.kernel.rules import Rule
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing.strategies import BY_TYPE, register

CORE = Path(fieldops_core.__file__).parent


def domain_types() -> Iterator[type]:
    """
    Every record of the kernel and of each subdomain's model.
    """
    for path in sorted([*CORE.glob("kernel/*.py"), *CORE.glob("*/model.py"), *CORE.glob("*/model/*.py")]):
        module = import_module(".".join(path.relative_to(CORE.parent).with_suffix("").parts))
        for found in vars(module).values():
            if isinstance(found, type) and attrs.has(found) and found.__module__ == module.__name__:
                yield found


@pytest.mark.rule("OPS-04")
def test_every_domain_type_has_a_strategy() -> None:
    assert {each.__name__ for each in {*domain_types(), Secret} - {Rule, *BY_TYPE}} == set()


@pytest.mark.rule("OPS-04")
@pytest.mark.parametrize("kind", BY_TYPE, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_strategy_makes_what_it_says(kind: type, data: st.DataObject) -> None:
    made = data.draw(BY_TYPE[kind])

    assert isinstance(made, kind)
    assert made == made


def test_hypothesis_can_be_taught_to_make_them() -> None:
    register()

    for kind in BY_TYPE:
        assert not st.from_type(kind).is_empty
