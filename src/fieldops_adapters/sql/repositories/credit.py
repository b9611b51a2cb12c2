"""
Credit checks of records.
"""

from fieldops_adapters.sql.mapping.credit import CREDIT_CHECKS
from fieldops_adapters.sql.repositories.belongings import Lists, SqlBelongings
from fieldops_adapters.sql.tables import credit_checks
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import CreditCheck, CreditCheckId

_LISTS = Lists(CREDIT_CHECKS, credit_checks.c.active)


class SqlCreditChecks(SqlBelongings[CreditCheckId, CreditCheck]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, CREDIT_CHECKS, _LISTS)
