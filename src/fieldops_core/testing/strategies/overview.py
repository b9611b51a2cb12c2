"""
What is counted of records.
"""

from hypothesis import strategies as st

from fieldops_core.access.model import Kind
from fieldops_core.overview.model import Counted, Wanted
from fieldops_core.testing.strategies.kernel import instants
from fieldops_core.testing.strategies.known import ANY, Known


@st.composite
def wanted(draw: st.DrawFn, known: Known = ANY) -> Wanted:
    """
    What a reader has counted, at any instant, in UTC.
    """
    as_of = draw(instants())
    return Wanted(
        of=draw(st.frozensets(st.sampled_from(Counted))),
        kinds=draw(st.frozensets(st.sampled_from(Kind))),
        only_of=draw(st.none() | known.users),
        as_of=as_of,
        today=as_of.date(),
    )
