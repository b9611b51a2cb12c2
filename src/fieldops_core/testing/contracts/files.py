"""
What a store of files keeps.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4  # noqa: TID251 - a store outlives a run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.customers.ports import Files
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.testing.contracts.world import EXAMPLES


def a_key() -> str:
    return f"{uuid4().hex}_-Z"


class FilesContract:
    """
    All that :class:`~fieldops_core.customers.ports.Files` promises, wherever it is written. A subclass provides the
    fixture ``files``, whose clock is right to the minute.
    """

    @pytest.fixture
    def files(self) -> Files:
        raise NotImplementedError("This contract suite asks its subclass for a fixture `files`.")

    @pytest.fixture
    def company(self) -> CompanyId:
        return CompanyId(uuid4())

    @EXAMPLES
    @given(content=st.binary(min_size=1, max_size=2_000))
    def test_bytes_come_back_as_they_were(self, files: Files, company: CompanyId, content: bytes) -> None:
        key = a_key()

        files.put(company, key, content)

        assert files.get(company, key) == content

    def test_a_large_file_comes_back_as_it_was(self, files: Files, company: CompanyId) -> None:
        content, key = bytes(range(256)) * 40_000, a_key()

        files.put(company, key, content)

        assert files.get(company, key) == content

    @pytest.mark.rule("SEC-01")
    def test_companies_are_kept_apart(self, files: Files, company: CompanyId) -> None:
        key, other = a_key(), CompanyId(uuid4())
        files.put(company, key, b"ours")

        assert files.get(other, key) is None
        files.put(other, key, b"theirs")
        files.remove(other, key)
        assert files.get(company, key) == b"ours"

    def test_what_is_removed_is_gone_and_may_be_removed_again(self, files: Files, company: CompanyId) -> None:
        gone, kept = a_key(), a_key()
        files.put(company, gone, b"one")
        files.put(company, kept, b"two")

        for _ in range(2):
            files.remove(company, gone)
            assert files.get(company, gone) is None
        assert files.get(company, kept) == b"two"
        files.remove(CompanyId(uuid4()), a_key())

    def test_all_that_is_kept_is_told_one_company_after_another(self, files: Files, company: CompanyId) -> None:
        other, mine = CompanyId(uuid4()), {a_key(), a_key()}
        theirs = {a_key()}
        for key in mine:
            files.put(company, key, b"mine")
        for key in theirs:
            files.put(other, key, b"theirs")

        told = list(self.told_of(files, {company, other}))

        assert {key for id, key, _ in told if id == company} == mine
        assert {key for id, key, _ in told if id == other} == theirs
        assert len(told) == 3
        order = [id for id, _, _ in told]
        assert order in ([company, company, other], [other, company, company])
        for _, _, at in told:
            assert abs(at - datetime.now(UTC)) < timedelta(minutes=5)  # noqa: TID251

    def told_of(self, files: Files, companies: set[CompanyId]) -> Iterator[tuple[CompanyId, str, datetime]]:
        return ((each.company, each.key, each.at) for each in files.stored() if each.company in companies)

    @pytest.mark.parametrize("key", ["", "../secrets-of-another", "a/b" * 10, "short", ".." * 10, "x" * 129, "é" * 20])
    def test_what_is_no_key_leads_nowhere(self, files: Files, company: CompanyId, key: str) -> None:
        with pytest.raises(ValueError, match="no key"):
            files.put(company, key, b"x")
        with pytest.raises(ValueError, match="no key"):
            files.get(company, key)
