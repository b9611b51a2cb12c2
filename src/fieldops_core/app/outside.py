"""
What somebody outside is asked for on a customer's behalf: links at providers of monitoring and
interactive services, and credit checks.

They are asked in no transaction, so that no database waits for them. The command is tried first: who may not do it has
nobody asked. Then they are asked, and then it is carried out, with what they answered.
"""

from contextlib import suppress
from typing import Protocol, cast

from attrs import evolve, frozen

from fieldops_core.access.context import Context
from fieldops_core.app.ports import Ports, Receipt, Storage
from fieldops_core.customers.messages import LinkConnection, RunCreditCheck, UnlinkConnection
from fieldops_core.customers.model import Account, ConnectionKind, CreditInquiry, Customer, CustomerId, Linked
from fieldops_core.customers.ports import Connector
from fieldops_core.customers.views import ConnectionView, CreditCheckView
from fieldops_core.kernel.rules import Violation, refuse


class Tried(Protocol):
    @property
    def receipt(self) -> Receipt | None: ...

    @property
    def violations(self) -> tuple[Violation, ...]: ...


class Engine(Protocol):
    """
    What asking outside needs of :class:`~fieldops_core.app.fieldops.FieldOps`.
    """

    def execute(self, command: object, context: Context) -> Receipt: ...

    def preview(self, command: object, context: Context) -> Tried: ...


@frozen
class Outside:
    """
    An engine over a storage, and the outside help of *ports*.
    """

    engine: Engine
    storage: Storage
    ports: Ports

    def link(self, command: LinkConnection, context: Context) -> Receipt:
        """
        Link an account at its provider and keep the connection; the receipt's answer is its view. Where it cannot be
        kept after all, the provider is told to unlink it.

        Raises:
            Refused, Forbidden, NotFound, InvalidValue, Unavailable: as the engine's ``execute``.
            ConnectorFailed: where the provider does not answer, or not so.
        """
        if self._answered(context, ConnectionView):
            return self.engine.execute(command, context)
        view = self._tried(command, context)
        account, connector = _account(view, context), self._connector(view)
        reference = connector.link(account)
        told = evolve(command, told=Linked(by_hand=connector.by_hand, reference=reference))
        try:
            return self.engine.execute(told, context)
        except BaseException:
            with suppress(Exception):
                connector.unlink(evolve(account, reference=reference))
            raise

    def unlink(self, command: UnlinkConnection, context: Context) -> Receipt:
        """
        Unlink an account at its provider, and keep that; the receipt's answer is the connection's view. One that was
        linked by hand is unlinked by hand.

        Raises:
            as :meth:`link`; Stale: where the connection was changed meanwhile.
        """
        if not self._answered(context, ConnectionView):
            view = self._tried(command, context)
            if not view.by_hand:
                self._connector(view).unlink(_account(view, context))
        return self.engine.execute(command, context)

    def run_credit_check(self, command: RunCreditCheck, context: Context) -> Receipt:
        """
        Ask a bureau about a record and keep what it answers; the receipt's answer is the credit check's view.

        Raises:
            Refused, Forbidden, NotFound, InvalidValue, Unavailable: as the engine's ``execute``.
            CreditFailed: where the bureau does not answer.
        """
        if self._answered(context, CreditCheckView):
            return self.engine.execute(command, context)
        refuse(self.engine.preview(command, context).violations)
        with self.storage.reading(context.company) as unit:
            customer = unit.customers.get(command.customer)
        report = self.ports.credit.run(_inquiry(command, customer, context))
        return self.engine.execute(evolve(command, report=report), context)

    def _tried(self, command: LinkConnection | UnlinkConnection, context: Context) -> ConnectionView:
        """
        The connection as the command would have it.
        """
        tried = self.engine.preview(command, context)
        refuse(tried.violations)
        return cast("ConnectionView", cast("Receipt", tried.receipt).answer)

    def _connector(self, view: ConnectionView) -> Connector:
        monitoring = view.kind is ConnectionKind.MONITORING
        return self.ports.central_stations if monitoring else self.ports.interactive_services

    def _answered(self, context: Context, answer: type) -> bool:
        """
        Whether this command was answered already, and nobody is asked again.
        """
        if context.command_id is None:
            return False
        with self.storage.reading(context.company) as unit:
            return unit.answers.find(context.actor.user, context.command_id, answer=answer) is not None


def _account(view: ConnectionView, context: Context) -> Account:
    return Account(
        company=context.company,
        customer=CustomerId(view.customer),
        provider=view.provider.name,
        account_number=view.account_number,
        reference=view.reference,
    )


def _inquiry(command: RunCreditCheck, customer: Customer, context: Context) -> CreditInquiry:
    return CreditInquiry(
        company=context.company,
        customer=customer.id,
        bureau=command.bureau,
        name=customer.name,
        address=customer.address,
        previous_address=command.previous_address,
        ssn=customer.ssn,
        birthdate=customer.birthdate,
    )
