"""
The contract of :class:`~fieldops_core.app.ports.Storage`, for every adapter, wherever it is written; and that of
:class:`~fieldops_core.scheduling.ports.Routing`, :class:`RoutingContract`, and of
:class:`~fieldops_core.customers.ports.Files`, :class:`FilesContract`.

    from fieldops_core.testing.contracts import StorageContract

    class TestMyStorage(StorageContract):
        @pytest.fixture
        def storage(self) -> Storage:
            return MyStorage(...)

The storage may be shared by all tests and need not be empty: each test founds companies of its own. But ids and short
names count up from the same number in every run, so what it is kept in should not outlive the run.

A storage that one thread uses alone, because it is bound to a connection, say, keeps :class:`SequentialContract`. Who
replaces one repository of another storage runs the suite of its port over the whole: :class:`AppointmentsContract`, and
:class:`UnitsContract` for what ends together.

Marks ``rule("STO-04")`` name the rule that a test proves; register the mark, or run with ``fieldops``' own settings.
"""

import pytest

from fieldops_core.testing.contracts.appointments import CustomersListContract, ExclusionContract, SeriesContract
from fieldops_core.testing.contracts.belongings import BelongingsContract
from fieldops_core.testing.contracts.company import AccessContract, CatalogContract, CompaniesContract
from fieldops_core.testing.contracts.concurrency import ConcurrencyContract
from fieldops_core.testing.contracts.connections import ConnectionsContract
from fieldops_core.testing.contracts.credit import CreditContract
from fieldops_core.testing.contracts.customers import CustomersContract
from fieldops_core.testing.contracts.equipment import EquipmentContract
from fieldops_core.testing.contracts.families import FamiliesContract
from fieldops_core.testing.contracts.files import FilesContract
from fieldops_core.testing.contracts.handovers import HandoversContract
from fieldops_core.testing.contracts.holds import HoldsContract
from fieldops_core.testing.contracts.journal import AnswersContract, HappenedContract, HistoryContract, OutboxContract
from fieldops_core.testing.contracts.lists import ListsContract
from fieldops_core.testing.contracts.login import LoginContract
from fieldops_core.testing.contracts.lookups import LookupsContract
from fieldops_core.testing.contracts.messages import MessagesContract
from fieldops_core.testing.contracts.overview import RecordCountsContract
from fieldops_core.testing.contracts.regulations import RegulationsContract
from fieldops_core.testing.contracts.removals import RemovalsContract
from fieldops_core.testing.contracts.round_trips import AppointmentsRoundTripContract, RoundTripsContract
from fieldops_core.testing.contracts.routing import RoutingContract
from fieldops_core.testing.contracts.searching import SearchContract
from fieldops_core.testing.contracts.sets import SetsContract
from fieldops_core.testing.contracts.staff import AbsencesContract, PeopleContract, UsersContract
from fieldops_core.testing.contracts.stranding import AlikeContract, ManyContract, StrandingContract
from fieldops_core.testing.contracts.times import TimesContract
from fieldops_core.testing.contracts.tombstones import TombstonesContract
from fieldops_core.testing.contracts.units import IsolationContract, UnitsContract
from fieldops_core.testing.contracts.versions import RemovalContract, VersionsContract
from fieldops_core.testing.contracts.work_orders import WorkOrdersContract


class AppointmentsContract(
    AlikeContract,
    ManyContract,
    CustomersListContract,
    ExclusionContract,
    ListsContract,
    SeriesContract,
    AppointmentsRoundTripContract,
    TimesContract,
    VersionsContract,
):
    """
    All that :class:`~fieldops_core.scheduling.ports.Appointments` promises, and the
    :class:`~fieldops_core.scheduling.ports.Times` that are read from them: for who implements these two over a store of
    their own, and takes what else a storage is made of.
    """

    @pytest.fixture
    def kind(self) -> str:
        return "appointment"


class SequentialContract(
    AlikeContract,
    ManyContract,
    StrandingContract,
    CustomersListContract,
    ExclusionContract,
    SeriesContract,
    AccessContract,
    LoginContract,
    BelongingsContract,
    CatalogContract,
    CompaniesContract,
    ConnectionsContract,
    CreditContract,
    CustomersContract,
    EquipmentContract,
    FamiliesContract,
    HandoversContract,
    HoldsContract,
    ListsContract,
    LookupsContract,
    MessagesContract,
    AnswersContract,
    HistoryContract,
    OutboxContract,
    RecordCountsContract,
    RoundTripsContract,
    SearchContract,
    SetsContract,
    AbsencesContract,
    PeopleContract,
    UsersContract,
    TimesContract,
    IsolationContract,
    UnitsContract,
    RegulationsContract,
    RemovalContract,
    RemovalsContract,
    TombstonesContract,
    VersionsContract,
    WorkOrdersContract,
):
    """
    All that a storage promises to one thread that uses it alone.
    """


class StorageContract(HappenedContract, SequentialContract, ConcurrencyContract):
    """
    All that a storage promises.
    """


__all__ = [
    "AbsencesContract",
    "AccessContract",
    "AlikeContract",
    "AnswersContract",
    "AppointmentsContract",
    "AppointmentsRoundTripContract",
    "BelongingsContract",
    "CatalogContract",
    "CompaniesContract",
    "ConcurrencyContract",
    "ConnectionsContract",
    "CreditContract",
    "CustomersContract",
    "CustomersListContract",
    "EquipmentContract",
    "ExclusionContract",
    "FamiliesContract",
    "FilesContract",
    "HandoversContract",
    "HappenedContract",
    "HistoryContract",
    "HoldsContract",
    "IsolationContract",
    "ListsContract",
    "LoginContract",
    "LookupsContract",
    "ManyContract",
    "MessagesContract",
    "OutboxContract",
    "PeopleContract",
    "RecordCountsContract",
    "RegulationsContract",
    "RemovalContract",
    "RemovalsContract",
    "RoundTripsContract",
    "RoutingContract",
    "SearchContract",
    "SequentialContract",
    "SeriesContract",
    "SetsContract",
    "StorageContract",
    "StrandingContract",
    "TimesContract",
    "TombstonesContract",
    "UnitsContract",
    "UsersContract",
    "VersionsContract",
    "WorkOrdersContract",
]
